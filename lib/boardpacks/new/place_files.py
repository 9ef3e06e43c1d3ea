"""Writes the params of a place: what it is made of, and a calendar with dates that are an example."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from boardpacks.new.answers import NewPlace
from boardpacks.new.yaml_text import entry, folded, value
from boardpacks.params.articles import with_article
from boardpacks.plan.due import is_working_day

MEETINGS = 6
FIRST_IN_WEEKS, EVERY_WEEKS = 8, 9
EXAMPLE = "# An example: the dates are made up. Put in the board's own and set example to false.\n"


def place_text(place: NewPlace, tiles: Sequence[str] = ()) -> str:
    """Return the file of a place in params/places/, with the tiles of its authorities on maps where there are any."""
    names = [place.name] if len(place.areas) == 1 else [area.name for area in place.areas]
    areas = [entry(area.code, name, 2) for area, name in zip(place.areas, names, strict=True)]
    for number, tile in enumerate(tiles):
        areas[number] += f"    tile: [{tile}]\n"
    return (
        f"id: {place.id}\nname: {value(place.name)}\nboroughs:\n{''.join(areas)}"
        "# trust: the code of the hospital trust that residents use most, once system.yml has its trusts\n"
        "# emphasis: what your strategy stresses for this place (docs/params.md)\n"
    )


def calendar_text(
    place: str, board: str, name: str, dates: Sequence[dt.date], benchmark: str, *, made_up: bool
) -> str:
    """Return the file of a board in params/meetings/; ``made_up`` figures are said to be so."""
    note = "The figures are made up, for a first look. " if made_up else ""
    summary = (
        f"This is an example. {note}The pack sets figures of {with_article(name)} beside those of "
        f"{with_article(benchmark)}."
    )
    head, *others = dates
    return (
        f"{EXAMPLE}place: {place}\nboard: {value(board)}\nexample: true\n"
        "papers_due_days: 5 # clear working days between the day when papers go out and the meeting\nmeetings:\n"
        f'  - date: {head}\n    front_sheet: # what is left out is shown as "To follow": docs/params.md\n'
        f"      purpose: information\n      executive_summary: {folded(summary, 8)}\n"
        + "".join(f"  - date: {date}\n" for date in others)
    )


def example_dates(today: dt.date, country: str) -> list[dt.date]:
    """Return Wednesdays to come, or the next working day after one that is a bank holiday in the country."""
    wednesday = today + dt.timedelta(days=(2 - today.weekday()) % 7, weeks=FIRST_IN_WEEKS)
    days = [wednesday + dt.timedelta(weeks=number * EVERY_WEEKS) for number in range(MEETINGS)]
    return [
        next(day for day in (one + dt.timedelta(days=n) for n in range(14)) if is_working_day(day, country))
        for one in days
    ]
