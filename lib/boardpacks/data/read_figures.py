"""Reads published figures from a CSV file: every cell as what it is, or a fault with its line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from boardpacks.data.file_faults import FaultPlace, FileFault
from boardpacks.data.read_csv import SheetText, read_sheet
from boardpacks.data.schema import SEXES
from boardpacks.params.values import AREA_CODE
from boardpacks.project.errors import near

NEEDED = ("indicator_id", "area_code", "area_name", "period", "value", "lower_95", "upper_95")
FIRST = ("sex", "period_start", "period_months", "count", "denominator", "note")
"""Columns that a later file may leave out."""

COLUMNS = (
    *("indicator_id", "area_code", "area_name", "sex", "period", "period_start", "period_months"),
    *("value", "lower_95", "upper_95", "count", "denominator", "note"),
)
"""All columns, in the order in which such files are written."""

SNAPSHOT_NAMES = {"indicator_id": "indicator", "area_code": "area"}
"""Columns that a snapshot has under another name."""

SMALL_AREAS = {
    "lsoa_code": "small_area",
    "area_code": "area",
    "imd_2025_decile": "decile",
    "imd_2025_rank": "rank",
    "imd_2025_score": "score",
}

_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e-[0-9]{1,3})?", re.IGNORECASE)
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


class Wrong(ValueError):  # noqa: N818 - says what is in a cell
    """A cell holds what it cannot: what may stand there, and a way out."""

    def __init__(self, allowed: str, hint: str = ""):
        super().__init__(allowed)
        self.allowed, self.hint = allowed, hint


@dataclass(frozen=True)
class Figures:
    """The figures of one file.

    Parameters
    ----------
    file
        Its name.
    table
        One row for each figure, with the columns of a snapshot that the file has, and ``area_name``.
    places
        File and line of each row.
    faults
        Everything that is wrong with its cells. Where there is any, the table has only what could be read.
    """

    file: str
    table: pd.DataFrame
    places: tuple[FaultPlace, ...]
    faults: tuple[FileFault, ...]


def read_figures(path: Path, indicators: Collection[str], *, is_first: bool = True) -> Figures:
    """Return the observations of a CSV file.

    Parameters
    ----------
    indicators
        Known ids of indicators.
    is_first
        Whether all columns have to be there.

    Raises
    ------
    InputError
        When it cannot be read as a CSV file with these columns.
    """
    known = (*NEEDED, *FIRST)
    return figures_of(read_sheet(path, known if is_first else NEEDED, known), indicators)


def figures_of(sheet: SheetText, indicators: Collection[str]) -> Figures:
    """Return the observations of a file that was read as text."""
    readers: dict[str, Callable[[str], object]] = {
        "indicator_id": lambda cell: _indicator(cell, indicators),
        "area_code": read_area,
        "area_name": read_name,
        "sex": _sex,
        "period": read_name,
        "period_start": _day,
        "period_months": lambda cell: _whole(cell, 120),
        **dict.fromkeys(("value", "lower_95", "upper_95", "count", "denominator"), _number),
        "note": str,
    }
    own = {name: read for name, read in readers.items() if name in sheet.headings}
    return _figures(sheet, own, SNAPSHOT_NAMES)


def read_small_areas(path: Path) -> Figures:
    """Return the deprivation of small areas from a CSV file.

    Raises
    ------
    InputError
        When it cannot be read as a CSV file with these columns.
    """
    readers: dict[str, Callable[[str], object]] = {
        "lsoa_code": read_area,
        "area_code": read_area,
        "imd_2025_decile": lambda cell: _whole(cell, 10),
        "imd_2025_rank": lambda cell: _whole(cell, 999_999),
        "imd_2025_score": _present_number,
    }
    return _figures(read_sheet(path, tuple(SMALL_AREAS), tuple(SMALL_AREAS)), readers, SMALL_AREAS)


def _figures(sheet: SheetText, readers: dict[str, Callable[[str], object]], names: dict[str, str]) -> Figures:
    columns: dict[str, list[object]] = {}
    faults = list(sheet.faults)
    for heading, read in readers.items():
        cells, lines = sheet.column(heading)
        values: list[object] = []
        for cell, line in zip(cells, lines, strict=True):
            try:
                values.append(read(cell))
            except Wrong as wrong:
                values.append(None)
                found = cell if cell else "an empty cell"
                faults.append(sheet.place(line).fault(heading, found[:80], wrong.allowed, wrong.hint))
        columns[names.get(heading, heading)] = values
    places = tuple(sheet.place(record.line) for record in sheet.records)
    return Figures(sheet.file, pd.DataFrame(columns), places, tuple(faults))


def _indicator(cell: str, known: Collection[str]) -> str:
    if cell not in known:
        raise Wrong("an indicator of params/indicators/", near(cell, list(known)))
    return cell


def read_area(cell: str) -> str:
    """Return an area code, or raise `Wrong`."""
    if not re.fullmatch(AREA_CODE, cell, re.ASCII):
        upper = cell.replace(" ", "").upper()
        raise Wrong(
            "an ONS code or an NHS provider code, such as E09000016 or RF4",
            f"did you mean {upper!r}?" if re.fullmatch(AREA_CODE, upper) else "",
        )
    return cell


def read_name(cell: str) -> str:
    """Return a name on one line, or raise `Wrong`."""
    if not cell or "\n" in cell:
        raise Wrong("text on one line")
    return cell


def _sex(cell: str) -> str:
    if cell not in SEXES:
        raise Wrong(f"one of {', '.join(SEXES)}", near(cell.capitalize(), SEXES))
    return cell


def _day(cell: str) -> dt.datetime:
    try:
        day = dt.date.fromisoformat(cell) if re.fullmatch("[0-9-]{10}", cell) else None
    except ValueError:
        day = None
    if day is None or not _FIRST_DAY <= day <= _LAST_DAY:
        raise Wrong("a day, such as 2024-04-01 for 1 April 2024")
    return dt.datetime(day.year, day.month, day.day)


def _whole(cell: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}(\.0*)?", cell) or not 1 <= int(cell.partition(".")[0]) <= most:
        raise Wrong(f"a whole number from 1 to {most}")
    return int(cell.partition(".")[0])


def _number(cell: str) -> float:
    return _present_number(cell) if cell else float("nan")


def _present_number(cell: str) -> float:
    if not _NUMBER.fullmatch(cell):
        raise Wrong("a number such as 1234.5, or an empty cell where none is published", _way_out(cell))
    number = float(cell)
    if abs(number) == float("inf"):
        raise Wrong("a finite number")
    return number


def _way_out(cell: str) -> str:
    if _GROUPED.fullmatch(cell):
        return f"write {cell.replace(',', '')} for thousands, or a point for decimals"
    if "," in cell:
        return "write decimals with a point"
    if cell.endswith("%"):
        return "leave the sign out: the indicator's unit says it"
    if re.fullmatch(r"-?[0-9.]+e\+?[0-9]+", cell, re.IGNORECASE):
        return "write the number in full: a spreadsheet that shows 1.2E+05 has cut digits off"
    return (
        "the publisher's reason for an empty cell goes into note" if not any(map(str.isdigit, cell)) else ""
    )
