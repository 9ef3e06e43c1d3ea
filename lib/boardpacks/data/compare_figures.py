"""What differs between two sets of published figures, by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from boardpacks.data.schema import KEY

MOST_NAMED = 3
"""How many figures, areas or periods are named: the others are counted."""

_FIGURES = ["value", "lower_95", "upper_95", "count", "denominator", "period_start", "period_months", "note"]


@dataclass(frozen=True)
class IndicatorChange:
    """What has changed of one indicator.

    Parameters
    ----------
    new, revised, gone
        Number of figures.
    lines
        The same in words, a line for each kind of change.
    """

    indicator: str
    new: int
    revised: int
    gone: int
    lines: tuple[str, ...]


def compare(
    before: pd.DataFrame, after: pd.DataFrame, area_names: Mapping[str, str]
) -> tuple[IndicatorChange, ...]:
    """Return what differs between two tables of observations, indicators in order of their ids.

    Parameters
    ----------
    before, after
        Columns as :func:`boardpacks.data.schema.check_observations` says.
    area_names
        Names of areas by code.
    """
    both = before[[*KEY, *_FIGURES]].merge(
        after[[*KEY, *_FIGURES]], on=KEY, how="outer", suffixes=("", "_new"), indicator=True
    )
    same = pd.Series(True, index=both.index)
    for name in _FIGURES:
        old, new = both[name], both[f"{name}_new"]
        same &= (old == new) | (old.isna() & new.isna())
    changed = both[(both["_merge"] != "both") | ~same]
    return tuple(_change(str(name), rows, before, area_names) for name, rows in changed.groupby("indicator"))


def _change(
    indicator: str, rows: pd.DataFrame, before: pd.DataFrame, names: Mapping[str, str]
) -> IndicatorChange:
    new, gone = rows[rows["_merge"] == "right_only"], rows[rows["_merge"] == "left_only"]
    revised = rows[rows["_merge"] == "both"]
    held = before[before["indicator"] == indicator]
    return IndicatorChange(
        indicator,
        len(new),
        len(revised),
        len(gone),
        (*_new(new, held, names), *_revised(revised, names), *_gone(gone, names)),
    )


def _new(new: pd.DataFrame, held: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    periods = _in_order(new)
    if added := [period for period in periods if period not in set(held["period"])]:
        areas = int(new[new["period"].isin(added)]["area"].nunique())
        word = "period" if len(added) == 1 else "periods"
        yield f"new {word} {name_some(added)}, {areas:,} {'area' if areas == 1 else 'areas'}"
    earlier = new[~new["period"].isin(added)]
    if len(earlier):
        whose = [names.get(area, area) for area in dict.fromkeys(earlier["area"])]
        yield f"{len(earlier):,} new {_figures(len(earlier))} in periods that were there, of {name_some(whose)}"


def _revised(revised: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    if not len(revised):
        return
    other = revised[
        ~(
            (revised["value"] == revised["value_new"])
            | (revised["value"].isna() & revised["value_new"].isna())
        )
    ]
    shown = [
        f"{names.get(row['area'], row['area'])} {row['period']} {_number(row['value'])} to {_number(row['value_new'])}"
        for row in other.sort_values(["period_start", "area"], ascending=[False, True]).to_dict("records")
    ]
    if shown:
        yield f"{len(shown):,} revised: {name_some(shown)}"
    if rest := len(revised) - len(shown):
        yield f"{rest:,} with the same value and another interval, count or note"


def _gone(gone: pd.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    if len(gone):
        shown = [
            f"{names.get(area, area)} {period}"
            for area, period in zip(gone["area"], gone["period"], strict=True)
        ]
        yield f"{len(gone):,} gone: {name_some(shown)}"


def _in_order(rows: pd.DataFrame) -> list[str]:
    column = "period_start_new" if "period_start_new" in rows else "period_start"
    return list(dict.fromkeys(rows.sort_values(column)["period"]))


def _figures(number: int) -> str:
    return "figure" if number == 1 else "figures"


def _number(value: float) -> str:
    return "nothing" if value != value else f"{value:g}"  # noqa: PLR0124 - not a number


def name_some(names: Sequence[str]) -> str:
    """Return a few of the names, with the number of the others."""
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
