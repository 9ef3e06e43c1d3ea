"""Changes one meeting or another part of a calendar's YAML, and leaves everything else in the file as it is."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from boardpacks.project.errors import BoardpacksError

_FIRST_MEETING = re.compile(r"^meetings:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?P<blanks> *)- ", re.MULTILINE)
_MARK = b"\xef\xbb\xbf"


def rewrite_meeting(content: bytes, date: dt.date, change: Callable[[CommentedMap], None]) -> bytes:
    """Return a calendar's file with one meeting changed; comments, quotes, indents and line ends stay.

    Parameters
    ----------
    content
        The file.
    date
        Date of the meeting.
    change
        Changes the meeting's entry.

    Raises
    ------
    BoardpacksError
        When the file has no such meeting.
    """

    def change_one(calendar: CommentedMap) -> None:
        meeting = next((held for held in calendar["meetings"] if held["date"] == date), None)
        if meeting is None:
            raise BoardpacksError(f"the meeting of {date} is no longer there")
        change(meeting)

    return rewrite_calendar(content, change_one)


def rewrite_calendar(content: bytes, change: Callable[[CommentedMap], None]) -> bytes:
    """Return a calendar's file with something of it changed; comments, quotes, indents and line ends stay.

    Parameters
    ----------
    content
        The file.
    change
        Changes its contents.
    """
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    indented = _FIRST_MEETING.search(text)
    offset = len(indented["blanks"]) if indented else 0
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    data = yaml.load(text)
    change(data)
    out = io.StringIO()
    yaml.dump(data, out)
    made = out.getvalue().encode()
    if b"\r\n" in content:
        made = made.replace(b"\n", b"\r\n")
    return (_MARK if content.startswith(_MARK) else b"") + made
