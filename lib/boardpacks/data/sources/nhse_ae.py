"""NHS England's A&E attendances: a CSV file for each month, one row for each provider."""

from __future__ import annotations

from collections.abc import Mapping

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import PeriodSpan
from boardpacks.data.sources.source import (
    ENGLAND,
    AnswerRead,
    Asked,
    PublishedFigure,
    each_once,
    month_of,
    named_files,
)

__all__ = ["LICENCE", "PUBLISHER", "read", "requests"]

PUBLISHER = "NHS England"
LICENCE = "OGL v3.0"
FOUR_HOUR = "four_hour"
SERIES = (FOUR_HOUR, "attendances")

_TYPES = ("Type 1", "Type 2", "Other A&E Department")
_BOOKED = ("Booked Appointments Type 1", "Booked Appointments Type 2", "Booked Appointments Other Department")
_ATTENDED = tuple(f"A&E attendances {kind}" for kind in (*_TYPES, *_BOOKED))
_WAITED = tuple(
    f"Attendances over 4hrs {kind}" for kind in ("Type 1", "Type 2", "Other Department", *_BOOKED)
)

requests = named_files


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the share within four hours, or the attendances, of each provider; the TOTAL row is England's.

    Booked appointments count as attendances, as they do in the publisher's own percentages.
    """
    asked.check_series(SERIES)
    table = read_rows(content, asked, ("Period", "Org Code", *_ATTENDED, *_WAITED))
    months = [
        month_of(row["Period"], "MSitAE", "MARCH-2026", asked) for row in table.rows if not _is_total(row)
    ]
    if len(set(months)) != 1:
        asked.wrong("Period", ", ".join(sorted({span.label for span in months})) or "no row", "one month")
    figures = (figure for row in table.rows if (figure := _figure(row, months[0], asked)))
    return AnswerRead(table.columns, each_once(figures, asked))


def _is_total(row: Mapping[str, str]) -> bool:
    return "total" in (row["Period"].casefold(), row["Org Code"].casefold())


def _figure(row: Mapping[str, str], month: PeriodSpan, asked: Asked) -> PublishedFigure | None:
    area = asked.area(ENGLAND if _is_total(row) else row["Org Code"])
    if area is None:
        return None
    attended, waited = (_sum(row, names, asked) for names in (_ATTENDED, _WAITED))
    value, count, denominator = attended, attended, None
    if asked.refresh.series == FOUR_HOUR:
        count = None if attended is None or waited is None else attended - waited
        value, denominator = (100 * count / attended if count is not None and attended else None), attended
    return asked.figure(area, month, value, count=count, denominator=denominator)


def _sum(row: Mapping[str, str], names: tuple[str, ...], asked: Asked) -> float | None:
    numbers = [number(row[name], name, asked)[0] for name in names]
    return None if None in numbers else sum(n for n in numbers if n is not None)
