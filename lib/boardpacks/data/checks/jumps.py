"""Checks of each series against its own past: what never moved so far, and what no longer moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from boardpacks.data.checks.indicator_grid import Flags, Floats, IndicatorGrid, spread
from boardpacks.data.schema import TableFault

_FEWEST = 5
"""Changes that show how far a series moves, at least."""
_TIMES = 9.0
"""How many times as far as usual a figure can move, measured by the robust spread of the changes."""
_MANY = 1000
"""People whose number does not double from one period to the next."""
_EVENTS = 30
"""Of fewer events, any number can be had by chance."""
_POINTS = 5
_SERIES = 8
"""Series that show that all have changed."""
_SAME = 5
"""Periods in a row in which a series may have one value."""
_BREAK = re.compile(
    r"break in (the )?(time )?series|not comparable (with|to)|change (of|in) (method|definition)", re.I
)


def spike(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures that leave their series for one period and are back in the next."""
    if grid.value.shape[1] < 3:
        return
    own, usual_of = _movements(grid)
    out, back = own[:, :-1], own[:, 1:]
    usual = usual_of[:, None]
    with np.errstate(invalid="ignore"):
        far = np.minimum(np.abs(out), np.abs(back)) > _TIMES * usual
        returns = (np.sign(out) != np.sign(back)) & (np.abs(out + back) < 0.35 * np.abs(out))
    where = np.zeros(grid.value.shape, dtype=bool)
    where[:, 1:-1] = far & returns
    yield from grid.faults(
        where & _is_large_enough(grid),
        "value",
        lambda s, p: (
            f"{grid.value[s, p]:.10g} between {grid.value[s, p - 1]:.10g} and {grid.value[s, p + 1]:.10g}"
        ),
        "a figure that its series leads up to",
    )


def jump(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield figures that are further from the one before than the series, or others like it, ever moved."""
    own, usual_of = _movements(grid)
    if own.shape[1] < _FEWEST:
        return
    usual = usual_of[:, None]
    with np.errstate(invalid="ignore"):
        far = np.abs(own) > 1.5 * _TIMES * usual
    where = np.zeros(grid.value.shape, dtype=bool)
    where[:, 1:] = far
    for column in range(1, grid.value.shape[1]):
        if where[:, column].any() and grid.breaks_before(column):
            where[:, column] = False
    # The way back from a spike is no jump of its own.
    where[:, 2:] &= ~where[:, 1:-1]
    yield from grid.faults(
        where & _is_large_enough(grid),
        "value",
        lambda s, p: f"{grid.value[s, p]:.10g} after {grid.value[s, p - 1]:.10g}",
        "a change that the series or others like it have made before",
        "if the publisher changed the method, write it into `breaks` of the indicator",
    )


def denominator_jump(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield denominators that are twice or half of those both before and after, or of all before."""
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(grid.denominator)
    if logs.shape[1] < 4:
        return
    known = (~np.isnan(logs)).sum(axis=1) >= 4
    if not known.any():
        return
    middle = np.full(len(logs), np.nan)
    middle[known] = np.nanmedian(logs[known], axis=1)
    off = logs - middle[:, None]
    # What all series of a period have in common is a scheme that begins, not a fault of one.
    several = (~np.isnan(off)).sum(axis=0) >= 2
    if several.any():
        off[:, several] -= np.nanmedian(off[:, several], axis=0)
    width = np.full(len(logs), np.nan)
    width[known] = 1.4826 * np.nanmedian(np.abs(off[known]), axis=1)
    wrong = np.abs(off) > np.maximum(np.log(1.9), 8 * width[:, None])
    wrong &= (middle >= np.log(_MANY))[:, None]
    yield from grid.faults(
        wrong,
        "denominator",
        lambda s, p: f"{grid.denominator[s, p]:.10g}, but {np.exp(middle[s]):,.0f} is usual,",
        "about as many people as in other periods",
    )


def undeclared_break(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row of a period in which nearly all series move further than ever before or after."""
    changes = grid.changes
    if changes.shape[1] < _FEWEST:
        return
    known = (~np.isnan(changes)).sum(axis=0) >= _SERIES
    if known.sum() < _FEWEST:
        return
    middle = np.full(changes.shape[1], np.nan)
    middle[known] = np.nanmedian(changes[:, known], axis=0)
    usual = max(float(spread(middle[None])[0]), _floor(grid))
    for at in np.flatnonzero(np.abs(middle) > 3 * _TIMES * usual).tolist():
        there = ~np.isnan(changes[:, at])
        alike = (np.sign(changes[there, at]) == np.sign(middle[at])).mean()
        if alike >= 0.95 and not grid.breaks_before(at + 1):
            only: Flags = np.zeros_like(grid.value, dtype=bool)
            only[there, at + 1] = True
            before, after = np.nanmedian(grid.value[there, at]), np.nanmedian(grid.value[there, at + 1])
            yield TableFault(
                grid.first_row(only),
                f"values of {grid.indicator.id}",
                f"all {there.sum()} series go from about {before:.4g} to {after:.4g} in {grid.periods[at + 1]}",
                "a change that they have made before, or an entry in `breaks` of the indicator",
            )


def break_in_note(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield the first row whose remark tells of a break that the params do not have."""
    said = [note for note in grid.notes.unique() if _BREAK.search(note)]
    if not said or grid.indicator.breaks:
        return
    row = int(grid.notes.index[grid.notes == said[0]][0])
    yield TableFault(
        row, f"note of {grid.indicator.id}", repr(said[0][:80]), "an entry in `breaks` of the indicator"
    )


def constant_series(grid: IndicatorGrid) -> Iterator[TableFault]:
    """Yield series that have one value in many periods in a row, to the last digit."""
    if grid.value.shape[1] < _SAME:
        return
    run = np.zeros(len(grid.value), dtype=np.int64)
    where = np.zeros(grid.value.shape, dtype=bool)
    resolution = _steps_within(grid)
    for column in range(1, grid.value.shape[1]):
        same = (grid.value[:, column] == grid.value[:, column - 1]) & (grid.value[:, column] > 0)
        run = np.where(same, run + 1, 0)
        where[:, column] = (run == _SAME - 1) & resolution
    if grid.indicator.unit == "%":
        where &= grid.value < 100
    yield from grid.faults(
        where,
        "value",
        lambda s, p: f"{grid.value[s, p]:.10g} in {_SAME} periods in a row, the last",
        "figures that move, as published ones do",
    )


@lru_cache(maxsize=1)  # two checks look at the same
def _movements(grid: IndicatorGrid) -> tuple[Floats, Floats]:
    """Return each series' changes beside those of the others, and how far it usually moves."""
    own = _beside_the_others(grid)
    return own, _usual(grid, own)


def _beside_the_others(grid: IndicatorGrid) -> Floats:
    """Return each series' changes without what all series of its kind and sex do in that period."""
    changes = grid.changes.copy()
    for kind in set(grid.kinds):
        lines = grid.kinds == kind
        if lines.sum() >= _SERIES:
            enough = (~np.isnan(changes[lines])).sum(axis=0) >= _SERIES
            if enough.any():
                rest = np.nanmedian(changes[np.ix_(lines, enough)], axis=0)
                changes[np.ix_(lines, enough)] -= rest
    return changes


def _usual(grid: IndicatorGrid, own: Floats) -> Floats:
    """Return how far each series usually moves: never less than those of its kind do, or chance makes it."""
    usual = np.full(len(own), np.nan)
    for kind in set(grid.kinds):
        lines = np.flatnonzero(grid.kinds == kind)
        enough = (~np.isnan(own[lines])).sum(axis=1) >= _FEWEST
        each = np.where(enough, spread(own[lines]), np.nan)
        if (~np.isnan(each)).any():
            usual[lines] = np.fmax(each, np.nanmedian(each))
    return np.asarray(np.maximum(usual, _floor(grid)), dtype=float)


def _floor(grid: IndicatorGrid) -> float:
    """Return the least that counts as a usual change, on the scale of the changes."""
    if grid.indicator.unit == "%":
        return 0.008
    if grid.is_counted or grid.indicator.unit.startswith("per "):
        return 0.04
    known = grid.value[~np.isnan(grid.value)]
    return max(0.004 * float(np.median(np.abs(known))), 1e-9) if len(known) else 1.0


def _is_large_enough(grid: IndicatorGrid) -> Flags:
    """Whether a change can be told from chance: enough events lie behind it, and a share moves by some points."""
    enough = np.asarray(np.isnan(grid.count) | (grid.count >= _EVENTS))
    if grid.indicator.unit == "%":
        enough[:, 1:] &= np.abs(np.diff(grid.value, axis=1)) >= _POINTS
    return enough


def _steps_within(grid: IndicatorGrid) -> Flags:
    """Whether a series is written finely enough that an equal value is no chance: by its different values."""
    known = np.nan_to_num(grid.value)
    return np.asarray((known % 1 != 0).any(axis=1) | (known.max(axis=1, initial=0) >= 1000))
