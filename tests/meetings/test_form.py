"""The form: pleasant to fill in, easy to read out, and filled in with what params have."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import Workbook, load_workbook

from boardpacks.meetings.form import write_form
from boardpacks.params.agenda import AgendaItem, FrontSheet
from boardpacks.params.calendars import Calendar, Correction, Final, Meeting

FINAL = Final(version="1.0", date=dt.date(2026, 12, 1), packs={"havering": "a" * 64})


def a_book(board: str = "The Board", **meeting: object) -> Workbook:
    held = Meeting.model_validate({"date": dt.date(2026, 12, 9), **meeting})
    return load_workbook(
        io.BytesIO(write_form(Calendar(place="havering", board=board, meetings=(held,)), held))
    )


def answers(book: Workbook) -> dict[str, object]:
    return {row[0].value: row[1].value for row in book["Meeting"].iter_rows(min_row=4)}


def test_every_sheet_has_a_title_in_a1_no_merged_cells_and_headings_that_repeat_in_print():
    book = a_book(finals=(FINAL,))

    assert book.sheetnames == ["Meeting", "Agenda", "Action log", "Corrections", "About this form"]
    for sheet in book:
        assert sheet["A1"].value
        assert not sheet.merged_cells.ranges
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.page_setup.paperSize == 9
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    assert book.properties.title == "Form for The Board, 9 December 2026"


def test_it_asks_for_every_key_of_params():
    labels = set(answers(a_book()))
    assert len(labels) == len(FrontSheet.model_fields) + len({"date", "starts", "ends", "venue", "draft"})
    assert len(list(a_book()["Agenda"][3])) == len(AgendaItem.model_fields)


def test_it_is_filled_in_with_what_params_have():
    sheet = {
        "item": "7.1",
        "purpose": "assurance",
        "recommendation": "Please:\n\n- note\n- agree",
        "risks": "A\nline",
    }
    agenda = [{"item": "7.1", "title": "Ours", "time": "14:05", "pack": True}]

    book = a_book(starts="14:00", draft="0.2", front_sheet=sheet, agenda=tuple(agenda))

    found = answers(book)
    assert found["Date"] == dt.datetime(2026, 12, 9)
    assert found["Starts at"] == dt.time(14)
    assert found["Version of the draft"] == "0.2"
    assert found["Agenda item"] == "7.1"
    assert found["Purpose"] == "Assurance"
    assert found["Part"] == "Public"
    assert found["Recommendation"] == "Please:\n\n- note\n- agree"
    assert found["Risks and board assurance framework"] == "A line"
    assert found["Author"] is None
    row = [cell.value for cell in book["Agenda"][4]]
    assert row == ["7.1", "Ours", dt.time(14, 5), None, None, "Public", None, "Yes", None, None]


def test_only_cells_for_answers_are_open():
    book = a_book()
    for row in book["Meeting"].iter_rows():
        assert [cell.protection.locked for cell in row] == ([True, row[0].row < 4, True])
    assert not book["Agenda"]["A4"].protection.locked
    assert book["About this form"]["B4"].protection.locked


def test_lists_and_formats_help_to_fill_it_in():
    book = a_book()
    rules = {str(rule.sqref): rule for rule in book["Meeting"].data_validations.dataValidation}
    assert rules["B11"].formula1 == '"Decision,Assurance,Information"'
    assert rules["B12"].formula1 == '"Public,Confidential"'
    assert rules["B4"].type == "date"
    assert book["Meeting"]["B4"].number_format == "d mmmm yyyy"
    assert book["Meeting"]["B5"].number_format == "hh:mm"
    assert book["Meeting"]["B9"].number_format == "@"


def test_corrections_come_once_an_edition_is_final_and_issued_ones_are_locked():
    assert "Corrections" not in a_book().sheetnames
    second = Final(version="1.1", date=dt.date(2026, 12, 3), packs={"havering": "b" * 64})

    book = a_book(
        finals=(FINAL, second), corrections=(Correction(kind="late-paper", reason="A paper came."),)
    )

    rows = [[cell.value for cell in row] for row in book["Corrections"].iter_rows(min_row=4)]
    assert rows == [["1.1", "Late paper", "A paper came."], ["1.2", None, None]]
    assert [book["Corrections"][cell].protection.locked for cell in ("C4", "C5")] == [True, False]
    assert "Version of the draft" not in answers(book)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", '=HYPERLINK("http://example.org")', "+1", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_is_written_as_text(text: str):
    book = a_book(board=text, venue=text, front_sheet={"risks": text})
    assert book["Meeting"]["B7"].data_type == "s"
    assert book["Meeting"]["B19"].data_type == "s"
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}


def test_a_board_with_300_letters_fits():
    book = a_book(board="B" * 300)
    assert book["Meeting"]["A1"].value.count("B") == 300
