"""Says which packs are due when: papers go out a number of clear working days before the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.models import Params

if TYPE_CHECKING:
    from holidays import HolidayBase

WITHIN_DAYS = 7
"""How many days before papers are due their pack is built for the first time."""


@dataclass(frozen=True)
class DuePack:
    """A pack that has to be there when the papers of a meeting go out.

    Parameters
    ----------
    calendar, meeting
        The board's calendar, and the meeting on it.
    papers_due
        The last day on which the papers can be issued.
    days_left
        Days until then, weekends included: 0 on the day itself, less when it has passed.
    """

    calendar: Calendar
    meeting: Meeting
    papers_due: dt.date
    days_left: int

    @property
    def place(self) -> str:
        """Id of the place, or ``system``."""
        return self.calendar.place


_SUBDIVISIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


@cache
def _holidays(country: str) -> HolidayBase:
    from holidays import country_holidays  # noqa: PLC0415 - most builds never ask, and it takes a while

    return country_holidays("GB", subdiv=_SUBDIVISIONS[country])


def is_working_day(date: dt.date, country: str = "England") -> bool:
    """Return whether it is neither a Saturday, a Sunday nor a bank holiday in a country."""
    return _holidays(country).is_working_day(date)


def papers_due(meeting_date: dt.date, clear_days: int, country: str = "England") -> dt.date:
    """Return the last day to issue papers so that `clear_days` clear working days lie before the meeting.

    Clear days count neither the meeting's own day nor the day of issue, which is a working day as well.
    """
    return _holidays(country).get_nth_working_day(meeting_date, -clear_days - 1)


def due_packs(params: Params, on: dt.date, within_days: int = WITHIN_DAYS) -> tuple[DuePack, ...]:
    """Return the packs whose papers are due by `within_days` days after `on`, the most urgent first.

    Those whose day has passed are among them, until the meeting has been held. Packs that are due on the
    same day keep the order of the places.
    """
    packs = [
        DuePack(calendar, meeting, due, (due - on).days)
        for calendar in params.calendars.values()
        for meeting in calendar.meetings
        if meeting.date >= on
        for due in [papers_due(meeting.date, calendar.papers_due_days, params.system.bank_holidays)]
    ]
    wanted = [pack for pack in packs if pack.days_left <= within_days]
    return tuple(sorted(wanted, key=lambda pack: pack.papers_due))


def packs_to_build(due: Iterable[DuePack], is_published: Callable[[DuePack], bool]) -> tuple[DuePack, ...]:
    """Return what a scheduled build makes of the packs that are due.

    Until the papers are due a pack is built again each time, so that it holds the newest figures. After
    that, what was circulated stays: a pack is built only when its edition was never published.
    """
    return tuple(pack for pack in due if pack.days_left >= 0 or not is_published(pack))
