"""The verbs of `kg`, as a person types them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kunnskapsgrunnlag.cli.main import main
from tests.checkout import Checkout


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_items_lists_all_with_number_title_origin_vintage_and_state(built: Checkout) -> None:
    lines = built.kg("items").out.splitlines()

    assert sum(line.startswith(("Figur", "Tabell")) for line in lines) == 40
    figure = next(line for line in lines if line.startswith("Figur 27"))
    assert "Utbetalt statlig og kommunal bostøtte" in figure
    assert "offisiell 2016–2025, trykt 2016–2020" in figure
    assert "uttrekk 4. august 2026" in figure
    assert figure.rstrip().endswith("beregnet")


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (
            "figur-27/statlig_utbetalt/2020",
            ["Tall: 846", "Enhet: mill. kr", "Trykt i 2022: 846", "Kildeceller (12):"],
        ),
        (
            "tabell-6/leie/oslo-og-baerum/2-rom/siste",
            ["Adresse: tabell-6/leie/oslo-og-baerum/2-rom/2025", "Tall: 15 260"],
        ),
        (
            "tabell-24/startlan_belop/2017",
            ["Tall: 1 197", ": 197, rettet til 1197 (E13)", "Trykt i 2022: 197"],
        ),
        ("tabell-10/boutgift/oslo/2021", []),
        ("tabell-29/utbetalt/oslo/2020", []),
        ("tabell-29/over_tak/hele-landet/2020", []),
        ("tabell-31/tilfeller/oslo", []),
        ("figur-25/per_1000/bergen/2020", []),
        ("figur-21/forvaltning/startlan", []),
    ],
)
def test_trace_says_what_is_known_of_a_number(
    built: Checkout, address: str, parts: list[str]
) -> None:
    done = built.kg("trace", address)

    assert done.code == 0
    assert [part for part in [*parts, "Kildeceller ("] if part not in plain(done.out)] == []


def test_trace_adds_up(built: Checkout) -> None:
    """The source cells that are shown really give the number."""
    out = built.kg("trace", "figur-27/statlig_utbetalt/2020").out

    raw = [int(n) for n in re.findall(r"^  husbanken-bostotte:J\d+ .*: (\d+)$", out, re.M)]

    assert len(raw) == 12
    assert sum(raw) == 845_607_043


def test_trace_of_an_item_lists_its_addresses(built: Checkout) -> None:
    out = built.kg("trace", "tabell-17").out

    assert "tabell-17/andel/0-19" in out
    assert len(out.splitlines()) == 8


def test_unknown_address_names_the_nearest_and_exits_1(built: Checkout) -> None:
    done = built.kg("trace", "tabell-29/utbetalt/bergenn/2020")

    assert done.code == 1
    assert "tabell-29/utbetalt/bergen/2020»" in done.err
    assert "Traceback" not in done.err


def test_verify_counts_every_printed_number(built: Checkout) -> None:
    done = built.kg("verify")

    assert done.code == 0
    assert re.search(r"^ 269 lik$", done.out, re.M)
    assert re.search(r"^   2 ulik, kjent feil i trykken$", done.out, re.M)
    assert re.search(r"^   0 ulik uten forklaring$", done.out, re.M)
    assert re.search(r"^   0 ikke beregnet$", done.out, re.M)
    assert re.search(r"^ 276 i alt$", done.out, re.M)


def test_doctor_names_engine_and_what_is_missing(built: Checkout) -> None:
    done = built.kg("doctor")

    assert done.code == 0
    assert "embedded (pandoc og typst fra Python-pakker)" in done.out
    assert re.search(r"valgfri\s+quarto: Quarto er ikke på PATH", done.out)
    assert re.search(r"ok\s+python: " + ".".join(map(str, sys.version_info[:2])), done.out)


@pytest.mark.parametrize(
    ("engine", "words"),
    [("quarto", "Quarto er ikke på PATH"), ("word", "auto, quarto, embedded")],
)
def test_an_engine_that_is_not_there(built: Checkout, engine: str, words: str) -> None:
    done = built.kg("render", "--engine", engine)

    assert done.code == 1
    assert words in done.err


def test_outside_a_checkout_one_clear_error(built: Checkout, tmp_path: Path) -> None:
    done = Checkout(tmp_path).kg("items")

    assert done.code == 1
    assert "verken denne mappen eller en over den er prosjektet" in done.err


def test_register_accepts_a_new_delivery_with_a_reason(scratch: Checkout) -> None:
    name = "data/raw/trykt/tabell-30.csv"
    scratch.write(name, scratch.read(name).replace("2018;801", "2018;843"))

    done = scratch.kg("register", "trykt-tabell-30", "--reason", "Rettet av Agresso")

    assert done.code == 0
    assert "Rettet av Agresso" in scratch.read(f"{name}.source.yaml")
    build = scratch.build()
    assert build.code == 0
    assert "endret siden registreringen" not in build.out


def test_every_verb_has_help(built: Checkout) -> None:
    out = built.kg("--help").out

    for verb in ("build", "items", "verify", "render", "trace", "doctor", "register"):
        assert re.search(rf"^\W*{verb}\s+[A-Z]", out, re.M), verb


EVERY_HELP = """
import sys
from kunnskapsgrunnlag.cli import main as cli
for verb in (None, *cli.VERBS):
    sys.argv = ["kg", *([verb] if verb else []), "--help"]
    try:
        cli.main()
    except SystemExit as end:
        assert not end.code, verb
"""


def test_a_console_of_windows_gets_the_help_of_every_verb() -> None:
    own = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", EVERY_HELP]
    done = subprocess.run(command, env=own, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "Ingenting blir endret før du har svart ja." in done.stdout


@pytest.mark.parametrize("verb", [(), ("due",), ("claims",)])
def test_a_console_of_windows_shows_where_one_stands(mini: Checkout, verb: tuple[str, ...]) -> None:
    done = mini.process(*verb, more={"PYTHONIOENCODING": "cp1252"})
    assert done.code == 0, done.words
    assert "Traceback" not in done.err


def test_the_edition_has_no_sentence_that_its_numbers_have_left_behind(built: Checkout) -> None:
    done = built.kg("claims")
    assert done.code == 0, done.words
    assert "0 steder ellers må skrives om" in done.words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["biuld"], "kg: ingen kommando heter «biuld». Mente du «build»?"),
        (["receive"], "kg receive mangler «FIL…». kg receive --help viser hva du kan skrive."),
        (["receive", "a.xlsx", "--tabel", "x"], "kg receive har ikke valget --tabel."),
        (["receive", "a.xlsx", "--tabell"], "--tabell mangler verdien sin."),
        (["serve", "--port", "abc"], "kg serve forstår ikke det som står for --port."),
        (["version", "a"], "kg version forstår ikke alt som står etter kommandoen."),
    ],
)
def test_what_is_misspelt_on_a_command_line_is_told_in_norwegian(
    typed: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kg", *typed])

    with pytest.raises(SystemExit) as end:
        main()

    told = capfd.readouterr().err
    assert end.value.code in (1, 2)
    assert words in told
    assert "Usage" not in told
