"""Tells whether a figure is history: too old, at the meeting, for a board to rely on."""

from __future__ import annotations

import datetime as dt
import os

from boardpacks.data.observations import Observation
from boardpacks.params.calendars import Calendar
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params, month_of

AS_OF = "BOARDPACKS_AS_OF"
"""Environment variable in which a build tells a chapter's process the month of the meeting; JupyterLab has none."""


def month_of_meeting(calendar: Calendar) -> str:
    """Return the month that the age of figures is told by: the build's, else that of the board's next meeting."""
    return os.environ.get(AS_OF) or month_of(calendar.next_meeting(dt.date.today()).date)


def is_history(observation: Observation, indicator: Indicator, params: Params) -> bool:
    """Return whether a figure is older at the meeting than params allow; without a meeting none is."""
    if params.as_of is None:
        return False
    meeting, after = dt.date.fromisoformat(f"{params.as_of}-01"), observation.after
    age = 12 * (meeting.year - after.year) + meeting.month - after.month + 1
    return age > params.age_limit_of(indicator)
