"""The list of sources under those who own them, and what each owner lets others do."""

from __future__ import annotations

from collections.abc import Mapping

from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node, Words
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.carried_forward import newer_numbers
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS

OTHERS = "Andre eiere"


def source_list(
    receipts: Mapping[str, Receipt], sources: Mapping[str, Source], uses: Mapping[str, Line]
) -> list[Node]:
    """A heading for each owner and the sources below it; owners of just one share the last.

    Args:
        uses: Source -> the words that name the tables and figures made of it.
    """
    groups = by_owner(receipts)
    several = {owner: keys for owner, keys in groups.items() if len(keys) > 1}
    if single := [key for keys in groups.values() if len(keys) == 1 for key in keys]:
        several[OTHERS] = single
    blocks: list[Node] = []
    for number, (owner, keys) in enumerate(several.items(), 1):
        lines = [_line(receipts[key], sources[key], owner, uses.get(key, ())) for key in keys]
        blocks.append(ast.heading(2, f"{owner} ({len(keys)})", identifier=f"kilder-{number}"))
        blocks.append(ast.points(lines))
    return blocks


def by_owner(receipts: Mapping[str, Receipt]) -> dict[str, list[str]]:
    """The keys of sources under the names of their owners, in the order of the alphabet.

    An owner that names a part, «Oslo kommune, Statistikkbanken», stands with the whole, as long as
    the whole owns a source by itself.
    """
    owners = {receipt.owner for receipt in receipts.values()}
    groups: dict[str, list[str]] = {}
    for key, receipt in receipts.items():
        names = receipt.owner.split(", ")
        owner = next((name for name in names if name in owners), receipt.owner)
        groups.setdefault(owner, []).append(key)
    return dict(sorted(groups.items()))


def licences(receipts: Mapping[str, Receipt]) -> dict[str, list[str]]:
    """Each owner once, with the licences of its sources."""
    return {
        owner: list(dict.fromkeys(receipts[key].licence for key in keys))
        for owner, keys in by_owner(receipts).items()
    }


def _line(receipt: Receipt, source: Source, owner: str, uses: Line) -> Line:
    """A source: title, mark of origin, vintage, what comes next, licence, use, and its file."""
    word, meaning = ORIGIN_WORDS[receipt.origin]
    state = "" if receipt.registered else " (endret siden registreringen)"
    # One that has been delivered or fetched waits for nothing.
    waits = receipt.origin in ("trykt", "estimat")
    newer = newer_numbers([source]).strip() if waits else ""
    sentences = [
        f"Eier: {receipt.owner}" if receipt.owner != owner else "",
        f"Årgang: {receipt.vintage}{state}",
        f"Innholdet er byttet {receipt.history[-1]}" if receipt.history else "",
        *(f"Kontrollen stanset dette tallet: {words}" for words in receipt.accepted),
        newer,
        f"Lisens: {receipt.licence}",
    ]
    told = " ".join(f"{words.removesuffix('.')}." for words in sentences if words)
    file = f"Fil: {receipt.file}, sjekksum {receipt.sha256_cells[:16]}"
    line: list[Words] = [
        ast.link(receipt.title, receipt.url or ""),
        " ",
        ast.span(word, "kg-opphav", f"kg-opphav-{receipt.origin}", title=meaning),
        ast.line_break(),
        told,
        *([" Brukt i ", *uses, "."] if uses else []),
        ast.span(f" {file}", "kg-fil"),
    ]
    return line
