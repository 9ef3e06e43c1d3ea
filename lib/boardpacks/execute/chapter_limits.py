"""What one chapter may take: time and memory."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass

from boardpacks.project.errors import InputError, Problem

CHAPTER_SECONDS = 3600
"""Seconds that one chapter may take, unless something else is asked for."""

LEAST_MEMORY = 512 * 1024**2
"""Python and the libraries alone take about half of that."""

_UNITS = {"MB": 1024**2, "GB": 1024**3}
_SIZE = re.compile(r"(?P<number>[0-9]+(\.[0-9]+)?) ?(?P<unit>MB|GB)", re.IGNORECASE)


@dataclass(frozen=True)
class ChapterLimits:
    """What one chapter may take; beyond that it fails.

    Parameters
    ----------
    seconds
        From the start of its kernel to its end.
    memory
        Bytes that each process of it may hold; None for no limit. Held on Linux only.
    """

    seconds: int = CHAPTER_SECONDS
    memory: int | None = None

    @property
    def memory_words(self) -> str:
        """The memory in words: ``2 GB``; empty when there is no limit."""
        if self.memory is None:
            return ""
        size, unit = next((self.memory / _UNITS[unit], unit) for unit in ("GB", "MB") if self._fits(unit))
        return f"{size:g} {unit}"

    def _fits(self, unit: str) -> bool:
        return unit == "MB" or (self.memory or 0) % (_UNITS[unit] // 8) == 0


NO_OTHER_LIMITS = ChapterLimits()
"""The usual ones."""


@dataclass(frozen=True)
class Deadline:
    """When a chapter has to be done: `seconds` from when it began."""

    seconds: int
    began: float

    @classmethod
    def of(cls, limits: ChapterLimits) -> Deadline:
        """Return the deadline of a chapter that begins now."""
        return cls(limits.seconds, time.monotonic())

    @property
    def left(self) -> float:
        """Seconds until then; nearly none when it has passed, but never none at all."""
        return max(0.01, self.began + self.seconds - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether it has passed."""
        return time.monotonic() >= self.began + self.seconds


def read_limits(seconds: int | None, memory: str | None) -> ChapterLimits:
    """Return the limits that ``--chapter-timeout`` and ``--chapter-memory`` ask for.

    Parameters
    ----------
    seconds
        None for the usual time.
    memory
        A size such as ``2GB``; None for no limit.

    Raises
    ------
    InputError
        When the size is none, too little for Python itself, or cannot be held to on this system.
    """
    return ChapterLimits(
        seconds=CHAPTER_SECONDS if seconds is None else seconds,
        memory=None if memory is None else _read_memory(memory),
    )


def _read_memory(text: str) -> int:
    match = _SIZE.fullmatch(text.strip())
    size = int(float(match["number"]) * _UNITS[match["unit"].upper()]) if match else 0
    allowed = ""
    if size < LEAST_MEMORY:
        allowed = "a size such as 2GB or 1500MB, 512MB or more"
    elif sys.platform != "linux":
        allowed = "no such option here: only Linux holds processes to it"
    if allowed:
        raise InputError([Problem("boardpacks build", "--chapter-memory", text, allowed)])
    return size
