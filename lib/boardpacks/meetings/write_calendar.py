"""Writes what a form says into a board's calendar file, and leaves everything else in it as it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)

from boardpacks.meetings.comments import add_below, put_first, put_last, take_above, take_below, take_beyond
from boardpacks.meetings.read_form import Form
from boardpacks.meetings.rewrite import rewrite_calendar, rewrite_meeting
from boardpacks.params.actions import Action
from boardpacks.params.agenda import AgendaItem, FrontSheet, field_label
from boardpacks.params.calendars import Calendar, Correction, Meeting
from boardpacks.params.load import load_params
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import explained

_LONG = 80
"""Texts longer than this are wrapped over several lines."""
_WRAP = 100
_SHOWN = 160
_WITHOUT = ("front_sheet", "finals")


@dataclass(frozen=True)
class AnswerChange:
    """An answer that differs: what it is of, what stood there, and what stands there now."""

    label: str
    before: str
    after: str


def changes(form: Form) -> list[AnswerChange]:
    """Return what a form changes, in the order of the form."""
    before, after = form.before, form.after
    found = [
        AnswerChange(_name(key), _words(getattr(was, key)), _words(getattr(now, key)))
        for was, now in ((before, after), (before.front_sheet, after.front_sheet))
        for key in type(was).model_fields
        if key not in (*_WITHOUT, "agenda", "corrections") and getattr(was, key) != getattr(now, key)
    ]
    for key, label in (("agenda", "Agenda"), ("corrections", "Corrections")):
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            found.append(AnswerChange(label, _count(len(was)), _count(len(now))))
    if form.log != form.calendar.actions:
        found.append(AnswerChange("Action log", _log_words(form.calendar.actions), _log_words(form.log)))
    return found


def write_changes(form: Form, folder: Path, *, only_check: bool = False) -> None:
    """Write a form's answers into the calendar's file, comments and order kept, whole or not at all.

    Parameters
    ----------
    folder
        The ``params`` folder.
    only_check
        Only see whether params would load.

    Raises
    ------
    InputError
        When params would not load any more. Nothing is written then.
    CannotWrite
        When the disk or the folder fails. The file stays as it was.
    """
    path = folder / "meetings" / f"{form.calendar.place}.yml"
    content = rewrite_meeting(
        path.read_bytes(), form.before.date, lambda meeting: _set_all(meeting, form.before, form.after)
    )
    if form.log != form.calendar.actions:
        log = ("actions", form.calendar.actions, form.log)
        content = rewrite_calendar(content, lambda calendar: _set_list(calendar, *log, Action, Calendar))
    _check_loads(content, form, folder)
    if only_check:
        return
    with explained(path.parent):
        write_whole(path, content)


def _check_loads(content: bytes, form: Form, folder: Path) -> None:
    """Load params as they would be, from a copy beside no one else's way."""
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(aside) / folder.name
        shutil.copytree(folder, copy)
        (copy / "meetings" / f"{form.calendar.place}.yml").write_bytes(content)
        params = load_params(copy)
    if params.calendars[form.calendar.place] != _expected(form):
        raise BoardpacksError(
            f"params/meetings/{form.calendar.place}.yml: the answers cannot be written without changing "
            "something else in it. Write them in by hand."
        )


def _expected(form: Form) -> Any:
    meetings = tuple(form.after if held == form.before else held for held in form.calendar.meetings)
    return form.calendar.model_copy(update={"meetings": meetings, "actions": form.log})


def _set_all(meeting: CommentedMap, before: Meeting, after: Meeting) -> None:
    for key in Meeting.model_fields:
        if key in _WITHOUT or getattr(before, key) == getattr(after, key):
            continue
        if key in ("agenda", "corrections"):
            model: type[BaseModel] = AgendaItem if key == "agenda" else Correction
            _set_list(meeting, key, getattr(before, key), getattr(after, key), model, Meeting)
        else:
            _set(meeting, key, after, Meeting)
    if before.front_sheet != after.front_sheet:
        if "front_sheet" not in meeting:
            _insert(meeting, "front_sheet", CommentedMap(), Meeting)
        for key in FrontSheet.model_fields:
            if getattr(before.front_sheet, key) != getattr(after.front_sheet, key):
                _set(meeting["front_sheet"], key, after.front_sheet, FrontSheet)
        if not meeting["front_sheet"]:
            _remove(meeting, "front_sheet")


def _set_list(
    holder: CommentedMap,
    key: str,
    before: Sequence[BaseModel],
    after: Sequence[BaseModel],
    model: type[BaseModel],
    holds: type[BaseModel],
) -> None:
    """Set a list so that entries that stay keep their lines and comments."""
    if not after:
        _remove(holder, key)
        return
    after_all = take_beyond(holder[key]) if key in holder else ""
    old = list(zip(before, holder.get(key, ()), strict=True))
    made = [_entry(one, old, model) for one in after]
    if key not in holder:
        _insert(holder, key, CommentedSeq(made), holds)
    else:
        holder[key][:] = made
        put_last(holder[key], after_all)


def _entry(
    wanted: BaseModel, old: list[tuple[BaseModel, CommentedMap]], model: type[BaseModel]
) -> CommentedMap:
    """Return an entry: the old one that is the same or has the same name, changed where it differs, or a new one."""
    name = next(iter(model.model_fields))
    same = [pair for pair in old if pair[0] == wanted]
    named = [pair for pair in old if getattr(pair[0], name) == getattr(wanted, name)]
    was, entry = next(iter([*same, *named]), (None, CommentedMap()))
    if was is not None:
        old.remove((was, entry))
    for key in model.model_fields:
        if was is None or getattr(was, key) != getattr(wanted, key):
            _set(entry, key, wanted, model)
    return entry


def _set(entry: CommentedMap, key: str, source: BaseModel, model: type[BaseModel]) -> None:
    value = getattr(source, key)
    default = model.model_fields[key].default
    if value is None or (value == default and key not in entry):
        _remove(entry, key)
    elif key in entry:
        below = take_below(entry, key)
        entry[key] = _scalar(value)
        if below:
            add_below(entry, key, below)
    else:
        _insert(entry, key, _scalar(value), model)


def _insert(entry: CommentedMap, key: str, value: object, model: type[BaseModel]) -> None:
    """Put a key where the model has it among those that are there."""
    order = list(model.model_fields)
    names = list(entry)
    before = [name for name in names if name in order and order.index(name) < order.index(key)]
    place = names.index(before[-1]) + 1 if before else 0
    after = take_beyond(entry) if names and place == len(names) else ""
    entry.insert(place, key, value)
    if after:
        put_last(entry, after)


def _remove(entry: CommentedMap, key: str) -> None:
    """Take a key out; comments that stand on lines of their own below it stay."""
    if key not in entry:
        return
    names = list(entry)
    below = take_above(entry, key) + take_below(entry, key)
    above = names[names.index(key) - 1] if names.index(key) else None
    del entry[key]
    entry.ca.items.pop(key, None)
    if below and above is not None:
        add_below(entry, above, below)
    elif below and entry:
        put_first(entry, below)


def _scalar(value: object) -> object:
    """Return a value as it is written: texts of several lines or long ones as blocks, others in quotes if need be."""
    if not isinstance(value, str):
        return value
    if "\n" in value:
        return LiteralScalarString(value)
    if len(value) > _LONG:
        made = FoldedScalarString(value)
        made.fold_pos = _folds(value)
        return made
    return value if _is_plain(value) else DoubleQuotedScalarString(value)


def _folds(text: str) -> list[int]:
    """Return where a long text is wrapped: at single blanks, lines as long as they may be."""
    places, start, last = [], 0, -1
    for at, sign in enumerate(text):
        if at - start > _WRAP and last > start:
            places.append(last)
            start = last
        if sign == " " and 0 < at < len(text) - 1 and " " not in (text[at - 1], text[at + 1]):
            last = at
    return places


def _is_plain(text: str) -> bool:
    """Return whether YAML surely takes a text without quotes for text: words and plain signs."""
    if text.isascii() and text.isalpha():
        return len(text) > 3 and text.lower() not in ("true", "false", "null")
    words = text.replace("-", " ").split()
    return (
        len(words) > 1 and text[0].isalpha() and all(sign.isalnum() or sign in " ,.()/&'-" for sign in text)
    )


def _name(key: str) -> str:
    return {"starts": "Starts at", "ends": "Ends at", "draft": "Version of the draft"}.get(
        key
    ) or field_label(key)


def _words(value: object) -> str:
    """Return a value on one line that fits a screen, or that there is none."""
    line = " ".join(str(value).split())
    return "nothing" if value is None else line if len(line) <= _SHOWN else f"{line[: _SHOWN - 4]} ..."


def _log_words(log: Sequence[Action]) -> str:
    open_ = sum(one.closed is None for one in log)
    return f"{open_} open, {len(log) - open_} closed" if log else "nothing"


def _count(count: int) -> str:
    return "nothing" if not count else f"{count} row{'s' if count > 1 else ''}"
