"""Writes a workbook for Excel (Office Open XML)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from boardpacks.packs.workbook.heights import row_height
from boardpacks.packs.workbook.model import (
    CellLink,
    CellNumber,
    Line,
    Sheet,
    SheetColumn,
    SheetHeading,
    SheetTable,
    Workbook,
)
from boardpacks.packs.workbook.style import (
    FONT,
    HEADER_FILL,
    HEADING_SIZE,
    LINK_COLOUR,
    SIZE,
    SPACE,
    TITLE_SIZE,
    WIDE,
)
from boardpacks.packs.workbook.zipped import zip_entry

_A4 = 9
_CORE = "docProps/core.xml"


class _Exact(float):
    """A number that is written with every digit: XlsxWriter by itself writes 16, and some numbers have 17."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


@dataclass(frozen=True)
class _Formats:
    """The looks of cells, by what they are; those of numbers by their decimals."""

    of: Mapping[str, Any]
    numbers: Mapping[int, Any]


def write_xlsx(workbook: Workbook) -> bytes:
    """Return the workbook as a file for Excel; the same workbook has the same bytes.

    Text is never taken for a formula, a number or a link, whatever it begins with.
    """
    out = io.BytesIO()
    font = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_format_properties": font})
    book.set_properties(
        {
            "title": workbook.title,
            "subject": workbook.subject,
            "author": workbook.author,
            "created": dt.datetime.combine(workbook.date, dt.time()),
        }
    )
    formats = _formats(book, workbook, font)
    for sheet in workbook.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return _with_language(out.getvalue(), workbook.language)


def _formats(book: Any, workbook: Workbook, font: Mapping[str, Any]) -> _Formats:
    font = dict(font)
    right = {"align": "right", "indent": 1}
    header = font | {"text_wrap": True, "bold": True, "bg_color": HEADER_FILL, "bottom": 2}
    text = font | {"text_wrap": True}
    cells = [cell for sheet in workbook.sheets if sheet.table for row in sheet.table.rows for cell in row]
    decimals = sorted({cell.decimals for cell in cells if isinstance(cell, CellNumber)})
    looks = {
        "title": font | {"bold": True, "font_size": TITLE_SIZE},
        "heading": font | {"bold": True, "font_size": HEADING_SIZE, "text_wrap": True},
        "line": font,
        "text": text,
        "shorthand": font | right,
        "link": font | {"font_color": LINK_COLOUR, "underline": 1},
        "header": header,
        "number header": header | right,
    }
    return _Formats(
        of={name: book.add_format(look) for name, look in looks.items()},
        numbers={
            places: book.add_format(
                font | right | {"num_format": "#,##0" + "." * bool(places) + "0" * places}
            )
            for places in decimals
        },
    )


def _write_sheet(page: Any, sheet: Sheet, formats: _Formats) -> None:
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")
    page.write_string(0, 0, sheet.title, formats.of["title"])
    page.set_row(0, TITLE_SIZE * SPACE)
    for row, line in enumerate(sheet.lines, start=1):
        _write_line(page, row, line, formats, wrapped=sheet.table is None)
    if sheet.table is None:
        page.set_column(0, 0, WIDE)
    else:
        _write_table(page, sheet.header, sheet.table, formats)
        page.freeze_panes(sheet.header + 1, 0)
        page.repeat_rows(sheet.header)
        page.set_landscape()


def _write_line(page: Any, row: int, line: Line, formats: _Formats, *, wrapped: bool) -> None:
    if isinstance(line, SheetHeading):
        page.write_string(row, 0, line.words, formats.of["heading"])
        page.set_row(row, HEADING_SIZE * SPACE)
    elif isinstance(line, CellLink):
        _write_link(page, row, 0, line, formats)
    elif wrapped:
        page.write_string(row, 0, line, formats.of["text"])
        page.set_row(row, row_height([line], [SheetColumn("", WIDE)]))
    else:
        page.write_string(row, 0, line, formats.of["line"])


def _write_table(page: Any, header: int, table: SheetTable, formats: _Formats) -> None:
    columns = table.columns
    looks = [formats.of["number header" if column.numeric else "header"] for column in columns]
    page.add_table(
        header,
        0,
        header + len(table.rows),
        len(columns) - 1,
        {
            "name": table.name,
            "autofilter": False,
            "style": None,
            "columns": [
                {"header": column.label, "header_format": look}
                for column, look in zip(columns, looks, strict=True)
            ],
        },
    )
    page.set_row(header, row_height([column.label for column in columns], columns))
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    for row, cells in enumerate(table.rows, start=header + 1):
        page.set_row(row, row_height(cells, columns))
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            if isinstance(cell, str):
                page.write_string(row, place, cell, formats.of["shorthand" if column.numeric else "text"])
            elif isinstance(cell, CellNumber):
                page.write_number(row, place, _Exact(cell.value), formats.numbers[cell.decimals])
            else:
                _write_link(page, row, place, cell, formats)


def _write_link(page: Any, row: int, place: int, link: CellLink, formats: _Formats) -> None:
    sheet = link.sheet.replace("'", "''")
    page.write_url(row, place, f"internal:'{sheet}'!A1", formats.of["link"], string=link.words)


def _with_language(content: bytes, language: str) -> bytes:
    """Return the file with the document's language, which XlsxWriter does not write."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                mark = b"</cp:coreProperties>"
                part = part.replace(mark, f"<dc:language>{language}</dc:language>".encode() + mark)
            new.writestr(zip_entry(name), part)
    return out.getvalue()
