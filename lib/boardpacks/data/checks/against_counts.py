"""Checks of a value against its count and its denominator."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.indicator_grid import Floats, IndicatorGrid
from boardpacks.data.schema import TableFault
from boardpacks.params.indicator import Indicator

_ENOUGH = 8
"""Counts that show by their ends that a publisher rounds them."""
_STANDARDISED = 10
"""How many times a rate can be what it was before it was standardised."""


def scale_of(unit: str) -> float | None:
    """Return what a share is multiplied by to be in `unit`: 100 for %, 1,000 for "per 1,000 births"."""
    if unit == "%":
        return 100.0
    found = re.match(r"per ([0-9,]+)\b", unit)
    return float(found[1].replace(",", "")) if found else None


def count_above_denominator(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield counts of a share that are more than all."""
    if grid.indicator.unit == "%":
        yield from grid.faults(
            grid.count - grid.denominator > 2 * half_steps(grid),
            "count",
            lambda s, p: f"{_counted(grid, s, p)},",
            "no more than the denominator, as the unit is %",
        )


def value_is_not_count(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield values of things counted that differ from their count."""
    if grid.indicator.additive:
        yield from grid.faults(
            np.isnan(grid.denominator) & (np.abs(grid.value - grid.count) > half_steps(grid)),
            "value",
            lambda s, p: f"value {grid.value[s, p]:.10g}, count {grid.count[s, p]:.10g},",
            "the count",
        )


def value_against_counts(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield values that are not their count over their denominator."""
    scale = scale_of(grid.indicator.unit)
    if scale is None or not (~np.isnan(grid.denominator)).any():
        return
    half = half_steps(grid)
    allowance = 10.0 ** -grid.places.astype(float) + 1e-9
    least = scale * np.maximum(grid.count - half, 0) / (grid.denominator + half) - allowance
    most = scale * (grid.count + half) / np.maximum(grid.denominator - half, 1e-9) + allowance
    times = _STANDARDISED if is_standardised(grid.indicator) else 1
    wrong = (grid.value < least / times) | (grid.value > most * times)
    if grid.indicator.unit == "%":
        wrong &= ~(grid.count - grid.denominator > 2 * half)
    hint = f"if the rate is standardised, by age say, write so in `measures` of {grid.indicator.id}"
    yield from grid.faults(
        wrong,
        "value",
        lambda s, p: (
            f"value {grid.value[s, p]:.10g}, but {_counted(grid, s, p)} is "
            f"{scale * grid.count[s, p] / grid.denominator[s, p]:.5g},"
        ),
        f"count over denominator, times {scale:,.0f}",
        "" if grid.indicator.unit == "%" else hint,
    )


def value_in_count(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield rows whose value and count have changed places, as the denominator tells."""
    scale = scale_of(grid.indicator.unit)
    if scale is None:
        return
    with np.errstate(invalid="ignore", divide="ignore"):
        exchanged = scale * grid.value / grid.denominator
        as_said = scale * grid.count / grid.denominator
    near = np.abs(exchanged - grid.count) <= np.maximum(0.01 * grid.count, 0.11)
    wrong = near & (np.abs(as_said - grid.value) > 0.1 * grid.value) & (grid.value > 0)
    yield from grid.faults(
        wrong,
        "value",
        lambda s, p: f"value {grid.value[s, p]:.10g} and count {grid.count[s, p]:.10g}",
        "the value in the column value, and the count in the column count",
    )


def value_repeated_as_count(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a rate whose count or denominator is always the value again."""
    if grid.indicator.additive or not grid.indicator.decimals:
        return
    for name, column in (("count", grid.count), ("denominator", grid.denominator)):
        known = ~np.isnan(column) & ~np.isnan(grid.value)
        if known.sum() >= 3 and (column[known] == grid.value[known]).all() and (grid.value[known] != 0).any():
            first = np.zeros_like(known)
            first.flat[int(np.flatnonzero(known)[0])] = True
            yield from grid.faults(
                first,
                name,
                lambda s, p: f"the value again in all {known.sum()} rows, {grid.value[s, p]:.10g}",  # noqa: B023
                f"people or events, since the unit is {grid.indicator.unit}",
            )


def half_steps(grid: IndicatorGrid) -> Floats:
    """Return by how much each area's counts may differ from the true ones: half of what all are rounded to."""
    areas = grid.area_numbers
    known = ~np.isnan(grid.count)
    parts = np.stack([np.where(known, grid.count, np.nan), np.where(known, grid.denominator, np.nan)])

    def of_areas(flags: Floats) -> Floats:
        sums = np.bincount(areas, weights=flags.sum(axis=(0, 2)), minlength=areas.max() + 1)
        return np.asarray(sums, dtype=float)

    there = of_areas((~np.isnan(parts)).astype(float))
    tens = of_areas((parts % 10 == 0).astype(float))
    fives = of_areas((parts % 5 == 0).astype(float))
    is_telling = there >= _ENOUGH
    fives_said = grid.indicator.counts_rounded | (is_telling & (fives == there))
    half = np.where(is_telling & (tens == there), 5.0, np.where(fives_said, 2.5, 0.0))
    return np.asarray(half[areas][:, None], dtype=float)


def is_standardised(indicator: Indicator) -> bool:
    """Whether an indicator's words say that its rate is standardised, by age say."""
    said = f"{indicator.name} {indicator.unit} {indicator.measures} {indicator.note or ''}".lower()
    return "standardis" in said or "standardiz" in said


def _counted(grid: IndicatorGrid, line: int, column: int) -> str:
    return f"{grid.count[line, column]:.10g} of {grid.denominator[line, column]:.10g}"
