"""Puts something new into a YAML file that people go on editing: every line that is there stays, comments too."""

from __future__ import annotations

from pathlib import Path

from boardpacks.params.params_file import Document
from boardpacks.params.read_yaml import read_document
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.sealed import write_whole


def write_new(path: Path, text: str) -> None:
    """Write a file of params/ or notebooks/ that is not there yet.

    Raises
    ------
    InputError
        When it is.
    """
    if path.exists():
        allowed = "a name that is not taken"
        raise InputError([Problem(_shown(path), "", "a file that is there already", allowed)])
    write_whole(path, text.encode())


def put_entry(path: Path, name: str, text: str, head: str) -> None:
    """Put keys and values below a name of their own at the end of a file; a new file begins with `head`."""
    if not path.exists():
        write_new(path, f"{head}{text}")
        return
    before = _read(path)
    lines = _lines(path)
    _write(path, [*lines, *([""] if lines[-1:] != [""] else []), *text.splitlines()])
    after = _read(path)
    old, new = (one.data if isinstance(one.data, dict) else {} for one in (before, after))
    if {key: one for key, one in new.items() if key != name} != old or name not in new:
        raise _by_hand(path)


def put_item(path: Path, key: str, text: str, at: int | None = None) -> None:
    """Put an item into a list of a file.

    Parameters
    ----------
    key
        The key at the top of the file that has the list; an empty text where the file is the list.
    text
        The item with its dash, without indentation.
    at
        How many items stand before it; by default all.

    Raises
    ------
    BoardpacksError
        When the list is written in a way that it cannot be put into.
    """
    way = (key,) if key else ()
    before = _read(path)
    items = before.value(way)
    if not isinstance(items, tuple) or not items:
        raise _by_hand(path)
    at = len(items) if at is None else at
    lines = _lines(path)
    starts = [before.lines[(*way, number)] - 1 for number in range(len(items))]
    column = _indent(lines[starts[0]])
    if not all(lines[start].lstrip().startswith("- ") for start in starts):
        raise _by_hand(path)
    line = _end(lines, starts[at - 1], column) if at else starts[0]
    _write(path, [*lines[:line], *(f"{' ' * column}{one}" for one in text.splitlines()), *lines[line:]])
    after = _read(path)
    found = after.value(way)
    rest = isinstance(found, tuple) and (*found[:at], *found[at + 1 :])
    if rest != items or _without(before, key) != _without(after, key):
        raise _by_hand(path)


def _end(lines: list[str], start: int, column: int) -> int:
    """Return the line behind an item: comments that are indented more than its dash are its own."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        if lines[number].strip() and _indent(lines[number]) <= column:
            break
        if lines[number].strip():
            end = number + 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n").removesuffix("\n").split("\n")


def _write(path: Path, lines: list[str]) -> None:
    """Write lines with the ends that the file has."""
    end = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
    write_whole(path, "".join(f"{line}{end}" for line in lines).encode())


def _read(path: Path) -> Document:
    document, faults = read_document(path, _shown(path))
    if document is None or faults:
        raise InputError([fault.problem for fault in faults])
    return document


def _without(document: Document, key: str) -> object:
    return {k: one for k, one in document.data.items() if k != key} if isinstance(document.data, dict) else ()


def _shown(path: Path) -> str:
    parts = path.parts
    first = max(n for n, part in enumerate(parts) if part in ("params", "notebooks"))
    return "/".join(parts[first:])


def _by_hand(path: Path) -> BoardpacksError:
    return BoardpacksError(
        f"{_shown(path)} is written in a way that nothing can be put into it safely. Write the new entry in by hand."
    )
