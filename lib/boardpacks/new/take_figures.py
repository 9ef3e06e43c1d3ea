"""Takes the figures of a new system from tidy CSV files: those of its own areas, its peers and its comparators."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.read_figures import COLUMNS
from boardpacks.params.indicator import Indicator
from boardpacks.params.system import Area
from boardpacks.project.errors import InputError, Problem


@dataclass(frozen=True)
class Taken:
    """Figures that were found: rows in the columns of tidy CSV files, and the indicators that they are of."""

    rows: tuple[tuple[str, ...], ...]
    indicators: tuple[str, ...]


def take_figures(
    folder: Path, indicators: Mapping[str, Indicator], needed: Sequence[Area], others: Sequence[Area]
) -> Taken:
    """Return the rows of these indicators and areas, as they stand in the files.

    Raises
    ------
    InputError
        Where there is no folder of CSV files, or it has no figure of one of the areas that are needed.
    """
    if not folder.is_dir():
        allowed = "a folder of tidy CSV files, such as data/raw of another project"
        raise InputError([Problem("figures", "", str(folder), allowed)])
    areas = {area.code for area in (*needed, *others)}
    rows: list[tuple[str, ...]] = []
    for path in find_raw_files(folder).observations:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += [
                tuple(row.get(column) or "" for column in COLUMNS)
                for row in csv.DictReader(file)
                if row.get("indicator_id") in indicators and row.get("area_code") in areas
            ]
    found = {row[0] for row in rows}
    held = {row[1] for row in rows}
    if missing := [f"{area.name} ({area.code})" for area in needed if area.code not in held]:
        allowed = f"figures of {', '.join(indicators)}, of some of them at least, for every area"
        where = f"figures: {folder}"
        raise InputError([Problem(where, "", f"no such figure of {', '.join(missing)}", allowed)])
    return Taken(tuple(rows), tuple(one for one in indicators if one in found))
