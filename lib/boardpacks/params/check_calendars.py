"""Checks the calendars of meetings: dates in order, agendas without doubles, and figures that there are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from boardpacks.params.find_files import Files
from boardpacks.params.paper_names import same_name
from boardpacks.params.params_file import Document, KeyPath, ParamsFault
from boardpacks.project.errors import near

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years that meetings may be in: bank holidays are known for them, and a slip of the pen is not among them."""

QUOTING = ("executive_summary", "recommendation")
"""Fields of a front sheet that may quote facts."""

_ONCE = (("item", "a number of its own for each item"), ("file", "each paper at one item"))
_QUOTED = re.compile(r"\{fact\s+(?P<indicator>[^\s{}]+)")


def check_calendars(files: Files) -> Iterator[ParamsFault]:
    """Yield what is wrong with the calendars, as their files say it."""
    for document in files.meetings.values():
        yield from _dates(document)
        yield from _taken_dates(document)
        yield from _other_places(document)
        yield from check_agendas(document)
    if len(files.indicators) == len(files.names["indicators"]):
        indicators = [str(path[0]) for one in files.indicators.values() for path, _ in one.find("*")]
        for document in files.meetings.values():
            yield from check_quotes(document, indicators)
            yield from check_actions(document, indicators)


def _dates(document: Document) -> Iterator[ParamsFault]:
    before: dt.date | None = None
    for path, value in document.find("meetings", "*", "date"):
        if not isinstance(value, dt.date):
            continue
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            allowed = f"a year from {FIRST_YEAR} to {LAST_YEAR}"
            yield document.fault(path, found=str(value), allowed=allowed)
        if before is not None and value == before:
            yield document.fault(path, found=f"{value} for the second time", allowed="each date once")
        elif before is not None and value < before:
            allowed = f"a date after {before}: meetings stand in order of date"
            yield document.fault(path, found=f"{value}, which is before {before}", allowed=allowed)
        before = value if before is None else max(before, value)


def _taken_dates(document: Document) -> Iterator[ParamsFault]:
    """Yield meetings on a day for which papers of another meeting, moved since, were made final."""
    issued: dict[object, KeyPath] = {}
    for pattern in (("finals", "*", "meeting"), ("moved_from",)):
        for path, date in document.find("meetings", "*", *pattern):
            issued.setdefault(date, path[:2])
    for path, date in document.find("meetings", "*", "date"):
        if (other := issued.get(date, path[:2])) != path[:2]:
            found = f"{date}, for which papers of another meeting were made final ({document.place(other)})"
            yield document.fault(path, found=found, allowed="a day that no other meeting was called for")


def _other_places(document: Document) -> Iterator[ParamsFault]:
    """Yield final editions of another place: what was issued under an id is found under it only."""
    place = document.value(("place",))
    for path, _ in document.find("meetings", "*", "finals", "*", "packs", "*"):
        slug = str(path[-1])
        if isinstance(place, str) and slug != place and not slug.startswith(f"{place}_"):
            yield document.fault(
                path,
                found=f"{slug}, a final pack of another place",
                allowed=f"final packs of {place}, as boardpacks finalise wrote them",
                hint="a place keeps its id once it has a final pack; its name can change: give the file and its place "
                "the old id again, or leave out the meetings of the other place",
            )


def check_agendas(document: Document) -> Iterator[ParamsFault]:
    """Yield item numbers and papers that a meeting's agenda has twice."""
    for meeting, _ in document.find("meetings", "*"):
        for key, allowed in _ONCE:
            first: dict[str, str] = {}
            for path, word in document.words("meetings", "*", "agenda", "*", key):
                if path[:2] != meeting:
                    continue
                if (same := same_name(word)) in first:
                    found = f"{word!r}, which {first[same]} has already"
                    yield document.fault(path, found=found, allowed=allowed)
                first.setdefault(same, document.place(path))


def check_quotes(document: Document, indicators: Sequence[str]) -> Iterator[ParamsFault]:
    """Yield facts that a front sheet quotes of measures that nobody has described."""
    for key in QUOTING:
        for path, text in document.words("meetings", "*", "front_sheet", key):
            for quote in _QUOTED.finditer(text):
                name = quote["indicator"]
                if name not in indicators:
                    found = f"{{fact {name}}}"
                    allowed = "the name of an indicator in params/indicators"
                    yield document.fault(path, found=found, allowed=allowed, hint=near(name, indicators))


def check_actions(document: Document, indicators: Sequence[str]) -> Iterator[ParamsFault]:
    """Yield actions about measures that nobody has described."""
    for path, name in document.words("actions", "*", "indicator"):
        if name not in indicators:
            allowed = "the name of an indicator in params/indicators"
            yield document.fault(path, found=repr(name), allowed=allowed, hint=near(name, indicators))
