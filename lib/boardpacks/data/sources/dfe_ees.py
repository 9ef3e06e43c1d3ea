"""DfE's Explore Education Statistics: a data set as CSV, a column for each measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import PeriodSpan, years
from boardpacks.data.sources.source import AnswerRead, AnswerRequest, Asked, PublishedFigure, each_once
from boardpacks.params.refreshing import Refresh

PUBLISHER = "Department for Education"
LICENCE = "OGL v3.0"
ADDRESS = "https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/{}/csv"

_CODES = {"National": "country_code", "Regional": "region_code", "Local authority": "new_la_code"}
"""The column that has an area's code, for each level of areas."""
_KEYS = ("time_period", "time_identifier", "geographic_level", *_CODES.values())
_STARTS = {"Academic year": 9, "Financial year": 4, "Tax year": 4}
_ONE_YEAR = ("Calendar year", "Reporting year")


def requests(refresh: Refresh) -> tuple[AnswerRequest, ...]:
    """Return the address of the data set."""
    return (AnswerRequest(ADDRESS.format(refresh.dataset)),)


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return a column as the indicator's values, with those of its count and its denominator."""
    refresh = asked.refresh
    numbers = tuple(filter(None, (refresh.series, refresh.count, refresh.denominator)))
    others = tuple(column for column in refresh.where if column not in (*_KEYS, *numbers))
    table = read_rows(
        content,
        asked,
        (*_KEYS, *numbers, *others),
        only=lambda row: all(row[column] == wanted for column, wanted in refresh.where.items()),
    )
    return AnswerRead(table.columns, each_once(_figures(table.rows, asked), asked))


def _figures(rows: tuple[Mapping[str, str], ...], asked: Asked) -> Iterator[PublishedFigure]:
    refresh = asked.refresh
    for row in rows:
        column = _CODES.get(row["geographic_level"])
        area = asked.area(row[column]) if column else None
        if area is None:
            continue
        value, mark = number(row[refresh.series], refresh.series, asked)
        count, denominator = (
            number(row[name], name, asked)[0] if name else None
            for name in (refresh.count, refresh.denominator)
        )
        period = _year(row["time_period"], row["time_identifier"], asked)
        yield asked.figure(area, period, value, count=count, denominator=denominator, notes=(mark,))


def _year(text: str, kind: str, asked: Asked) -> PeriodSpan:
    first = int(text[:4]) if text.isdigit() and len(text) in (4, 6) else 0
    if first and kind in _ONE_YEAR and len(text) == 4:
        return years(dt.date(first, 1, 1), 1)
    if not first or kind not in _STARTS or text[4:] != f"{(first + 1) % 100:02d}":
        allowed = f"{', '.join((*_STARTS, *_ONE_YEAR))}, such as 202425 or 2024"
        asked.wrong("time_period", f"{text}, {kind}", allowed, "`where` in params can name a time_identifier")
    return years(dt.date(first, _STARTS[kind], 1), 1)
