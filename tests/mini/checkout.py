"""Make the checkout of the mini edition from this one, so that it cannot go stale."""

import csv
import re
import shutil
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ITEMS = ("tabell-6", "tabell-14", "tabell-24", "figur-27", "figur-28", "tabell-30")
OWN = ("kapittel-4", "kapittel-5", "kapittel-6")
CHAPTERS = ("forside", *OWN, "kilder", "pastander", "nytt", "rettelser")
OWN_CHAPTERS = {"index.md": "index.md"} | {f"chapters/{key}.md": f"{key}.md" for key in OWN}
MISPRINTS = ("E12", "E13")


def shrink(root: Path) -> None:
    """Turn a copy of the checkout into that of the mini edition."""
    text = (root / "params.yaml").read_text(encoding="utf-8")
    _write(root / "params.yaml", select(text))
    for path in (root / "chapters").glob("*.md"):
        if path.stem not in CHAPTERS:
            path.unlink()
    for name, own in OWN_CHAPTERS.items():
        shutil.copyfile(HERE / own, root / name)
    _select_print(root / "data/published/2022")
    for name in ("docs", "tests", "tools"):
        shutil.rmtree(root / name, ignore_errors=True)
    # Rates that nobody has verified, as those of a figure that the mini edition does without.
    rates = root / "data/raw/regler/bostotte.csv.source.yaml"
    _write(rates, rates.read_text(encoding="utf-8").replace("origin: offisiell", "origin: estimat"))
    (root / "dvc.lock").unlink(missing_ok=True)


def select(params: str) -> str:
    """The catalogue with the entries of the mini edition only, its comments and form kept."""
    sources = sources_of(yaml.safe_load(params))
    wanted = {
        "sources": sources,
        "live": sources,
        "profiles": set(),
        "items": set(ITEMS),
        "chapters": set(CHAPTERS),
    }
    kept: list[str] = []
    section, is_kept = "", True
    for line in params.splitlines(keepends=True):
        if top := re.match(r"(\w+):", line):
            section, is_kept = top[1], True
            if section in wanted and not wanted[section]:
                line = f"{section}: {{}}\n"
        elif entry := re.match(r"  ([\wæøå-]+):", line):
            is_kept = section not in wanted or entry[1] in wanted[section]
            is_kept = is_kept and (section, entry[1]) != ("edition", "main")
        elif not line.startswith(" "):
            is_kept = True
        if is_kept:
            kept.append(line)
    return "".join(kept)


def sources_of(params: dict[str, dict[str, dict[str, object]]]) -> set[str]:
    """What the items read, and what those sources are compared with."""
    wanted: set[str] = set()
    waiting = [
        source
        for key in ITEMS
        for source in dict(params["items"][key]["inputs"]).values()  # type: ignore[call-overload]
    ]
    while waiting:
        key = waiting.pop()
        if key not in wanted:
            wanted.add(key)
            checks = list(params["sources"][key].get("checks", ()))  # type: ignore[call-overload]
            waiting += [check["source"] for check in checks if "source" in check]
    return wanted


def _select_print(folder: Path) -> None:
    for name in ("printed.csv", "items.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            heading, *lines = csv.reader(file)
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            kept = [heading, *(line for line in lines if line[0] in ITEMS)]
            csv.writer(file, lineterminator="\n").writerows(kept)
    errata = yaml.safe_load((folder / "errata.yaml").read_text(encoding="utf-8"))
    kept_errata = [erratum for erratum in errata if erratum["id"] in MISPRINTS]
    _write(folder / "errata.yaml", yaml.safe_dump(kept_errata, allow_unicode=True))
    for path in folder.glob("claims-*.yaml"):
        path.unlink()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
