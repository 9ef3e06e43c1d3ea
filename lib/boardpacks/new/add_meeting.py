"""Adds a meeting to a board's calendar, at its place in the order of dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from boardpacks.new.change_project import known_params
from boardpacks.new.put_in import put_item
from boardpacks.new.yaml_text import value
from boardpacks.params.select import select_places
from boardpacks.plan.due import is_working_day, papers_due
from boardpacks.project.dates import long_date
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project

COMMAND = "boardpacks new meeting"


@dataclass(frozen=True)
class AddedMeeting:
    """A meeting that was added, the last day on which its papers can go out, and what there is to know of its dates."""

    place: str
    papers_due: dt.date
    to_know: tuple[str, ...]


def add_meeting(
    project: Project, place: str, date: dt.date, *, starts: str | None, ends: str | None, venue: str | None
) -> AddedMeeting:
    """Put a meeting into the calendar of a place, or of the system.

    Raises
    ------
    InputError
        When the place is not known, or has a meeting on that day.
    """
    params = known_params(project)
    (found,) = select_places(params, [place], option=COMMAND)
    file = f"params/meetings/{found}.yml"
    if found not in params.calendars:
        raise InputError([Problem(file, "", "no sound calendar", "a calendar: see boardpacks params check")])
    calendar = params.calendars[found]
    dates = [meeting.date for meeting in calendar.meetings]
    if date in dates:
        allowed = f"a day without a meeting; there are {', '.join(map(str, dates))}"
        raise InputError([Problem(file, "", str(date), allowed)])
    said = {"starts": f'"{starts}"' if starts else None, "ends": f'"{ends}"' if ends else None}
    said["venue"] = value(venue) if venue else None
    lines = [f"- date: {date}", *(f"  {key}: {text}" for key, text in said.items() if text)]
    at = sum(one < date for one in dates)
    put_item(project.params / "meetings" / f"{found}.yml", "meetings", "\n".join(lines), at)
    country = params.system.bank_holidays
    to_know = []
    if not is_working_day(date, country):
        to_know.append(f"{date:%A} {long_date(date)} is no working day in {country}.")
    if calendar.example:
        to_know.append(f"{file} says example: true. Set it to false once every date is the board's own.")
    return AddedMeeting(found, papers_due(date, calendar.papers_due_days, country), tuple(to_know))
