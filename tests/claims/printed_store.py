"""The numbers that the January 2022 edition had, for claims that are judged by print."""

from dataclasses import replace

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, value_of

FOLDER = ROOT / "data" / "published" / "2022"


def misprints() -> set[str]:
    """Addresses where the computed number stands for the printed one."""
    return {address for erratum in read_errata(FOLDER) for address in erratum.addresses}


def as_printed(computed: Store, catalog: Catalog) -> Store:
    """Printed numbers, and computed ones of the same time where none were printed.

    A table ends with its last printed year, and what was not printed with the edition's.
    """
    printed = {p.address: p for p in verify.read_printed(FOLDER)}
    last: dict[str, int] = {}
    for address, number in printed.items():
        last[number.item] = max(_bare(address).year or 0, last.get(number.item, 0))
    end = max(last.values())
    renewed = verify.renewed_items(FOLDER, catalog)
    own = {
        address: record
        for address, record in computed.values.items()
        if record.item not in renewed
        and (record.year is None or record.year <= (last.get(record.item) or end))
    }
    for address, number in printed.items():
        if address not in own or address not in misprints():
            value, text = verify.as_printed(number.text)
            own[address] = replace(own.get(address) or _bare(address), value=value, text=text)
    years: dict[str, list[int]] = {}
    for record in own.values():
        if record.year is not None and record.item in computed.years:
            first, latest = years.get(record.item, (record.year,) * 2)
            years[record.item] = [min(first, record.year), max(latest, record.year)]
    return Store(own, years)


def _bare(address: str) -> Value:
    """A number that was printed, and that no item computes any longer."""
    last = address.rpartition("/")[2]
    return value_of(address, unit="", year=int(last) if last.isdigit() else None)
