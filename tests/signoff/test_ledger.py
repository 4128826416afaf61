"""The ledger: only grows, survives kills and merges, and names its mistakes."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.signoff.ledger import Entry, LedgerFolder, lost_lines, moment, parse
from tests.checkout import ROOT
from tests.signoff.parts import BEGUN, entry, thing

ENTRIES = [entry(thing(), day=day, comment=f"merknad {day}") for day in range(4)]
TEXT = "".join(f"{each.line}\n" for each in ENTRIES)


def append(book: LedgerFolder, *entries: Entry) -> None:
    book.append(entries, [thing()], book.path.parent.parent / "lock")


def test_what_is_appended_is_read_again(tmp_path: Path) -> None:
    book = LedgerFolder(tmp_path / "signoff")
    append(book, ENTRIES[0])
    append(book, *ENTRIES[1:])
    assert book.text() == TEXT
    assert list(book.read()) == ENTRIES
    assert book.recall(thing().content) == thing().parts


@given(st.permutations(range(4)), st.lists(st.integers(0, 3)))
def test_order_and_repeated_lines_are_of_no_account(order: list[int], again: list[int]) -> None:
    text = "\n".join(ENTRIES[at].line for at in [*order, *again])
    assert list(parse(text)) == ENTRIES


def test_a_last_line_without_its_end_counts_and_is_not_joined(tmp_path: Path) -> None:
    book = LedgerFolder(tmp_path)
    book.path.write_bytes(TEXT.rstrip("\n").encode())
    append(book, entry(thing(), day=9))
    assert len(book.read()) == 5


def test_a_killed_write_leaves_the_ledger_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = LedgerFolder(tmp_path)
    append(book, ENTRIES[0])

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        append(book, ENTRIES[1])

    assert book.text() == f"{ENTRIES[0].line}\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{}", "edition: nøkkelen mangler"),
        ("tull", "ventet ett JSON-objekt"),
        (ENTRIES[0].line[:-9], "Kjør git restore data/signoff/ledger.jsonl"),
        (ENTRIES[0].line.replace("approved", "godkjent"), "verdict: ventet 'approved'"),
        (ENTRIES[0].line.replace("+00:00", ""), "trenger sonen sin"),
        (ENTRIES[0].line.replace('"comment"', '"kommentar"'), "kommentar: ukjent nøkkel"),
    ],
)
def test_a_mistake_is_named_with_its_line(line: str, expected: str) -> None:
    with pytest.raises(KgError, match=r"ledger\.jsonl, linje 2") as problem:
        parse(f"{ENTRIES[0].line}\n{line}\n{ENTRIES[1].line}")
    assert expected in str(problem.value)


def test_letters_in_two_pieces_are_no_lost_line(tmp_path: Path) -> None:
    book = LedgerFolder(tmp_path)
    append(book, entry(thing(), comment="A\u030arstall"))
    assert lost_lines(book.path.read_text("utf-8").split("\n"), book.text()) == []


def test_drawings_are_kept_with_what_was_approved(tmp_path: Path) -> None:
    book, drawn = LedgerFolder(tmp_path), "<svg>bred</svg><svg>smal</svg>"
    parts = {"tegning": sha256(drawn.encode())}
    book.keep(thing(parts=parts, drawn=drawn))
    assert book.drawn(parts) == Drawn("<svg>bred</svg>", "<svg>smal</svg>")
    (book.contents / f"{parts['tegning']}.txt").write_text("<svg/><svg>en annen</svg>", "utf-8")
    assert book.drawn(parts) is None
    assert book.drawn({}) is None


def test_a_content_that_was_changed_on_disk_is_not_what_was_approved(tmp_path: Path) -> None:
    book = LedgerFolder(tmp_path)
    book.keep(thing())
    (book.contents / f"{thing().content}.json").write_bytes(thing("1").kept)
    assert book.recall(thing().content) is None
    assert book.recall("0" * 64) is None


def test_lines_that_are_gone_or_changed_are_found() -> None:
    before = TEXT.split("\n")
    assert lost_lines(before, TEXT + ENTRIES[3].line) == []
    assert lost_lines(before, TEXT.replace("merknad 2", "ingen")) == [ENTRIES[2].line]


def test_a_clock_that_runs_behind_does_not_turn_the_order_round() -> None:
    late = BEGUN - timedelta(days=1)
    assert moment(late, ENTRIES) > ENTRIES[-1].at
    assert moment(BEGUN, []) == "2026-03-02T09:00:00.000+00:00"


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Forfatter", "-c", "user.email=forfatter@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize("exists_before", [True, False])
def test_two_branches_that_both_signed_merge(tmp_path: Path, exists_before: bool) -> None:
    """The line of .gitattributes does it; without it the merge stops."""
    book = LedgerFolder(tmp_path / "data" / "signoff")
    (tmp_path / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".gitattributes")
    git(tmp_path, "commit", "-qm", "start")
    if exists_before:
        book.append(ENTRIES[:1], [], tmp_path / ".git" / "lock")
        git(tmp_path, "add", "data")
        git(tmp_path, "commit", "-qm", "en")
    git(tmp_path, "branch", "gren")
    for branch, mine in (("main", ENTRIES[1:3]), ("gren", ENTRIES[3:])):
        git(tmp_path, "checkout", "-q", branch)
        book.append(mine, [], tmp_path / ".git" / "lock")
        git(tmp_path, "add", "data")
        git(tmp_path, "commit", "-qm", branch)

    git(tmp_path, "merge", "-q", "--no-edit", "main")

    assert list(book.read()) == ENTRIES[0 if exists_before else 1 :]
