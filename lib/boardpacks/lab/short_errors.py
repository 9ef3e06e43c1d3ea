"""Shows an error that can be mended as its line and its words, without the way through the library."""

from __future__ import annotations

import traceback

from boardpacks.project.errors import BoardpacksError

RED, PLAIN = "\x1b[31m", "\x1b[0m"
_CELL = "ipykernel_"
"""In the name of the file that a kernel gives a cell."""


def shorten_errors() -> None:
    """Have IPython show errors of the library short: it asks an error for this method."""
    BoardpacksError._render_traceback_ = _told  # type: ignore[attr-defined]


def _told(error: BoardpacksError) -> list[str]:
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if _CELL in frame.filename]
    where = [f"line {own[-1].lineno} of this cell:  {own[-1].line}"] if own else []
    return [f"{RED}Cannot go on{PLAIN}  {where[0]}" if where else f"{RED}Cannot go on{PLAIN}", str(error)]
