"""Writes into a board's calendar file which editions were made final."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from boardpacks.meetings.comments import put_last, take_beyond
from boardpacks.params.errors import BoardpacksError
from boardpacks.params.meetings import Meeting
from boardpacks.params.sealed import write_whole
from boardpacks.params.write_errors import explained

_NUMBER = re.compile(r"^[0-9.]+$")
_FLUSH_LIST = re.compile(r"^meetings:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*- ", re.MULTILINE)


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
    text = path.read_text(encoding="utf-8")
    yaml = _yaml(text)
    calendar = yaml.load(text)
    written = next((held for held in calendar["meetings"] if held["date"] == meeting.date), None)
    if written is None:
        raise BoardpacksError(f"{path.name}: the meeting of {meeting.date} is no longer there")
    wanted = meeting.model_dump(include={"draft", "corrections", "finals"})
    known = Meeting.model_validate(written, strict=False)
    for key, value in wanted.items():
        if value == known.model_dump()[key]:
            continue
        if value and isinstance(written.get(key), CommentedSeq):
            beyond = take_beyond(written[key])
            written[key] = CommentedSeq(_plain(value))
            put_last(written[key], beyond)
        elif value and key in written:
            written[key] = _plain(value)
        elif value:  # right after the date: comments below the last key belong to what comes next
            written.insert(list(written).index("date") + 1, key, _plain(value))
        else:
            del written[key]
    out = io.StringIO()
    yaml.dump(calendar, out)
    with explained(path.parent):
        write_whole(path, out.getvalue().encode())


def _plain(value: Any) -> Any:
    """Return a value as YAML has it: a version in quotes, so that it does not become a number."""
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return DoubleQuotedScalarString(value) if isinstance(value, str) and _NUMBER.match(value) else value


def _yaml(text: str) -> YAML:
    """Return a reader and writer that keeps a file's comments, quotes and way of indenting."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    if not _FLUSH_LIST.search(text):
        yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
