"""Makes text fit for cells, and names that Excel takes for sheets and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from boardpacks.packs.markdown.escape import one_line
from boardpacks.packs.workbook.model import LONGEST

LONGEST_NAME = 31
"""Most characters of a sheet's name, in units of UTF-16."""
RESERVED = "history"
"""A name that Excel keeps for itself, in any case of letters."""

_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_REFUSED = re.compile(r"[\[\]:*?/\\]+")
_NO_WORD = re.compile(r"[^A-Za-z0-9]+")


@lru_cache(maxsize=10_000)
def clean(text: str) -> str:
    """Return text that a cell can hold: line breaks stay, what XML cannot hold goes, and too much is cut off.

    Control characters go, and so do marks that reverse the reading direction; letters that are read from right to
    left stay as they are.
    """
    lines = [one_line(line) for line in _UNFIT.sub("", text).splitlines()]
    return cut("\n".join(line for line in lines if line), LONGEST)


def cut(text: str, longest: int) -> str:
    """Return `text`, or as much of it as fits into `longest` units of UTF-16 with an ellipsis after it."""
    if _units(text) <= longest:
        return text
    kept = text.encode("utf-16-le")[: 2 * (longest - 1)].decode("utf-16-le", errors="ignore")
    return f"{kept.rstrip()}…"


@dataclass
class Names:
    """The names of one workbook's sheets: each is given once, whatever the case of its letters."""

    taken: set[str] = field(default_factory=lambda: {RESERVED})

    def claim(self, wanted: str) -> str:
        """Return a name for a sheet like `wanted` that Excel and OpenDocument take, cut between words if need be."""
        name = " ".join(_REFUSED.sub(" ", clean(wanted)).split()).strip("' ") or "Sheet"
        given, number = _fit(name, ""), 1
        while given.casefold() in self.taken:
            number += 1
            given = _fit(name, f" {number}")
        self.taken.add(given.casefold())
        return given


def table_name(wanted: str) -> str:
    """Return a name for a table: ``Numbers_mental_health``. It never looks like the name of a cell."""
    return f"Numbers_{_NO_WORD.sub('_', wanted).strip('_')}"[:200]


def _fit(name: str, ending: str) -> str:
    room = LONGEST_NAME - len(ending)
    if _units(name) <= room:
        return f"{name}{ending}"
    short = cut(name, room)
    words = short.rpartition(" ")[0]
    return f"{words}…{ending}" if len(words) > room // 2 else f"{short}{ending}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
