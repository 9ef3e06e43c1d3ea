"""NHS England's cancer waiting times by provider: a month's Excel workbook."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from re import fullmatch

from boardpacks.data.sources.answer_table import number
from boardpacks.data.sources.label_periods import PeriodSpan, from_month
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
ALL_PROVIDERS = "ALL ENGLISH PROVIDERS"
SERIES = ("28-day", "31-day", "62-day")

_CODE, _PROVIDER, _TOTAL = "ODS CODE", "ACCOUNTABLE PROVIDER", "TOTAL"
_PARTS = ("REFERRAL ROUTE", "TREATMENT STAGE", "CANCER TYPE")
"""Columns whose rows beginning with "ALL" are everybody."""

requests = named_files


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the share of each provider within the standard's days; patients shared by two count as halves."""
    asked.check_series(SERIES)
    rows = _sheet(content, asked)
    top = next((n for n, row in enumerate(rows) if any(cell.startswith(_CODE) for cell in row)), None)
    if top is None:
        asked.wrong("header", "no row with it", f"columns {_CODE}, {_PROVIDER}, {_TOTAL}")
    header = [cell.partition("(")[0].strip() for cell in rows[top]]
    within = f"WITHIN {asked.refresh.series.removesuffix('-day')} DAYS"
    for column in (_PROVIDER, _TOTAL, within):
        if column not in header:
            asked.wrong(column, f"columns {', '.join(filter(None, header))}", f"a column {column}")
    month = _month([cell for row in rows[:top] for cell in row], asked)
    figures = _figures(rows[top + 1 :], header, within, month, asked)
    return AnswerRead(tuple(filter(None, header)), each_once(figures, asked))


def _figures(
    rows: Sequence[Sequence[str]], header: list[str], within: str, month: PeriodSpan, asked: Asked
) -> Iterator[PublishedFigure]:
    parts = [header.index(name) for name in _PARTS if name in header]
    places = [header.index(name) for name in (_CODE, _PROVIDER, _TOTAL, within)]
    for row in rows:
        cells = [*row, *[""] * (len(header) - len(row))]
        code, provider, total, counted = (cells[place] for place in places)
        area = asked.area(ENGLAND if provider.upper() == ALL_PROVIDERS else code)
        if area is None or not all(cells[place].upper().startswith("ALL ") for place in parts):
            continue
        (denominator, mark), (count, _) = number(total, _TOTAL, asked), number(counted, within, asked)
        value = 100 * count / denominator if count is not None and denominator else None
        yield asked.figure(area, month, value, count=count, denominator=denominator, notes=(mark,))


def _sheet(content: bytes, asked: Asked) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        names = [sheet.title for sheet in book.worksheets]
        sheet = next(
            (s for s in book.worksheets if s.title.casefold().startswith(asked.refresh.series)), None
        )
        if sheet is None:
            asked.wrong("sheet", f"sheets {', '.join(names)}", f"a sheet {asked.refresh.series.upper()} ...")
        sheet.reset_dimensions()  # most of these workbooks say that they have one row
        return [[_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
    ):
        hint = "the service is out of order or has moved, or the answer was cut off"
        asked.wrong("", "no Excel workbook", "an Excel workbook (.xlsx)", hint)


def _cell(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return f"{cell:%b-%y}"
    return "" if cell is None else " ".join(str(cell).split())


def _month(cells: Sequence[str], asked: Asked) -> PeriodSpan:
    found = [match for cell in cells if (match := fullmatch(r"([A-Za-z]{3,9})[- ]([0-9]{2}|[0-9]{4})", cell))]
    try:
        return from_month(found[0][1], found[0][2])
    except (IndexError, ValueError):
        asked.wrong("month", "none above the header", "a month such as Sep-25")
