"""Checks that the unit stays: no factor of 10, 100 or 1,000 between periods or areas, no scale turned round."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid
from boardpacks.data.schema import TableFault

_NEAR = 0.12
"""How near to a power of ten a factor is, in powers of ten."""
_STEADY = 0.3
"""How far a steady series moves at most, in powers of ten, outside the change."""


def unit_changes(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period in which all series are 10, 100 or 1,000 times what they were."""
    steps = _steps(grid)
    for at in range(steps.shape[1]):
        there = ~np.isnan(steps[:, at])
        if there.sum() < 3:
            continue
        middle, powers = float(np.median(steps[there, at])), np.round(np.median(steps[there, at]))
        near = np.abs(steps[there, at] - powers) < 0.3
        if powers and abs(middle - powers) < _NEAR and near.mean() >= 0.8 and not grid.breaks_before(at + 1):
            only: Flags = np.zeros_like(grid.value, dtype=bool)
            only[there, at + 1] = True
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"all {there.sum()} series are {_times(powers)} what they were, from {grid.periods[at + 1]} on",
                f"one unit in all periods: {grid.indicator.unit}",
            )


def unit_changes_in_series(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures that are 10, 100 or 1,000 times those of a series that is steady otherwise."""
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log10(np.where(grid.value > 0, grid.value, np.nan))
    enough = (~np.isnan(logs)).sum(axis=1) >= 4
    if not enough.any():
        return
    middle = np.full(len(logs), np.nan)
    middle[enough] = np.nanmedian(logs[enough], axis=1)
    off = logs - middle[:, None]
    powers = np.round(off)
    wrong = (powers != 0) & (np.abs(off - powers) < _NEAR)
    rest = np.where(wrong, np.nan, np.abs(off))
    steady = np.zeros(len(logs), dtype=bool)
    steady[enough] = np.nanmax(rest[enough], axis=1) < _STEADY
    # About as others have it, a figure may be right.
    usual = np.where(wrong, np.nan, logs)
    if len(logs) > 1 and (~np.isnan(usual)).any():
        wrong &= (logs < np.nanmin(usual) - 0.5) | (logs > np.nanmax(usual) + 0.5)
    with np.errstate(invalid="ignore"):
        yield from grid.faults(
            wrong & steady[:, None] & ~(grid.count < 30),
            "value",
            lambda s, p: f"{grid.value[s, p]:.10g}, about {_times(powers[s, p])} the others of its series,",
            f"one unit in all periods: {grid.indicator.unit}",
        )


def reversed_scale(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures that are 100 less the others of their series: those who do not, for those who do."""
    if grid.indicator.unit != "%":
        return
    enough = (~np.isnan(grid.value)).sum(axis=1) >= 4
    if not enough.any():
        return
    middle = np.full(len(grid.value), np.nan)
    middle[enough] = np.nanmedian(grid.value[enough], axis=1)
    usual = np.abs(grid.value - middle[:, None])
    turned = np.abs(100 - grid.value - middle[:, None])
    rest = np.where(usual > 20, np.nan, usual)
    most = np.full(len(grid.value), np.nan)
    most[enough] = np.nanmax(rest[enough], axis=1, initial=0)
    turns = (usual > 20) & (turned < 0.15 * usual)
    # One area may go from nearly none to nearly all; with a scale that is turned round all do.
    all_do = turns.sum(axis=0) >= np.maximum(0.5 * (~np.isnan(grid.value)).sum(axis=0), 1)
    wrong = turns & all_do[None, :] & (most < 0.2 * np.abs(100 - 2 * middle))[:, None]
    yield from grid.faults(
        wrong,
        "value",
        lambda s, p: f"{grid.value[s, p]:.10g}, which is 100 less the usual {middle[s]:.4g} or so,",
        "the share of those who do, in all periods",
    )


def _steps(grid: IndicatorGrid) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.diff(np.log10(np.where(grid.value > 0, grid.value, np.nan)), axis=1)


def _times(powers: float) -> str:
    factor = 10 ** abs(int(powers))
    return (
        f"{factor:,} times"
        if powers > 0
        else f"one {'tenth' if factor == 10 else 'hundredth' if factor == 100 else 'thousandth'} of"
    )
