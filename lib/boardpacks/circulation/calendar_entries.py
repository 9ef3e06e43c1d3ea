"""Writes a meeting, and the day on which its papers are due, as entries for calendar programs (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from boardpacks.circulation.final_edition import FinalEdition
from boardpacks.circulation.safe_text import count, one_line
from boardpacks.plan.due import papers_due
from boardpacks.project.dates import long_date

ZONE = "Europe/London"
"""Boards of the English NHS meet by its clock."""

USUAL_LENGTH, _LENGTH = dt.timedelta(hours=2), "two hours"
"""How long an entry is where nobody has said when the meeting ends; without an end it would have no length."""


def meeting_entry(edition: FinalEdition, domain: str) -> bytes:
    """Return the meeting as an .ics file: all day where no time is known.

    A later edition has the same UID and a higher SEQUENCE, so that it takes the place of the earlier entry, also where
    the meeting was moved to another day.

    Parameters
    ----------
    domain
        Domain of the sender's address; the entry's UID ends with it.
    """
    meeting, board = edition.meeting, one_line(edition.calendar.board)
    event = _event(edition, "meeting", domain)
    event.add("summary", board)
    said = [f"Papers: version {edition.final.version} of {long_date(edition.final.date)}."]
    if meeting.starts is None:
        said.append("The time is to be confirmed.")
        event.add("dtstart", meeting.date)
        event.add("dtend", meeting.date + dt.timedelta(days=1))
    else:
        event.add("dtstart", _moment(meeting.date, meeting.starts))
        if meeting.ends is not None:
            event.add("dtend", _moment(meeting.date, meeting.ends))
        else:
            event.add("duration", USUAL_LENGTH)
            said.insert(0, f"The end is to be confirmed: the {_LENGTH} in the calendar are a guess.")
        said.insert(0, f"Time: {meeting.hours}.")
    if meeting.venue:
        event.add("location", one_line(meeting.venue))
    event.add("description", " ".join(said))
    return _file(event, timed=meeting.starts is not None)


def deadline_entry(edition: FinalEdition, domain: str) -> bytes:
    """Return the last day on which the papers can go out as an .ics file."""
    calendar, meeting = edition.calendar, edition.meeting
    due = papers_due(meeting.date, calendar.papers_due_days)
    event = _event(edition, "papers", domain)
    event.add("summary", f"Papers go out: {one_line(calendar.board)}")
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    days = count(calendar.papers_due_days, "clear working day")
    event.add(
        "description",
        f"Last day to send the papers for the meeting on {long_date(meeting.date)}: {days} before.",
    )
    return _file(event, timed=False)


def _event(edition: FinalEdition, what: str, domain: str) -> Event:
    event = Event()
    event.add("uid", f"{what}-{edition.meeting.first_date.isoformat()}-{edition.calendar.place}@{domain}")
    event.add("dtstamp", dt.datetime.combine(edition.final.date, dt.time(12), dt.UTC))
    event.add("sequence", len(edition.meeting.finals) - 1)
    return event


def _moment(date: dt.date, clock: str) -> dt.datetime:
    return dt.datetime.combine(date, dt.time.fromisoformat(clock), ZoneInfo(ZONE))


def _file(event: Event, *, timed: bool) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Boardpacks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if timed:
        calendar.add_component(_london())
    calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def _london() -> Timezone:
    """Return the rules of British time since 1996: summer time from the last Sunday of March to that of October."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    seasons = (
        (TimezoneDaylight(), dt.datetime(1996, 3, 31, 1), "BST", 3, 0, 1),
        (TimezoneStandard(), dt.datetime(1996, 10, 27, 2), "GMT", 10, 1, 0),
    )
    for season, first, name, month, before, after in seasons:
        season.add("dtstart", first)
        season.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        season.add("tzname", name)
        season.add("tzoffsetfrom", dt.timedelta(hours=before))
        season.add("tzoffsetto", dt.timedelta(hours=after))
        zone.add_component(season)
    return zone
