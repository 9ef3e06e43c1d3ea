"""Publishers' labels of periods: the first day and the length of each, and the label that the project has for it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
QUARTER = 3


@dataclass(frozen=True)
class PeriodSpan:
    """A period: its label, its first day and its length in months."""

    label: str
    start: dt.date
    months: int


def from_iso(text: str) -> PeriodSpan:
    """Read a period as the ONS writes it: ``2022-01-01/P3Y``.

    Raises
    ------
    ValueError
        When it is none.
    """
    day, _, length = text.partition("/")
    start = dt.date.fromisoformat(f"{day}-01-01" if re.fullmatch("[0-9]{4}", day) else day)
    found = re.fullmatch(r"P([0-9]+)([YMD])", length or ("P1Y" if len(day) == 4 else "P1D"))
    if found is None:
        raise ValueError(text)
    number = int(found[1])
    if found[2] == "Y":
        return years(start, number)
    if found[2] == "M" and number != 1:
        return PeriodSpan(_months(start, number), start, number)
    return PeriodSpan(f"{start:%Y-%m}", start, 1)


def years(start: dt.date, number: int) -> PeriodSpan:
    """Return a period of whole years: ``2024``, ``2024/25``, ``2022 - 24`` or ``2021/22 - 23/24``."""
    first, last = _year(start, start.year), _year(start, start.year + number - 1)
    return PeriodSpan(first if number == 1 else f"{first} - {last[2:]}", start, 12 * number)


def from_label(text: str, year_starts: int) -> PeriodSpan:
    """Read a period as OHID writes it: ``2024``, ``2024/25``, ``2022 - 24``, ``2024/25 Q3`` and so on.

    Parameters
    ----------
    year_starts
        Month that years of two numbers begin with.

    Raises
    ------
    ValueError
        When it is none of them.
    """
    label = " ".join(text.split())
    quarters = re.fullmatch(r"([0-9]{4})(/[0-9]{2})? Q([1-4])(?: - ([0-9]{4})(/[0-9]{2})? Q([1-4]))?", label)
    if quarters:
        start = _quarter(quarters[1], quarters[2], quarters[3], year_starts)
        last = _quarter(quarters[4], quarters[5], quarters[6], year_starts) if quarters[4] else start
        return PeriodSpan(label, start, _apart(start, last) + QUARTER)
    span = re.fullmatch(r"([0-9]{4})(/[0-9]{2})?(?: ?- ?([0-9]{2,4})(/[0-9]{2})?)?", label)
    if span and bool(span[2]) >= bool(span[4]) and not (span[2] and span[3] and not span[4]):
        first = int(span[1])
        last_year = int(f"{span[1]}"[: 4 - len(span[3])] + span[3]) if span[3] else first
        last_year += 100 if last_year < first else 0
        start = dt.date(first, year_starts if span[2] else 1, 1)
        return PeriodSpan(label, start, 12 * (last_year - first + 1))
    month = re.fullmatch(r"([A-Za-z]+) ([0-9]{4})", label)
    if month:
        return from_month(month[1], month[2])
    raise ValueError(text)


def from_month(name: str, year: str) -> PeriodSpan:
    """Return a month by its name, whole or short, and its year, in two numbers or four.

    Raises
    ------
    ValueError
        When there is no such month.
    """
    number = _MONTHS.get(name.casefold())
    if number is None:
        raise ValueError(name)
    start = dt.date(int(year) + (2000 if len(year) == 2 else 0), number, 1)
    return PeriodSpan(f"{start:%Y-%m}", start, 1)


def from_days(first: str, last: str) -> PeriodSpan:
    """Return the period between two days, each written as day/month/year.

    Raises
    ------
    ValueError
        When they are not the first and last of whole months.
    """
    start, end = (dt.datetime.strptime(day, "%d/%m/%Y").date() for day in (first, last))
    return between(start, end)


def between(start: dt.date, end: dt.date) -> PeriodSpan:
    """Return the period from a month's first day to a month's last.

    Raises
    ------
    ValueError
        When they are no such days.
    """
    number = _apart(start, end) + 1
    if start.day != 1 or (end + dt.timedelta(days=1)).day != 1 or number < 1:
        raise ValueError(f"{start} to {end}")
    return (
        years(start, number // 12) if number % 12 == 0 else PeriodSpan(_months(start, number), start, number)
    )


def spanning(first: PeriodSpan, last: PeriodSpan) -> PeriodSpan:
    """Return the period from one month to another, both included.

    Raises
    ------
    ValueError
        When the second comes before the first.
    """
    after = dt.date(last.start.year + last.start.month // 12, last.start.month % 12 + 1, 1)
    return between(first.start, after - dt.timedelta(days=1))


def quarter_of(start: dt.date) -> PeriodSpan:
    """Return the quarter of a financial year that begins on a day: ``2024/25 Q3``."""
    first = start.year - (start.month < 4)
    return PeriodSpan(f"{first}/{(first + 1) % 100:02d} Q{(start.month - 4) % 12 // 3 + 1}", start, QUARTER)


def _months(start: dt.date, number: int) -> str:
    if number == 1:
        return f"{start:%Y-%m}"
    total = start.month - 1 + number - 1
    last = dt.date(start.year + total // 12, total % 12 + 1, 1)
    first = calendar.month_abbr[start.month] + (f" {start.year}" if start.year != last.year else "")
    return f"{first} to {calendar.month_abbr[last.month]} {last.year}"


def _year(start: dt.date, year: int) -> str:
    return str(year) if start.month == 1 else f"{year}/{(year + 1) % 100:02d}"


def _quarter(year: str, financial: str | None, number: str, year_starts: int) -> dt.date:
    month = (year_starts if financial else 1) - 1 + QUARTER * (int(number) - 1)
    return dt.date(int(year) + month // 12, month % 12 + 1, 1)


def _apart(start: dt.date, end: dt.date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month
