"""Checks that one series has one geography: areas of the kinds that the indicator is of, codes that go together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, IndicatorGrid
from boardpacks.data.schema import TableFault

_TIERS = {"county": "borough", "icb": "sub-icb"}


def trusts_among_places(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a trust in an indicator of places."""
    if grid.indicator.areas == "boroughs":
        yield from _first(
            grid, grid.kinds == "trust", "places, as `areas` says; an indicator of trusts has `areas: trusts`"
        )


def places_among_trusts(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a local authority in an indicator of trusts."""
    if grid.indicator.areas == "trusts":
        wrong = np.isin(grid.kinds, ("borough", "county", "combined"))
        yield from _first(grid, wrong, "trusts, as `areas` says; countries and regions beside them")


def unknown_area(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of each area of which nothing says what kind it is."""
    for line in np.flatnonzero(grid.kinds == "other"):
        yield from _first(
            grid,
            np.arange(len(grid.kinds)) == line,
            "a code of a known kind, or its kind in the table of areas",
        )


def two_tiers(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a county where its parts may stand too: people would be counted twice."""
    for whole, part in _TIERS.items():
        if grid.indicator.additive and (grid.kinds == part).any():
            yield from _first(
                grid, grid.kinds == whole, f"areas of one tier: there are areas of the kind {part} too"
            )


def renewed_code(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of an area that had another code in earlier periods: its boundary may have changed."""
    for line, other in _of_one_name(grid):
        there, before = np.flatnonzero(grid.row[line] >= 0), np.flatnonzero(grid.row[other] >= 0)
        later, earlier = (line, other) if there.min() > before.max() else (other, line)
        if np.flatnonzero(grid.row[later] >= 0).min() > np.flatnonzero(grid.row[earlier] >= 0).max():
            only: Flags = np.zeros_like(grid.row, dtype=bool)
            only[later] = grid.row[later] >= 0
            yield TableFault(
                grid.first_row(only),
                f"area of {grid.indicator.id}",
                f"{grid.areas[later].code} is {grid.areas[later].name}, which was {grid.areas[earlier].code} before",
                "one code in all periods, or figures of one boundary",
            )


def name_twice(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield areas that have one name and kind and two codes in one period."""
    for line, other in _of_one_name(grid):
        both = (grid.row[line] >= 0) & (grid.row[other] >= 0)
        if both.any():
            only: Flags = np.zeros_like(grid.row, dtype=bool)
            only[line] = both
            yield TableFault(
                grid.first_row(only),
                f"area of {grid.indicator.id}",
                f"{grid.areas[line].name} as {grid.areas[line].code} and {grid.areas[other].code} in one period",
                "each area under one code",
            )


def combined_beside_part(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield parts of areas that have the very figure and counts of the whole."""
    for line in np.flatnonzero(grid.kinds == "combined"):
        same = (grid.value == grid.value[line]) & (grid.denominator == grid.denominator[line])
        same[line] = False
        yield from grid.faults(
            same & (grid.kinds == "borough")[:, None],
            "value",
            lambda s, p: (
                f"{grid.value[s, p]:.10g} of {grid.denominator[s, p]:.10g}, as the combined area has it,"
            ),
            "the area's own figure, or the combined area's alone",
        )


def _of_one_name(grid: IndicatorGrid) -> Iterator[tuple[int, int]]:
    seen: dict[tuple[str, str, str], int] = {}
    for line, (area, sex) in enumerate(zip(grid.areas, grid.sexes, strict=True)):
        other = seen.setdefault((area.name.casefold(), area.kind, sex), line)
        if other != line:
            yield line, other


def _first(grid: IndicatorGrid, lines: Flags, allowed: str) -> Iterator[TableFault]:
    for line in np.flatnonzero(lines)[:1]:
        only: Flags = np.zeros_like(grid.row, dtype=bool)
        only[line] = grid.row[line] >= 0
        area = grid.areas[line]
        more = f" and {lines.sum() - 1} more" if lines.sum() > 1 else ""
        yield TableFault(
            grid.first_row(only),
            f"area of {grid.indicator.id}",
            f"{area.code}, {area.name}, of the kind {area.kind}{more}",
            allowed,
        )
