"""How old the figures of a snapshot are, and when newer ones are to be expected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from boardpacks.data.schema import IN_TIME
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params

MONTHS = 12


@dataclass(frozen=True)
class Age:
    """How old an indicator's latest figures are on a day.

    Parameters
    ----------
    indicator
        Its params.
    period, ends
        The latest period that any area has a figure of, and the last day of it.
    months
        Whole months from the end of that period to the day.
    expected
        When the next period is to be expected; None where params do not say how long its release takes.
    is_late
        Whether that day has gone by.
    """

    indicator: Indicator
    period: str
    ends: dt.date
    months: int
    expected: dt.date | None
    is_late: bool


def find_ages(params: Params, snapshot: Snapshot, day: dt.date) -> tuple[Age, ...]:
    """Return the age of every indicator of params that the snapshot holds, the oldest first."""
    table = snapshot.observations
    table = table[table["value"].notna()]
    found = []
    for name, rows in table.groupby("indicator"):
        if str(name) in params.indicators:
            last = max(rows.to_dict("records"), key=lambda row: tuple(row[column] for column in IN_TIME))
            ends = _months_on(last["period_start"].date(), last["period_months"]) - dt.timedelta(days=1)
            found.append(_age(params.indicators[str(name)], str(last["period"]), ends, day))
    return tuple(sorted(found, key=lambda age: (-age.months, age.indicator.id)))


def _age(indicator: Indicator, period: str, ends: dt.date, day: dt.date) -> Age:
    months = (day.year - ends.year) * MONTHS + day.month - ends.month - (day.day < ends.day)
    release = indicator.release
    expected = _months_on(ends, release.every + release.after) if release else None
    return Age(indicator, period, ends, max(0, months), expected, expected is not None and expected < day)


def _months_on(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or the last day that it has."""
    return (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
