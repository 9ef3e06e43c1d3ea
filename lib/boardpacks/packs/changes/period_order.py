"""Puts publishers' period labels in order."""

from __future__ import annotations

import re

_YEARS = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<mark>/| ?[-\u2013] ?)(?P<more>\d\d)(?!\d))?")
_QUARTER = re.compile(r"\bQ(?P<quarter>[1-4])\b")
_FINANCIAL_END = 3


def period_order(label: str) -> tuple[int, int, str]:
    """Return what periods are sorted by: year and month in which a label says that it ends, then the label.

    Known are ``2023``, ``2022/23`` (a financial or school year), ``2022 - 24``, ``2025-07`` (a month) and quarters such
    as ``2025 Q1`` and ``2024/25 Q4``. A label without a year comes before all others.
    """
    ends = [_end(found) for found in _YEARS.finditer(label)]
    if not ends:
        return (0, 0, label)
    year, month = max(ends)
    if quarter := _QUARTER.search(label):
        month = 3 * int(quarter["quarter"])
        financial = "/" in label
        year, month = (year - (month <= 9), (month + 3 - 1) % 12 + 1) if financial else (year, month)
    return (year, month, label)


def _end(found: re.Match[str]) -> tuple[int, int]:
    year, more, mark = int(found["year"]), found["more"], found["mark"]
    if not more:
        return (year, 12)
    if mark == "-" and 1 <= int(more) <= 12:
        return (year, int(more))
    last = year + (int(more) - year) % 100
    return (last, _FINANCIAL_END if mark == "/" else 12)
