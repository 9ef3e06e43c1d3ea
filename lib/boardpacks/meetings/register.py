"""Writes into a board's calendar file which editions were made final."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from boardpacks.params.errors import BoardpacksError
from boardpacks.params.meetings import Final
from boardpacks.params.sealed import write_whole
from boardpacks.params.write_errors import explained

FINALS = "finals"
_FLUSH_LIST = re.compile(r"^meetings:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*- ", re.MULTILINE)


def register_final(path: Path, date: dt.date, final: Final) -> None:
    """Add a final edition to a meeting in a calendar's file; everything else in it stays, comments included.

    Parameters
    ----------
    path
        The file, such as ``params/meetings/havering.yml``.
    date
        Date of the meeting.
    final
        What is added; its packs have digests.

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
    meeting = next((held for held in calendar["meetings"] if held["date"] == date), None)
    if meeting is None:
        raise BoardpacksError(f"{path.name}: the meeting of {date} is no longer there")
    entry: dict[str, Any] = {
        "version": DoubleQuotedScalarString(final.version),
        "date": final.date,
        "packs": dict(final.packs),
    }
    meeting.setdefault(FINALS, []).append(entry)
    out = io.StringIO()
    yaml.dump(calendar, out)
    with explained(path.parent):
        write_whole(path, out.getvalue().encode())


def _yaml(text: str) -> YAML:
    """Return a reader and writer that keeps a file's comments, quotes and way of indenting."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    if not _FLUSH_LIST.search(text):
        yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
