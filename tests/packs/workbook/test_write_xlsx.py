"""The Excel file by the rules of the UK government's guidance on spreadsheets, as openpyxl reads it."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from boardpacks.packs.workbook.model import CellNumber
from boardpacks.packs.workbook.write_xlsx import write_xlsx

from .conftest import a_workbook, parts


@pytest.fixture
def content():
    return write_xlsx(
        a_workbook("Adults who smoke", "Measure " * 20, CellNumber(1234567.891, 2), sheet="It's smoking")
    )


@pytest.fixture
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_table_is_a_table_object_with_a_bold_header(book):
    page = book["It's smoking"]
    (table,) = page.tables.values()

    assert (table.displayName, table.ref, table.headerRowCount) == ("Numbers_smoking", "A3:C6", 1)
    assert table.autoFilter is None
    assert [cell.value for cell in page[3]] == ["Measure", "Value, %", "Sheet"]
    assert all(cell.font.b and cell.alignment.wrap_text for cell in page[3])


def test_nothing_is_merged_hidden_or_protected(book):
    for page in book:
        assert not page.merged_cells.ranges
        assert page.sheet_state == "visible"
        assert not any(row.hidden for row in page.row_dimensions.values())
        assert not any(column.hidden for column in page.column_dimensions.values())
        assert not page.protection.sheet


def test_readers_begin_on_the_first_sheet_in_a1_and_keep_the_header_in_view(book):
    assert book.active.title == "Cover"
    for page in book:
        assert page.sheet_view.selection[-1].activeCell in ("A1", None)
    assert book["It's smoking"].freeze_panes == "A4"
    assert book["Cover"].freeze_panes is None


def test_numbers_are_numbers_shown_as_the_pack_prints_them(book):
    page = book["It's smoking"]

    assert (page["B4"].value, page["B4"].number_format) == (10.25, "#,##0.0")
    assert (page["A6"].value, page["A6"].number_format) == (1234567.891, "#,##0.00")


def test_long_text_wraps_and_its_row_is_high_enough(book):
    page = book["It's smoking"]

    assert page["A5"].alignment.wrap_text
    assert page.row_dimensions[5].height >= 5 * page.row_dimensions[4].height


def test_links_lead_to_a_sheet_of_the_workbook(book):
    assert book["Cover"]["A3"].hyperlink.location == "'It''s smoking'!A1"
    assert book["It's smoking"]["C4"].hyperlink.location == "'Cover'!A1"


def test_the_document_says_title_author_language_and_the_meetings_date(book, content):
    said = book.properties

    assert (said.title, said.subject, said.creator) == (
        "Havering: the numbers",
        "Havering Board",
        "NHS Exampleshire",
    )
    assert said.language == "en-GB"
    assert str(said.created) == str(said.modified) == "2026-12-09 00:00:00"
    assert parts(content)["docProps/core.xml"].count("dc:language") == 2


def test_the_archive_says_nothing_of_the_machine(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {(entry.date_time, entry.create_system) for entry in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 3)
        }
