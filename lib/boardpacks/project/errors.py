"""The errors that users cause and can mend, each with the place to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

FEWEST_LETTERS = 3
"""With fewer, what a word begins with says too little."""


class BoardpacksError(Exception):
    """Something a user can mend. The command line prints it without a traceback and ends with its status."""

    exit_status: ClassVar[int] = 2


@dataclass(frozen=True)
class Problem:
    """One fault in an input.

    Parameters
    ----------
    where
        File, with line, row or cell where known: ``params/places/havering.yml, line 4``.
    key
        The key, column or parameter at fault, or an empty string.
    found
        What stands there, as the user wrote it, or an empty string.
    allowed
        What may stand there, in words.
    hint
        A near match or another way out, or an empty string.
    """

    where: str
    key: str
    found: str
    allowed: str
    hint: str = ""

    def __str__(self) -> str:
        head = f"{self.where}: {self.key}" if self.key else self.where
        lines = [head]
        if self.found:
            lines.append(f"  found    {self.found}")
        lines.append(f"  allowed  {self.allowed}")
        if self.hint:
            lines.append(f"  hint     {self.hint}")
        return "\n".join(lines)


class InputError(BoardpacksError):
    """One or more faults in params, a snapshot or a notebook's parameters, reported together.

    Parameters
    ----------
    problems
        Every fault that was found, in reading order; at least one.
    """

    MOST_SHOWN = 6
    LISTED = " `boardpacks params check` lists all."

    def __init__(self, problems: Sequence[Problem]):
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return self.told(self.MOST_SHOWN)

    def told(self, most: int | None = None) -> str:
        """Return the problems in words, at most `most` of them, by default all."""
        count, shown = len(self.problems), self.problems[:most]
        lines = [f"{count} problem{'s' if count != 1 else ''} found:", *map(str, shown)]
        if len(shown) < count:
            lines.append(f"... and {count - len(shown)} more.{self.LISTED}")
        return "\n".join(lines)


def near(found: str, allowed: Sequence[str]) -> str:
    """Return ``did you mean 'x'?`` for the closest allowed word, else the first that it begins; else nothing."""
    begun = [one for one in allowed if len(found) >= FEWEST_LETTERS and one.startswith(found)]
    matches = get_close_matches(found, list(allowed), n=1, cutoff=0.6) or begun
    return f"did you mean {matches[0]!r}?" if matches else ""
