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


def test_the_printed_number_is_found_again() -> None:
    assert compared("1 409", computed(1408.6)).state == verify.EQUAL


def test_equality_is_judged_at_printed_precision() -> None:
    assert compared("6,0", computed(6.04), step=0.1).state == verify.EQUAL
    assert compared("6,0", computed(6.06), step=0.1).state == verify.UNEXPLAINED


def test_a_number_printed_in_steps_is_compared_in_steps() -> None:
    assert compared("1 955 000", computed(1_952_756), step=5000).state == verify.EQUAL
    assert compared("1 955 000", computed(1_952_400), step=5000).state == verify.UNEXPLAINED


def test_a_rounded_source_may_explain_a_difference() -> None:
    assert compared("512", computed(512.6, half=0.5)).state == verify.WITHIN


def test_an_exact_source_explains_no_difference() -> None:
    assert compared("512", computed(512.6)).state == verify.UNEXPLAINED


def test_a_difference_beyond_the_sources_rounding_is_unexplained() -> None:
    assert compared("512", computed(513.2, half=0.5)).state == verify.UNEXPLAINED


@pytest.mark.parametrize(("half", "state"), [(0.4, verify.UNEXPLAINED), (0.6, verify.WITHIN)])
def test_the_intervals_must_overlap(half: float, state: str) -> None:
    assert compared("512", computed(513, half=half)).state == state


def test_a_percent_sign_is_no_part_of_the_number() -> None:
    assert compared("3,6 %", computed(3.6), step=0.1).state == verify.EQUAL


def test_a_misprint_is_known() -> None:
    found = compared("197", computed(1197), errata=(misprint("E1", ADDRESS),))

    assert (found.state, found.erratum) == (verify.KNOWN, "E1")


def test_a_misprint_elsewhere_explains_nothing() -> None:
    other = misprint("E2", "tabell-1/belop/2019")

    assert compared("197", computed(1197), errata=(other,)).state == verify.UNEXPLAINED


def test_a_new_delivery_explains_a_difference() -> None:
    found = compared(
        "197", computed(1197), changed=frozenset({"k"}), errata=(misprint("E1", ADDRESS),)
    )

    assert (found.state, found.erratum) == (verify.NEW_DATA, "")


def test_another_sources_new_delivery_explains_nothing() -> None:
    found = compared("197", computed(1197), changed=frozenset({"andre"}))

    assert found.state == verify.UNEXPLAINED


def test_what_a_new_delivery_did_not_move_is_still_equal() -> None:
    assert compared("197", computed(197), changed=frozenset({"k"})).state == verify.EQUAL


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
    ],
)
def test_a_symbol_is_equal_to_the_same_symbol_only(
    printed: str, value: float | None, text: str, state: str
) -> None:
    assert compared(printed, computed(value, text=text)).state == state


def test_words_are_compared_letter_for_letter() -> None:
    said = computed(None, text="kommunal")

    assert compared("kommunal", said, step=None).state == verify.EQUAL
    assert compared("statlig", said, step=None).state == verify.UNEXPLAINED


def test_a_comparison_says_what_was_computed() -> None:
    assert compared("197", computed(1197, text="1 197")).computed == "1 197"


def test_the_summary_names_every_state() -> None:
    found = [compared("1", computed(1)), compared("1", None), compared("2", computed(2))]

    assert verify.summary(found) == {
        verify.EQUAL: 2,
        verify.WITHIN: 0,
        verify.KNOWN: 0,
        verify.NEW_DATA: 0,
        verify.NEW_PERIOD: 0,
        verify.UNEXPLAINED: 0,
        verify.NOT_COMPUTED: 1,
    }


def test_printed_numbers_are_read_with_their_step(tmp_path: Path) -> None:
    rows = ["item,address,printed,step,section", 'x,figur-9/a,"3,6 %",0.1,5.1', "x,y/z,statlig,,6"]
    (tmp_path / "printed.csv").write_text("\n".join(rows), encoding="utf-8")

    assert verify.read_printed(tmp_path) == [
        Printed("figur-9/a", "3,6 %", 0.1, "5.1"),
        Printed("y/z", "statlig", None, "6"),
    ]


def test_a_printed_number_belongs_to_an_item() -> None:
    assert Printed(ADDRESS, "1", 1, "").item == "tabell-1"


def test_missing_printed_numbers_are_restored_with_git(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"printed\.csv: not found. Restore it with git"):
        verify.read_printed(tmp_path)


def test_every_erratum_touches_a_printed_number() -> None:
    printed = {p.address for p in verify.read_printed(EDITION)}

    assert {a for e in read_errata(EDITION) for a in e.addresses} <= printed


def test_no_printed_number_stands_twice() -> None:
    addresses = [p.address for p in verify.read_printed(EDITION)]

    assert len(addresses) == len(set(addresses)) == 276
