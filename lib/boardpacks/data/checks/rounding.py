"""Checks for figures and counts that are rounded where nothing says so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid
from boardpacks.data.schema import TableFault

_ENOUGH = 12
"""Counts that show by their ends that they are rounded: the chance is one in 200 million."""
_AREAS = 10
"""Areas that show by their values that a period is rounded."""


def rounded_counts(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of an indicator whose counts all end in 0 or 5, which the params do not say."""
    known = ~np.isnan(grid.count)
    if grid.indicator.counts_rounded or known.sum() < _ENOUGH:
        return
    step = next((step for step in (10, 5) if (grid.count[known] % step == 0).all()), None)
    if step is not None and (grid.count[known] > 0).any():
        yield TableFault(
            grid.first_row(known),
            f"counts of {grid.indicator.id}",
            f"all {known.sum()} counts are multiples of {step}",
            f"`counts_rounded: true` in params for {grid.indicator.id}, or exact counts",
        )


def rounding_changes(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period whose counts are rounded, where those of other periods are not."""
    known = ~np.isnan(grid.count) & (grid.count > 0)
    fives = known & (grid.count % 5 == 0)
    enough = known.sum(axis=0) >= _ENOUGH
    rounded = enough & (fives.sum(axis=0) == known.sum(axis=0))
    exact = enough & (fives.sum(axis=0) < known.sum(axis=0) / 2)
    if grid.indicator.counts_rounded or not exact.any():
        return
    for column in np.flatnonzero(rounded):
        only = np.zeros_like(known)
        only[:, column] = known[:, column]
        yield TableFault(
            grid.first_row(only),
            f"counts of {grid.indicator.id}",
            f"all {known[:, column].sum()} counts of {grid.periods[column]} are multiples of 5, unlike other periods'",
            "counts that are rounded alike in all periods",
        )


def rounded_values(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period whose values are all whole, where those of the others have decimals."""
    known = ~np.isnan(grid.value)
    whole = known & (grid.value == np.round(grid.value))
    enough = known.sum(axis=0) >= _AREAS
    rounded = enough & (whole.sum(axis=0) == known.sum(axis=0)) & ((grid.value > 0) & known).any(axis=0)
    others = enough & (whole.sum(axis=0) <= 0.3 * known.sum(axis=0))
    if not others.any():
        return
    for column in np.flatnonzero(rounded):
        only = np.zeros_like(known)
        only[:, column] = known[:, column]
        yield TableFault(
            grid.first_row(only),
            f"values of {grid.indicator.id}",
            f"all {known[:, column].sum()} values of {grid.periods[column]} are whole, those of other periods are not",
            "values with as many decimals in all periods",
        )


def things_in_parts(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield values of people or events counted that are not whole."""
    unit = grid.indicator.unit
    if unit in ("people", "attendances", "pathways", "children", "deaths"):
        yield from grid.faults(
            _parts(grid.value),
            "value",
            lambda s, p: f"{grid.value[s, p]:.10g}",
            f"a whole number, as the unit is {unit}",
        )


def _parts(values: Floats) -> Flags:
    return np.asarray(~np.isnan(values) & (values != np.round(values)))
