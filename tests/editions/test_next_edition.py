import yaml

from kunnskapsgrunnlag.editions.next_edition import EditionStep, next_catalog
from kunnskapsgrunnlag.editions.plan import CARRIED, ItemPlan
from tests.editions.test_plan import SOURCE, catalog_of


def test_what_cannot_be_renewed_says_which_year_it_is_of() -> None:
    catalog = catalog_of({}, trykt=SOURCE)
    plan = ItemPlan("tabell-1", CARRIED, {}, "", waits="nye tall for trykt", period="2020")
    text = yaml.safe_dump(catalog.model_dump(exclude_none=True))
    made = next_catalog(text, catalog, EditionStep("2027", 2026, "2027-01-01", True), [plan])
    carried = yaml.safe_load(made)["items"]["tabell-1"]["carried"]
    assert carried == {"edition": "2022", "period": "2020", "waits": "nye tall for trykt"}
