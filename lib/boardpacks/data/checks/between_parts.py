"""Checks that a whole lies between its parts: a region between its boroughs, persons between the sexes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.against_counts import scale_of
from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid
from boardpacks.data.schema import TableFault

_MOST_BOROUGHS = 30
"""Boroughs of a region from which on they are all, or nearly all."""


def region_outside_boroughs(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield rates of a region that none of its boroughs reaches, or all exceed."""
    yield from _outside(
        grid, grid.only_region, 0.0, "between those of its local authorities, as a mean of them is"
    )


def country_outside_boroughs(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield rates of a country that lie further from all boroughs than these lie from each other."""
    yield from _outside(grid, grid.kinds == "country", 1.0, "near those of the local authorities")


def persons_outside_sexes(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures for persons that do not lie between those for women and for men."""
    for persons, female, male in _sexes(grid):
        if grid.indicator.additive:
            continue
        step = 10.0 ** -grid.places[[persons, female, male]].astype(float).min(axis=0)
        low = np.minimum(grid.value[female], grid.value[male]) - step
        high = np.maximum(grid.value[female], grid.value[male]) + step
        where = np.zeros(grid.value.shape, dtype=bool)
        where[persons] = (grid.value[persons] < low) | (grid.value[persons] > high)
        yield from grid.faults(
            where,
            "value",
            lambda s, p: (
                f"Persons {grid.value[s, p]:.10g}, Female {grid.value[female, p]:.10g}, "  # noqa: B023
                f"Male {grid.value[male, p]:.10g}"  # noqa: B023
            ),
            "a figure for persons between those for women and for men",
        )


def sexes_do_not_add_up(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield counts of persons that are not those of women and of men."""
    tables = [("count", grid.count), ("denominator", grid.denominator)]
    if grid.indicator.additive:
        tables.append(("value", grid.value))
    for persons, female, male in _sexes(grid):
        for name, table in tables:
            both = table[female] + table[male]
            where = np.zeros(table.shape, dtype=bool)
            where[persons] = np.abs(table[persons] - both) > np.maximum(10, 0.02 * both)
            yield from grid.faults(
                where,
                name,
                lambda s, p: f"{table[s, p]:.10g} persons, {both[p]:.10g} women and men",  # noqa: B023
                "as many persons as women and men",
            )


def _outside(grid: IndicatorGrid, whole: Flags, slack: float, allowed: str) -> Iterator[TableFault]:
    is_rate = scale_of(grid.indicator.unit) is not None or grid.indicator.unit.startswith("score")
    if not is_rate or grid.indicator.additive:
        return
    for sex in sorted(set(grid.sexes)):
        same = np.array(grid.sexes) == sex
        boroughs, wholes = same & (grid.kinds == "borough"), same & whole
        parts: Floats = grid.value[boroughs]
        enough = (~np.isnan(parts)).sum(axis=0) >= _MOST_BOROUGHS - 3
        if not enough.any() or not wholes.any():
            continue
        low, high = np.fmin.reduce(parts, axis=0), np.fmax.reduce(parts, axis=0)
        room = slack * (high - low) + 10.0 ** -grid.places[boroughs].min(axis=0).astype(float)
        where = ((grid.value < low - room) | (grid.value > high + room)) & wholes[:, None] & enough[None, :]
        yield from grid.faults(
            where,
            "value",
            lambda s, p: f"{grid.value[s, p]:.10g}, but its parts have {low[p]:.10g} to {high[p]:.10g}",  # noqa: B023
            f"a figure {allowed}",
        )


def _sexes(grid: IndicatorGrid) -> Iterator[tuple[int, int, int]]:
    """Yield the lines of persons, women and men of each area that has all three."""
    at = {(area.code, sex): line for line, (area, sex) in enumerate(zip(grid.areas, grid.sexes, strict=True))}
    for (code, sex), line in at.items():
        if sex == "Persons" and (code, "Female") in at and (code, "Male") in at:
            yield line, at[code, "Female"], at[code, "Male"]
