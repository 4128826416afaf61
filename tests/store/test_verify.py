from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import Erratum, Proof, read_errata
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.verify import Comparison, Printed
from tests.conftest import ROOT, value_of

ADDRESS = "tabell-1/belop/2020"
EDITION = ROOT / "data" / "published" / "2022"


def misprint(number: str, address: str) -> Erratum:
    check = Proof(printed=[address], because="trykt 1, regnet ut 2")
    about = {"title": "a", "kind": "tabell", "grade": "sterk", "sections": ["6.3"]}
    return Erratum.model_validate(about | {"id": number, "said": "a", "right": "b", "check": check})


def compared(
    text: str,
    record: Value | None,
    step: float | None = 1,
    errata: tuple[Erratum, ...] = (),
    changed: frozenset[str] = frozenset(),
) -> Comparison:
    values = {ADDRESS: record} if record else {}
    (found,) = verify.compare([Printed(ADDRESS, text, step, "6.1")], values, errata, changed)
    return found


def computed(value: float | None, half: float = 0, text: str = "") -> Value:
    bounds = {} if value is None else {"low": value - half, "high": value + half}
    return value_of(ADDRESS, text or str(value), value, **bounds)


@pytest.mark.parametrize(
    ("printed", "step", "value", "half", "state"),
    [
        ("1 409", 1, 1408.6, 0, verify.EQUAL),
        ("6,0", 0.1, 6.04, 0, verify.EQUAL),
        ("6,0", 0.1, 6.06, 0, verify.UNEXPLAINED),
        ("3,6 %", 0.1, 3.6, 0, verify.EQUAL),
        # A source that is rounded may explain a difference, if the intervals overlap.
        ("512", 1, 512.6, 0.5, verify.WITHIN),
        ("512", 1, 512.6, 0, verify.UNEXPLAINED),
        ("512", 1, 513.2, 0.5, verify.UNEXPLAINED),
        ("512", 1, 513, 0.4, verify.UNEXPLAINED),
        ("512", 1, 513, 0.6, verify.WITHIN),
    ],
)
def test_a_number_is_compared_at_printed_precision(
    printed: str, step: float, value: float, half: float, state: str
) -> None:
    assert compared(printed, computed(value, half), step).state == state


def test_a_number_printed_in_steps_is_compared_in_steps() -> None:
    assert compared("1 955 000", computed(1_952_756), step=5000).state == verify.EQUAL
    assert compared("1 955 000", computed(1_952_400), step=5000).state == verify.UNEXPLAINED


def test_a_misprint_is_known_and_a_new_delivery_explains_a_difference() -> None:
    here, elsewhere = misprint("E1", ADDRESS), misprint("E2", "tabell-1/belop/2019")
    known = compared("197", computed(1197, text="1 197"), errata=(here,))
    new = compared("197", computed(1197), changed=frozenset({"k"}), errata=(here,))

    assert (known.state, known.erratum, known.computed) == (verify.KNOWN, "E1", "1 197")
    assert compared("197", computed(1197), errata=(elsewhere,)).state == verify.UNEXPLAINED
    assert (new.state, new.erratum) == (verify.NEW_DATA, "")
    assert compared("197", computed(197), changed=frozenset({"k"})).state == verify.EQUAL


def test_another_sources_new_delivery_explains_nothing() -> None:
    found = compared("197", computed(1197), changed=frozenset({"andre"}))
    assert found.state == verify.UNEXPLAINED


def test_a_printed_number_that_nobody_computes_is_told() -> None:
    found = compared("197", None)
    assert (found.state, found.computed) == (verify.NOT_COMPUTED, "")


@pytest.mark.parametrize(
    ("printed", "value", "text", "state"),
    [
        ("..", None, "..", verify.EQUAL),
        ("..", None, ".", verify.UNEXPLAINED),
        ("..", 9510, "9 510", verify.UNEXPLAINED),
        ("9 510", None, "..", verify.UNEXPLAINED),
        ("kommunal", None, "kommunal", verify.EQUAL),
        ("statlig", None, "kommunal", verify.UNEXPLAINED),
    ],
)
def test_a_symbol_or_a_word_is_equal_to_the_same_only(
    printed: str, value: float | None, text: str, state: str
) -> None:
    assert compared(printed, computed(value, text=text)).state == state


def test_the_summary_names_every_state() -> None:
    found = [compared("1", computed(1)), compared("1", None), compared("2", computed(2))]
    counts = dict.fromkeys(verify.STATES, 0)
    assert verify.summary(found) == counts | {verify.EQUAL: 2, verify.NOT_COMPUTED: 1}


def test_printed_numbers_are_read_with_their_step(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"printed\.csv: filen finnes ikke. Hent den tilbake med git"):
        verify.read_printed(tmp_path)
    rows = ["item,address,printed,step,section", 'x,figur-9/a,"3,6 %",0.1,5.1', "x,y/z,statlig,,6"]
    (tmp_path / "printed.csv").write_text("\n".join(rows), encoding="utf-8")

    assert verify.read_printed(tmp_path) == [
        Printed("figur-9/a", "3,6 %", 0.1, "5.1"),
        Printed("y/z", "statlig", None, "6"),
    ]


def test_printed_numbers_stand_once_and_every_erratum_touches_one() -> None:
    addresses = [p.address for p in verify.read_printed(EDITION)]
    assert len(addresses) == len(set(addresses)) == 276
    assert {a for e in read_errata(EDITION) for a in e.addresses} <= {*addresses}
