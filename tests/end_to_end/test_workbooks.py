"""The workbooks of the real packs: every fact once, exactly, and each sheet as the guidance wants it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from python_calamine import CalamineWorkbook

from boardpacks.plan.events import PackResult
from tests.documents import annex_of

pytestmark = pytest.mark.end_to_end

KEY = "Number's id"


def _file(result: PackResult, ending: str) -> Path:
    assert result.published is not None
    return annex_of(result.published, ending)


def _rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of the chapters' sheets."""
    found: list[dict[str, Any]] = []
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        start = next((number for number, row in enumerate(cells) if row[-1] == KEY), None)
        if start is not None:
            found += [dict(zip(map(str, cells[start]), row, strict=True)) for row in cells[start + 1 :]]
    return found


@pytest.mark.parametrize("ending", ["_data.xlsx", "_data.ods"])
def test_every_fact_of_the_data_file_stands_once(built: Any, ending: str) -> None:
    for result in built.results:
        with _file(result, "_data.csv").open(encoding="utf-8", newline="") as file:
            facts = {row["fact_id"]: row for row in csv.DictReader(file)}
        rows = _rows(_file(result, ending))
        assert sorted(row[KEY] for row in rows) == sorted(facts)
        for row in rows:
            fact = facts[row[KEY]]
            for label, key in (
                ("Value", "value"),
                ("Lower 95% limit", "lower"),
                ("Upper 95% limit", "upper"),
            ):
                expected = float(fact[key]) if fact[key] else row[label]
                assert row[label] == expected, f"{result.plan.slug}: {row[KEY]}"
                assert fact[key] or row[label] in ("[x]", "[z]")


def test_every_sheet_is_as_the_guidance_wants_it(built: Any) -> None:
    for result in built.results:
        book = openpyxl.load_workbook(_file(result, "_data.xlsx"))
        assert book.active is not None
        assert book.active.title == book.sheetnames[0] == "Cover"
        for page in book.worksheets[1:]:
            (table,) = page.tables.values()
            first, last = table.ref.split(":")
            assert page["A1"].value
            assert page.freeze_panes == f"A{page[first].row + 1}"
            assert not page.merged_cells.ranges
            assert page.max_row == page[last].row
            assert all(page.cell(row, 1).value for row in range(1, page.max_row + 1)), page.title
            assert not [
                cell.coordinate for row in page[table.ref] for cell in row if cell.value in (None, "")
            ]
            assert all(cell.font.b for cell in page[table.ref][0])
            assert not [cell for row in page[table.ref] for cell in row if cell.data_type == "f"]


def test_the_pdf_carries_the_workbook_that_is_beside_it(built: Any) -> None:
    for result in built.results:
        with pikepdf.open(_file(result, ".pdf")) as pdf:
            assert sorted(pdf.attachments) == ["facts.json", "workbook.xlsx"]
            attached = pdf.attachments["workbook.xlsx"].get_file().read_bytes()
        assert attached == _file(result, "_data.xlsx").read_bytes()
