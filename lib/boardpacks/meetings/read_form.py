"""Reads a meeting's form cell by cell, and names every cell that is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boardpacks.meetings import layout
from boardpacks.meetings.cell_words import UnfitCell, answer, tidy
from boardpacks.meetings.layout import Question
from boardpacks.meetings.open_form import FormCell, Sheets, open_form
from boardpacks.packs.markdown.plain_prose import plain_prose
from boardpacks.params.actions import Action
from boardpacks.params.agenda import FrontSheet
from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.check_calendars import check_actions, check_agendas, check_quotes
from boardpacks.params.check_model import check_model
from boardpacks.params.models import Params
from boardpacks.params.params_file import Document, KeyPath, ParamsFault
from boardpacks.project.errors import InputError, Problem, near

_HERE: KeyPath = ("meetings", 0)
_LOG: KeyPath = ("actions",)


@dataclass(frozen=True)
class _Place:
    """Where an answer stands: its sheet, its cell, and what the form calls it."""

    sheet: str
    cell: str
    label: str


@dataclass(frozen=True)
class _FormDocument(Document):
    """A form as the models read a calendar's file, with cells for lines."""

    places: Mapping[KeyPath, _Place] = field(default_factory=dict)

    def fault(self, path: KeyPath, *, found: str, allowed: str, hint: str = "") -> ParamsFault:
        known = path
        while known and known not in self.places:
            known = known[:-1]
        place = self.places.get(known, _Place(layout.MEETING, "A1", ""))
        where = f"{self.file}, sheet {place.sheet}, cell {place.cell}"
        return ParamsFault(
            self.file, self.lines.get(known, 0), Problem(where, place.label, found, allowed, hint)
        )

    def place(self, path: KeyPath) -> str:
        return f"cell {self.places[path].cell}"


@dataclass(frozen=True)
class Form:
    """What a form says: its calendar and meeting, and that meeting and the action log as it wants them."""

    calendar: Calendar
    before: Meeting
    after: Meeting
    log: tuple[Action, ...] = ()


@dataclass
class _Reading:
    """What was read so far: values by their way, where each stands, and what is wrong."""

    file: str
    values: dict[str, object] = field(default_factory=dict)
    log: list[dict[str, object]] = field(default_factory=list)
    written: dict[KeyPath, str] = field(default_factory=dict)
    places: dict[KeyPath, _Place] = field(default_factory=dict)
    lines: dict[KeyPath, int] = field(default_factory=dict)
    refused: set[KeyPath] = field(default_factory=set)
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    def read(self, cell: FormCell, question: Question, sheet: str, path: KeyPath) -> object:
        """Return the answer in a cell, or None where there is none or it is refused."""
        place = _Place(sheet, cell.name, question.label)
        self.stand(path, place)
        try:
            value = answer(cell, question)
        except UnfitCell as unfit:
            where = f"{self.file}, sheet {sheet}, cell {cell.name}"
            problem = Problem(where, question.label, unfit.found, unfit.allowed, unfit.hint)
            self.problems.append((self.lines[path], problem))
            self.refused.add(path)
            return None
        self.written[path] = str(value)
        return value

    def stand(self, path: KeyPath, place: _Place) -> None:
        self.places[path] = place
        self.lines[path] = len(self.lines) + 1


def read_form(path: Path, params: Params) -> Form:
    """Read and check a form.

    Parameters
    ----------
    path
        The Excel file.
    params
        The project's params, which hold the meeting that the form is for.

    Raises
    ------
    InputError
        With every cell that is wrong: file, sheet, cell, what stands there and what may stand there.
    """
    sheets = open_form(path)
    reading = _Reading(path.name)
    calendar, stated = _meant(reading, sheets, params)
    _read_meeting(reading, sheets)
    moved = reading.values.get("date")
    before = _meeting(calendar, stated, moved, reading)
    reading.values["agenda"] = tuple(
        _read_rows(reading, sheets, layout.AGENDA, layout.AGENDA_QUESTIONS, (*_HERE, "agenda"))
    )
    _read_corrections(reading, sheets, before)
    _read_log(reading, sheets, params)
    after = _check(reading, before, params)
    log = _check_log(reading, params) if layout.ACTIONS in sheets else calendar.actions
    if after is not None:
        _check_date(reading, calendar, before, after)
        _check_final(reading, before, after)
    if reading.problems or after is None:
        raise InputError([problem for _, problem in sorted(reading.problems, key=lambda one: one[0])])
    return Form(calendar, before, after, log)


def _meant(reading: _Reading, sheets: Sheets, params: Params) -> tuple[Calendar, dt.date]:
    """Return the calendar and the date that the form was written for."""
    needed = (layout.MEETING, layout.AGENDA, layout.ABOUT)
    if missing := [name for name in needed if name not in sheets]:
        found = f"no sheet {missing[0]}"
        hint = "write a new form: boardpacks meeting form MEETING"
        raise InputError([Problem(reading.file, "", found, "a form of boardpacks meeting form, whole", hint)])
    rows = {_label(row[0]): row[1] for row in sheets[layout.ABOUT] if len(row) > 1}
    stated = {name: _said(rows.get(name)) for name in (layout.PLACE, layout.HELD, layout.VERSION)}
    place, held, version = stated.values()
    if version != layout.FORM_VERSION:
        raise _about(
            reading,
            rows,
            layout.VERSION,
            version,
            f"{layout.FORM_VERSION}, the form as it is now",
            "write a new form and copy the answers: boardpacks meeting form MEETING",
        )
    if place not in params.calendars:
        known = list(params.calendars)
        raise _about(reading, rows, layout.PLACE, place, ", ".join(known), near(place, known))
    try:
        return params.calendars[place], dt.date.fromisoformat(held[:10])
    except ValueError:
        allowed = "the date that the form was written for, such as 2026-12-09"
        raise _about(reading, rows, layout.HELD, held, allowed, "put it back as it was") from None


def _about(reading: _Reading, rows: Mapping[str, FormCell], name: str, found: str, *words: str) -> InputError:
    cell = rows[name].name if name in rows else "B4"
    where = f"{reading.file}, sheet {layout.ABOUT}, cell {cell}"
    return InputError([Problem(where, name, repr(found[:60]) if found else "nothing", *words)])


def _meeting(calendar: Calendar, stated: dt.date, moved: object, reading: _Reading) -> Meeting:
    """Return the meeting that the form is for, also when the form has moved it before."""
    for date in (stated, moved):
        for meeting in calendar.meetings:
            if meeting.date == date:
                return meeting
    allowed = ", ".join(meeting.date.isoformat() for meeting in calendar.meetings)
    where = f"{reading.file}, sheet {layout.ABOUT}"
    raise InputError([Problem(where, layout.HELD, stated.isoformat(), f"a meeting of the board: {allowed}")])


def _read_meeting(reading: _Reading, sheets: Sheets) -> None:
    rows = {_label(row[0]): row for row in sheets[layout.MEETING][layout.FIRST_ROW - 1 :] if len(row) > 1}
    sheet: dict[str, object] = {}
    reading.values["front_sheet"] = sheet
    for question in layout.meeting_questions(has_final=False):
        row = rows.pop(question.label, None)
        if row is None:
            if question is not layout.DRAFT:
                reading.problems.append((0, _no_row(reading.file, question)))
            continue
        into, above = (sheet, ("front_sheet",)) if question.on_sheet else (reading.values, ())
        value = reading.read(row[1], question, layout.MEETING, (*_HERE, *above, question.key))
        if value is not None:
            into[question.key] = value
    for row in rows.values():
        if _said(row[1]):
            where = f"{reading.file}, sheet {layout.MEETING}, cell {row[0].name}"
            allowed = "the labels as the form had them"
            reading.problems.append((0, Problem(where, "", repr(_said(row[0])[:60]), allowed)))


def _no_row(file: str, question: Question) -> Problem:
    where = f"{file}, sheet {layout.MEETING}"
    return Problem(where, question.label, "no such row", "every row of the form", "write a new form")


def _read_rows(
    reading: _Reading, sheets: Sheets, sheet: str, questions: Sequence[Question], above: KeyPath
) -> list[dict[str, object]]:
    """Return the answers of a sheet with one entry in each row, in the order of the rows."""
    rows = sheets[sheet]
    headings = [_label(cell) for cell in rows[layout.FIRST_ROW - 2]] if len(rows) >= layout.FIRST_ROW else []
    columns = {
        question: headings.index(question.label) for question in questions if question.label in headings
    }
    for question in questions:
        if question not in columns and len(rows) >= layout.FIRST_ROW:
            where = f"{reading.file}, sheet {sheet}, row {layout.FIRST_ROW - 1}"
            problem = Problem(where, question.label, "no such heading", "every column of the form")
            reading.problems.append((0, problem))
    items: list[dict[str, object]] = []
    for row in rows[layout.FIRST_ROW - 1 :]:
        if not any(_said(row[column]) for column in columns.values()):
            continue
        path = (*above, len(items))
        reading.stand(path, _Place(sheet, row[0].name, ""))
        item: dict[str, object] = {}
        for question, column in columns.items():
            value = reading.read(row[column], question, sheet, (*path, question.key))
            if value is not None and value is not False:
                item[question.key] = value
        items.append(item)
    return items


def _read_log(reading: _Reading, sheets: Sheets, params: Params) -> None:
    """Read the action log; a measure may be called by its name in the packs or in the params."""
    if layout.ACTIONS not in sheets:  # the form is older than the log
        return
    named = {one.name.casefold(): one.id for one in params.indicators.values()}
    reading.log = _read_rows(reading, sheets, layout.ACTIONS, layout.ACTION_QUESTIONS, _LOG)
    for number, entry in enumerate(reading.log):
        if known := named.get(str(entry.get("indicator")).casefold()):
            entry["indicator"] = reading.written[*_LOG, number, "indicator"] = known


def _read_corrections(reading: _Reading, sheets: Sheets, before: Meeting) -> None:
    entries: list[dict[str, object]] = []
    _, kind, reason = layout.CORRECTION_QUESTIONS
    for row in sheets.get(layout.CORRECTIONS, ())[layout.FIRST_ROW - 1 :]:
        if len(row) < 3 or not (_said(row[1]) or _said(row[2])):
            continue
        path = (*_HERE, "corrections", len(entries))
        reading.stand(path, _Place(layout.CORRECTIONS, row[1].name, ""))
        read = {
            question.key: reading.read(cell, question, layout.CORRECTIONS, (*path, question.key))
            for question, cell in ((kind, row[1]), (reason, row[2]))
        }
        entries.append({key: value for key, value in read.items() if value is not None})
    if layout.CORRECTIONS not in sheets:
        # The form is older than the first final edition: corrections stay as they are.
        entries = [{"kind": one.kind, "reason": one.reason} for one in before.corrections]
    reading.values["corrections"] = tuple(entries)


def _check(reading: _Reading, before: Meeting, params: Params) -> Meeting | None:
    """Hold the answers against the models of params, and add what is wrong to the problems."""
    if before.finals:
        reading.values.pop("draft", None)
        reading.values["draft"] = before.draft
        reading.values |= _moved(reading, before)
    finals = tuple(final.model_dump() for final in before.finals)
    document = _FormDocument(
        reading.file,
        {"meetings": ({**reading.values, "finals": finals},)},
        reading.lines,
        reading.written,
        reading.refused,
        places=reading.places,
    )
    after, faults = check_model(Meeting, document, _HERE)
    faults = [one for one in faults if not _told_already(reading, one)]
    faults += [*check_agendas(document), *check_quotes(document, list(params.indicators))]
    reading.problems += [(fault.line, fault.problem) for fault in faults]
    return _settled(before, after) if after is not None else None


def _check_log(reading: _Reading, params: Params) -> tuple[Action, ...]:
    """Hold the action log against its model, and add what is wrong to the problems."""
    data = {"actions": tuple(reading.log)}
    document = _FormDocument(
        reading.file, data, reading.lines, reading.written, reading.refused, places=reading.places
    )
    checked = [check_model(Action, document, (*_LOG, number)) for number in range(len(reading.log))]
    faults = [fault for _, found in checked for fault in found if not _told_already(reading, fault)]
    known = [word for one in params.indicators.values() for word in (one.id, one.name)]
    faults += check_actions(document, known)
    reading.problems += [(fault.line, fault.problem) for fault in faults]
    return tuple(action for action, _ in checked if action is not None)


def _moved(reading: _Reading, before: Meeting) -> dict[str, object]:
    """Return for which day the newest final edition was made, where the form has the meeting on another."""
    dates = [before.date_of(final.version) for final in before.finals]
    others = [date for date in dates if date != reading.values.get("date", before.date)]
    return {"moved_from": others[-1]} if others else {}


def _told_already(reading: _Reading, fault: ParamsFault) -> bool:
    """Return whether a value is only missing because its cell was refused."""
    told = {(problem.where, problem.key) for _, problem in reading.problems}
    return (fault.problem.where, fault.problem.key) in told


def _settled(before: Meeting, after: Meeting) -> Meeting:
    """Return the meeting with the texts that only wrap otherwise as they were."""
    sheet = {
        name: _same_text(getattr(before.front_sheet, name), getattr(after.front_sheet, name))
        for name in FrontSheet.model_fields
    }
    corrections = [
        one.model_copy(update={"reason": _same_text(was.reason, one.reason)})
        for was, one in zip(before.corrections, after.corrections, strict=False)
    ]
    return after.model_copy(
        update={
            "front_sheet": after.front_sheet.model_copy(update=sheet),
            "corrections": (*corrections, *after.corrections[len(corrections) :]),
        }
    )


def _same_text(was: str | None, now: str | None) -> str | None:
    return was if was and now and plain_prose(tidy(was)) == plain_prose(now) else now


def _check_date(reading: _Reading, calendar: Calendar, before: Meeting, after: Meeting) -> None:
    number = [meeting.date for meeting in calendar.meetings].index(before.date)
    earlier, later = calendar.meetings[:number], calendar.meetings[number + 1 :]
    if (earlier and after.date <= earlier[-1].date) or (later and after.date >= later[0].date):
        bounds = [
            *([f"after {earlier[-1].date}"] if earlier else []),
            *([f"before {later[0].date}"] if later else []),
        ]
        allowed = f"a date {' and '.join(bounds)}: the meetings beside it"
        _refuse(reading, (*_HERE, "date"), after.date.isoformat(), allowed)


def _check_final(reading: _Reading, before: Meeting, after: Meeting) -> None:
    """Refuse to change a final edition, but by a correction."""
    issued = max(len(before.finals) - 1, 0)
    for number in range(issued):
        if after.corrections[number : number + 1] != before.corrections[number : number + 1]:
            path = (*_HERE, "corrections", number, "reason")
            _refuse(reading, path, "another text", f"it as it was: version 1.{number + 1} is final")
            return
    unchanged = after.model_copy(update={"corrections": before.corrections}) == before
    if before.finals and not unchanged and len(after.corrections) < len(before.finals):
        version = before.finals[-1].version
        problem = Problem(
            f"{reading.file}, sheet {layout.CORRECTIONS}, row {layout.FIRST_ROW + len(after.corrections)}",
            "",
            "changes, and no correction that says why",
            f"the answers as they are in version {version}, which is final, or a kind and a reason here",
            "if it has no such sheet, write a new form: boardpacks meeting form MEETING",
        )
        reading.problems.append((len(reading.lines), problem))


def _refuse(reading: _Reading, path: KeyPath, found: str, allowed: str) -> None:
    place = reading.places.get(path, _Place(layout.CORRECTIONS, f"C{layout.FIRST_ROW}", ""))
    where = f"{reading.file}, sheet {place.sheet}, cell {place.cell}"
    reading.problems.append((reading.lines.get(path, 0), Problem(where, place.label, found, allowed)))


def _label(cell: FormCell) -> str:
    return _said(cell).split("\n")[0].strip()


def _said(cell: FormCell | None) -> str:
    return tidy(str(cell.value)) if cell is not None and cell.value is not None else ""
