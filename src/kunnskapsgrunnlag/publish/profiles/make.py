"""An area's files: the page, the print, the numbers as CSV, and what stands behind each number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import typst
from markupsafe import Markup

from kunnskapsgrunnlag.base.dates import MONTHS
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.escape import esc
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Catalog, Edition
from kunnskapsgrunnlag.claims.judge import spelled
from kunnskapsgrunnlag.figures.look import NARROW, WIDE, add_fonts
from kunnskapsgrunnlag.publish.profiles.areas import trace_key
from kunnskapsgrunnlag.publish.profiles.content import Picture, Profile, Row, all_areas, profile_of
from kunnskapsgrunnlag.publish.profiles.drawings import drawing, for_page, spark
from kunnskapsgrunnlag.publish.profiles.findings import Findings, Sentence, plain
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.publish.profiles.table import profile_csv
from kunnskapsgrunnlag.publish.templates import page_templates
from kunnskapsgrunnlag.publish.trace_page import (
    TracedMeasure,
    TracePage,
    trace_html,
    trace_script,
)
from kunnskapsgrunnlag.publish.typesetting import FONTS, STANDARDS, made_at
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.bands import band_words, number_words
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.value import Value

# Where a kind of drawing stands in print: on the first page, over the width of the second, or in
# one of its columns.
PLACES = {"months": "first", "map": "wide", "groups": "narrow"}

# How large the type of a print may be; a level with many measures has smaller.
SCALES = ("1", "0.95", "0.9", "0.85", "0.8")
# What assets/pdf/profil.typ says of a third page.
TOO_LONG = "mer enn to sider"


@dataclass(frozen=True)
class ProfileKit:
    """All that the profiles of a level are made of.

    Attributes:
        cells: Where each source cell lies, and what stands in it.
        root: The checkout with templates and fonts.
    """

    numbers: LevelNumbers
    catalog: Catalog
    standing: Standing
    sources: Mapping[str, Receipt]
    cells: Mapping[str, SourceCell]
    root: Path

    @property
    def edition(self) -> Edition:
        return self.catalog.edition

    @cached_property
    def findings(self) -> Findings:
        return Findings(self.numbers, self.catalog)


def make_area(kit: ProfileKit, area: str) -> dict[str, bytes]:
    """The files of an area by their path in the site; pages without what stands around them.

    Raises:
        KgError: If a finding is not true of the numbers.
    """
    # The words of drawings are measured.
    add_fonts(kit.root / FONTS)
    key, level = kit.numbers.key, kit.numbers.level
    profile = profile_of(kit.numbers, kit.findings, area)
    stem, trace = f"{level.folder}/{area}", trace_key(key, area)
    page = trace_page(kit, area)
    templates = page_templates(kit.root)
    return {
        f"{stem}.html": page_html(kit, profile).encode(),
        f"{stem}.pdf": print_pdf(kit, profile),
        f"{stem}.csv": profile_csv(kit.numbers, [area, kit.numbers.areas.whole[0]]).encode(),
        f"sporing/{trace}.html": trace_html(templates, page).encode(),
        f"sporing/{trace}.js": trace_script(trace, page),
    }


def make_larger(kit: ProfileKit) -> dict[str, bytes]:
    """What stands behind the numbers that areas are compared with."""
    files = {}
    for region in kit.numbers.areas.larger:
        trace, page = trace_key(kit.numbers.key, region), trace_page(kit, region)
        files[f"sporing/{trace}.html"] = trace_html(page_templates(kit.root), page).encode()
        files[f"sporing/{trace}.js"] = trace_script(trace, page)
    return files


# --- the page


def page_html(kit: ProfileKit, profile: Profile) -> str:
    """The page's body, from its first heading on."""
    numbers, areas = kit.numbers, kit.numbers.areas
    regions = [*areas.names, areas.whole[0]]
    template = page_templates(kit.root).get_template("profil.html")
    return template.render(
        key=numbers.key,
        level=numbers.level,
        profile=profile,
        edition=kit.edition,
        whole=areas.whole[1],
        count=len(areas.names),
        counted=lambda count: spelled(count).capitalize(),
        num=lambda value: Markup(_link(kit, value)),
        say=lambda sentence: Markup(_said(kit, sentence)),
        band=lambda value: band_words(value) if value else "",
        spark=lambda row: Markup(spark(row.series, row.whole_series, row.breaks)),
        drawn=lambda picture: Markup(for_page(picture.draw, picture.alt)),
        all=all_areas(numbers),
        pages=areas.names,
        names={region: areas.name(region) for region in regions},
        sources=kit.sources.values(),
        trace=trace_key(numbers.key, profile.area),
    )


def _said(kit: ProfileKit, sentence: Sentence) -> str:
    parts = (esc(part) if isinstance(part, str) else _link(kit, part) for part in sentence)
    return "".join(parts)


def _link(kit: ProfileKit, value: Value | None) -> str:
    if value is None:
        return '<abbr title="tallet mangler eller er skjult">..</abbr>'
    page, words = trace_of(kit.numbers, value), esc(number_words(value))
    mark = " kg-anslag" if value.is_estimate else ""
    return f'<a class="kg-tall{mark}" href="../sporing/{page}.html#{anchor_of(value)}">{words}</a>'


def trace_of(numbers: LevelNumbers, value: Value) -> str:
    """The page that has a number's trace: its area's, for a part that of the area it lies in."""
    region, parts = value.region or "", numbers.areas.parts
    return trace_key(numbers.key, parts[region][1] if region in parts else region)


# --- what stands behind the numbers


def trace_page(kit: ProfileKit, area: str) -> TracePage:
    """All numbers of an area and of its parts."""
    numbers, areas = kit.numbers, kit.numbers.areas
    regions = {area, *(key for key, (_, of) in areas.parts.items() if of == area)}
    own = [value for value in numbers.values if value.region in regions]
    by_measure = {name: [v for v in own if v.measure == name] for name in numbers.level.measures}
    name, page = areas.name(area), f"../{numbers.level.folder}/{area}.html"
    intro = Markup('Tallene i <a href="{}">profilen for {}</a>.').format(page, name)
    used = {source for value in own for source in value.sources}
    return TracePage(
        name=f"{numbers.level.words.profile}: {name}",
        heading=f"Spor tallene: {name}",
        intro=intro if area in areas.names else Markup("Tallene som profilene sammenligner med."),
        measures=[
            TracedMeasure(m.title, m.unit, m.formula, by_measure[key])
            for key, m in numbers.level.measures.items()
            if by_measure[key]
        ],
        cells=kit.cells,
        sources={source: kit.sources[source] for source in kit.sources if source in used},
        anchor=anchor_of,
        place=lambda value: place_words(numbers, value),
    )


def anchor_of(value: Value) -> str:
    """A number's id on the page of its area's traces."""
    parts = [value.measure, value.region or "", value.category or "", str(value.year or "")]
    return ".".join(part for part in parts if part)


def place_words(numbers: LevelNumbers, value: Value) -> str:
    """`Stovner, 20–24 år, 2023`, `Stovner, juli 2026`."""
    measure = numbers.level.measures[value.measure]
    words = [numbers.areas.name(value.region or "")]
    if value.category and measure.by == "month":
        return f"{words[0]}, {MONTHS[int(value.category) - 1]} {value.year}"
    if value.category:
        words.append(measure.categories[value.category])
    return ", ".join([*words, *([str(value.year)] if value.year else [])])


# --- the print


def print_pdf(kit: ProfileKit, profile: Profile) -> bytes:
    """Two pages of A4, tagged for PDF/UA-1; the same content gives the same bytes.

    Raises:
        KgError: If the content has no room on them, even in the smallest type.
    """
    content = json.dumps(print_content(kit, profile), ensure_ascii=False)
    for scale in SCALES:
        try:
            pdf = typst.compile(
                str(kit.root / "assets" / "pdf" / "profil.typ"),
                root=str(kit.root),
                font_paths=[str(kit.root / FONTS)],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=[*STANDARDS],
                timestamp=made_at(kit.edition.date),
                sys_inputs={"profile": content, "scale": scale},
            )
        except typst.TypstError as problem:
            if scale != SCALES[-1] and TOO_LONG in str(problem):
                continue
            raise KgError(f"typst: {profile.area}: {problem}") from None
        assert isinstance(pdf, bytes)
        return pdf
    raise AssertionError("the last scale returns or raises")


def print_content(kit: ProfileKit, profile: Profile) -> dict[str, object]:
    """What assets/pdf/profil.typ sets."""
    numbers, edition, words = kit.numbers, kit.edition, kit.numbers.level.words
    whole = numbers.areas.whole[1]
    owners = listed(dict.fromkeys(source.owner for source in kit.sources.values()))
    return {
        "title": f"{words.profile} {edition.key}: {profile.name}",
        "owner": edition.owner,
        "date": edition.date,
        "kind": words.profile,
        "edition": edition.key,
        "report": edition.title,
        "name": profile.name,
        "lead": " ".join(map(plain, profile.lead)),
        "draft": f"{kit.standing.draft}." if kit.standing.draft else "",
        "foot": f"{edition.title}. {edition.owner}. {kit.standing.label}",
        "headline": profile.headline,
        "findings_title": f"{spelled(len(profile.findings)).capitalize()} funn",
        "findings": [
            {"head": one.head, "words": " ".join(map(plain, one.sentences))}
            for one in profile.findings
        ],
        "alike": plain(profile.alike),
        "table_title": f"{profile.name} og {whole}",
        "heads": ["Mål", profile.name, whole, "Plass", "Over tid"],
        "rows": [_print_row(row, whole) for row in profile.rows],
        "table_note": f"Plass 1 er den høyeste av {len(numbers.areas.names)}. Stiplet linje er "
        f"{whole}. Linjene er brutt der tallene før og etter ikke kan sammenlignes.",
        **_print_pictures(profile.pictures),
        "estimates_title": f"Anslag for {profile.name}, ikke statistikk",
        "estimate_heads": ["Mål", profile.name, "Kan ligge mellom"],
        "estimates": [
            {
                "title": row.title,
                "unit": row.unit,
                "own": _text(row.own),
                "band": band_words(row.own) if row.own else "",
            }
            for row in profile.estimates
        ],
        "all_title": f"Alle {words.the_many}",
        "all_heads": [
            {"title": words.one.capitalize(), "unit": ""},
            *({"title": row.short, "unit": row.unit} for row in profile.rows),
        ],
        "all": [
            {"own": region == profile.area, "cells": [numbers.areas.name(region), *map(_text, row)]}
            for region, row in all_areas(numbers)
        ],
        "notes": [
            *numbers.level.notes,
            *(f"{note}." for note in profile.breaks),
            f"Kilder: {owners}. Nettsiden har hver kilde med årgang og lisens, og vei fra hvert "
            "tall til cellen det kommer fra.",
        ],
    }


def _print_row(row: Row, whole: str) -> dict[str, str]:
    return {
        "title": row.title,
        "unit": row.unit,
        "own": _text(row.own),
        "whole": _text(row.whole),
        "place": row.place,
        "spark": spark(row.series, row.whole_series, row.breaks, on_page=False),
        "alt": f"{row.title} år for år, og {whole} stiplet",
    }


def _print_pictures(pictures: Sequence[Picture]) -> dict[str, object]:
    """The drawings by where they stand."""
    return {
        place: [
            {
                "title": picture.title,
                "subtitle": picture.subtitle,
                "note": picture.note,
                "alt": picture.alt,
                "svg": drawing(picture.draw, NARROW if place == "narrow" else WIDE).svg(),
            }
            for picture in pictures
            if PLACES[picture.kind] == place
        ]
        for place in ("first", "wide", "narrow")
    }


def _text(value: Value | None) -> str:
    return number_words(value) if value else ".."
