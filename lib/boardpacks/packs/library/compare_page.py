"""Makes the pages that compare places: the scorecards of all of them side by side, for one priority."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpacks.packs.library.downloads import address
from boardpacks.packs.library.findings import FoundLine, PackFindings
from boardpacks.packs.library.published_packs import Pack, PublishedEdition
from boardpacks.packs.library.web_page import render_page
from boardpacks.params.agenda import Part
from boardpacks.params.system import SYSTEM, System
from boardpacks.project.dates import long_date

FEWEST_PLACES = 2
SHAPES = {
    "verdict-better": "●",
    "verdict-worse": "◆",
    "verdict-stands-out": "◇",
    "verdict-similar": "○",
    "verdict-higher": "▲",
    "verdict-lower": "▼",
    "verdict-none": "",
}
"""The shapes of judgements, as packs have them."""


@dataclass(frozen=True)
class ComparedPlace:
    """A place with the edition that its column is from: its newest pack."""

    name: str
    page: str
    meeting: str
    state: str


@dataclass(frozen=True)
class ComparedMeasure:
    """A measure with its unit, and what each place's pack says of it: nothing, a line, or one for each borough."""

    name: str
    unit: str
    cells: tuple[tuple[FoundLine, ...], ...]


@dataclass(frozen=True)
class ComparedPriority:
    """A priority, the name of its page, and its measures in the order of the packs."""

    name: str
    page: str
    measures: tuple[ComparedMeasure, ...]


def newest_packs(packs: Sequence[Pack]) -> dict[str, PublishedEdition]:
    """Return the edition that counts of the newest whole pack of each place, the system among them."""
    found: dict[str, PublishedEdition] = {}
    for pack in packs:
        record = pack.current.record
        if record.kind == "board-pack" and not record.about:
            found.setdefault(record.place, pack.current)
    return found


def compare(
    newest: Mapping[str, PublishedEdition], findings: Mapping[str, PackFindings]
) -> tuple[list[ComparedPlace], list[ComparedPriority]]:
    """Return the places that can be compared, and what they are compared on; nothing with fewer than two.

    Parameters
    ----------
    newest
        The newest pack of each place.
    findings
        What each edition found, by the name of its page.
    """
    own = {
        edition: findings[edition.page].lines
        for place, edition in newest.items()
        if place != SYSTEM and findings[edition.page].lines
    }
    if len(own) < FEWEST_PLACES:
        return [], []
    places = [
        ComparedPlace(
            edition.record.place_name,
            address(edition.page),
            long_date(edition.record.meeting),
            edition.state,
        )
        for edition in own
    ]
    lines = list(own.values())
    names = dict.fromkeys(one.chapter for found in lines for one in found)
    return places, list(_priorities(names, lines))


def compare_page(
    priority: ComparedPriority,
    places: Sequence[ComparedPlace],
    priorities: Sequence[ComparedPriority],
    system: System,
    part: Part,
    *,
    linked: str,
) -> str:
    """Return the page of one priority; `linked` is where it finds the fonts."""
    return render_page(
        "compare.html",
        linked=linked,
        colour=system.colour,
        system=system,
        confidential=part == "confidential",
        priority=priority,
        places=places,
        priorities=priorities,
        shapes=SHAPES,
    )


def _priorities(
    names: Mapping[str, None], places: Sequence[Sequence[FoundLine]]
) -> Iterator[ComparedPriority]:
    taken: set[str] = set()
    for number, name in enumerate(names, start=1):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "priority"
        slug = f"{slug}-{number}" if slug in taken else slug
        taken.add(slug)
        own = [[one for one in lines if one.chapter == name] for lines in places]
        yield ComparedPriority(name, f"compare_{slug}.html", tuple(_measures(own)))


def _measures(places: Sequence[Sequence[FoundLine]]) -> Iterator[ComparedMeasure]:
    names = {one.summary.indicator: one.name for lines in reversed(places) for one in reversed(lines)}
    order = dict.fromkeys(one.summary.indicator for lines in places for one in lines)
    for indicator in order:
        cells = tuple(tuple(one for one in lines if one.summary.indicator == indicator) for lines in places)
        unit = next((one.unit for cell in cells for one in cell if one.unit), "")
        yield ComparedMeasure(names[indicator], unit, cells)
