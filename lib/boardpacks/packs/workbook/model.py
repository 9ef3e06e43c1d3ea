"""What a workbook is: sheets with one table each, and cells that hold text, a number or a link."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

LONGEST = 32_767
"""Most characters that a cell of Excel holds, in units of UTF-16."""


@dataclass(frozen=True)
class CellNumber:
    """A number as it is, and the decimals that it is shown with."""

    value: float
    decimals: int = 0

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"a cell cannot hold the number {self.value}")


@dataclass(frozen=True)
class CellLink:
    """Words that lead to cell A1 of a sheet of the same workbook, by the sheet's name."""

    words: str
    sheet: str


@dataclass(frozen=True)
class SheetHeading:
    """A heading on a sheet without a table."""

    words: str


Cell = str | CellNumber | CellLink
Line = str | CellLink | SheetHeading


@dataclass(frozen=True)
class SheetColumn:
    """A column of a table: what its header says, its width in digits, and whether it is one of numbers."""

    label: str
    width: int
    numeric: bool = False


@dataclass(frozen=True)
class SheetTable:
    """The table of a sheet. ``name`` is unique in the workbook: ASCII letters, digits and underscores.

    Raises
    ------
    ValueError
        When a row has not a cell for each column, a cell is empty, or two columns have the same label.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        labels = [column.label.casefold() for column in self.columns]
        if len(set(labels)) < len(labels) or not all(labels):
            raise ValueError(f"table {self.name}: each column needs a label of its own, found {labels}")
        if not self.rows:
            raise ValueError(f"table {self.name}: no rows")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(labels):
                raise ValueError(
                    f"table {self.name}, row {number}: {len(row)} cells for {len(labels)} columns"
                )
            if any(cell == "" for cell in row):
                raise ValueError(f"table {self.name}, row {number}: a cell is empty")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title in A1, then lines, a row each, then its table, if it has one, without a blank row between."""

    name: str
    title: str
    lines: tuple[Line, ...]
    table: SheetTable | None = None

    @property
    def header(self) -> int:
        """Row of the table's header, counted from 0."""
        return 1 + len(self.lines)


@dataclass(frozen=True)
class Workbook:
    """A whole workbook.

    Parameters
    ----------
    title, subject, author, language
        Properties of the document; ``language`` is a tag such as ``en-GB``.
    date
        The date that it bears: it knows no other, so that the same content has the same bytes.
    sheets
        At least one, in order.
    """

    title: str
    subject: str
    author: str
    language: str
    date: dt.date
    sheets: tuple[Sheet, ...]
