"""What a printed edition said, read as an edition that a later one is compared with.

Print had numbers and words, and no sources, formulas or tested sentences: those are not compared.
What the catalogue knows of an item, such as its dimensions and units, is read from there.
"""

from collections.abc import Mapping
from pathlib import Path

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.causes import ERROR, METHOD, Explanation
from kunnskapsgrunnlag.editions.published import PublishedEdition, PublishedItem, PublishedValue
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.value import Value

ROUNDED = "regnet ut på nytt; den trykte tabellen hadde avrundede tall"


def read_print(folder: Path, catalog: Catalog) -> PublishedEdition:
    """The printed edition, misprints included."""
    edition = catalog.edition
    renewed = verify.renewed_items(folder, catalog)
    items = verify.read_items(folder)
    values = [_value(catalog, number) for number in verify.read_printed(folder)]
    return PublishedEdition(
        edition.in_print,
        edition.title,
        edition.printed,
        {value.address: value for value in values},
        {key: _item(catalog, printed, key in renewed) for key, printed in items.items()},
        {},
        is_print=True,
    )


def _value(catalog: Catalog, printed: verify.Printed) -> PublishedValue:
    item = catalog.items.get(printed.item)
    measure = item.measures.get(printed.address.split("/")[1]) if item else None
    value, text = verify.as_printed(printed.text)
    decimals = len(text.partition(",")[2]) if value is not None else 0
    unit = measure.unit if measure else ""
    return PublishedValue(printed.address, text, value, unit, decimals, "trykt", (), "")


def _item(catalog: Catalog, printed: verify.PrintedItem, renewed: bool) -> PublishedItem:
    item = catalog.items.get(printed.key)
    if item is None:
        label = printed.key.replace("-", " ").capitalize()
        return PublishedItem(label, "", printed.period, "", "trykt", {}, (), {}, {}, (), "")
    return PublishedItem(
        item.label,
        item.title,
        printed.period if renewed else item.subtitle,
        item.chapter,
        "trykt",
        {} if renewed else dict(item.settings),
        tuple(item.dims),
        {name: measure.formula for name, measure in item.measures.items()},
        {name: measure.title for name, measure in item.measures.items()},
        (),
        "",
    )


def causes_of_print(
    folder: Path, catalog: Catalog, values: Mapping[str, Value]
) -> dict[str, Explanation]:
    """Why numbers are others than in print: misprints put right, and rounded parts put together."""
    errata = {erratum.id: erratum for erratum in read_errata(folder)}
    comparisons = verify.compare(
        verify.read_printed(folder),
        values,
        errata.values(),
        renewed=verify.renewed_items(folder, catalog),
    )
    causes = {}
    for comparison in comparisons:
        if comparison.state == verify.KNOWN:
            why = Explanation(ERROR, errata[comparison.erratum].title)
        elif comparison.state in (verify.EQUAL, verify.WITHIN):
            # Where readers see no change, the cause is never asked for.
            why = Explanation(METHOD, ROUNDED)
        else:
            continue
        causes[comparison.printed.address] = why
    return causes
