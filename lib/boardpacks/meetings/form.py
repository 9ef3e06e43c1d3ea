"""Writes the Excel form of a meeting, filled in as far as params are."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from boardpacks.meetings import layout
from boardpacks.meetings.layout import Kind, Question
from boardpacks.packs.markdown.plain_prose import plain_prose
from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.project.dates import long_date

_FORMATS: Mapping[Kind, str] = {"date": "d mmmm yyyy", "clock": "hh:mm"}
_LONGEST: Mapping[Kind, int] = {"line": 300, "text": 2000}
_NAVY, _PALE, _LINE = "003087", "FFF9E5", "AEB7BD"
SPARE_ROWS = 10
"""Empty rows that a long action log has at its end."""
_EDGE = Side(style="thin", color=_LINE)
_WIDTHS = (25, 66, 36)
_LINE_HEIGHT = 15.5
_ABOUT_TEXT = (
    "Fill in the pale cells, save, and run boardpacks meeting read with this file's name. "
    "What stays empty is shown as To follow."
)


def write_form(
    calendar: Calendar, meeting: Meeting, measures: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Return the form of a meeting as an Excel file.

    It has a sheet for the meeting and its front sheet, one for the agenda, one for the board's action log, once an
    edition is final one for corrections, one that lists the measures, and one that says which meeting it is for.
    Cells for answers are open and all others locked, without a password.

    Parameters
    ----------
    measures
        Name of each indicator that an action may be about.
    """
    book = Workbook()
    name = f"{calendar.board}, {long_date(meeting.date)}"
    book.properties.title = f"Form for {name}"[:250]
    book.properties.creator = "Boardpacks"
    book.properties.language = "en-GB"
    _meeting_sheet(_first(book, layout.MEETING), name, meeting)
    _agenda_sheet(book.create_sheet(layout.AGENDA), name, meeting)
    _actions_sheet(book.create_sheet(layout.ACTIONS), calendar, measures)
    if meeting.finals:
        _corrections_sheet(book.create_sheet(layout.CORRECTIONS), name, meeting)
    if measures:
        _measures_sheet(book.create_sheet(layout.MEASURES), measures)
    _about_sheet(book.create_sheet(layout.ABOUT), calendar, meeting)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _first(book: Workbook, name: str) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return sheet


def _meeting_sheet(sheet: Worksheet, name: str, meeting: Meeting) -> None:
    _open(sheet, f"Meeting and front sheet: {name}", _ABOUT_TEXT, ("Question", "Answer", "Help"))
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for row, question in enumerate(meeting_rows(meeting), start=layout.FIRST_ROW):
        source = meeting.front_sheet if question.on_sheet else meeting
        label, answer, about = (sheet.cell(row, column) for column in (1, 2, 3))
        _text(label, question.label, bold=True)
        _answer(answer, question, getattr(source, question.key))
        _text(about, question.about)
        least = 3 if question.kind == "text" else 1
        heights = [
            _height(str(answer.value or ""), _WIDTHS[1], least),
            _height(question.about, _WIDTHS[2], 1),
        ]
        sheet.row_dimensions[row].height = max(*heights, _height(question.label, _WIDTHS[0], 1))
        _validate(sheet, question, answer.coordinate)
    _close(sheet)


def meeting_rows(meeting: Meeting) -> tuple[Question, ...]:
    """Return the questions of a meeting's first sheet, in order."""
    return layout.meeting_questions(has_final=bool(meeting.finals))


def _agenda_sheet(sheet: Worksheet, name: str, meeting: Meeting) -> None:
    questions = layout.AGENDA_QUESTIONS
    _open(
        sheet,
        f"Agenda: {name}",
        "One item in each row. Leave the sheet empty if the meeting's papers are not to be put together.",
        [f"{question.label}\n{question.about}" for question in questions],
    )
    rows = max(layout.MOST_ITEMS, len(meeting.agenda))
    for column, question in enumerate(questions, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = question.width
        _validate(sheet, question, f"{letter}{layout.FIRST_ROW}:{letter}{layout.FIRST_ROW + rows - 1}")
        for number in range(rows):
            value = getattr(meeting.agenda[number], question.key) if number < len(meeting.agenda) else None
            _answer(sheet.cell(layout.FIRST_ROW + number, column), question, value)
    for number, item in enumerate(meeting.agenda):
        height = max(
            _height(item.title, 44, 1), _height(item.file or "", 32, 1), _height(item.lead or "", 24, 1)
        )
        sheet.row_dimensions[layout.FIRST_ROW + number].height = height
    sheet.page_setup.orientation = "landscape"
    _close(sheet)


def _corrections_sheet(sheet: Worksheet, name: str, meeting: Meeting) -> None:
    questions = layout.CORRECTION_QUESTIONS
    newest = meeting.finals[-1].version
    _open(
        sheet,
        f"Corrections: {name}",
        f"Version {newest} is final and never changes. To put it right, say here what the next version puts right.",
        [f"{question.label}\n{question.about}" for question in questions],
    )
    for column, question in enumerate(questions, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = question.width
    for number in range(len(meeting.finals)):
        row = layout.FIRST_ROW + number
        version, kind, reason = (sheet.cell(row, column) for column in (1, 2, 3))
        _text(version, f"1.{number + 1}", bold=True)
        written = meeting.corrections[number] if number < len(meeting.corrections) else None
        is_issued = number + 1 < len(meeting.finals)
        _answer(kind, questions[1], written and written.kind, locked=is_issued)
        _answer(reason, questions[2], written and written.reason, locked=is_issued)
        sheet.row_dimensions[row].height = _height(str(reason.value or ""), 90, 2)
        _validate(sheet, questions[1], kind.coordinate)
        _validate(sheet, questions[2], reason.coordinate)
    sheet.page_setup.orientation = "landscape"
    _close(sheet)


def _actions_sheet(sheet: Worksheet, calendar: Calendar, measures: Mapping[str, str]) -> None:
    questions = layout.ACTION_QUESTIONS
    _open(
        sheet,
        f"Action log: {calendar.board}",
        "One action in each row. It stands in every pack beside its measure until it has a day on which it was closed.",
        [f"{question.label}\n{question.about}" for question in questions],
    )
    rows = max(layout.MOST_ITEMS, len(calendar.actions) + SPARE_ROWS)
    last = layout.FIRST_ROW + rows - 1
    for column, question in enumerate(questions, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = question.width
        _validate(sheet, question, f"{letter}{layout.FIRST_ROW}:{letter}{last}")
        for number in range(rows):
            action = calendar.actions[number] if number < len(calendar.actions) else None
            value = getattr(action, question.key, None)
            shown = measures.get(str(value), value) if question.key == "indicator" else value
            _answer(sheet.cell(layout.FIRST_ROW + number, column), question, shown)
    if measures:
        names = f"{layout.MEASURES}!$A${layout.FIRST_ROW}:$A${layout.FIRST_ROW + len(measures) - 1}"
        rule = DataValidation("list", formula1=names)
        sheet.add_data_validation(rule)
        rule.add(f"A{layout.FIRST_ROW}:A{last}")
    for number, action in enumerate(calendar.actions):
        height = max(_height(measures.get(action.indicator, ""), 40, 1), _height(action.action, 48, 1))
        sheet.row_dimensions[layout.FIRST_ROW + number].height = height
    sheet.page_setup.orientation = "landscape"
    _close(sheet)


def _measures_sheet(sheet: Worksheet, measures: Mapping[str, str]) -> None:
    """List the measures, which the action log's first column takes its choices from."""
    about = "What an action may be about. Leave this sheet as it is."
    _open(sheet, "Measures of the packs", about, ("Measure", "Its name in params"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 80, 40
    for row, (name, words) in enumerate(measures.items(), start=layout.FIRST_ROW):
        _text(sheet.cell(row, 1), words)
        _text(sheet.cell(row, 2), name)
    _close(sheet)


def _about_sheet(sheet: Worksheet, calendar: Calendar, meeting: Meeting) -> None:
    _open(sheet, "About this form", "Leave this sheet as it is.", ("What", "Which"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 50
    stated = (
        (layout.PLACE, calendar.place),
        (layout.HELD, meeting.date.isoformat()),
        (layout.VERSION, layout.FORM_VERSION),
    )
    for row, (what, which) in enumerate(stated, start=layout.FIRST_ROW):
        _text(sheet.cell(row, 1), what, bold=True)
        _text(sheet.cell(row, 2), which)
    _close(sheet)


def _open(sheet: Worksheet, title: str, about: str, headings: Sequence[str]) -> None:
    _text(sheet["A1"], title, bold=True, wrap=False)
    sheet["A1"].font = Font(name="Arial", size=15, bold=True, color=_NAVY)
    sheet.row_dimensions[1].height = 26
    _text(sheet["A2"], about, wrap=False)
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(layout.FIRST_ROW - 1, column)
        _text(cell, heading, bold=True)
        cell.font = Font(name="Arial", size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_NAVY)
    sheet.freeze_panes = f"A{layout.FIRST_ROW}"


def _close(sheet: Worksheet) -> None:
    headings = sheet[layout.FIRST_ROW - 1]
    sheet.row_dimensions[layout.FIRST_ROW - 1].height = max(
        _height(str(cell.value), int(sheet.column_dimensions[cell.column_letter].width), 1)
        for cell in headings
    )
    sheet.print_title_rows = f"{layout.FIRST_ROW - 1}:{layout.FIRST_ROW - 1}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.right.text = "Page &P of &N"
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
    sheet.protection.formatColumns = False


def _text(cell: Cell, text: str, *, bold: bool = False, wrap: bool = True) -> None:
    _put(cell, text)
    cell.font = Font(name="Arial", size=11, bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)


def _answer(cell: Cell, question: Question, value: object, *, locked: bool = False) -> None:
    _put(cell, _shown(question, value))
    cell.number_format = _FORMATS.get(question.kind, "@")
    cell.font = Font(name="Arial", size=11)
    cell.alignment = Alignment(vertical="top", horizontal="left", wrap_text=True)
    cell.border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
    if not locked:
        cell.fill = PatternFill("solid", fgColor=_PALE)
        cell.protection = Protection(locked=False)


def _put(cell: Cell, value: str | dt.date | dt.time | None) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever the text begins with


def _shown(question: Question, value: object) -> str | dt.date | dt.time | None:
    if value is None or value is False:
        return None
    if isinstance(value, dt.date):
        return value
    if question.kind == "clock":
        return dt.time.fromisoformat(str(value))
    if question.kind == "yes":
        return "Yes"
    if question.choices:
        return next(shown for shown, word in question.choices if word == value)
    return plain_prose(str(value)) if question.kind == "text" else str(value)


def _height(text: str, width: int, least: int) -> float:
    lines = sum(max(1, math.ceil(len(line) / (width * 0.95))) for line in text.split("\n"))
    return max(lines, least) * _LINE_HEIGHT + 3


def _validate(sheet: Worksheet, question: Question, cells: str) -> None:
    """Have Excel itself mind what is typed, as far as it can."""
    rule = _rule(question)
    if rule is not None:
        rule.errorTitle, rule.showErrorMessage, rule.allowBlank = question.label[:32], True, True
        sheet.add_data_validation(rule)
        rule.add(cells)


def _rule(question: Question) -> DataValidation | None:
    if question.choices:
        words = [shown for shown, _ in question.choices]
        return DataValidation("list", formula1=f'"{",".join(words)}"', error=f"Choose {' or '.join(words)}.")
    if question.kind == "date":
        first = "DATE(2000,1,1)"
        return DataValidation(
            "date", operator="greaterThan", formula1=first, error="A date, such as 9/12/2026."
        )
    if question.kind == "clock":
        return DataValidation(
            "time", operator="between", formula1="0", formula2="0.99999", error="A time, such as 14:00."
        )
    if question.kind in _LONGEST:
        most = _LONGEST[question.kind]
        return DataValidation(
            "textLength", operator="lessThanOrEqual", formula1=str(most), error=f"{most} signs at most."
        )
    return None
