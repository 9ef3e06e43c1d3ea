"""What is wrong with a user's own files of figures: file and line of each fault, the same ones told together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from boardpacks.data.schema import TableFault
from boardpacks.project.errors import InputError, Problem

MOST_LINES = 12
"""How many lines of the same fault are listed."""


@dataclass(frozen=True)
class FaultPlace:
    """A line of a user's file, as an editor counts it, or a row of a sheet; and what the file calls its columns.

    The line is None where figures do not stand in a file yet.
    """

    file: str
    line: int | None = None
    unit: str = "line"
    columns: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}, {self.unit} {self.line}"

    def fault(self, key: str, found: str, allowed: str, hint: str = "") -> FileFault:
        """Return a fault of the line, whose column is called as the file calls it."""
        column, *rest = key.partition(" of ")
        called = "".join([self.columns.get(column, column), *rest])
        return FileFault(self.file, self.line, called, found, allowed, hint, self.unit)


@dataclass(frozen=True)
class FileFault:
    """One fault in a user's file; ``line`` is None where it is the file as a whole."""

    file: str
    line: int | None
    key: str
    found: str
    allowed: str
    hint: str = ""
    unit: str = "line"


def refuse(faults: Sequence[FileFault]) -> None:
    """Raise an error that tells every fault, unless there is none."""
    if faults:
        raise InputError(in_groups(faults))


def located(faults: Iterable[TableFault], places: Sequence[FaultPlace]) -> list[FileFault]:
    """Return faults of a table's rows with the file and the line that the rows are from."""
    return [_located(fault, places) for fault in faults]


def in_groups(faults: Iterable[FileFault]) -> list[Problem]:
    """Return faults as problems, one for all lines of a file that have the same fault."""
    groups: dict[tuple[str, str, str], list[FileFault]] = {}
    for fault in dict.fromkeys(faults):
        groups.setdefault((fault.file, fault.key, fault.allowed), []).append(fault)
    return [_problem(sorted(group, key=lambda fault: fault.line or 0)) for group in groups.values()]


def _located(fault: TableFault, places: Sequence[FaultPlace]) -> FileFault:
    place, found = places[fault.row or 0], fault.found
    if fault.clashes is not None:
        found += f", against {places[fault.clashes]}"
    return place.fault(fault.key, found, fault.allowed, fault.hint)


def _problem(group: Sequence[FileFault]) -> Problem:
    first = group[0]
    lines = list(dict.fromkeys(fault.line for fault in group if fault.line is not None))
    where = f"{first.file}, {_lines(lines, first.unit)}" if lines else first.file
    hints = list(dict.fromkeys(fault.hint for fault in group if fault.hint))
    return Problem(where, first.key, _found(group), first.allowed, "; ".join(hints[:3]))


def _found(group: Sequence[FileFault]) -> str:
    """Return what was found, once where it is the same on all lines."""
    found: dict[str, list[int]] = {}
    for fault in group:
        found.setdefault(fault.found, []).append(fault.line or 0)
    if len(found) == 1:
        return group[0].found
    told = [
        f"{_lines(lines, group[0].unit)}: {words}" if any(lines) else words
        for words, lines in list(found.items())[:MOST_LINES]
    ]
    if len(found) > MOST_LINES:
        told.append(f"and {len(found) - MOST_LINES} more")
    return "\n           ".join(told)


def _lines(lines: Sequence[int], unit: str) -> str:
    shown = ", ".join(map(str, lines[:MOST_LINES]))
    more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return f"{unit}{'s' if len(lines) > 1 else ''} {shown}{more}"
