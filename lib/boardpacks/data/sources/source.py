"""What every source offers: the addresses that an indicator needs, and a reader that needs no network."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn, Protocol

from boardpacks.data.sources.label_periods import PeriodSpan, from_month
from boardpacks.params.refreshing import Refresh
from boardpacks.project.errors import InputError, Problem

ENGLAND = "E92000001"
WHOLE = 100
"""A file of fewer organisations is a part of one: their sum is not England's."""


@dataclass(frozen=True)
class PublishedFigure:
    """One published value, with the columns of the tidy CSV files; ``value`` is None where none is published."""

    indicator: str
    area: str
    area_name: str
    sex: str
    period: str
    period_start: dt.date
    period_months: int
    value: float | None
    lower_95: float | None = None
    upper_95: float | None = None
    count: float | None = None
    denominator: float | None = None
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What names it: no two figures have the same."""
        return (self.indicator, self.area, self.sex, self.period)


@dataclass(frozen=True)
class AnswerRequest:
    """An address to ask. Where ``links`` is given, it is a page, and the answers are what its links lead to."""

    address: str
    links: str | None = None


@dataclass(frozen=True)
class Asked:
    """What an answer is read for.

    Parameters
    ----------
    indicator
        Id of the indicator.
    refresh
        What its params say.
    areas
        Areas that figures are wanted of: code and the project's own name.
    address
        Where the answer is from, for messages.
    """

    indicator: str
    refresh: Refresh
    areas: Mapping[str, str]
    address: str

    def area(self, code: str) -> str | None:
        """Return the project's code of a publisher's area, or None where no figures of it are wanted."""
        known = self.refresh.codes.get(code, code)
        return known if known in self.areas else None

    def figure(
        self,
        area: str,
        period: PeriodSpan,
        value: float | None,
        *,
        interval: tuple[float | None, float | None] = (None, None),
        count: float | None = None,
        denominator: float | None = None,
        notes: Iterable[str] = (),
    ) -> PublishedFigure:
        """Return a figure of the indicator, of the sex that params name."""
        return PublishedFigure(
            self.indicator,
            area,
            self.areas[area],
            self.refresh.sex,
            period.label,
            period.start,
            period.months,
            value,
            *interval,
            count,
            denominator,
            "; ".join(filter(None, notes)),
        )

    def check_series(self, known: Collection[str]) -> None:
        """Refuse a series of the params that a source does not have."""
        if self.refresh.series not in known:
            self.wrong("series", self.refresh.series, f"one of {', '.join(known)} in params")

    def wrong(self, key: str, found: str, allowed: str, hint: str = "") -> NoReturn:
        """Refuse the answer.

        Raises
        ------
        InputError
            Always, with its address.
        """
        raise InputError([Problem(self.address, key, " ".join(found.split())[:160], allowed, hint)])


@dataclass(frozen=True)
class AnswerRead:
    """What an answer holds: the columns that it had, and the figures of the areas that are wanted."""

    columns: tuple[str, ...]
    figures: tuple[PublishedFigure, ...]


class Source(Protocol):
    """A publisher's service or series of files. The modules of this room are sources."""

    PUBLISHER: str
    LICENCE: str

    def requests(self, refresh: Refresh) -> tuple[AnswerRequest, ...]:
        """Return the addresses that an indicator's figures are asked for at."""

    def read(self, content: bytes, asked: Asked) -> AnswerRead:
        """Return the figures of an answer.

        Raises
        ------
        InputError
            When it is not what the publisher used to answer: what is missing or cannot be read, by name.
        """


def named_files(refresh: Refresh) -> tuple[AnswerRequest, ...]:
    """Return the files and pages that the params name."""
    pages = (AnswerRequest(page, refresh.links) for page in refresh.pages)
    return (*map(AnswerRequest, refresh.files), *pages)


def month_of(text: str, series: str, example: str, asked: Asked) -> PeriodSpan:
    """Read a month as NHS England's monthly files write it: the name of the series before it, as in the example.

    Raises
    ------
    InputError
        When it is none.
    """
    found = re.fullmatch(rf"{series}-([A-Za-z]+)-([0-9]{{4}})", text)
    try:
        return from_month(found[1] if found else text, found[2] if found else "")
    except ValueError:
        asked.wrong("Period", text, f"a month such as {series}-{example}")


def each_once(figures: Iterable[PublishedFigure], asked: Asked) -> tuple[PublishedFigure, ...]:
    """Return figures without those that are repeated.

    Raises
    ------
    InputError
        When two figures have the same area, sex and period, and are not the same.
    """
    known: dict[tuple[str, str, str, str], PublishedFigure] = {}
    for figure in figures:
        earlier = known.setdefault(figure.key, figure)
        if earlier != figure:
            found = (
                f"{earlier.value} and {figure.value} for {figure.area_name}, {figure.sex}, {figure.period}"
            )
            hint = "the answer holds several series: say with `where` in params which one is meant"
            asked.wrong(asked.indicator, found, "one figure for each area, sex and period", hint)
    return tuple(known.values())
