"""Writes into a board's calendar file which editions were made final."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from boardpacks.meetings.comments import put_last, take_beyond
from boardpacks.meetings.rewrite import rewrite_meeting
from boardpacks.params.calendars import Meeting
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import explained

_NUMBER = re.compile(r"^[0-9.]+$")


def write_edition(path: Path, meeting: Meeting) -> None:
    """Write a meeting's draft version, corrections and final editions; all else stays, comments included.

    Parameters
    ----------
    path
        The calendar's file, such as ``params/meetings/havering.yml``.
    meeting
        The meeting as it shall be.

    Raises
    ------
    BoardpacksError
        When the file has no such meeting any more.
    CannotWrite
        When the disk or the folder fails. The file stays as it was.
    """
    try:
        content = rewrite_meeting(path.read_bytes(), meeting.date, lambda entry: _set_edition(entry, meeting))
    except BoardpacksError as error:
        raise BoardpacksError(f"{path.name}: {error}") from None
    with explained(path.parent):
        write_whole(path, content)


def _set_edition(entry: CommentedMap, meeting: Meeting) -> None:
    wanted = meeting.model_dump(include={"draft", "corrections", "finals"})
    known = Meeting.model_validate(entry, strict=False).model_dump()
    for key, value in wanted.items():
        if value == known[key]:
            continue
        if value and isinstance(entry.get(key), CommentedSeq):
            beyond = take_beyond(entry[key])
            entry[key] = CommentedSeq(_plain(value))
            put_last(entry[key], beyond)
        elif value and key in entry:
            entry[key] = _plain(value)
        elif value:  # right after the date: comments below the last key belong to what comes next
            entry.insert(list(entry).index("date") + 1, key, _plain(value))
        else:
            del entry[key]


def _plain(value: Any) -> Any:
    """Return a value as YAML has it: a version in quotes, so that it does not become a number."""
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return DoubleQuotedScalarString(value) if isinstance(value, str) and _NUMBER.match(value) else value
