"""Checks that all figures of an indicator are on one scale: shares as per cent, rates per the same number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from boardpacks.data.checks.against_counts import scale_of
from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid, Whole
from boardpacks.data.schema import TableFault

_GAP = 30
"""How many times as large as the next smaller one a figure on the same scale can be; the most that was ever published
is 11 times, from one year of an area to another."""
_GAP_OF_AREAS = 20
"""How many times as high as the next lower area an area's middle figure can be; the most ever published is 5 times."""
_GAP_OF_COUNTS = 300
"""The same for things counted, of which a small area may have next to none in one year."""
_FRACTION, _PERCENT = 1, 10
"""A percentage of at most 1, where all others are at least 10, is a fraction."""


def off_scale(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures that are far from all others of their area or, unless things are counted, of all areas.

    Figures that have a count and a denominator are settled by them.
    """
    codes = [area.code for area in grid.areas]
    line, column = np.nonzero((grid.value > 0) & (grid.row >= 0))
    held = grid.held
    kept = np.flatnonzero(held.value > 0) if held else np.array([], dtype=np.int64)
    values = np.concatenate([grid.value[line, column], held.value[kept] if held else []])
    if len(values) < 2:
        return
    named = (
        [*(codes[at] for at in line), *(held.area[at] for at in kept)] if held else [codes[at] for at in line]
    )
    area, _ = pd.factorize(np.array(named, dtype=object))
    is_new = np.arange(len(values)) < len(line)
    splits = [_split(values, is_new, area, grid)]
    if scale_of(grid.indicator.unit) is not None:
        splits.append(_split(values, is_new, np.zeros(len(values), dtype=np.int64), grid))
        splits.append(_split_areas(values, is_new, area))
    told: set[int] = set()
    settled = ~np.isnan(grid.count) & ~np.isnan(grid.denominator)
    for wrong, others in splits:
        for at in np.flatnonzero(wrong & is_new).tolist():
            where = (int(line[at]), int(column[at]))
            if settled[where] or int(grid.row[where]) in told:
                continue
            told.add(int(grid.row[where]))
            right = others[at]
            beside = "held and new" if (right & ~is_new).any() else "in the same files"
            yield TableFault(
                int(grid.row[where]),
                f"value of {grid.indicator.id}",
                f"{values[at]:.10g} for {codes[where[0]]}, {grid.periods[where[1]]}",
                f"figures on the scale of the others, {beside}: "
                f"{values[right].min():.6g} to {values[right].max():.6g}",
                f"unit {grid.indicator.unit}; a count and denominator that give the same value would settle it",
            )


def all_below_one(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a percentage whose figures are all below 1, which a few rare things are."""
    positive = grid.value[grid.value > 0]
    if grid.indicator.unit == "%" and len(positive) and positive.max() <= _FRACTION:
        yield TableFault(
            grid.first_row(grid.value > 0),
            f"values of {grid.indicator.id}",
            f"all {len(positive)} figures lie between 0 and 1",
            "per cent, as the unit is %: 0.36 is read as 0.36%",
        )


_Split = tuple[Flags, dict[int, Flags]]
"""Figures that are off, and for each the figures that it is off from."""


def _split(values: Floats, is_new: Flags, pool: Whole, grid: IndicatorGrid) -> _Split:
    """Split figures of a pool where there is a gap between them that no scale has."""
    order = np.lexsort((values, pool))
    low, high = values[order[:-1]], values[order[1:]]
    same = pool[order[:-1]] == pool[order[1:]]
    if grid.indicator.unit == "%":
        gap = (low <= _FRACTION) & (high >= _PERCENT)
    else:
        gap = high >= low * (
            _GAP_OF_COUNTS if grid.indicator.additive or not grid.indicator.decimals else _GAP
        )
    wrong = np.zeros(len(values), dtype=bool)
    others: dict[int, Flags] = {}
    seen: set[int] = set()
    for at in np.flatnonzero(gap & same):
        own = int(pool[order[at]])
        if own in seen:
            continue
        seen.add(own)
        below = (pool == own) & (values <= low[at])
        above = (pool == own) & (values > low[at])
        off, right = _lighter(below, above, is_new)
        wrong |= off
        others |= dict.fromkeys(map(int, np.flatnonzero(off)), right)
    return wrong, others


def _split_areas(values: Floats, is_new: Flags, area: Whole) -> _Split:
    """Split areas by their middle figures."""
    order = np.lexsort((values, area))
    sizes = np.bincount(area)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    ordered = values[order]
    middle = (ordered[begins + (sizes - 1) // 2] + ordered[begins + sizes // 2]) / 2
    area_is_new = np.bincount(area, weights=~is_new) == 0
    ranked = np.argsort(middle, kind="stable")
    gaps = np.flatnonzero(middle[ranked[1:]] >= middle[ranked[:-1]] * _GAP_OF_AREAS)
    wrong = np.zeros(len(values), dtype=bool)
    if not len(gaps):
        return wrong, {}
    below = np.zeros(len(middle), dtype=bool)
    below[ranked[: gaps[0] + 1]] = True
    off, right = _lighter(below, ~below, area_is_new)
    wrong = off[area]
    return wrong, dict.fromkeys(map(int, np.flatnonzero(wrong)), right[area])


def _lighter(below: Flags, above: Flags, is_new: Flags) -> tuple[Flags, Flags]:
    """Return the side with fewer held figures, or fewer figures, and the other one."""
    weigh = [(int((side & ~is_new).sum()), int(side.sum())) for side in (below, above)]
    return (below, above) if weigh[0] <= weigh[1] else (above, below)
