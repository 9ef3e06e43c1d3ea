"""Forms as other programs save them are read as they look, or refused as they are."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from boardpacks.meetings import layout
from boardpacks.meetings.cell_words import UnfitCell, answer
from boardpacks.meetings.open_form import FormCell, open_form
from boardpacks.meetings.read_form import read_form
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError, Problem

ITEM, TITLE, *_ = layout.AGENDA_QUESTIONS


def problems(path, folder) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_form(path, load_params(folder))
    return caught.value.problems


@pytest.fixture
def saved(fill):
    """Return a function that changes a filled-in form as another program would, and its path."""

    def changed(change, edit: dict[str, Any] | None = None):
        path = fill(edit)
        book = load_workbook(path)
        change(book)
        book.save(path)
        return path

    return changed


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (7.1, "General", "7.1"),
        (7.1, "0.00", "7.10"),
        (7, "0.0", "7.0"),
        (7.0, "General", "7"),
        (7.125, "0.00", "7.13"),
        (7, "00", "07"),
        (7.1, "0.00_ ;-0.00\\ ", "7.10"),
        (7.1, "[Red]0.00", "7.10"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (7.1, "@", "7.1"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value, number_format, shown):
    assert answer(FormCell("A5", value, number_format=number_format), TITLE) == shown


@pytest.mark.parametrize("number_format", ['"Item "0.0', "# ?/?", "0.00E+00", "£0.00", "0.0#", "0.00;[Red]0"])
def test_a_number_shown_in_a_way_of_its_own_is_refused_with_the_way_out(number_format):
    with pytest.raises(UnfitCell) as raised:
        answer(FormCell("A5", -7.1, number_format=number_format), ITEM)
    assert "a number that is shown in a way of its own" in raised.value.found
    assert "type an apostrophe before it" in raised.value.hint


def test_an_item_shown_as_7_10_is_that_on_the_agenda(saved, folder):
    def paste(book):
        book["Agenda"]["A5"].value, book["Agenda"]["A5"].number_format = 7.1, "0.00"
        book["Meeting"]["B9"].value, book["Meeting"]["B9"].number_format = 7.1, "0.00"

    held = read_form(saved(paste), load_params(folder)).after
    assert [item.item for item in held.agenda] == ["1", "7.10"]
    assert held.front_sheet.item == "7.10"


@pytest.mark.parametrize("number_format", ["dd/mm/yyyy", "General"])
def test_dates_and_times_of_a_workbook_that_counts_from_1904(saved, folder, number_format):
    def as_on_an_old_mac(book):
        book.epoch = CALENDAR_MAC_1904
        day = (dt.date(2026, 12, 10) - CALENDAR_MAC_1904.date()).days
        book["Meeting"]["B4"].value, book["Meeting"]["B4"].number_format = day, number_format
        book["Meeting"]["B5"].value, book["Meeting"]["B5"].number_format = dt.time(9, 30), "hh:mm"

    held = read_form(saved(as_on_an_old_mac), load_params(folder)).after
    assert (held.date, held.starts) == (dt.date(2026, 12, 10), "09:30")


def test_a_time_typed_with_a_point_is_refused_in_a_workbook_that_counts_from_1904(saved, folder):
    def typed(book):
        book.epoch = CALENDAR_MAC_1904
        book["Meeting"]["B5"].value, book["Meeting"]["B5"].number_format = 9.3, "hh:mm"

    (problem,) = problems(saved(typed), folder)
    assert problem.found == "9.3, a number"


def test_a_strict_workbook_is_refused_as_what_it_is(fill):
    path = fill()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(*strict))
    with pytest.raises(InputError) as caught:
        open_form(path)
    assert caught.value.problems[0].found == "a Strict Open XML spreadsheet"
    assert caught.value.problems[0].hint == "save it as Excel workbook (.xlsx)"


def hide_row(book):
    book["Agenda"].row_dimensions[5].hidden = True


def hide_column(book):
    book["Agenda"].column_dimensions["B"].hidden = True


@pytest.mark.parametrize(
    ("change", "cells"), [(hide_row, ["A5", "B5", "F5", "H5"]), (hide_column, ["B4", "B5"])]
)
def test_what_nobody_sees_is_not_read_in_silence(saved, folder, change, cells):
    found = problems(saved(change), folder)
    told = [one.where.rpartition(" ")[2] for one in found if "nobody sees" in one.found]
    assert told == cells


def test_what_lies_under_merged_cells_is_not_read_in_silence(fill, folder):
    path = fill()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    agenda = "xl/worksheets/sheet2.xml"
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B4:B5"/></mergeCells>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"</sheetData>", merged) if name == agenda else content)
    (problem, *_) = problems(path, folder)
    assert problem.where == "form.xlsx, sheet Agenda, cell B5"
    assert problem.hint.startswith("show it")


def test_empty_rows_and_help_may_be_hidden(saved, folder):
    def tidy_up(book):
        book["Agenda"].row_dimensions[30].hidden = True
        book["Meeting"].column_dimensions["C"].hidden = True

    form = read_form(saved(tidy_up), load_params(folder))
    assert form.after == form.before


def test_file_names_of_papers_go_from_the_form_to_the_calendar(fill, folder):
    from boardpacks.meetings.write_calendar import write_changes  # noqa: PLC0415 - slow, and only here

    name = "[M6] Finance #3 – Chief Executive’s Résumé + estates.pdf"
    write_changes(read_form(fill({"Agenda!G4": name}), load_params(folder)), folder)
    assert load_params(folder).calendars["havering"].meetings[0].agenda[0].file == name
