"""Makes any text safe for where it goes: one line of a header, a paragraph, a cell; and says sizes and times."""

from __future__ import annotations

import datetime as dt
import re

from boardpacks.project.dates import long_date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MEGABYTE = 1_000_000

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that steer what is shown, and those that no encoding has; tab and line feed are not among them."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def one_line(text: str) -> str:
    """Return a text as one line without control characters: nothing in it can begin a header of its own."""
    return " ".join(lines(text).split())


def lines(text: str) -> str:
    """Return a text without control characters but line feeds and tabs."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return _STEERING.sub("", text)


def cell(text: str) -> str:
    """Return a text as a cell of a CSV file that no spreadsheet program takes for a formula."""
    shown = one_line(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def size(octets: int) -> str:
    """Return a size in words: ``1.5 MB``."""
    if octets >= MEGABYTE:
        return f"{octets / MEGABYTE:.1f} MB"
    return f"{max(1, round(octets / 1000))} kB"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 list``, ``2 lists``."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def day(date: dt.date) -> str:
    """Return ``Wednesday 9 December 2026``."""
    return f"{DAYS[date.weekday()]} {long_date(date)}"
