"""Where an item's numbers come from, in words: one origin, or a mix and what each covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.sources.provenance import ORIGINS
from kunnskapsgrunnlag.store.tables import dim_label
from kunnskapsgrunnlag.store.value import Key, Value

# An origin: its name, and what it means.
ORIGIN_WORDS = {
    "offisiell": ("Offisiell", "hentet fra den som eier statistikken"),
    "leveranse": ("Leveranse", "fil levert til etaten"),
    "trykt": ("Trykt", "skrevet av fra 2022-utgaven"),
    "estimat": ("Estimat", "modellert, ikke statistikk"),
}
# The same within a sentence: «levert; hele landet trykt».
_IN_MIX = {name: word.lower() for name, (word, _) in ORIGIN_WORDS.items()} | {"leveranse": "levert"}


def origins_of(records: Iterable[Value]) -> list[str]:
    """The origins of the numbers that readers see, the strongest first; missing ones have none."""
    origins = {record.origin for record in _present(records)}
    return [origin for origin in ORIGINS if origin in origins]


# Of an origin that is the lesser: with more than these, only that there is one.
MOST_NAMED = 5


def mix_words(item: Item, records: Sequence[Value]) -> str:
    """`offisiell 2021–2025, trykt 2020` or `levert; hele landet trykt`; "" where there is no mix.

    An item with years says which years each origin covers. Else the origin that most numbers have
    stands alone, and what has another is named by the dimension that parts them.
    """
    present = _present(records)
    origins = origins_of(present)
    if len(origins) < 2:
        return ""
    if "year" in item.dims:
        return ", ".join(f"{_IN_MIX[origin]} {_years(present, origin)}" for origin in origins)
    most = max(origins, key=lambda origin: sum(r.origin == origin for r in present))
    for dim in (*item.dims, "measure"):
        of_key: dict[Key, set[str]] = {}
        for record in present:
            of_key.setdefault(record.key(dim), set()).add(record.origin)
        if all(len(own) == 1 for own in of_key.values()):
            names = {
                origin: [_name(item, dim, key) for key, own in of_key.items() if origin in own]
                for origin in origins
            }
            if sum(len(keys) for origin, keys in names.items() if origin != most) > MOST_NAMED:
                break
            others = [f"{listed(names[o])} {_IN_MIX[o]}" for o in origins if o != most]
            return "; ".join([_IN_MIX[most], *others])
    return listed(_IN_MIX[origin] for origin in origins)


def origin_words(item: Item, records: Sequence[Value]) -> str:
    """The item's origin as readers see it: the word of the one that it has, or the mix."""
    origins = origins_of(records)
    mix = mix_words(item, records)
    return mix[0].upper() + mix[1:] if mix else ORIGIN_WORDS[origins[0]][0] if origins else ""


def _present(records: Iterable[Value]) -> list[Value]:
    return [r for r in records if r.shown and r.text not in SYMBOLS]


def _years(records: Sequence[Value], origin: str) -> str:
    years = sorted({r.year for r in records if r.origin == origin and r.year is not None})
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return listed(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _name(item: Item, dim: str, key: Key) -> str:
    """A key's words within a sentence: names keep their capital, headings lose theirs."""
    if dim == "measure":
        measure = item.measures[str(key)]
        title = f"{measure.group}, {measure.title.lower()}" if measure.group else measure.title
        return title[0].lower() + title[1:]
    words = dim_label(item, dim, key)
    return words if dim == "region" and key != "hele-landet" else words[0].lower() + words[1:]
