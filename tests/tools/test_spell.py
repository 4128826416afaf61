"""The check of spelling: which words it reads, which it knows, and what it says of the others."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from tests.conftest import ROOT
from tools import spell

AFF = "SET UTF-8\nTRY aeikostr\nSFX E Y 1\nSFX E 0 en .\n"
DIC = "bolig/E\nmarked\nleie\ntrygg\nsosialt\narbeid\nkunnskap\nskap\nkun\nhus\nvei\ntil\nblir\n"


class Small:
    """A dictionary of a few words, with nothing to suggest."""

    words = frozenset(
        ["bolig", "marked", "leie", "trygg", "sosialt", "arbeid", "kun", "skap", "kunnskap"]
    )

    def lookup(self, word: str) -> bool:
        return word.lower() in self.words

    def suggest(self, word: str) -> list[str]:
        return ["leie"]


def speller(*own: str) -> spell.Speller:
    return spell.Speller(frozenset(own), Small)


KNOWN = ["bolig", "Bolig", "boligmarked", "arbeidsmarked", "boligsosialt", "SSB", "SSBs", "m"]
OWN = ["Vrålstad", "Vrålstads", "delbydel", "Delbydel", "SSB-bolig", "leie‑bolig"]


@pytest.mark.parametrize("word", [*KNOWN, *OWN])
def test_known_words(word: str) -> None:
    assert speller("Vrålstad", "delbydel").knows(word)


@pytest.mark.parametrize("word", ["boligg", "kunskap", "vrålstad", "bolig-markd", "Bolgmarked"])
def test_unknown_words(word: str) -> None:
    assert not speller("Vrålstad").knows(word)


def test_reads_what_readers_see_and_where() -> None:
    content = (
        "# Leie {#kap-4-3}\n\n"
        'Ordet [tabell-6/leie/oslo]{.tall} og [lave [priser]{.ord}]{.pastand navn="lave-priser"}.\n'
        "`kode` <https://adresse.no/> [lenke](#kap-9) <!-- skjult -->.[^n]\n\n"
        '[^n]: Sen, «Poor, Relatively Speaking», [lest]{.fast grunn="skjult"} m.fl., Finn.no.\n'
    )
    found = list(spell.words_of("k.md", content))
    text = [(1, "Leie"), (3, "Ordet"), (3, "og"), (3, "lave"), (4, "lenke")]
    assert found == [*text, (6, "Sen"), (6, "lest"), (6, "m"), (6, "Finn")]


def test_words_in_quotes_of_the_text_are_read() -> None:
    assert [w for _, w in spell.words_of("k.md", "Det heter «egen boligg» her.\n")][2:4] == [
        "egen",
        "boligg",
    ]


def test_a_finding_says_file_line_word_and_nearest() -> None:
    one = speller("Vrålstad")
    found = spell.check([("chapters/k.md", "Bolig\nleie Vrålsted arbeid.\n")], one)
    assert found == [("chapters/k.md", 2, "Vrålsted")]
    (line,) = spell.describe_unknown(found, one)
    assert line.startswith("chapters/k.md:2: «Vrålsted»")
    assert line.endswith("Did you mean «Vrålstad», «leie»?")


def test_own_words_have_comments_and_are_in_order_of_kind() -> None:
    assert spell.read_own("# navn\nUngbo # kommunens\n\nstartlån\n") == {"Ungbo", "startlån"}
    words = [w for w in spell.OWN_WORDS.read_text("utf-8").splitlines() if w and w[0] != "#"]
    assert len(words) == len(set(words))
    assert all(re.fullmatch(r"[^\W\d_]+(-[^\W\d_]+)*", word) for word in words)


def test_no_dictionary_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "nb_NO.aff").write_text(AFF, encoding="utf-8")
    with pytest.raises(KgError, match=r"hunspell-no .* KG_ORDBOK"):
        spell.find_dictionary([str(tmp_path)])


def test_what_was_known_is_kept_for_the_same_dictionary_only(tmp_path: Path) -> None:
    stem, cache = dictionary(tmp_path), tmp_path / "build" / "held.json"
    assert spell.recall(cache, stem) == set()
    spell.remember(cache, stem, {"hus", "vei"})
    assert spell.recall(cache, stem) == {"hus", "vei"}
    stem.with_suffix(".dic").write_text(f"14\n{DIC}gate\n", encoding="utf-8")
    assert spell.recall(cache, stem) == set()


def dictionary(folder: Path) -> Path:
    (folder / "nb_NO.aff").write_text(AFF, encoding="utf-8")
    (folder / "nb_NO.dic").write_text(f"13\n{DIC}", encoding="utf-8")
    return folder / "nb_NO"


def test_the_command_names_the_place_and_ends_with_1(tmp_path: Path) -> None:
    pytest.importorskip("spylls")
    dictionary(tmp_path)
    text = tmp_path / "side.md"
    text.write_text("Veien\nBoligen blir trygg.\n\nVei til kunskap.\n", encoding="utf-8")
    done = run(text, tmp_path)
    assert done.returncode == 1
    assert [line.partition(" is in")[0] for line in done.stdout.splitlines()] == [
        f"{text}:1: «Veien»",
        f"{text}:4: «kunskap»",
    ]
    assert "«kunnskap»" in done.stdout
    text.write_text("Boligen blir trygg.\n", encoding="utf-8")
    assert run(text, tmp_path).returncode == 0


def test_the_command_ends_with_2_without_a_dictionary(tmp_path: Path) -> None:
    done = run(ROOT / "index.md", tmp_path)
    assert done.returncode == 2
    assert "nb_NO.dic" in done.stderr


def run(text: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "spell.py"), str(text), "--dictionary", str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
