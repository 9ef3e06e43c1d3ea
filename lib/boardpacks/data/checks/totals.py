"""Checks of totals: twice what they are, among their own parts, or less than one of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid
from boardpacks.data.schema import TableFault

_TWICE = 0.03
"""How near to twice the others a doubled total is."""
_PARTS = 4
"""Parts that a total is held against, at least."""
_WHOLE = ("region", "country")


def doubled_total(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield counts that are twice those before and after, in a series that is steady otherwise."""
    for name, table in _counts(grid):
        if table.shape[1] < 4:
            continue
        before, after = np.full(table.shape, np.nan), np.full(table.shape, np.nan)
        before[:, 1:], after[:, :-1] = table[:, :-1], table[:, 1:]
        beside = np.where(np.isnan(before), after, np.where(np.isnan(after), before, (before + after) / 2))
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = table / beside
            twice = np.abs(ratio - 2) < 2 * _TWICE
            steps = np.abs(np.log(table[:, 1:] / table[:, :-1]))
            logs = np.log(table)
        middle = np.nanmedian(logs, axis=1)
        wrong = (
            twice
            & _calm(steps)[:, None]
            & (np.abs(logs - middle[:, None] - np.log(2)) < 0.15)
            & (table >= 50)
        )
        yield from grid.faults(
            wrong,
            name,
            lambda s, p: f"{table[s, p]:.10g}, twice the {beside[s, p]:,.0f} of the periods beside it,",  # noqa: B023
            "a total that is counted once",
            "a sum over rows that hold their own total is twice too large",
        )


def total_among_parts(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield areas whose count is the sum of all others of their kind, in all periods."""
    for name, table in _counts(grid):
        for kind in sorted(set(grid.kinds)):
            lines = np.flatnonzero(grid.kinds == kind)
            if len(lines) < _PARTS:
                continue
            own = np.nan_to_num(table[lines])
            whole = own.sum(axis=0)
            known = (~np.isnan(table[lines])).sum(axis=0) >= _PARTS
            there = known & (own > 0)
            is_whole = there.any(axis=1) & (np.isclose(2 * own, whole, rtol=0.001) | ~there).all(axis=1)
            only: Flags = np.zeros_like(table, dtype=bool)
            only[lines[is_whole], there[is_whole].argmax(axis=1)] = True
            yield from grid.faults(
                only,
                name,
                lambda s, p: f"{table[s, p]:.10g}, the sum of all other areas of its kind,",  # noqa: B023
                "a total under a code of its own kind: region or country",
            )


def whole_below_part(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield counts of a region or country that are less than those of one of its parts."""
    if not grid.indicator.additive:
        return
    boroughs = grid.kinds == "borough"
    if not boroughs.any():
        return
    most = np.fmax.reduce(grid.value[boroughs], axis=0)
    yield from grid.faults(
        (grid.value < most[None, :]) & np.isin(grid.kinds, _WHOLE)[:, None],
        "value",
        lambda s, p: f"{grid.value[s, p]:.10g}, less than the {most[p]:.10g} of one local authority,",
        "at least as many as in each of its local authorities",
    )


def whole_is_twice_its_parts(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield counts of a region that are twice the sum of its boroughs, all of which are there."""
    boroughs = (grid.kinds == "borough") & np.array([area.code.startswith("E09") for area in grid.areas])
    if boroughs.sum() < _PARTS:
        return
    for name, table in _counts(grid):
        parts = np.nan_to_num(table[boroughs]).sum(axis=0)
        all_there = (~np.isnan(table[boroughs])).all(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            twice = all_there & (np.abs(table / parts - 2) < 2 * _TWICE)
        yield from grid.faults(
            twice & grid.only_region[:, None],
            name,
            lambda s, p: f"{table[s, p]:.10g}, twice the {parts[p]:.10g} of its local authorities,",  # noqa: B023
            "the sum of its local authorities",
            "a sum over rows that hold their own total is twice too large",
        )


def _counts(grid: IndicatorGrid) -> Iterator[tuple[str, Floats]]:
    if grid.indicator.additive:
        yield "value", grid.value
    elif (~np.isnan(grid.count)).any():
        yield "count", grid.count


def _calm(steps: Floats) -> Flags:
    known = (~np.isnan(steps)).sum(axis=1)
    # All but the two steps into and out of the doubled one; what is not known stands behind.
    third_largest = np.sort(steps, axis=1)[np.arange(len(steps)), np.maximum(known - 3, 0)]
    return np.asarray((known >= 3) & (third_largest < 0.2))
