"""Reads a CSV file as text, and knows the line that every cell stands on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boardpacks.data.file_faults import FaultPlace, FileFault, refuse
from boardpacks.project.errors import near

DELIMITERS = (",", ";", "\t", "|")
_BINARY = {
    b"PK\x03\x04": "a workbook (or another ZIP file)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CSV = "a CSV file in UTF-8 with a header"
_SAVE = "open it in the program that it's from and save it as CSV UTF-8"


@dataclass(frozen=True)
class Record:
    """One row of figures: its cells, and the line that each of them begins on."""

    cells: Sequence[str]
    lines: Sequence[int]

    @property
    def line(self) -> int:
        """The line that the row begins on."""
        return self.lines[0]


@dataclass(frozen=True)
class SheetText:
    """A CSV file, or a sheet, as text: its name, its headings and its rows, each with a cell for every heading.

    ``unit`` is what its rows are counted as; ``columns`` is what the user's file calls a heading, where it calls it
    otherwise.
    """

    file: str
    headings: Sequence[str]
    records: Sequence[Record]
    faults: list[FileFault] = field(default_factory=list)
    unit: str = "line"
    columns: Mapping[str, str] = field(default_factory=dict)

    def place(self, line: int) -> FaultPlace:
        """Return the place of a line for what is wrong with it."""
        return FaultPlace(self.file, line, self.unit, self.columns)

    def column(self, heading: str) -> tuple[list[str], list[int]]:
        """Return the cells of a column, and the line of each."""
        place = self.headings.index(heading)
        return [r.cells[place] for r in self.records], [r.lines[place] for r in self.records]


def read_sheet(path: Path, needed: Sequence[str], known: Sequence[str]) -> SheetText:
    """Return a CSV file as text, without its empty rows.

    Commas, semicolons or tabs may stand between the cells, whichever the header shows. Blanks around a cell, and
    empty cells beyond the last heading, mean nothing. ``faults`` has what is wrong with single rows, so that it can be
    told with what is wrong with their cells.

    Parameters
    ----------
    needed
        Headings that the file has to have.
    known
        Headings that are read if they are there.

    Raises
    ------
    InputError
        When it is no CSV file, has no figures, or its headings are not as they should be.
    """
    rows = _rows(_text(path), path.name, needed)
    if not rows:
        refuse([FileFault(path.name, None, "", "an empty file", _CSV)])
    header, *records = rows
    headings = _headings(header, path.name, needed, known)
    filled = [record for record in records if any(record.cells)]
    if not filled:
        refuse([FileFault(path.name, None, "", "a header and no figures", "at least one row of figures")])
    faults = [fault for record in filled for fault in _row_faults(record, headings, path.name)]
    whole = [record for record in filled if len(record.cells) >= len(headings)]
    return SheetText(path.name, headings, whole, faults)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else (error.strerror or str(error))
        refuse([FileFault(path.name, None, "", found, "a CSV file of published figures")])
        raise
    for mark, words in _BINARY.items():
        if content.startswith(mark):
            refuse([FileFault(path.name, None, "", words, _CSV, _SAVE)])
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = None if wide else content.count(b"\n", 0, error.start) + 1
        found = f"byte {content[error.start]:#04x}, which no text in UTF-8 has there"
        refuse([FileFault(path.name, line, "", found, _CSV, _SAVE)])
        raise
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse(
        [
            FileFault(path.name, line, "", f"the control character U+{ord(sign[0]):04X}", _CSV, _SAVE)
            for line, written in enumerate(text.split("\n"), 1)
            if (sign := _UNSEEN.search(written))
        ]
    )
    return text


def _rows(text: str, file: str, needed: Sequence[str]) -> list[Record]:
    """Return all rows, the first of which is the header, without blank ones."""
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda sign: len(set(needed) & set(_split(first, sign))))
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    rows, begins = [], 1
    try:
        for cells in reader:
            if cells:
                rows.append(_record(cells, begins))
            begins = reader.line_num + 1
    except csv.Error:
        found = "a quotation mark that is not closed, or one inside a cell"
        refuse([FileFault(file, begins, "", found, 'cells as a or "a", a quotation mark inside one as ""')])
    return rows


def _split(header: str, sign: str) -> list[str]:
    return [cell.strip().strip('"') for cell in header.split(sign)]


def _record(cells: Sequence[str], begins: int) -> Record:
    lines = []
    for cell in cells:
        lines.append(begins)
        begins += cell.count("\n")
    return Record([cell.strip() for cell in cells], lines)


def _headings(header: Record, file: str, needed: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the headings, without empty ones at the end of the line."""
    headings = list(header.cells)
    while headings and not headings[-1]:
        headings.pop()
    found = ", ".join(headings)[:120] or "no headings"
    if not set(headings) & set(needed):
        refuse([FileFault(file, header.line, "header", found, f"a header with {', '.join(needed)}")])
    faults = [
        FileFault(file, None, column, f"columns {found}", f"a column {column}", near(column, headings))
        for column in needed
        if column not in headings
    ]
    faults += [
        FileFault(file, header.line, heading, "the same heading twice", "each heading once")
        for heading in dict.fromkeys(filter(None, headings))
        if headings.count(heading) > 1
    ]
    optional = [column for column in known if column not in headings and column not in needed]
    faults += [
        FileFault(file, header.line, heading, "an unknown column", f"columns {', '.join(known)}", hint)
        for heading in headings
        if heading and heading not in known and (hint := near(heading, optional))
    ]
    refuse(faults)
    return headings


def _row_faults(record: Record, headings: Sequence[str], file: str) -> list[FileFault]:
    many, few = any(record.cells[len(headings) :]), len(record.cells) < len(headings)
    if not (many or few):
        return []
    found = f"{len(record.cells)} cells"
    hint = "put a text or number that has a comma into quotation marks" if many else ""
    return [FileFault(file, record.line, "row", found, f"{len(headings)} cells, one for each heading", hint)]
