"""Workbooks by hand, and what independent programs read from what is written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from boardpacks.packs.workbook.model import (
    CellLink,
    CellNumber,
    Sheet,
    SheetColumn,
    SheetHeading,
    SheetTable,
    Workbook,
)
from boardpacks.packs.workbook.write_ods import write_ods
from boardpacks.packs.workbook.write_xlsx import write_xlsx

WRITERS = {"xlsx": write_xlsx, "ods": write_ods}

COLUMNS = (SheetColumn("Measure", 30), SheetColumn("Value, %", 12, numeric=True), SheetColumn("Sheet", 20))


def a_workbook(
    *cells: Any, sheet: str = "Smoking", title: str = "Smoking by place", **changes: Any
) -> Workbook:
    """Return a workbook with a cover and a table that has a row for each of `cells`, its first one."""
    rows = tuple(
        (cell, CellNumber(10.25, 1), CellLink("Cover", "Cover")) for cell in cells or ("Adults who smoke",)
    )
    properties: dict[str, Any] = {
        "title": "Havering: the numbers",
        "subject": "Havering Board",
        "author": "NHS Exampleshire",
        "language": "en-GB",
        "date": dt.date(2026, 12, 9),
    }
    cover = Sheet(
        "Cover", "Havering: the numbers", (SheetHeading("Where to begin"), CellLink("Go on", sheet), "Words.")
    )
    numbers = Sheet(
        sheet, title, ("This sheet has one table.",), SheetTable("Numbers_smoking", COLUMNS, rows)
    )
    return Workbook(sheets=(cover, numbers), **(properties | changes))


def read_cells(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of every sheet, as a program reads them that had no part in writing."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(content: bytes) -> dict[str, str]:
    """Return the XML parts of a written workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


@pytest.fixture(params=WRITERS)
def write(request: pytest.FixtureRequest) -> Callable[[Workbook], bytes]:
    """Write a workbook in one format, then in the other."""
    return WRITERS[request.param]
