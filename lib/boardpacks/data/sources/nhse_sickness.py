"""NHS England's sickness absence rates: a CSV file with a row for each organisation and month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import PeriodSpan
from boardpacks.data.sources.source import (
    ENGLAND,
    WHOLE,
    AnswerRead,
    Asked,
    PublishedFigure,
    each_once,
    named_files,
)

__all__ = ["LICENCE", "PUBLISHER", "read", "requests"]

PUBLISHER = "NHS England"
LICENCE = "OGL v3.0"

_LOST, _AVAILABLE, _RATE = "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE", "SICKNESS_ABSENCE_RATE_PERCENT"
_DAYS = "Count and denominator are full-time-equivalent days lost and available"
_ALL = "Sum of all organisations in the publisher's monthly file"

requests = named_files


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the share of days lost of each organisation, and of all of them for England."""
    table = read_rows(content, asked, ("DATE", "ORG_CODE", _LOST, _AVAILABLE, _RATE))
    return AnswerRead(table.columns, each_once(_figures(table.rows, asked), asked))


def _figures(rows: tuple[Mapping[str, str], ...], asked: Asked) -> Iterator[PublishedFigure]:
    england: dict[PeriodSpan, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        month = _month(row["DATE"], asked)
        (lost, mark), (available, _), (rate, _) = (
            number(row[column], column, asked) for column in (_LOST, _AVAILABLE, _RATE)
        )
        england[month][0] += lost or 0.0
        england[month][1] += available or 0.0
        if area := asked.area(row["ORG_CODE"]):
            yield asked.figure(area, month, rate, count=lost, denominator=available, notes=(mark, _DAYS))
    if asked.area(ENGLAND) and len({row["ORG_CODE"] for row in rows}) >= WHOLE:
        for month, (lost_days, days) in england.items():
            value = 100 * lost_days / days if days else None
            yield asked.figure(ENGLAND, month, value, count=lost_days, denominator=days, notes=(_ALL,))


def _month(text: str, asked: Asked) -> PeriodSpan:
    try:
        day = dt.datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        asked.wrong("DATE", text, "the last day of a month, as 31/03/2025")
    return PeriodSpan(f"{day:%Y-%m}", day.replace(day=1), 1)
