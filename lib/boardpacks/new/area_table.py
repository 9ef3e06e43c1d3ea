"""Finds English local authorities, regions, countries and integrated care boards by name or code.

``areas.csv`` holds the names and codes register of the Office for National Statistics (Open Government Licence v3.0):
local authorities and counties as they are since April 2025, integrated care boards of 2023, and the authorities that
were recoded or merged since 2009, each with its successor.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from boardpacks.project.errors import near

AREAS = Path(__file__).with_name("areas.csv")
AUTHORITIES = ("unitary", "district", "metropolitan", "borough")
"""Kinds of authorities that publishers give figures for in the same tables."""
FORMER = "former"


@dataclass(frozen=True)
class KnownArea:
    """An area of the table: its ONS code, name and kind, its region's code, and what came after it."""

    code: str
    name: str
    kind: str
    region: str
    successor: str


class NoSuchArea(LookupError):  # noqa: N818 - says what happened
    """No area is called so: ``hint`` has a near match or a way out."""

    def __init__(self, hint: str):
        super().__init__(hint)
        self.hint = hint


@cache
def known_areas() -> tuple[KnownArea, ...]:
    """Return every area of the table."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return tuple(KnownArea(**row) for row in csv.DictReader(file))


def find_area(text: str, *kinds: str) -> KnownArea:
    """Return the area of these kinds that is called so, or has this code; one of today.

    Names are known in any case, and with "and" as "&". A name such as Bristol, City of is known by its first part.

    Raises
    ------
    NoSuchArea
        Where there is none, or it was merged into another.
    """
    wanted = _plain(text)
    found = [area for area in known_areas() if wanted in {_plain(name) for name in _names(area)}]
    for area in found:
        if area.kind in kinds:
            return area
    for area in found:
        if area.kind == FORMER:
            today = find_area(area.successor, *kinds)
            if _plain(today.name) == _plain(area.name):
                return today
            raise NoSuchArea(
                f"{area.name} has been a part of {today.name} ({today.code}) since it was merged"
            )
    raise NoSuchArea(_hint(text, kinds))


def peers_in(region: str) -> tuple[KnownArea, ...]:
    """Return the authorities of a region, given by its code."""
    return tuple(area for area in known_areas() if area.region == region and area.kind in AUTHORITIES)


def _names(area: KnownArea) -> Iterator[str]:
    yield area.code
    yield area.name
    first, _, rest = area.name.partition(", ")
    if rest in ("City of", "County of"):
        yield first
    if area.kind == "icb":
        yield area.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("&", "and").replace(".", "").split())


def _hint(text: str, kinds: tuple[str, ...]) -> str:
    names = [name for area in known_areas() if area.kind in kinds for name in _names(area)]
    return near(text, names) or "give it as code: and name: where the table of English areas does not have it"
