from lxml import etree

from kunnskapsgrunnlag.publish.machine.feed import ATOM, atom
from kunnskapsgrunnlag.store.errata import Erratum, Proof
from tests.checkout import Checkout
from tests.publish.downloads.parts import EDITION, STANDING

ERRATUM = Erratum(
    id="E1", title="Tallet er galt", kind="tabell", grade="sterk",
    sections=["5.1"], said="[15 230](tabell-11/personer/oslo/2020) personer & flere.",
    right="15 320 personer.", check=Proof(reason="Lest."),
)  # fmt: skip


def words_of(feed: etree._Element, path: str) -> list[str]:
    return [str(node.text) for node in feed.findall(path, {"a": ATOM})]


def test_a_feed_has_what_the_standard_wants_and_an_entry_for_each_correction() -> None:
    feed = etree.fromstring(atom(EDITION, STANDING, None, [ERRATUM]))

    for node in [feed, *feed.findall(f"{{{ATOM}}}entry")]:
        for name in ("id", "title", "updated"):
            assert len(words_of(node, f"a:{name}")) == 1
    assert words_of(feed, "a:author/a:name") == [EDITION.owner]
    assert words_of(feed, "a:entry/a:title")[1] == "Rettelse: Tallet er galt"
    said = "Det sto: 15 230 personer & flere. Det riktige: 15 320 personer."
    assert words_of(feed, "a:entry/a:summary")[1].replace("\N{NO-BREAK SPACE}", " ") == said


def test_identifiers_are_the_same_wherever_the_site_lies_and_others_in_another_edition() -> None:
    moved = EDITION.model_copy(update={"address": "https://eksempel.no/ny"})
    later = EDITION.model_copy(update={"key": "2027"})
    first, second, third = (
        words_of(etree.fromstring(atom(edition, STANDING, None, [ERRATUM])), "a:entry/a:id")
        for edition in (EDITION, moved, later)
    )
    assert first == second
    assert {*first}.isdisjoint(third)
    assert all(name.startswith("urn:uuid:") for name in first)


def test_items_with_newer_numbers_are_in_the_feed_and_lead_to_their_pages(mini: Checkout) -> None:
    feed = etree.fromstring(mini.read("build/site/endringer.atom").encode())

    words = dict(zip(words_of(feed, "a:entry/a:title"), words_of(feed, "a:entry/a:summary"),
                     strict=True))  # fmt: skip
    (about,) = (text for title, text in words.items() if title.startswith("Tabell 6:"))
    assert "nyere tall enn før" in about
    links = [str(node.get("href")) for node in feed.iterfind("{*}entry/{*}link")]
    for link in links:
        assert (mini.root / "build/site" / link.partition("#")[0]).is_file(), link
    ids = words_of(feed, "a:entry/a:id")
    assert len({*ids}) == len(ids)
