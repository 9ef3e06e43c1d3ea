"""Nomis, the ONS's service for labour market figures. Its answers are read as it documents them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from re import fullmatch
from urllib.parse import urlencode

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import PeriodSpan, from_label, from_month, spanning
from boardpacks.data.sources.source import AnswerRead, AnswerRequest, Asked, PublishedFigure, each_once
from boardpacks.params.refreshing import Refresh

PUBLISHER = "Office for National Statistics"
LICENCE = "OGL v3.0"
ADDRESS = "https://www.nomisweb.co.uk/api/v01/dataset/{}.data.csv?{}"
MOST_ROWS = 25_000
"""How many rows it answers with at most, whatever else there is."""

_NEEDED = ("GEOGRAPHY_CODE", "DATE_NAME", "OBS_VALUE")
_OPTIONAL = ("OBS_STATUS", "OBS_STATUS_NAME")


def requests(refresh: Refresh) -> tuple[AnswerRequest, ...]:
    """Return the address of a data set's cells; ``where`` is what Nomis is asked with."""
    return (AnswerRequest(ADDRESS.format(refresh.series, urlencode(refresh.where, safe=",."))),)


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the values of every area."""
    table = read_rows(content, asked, _NEEDED, _OPTIONAL)
    if len(table.rows) >= MOST_ROWS:
        asked.wrong("rows", f"{len(table.rows)}", f"fewer than {MOST_ROWS}", "ask for fewer areas or dates")
    return AnswerRead(table.columns, each_once(_figures(table.rows, asked), asked))


def _figures(rows: tuple[Mapping[str, str], ...], asked: Asked) -> Iterator[PublishedFigure]:
    for row in rows:
        area = asked.area(row["GEOGRAPHY_CODE"])
        if area is None:
            continue
        value, mark = number(row["OBS_VALUE"], "OBS_VALUE", asked)
        status = row["OBS_STATUS_NAME"] if row["OBS_STATUS"] not in ("", "A") else ""
        yield asked.figure(area, _period(row["DATE_NAME"], asked), value, notes=(mark, status))


def _period(text: str, asked: Asked) -> PeriodSpan:
    try:
        if found := fullmatch(r"([A-Za-z]+) ([0-9]{4}) ?- ?([A-Za-z]+) ([0-9]{4})", text):
            return spanning(from_month(found[1], found[2]), from_month(found[3], found[4]))
        return from_label(text, asked.refresh.year_starts)
    except ValueError:
        asked.wrong("DATE_NAME", text, "a date such as Jan 2024-Dec 2024, October 2025 or 2024")
