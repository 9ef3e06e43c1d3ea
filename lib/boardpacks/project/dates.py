"""Writes dates in words, whatever language the machine is set to."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_date(date: dt.date) -> str:
    """Return ``9 December 2026``."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def meeting_date(date: dt.date, *, example: bool) -> str:
    """Return a meeting's date, marked when the board's calendar is only an example."""
    return f"{long_date(date)} (example date, to be confirmed)" if example else long_date(date)
