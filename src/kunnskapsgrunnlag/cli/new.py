"""`kg ny tabell` and `kg ny figur`: a new item from a few answers."""

import importlib
import re
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import write_bytes
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.cli.console import out
from kunnskapsgrunnlag.editions.catalog_text import CatalogText
from kunnskapsgrunnlag.editions.new_item import (
    NewItem,
    NewMeasure,
    Wish,
    fit,
    read_measure,
    unit_of,
)
from kunnskapsgrunnlag.editions.new_item_text import (
    chapter_text,
    entry_lines,
    module_text,
    text_of_test,
)
from kunnskapsgrunnlag.report import open_report
from kunnskapsgrunnlag.tidy import reading


def new(
    kind: Annotated[str, typer.Argument(metavar="tabell|figur", help="Hva det skal være.")],
    number: Annotated[int, typer.Option("--nummer", help="Tomt: det neste ledige.")] = 0,
    chapter: Annotated[str, typer.Option("--kapittel", help="Som kapittel-4.")] = "",
    source: Annotated[str, typer.Option("--kilde", help="Som ssb-07459.")] = "",
    title: Annotated[str, typer.Option("--tittel", help="Det leserne skal kalle den.")] = "",
    subtitle: Annotated[
        str, typer.Option("--undertittel", help="Mål, sted og tidsrom; tomt: enhet og år.")
    ] = "",
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--mål", "--mal", help="«kolonne: tittel, enhet, desimaler»; kan stå flere ganger."
        ),
    ] = None,
    places: Annotated[
        str, typer.Option("--steder", help="I rekkefølge, som oslo,bergen; tomt: alle.")
    ] = "",
    years: Annotated[str, typer.Option("--år", "--ar", help="2016-2025 eller 2025.")] = "",
) -> None:
    """Lag en ny tabell eller figur: modul, oppføring i katalogen og test."""
    report = open_report()
    project, catalog = report.project, report.catalog
    number = number or max(item.number for item in catalog.items.values()) + 1
    _check_free(project, catalog, kind, number)
    chapter = chapter or typer.prompt("Kapittel, som kapittel-4")
    if chapter not in catalog.chapters:
        raise KgError(
            f"det finnes ikke noe kapittel «{chapter}».{nearest(chapter, catalog.chapters)}"
        )
    source = source or typer.prompt("Kilde, som ssb-07459 (kg sources viser alle)")
    entry = catalog.source(source)
    snapshot, tidy = reading(project, catalog)(source)
    title = title or typer.prompt("Tittel")
    asked = [read_measure(words, entry) for words in measures or ()] or _ask_measures(entry)
    wish = Wish(
        kind=kind,
        number=number,
        title=title,
        subtitle=subtitle,
        chapter=chapter,
        source=source,
        measures=asked,
        regions=[key for key in re.split(r"[,\s]+", places) if key],
        years=_read_years(years),
    )
    item = fit(wish, entry, tidy, snapshot.provenance.period)
    for name in write_item(project, item):
        out.print(f"Skrevet: {name}")
    out.print(f"\nLim dette inn i {catalog.chapters[chapter].file}, og skriv om funnet:\n")
    out.print(chapter_text(item), soft_wrap=True)
    if broken := items_with_breaks(catalog, source):
        out.print(
            f"\nMerk: {listed(broken)} bruker også {source} og har brudd i serien. Se «breaks» i "
            "params.yaml, og ta dem med hvis de gjelder her.",
            highlight=False,
        )
    out.print(f"\nNeste: kg stage item {item.key} lager den, kg build bygger alt.")


def items_with_breaks(catalog: Catalog, source: str) -> list[str]:
    """The items of a source that tell of breaks in its series."""
    return [k for k, i in catalog.items.items() if i.breaks and source in i.inputs.values()]


def _check_free(project: Project, catalog: Catalog, kind: str, number: int) -> None:
    """Refuse a number or a file that is taken, before anything is asked."""
    if kind not in ("tabell", "figur"):
        raise KgError(f"kg ny lager en «tabell» eller en «figur», ikke «{kind}».")
    for key, item in catalog.items.items():
        if item.number == number:
            raise KgError(f"nummer {number} er {key} i params.yaml. Velg et annet med --nummer.")
    for name in _files(f"{kind}_{number}"):
        if (project.root / name).exists():
            raise KgError(f"{name} finnes fra før. Ta den bort, eller velg et annet --nummer.")


def _files(module: str) -> tuple[str, str]:
    return f"src/kunnskapsgrunnlag/items/{module}.py", f"tests/items/test_{module}.py"


def _ask_measures(source: Source) -> list[NewMeasure]:
    """A title for each measure of the source that is wanted."""
    columns = [c.name for c in (source.columns or {}).values() if c.role == "measure"]
    asked = []
    for column in source.unit_of or columns:
        question = f"Tittel på «{column}» ({unit_of(column, source)}); tomt: ikke med"
        if title := typer.prompt(question, default="", show_default=False):
            asked.append(read_measure(f"{column}: {title}", source))
    if not asked:
        raise KgError("en tabell eller figur trenger minst ett mål. Gi en tittel til ett av dem.")
    return asked


def _read_years(words: str) -> list[int]:
    years = [int(year) for year in re.findall(r"\d{4}", words)]
    if (words and not re.fullmatch(r"\d{4}([-–]\d{4})?", words)) or years != sorted(years):
        raise KgError(f"--år er ett år eller fra og til, som 2016-2025; fant «{words}».")
    return years


def write_item(project: Project, item: NewItem) -> list[str]:
    """Write module, test and entry; the names of the files.

    Raises:
        KgError: If the catalogue cannot take the entry. Then everything is as it was.
    """
    before = project.params.read_bytes()
    catalog = CatalogText(before.decode("utf-8"))
    catalog.add_block(item.key, entry_lines(item), "items")
    module, test = _files(item.module)
    texts = {module: module_text(item), test: text_of_test(item), "params.yaml": catalog.changed()}
    try:
        for name, text in texts.items():
            write_bytes(project.root / name, text.encode("utf-8"))
        importlib.invalidate_caches()  # the catalogue looks for the module
        read_catalog(project.params)
    except KgError:
        write_bytes(project.params, before)
        for name in (module, test):
            (project.root / name).unlink(missing_ok=True)
        raise
    return list(texts)
