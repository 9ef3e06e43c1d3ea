"""A file of params/ as plain values that remember their lines, and the faults found in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from boardpacks.project.errors import Problem

KeyPath = tuple[str | int, ...]
"""The way to a value in a file: ``("boroughs", 0, "code")``."""


@dataclass(frozen=True, order=True)
class ParamsFault:
    """A problem with its place in reading order. Line 0 is the file as a whole."""

    file: str
    line: int
    problem: Problem = field(compare=False)


def fault(
    file: str, line: int, found: str, allowed: str, hint: str = "", *, path: KeyPath = ()
) -> ParamsFault:
    """Return a fault at a line of a file, or with line 0 in the file as a whole."""
    where = f"{file}, line {line}" if line else file
    return ParamsFault(file, line, Problem(where, dotted(path), found, allowed, hint))


@dataclass(frozen=True)
class Document:
    """The content of one file.

    Parameters
    ----------
    file
        Path to show to users, relative to the project folder.
    data
        Mappings as dict, lists as tuple, and text, numbers, true and false, dates and None.
    lines
        Line of each key or list item, counted from 1.
    written
        What the user wrote for each plain value, before it was read as a number or a date.
    refused
        Values that the reader has reported already and left empty.
    """

    file: str
    data: object
    lines: Mapping[KeyPath, int]
    written: Mapping[KeyPath, str]
    refused: Collection[KeyPath] = ()

    def fault(self, path: KeyPath, *, found: str, allowed: str, hint: str = "") -> ParamsFault:
        """Return a fault at `path`, with the line of the nearest level above it that the file has."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return fault(self.file, self.lines.get(known, 1), found, allowed, hint, path=path)

    def place(self, path: KeyPath) -> str:
        """Return where the value at `path` stands within the file."""
        return f"line {self.lines[path]}"

    def value(self, path: KeyPath) -> object:
        """Return the value at `path`, or None where the file has none."""
        value = self.data
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, tuple) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def find(self, *pattern: str) -> Iterator[tuple[KeyPath, object]]:
        """Yield every path that fits `pattern`, in which ``*`` stands for any key or item, and its value."""
        paths: list[KeyPath] = [()]
        for part in pattern:
            paths = [(*path, step) for path in paths for step in _steps(self.value(path), part)]
        for path in paths:
            yield path, self.value(path)

    def words(self, *pattern: str) -> Iterator[tuple[KeyPath, str]]:
        """Yield what `find` yields, as far as it is text."""
        for path, value in self.find(*pattern):
            if isinstance(value, str):
                yield path, value

    def found(self, path: KeyPath) -> str:
        """Return what stands at `path` and its kind, in words: ``0.10 (a number)``."""
        value, written = self.value(path), shorten(self.written.get(path, ""))
        if isinstance(value, tuple):
            return f"a list of {len(value)}" if value else "an empty list"
        if isinstance(value, dict):
            return "keys and values"
        kind = next((words for kinds, words in _KINDS if isinstance(value, kinds)), "no value")
        shown = written if isinstance(value, str) else written[1:-1]
        return f"{shown} ({kind})" if shown else kind


# bool before int, since true and false count as whole numbers in Python.
_KINDS = ((str, "text"), (bool, "true or false"), ((int, float), "a number"), (dt.date, "a date"))


def _steps(value: object, part: str) -> list[str | int]:
    if isinstance(value, dict):
        return list(value) if part == "*" else [part] if part in value else []
    if isinstance(value, tuple) and part == "*":
        return list(range(len(value)))
    return []


def dotted(path: KeyPath) -> str:
    """Return `path` as users read it: ``boroughs[0].code``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def shorten(text: str, most: int = 70) -> str:
    """Return `text` in quotes, on one line, and no longer than fits beside a message."""
    shown = repr(text)
    return shown if len(shown) <= most else f"{shown[: most - 4]}...{shown[-1]}"
