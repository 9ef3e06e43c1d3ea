"""One indicator's figures as a grid of series and periods, which checks look at as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from boardpacks.data.area_kinds import Kind
from boardpacks.data.schema import TableFault
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.params.indicator import Indicator

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
NUMBERS = ("value", "lower_95", "upper_95", "count", "denominator")


@dataclass(frozen=True)
class GridArea:
    """The area of a row of the grid: its code, its name and what kind of area it is."""

    code: str
    name: str
    kind: Kind


@dataclass(frozen=True)
class Held:
    """Figures of an indicator that packs are made from already."""

    area: tuple[str, ...]
    value: Floats


@dataclass(frozen=True, eq=False)
class IndicatorGrid:
    """The rows of one indicator: a row of the grid is one area and sex, a column is one period, in order of time.

    Parameters
    ----------
    row
        Number of the table's row in each cell, -1 where it has none.
    value, lower, upper, count, denominator
        What the table has there, NaN where it has nothing.
    areas, sexes
        Of each row of the grid.
    periods, starts, months
        Label, first day and length of each column.
    notes
        The publisher's remarks, by the number of the table's row.
    held
        What is held of the indicator already.
    today
        The day on which the figures are checked.
    """

    indicator: Indicator
    row: Whole
    value: Floats
    lower: Floats
    upper: Floats
    count: Floats
    denominator: Floats
    areas: tuple[GridArea, ...]
    sexes: tuple[str, ...]
    periods: tuple[str, ...]
    starts: tuple[dt.date, ...]
    months: Whole
    notes: pd.Series[str]
    held: Held | None
    today: dt.date

    @cached_property
    def kinds(self) -> npt.NDArray[np.str_]:
        """Kind of area of each row of the grid."""
        return np.array([area.kind for area in self.areas])

    @cached_property
    def only_region(self) -> Flags:
        """Rows of the region, where there is one: of several, nothing says whose parts the boroughs are."""
        regions = {area.code for area in self.areas if area.kind == "region"}
        return np.asarray((self.kinds == "region") & (len(regions) == 1))

    @cached_property
    def area_numbers(self) -> Whole:
        """A number for each area, for each row of the grid."""
        return np.unique([area.code for area in self.areas], return_inverse=True)[1]

    @cached_property
    def is_rolling(self) -> bool:
        """Whether periods overlap by design: each begins before the one before it has ended, or all begin at once."""
        begins = month_numbers(self.starts)
        return len(begins) > 1 and bool(np.median(np.diff(begins) - self.months[:-1]) < 0)

    @cached_property
    def changes(self) -> Floats:
        """How each figure differs from that of the period before, on a scale where such changes are alike."""
        return np.diff(self.scaled(self.value), axis=1)

    def scaled(self, values: Floats) -> Floats:
        """Return shares as angles, things and rates as logarithms, and all others as they are."""
        with np.errstate(invalid="ignore", divide="ignore"):
            if self.indicator.unit == "%":
                return np.arcsin(np.sqrt(np.clip(values / 100, 0, 1)))
            if self.is_counted or self.indicator.unit.startswith("per "):
                return np.log(np.where(values > 0, values, np.nan))
        return values

    @cached_property
    def places(self) -> Whole:
        """How many decimals each value has."""
        return decimals(self.value)

    @cached_property
    def is_counted(self) -> bool:
        """Whether the indicator counts things, which can be added up."""
        return self.indicator.additive

    def breaks_before(self, column: int) -> bool:
        """Whether the params name a break between this period and the one before it."""
        begin, end = self.starts[column - 1], self.end(column)
        return any(begin < known.since <= end for known in self.indicator.breaks)

    def end(self, column: int) -> dt.date:
        """Return the last day of a period."""
        return end_of(self.starts[column], int(self.months[column]))

    def faults(
        self,
        where: Flags,
        key: str,
        found: Callable[[int, int], str],
        allowed: str | Callable[[int, int], str],
        hint: str = "",
    ) -> Iterator[TableFault]:
        """Yield a fault for each cell that is marked in `where` and is a row of the table."""
        for line, column in np.argwhere(where & (self.row >= 0)):
            says = allowed if isinstance(allowed, str) else allowed(line, column)
            words = f"{found(line, column)} for {self.areas[line].code}, {self.periods[column]}"
            yield TableFault(int(self.row[line, column]), f"{key} of {self.indicator.id}", words, says, hint)

    def first_row(self, where: Flags) -> int:
        """Return the table's first row among the marked cells."""
        return int(self.row[where & (self.row >= 0)].min())


def indicator_grid(
    rows: pd.DataFrame,
    indicator: Indicator,
    areas: Mapping[str, SnapshotArea],
    held: pd.DataFrame | None,
    today: dt.date,
) -> IndicatorGrid:
    """Return the grid of one indicator's rows of a sound table."""
    # One label for each start and length, and in order of time: the table is sound.
    label_of, labels = pd.factorize(rows["period"])
    firsts = np.unique(label_of, return_index=True)[1]
    starts = rows["period_start"].to_numpy().astype("datetime64[D]")[firsts]
    months = rows["period_months"].to_numpy(dtype=np.int64)[firsts]
    order = np.lexsort((np.asarray(labels, dtype=str), months, starts))
    column = np.empty(len(order), dtype=np.int64)
    column[order] = np.arange(len(order))
    at_column = column[label_of]
    area_of, codes = pd.factorize(rows["area"], sort=True)
    sex_of, sexes = pd.factorize(rows["sex"], sort=True)
    pairs, at_line = np.unique(area_of * len(sexes) + sex_of, return_inverse=True)
    named, said = codes.tolist(), sexes.tolist()
    lines = [(named[pair // len(said)], said[pair % len(said)]) for pair in pairs]
    shape = (len(lines), len(order))
    numbers = {}
    for name in NUMBERS:
        numbers[name] = np.full(shape, np.nan)
        numbers[name][at_line, at_column] = rows[name].to_numpy(dtype=float)
    row = np.full(shape, -1, dtype=np.int64)
    row[at_line, at_column] = rows.index.to_numpy()
    return IndicatorGrid(
        indicator,
        row,
        numbers["value"],
        numbers["lower_95"],
        numbers["upper_95"],
        numbers["count"],
        numbers["denominator"],
        areas=tuple(GridArea(code, areas[code].name, areas[code].kind) for code, _ in lines),
        sexes=tuple(sex for _, sex in lines),
        periods=tuple(str(labels[at]) for at in order),
        starts=tuple(starts[order].tolist()),
        months=months[order],
        notes=rows["note"],
        held=None
        if held is None
        else Held(tuple(held["area"].astype(str)), held["value"].to_numpy(dtype=float)),
        today=today,
    )


def month_numbers(days: tuple[dt.date, ...]) -> Whole:
    """Return the month of each day, counted from the year 0."""
    return np.array([day.year * 12 + day.month - 1 for day in days], dtype=np.int64)


def end_of(start: dt.date, months: int) -> dt.date:
    """Return the last day of as many months from a day on."""
    after = start.year * 12 + start.month - 1 + months
    return dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)


def decimals(values: Floats) -> Whole:
    """Return how many decimals each value has, up to ten."""
    left = np.full(values.shape, 10, dtype=np.int64)
    for places in range(9, -1, -1):
        scaled = values * 10.0**places
        left[np.abs(scaled - np.round(scaled)) < 1e-6 * 10.0 ** (places - 4)] = places
    return left


def spread(values: Floats) -> Floats:
    """Return the robust spread of each row's known values: 1.48 times the middle distance from their middle."""
    off = np.abs(values - np.nanmedian(values, axis=1, keepdims=True))
    return np.asarray(1.4826 * np.nanmedian(off, axis=1), dtype=float)
