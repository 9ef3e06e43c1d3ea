"""Checks that periods follow each other, and are what their labels say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, IndicatorGrid, month_numbers
from boardpacks.data.schema import TableFault

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_BEGINS = (4, 7, 8, 9, 10, 11)
"""Months in which a financial, academic or other split year begins."""
_LENGTHS = {"monthly": 3}
"""The longest period of an indicator that appears each month."""
_PANDEMIC = (dt.date(2020, 3, 1), dt.date(2021, 8, 31))
"""Many publishers left a period out then."""
_LATEST = 120
"""Days after today in which a period may still end: years to March are published ahead of it at times."""


def period_gap(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row after the only gap between periods, unless it lies in the pandemic."""
    begins = month_numbers(grid.starts)
    if len(begins) < 6 or grid.is_rolling:
        return
    steps = np.diff(begins)
    usual = int(np.median(steps))
    odd = np.flatnonzero(steps > usual)
    if usual < 1 or len(odd) != 1 or _is_shock(grid, int(odd[0])):
        return
    for at in odd:
        yield _fault(
            grid,
            int(at) + 1,
            "periods",
            f"nothing between {grid.periods[at]} and {grid.periods[at + 1]}, where {usual} months are the usual step",
            "periods that follow each other, with an empty value and a note where none is published",
        )


def overlapping_periods(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period that begins before the one before it has ended."""
    begins = month_numbers(grid.starts)
    if len(begins) < 3 or grid.is_rolling:
        return
    for at in np.flatnonzero(np.diff(begins) < grid.months[:-1]):
        yield _fault(
            grid,
            int(at) + 1,
            "periods",
            f"{grid.periods[at + 1]} begins before {grid.periods[at]} has ended",
            "periods that follow each other",
        )


def odd_length(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of each period that is longer or shorter than nearly all others."""
    lengths, counts = np.unique(grid.months, return_counts=True)
    usual = lengths[counts.argmax()]
    if len(grid.months) < 3 or counts.max() < 0.75 * len(grid.months):
        return
    for at in np.flatnonzero(grid.months != usual):
        yield _fault(
            grid,
            int(at),
            "period_months",
            f"{grid.months[at]} months in {grid.periods[at]}",
            f"{usual}, as the others have",
        )


def label_against_dates(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of each period whose label tells of another time than its dates."""
    for at, (label, start, months) in enumerate(
        zip(grid.periods, grid.starts, grid.months.tolist(), strict=True)
    ):
        if allowed := _contradiction(label, start, months):
            yield _fault(
                grid, at, "period", f"{label}, which starts on {start} and has {months} months", allowed
            )


def future_period(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of each period that has not begun, or ends long after today."""
    for at, start in enumerate(grid.starts):
        if start > grid.today or grid.end(at) > grid.today + dt.timedelta(days=_LATEST):
            yield _fault(
                grid,
                at,
                "period",
                f"{grid.periods[at]}, which ends on {grid.end(at)}",
                f"periods that have ended by {grid.today}",
            )


def odd_first_day(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of each period that begins within a month, where the others begin on its first day."""
    inside = [at for at, start in enumerate(grid.starts) if start.day != 1]
    if inside and len(inside) <= len(grid.starts) / 2:
        for at in inside:
            yield _fault(
                grid,
                at,
                "period_start",
                f"{grid.starts[at]} for {grid.periods[at]}",
                "the first day of a month",
            )


def too_long_for_frequency(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of each period that is too long for an indicator of that frequency."""
    most = _LENGTHS.get(grid.indicator.frequency)
    if most is not None:
        for at in np.flatnonzero(grid.months > most):
            yield _fault(
                grid,
                int(at),
                "period_months",
                f"{grid.months[at]} months in {grid.periods[at]}",
                f"1 to {most}, as {grid.indicator.id} is {grid.indicator.frequency}",
            )


def mixed_labels(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period whose label is of another form than those of all others."""
    forms = [re.sub("[0-9]", "0", re.sub("[A-Za-z]+", "a", label)) for label in grid.periods]
    for form in sorted(set(forms)):
        if not grid.is_rolling and len(forms) >= 4 and forms.count(form) == 1 and len(set(forms)) == 2:
            at = forms.index(form)
            other = next(label for label, own in zip(grid.periods, forms, strict=True) if own != form)
            yield _fault(grid, at, "period", grid.periods[at], f"labels of one form, such as {other}")


def _is_shock(grid: IndicatorGrid, before: int) -> bool:
    return grid.end(before) < _PANDEMIC[1] and grid.starts[before + 1] > _PANDEMIC[0]


def _contradiction(label: str, start: dt.date, months: int) -> str:  # noqa: PLR0911 - a form of label each
    """Return what a period with this label is, where it is not that; nothing where the label does not say."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)", label):
        same = (start.year, start.month) == (int(found[1]), int(found[2]))
        return "" if same and months == 1 else f"1 month from {label}-01"
    if found := re.fullmatch(r"(\d{4})/(\d\d) Q([1-4])", label):
        month = (int(found[3]) * 3) % 12 + 1
        year = int(found[1]) + (found[3] == "4")
        return (
            ""
            if (start.year, start.month, months) == (year, month, 3)
            else f"3 months from {year}-{month:02d}-01"
        )
    if found := re.fullmatch(r"(\d{4})/(\d\d)", label):
        follows = int(found[2]) == (int(found[1]) + 1) % 100
        if not follows:
            return "a year and the one after it"
        right = start.year == int(found[1]) and start.month in _YEAR_BEGINS and months <= 12
        return (
            ""
            if right
            else f"up to 12 months from a month of {found[1]} that such a year begins in, April say"
        )
    if found := re.fullmatch(r"(\d{4})( ?- ?)(\d\d)", label):
        span = (int(found[3]) - int(found[1]) % 100) % 100 + 1
        right = start.year == int(found[1]) and months == 12 * span
        return "" if right else f"{12 * span} months from {found[1]} on"
    if found := re.fullmatch(r"(\d{4})", label):
        return (
            ""
            if start.year <= int(found[1]) <= start.year + (start.month > 1) + months // 12 and months <= 36
            else f"{found[1]}"
        )
    if found := re.fullmatch(r"([A-Z][a-z]{2})[a-z]* to ([A-Z][a-z]{2})[a-z]* (\d{4})", label):
        return _named_months(found[1].lower(), found[2].lower(), int(found[3]), start, months)
    return ""


def _named_months(first: str, last: str, year: int, start: dt.date, months: int) -> str:
    if first not in _MONTHS or last not in _MONTHS:
        return "names of months"
    begin, end = _MONTHS.index(first), _MONTHS.index(last)
    span = (end - begin) % 12 + 1
    right = start.month == begin + 1 and months == span and start.year == year - (begin > end)
    return "" if right else f"{span} months that end in {last.capitalize()} {year}"


def _fault(grid: IndicatorGrid, column: int, key: str, found: str, allowed: str) -> TableFault:
    only: Flags = np.zeros_like(grid.row, dtype=bool)
    only[:, column] = grid.row[:, column] >= 0
    return TableFault(grid.first_row(only), f"{key} of {grid.indicator.id}", found, allowed)
