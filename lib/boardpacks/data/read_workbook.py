"""Reads figures from a publisher's Excel workbook as text, and knows the row and the column of every cell."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from boardpacks.data.file_faults import FaultPlace, FileFault, refuse
from boardpacks.data.read_csv import Record, SheetText
from boardpacks.params.imports import FIGURE_COLUMNS, WorkbookColumns
from boardpacks.params.values import AREA_CODE
from boardpacks.project.errors import BoardpacksError, near

ENDING = ".xlsx"
MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 20_000_000, 300_000_000, 200_000
NUMBERS = ("value", "lower_95", "upper_95", "count", "denominator")
_PARAMS = "params/imports.yml"
_FORMULA = "a formula without its result"
_CALCULATE = "open it in Excel or LibreOffice and save it"
_WORKBOOK = f"an Excel workbook ({ENDING}) of published figures"


@dataclass(frozen=True)
class _Cell:
    """What a cell shows; ``is_unknown`` where it is a formula whose result was not saved."""

    text: str = ""
    is_unknown: bool = False


Rows = Mapping[int, Sequence[_Cell]]
"""The rows of a sheet that show anything, by their number."""


def read_workbook(path: Path, known: Sequence[WorkbookColumns]) -> SheetText:
    """Return a sheet's figures as text, under the headings of a tidy CSV file.

    Empty rows are left out, and remarks: rows with text in one column only, that is no area's code.

    Parameters
    ----------
    known
        Where figures stand in workbooks, by the name of the file.

    Raises
    ------
    InputError
        When nothing says where its figures stand, they do not stand there, or it is no workbook.
    """
    how = _how(path, known)
    sheet, rows = _read(path, how)
    file = f"{path.name}, sheet {sheet}"
    places = _places(file, rows, how)
    called = _called(how, places)
    given = {str(name): str(value) for name, value in how.given.items()}
    records: list[Record] = []
    faults: list[FileFault] = []
    for number, row in rows.items():
        if number <= how.header:
            continue
        cells = {name: row[place] if place < len(row) else _Cell() for name, place in places.items()}
        faults += [
            FaultPlace(file, number, "row", called).fault(name, _FORMULA, "its result", _CALCULATE)
            for name, cell in cells.items()
            if cell.is_unknown
        ]
        texts = {name: cell.text for name, cell in cells.items()}
        if not _is_remark(texts):
            told = {**given, **_without_signs(texts, how.signs)}
            whole = [told.get(name, "") for name in FIGURE_COLUMNS]
            records.append(Record(whole, [number] * len(whole)))
    if not records:
        refuse([FileFault(file, how.header, "", "headings and no figures", "figures below them", "", "row")])
    return SheetText(file, FIGURE_COLUMNS, records, faults, "row", called)


def _how(path: Path, known: Sequence[WorkbookColumns]) -> WorkbookColumns:
    fitting = [one for one in known if fnmatchcase(path.name, one.files)]
    if len(fitting) != 1:
        found = f"a workbook, and {len(fitting) or 'no'} entries of {_PARAMS} for it"
        hint = "" if fitting else near(path.name, [one.files for one in known])
        refuse([FileFault(path.name, None, "", found, "one entry whose `files` fits the name", hint)])
    return fitting[0]


def _read(path: Path, how: WorkbookColumns) -> tuple[str, Rows]:
    """Return the name of the sheet and its rows."""
    content = _content(path)
    try:
        with warnings.catch_warnings(action="ignore"):  # of what openpyxl does not read: no figures
            saved, written = (
                load_workbook(io.BytesIO(content), read_only=True, keep_links=False, data_only=data_only)
                for data_only in (True, False)
            )
            sheet = _sheet(path, [sheet.title for sheet in saved.worksheets], how)
            return sheet, dict(_rows(path, saved[sheet], written[sheet]))
    except BoardpacksError:
        raise
    except Exception as error:  # whatever openpyxl makes of a broken file
        found = f"a damaged workbook ({type(error).__name__})"
        refuse([FileFault(path.name, None, "", found, _WORKBOOK, "save it again, or get it once more")])
        raise


def _content(path: Path) -> bytes:
    """Return the bytes of a workbook, of a size that can be unpacked."""
    found = ""
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            found = f"a file of {len(content) / 1e6:.0f} MB"
        else:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                size = sum(part.file_size for part in archive.infolist())
            found = f"{size / 1e6:.0f} MB, unpacked" if size > MOST_UNPACKED else ""
    except OSError as error:
        content, found = (
            b"",
            ("no such file" if isinstance(error, FileNotFoundError) else error.strerror or str(error)),
        )
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        found = "no Excel workbook, or a damaged one"
    if found:
        refuse([FileFault(path.name, None, "", found, _WORKBOOK)])
    return content


def _sheet(path: Path, names: Sequence[str], how: WorkbookColumns) -> str:
    if how.sheet in names:
        return str(how.sheet)
    if how.sheet is None and len(names) == 1:
        return names[0]
    found = f"sheets {', '.join(names)}"[:200]
    allowed = f"a sheet {how.sheet}" if how.sheet else f"one sheet, or `sheet` in {_PARAMS}"
    refuse([FileFault(path.name, None, "sheet", found, allowed, near(how.sheet or "", names))])
    raise AssertionError


def _rows(path: Path, saved: Any, written: Any) -> Iterator[tuple[int, list[_Cell]]]:
    for sheet in (saved, written):
        sheet.reset_dimensions()  # what a file says of its size is often wrong
    pairs = zip(saved.iter_rows(), written.iter_rows(), strict=True)
    filled = 0
    for number, (results, formulas) in enumerate(pairs, start=1):
        cells = [_cell(result, formula) for result, formula in zip(results, formulas, strict=True)]
        if any(cell != _Cell() for cell in cells):
            filled += 1
            yield number, cells
        if filled > MOST_ROWS:
            refuse([FileFault(path.name, None, "", f"more than {MOST_ROWS:,} rows", "fewer rows")])


def _cell(result: Any, formula: Any) -> _Cell:
    is_unknown = result.value is None and formula.data_type == "f" and result.data_type == "n"
    return _Cell(_text(result), is_unknown)


def _text(cell: Any) -> str:
    """Return what a cell shows, but a number with all its digits."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_percent = "%" in (getattr(cell, "number_format", None) or "")
        return f"{value * 100 if is_percent else value:.15g}"  # no spreadsheet has more digits
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return _plain(str(value))


def _plain(text: str) -> str:
    return "".join(filter(str.isprintable, " ".join(text.split())))


def _places(file: str, rows: Rows, how: WorkbookColumns) -> dict[str, int]:
    """Return which column each of ours is, counted from 0."""
    headings = [cell.text for cell in rows.get(how.header, ())]
    places: dict[str, int] = {}
    faults = []
    for name, named in how.columns.items():
        fitting = [place for place, heading in enumerate(headings) if heading == _plain(named)]
        if (
            not fitting
            and re.fullmatch("[A-Z]{1,2}", named)
            and column_index_from_string(named) <= len(headings)
        ):
            fitting = [column_index_from_string(named) - 1]
        if len(fitting) == 1:
            places[name] = fitting[0]
            continue
        letters = " and ".join(get_column_letter(place + 1) for place in fitting)
        shown = ", ".join(filter(None, headings))[:200] or "nothing"
        found = f"the same heading in columns {letters}" if fitting else f"headings {shown}"
        allowed = f"{named} once; or in {_PARAMS} the letter of the column, or another row as header"
        hint = "" if fitting else near(named, headings)
        faults.append(FileFault(file, how.header, name, found, allowed, hint, "row"))
    refuse(faults)
    return places


def _called(how: WorkbookColumns, places: Mapping[str, int]) -> dict[str, str]:
    """Return what the workbook, or params, calls each column of ours."""
    called: dict[str, str] = {}
    for name in how.given:
        called[name] = f"{name}, given in {_PARAMS}"
    for name, named in how.columns.items():
        called[name] = f'column {get_column_letter(places[name] + 1)}, "{named}" ({name})'
    return called


def _is_remark(texts: Mapping[str, str]) -> bool:
    filled = [text for text in texts.values() if text]
    is_area = "area_code" not in texts or bool(re.fullmatch(AREA_CODE, texts["area_code"], re.ASCII))
    return not filled or (len(filled) == 1 and not is_area)


def _without_signs(texts: Mapping[str, str], signs: Mapping[str, str]) -> dict[str, str]:
    """Return a row without the signs that stand in place of figures; what that of the value means is its note."""
    told = {name: "" if name in NUMBERS and text in signs else text for name, text in texts.items()}
    if remark := signs.get(texts.get("value", "")):
        told["note"] = told.get("note") or remark
    return told
