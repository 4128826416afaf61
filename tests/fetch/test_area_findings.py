import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.areas.area_codes import Change, Code, Policy
from kunnskapsgrunnlag.fetch.areas.area_findings import Finding, day_of, region_findings, with_kept

DAYS = ("2019-01-01", "2024-01-01")
DAY = "2020-01-01"


def code(number: str, name: str = "", start: str = "2019-01-01", end: str = "") -> Code:
    return Code(number, name or f"N{number}", valid_from=start, valid_to=end)


def change(old: str, new: str, date: str = DAY) -> Change:
    return Change(date, old, old and f"N{old}", new, new and f"N{new}")


def found(
    codes: list[str], known: list[Code], held: list[Change], policy: Policy = "keep"
) -> list[Finding]:
    return region_findings(codes, known, held, DAYS, policy)


def test_an_area_that_takes_up_another_is_a_merger_though_its_code_stays() -> None:
    known = [code("1103"), code("1141", end=DAY)]
    held = [change("1141", "1103")]

    assert with_kept(held, known) == [change("1103", "1103"), *held]
    with pytest.raises(KgError, match="found a merger"):
        found(["1103"], known, held)
    (finding,) = found(["1103", "1141"], known, held, "sum")
    assert finding.message == (
        "2020-01-01: 1103 N1103 + 1141 N1141 → 1103 N1103 (slått sammen, summert før endringen)"
    )


def test_an_area_that_loses_a_part_is_a_split_though_its_code_stays() -> None:
    known = [code("1507"), code("1580", start=DAY)]

    with pytest.raises(KgError, match="found a split"):
        found(["1507"], known, [change("1507", "1580")], "sum")


def test_codes_that_change_places_are_not_the_same_area() -> None:
    known = [code("0001", "A", end=DAY), code("0002", "B", end=DAY)]
    known += [code("0001", "B", DAY), code("0002", "A", DAY)]
    held = [Change(DAY, "0001", "A", "0002", "A"), Change(DAY, "0002", "B", "0001", "B")]

    kinds = [each.kind for each in found(["0001", "0002"], known, held)]

    assert kinds == ["changed", "changed", "reused", "reused"]


@pytest.mark.parametrize("policy", ["keep", "sum"])
def test_an_area_that_ends_unsaid_is_no_area_that_stays(policy: Policy) -> None:
    with pytest.raises(KgError, match="an area that ended"):
        found(["0001"], [code("0001", end=DAY), code("0002")], [], policy)


def test_an_area_that_starts_unsaid_has_no_past() -> None:
    with pytest.raises(KgError, match="a new area"):
        found(["0001"], [code("0001", start=DAY), code("0002")], [])


def test_a_code_with_another_name_and_no_reason_is_told() -> None:
    known = [code("0001", "Bø", end=DAY), code("0001", "Nes", DAY)]

    messages = {each.kind: each.message for each in found(["0001"], known, [])}

    assert messages["reused"].startswith("Koden 0001 er brukt om Bø til 2020-01-01 og om Nes fra")


def test_a_new_name_that_is_said_is_told_as_such() -> None:
    known = [code("0001", "Gammel", end=DAY), code("0001", "Ny", DAY)]
    said = [Change(DAY, "0001", "Gammel", "0001", "Ny")]

    assert [each.kind for each in found(["0001"], known, said)] == ["renamed"]


def test_a_name_in_two_counties_is_told() -> None:
    known = [code("1515", "Herøy"), code("1818", "Herøy"), code("0301", "Oslo")]

    (finding,) = found(["1818"], known, [])

    assert (finding.kind, finding.codes) == ("same-name", ("1515", "1818"))
    assert found(["0301"], known, []) == []


def test_a_name_that_moved_to_another_county_is_not_there_twice() -> None:
    known = [code("0219", "Bærum", end=DAY), code("3024", "Bærum", DAY)]
    held = [change("0219", "3024")]

    assert [each.kind for each in found(["0219", "3024"], known, held)] == ["changed"]


def test_codes_as_tables_write_them() -> None:
    known = [code("0301"), code("030101"), code("030199"), code("03")]

    findings = found(["K-0301", "F-03", "030101a", "030199a", "030100aa", "EAK", "0"], known, [])

    assert [each.codes for each in findings] == [("0", "030100aa", "EAK")]


def test_changes_outside_the_years_of_the_table_do_not_matter() -> None:
    known = [code("0001", end="2025-01-01"), code("0002", start="2025-01-01"), code("0301")]
    later = [change("0001", "0002", "2025-01-01"), change("0001", "0002", "2019-01-01")]

    assert found(["0001"], known, later) == []


def test_years_before_the_classification_are_told() -> None:
    (finding,) = found(["0001"], [code("0001", start="2021-01-01")], [])

    assert finding.message.startswith("KLASS har ingen koder før 2021-01-01")


@pytest.mark.parametrize(
    ("period", "day"),
    [("2020", "2020-01-01"), ("2020M11", "2020-11-01"), ("2020K4", "2020-10-01")],
)
def test_the_first_day_of_a_period(period: str, day: str) -> None:
    assert day_of(period) == day


@pytest.mark.parametrize("period", ["2020-01-01", "2020M13", "2020K5", "2020K0", "20", "2020K"])
def test_what_is_no_period(period: str) -> None:
    with pytest.raises(KgError, match="expected a period such as"):
        day_of(period)
