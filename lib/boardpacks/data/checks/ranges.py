"""Checks that a figure can be at all: in its unit's range, no stand-in for a missing one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid
from boardpacks.data.schema import TableFault
from boardpacks.params.indicator import Indicator

_STAND_INS = np.array([999.0, 9999.0, 99999.0, 999999.0, 888.0, 8888.0, 99.99, 999.9, 9999.9])
"""What programs write where there is no figure."""
_FAR = 1.5
"""How many times as large as every other figure a stand-in is, at least."""
_ALWAYS = 5
"""How many figures of a series show that it is never near 0."""


def out_of_range(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures above the largest, or below the smallest, that the unit has."""
    lowest, highest = _range(grid.indicator)
    yield from _beyond(grid, lambda found: (found > highest) | ((found < lowest) & (lowest != 0)))


def negative_number(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures below 0 of what cannot be negative."""
    if _range(grid.indicator)[0] == 0:
        yield from _beyond(grid, lambda found: found < 0)


def stand_in(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield 999, 9999 and the like where all other figures are far below."""
    marked = np.isin(grid.value, _STAND_INS)
    if marked.any():
        others = grid.value[~marked & ~np.isnan(grid.value)]
        marked &= grid.value > _FAR * (others.max() if len(others) else 0)
        yield from grid.faults(
            marked,
            "value",
            partial(_shown, grid.value),
            "a published figure: programs write such a number where there is none",
            "leave the cell empty, and put the reason into note",
        )


def zero_for_missing(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield zeros without a count in series that are never near zero."""
    positive = np.where(grid.value > 0, grid.value, np.nan)
    enough = (~np.isnan(positive)).sum(axis=1) >= _ALWAYS
    if not enough.any() or not (grid.value == 0).any():
        return
    lines = np.flatnonzero(enough)
    least, most = np.nanmin(positive[lines], axis=1), np.nanmax(positive[lines], axis=1)
    steady = np.zeros(len(enough), dtype=bool)
    steady[lines] = least > most / 4
    marked = (grid.value == 0) & steady[:, None] & np.isnan(grid.count)
    yield from grid.faults(
        marked,
        "value",
        lambda s, p: "0, in a series that is never near it,",
        "a published figure, or an empty cell where there is none",
    )


def _beyond(grid: IndicatorGrid, is_beyond: Callable[[Floats], Flags]) -> Iterator[TableFault]:
    lowest, highest = _range(grid.indicator)
    allowed = f"{lowest:g} to {highest:g}" if highest < float("inf") else f"{lowest:g} or more"
    allowed += f", as the unit is {grid.indicator.unit}"
    for column, found in (("value", grid.value), ("lower_95", grid.lower), ("upper_95", grid.upper)):
        yield from grid.faults(is_beyond(found), column, partial(_shown, found), allowed)


def _shown(numbers: Floats, line: int, column: int) -> str:
    return f"{numbers[line, column]:.10g}"


def _range(indicator: Indicator) -> tuple[float, float]:
    """Return the smallest and largest figure that an indicator's unit has; a difference can be negative."""
    if score := re.search(r"\b([0-9]+)-([0-9]+)$", indicator.unit):
        return float(score[1]), float(score[2])
    highest = 100.0 if indicator.unit == "%" else float("inf")
    said = f"{indicator.id} {indicator.name} {indicator.unit} {indicator.measures}".lower()
    is_difference = re.search(r"gap|difference|change|inequalit|points", said)
    return (-highest if is_difference else 0.0), highest
