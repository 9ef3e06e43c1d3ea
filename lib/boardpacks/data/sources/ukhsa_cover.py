"""UKHSA's COVER: vaccination coverage of children by quarter, a sheet of the workbook saved as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpacks.data.sources.answer_table import AnswerTable, number, read_rows
from boardpacks.data.sources.label_periods import PeriodSpan, from_month, quarter_of
from boardpacks.data.sources.source import AnswerRead, Asked, PublishedFigure, each_once, named_files

__all__ = ["LICENCE", "PUBLISHER", "read", "requests"]

PUBLISHER = "UK Health Security Agency"
LICENCE = "OGL v3.0"
NO_FIGURE = ("-99", "-99.0")
"""What older files have where no figure is."""

_AREA = ("Code", "Upper tier local authority ONS code", "Upper tier local authority ODS code", "ONS code")
_QUARTER = "Financial year quarter"

requests = named_files


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the coverage of each area.

    ``series`` is the column that has it, or what two columns begin with that end with ``_Num`` and ``_Denom``.
    """
    refresh = asked.refresh
    counted = (f"{refresh.series}_Num", f"{refresh.series}_Denom")
    denominator = (refresh.denominator,) if refresh.denominator else ()
    table = read_rows(content, asked, (_AREA,), (refresh.series, *counted, *denominator, _QUARTER, "Notes"))
    columns = {column.casefold() for column in table.columns}
    if refresh.series.casefold() not in columns and not {name.casefold() for name in counted} <= columns:
        found = f"columns {', '.join(table.columns)}"
        asked.wrong(refresh.series, found, f"a column {refresh.series}, or {' and '.join(counted)}")
    return AnswerRead(table.columns, each_once(_figures(table, asked), asked))


def _figures(table: AnswerTable, asked: Asked) -> Iterator[PublishedFigure]:
    series = asked.refresh.series
    has_value = series.casefold() in {column.casefold() for column in table.columns}
    below = asked.refresh.denominator or f"{series}_Denom"
    for row in table.rows:
        area = asked.area(row[_AREA[0]])
        if area is None:
            continue
        period = _quarter(row[_QUARTER] or table.title, asked)
        denominator, _ = number(row[below], below, asked, NO_FIGURE)
        count, mark = number(row[f"{series}_Num"], f"{series}_Num", asked, NO_FIGURE)
        value = 100 * count / denominator if count is not None and denominator else None
        if has_value:
            value, mark = number(row[series], series, asked, NO_FIGURE)
        remark = row["Notes"] if row["Notes"].startswith("[note") else ""
        yield asked.figure(area, period, value, count=count, denominator=denominator, notes=(mark, remark))


def _quarter(text: str, asked: Asked) -> PeriodSpan:
    if found := re.fullmatch(r"FY([0-9]{4})_[0-9]{2}_Q([1-4])", text):
        months = ("April", "July", "October", "January")
        year = int(found[1]) + (found[2] == "4")
        return quarter_of(from_month(months[int(found[2]) - 1], str(year)).start)
    found = re.search(r"\b(January|April|July|October) to [A-Z][a-z]+ ([0-9]{4})", text)
    if found is None:
        asked.wrong(
            _QUARTER, text, "a quarter such as FY2024_25_Q3, or October to December 2024 in the title"
        )
    return quarter_of(from_month(found[1], found[2]).start)
