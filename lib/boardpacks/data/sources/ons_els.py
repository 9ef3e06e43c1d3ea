"""ONS Explore Local Statistics: an indicator's figures for every area and period, as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import from_iso
from boardpacks.data.sources.source import AnswerRead, AnswerRequest, Asked, PublishedFigure, each_once
from boardpacks.params.refreshing import Refresh

PUBLISHER = "Office for National Statistics"
LICENCE = "OGL v3.0"
ADDRESS = "https://www.ons.gov.uk/explore-local-statistics/api/v1/data.csv"
"""Without ``time=all`` it answers with the latest period only."""

_NEEDED = ("areacd", "period", ("observation", "value"))
_OPTIONAL = ("lci_95", "uci_95", "status", "notes")


def requests(refresh: Refresh) -> tuple[AnswerRequest, ...]:
    """Return the one address that all of an indicator's figures are at."""
    return (AnswerRequest(f"{ADDRESS}?indicator={quote(refresh.series)}&time=all"),)


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the figures of an answer. Some have England, some the United Kingdom, some neither."""
    where = tuple(asked.refresh.where)
    table = read_rows(content, asked, (*_NEEDED, *where), _OPTIONAL)
    return AnswerRead(table.columns, each_once(_figures(table.rows, asked), asked))


def _figures(rows: tuple[Mapping[str, str], ...], asked: Asked) -> Iterator[PublishedFigure]:
    where = asked.refresh.where
    for row in rows:
        area = asked.area(row["areacd"])
        if area is None or any(row[column] != wanted for column, wanted in where.items()):
            continue
        try:
            period = from_iso(row["period"])
        except ValueError:
            asked.wrong("period", row["period"], "a period such as 2022-01-01/P3Y")
        value, mark = number(row["observation"], "observation", asked)
        lower, upper = (number(row[column], column, asked)[0] for column in ("lci_95", "uci_95"))
        notes = (mark, row["status"], row["notes"])
        yield asked.figure(area, period, value, interval=(lower, upper), notes=notes)
