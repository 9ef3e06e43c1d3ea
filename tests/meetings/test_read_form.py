"""Reading the form: each cell as Excel or LibreOffice may have kept it, and each wrong one by its name."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import load_workbook

from boardpacks.meetings.form import write_form
from boardpacks.meetings.read_form import read_form
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError
from tests.meetings.conftest import CALENDAR

DATE, STARTS, ENDS, VENUE, DRAFT, ITEM, TITLE, PURPOSE, PART, AUTHOR, SPONSOR = (
    f"B{n}" for n in range(4, 15)
)
RECOMMENDATION, SUMMARY = "B15", "B16"
FINAL = (
    '    finals:\n      - version: "1.0"\n        date: 2026-12-01\n        packs:\n'
    f"          havering: {'a' * 64}\n"
)


def after(path, folder):
    return read_form(path, load_params(folder)).after


def problems(path, folder):
    with pytest.raises(InputError) as caught:
        read_form(path, load_params(folder))
    return caught.value.problems


def with_final(folder, more: str = "") -> None:
    text = CALENDAR.replace("  # spring\n", FINAL + more + "  # spring\n")
    (folder / "meetings" / "havering.yml").write_text(text)


def test_a_form_as_it_was_written_changes_nothing(fill, folder):
    form = read_form(fill(), load_params(folder))
    assert form.after == form.before


@pytest.mark.parametrize(
    ("cell", "value", "key", "read"),
    [
        (DATE, dt.datetime(2026, 12, 10), "date", dt.date(2026, 12, 10)),
        (DATE, 46366, "date", dt.date(2026, 12, 10)),
        (DATE, "10/12/2026", "date", dt.date(2026, 12, 10)),
        (DATE, "Thursday 10 December 2026 ", "date", dt.date(2026, 12, 10)),
        (DATE, "10th Dec 2026", "date", dt.date(2026, 12, 10)),
        (DATE, "2026-12-10", "date", dt.date(2026, 12, 10)),
        (STARTS, dt.time(9, 30), "starts", "09:30"),
        (STARTS, 9.5 / 24, "starts", "09:30"),
        (STARTS, dt.timedelta(hours=9, minutes=30), "starts", "09:30"),
        (STARTS, dt.datetime(1899, 12, 30, 9, 30), "starts", "09:30"),
        (STARTS, "9.30 am", "starts", "09:30"),
        (STARTS, "2pm", "starts", "14:00"),
        (STARTS, "12:15 a.m.", "starts", "00:15"),
        (STARTS, None, "starts", None),
        (VENUE, " Room\xa02,\u200b Town Hall  ", "venue", "Room 2, Town Hall"),
        (VENUE, 12, "venue", "12"),
        (VENUE, "- none", "venue", "- none"),
        (
            VENUE,
            "\u201cThe Lodge\u201d, St George\u2019s",
            "venue",
            "\u201cThe Lodge\u201d, St George\u2019s",
        ),
        (VENUE, "  \n ", "venue", None),
        (DRAFT, 0.2, "draft", "0.2"),
        (DRAFT, None, "draft", "0.1"),
    ],
)
def test_an_answer_about_the_meeting(cell, value, key, read, fill, folder):
    assert getattr(after(fill({cell: value}), folder), key) == read


@pytest.mark.parametrize(
    ("cell", "value", "key", "read"),
    [
        (TITLE, "A & B <script>alert(1)</script>", "title", "A & B <script>alert(1)</script>"),
        (PURPOSE, "for DECISION", "purpose", "decision"),
        (PURPOSE, "", "purpose", None),
        (PART, None, "part", "public"),
        (
            RECOMMENDATION,
            "Please:_x000D_\n1. note\r\n2. agree \n\n",
            "recommendation",
            "Please:\n\n1. note\n2. agree",
        ),
        (RECOMMENDATION, "One.\nTwo.", "recommendation", "One.\n\nTwo."),
        (
            SUMMARY,
            "So {fact smoking_prevalence} smoke.",
            "executive_summary",
            "So {fact smoking_prevalence} smoke.",
        ),
    ],
)
def test_an_answer_for_the_front_sheet(cell, value, key, read, fill, folder):
    assert getattr(after(fill({cell: value}), folder).front_sheet, key) == read


@pytest.mark.parametrize(("value", "read"), [(8, "8"), (8.0, "8"), (7.1, "7.1"), ("8a ", "8a")])
def test_an_item_number_may_be_a_number(value, read, fill, folder):
    held = after(fill({"Agenda!A6": value, "Agenda!B6": "A paper", "Agenda!H6": "no"}), folder)
    assert (held.agenda[2].item, held.agenda[2].pack) == (read, False)


def test_empty_rows_of_the_agenda_are_passed_over(fill, folder):
    held = after(fill({"Agenda!A9": 8, "Agenda!B9": "A paper", "Agenda!D7": " \xa0"}), folder)
    assert [item.item for item in held.agenda] == ["1", "7", "8"]


@pytest.mark.parametrize(
    ("cell", "value", "label", "found", "allowed"),
    [
        (DATE, "31/02/2027", "Date", "'31/02/2027'", "a date that there is"),
        (DATE, dt.datetime(2026, 12, 9, 14), "Date", "14:00", "a date without a time"),
        (DATE, dt.datetime(2027, 3, 1), "Date", "2027-03-01", "before 2027-02-10"),
        (DATE, None, "Date", "nothing", "this key is needed"),
        (STARTS, "early", "Starts at", "'early'", "a time of day"),
        (STARTS, "25:00", "Starts at", "'25:00'", "a time of day"),
        (STARTS, 14, "Starts at", "14, a number", "a time of day"),
        (STARTS, 9.3, "Starts at", "9.3, a number", "a time of day"),
        (ENDS, "13:00", "Ends at", "'13:00'", "a time after 14:00"),
        (VENUE, "=1+1", "Venue", "a formula", "plain text"),
        (VENUE, "=cmd|' /C calc'!A0", "Venue", "a formula", "plain text"),
        (TITLE, '=HYPERLINK("http://example.org","x")', "Title", "a formula", "plain text"),
        (VENUE, "#REF!", "Venue", "#REF!", "plain text"),
        (VENUE, "Room 1\nBcc: all@example.org", "Venue", "several lines", "text on one line"),
        (VENUE, "A_x0007_B", "Venue", "U+0007", "without control characters"),
        (VENUE, "A\u202egnp.exe", "Venue", "U+202E", "without control characters"),
        (VENUE, True, "Venue", "TRUE", "text"),
        (AUTHOR, "A" * 301, "Author", "301 characters", "at most 300"),
        (RECOMMENDATION, "A" * 2001, "Recommendation", "2001 characters", "at most 2000"),
        (ITEM, dt.datetime(2026, 1, 7), "Agenda item", "a date", "text"),
        (PURPOSE, "Discussion", "Purpose", "'Discussion'", "decision, assurance or information"),
        (SUMMARY, "{fact smokin_prevalence}", "Executive summary", "{fact smokin_prevalence}", "indicator"),
        ("Agenda!G5", "../../secret.pdf", "PDF of the paper", "'../../secret.pdf'", "without folders"),
        ("Agenda!G5", "paper.docx", "PDF of the paper", "'paper.docx'", "the name of a PDF"),
        ("Agenda!H4", "perhaps", "Board pack?", "'perhaps'", "Yes or No"),
        ("Agenda!B5", None, "Title", "nothing", "this key is needed"),
    ],
)
def test_a_wrong_cell_is_named(cell, value, label, found, allowed, fill, folder):
    (problem,) = [
        one
        for one in problems(fill({cell: value}), folder)
        if one.where.endswith(f"cell {cell.split('!')[-1]}")
    ]
    sheet = cell.rpartition("!")[0] or "Meeting"
    assert problem.where == f"form.xlsx, sheet {sheet}, cell {cell.split('!')[-1]}"
    assert problem.key == label
    assert found in problem.found
    assert allowed in problem.allowed


def test_an_item_number_stands_once(fill, folder):
    (problem,) = problems(fill({"Agenda!A6": 1, "Agenda!B6": "A paper"}), folder)
    assert problem.where == "form.xlsx, sheet Agenda, cell A6"
    assert problem.found == "'1', which cell A4 has already"


def test_every_wrong_cell_is_told_at_once(fill, folder):
    path = fill({VENUE: "=1", PURPOSE: "Fun", "Agenda!C4": "late", "Agenda!G5": "a/b.pdf"})
    cells = [problem.where.rsplit(" ", 1)[-1] for problem in problems(path, folder)]
    assert sorted(cells) == ["B11", "B7", "C4", "G5"]


def test_a_form_that_moves_its_meeting_can_be_read_again(fill, folder):
    path = fill({DATE: dt.datetime(2026, 12, 10)})
    calendar = folder / "meetings" / "havering.yml"
    calendar.write_text(calendar.read_text().replace("2026-12-09", "2026-12-10"))

    form = read_form(path, load_params(folder))

    assert form.before == form.after


def test_two_forms_are_each_for_their_own_meeting(fill, folder):
    first = fill({VENUE: "One Hall"}, name="a.xlsx")
    second = fill({VENUE: "Two Hall"}, place="newham", number=1, name="b.xlsx")
    forms = [read_form(path, load_params(folder)) for path in (second, first)]
    assert [(form.calendar.place, form.after.venue) for form in forms] == [
        ("newham", "Two Hall"),
        ("havering", "One Hall"),
    ]


@pytest.mark.parametrize(
    ("cell", "value", "found", "allowed"),
    [
        ("About this form!B4", "nowhere", "'nowhere'", "havering"),
        ("About this form!B5", "soon", "'soon'", "the date"),
        ("About this form!B6", "0", "'0'", "1, the form as it is now"),
        ("About this form!B6", None, "nothing", "1, the form as it is now"),
        ("Meeting!A7", "Where", "no such row", "every row"),
        ("Agenda!B3", "Heading", "no such heading", "every column"),
    ],
)
def test_a_form_of_another_meeting_or_version_is_refused(cell, value, found, allowed, fill, folder):
    told = problems(fill({cell: value}), folder)
    assert any(found in problem.found and allowed in problem.allowed for problem in told)


def test_a_form_of_a_meeting_that_is_no_more_is_refused(fill, folder):
    path = fill({"About this form!B5": "2030-01-01", DATE: dt.datetime(2030, 1, 1)})
    (problem,) = problems(path, folder)
    assert (problem.found, problem.key) == ("2030-01-01", "Meeting")
    assert "2026-12-09" in problem.allowed


def test_a_form_without_its_sheets_is_refused(fill, folder):
    path = fill()
    book = load_workbook(path)
    del book["Agenda"]
    book.save(path)
    (problem,) = problems(path, folder)
    assert problem.found == "no sheet Agenda"


def test_a_final_edition_changes_only_with_a_correction(fill, folder):
    with_final(folder)

    (problem,) = problems(fill({VENUE: "New Hall"}), folder)
    assert problem.where == "form.xlsx, sheet Corrections, row 4"

    held = after(
        fill({VENUE: "New Hall", "Corrections!B4": "late paper", "Corrections!C4": "It came."}), folder
    )
    assert (held.corrections[0].kind, held.corrections[0].reason) == ("late-paper", "It came.")
    assert held.version == "1.1"
    assert len(held.finals) == 1


def test_a_correction_that_was_issued_stays(fill, folder):
    second = FINAL.removeprefix("    finals:\n").replace('"1.0"', '"1.1"')
    with_final(folder, second + "    corrections:\n      - kind: correction\n        reason: A slip.\n")

    (problem,) = problems(fill({"Corrections!C4": "Another reason."}), folder)

    assert problem.where == "form.xlsx, sheet Corrections, cell C4"
    assert "1.1 is final" in problem.allowed


def test_a_form_from_before_the_first_final_keeps_corrections(fill, folder):
    path = fill()
    with_final(folder, "    corrections:\n      - kind: correction\n        reason: A slip.\n")
    form = read_form(path, load_params(folder))
    assert form.after == form.before


def test_what_is_written_is_what_is_read(folder, tmp_path):
    params = load_params(folder)
    for calendar in params.calendars.values():
        # The one that is filled in; that nothing is known of the others is the same for all
        numbers = (0, -1) if calendar.place == "havering" else (0,)
        for number in numbers:
            path = tmp_path / f"{calendar.place}{number}.xlsx"
            path.write_bytes(write_form(calendar, calendar.meetings[number]))
            assert read_form(path, params).after == calendar.meetings[number]


def test_a_meeting_with_a_final_edition_is_moved_by_its_date_and_a_correction(fill, folder):
    with_final(folder)

    (problem,) = problems(fill({"B4": "16 December 2026"}), folder)
    assert problem.where == "form.xlsx, sheet Meeting, cell B4"
    assert "a correction that says that the meeting was moved" in problem.allowed

    said = {"Corrections!B4": "Correction", "Corrections!C4": "The meeting was moved from 9 December."}
    held = after(fill({"B4": "16 December 2026", **said}), folder)
    assert (str(held.date), str(held.moved_from), held.version) == ("2026-12-16", "2026-12-09", "1.1")
