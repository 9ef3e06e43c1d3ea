"""Opens an Excel file that somebody sent, and takes from it nothing but the cells."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH

from boardpacks.meetings.unseen import IsUnseen, unseen_cells
from boardpacks.project.errors import BoardpacksError, InputError, Problem

MOST_BYTES = 5_000_000
"""Size of a file that is opened at all; a form has about 20 kB."""
MOST_UNPACKED = 10_000_000
"""Size of everything in it, unpacked."""
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 500, 20

_FORM = "the form that boardpacks meeting form wrote, saved as an Excel workbook (.xlsx)"
_SAVE_AS_XLSX = "save it as Excel workbook (.xlsx)"
_STRICT = b"http://purl.oclc.org/ooxml/"
"""How the names in a workbook of the strict kind begin, which other programs can write and few can read."""
_OLD_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding=[\"']([^\"']*)")
_OTHERS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
}


@dataclass(frozen=True)
class FormCell:
    """A cell that holds something: its name, such as ``B4``, its value, and whether that is a formula or an error.

    ``number_format`` says how a number is shown, and ``epoch`` from which day on the workbook counts days. Nobody sees
    a cell that ``is_unseen``: its row or column is hidden, or it lies under merged cells.
    """

    name: str
    value: object
    is_formula: bool = False
    is_error: bool = False
    number_format: str = "General"
    epoch: dt.datetime = WINDOWS_EPOCH
    is_unseen: bool = False


Sheets = Mapping[str, Sequence[Sequence[FormCell]]]
"""The rows of each sheet by its name. Every row has the same number of cells, empty ones included."""


def open_form(path: Path) -> Sheets:
    """Return the cells of an Excel file.

    Nothing in it is worked out, followed or run. Its size is looked at before it is unpacked, and what it says of
    itself is not believed.

    Raises
    ------
    InputError
        When it cannot be read, is something else, is too large, or holds macros.
    """
    content = _read(path)
    _check_parts(path, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unseen = unseen_cells(archive)
        return {sheet.title: _rows(sheet, book.epoch, unseen.get(sheet.title)) for sheet in book.worksheets}
    except BoardpacksError:
        raise
    except Exception as error:  # whatever openpyxl makes of a broken file
        raise _refused(path, f"a damaged Excel file ({type(error).__name__})", _FORM) from error


def _rows(sheet: object, epoch: dt.datetime, is_unseen: IsUnseen | None) -> list[list[FormCell]]:
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)  # type: ignore[attr-defined]
    return [
        [
            FormCell(
                f"{chr(ord('A') + column)}{number}",
                cell.value,
                cell.data_type == "f",
                cell.data_type == "e",
                getattr(cell, "number_format", None) or "General",
                epoch,
                is_unseen is not None and is_unseen(number, column + 1),
            )
            for column, cell in enumerate(row)
        ]
        for number, row in enumerate(rows, start=1)
    ]


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _refused(
                path, f"a file of {size / 1e6:.0f} MB", f"a form of {MOST_BYTES // 1_000_000} MB at most"
            )
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, (error.strerror or str(error)).lower(), "a file that can be read") from None
    if content.startswith(_OLD_MAGIC):
        if _ENCRYPTED in content:
            raise _refused(path, "a file with a password", _FORM, "save it without a password")
        raise _refused(path, "a file in the old format of Excel (.xls)", _FORM, _SAVE_AS_XLSX)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise _refused(path, "no Excel workbook", _FORM)
    return content


def _check_parts(path: Path, content: bytes) -> None:
    """Unpack every part once, no further than allowed, and refuse what a form never has."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _check_kind(path, names)
            if any(part.flag_bits & 1 for part in parts):
                raise _refused(path, "a file with a password", _FORM, "save it without a password")
            stated = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or len(names) < len(parts) or stated > MOST_UNPACKED:
                raise _refused(path, f"{len(parts)} parts of {stated / 1e6:.0f} MB", _sizes())
            left = MOST_UNPACKED
            for part in parts:
                with archive.open(part) as stream:
                    unpacked = stream.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise _refused(path, "more than it says that it holds", _sizes())
                if part.filename == "xl/workbook.xml" and _STRICT in unpacked:
                    raise _refused(path, "a Strict Open XML spreadsheet", _FORM, _SAVE_AS_XLSX)
                _check_xml(path, part.filename, unpacked)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise _refused(path, "a damaged file", _FORM, "save it again, or copy it once more") from error


def _check_kind(path: Path, names: set[str]) -> None:
    if path.suffix.lower() == ".xlsm" or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refused(path, "a workbook with macros", "a form without macros", _SAVE_AS_XLSX)
    if "xl/workbook.xml" not in names:
        what = next((what for name, what in _OTHERS.items() if name in names), "no Excel workbook")
        raise _refused(path, what, _FORM, "" if what.startswith("no") else _SAVE_AS_XLSX)


def _check_xml(path: Path, name: str, content: bytes) -> None:
    """Refuse declarations of entities, with which a small text can unpack into a very large one."""
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    encoding = _ENCODING.search(content[:300])
    plain = encoding is None or encoding[1].lower() in (b"utf-8", b"us-ascii", b"ascii")
    if not _XML_START.match(content) or not plain or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused(path, f"text in {name} that no Excel file has", _FORM)


def _sizes() -> str:
    return f"{MOST_PARTS} parts of {MOST_UNPACKED // 1_000_000} MB together at most"


def _refused(path: Path, found: str, allowed: str, hint: str = "") -> InputError:
    return InputError([Problem(str(path), "", found, allowed, hint)])
