"""NHS England's monthly mental health services statistics: a long CSV file, a row for each measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import PeriodSpan, from_days
from boardpacks.data.sources.source import (
    ENGLAND,
    AnswerRead,
    Asked,
    PublishedFigure,
    each_once,
    named_files,
)

__all__ = ["LICENCE", "PUBLISHER", "read", "requests"]

PUBLISHER = "NHS England"
LICENCE = "OGL v3.0"

_FIRST, _LAST, _VALUE = "REPORTING_PERIOD_START", "REPORTING_PERIOD_END", "MEASURE_VALUE"
_COLUMNS = (
    *(_FIRST, _LAST, "STATUS", "BREAKDOWN", "PRIMARY_LEVEL", "SECONDARY_LEVEL"),
    *("MEASURE_ID", _VALUE),
)

requests = named_files


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return a measure of every area, with the measures that are its count and its denominator.

    One file has periods of one month and of three: each is a figure of its own.
    """
    refresh = asked.refresh
    measures = {refresh.series, refresh.count, refresh.denominator}
    others = tuple(column for column in refresh.where if column not in _COLUMNS)
    where = {"SECONDARY_LEVEL": "NONE"} | dict(refresh.where)
    table = read_rows(
        content,
        asked,
        (*_COLUMNS, *others),
        only=lambda row: (
            row["MEASURE_ID"] in measures and all(row[column] == wanted for column, wanted in where.items())
        ),
    )
    return AnswerRead(table.columns, each_once(_figures(table.rows, asked), asked))


def _figures(rows: tuple[Mapping[str, str], ...], asked: Asked) -> Iterator[PublishedFigure]:
    refresh = asked.refresh
    values: dict[tuple[str, PeriodSpan, str], tuple[float | None, str]] = {}
    for row in rows:
        area = asked.area(ENGLAND if row["BREAKDOWN"] == "England" else row["PRIMARY_LEVEL"])
        if area is not None:
            key = (area, _period(row, asked), row["MEASURE_ID"])
            found = number(row[_VALUE], _VALUE, asked)
            if values.setdefault(key, found) != found:
                asked.wrong(key[2], f"two values for {area}, {key[1].label}", "one for each area and period")
    status = "; ".join(sorted({f"{row['STATUS']} submission" for row in rows if row["STATUS"] != "Final"}))
    for (area, period, measure), (value, mark) in values.items():
        if measure == refresh.series:
            count, denominator = (
                values.get((area, period, name or ""), (None, ""))[0]
                for name in (refresh.count, refresh.denominator)
            )
            yield asked.figure(
                area, period, value, count=count, denominator=denominator, notes=(mark, status)
            )


def _period(row: Mapping[str, str], asked: Asked) -> PeriodSpan:
    try:
        return from_days(row[_FIRST], row[_LAST])
    except ValueError:
        asked.wrong(_FIRST, f"{row[_FIRST]} to {row[_LAST]}", "whole months, as 01/07/2024 and 30/09/2024")
