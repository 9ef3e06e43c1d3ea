"""OHID's Fingertips: an indicator's figures as CSV, for one type of areas at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from boardpacks.data.sources.answer_table import number, read_rows
from boardpacks.data.sources.label_periods import from_label
from boardpacks.data.sources.source import AnswerRead, AnswerRequest, Asked, PublishedFigure, each_once
from boardpacks.params.refreshing import Refresh

PUBLISHER = "Office for Health Improvement and Disparities"
LICENCE = "OGL v3.0"
ADDRESS = "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
ENGLAND = 15
"""The type of areas that has only England: it is every other type's parent."""

_CATEGORIES = ("Category Type", "Category")
_COLUMNS = (
    *("Indicator ID", "Area Code", "Sex", "Age", *_CATEGORIES, "Time period", "Value"),
    *("Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator", "Value note"),
)


def requests(refresh: Refresh) -> tuple[AnswerRequest, ...]:
    """Return one address for each type of areas."""
    return tuple(
        AnswerRequest(f"{ADDRESS}?{urlencode({**_asking(refresh), 'child_area_type_id': kind})}")
        for kind in refresh.area_types
    )


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the figures of an answer, without those of deprivation tenths and the like unless asked for."""
    others = tuple(column for column in asked.refresh.where if column not in _COLUMNS)
    table = read_rows(content, asked, (*_COLUMNS, *others))
    return AnswerRead(table.columns, each_once(_figures(table.rows, asked), asked))


def _asking(refresh: Refresh) -> dict[str, object]:
    return {"indicator_ids": refresh.series, "parent_area_type_id": ENGLAND}


def _figures(rows: tuple[Mapping[str, str], ...], asked: Asked) -> Iterator[PublishedFigure]:
    refresh = asked.refresh
    where = {
        **dict.fromkeys(_CATEGORIES, ""),
        **refresh.where,
        "Indicator ID": refresh.series,
        "Sex": refresh.sex,
    }
    if refresh.age:
        where["Age"] = refresh.age
    for row in rows:
        area = asked.area(row["Area Code"])
        if area is None or any(row[column] != wanted for column, wanted in where.items()):
            continue
        try:
            period = from_label(row["Time period"], refresh.year_starts)
        except ValueError:
            asked.wrong("Time period", row["Time period"], "a period such as 2024, 2024/25 or 2022 - 24")
        value, mark = number(row["Value"], "Value", asked)
        lower, upper, count, denominator = (
            number(row[column], column, asked)[0]
            for column in ("Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator")
        )
        yield asked.figure(
            area,
            period,
            value,
            interval=(lower, upper),
            count=count,
            denominator=denominator,
            notes=(mark, row["Value note"]),
        )
