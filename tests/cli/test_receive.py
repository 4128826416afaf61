"""`kg receive` and `kg angre` on the mini edition: what they refuse, show, do and take back."""

import subprocess
from pathlib import Path

import pytest

from kunnskapsgrunnlag.book.claim_results import ClaimPlace
from kunnskapsgrunnlag.cli.receive import false_lines
from tests.checkout import Checkout
from tests.cli.test_review import commit, sit_down
from tests.conftest import claim_of

FACTS = (
    "--eier",
    "SSB",
    "--definisjon",
    "Personer",
    "--kontakt",
    "Seksjon",
    "--lisens",
    "NLOD 2.0",
)
PLACE = "data/raw/leveranser/tabell-14.csv"


@pytest.fixture(scope="module")
def desk(mini: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A committed checkout with somebody before it; tests here leave it as it is."""
    checkout = mini.copy(tmp_path_factory.mktemp("desk") / "checkout")
    commit(checkout)
    sit_down(checkout, "Mottaker")
    return checkout


@pytest.fixture
def post(desk: Checkout, tmp_path: Path) -> Path:
    """A made-up delivery of tabell 14: the estimate with another number for Stovner."""
    text = (desk.root / "data/raw/estimat/tabell-14.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "Fra SSB (endelig).csv"
    path.write_text(text.replace("Stovner;10,9", "Stovner;11,3"), encoding="utf-8")
    return path


def status(checkout: Checkout) -> str:
    command = ("git", "status", "--porcelain")
    return subprocess.run(command, cwd=checkout.root, capture_output=True, text=True).stdout


def log(checkout: Checkout) -> list[str]:
    command = ("git", "log", "--format=%s")
    done = subprocess.run(command, cwd=checkout.root, capture_output=True, text=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "sier ikke periode. Skriv --periode etter kommandoen"),
        (("--periode", "2025", "--ja"), "sier ikke definisjon. Skriv --definisjon"),
        (("--ja", *FACTS), "sier ikke periode. Skriv --periode"),
        (("--periode", "2031", "--ja", *FACTS), "perioden «2031» er etter utgaven for 2026"),
        (("--periode", "2019", "--ja", *FACTS), "er eldre enn den tabellen har nå (2020)"),
        (("--periode", "i fjor", "--ja", *FACTS), "perioden er «i fjor», uten årstall"),
        (("--periode", "2025", *FACTS), "Skriv --ja for å svare ja. Ingenting er endret."),
        (("--celle", "B12"), "--celle og --godta hører sammen"),
        (("--tabell", "tabell-30"), "rad 1: ventet overskriften «år»"),
    ],
)
def test_what_is_lacking_or_wrong_is_one_sentence_and_nothing_is_changed(
    desk: Checkout, post: Path, arguments: tuple[str, ...], expected: str
) -> None:
    done = desk.kg("receive", str(post), *arguments)
    assert (done.code, status(desk)) == (1, "")
    assert expected in done.words
    assert "Traceback" not in done.err


def test_a_person_is_asked_for_what_the_file_does_not_say_and_may_say_no(
    desk: Checkout, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter(["2025", "", "Personer", "Seksjon", "", "ja", "nei"])

    def prompt(question: str, default: str | None = None) -> str:
        asked.append(f"{question} [{default or ''}]")
        return next(answers) or default or ""

    monkeypatch.setattr("kunnskapsgrunnlag.cli.receive.is_asked", lambda: True)
    monkeypatch.setattr("kunnskapsgrunnlag.cli.steps.is_asked", lambda: True)
    monkeypatch.setattr("typer.prompt", prompt)

    done = desk.kg("receive", str(post))

    assert (done.code, status(desk)) == (0, "")
    assert done.out.endswith("Ingenting er endret.\n")
    assert asked == [
        "Hvilken tid gjelder tallene? [2025]",
        "Hvem eier tallene? [Statistisk sentralbyrå]",
        "Hva teller de, og hvem er med? []",
        "Hvilket kontor eller hvilken rolle kan svare? []",
        "Hva kan de brukes til (lisens)? [CC BY 4.0]",
        "Vise dem side om side, med hver sin tid? (ja/nei) [ja]",
        "Ta imot? (ja/nei) []",
    ]


@pytest.fixture
def rents(desk: Checkout, post: Path) -> Path:
    """A made-up delivery of figur 28: the estimate's numbers."""
    path = post.parent / "Boutgift.csv"
    path.write_bytes((desk.root / "data/raw/estimat/figur-28.csv").read_bytes())
    return path


def spoiled(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        # Of the file itself, and of the numbers once they are tried.
        ("Stovner;ca. 11", "Fra SSB (endelig).csv, rad 12, kolonne B «personer (prosent)»: ventet"),
        ("Stovner;0,1", "Fra SSB (endelig).csv, rad 12 (Stovner), kolonne B «personer (prosent)»"),
    ],
)
def test_of_several_files_the_one_that_is_refused_is_named_and_never_left_out_in_silence(
    desk: Checkout, post: Path, rents: Path, new: str, expected: str
) -> None:
    spoiled(post, "Stovner;11,3", new)
    done = desk.kg("receive", str(post), str(rents), "--periode", "2025", "--ja", *FACTS)
    assert (done.code, status(desk)) == (1, "")
    assert expected in done.words
    assert (
        f'Ingenting er endret. Rett {post.name}, eller ta imot resten: kg receive "{rents}"'
    ) in done.words


def test_a_person_may_take_in_the_rest_of_several_files(
    desk: Checkout, post: Path, rents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiled(post, "Stovner;11,3", "Stovner;ca. 11")
    asked: list[str] = []
    answers = iter(["nei", "ja", "nei"])

    def prompt(question: str, default: str | None = None) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("kunnskapsgrunnlag.cli.receive.is_asked", lambda: True)
    monkeypatch.setattr("kunnskapsgrunnlag.cli.steps.is_asked", lambda: True)
    monkeypatch.setattr("typer.prompt", prompt)
    command = ("receive", str(post), str(rents), "--periode", "2025", *FACTS)
    without = f"Ta imot {rents.name} uten {post.name}? (ja/nei)"

    done = desk.kg(*command)
    assert (done.code, asked) == (1, [without])
    assert f"Rett {post.name}, og ta imot alle sammen. Ingenting er endret." in done.words
    done = desk.kg(*command)
    assert (asked[1:], status(desk)) == ([without, "Ta imot? (ja/nei)"], "")
    assert done.out.endswith("Ingenting er endret.\n")
    assert "  figur 28" in done.out


def test_a_file_that_is_not_there_or_empty_is_one_sentence(desk: Checkout, post: Path) -> None:
    assert "borte.csv: filen finnes ikke" in desk.kg("receive", f"{post.parent}/borte.csv").words
    post.write_text("\n", "utf-8")
    assert f"{post.name}: filen er tom" in desk.kg("receive", str(post)).words


def test_shares_that_are_fractions_are_refused_with_a_way_to_vouch_for_a_cell(
    desk: Checkout, post: Path
) -> None:
    post.write_text(post.read_text("utf-8").replace("Stovner;11,3", "Stovner;0,1"), "utf-8")
    done = desk.kg("receive", str(post), "--periode", "2025", "--ja", *FACTS)
    assert (done.code, status(desk)) == (1, "")
    words = "Fra SSB (endelig).csv, rad 12 (Stovner), kolonne B «personer (prosent)»: 0,1 er ikke"
    assert words in done.words
    assert f'kg receive "{post}" --celle B12 --godta "hvorfor"' in done.words


def test_sentences_that_no_longer_hold_are_as_many_as_are_listed() -> None:
    places = [ClaimPlace(f"chapters/kapittel-{n}.md", n, "Det ble flere.") for n in (4, 5)]
    claims = [claim_of(places=places), claim_of(places=places[:1])]
    heading, *lines = false_lines(claims)
    assert "(3)" in heading
    assert sum("chapters/" in line for line in lines) == 3


def test_a_delivery_is_received_shown_undone_and_done_again(
    desk: Checkout, post: Path, tmp_path: Path
) -> None:
    own = desk.copy(tmp_path / "own")
    own.write("docs.md", "eget arbeid\n")
    before = own.read("params.yaml")

    done = own.process("receive", str(post), "--periode", "2025", "--ja", *FACTS)

    assert done.code == 0, done.words
    assert "Fra SSB (endelig).csv er tabell 14: andel vanskeligstilte" in done.words
    assert "Tabell 14, Personer, Stovner: 10,9 → 11,3 (anslag → levert)" in done.words
    assert "nye mangler fra tabell 12 (kg due --brev tabell-12)" in done.words
    assert log(own)[0] == "Tabell 14 for 2025 mottatt"
    # The row without a new number has its own year, and the mark says so.
    text = own.read("params.yaml")
    assert 'national: "hele landet 2020"' in text
    assert 'carried: {edition: "2022", period: "2020", waits: "leveransen tabell-12' in text
    source = own.read(f"{PLACE}.source.yaml")
    assert "owner: SSB" in source
    assert "Modellert" not in source
    assert "title: Andel vanskeligstilte personer og husholdninger i bydelene, 2025" in source
    values = own.json("build/values.json")["values"]
    assert values["tabell-14/personer/stovner"]["origin"] == "leveranse"
    assert values["tabell-14/personer/hele-landet"]["origin"] == "trykt"
    assert "?? docs.md" in status(own)

    # The same file once more is no revision, and nothing to do.
    done = own.process("receive", str(post), "--periode", "2025", "--ja")
    assert (
        "(endelig).csv er alt tatt imot, med de samme svarene. Ingenting er endret." in done.words
    )
    assert log(own).count("Tabell 14 for 2025 mottatt") == 1

    # Its owner's revision: what was answered last time is not asked again.
    post.write_text(post.read_text("utf-8").replace("Stovner;11,3", "Stovner;11,4"), "utf-8")
    done = own.process("receive", str(post), "--periode", "2025", "--ja")
    assert done.code == 0, done.words
    assert "Kontakt: Seksjon" in done.words
    assert "cause: revidert-av-eier" in own.read(f"{PLACE}.source.yaml")

    done = own.process("angre", "--ja")
    assert done.code == 0, done.words
    assert "11,3" in own.read(PLACE)
    done = own.process("angre", "--ja")
    assert own.read("params.yaml") == before
    assert not (own.root / PLACE).exists()
    assert own.kg("angre").out.startswith("Det er ingenting å angre")
    done = own.process("angre", "--igjen", "--ja")
    assert f"{PLACE} settes inn" in done.words
    assert "params.yaml blir som før" in done.words
    assert own.read("params.yaml") == text
    assert "11,3" in own.read(PLACE)
    assert log(own)[0] == "Igjen: Tabell 14 for 2025 mottatt"
