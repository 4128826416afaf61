"""The text of a new table or figure: its module, entry, test and place in a chapter."""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import Any

from kunnskapsgrunnlag.base.nb_text import listed, region_name
from kunnskapsgrunnlag.editions.catalog_text import flow
from kunnskapsgrunnlag.editions.new_item import NewItem

WIDTH = 100
# More years than these do not stand side by side in a table.
MOST_COLUMNS = 6
FORMULA = "tallet slik kilden oppgir det"


def entry_lines(item: NewItem) -> list[str]:
    lines = [
        f"number: {item.wish.number}",
        f"kind: {item.wish.kind}",
        f"title: {flow(item.wish.title)}",
        f"subtitle: {flow(item.subtitle)}",
        f"chapter: {item.wish.chapter}",
        f"inputs: {{{item.input}: {item.wish.source}}}",
    ]
    if item.settings:
        lines.append(f"settings: {flow(dict(item.settings))}")
    lines += [f"dims: [{', '.join(item.dims)}]", "measures:"]
    for m in item.measures:
        about = {"title": m.title, "unit": m.unit, "decimals": m.decimals, "formula": FORMULA}
        lines.append(f"  {m.name}: {flow(about)}")
    if item.regions:
        lines.append(f"regions: [{', '.join(item.regions)}]")
    if item.categories:
        words = ", ".join(f"{key}: {flow(name)}" for key, name in item.categories.items())
        lines.append(f"categories: {{{words}}}")
    rows, columns = _layout(item)
    lines.append(f"table: {{rows: [{', '.join(rows)}], columns: [{', '.join(columns)}]}}")
    return lines


def _layout(item: NewItem) -> tuple[list[str], list[str]]:
    """Years go across where there are few of them and something else goes down."""
    rows = list(item.dims)
    if len(rows) > 1 and "year" in rows and len(item.years) <= MOST_COLUMNS:
        return [d for d in rows if d != "year"], ["measure", "year"]
    return rows, ["measure"]


def module_text(item: NewItem) -> str:
    kind = "lines" if _draws_lines(item) else "bars"
    return "\n\n\n".join(
        (
            f'"""{item.heading}"""\n\nimport pandas as pd\n\n'
            f"from kunnskapsgrunnlag.items.kit import Chart, Table, {kind}",
            _compute(item),
            _draw(item, kind),
        )
    )


def _draws_lines(item: NewItem) -> bool:
    return "year" in item.dims and len(item.years) > 1 and not item.is_long


def _compute(item: NewItem) -> str:
    names = {dim: column for dim, column in item.dims.items() if column != dim}
    names |= {m.name: m.column for m in item.measures if m.column != m.name}
    renamed = [f'"{column}": "{name}"' for name, column in names.items()]
    kept = [f'"{name}"' for name in (*item.dims, *(m.name for m in item.measures))]
    table, body = item.input, []
    if chosen := _conditions(item):
        body += _chosen_rows(table, chosen)
        table = "rows"
    if names:
        body += _folded(f"table = {table}.rename(", "columns={", renamed, "}", ")")
        table = "table"
    body += _folded(f"return {table}[", "[", kept, "]", "]")
    per = " and ".join([*item.dims.values(), *(n for n in item.settings if "_" not in n)])
    has = " and ".join(f"`{m.column}`" for m in item.measures)
    gives = [*(f"`{dim}`" for dim in item.dims), *(f"`{m.name}` ({m.unit})" for m in item.measures)]
    lines = [
        '"""The numbers as the source gives them.',
        "",
        "Args:",
        f"    {item.input}: One row per {per}, with {has}.",
        "",
        "Returns:",
        f"    {', '.join(gives)}.",
        '"""',
        *body,
    ]
    return "\n".join([_signature(item), *map(_indented, lines)])


def _conditions(item: NewItem) -> list[str]:
    single = [name for name in item.settings if name not in ("first_year", "last_year")]
    chosen = [f'{item.input}["{name}"] == {name}' for name in single]
    if "first_year" in item.settings:
        chosen.append(f'{item.input}["year"].between(first_year, last_year)')
    if len(chosen) == 1:
        return chosen
    return [f"({words})" if " == " in words else words for words in chosen]


def _chosen_rows(table: str, conditions: list[str]) -> list[str]:
    start, inside = f"rows = {table}[", " & ".join(conditions)
    if len(inside) + 8 <= WIDTH:
        return _folded(start, "", [inside], "", "]")
    first, *others = conditions
    return [start, f"    {first}", *(f"    & {other}" for other in others), "]"]


def _signature(item: NewItem) -> str:
    settings = [f"{name}: {type(value).__name__}" for name, value in item.settings.items()]
    takes = [f"{item.input}: pd.DataFrame", *(["*", *settings] if settings else [])]
    line = f"def compute({', '.join(takes)}) -> pd.DataFrame:"
    if len(line) <= WIDTH:
        return line
    return f"def compute(\n    {', '.join(takes)}\n) -> pd.DataFrame:"


def _folded(start: str, opening: str, parts: Sequence[str], closing: str, end: str) -> list[str]:
    """A statement in one line, or in as many as ruff would give it."""
    inside = f"{opening}{', '.join(parts)}{closing}"
    if len(start + inside + end) + 4 <= WIDTH:
        return [start + inside + end]
    if len(inside) + 8 <= WIDTH or not opening:
        return [start, f"    {inside}", end]
    return [start, f"    {opening}", *(f"        {part}," for part in parts), f"    {closing}", end]


def _indented(line: str) -> str:
    """A line of a function, folded where it is words that are too long."""
    inner = " " * (8 if line.startswith("    ") else 4)
    if len(line) + 4 <= WIDTH or not line.endswith("."):
        return f"    {line}" if line else ""
    return fill(line.strip(), WIDTH, initial_indent=inner, subsequent_indent=f"{inner}    ")


def _draw(item: NewItem, kind: str) -> str:
    """A panel for each measure, or for each category where there are regions too."""
    first, rows = item.measures[0].name, "table"
    lines = []
    if item.regions:
        lines.append('rows = table[table["region"].isin(chart.item.regions or [])]')
        rows = "rows"
    if kind == "bars" and "year" in item.dims:
        lines.append(f'last = {rows}[{rows}["year"] == {rows}["year"].max()]')
        rows = "last"
    what = "A line through the years" if kind == "lines" else "A bar for each row"
    if {"region", "category"} <= item.dims.keys():
        what += ", a panel for each category"
        lines += [
            f'for category, part in {rows}.groupby("category", sort=False):',
            f'    panel = chart.panel("{first}", title=chart.name("category", category))',
            f"    {kind}(panel, part)",
        ]
    elif len(item.measures) > 1:
        what += ", a panel for each measure"
        names = [f'"{m.name}"' for m in item.measures]
        lines += _folded("for panel in chart.panels(", "", names, "", "):")
        lines.append(f"    {kind}(panel, {rows})")
    else:
        if kind == "bars" and "region" in item.dims:
            rows += f'.sort_values("{first}", ascending=False)'
            what += ", the highest first"
        lines.append(f'{kind}(chart.panel("{first}"), {rows})')
    body = "".join(f"    {line}\n" for line in (f'"""{what}."""', *lines))
    return f"def draw(table: Table, chart: Chart) -> None:\n{body}"


def text_of_test(item: NewItem) -> str:
    """A test on a table of two rows: the numbers are those of the source, in the right rows."""
    keys: dict[str, list[Any]] = {
        "region": [*item.regions[:2]] or ["oslo", "hele-landet"],
        "category": [*item.categories][:2],
        "year": [*item.years[-2:]],
    }
    dim = next(iter(item.dims))
    rows = len(keys[dim])
    columns = [f"{item.dims[dim]}={_list(keys[dim])}"]
    columns += [f"{item.dims[d]}={_list(keys[d][-1:] * rows)}" for d in item.dims if d != dim]
    single = {n: v for n, v in item.settings.items() if n not in ("first_year", "last_year")}
    columns += [f"{name}={_list([value] * rows)}" for name, value in single.items()]
    numbers = [*range(rows, 0, -1)]
    columns += [f'{m.column}=numbers({numbers}, "{m.column}")' for m in item.measures]
    settings = "".join(f", {name}={_literal(value)}" for name, value in item.settings.items())
    checks = [f'table["{dim}"].tolist() == {_list(keys[dim])}']
    checks += [f'values_of(table["{m.name}"]) == {numbers}' for m in item.measures]
    made = "".join(f"        {column},\n" for column in columns)
    return (
        f'"""{item.heading}"""\n\n'
        f"from kunnskapsgrunnlag.items.{item.module} import compute\n"
        "from tests.conftest import frame, numbers, values_of\n\n\n"
        "def test_the_numbers_are_those_of_the_source() -> None:\n"
        f"    {item.input} = frame(\n{made}    )\n\n"
        f"    table = compute({item.input}{settings})\n\n"
        + "".join(f"    assert {check}\n" for check in checks)
    )


def _list(values: Iterable[object]) -> str:
    return f"[{', '.join(map(_literal, values))}]"


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def chapter_text(item: NewItem) -> str:
    """The div for the chapter, with a finding that holds today."""
    return (
        f"[{item.key.capitalize()}]{{.ref}} viser …\n\n"
        f'::: {{.item key="{item.key}"}}\n{_finding(item)}\n:::'
    )


def _finding(item: NewItem) -> str:
    """A sentence that is true, and tested: to be written anew by whoever knows the field."""
    title, measure = item.measures[0].title, item.measures[0].name
    if item.change:
        verb = {"øker": "har økt", "faller": "har falt"}[item.change]
        test = f"{item.change}({item.key}/{measure}/første..siste)"
        return f'[{title} {verb}]{{.pastand sjekk="{test}"}}'
    others = [key for key in item.compared if key != item.leading]
    if not item.leading or (item.compared and not others):
        return f'[{title}]{{.ikke-data grunn="skriv funnet, og det som prøver det"}}'
    within, words = [], f"{_name(item)} har det høyeste tallet"
    if others:
        words = f"{_name(item)} har et høyere tall enn {listed(map(region_name, others))}"
    if {"region", "category"} <= item.dims.keys():
        category, name = next(iter(item.categories.items()))
        within, words = [category], f"{words} for {name}"
    within += ["siste"] if "year" in item.dims else []

    def address(of: str) -> str:
        return "/".join([item.key, measure, of, *within])

    if others:
        lower = f"({', '.join(others)})" if len(others) > 1 else others[0]
        return f'[{words}]{{.pastand sjekk="{address(item.leading)} over {address(lower)}"}}'
    but = " uten hele-landet" if item.group == "*" and "hele-landet" in item.regions else ""
    return f'[{words}]{{.pastand sjekk="høyest({address(item.group)}{but}) = {item.leading}"}}'


def _name(item: NewItem) -> str:
    return region_name(item.leading) if "region" in item.dims else item.categories[item.leading]
