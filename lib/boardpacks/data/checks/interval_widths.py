"""Checks of the published interval against its value and the number of people that it is of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.against_counts import is_standardised, scale_of
from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid, decimals
from boardpacks.data.schema import TableFault

_WIDE = 6.0
"""How many times as wide as the counts allow an interval can be: surveys are weighted."""
_NARROW = 0.25
"""How much of the width that the counts allow an interval has at least."""
_LOPSIDED = 0.12
"""How near to one of its limits a value can lie, as a part of the width."""
_Z = 1.959964


def zero_width(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield intervals of no width at values that are neither nothing nor all."""
    inside = (grid.value > 0) & ~((grid.value == 100) & (grid.indicator.unit == "%"))
    yield from _tell(grid, (grid.lower == grid.upper) & inside, "two limits that the value lies between")


def too_wide(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield intervals much wider than their counts allow."""
    expected = _expected(grid)
    wide = (grid.upper - grid.lower) > _WIDE * expected + 2 * _step(grid)
    yield from _tell(grid, wide, "an interval no wider than the count and denominator allow", expected)


def too_narrow(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield intervals much narrower than their counts allow."""
    expected = _expected(grid)
    narrow = (grid.upper - grid.lower) + 2 * _step(grid) < _NARROW * expected
    yield from _tell(grid, narrow, "an interval as wide as the count and denominator allow", expected)


def lopsided(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield intervals whose value lies next to one limit, far from 0 and from 100."""
    width = grid.upper - grid.lower
    with np.errstate(invalid="ignore", divide="ignore"):
        part = (grid.value - grid.lower) / width
    wide_enough = width > 10 * _step(grid)
    inside = (grid.lower > width) & (np.isnan(grid.count) | (grid.count > 20))
    if grid.indicator.unit == "%":
        inside &= grid.upper < 100 - width
    wrong = ((part < _LOPSIDED) | (part > 1 - _LOPSIDED)) & wide_enough & inside & (width > 0)
    yield from _tell(grid, wrong, "a value that lies well between its limits")


def unlike_the_others(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield intervals of an area that are far wider or narrower than all others of that area."""
    with np.errstate(invalid="ignore", divide="ignore"):
        width = np.log(np.where(grid.upper > grid.lower, grid.upper - grid.lower, np.nan))
    enough = (~np.isnan(width)).sum(axis=1) >= 5
    if not enough.any():
        return
    middle = np.full(len(width), np.nan)
    middle[enough] = np.nanmedian(width[enough], axis=1)
    wrong = np.abs(width - middle[:, None]) > np.log(10)
    yield from _tell(grid, wrong, "an interval about as wide as those of other periods")


def _expected(grid: IndicatorGrid) -> Floats:
    """Return how wide the interval of a share or a crude rate is by its counts, NaN where that is not known."""
    scale = scale_of(grid.indicator.unit)
    if scale is None or is_standardised(grid.indicator):
        return np.full(grid.value.shape, np.nan)
    share = np.clip(grid.value / scale, 0, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = share * (1 - share) if grid.indicator.unit == "%" else share
        width = 2 * _Z * scale * np.sqrt(spread / grid.denominator + _Z**2 / 4 / grid.denominator**2)
    return np.where(share * grid.denominator >= 5, width, np.nan)


def _step(grid: IndicatorGrid) -> Floats:
    if np.isnan(grid.lower).all():
        return grid.lower
    places = np.maximum(decimals(grid.upper), np.maximum(decimals(grid.lower), grid.places))
    return np.asarray(10.0 ** -places.astype(float))


def _tell(
    grid: IndicatorGrid, where: Flags, allowed: str, expected: Floats | None = None
) -> Iterator[TableFault]:
    def found(line: int, column: int) -> str:
        at = (line, column)
        words = f"lower {grid.lower[at]:.6g}, value {grid.value[at]:.6g}, upper {grid.upper[at]:.6g}"
        return words if expected is None else f"{words}, but about {expected[at]:.3g} wide by its counts,"

    yield from grid.faults(where, "interval", found, allowed)
