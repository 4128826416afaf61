import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER, REGIONS, Region, region_of


def test_the_same_code_is_another_region_in_another_system() -> None:
    assert region_of("0301", "ssb-kommune").key == "oslo"
    assert region_of("0301", "husbanken").key == "husbanken-rest"


def test_the_same_number_is_another_region_in_another_system() -> None:
    assert region_of("03", "ssb-prissone").key == "bergen"
    assert region_of("4601", "ssb-kommune").key == "bergen"


@pytest.mark.parametrize("system", [None, ""])
def test_a_code_without_its_system_is_refused(system: str | None) -> None:
    with pytest.raises(KgError, match="The region code «0301» has no code system"):
        region_of("0301", system)


def test_an_unknown_system_names_those_there_are() -> None:
    with pytest.raises(KgError, match=r"Unknown code system «nav»\. There is: husbanken, navn"):
        region_of("0301", "nav")


def test_a_code_of_another_system_is_unknown() -> None:
    with pytest.raises(KgError, match="«0311» is no region in the code system ssb-kommune"):
        region_of("0311", "ssb-kommune")


@pytest.mark.parametrize("code", ["301", "0301 00", "", "oslo"])
def test_a_code_is_not_guessed(code: str) -> None:
    with pytest.raises(KgError, match="is no region in the code system ssb-kommune"):
        region_of(code, "ssb-kommune")


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


def test_an_unknown_name_names_the_nearest() -> None:
    with pytest.raises(KgError, match=r"«Drammmen» is no region .* Write «Drammen»\?"):
        region_of("Drammmen", "navn")


def test_a_key_is_no_name() -> None:
    with pytest.raises(KgError, match="«oslo-og-baerum» is no region in the code system navn"):
        region_of("oslo-og-baerum", "navn")


def test_all_fifteen_bydeler_have_the_codes_of_ssb_and_husbanken() -> None:
    assert len(BYDELER) == 15
    for number, key in enumerate(BYDELER, 1):
        assert region_of(f"0301{number:02}", "ssb-bydel").key == key
        assert region_of(f"0301{number:02}a", "ssb-10826").key == key
        assert region_of(f"{310 + number:04}", "husbanken").key == key


@pytest.mark.parametrize(
    ("code", "name"), [("0311", "Gamle Oslo"), ("0322", "Alna"), ("0325", "Søndre Nordstrand")]
)
def test_husbankens_codes_start_at_gamle_oslo(code: str, name: str) -> None:
    assert region_of(code, "husbanken").name == name


def test_sentrum_and_marka_are_no_bydeler() -> None:
    assert not {"sentrum", "marka", "uoppgitt", "husbanken-rest"} & set(BYDELER)


def test_no_code_means_two_regions_in_one_system() -> None:
    pairs = [(system, code) for region in REGIONS for system, code in region.codes.items()]

    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("fine", [False, True])
def test_no_name_means_two_regions_of_one_level(fine: bool) -> None:
    same = [region for region in REGIONS if (region.level == "delbydel") == fine]
    names = [name for region in same for name in {region.name, *region.aliases}]

    assert len(names) == len(set(names))


def test_every_region_has_a_key_of_its_own() -> None:
    assert len(BY_KEY) == len(REGIONS)


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.key)
def test_every_code_leads_to_its_region(region: object) -> None:
    found = BY_KEY[region.key]  # type: ignore[attr-defined]

    assert {region_of(code, system).key for system, code in found.codes.items()} == {found.key}


def delbydeler() -> list[Region]:
    return [region for region in REGIONS if region.level == "delbydel"]


def test_there_are_98_delbydeler_and_four_that_were_given_up() -> None:
    current = [region for region in delbydeler() if not region.discontinued]

    assert len(current) == 98
    assert {r.name for r in delbydeler() if r.discontinued} == {
        "Lodalen", "Helsfyr", "Hasle-Løren", "Økern",
    }  # fmt: skip


def test_a_delbydel_lies_in_the_bydel_that_its_code_begins_with() -> None:
    for region in delbydeler():
        number = int(region.codes["oslo-delbydel"][:2])
        assert BY_KEY[region.parent].codes["ssb-bydel"] == f"0301{number:02d}"


def test_0301_is_three_things() -> None:
    names = {system: region_of("0301", system).name
             for system in ("ssb-kommune", "oslo-delbydel", "husbanken")}  # fmt: skip

    assert names == {
        "ssb-kommune": "Oslo", "oslo-delbydel": "Iladalen", "husbanken": "Oslo uten bydel",
    }  # fmt: skip


def test_statistikkbanken_drops_the_leading_zero() -> None:
    assert region_of("102", "oslo-statistikkbank").name == "Grønland"
    assert region_of("30102", "oslo-statistikkbank").name == "Grünerløkka"


def test_stovner_has_six_delbydeler() -> None:
    assert [r.name for r in delbydeler() if r.parent == "stovner"] == [
        "Vestli", "Fossum", "Rommen", "Haugenstua", "Stovner", "Høybråten",
    ]  # fmt: skip
