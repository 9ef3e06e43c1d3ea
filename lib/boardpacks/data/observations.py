"""Observations as records, and an area's observations as a series."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import isnan

from boardpacks.data.schema import HIDDEN
from boardpacks.data.snapshot import Row, Snapshot
from boardpacks.stats.comparison import Verdict

PUBLISHED = "published"
"""Method of a figure that a publisher gives."""

STATED = "stated in the strategy"
"""Method of a figure that a document states, in the document's own words."""

TARGET = "target, as the params state it"
"""Method of a figure that is to be reached, the same for every area."""


@dataclass(frozen=True)
class Observation:
    """One value of one indicator for one area and period.

    ``value``, ``lower`` and ``upper`` are in the indicator's unit; None where not published. ``method`` is
    ``published``, or says how the value was made from published ones.
    ``count`` and ``denominator`` are people or events as published. ``limits_by`` says how ``lower`` and ``upper`` were
    worked out here, where they are not the publisher's; ``verdict`` is the one against the benchmark of the publisher
    ``verdict_by``, where it is what the figure is judged by.
    """

    indicator: str
    area: str
    area_name: str
    sex: str
    period: str
    start: dt.date
    months: int
    value: float | None
    lower: float | None
    upper: float | None
    count: float | None = None
    denominator: float | None = None
    note: str = ""
    method: str = PUBLISHED
    limits_by: str = ""
    verdict: Verdict | None = None
    verdict_by: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and not isinstance(self, Valued):
            raise TypeError(f"{self.indicator}, {self.area}, {self.period} has a value: make it Valued")

    @property
    def is_hidden(self) -> bool:
        """Whether a policy of disclosure control hides the value."""
        return self.note == HIDDEN

    @property
    def after(self) -> dt.date:
        """The first day after its period."""
        months = self.start.month - 1 + self.months
        return dt.date(self.start.year + months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class Valued(Observation):
    """An observation that has a value."""

    value: float


@dataclass(frozen=True)
class AreaSeries:
    """All observations of one indicator for one area, in order of time, gaps included."""

    area: str
    name: str
    observations: tuple[Observation, ...]

    @property
    def valued(self) -> tuple[Valued, ...]:
        """The observations that have a value."""
        return tuple(o for o in self.observations if isinstance(o, Valued))

    @property
    def latest(self) -> Valued | None:
        """The newest observation that has a value."""
        return next(reversed(self.valued), None)

    def at(self, period: str) -> Valued | None:
        """The observation of a period, if it has a value."""
        return next((o for o in self.valued if o.period == period), None)

    @property
    def is_hidden(self) -> bool:
        """Whether the newest figure is one that a policy of disclosure control hides."""
        return bool(self.observations) and self.observations[-1].is_hidden

    @property
    def is_empty(self) -> bool:
        """Whether not one value is published."""
        return self.latest is None


def area_series(snapshot: Snapshot, indicator: str, area: str, name: str | None = None) -> AreaSeries:
    """Return the series of one area as published; without observations where there are none."""
    shown = name or snapshot.area_name(area)
    rows = snapshot.series(indicator, area)
    return AreaSeries(area, shown, tuple(_observation(row, shown) for row in rows))


def peer_values(snapshot: Snapshot, indicator: str, period: str, area: str) -> tuple[Valued, ...]:
    """Return the published values of all areas of the kind of `area` in one period, smallest first."""
    areas = snapshot.manifest.areas
    found = (_observation(row, areas[row["area"]].name) for row in snapshot.peers(indicator, period, area))
    valued = [one for one in found if isinstance(one, Valued)]
    return tuple(sorted(valued, key=lambda o: (o.value, o.area_name)))


def _observation(row: Row, name: str) -> Observation:
    kind: type[Observation] = Observation if isnan(row["value"]) else Valued
    return kind(
        row["indicator"],
        row["area"],
        name,
        row["sex"],
        row["period"],
        row["period_start"].date(),
        row["period_months"],
        _number(row["value"]),
        _number(row["lower_95"]),
        _number(row["upper_95"]),
        _number(row["count"]),
        _number(row["denominator"]),
        row["note"],
    )


def _number(cell: float) -> float | None:
    return None if isnan(cell) else cell
