"""The successor of Fingertips, which its publisher is trying out: JSON, as its own tests have it. On trial here too."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from pydantic import BaseModel, Field, ValidationError

from boardpacks.data.sources.label_periods import PeriodSpan, between
from boardpacks.data.sources.source import AnswerRead, Asked, PublishedFigure, each_once, named_files

__all__ = ["LICENCE", "PUBLISHER", "read", "requests"]

PUBLISHER = "Office for Health Improvement and Disparities"
LICENCE = "OGL v3.0"

requests = named_files


class _Part(BaseModel):
    value: str
    aggregate: bool = Field(alias="isAggregate")


class _Days(BaseModel):
    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")


class _Point(BaseModel):
    days: _Days = Field(alias="datePeriod")
    value: float | None = None
    lower: float | None = Field(default=None, alias="lowerCi")
    upper: float | None = Field(default=None, alias="upperCi")
    count: float | None = None
    denominator: float | None = None
    deprivation: _Part | None = None


class _Segment(BaseModel):
    sex: _Part
    age: _Part
    points: tuple[_Point, ...] = Field(alias="healthData")


class _Area(BaseModel):
    code: str = Field(alias="areaCode")
    segments: tuple[_Segment, ...] = Field(alias="indicatorSegments")


class _Document(BaseModel):
    areas: tuple[_Area, ...] = Field(alias="areaHealthData")


def read(content: bytes, asked: Asked) -> AnswerRead:
    """Return the figures of an answer, without those of deprivation tenths."""
    try:
        document = _Document.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        way = ".".join(map(str, first["loc"])) or "the answer"
        asked.wrong(way, first["msg"], "JSON with areaHealthData, indicatorSegments and healthData")
    return AnswerRead(tuple(json.loads(content)), each_once(_figures(document, asked), asked))


def _figures(document: _Document, asked: Asked) -> Iterator[PublishedFigure]:
    refresh = asked.refresh
    for place in document.areas:
        area = asked.area(place.code)
        for segment in place.segments if area else ():
            if segment.sex.value != refresh.sex or refresh.age not in (None, segment.age.value):
                continue
            for point in segment.points:
                if area and (point.deprivation is None or point.deprivation.aggregate):
                    yield asked.figure(
                        area,
                        _period(point.days, asked),
                        point.value,
                        interval=(point.lower, point.upper),
                        count=point.count,
                        denominator=point.denominator,
                    )


def _period(days: _Days, asked: Asked) -> PeriodSpan:
    try:
        return between(days.first, days.last)
    except ValueError:
        asked.wrong("datePeriod", f"{days.first} to {days.last}", "whole months")
