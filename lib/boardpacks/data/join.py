"""Puts the figures of several files together into one table, and knows which line each row is from."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from boardpacks.data.file_faults import FaultPlace, FileFault, refuse
from boardpacks.data.read_figures import Figures
from boardpacks.data.schema import KEY, OBSERVATION_COLUMNS, ORDER
from boardpacks.params.system import CombinedArea

FILLED = ("sex", "period_start", "period_months")
"""What a later file may take from the first, by indicator and period."""

_SAME = ("value", "lower_95", "upper_95", "period_start", "period_months")
_SAID_ONCE = ("count", "denominator", "note")
_AT = "at"
Row = Mapping[Hashable, object]


@dataclass(frozen=True)
class Joined:
    """All figures, with the columns of a snapshot and in its order; ``places`` has file and line of each row."""

    table: pd.DataFrame
    places: Sequence[FaultPlace]
    area_names: Mapping[str, str]

    def of(self, indicators: Collection[str]) -> Joined:
        """Return the figures of some indicators."""
        own = self.table["indicator"].isin(list(indicators))
        places = [self.places[row] for row in self.table.index[own]]
        return Joined(self.table[own].reset_index(drop=True), places, self.area_names)


def join(figures: Sequence[Figures], combined: Sequence[CombinedArea]) -> Joined:
    """Return the figures of all files as one table.

    Each column of sex and dates that a later file leaves out is filled by itself from the first file's rows of the
    same indicator and period. A row may be repeated, but not with other figures. Rows that stand for several boroughs
    get the combined area's code.

    Raises
    ------
    InputError
        When a period cannot be placed in time, or a row is there twice with other figures.
    """
    places = [place for file in figures for place in file.places]
    table = pd.concat([_filled(file, figures[0]) for file in figures], ignore_index=True)
    table["period_start"] = table["period_start"].astype("datetime64[us]")
    table["period_months"] = table["period_months"].astype("int64")
    table["note"] = table["note"].fillna("").astype("str")
    table[_AT] = range(len(table))
    table = _recoded(_without_repeats(table, places), combined).sort_values(ORDER, kind="stable")
    names = {
        str(code): str(name)
        for file in figures
        for code, name in file.table[["area", "area_name"]].itertuples(index=False)
    }
    ordered = [places[at] for at in table[_AT]]
    return Joined(table[OBSERVATION_COLUMNS].reset_index(drop=True), ordered, names)


def _filled(file: Figures, first: Figures) -> pd.DataFrame:
    """Return a file's table with every column, those that it leaves out from the first file."""
    absent = [column for column in FILLED if column not in file.table]
    if not absent:
        return file.table
    known: dict[tuple[object, object], dict[str, set[object]]] = {}
    for row in first.table.to_dict("records"):
        own = known.setdefault((row["indicator"], row["period"]), {})
        for column in absent:
            own.setdefault(column, set()).add(row[column])
    keys = list(file.table[["indicator", "period"]].itertuples(index=False, name=None))
    refuse(
        [
            f
            for place, key in zip(file.places, keys, strict=True)
            for f in _unknown(place, key, known, absent, first)
        ]
    )
    return pd.concat(
        [file.table, pd.DataFrame({c: [next(iter(known[key][c])) for key in keys] for c in absent})], axis=1
    )


def _unknown(
    place: FaultPlace,
    key: tuple[str, str],
    known: Mapping[tuple[object, object], Mapping[str, set[object]]],
    absent: Sequence[str],
    first: Figures,
) -> list[FileFault]:
    """Return why what a row leaves out is not known from the first file."""
    indicator, period = key
    columns = " and ".join(absent)
    if key not in known:
        found = f"{period}, which {first.file} does not have"
        allowed = f"a period that {first.file} has for the indicator, or the columns {columns} in the later file too"
        return [place.fault(f"period of {indicator}", found, allowed)]
    return [
        place.fault(
            f"{column} of {indicator}",
            f"several in {first.file} for {period}: {', '.join(sorted(map(str, known[key][column])))}",
            f"a column {column} in the later file too",
        )
        for column in absent
        if len(known[key][column]) > 1
    ]


def _without_repeats(table: pd.DataFrame, places: Sequence[FaultPlace]) -> pd.DataFrame:
    first: dict[tuple[object, ...], tuple[Row, FaultPlace]] = {}
    faults = []
    for row in table[table.duplicated(KEY, keep=False)].to_dict("records"):
        key, place = tuple(row[column] for column in KEY), places[row[_AT]]
        if key not in first:
            first[key] = row, place
            continue
        earlier, where = first[key]
        if other := [c for c in (*_SAME, *_SAID_ONCE) if _differs(c, row[c], earlier[c])]:
            here, there = (", ".join(f"{c} {_shown(of[c])}" for c in other) for of in (row, earlier))
            found = f"{here}; in {where}: {there}; for {' / '.join(map(str, key))}"
            faults.append(place.fault("a row again", found, "the same figures as before"))
    refuse(faults)
    return table[~table.duplicated(KEY)]


def _differs(column: str, later: object, earlier: object) -> bool:
    if column in _SAID_ONCE and (later == "" or later != later):  # noqa: PLR0124 - not a number
        return False
    return later != earlier and not (later != later and earlier != earlier)  # noqa: PLR0124


def _shown(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return "nothing" if value == "" or value != value else str(value)  # noqa: PLR0124


def filed_under(area: str, note: str, combined: Sequence[CombinedArea]) -> str:
    """Return the code that a figure is filed under: of the area that it stands for, where its note names one."""
    return next((one.code for one in combined if note in one.notes and area in one.boroughs), area)


def _recoded(table: pd.DataFrame, combined: Sequence[CombinedArea]) -> pd.DataFrame:
    """Give a row that stands for several boroughs their combined code, and drop its empty twins."""
    for area in combined:
        marked = table["note"].isin(area.notes) & table["area"].isin(area.boroughs)
        table = table[~(marked & table["value"].isna())].copy()
        table.loc[marked.reindex(table.index), "area"] = area.code
    return table
