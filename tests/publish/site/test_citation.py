from dataclasses import replace

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.site.citation import bibtex, reference
from kunnskapsgrunnlag.store.standing import Standing

EDITION = Edition(
    key="2022", title="Tittel", subtitle="Under", owner="Etaten, Oslo", printed="januar 2022",
    date="2022-01-01", data_year=2020,
)  # fmt: skip

STANDING = Standing("2022", 2021, "vanskeligstilte", 2020, estimated=10, numbered=37)
WHOLE = replace(STANDING, estimated=0)


def test_reference_names_owner_year_title_and_edition() -> None:
    words = (
        "Etaten, Oslo (2022). Tittel. Under. Utgave 2022. Nyeste tall 2021; vanskeligstilte 2020."
    )
    assert reference(EDITION, WHOLE) == f"{words} Nettutgave."
    assert reference(EDITION, STANDING) == f"{words} Utkast. Nettutgave."
    published = EDITION.model_copy(update={"address": "https://eksempel.no"})
    assert reference(published, WHOLE) == f"{words} Nettutgave, https://eksempel.no."


def test_reference_to_an_item_names_it_and_its_own_address() -> None:
    words = reference(EDITION, STANDING, "Figur 26: Lån", "figurer/figur-26.html")
    assert words.endswith(" Utkast. Figur 26: Lån. Nettutgave, figurer/figur-26.html.")


def test_bibtex_keeps_the_owner_as_one_name() -> None:
    assert "  author = {{Etaten, Oslo}},\n" in bibtex(EDITION, STANDING)
    assert "{Nettutgave. Nyeste tall 2021; vanskeligstilte 2020. Utkast}" in bibtex(
        EDITION, STANDING
    )
    published = EDITION.model_copy(update={"address": "https://eksempel.no"})
    assert "  url = {https://eksempel.no},\n" in bibtex(published, STANDING)
    assert bibtex(EDITION, STANDING).count("{") == bibtex(EDITION, STANDING).count("}")
