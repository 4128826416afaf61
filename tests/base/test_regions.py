import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER, REGIONS, region_of


@pytest.mark.parametrize(
    ("code", "system", "name"),
    [
        ("0301", "ssb-kommune", "Oslo"),
        ("0301", "oslo-delbydel", "Iladalen"),
        ("0301", "husbanken", "Oslo uten bydel"),
        ("03", "ssb-prissone", "Bergen"),
        ("4601", "ssb-kommune", "Bergen"),
        ("0311", "husbanken", "Gamle Oslo"),
        ("0325", "husbanken", "Søndre Nordstrand"),
        ("102", "oslo-statistikkbank", "Grønland"),
        ("30102", "oslo-statistikkbank", "Grünerløkka"),
    ],
)
def test_a_code_is_another_region_in_another_system(code: str, system: str, name: str) -> None:
    assert region_of(code, system).name == name


@pytest.mark.parametrize(
    ("code", "system", "problem"),
    [
        ("0301", None, "Regionkoden «0301» har ikke noe kodesystem"),
        ("0301", "", "Regionkoden «0301» har ikke noe kodesystem"),
        ("0301", "nav", r"Ukjent kodesystem «nav»\. Det finnes husbanken, navn"),
        ("0311", "ssb-kommune", "«0311» er ingen region i kodesystemet ssb-kommune"),
        *((code, "ssb-kommune", "er ingen region") for code in ("301", "0301 00", "", "oslo")),
        ("Drammmen", "navn", r"«Drammmen» er ingen region .* Mente du «Drammen»\?"),
        ("oslo-og-baerum", "navn", "«oslo-og-baerum» er ingen region i kodesystemet navn"),
    ],
)
def test_a_code_is_not_guessed(code: str, system: str | None, problem: str) -> None:
    with pytest.raises(KgError, match=problem):
        region_of(code, system)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Oslo", "oslo"),
        ("Oslo kommune", "oslo"),
        ("Hele landet", "hele-landet"),
        ("Norge", "hele-landet"),
        (" Grünerløkka ", "grunerlokka"),
        ("Oslo og Bærum", "oslo-og-baerum"),
    ],
)
def test_a_name_is_known_in_its_usual_forms(name: str, key: str) -> None:
    assert region_of(name, "navn").key == key


def test_all_fifteen_bydeler_have_the_codes_of_ssb_and_husbanken() -> None:
    assert len(BYDELER) == 15
    for number, key in enumerate(BYDELER, 1):
        assert region_of(f"0301{number:02}", "ssb-bydel").key == key
        assert region_of(f"0301{number:02}a", "ssb-10826").key == key
        assert region_of(f"{310 + number:04}", "husbanken").key == key


def test_every_code_leads_to_its_region_and_no_other() -> None:
    pairs = [(system, code) for region in REGIONS for system, code in region.codes.items()]

    assert len(pairs) == len(set(pairs))
    assert len(BY_KEY) == len(REGIONS)
    for region in REGIONS:
        for system, code in region.codes.items():
            assert region_of(code, system) is BY_KEY[region.key]
    for is_fine in (False, True):
        same = [region for region in REGIONS if (region.level == "delbydel") == is_fine]
        names = [name for region in same for name in {region.name, *region.aliases}]
        assert len(names) == len(set(names))


def test_there_are_98_delbydeler_and_four_that_were_given_up() -> None:
    delbydeler = [region for region in REGIONS if region.level == "delbydel"]

    assert len(delbydeler) == 102
    given_up = {region.name for region in delbydeler if region.discontinued}
    assert given_up == {"Lodalen", "Helsfyr", "Hasle-Løren", "Økern"}
    for region in delbydeler:
        number = int(region.codes["oslo-delbydel"][:2])
        assert BY_KEY[region.parent].codes["ssb-bydel"] == f"0301{number:02d}"
