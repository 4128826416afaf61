"""The pages of profiles: every number on them against the level's numbers and its trace."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from kunnskapsgrunnlag.check.page import PageReader
from kunnskapsgrunnlag.check.site import check_trace
from kunnskapsgrunnlag.check.words import squeezed
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.publish.profiles.make import anchor_of, trace_of
from kunnskapsgrunnlag.publish.profiles.stage import read_level
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.bands import cell_words, number_words
from kunnskapsgrunnlag.store.value import Value


def check_profiles(report: Report, pages: Mapping[str, PageReader]) -> list[str]:
    """Each number on each page says what the level's number says, and so does its trace."""
    return [
        error
        for key in report.catalog.profiles
        for error in _check_level(read_level(report, key), pages)
    ]


def _check_level(numbers: LevelNumbers, pages: Mapping[str, PageReader]) -> Iterator[str]:
    traced = {_target(numbers, value): value for value in numbers.values}
    for (trace, anchor), value in traced.items():
        wanted = {
            "Tall": cell_words(value),
            "Fast adresse": value.address,
            "Regnestykke": value.arithmetic,
        }
        found = pages[trace].traces.get(anchor)
        yield from check_trace(trace, value.address, found, wanted)
    for area in numbers.areas.names:
        name = f"{numbers.level.folder}/{area}.html"
        shown = pages[name].numbers
        if not shown:
            yield f"{name}: ventet tall, fant ingen."
        for link, words, line in shown:
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            known = traced.get((target, anchor))
            if known is None:
                yield f"{name}, linje {line}: «{words}» fører til «{link}», som ikke er et tall."
            elif squeezed(words) != squeezed(number_words(known)):
                told = f"ventet «{number_words(known)}», fant «{words}»"
                yield f"{name}, linje {line}: {known.address}: {told}."


def _target(numbers: LevelNumbers, value: Value) -> tuple[str, str]:
    return f"sporing/{trace_of(numbers, value)}.html", anchor_of(value)
