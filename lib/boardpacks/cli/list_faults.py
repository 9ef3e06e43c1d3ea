"""Lists what a build would refuse, kind by kind; faults that are alike take one screen together."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from boardpacks.packs.dry_run.find_faults import DryRun, Fault
from boardpacks.project.errors import Problem

MOST_ALIKE = 3
"""Faults that are alike and told in full; of the others it is said where they are and what was found."""


def list_faults(found: DryRun) -> Iterator[str]:
    """Yield the lines that tell of every fault, by kind."""
    yield f"{found.count} problem{'s' if found.count != 1 else ''} found, which a build would refuse:"
    for kind, faults in found.kinds.items():
        if faults:
            yield f"\n{kind} ({len(faults)})"
            yield from _of_kind(faults)
    if found.params is None:
        yield "\nNothing else was looked at, since params/system.yml cannot be read."


def _of_kind(faults: Sequence[Fault]) -> Iterator[str]:
    alike: dict[object, list[Problem]] = {}
    for fault in faults:
        if isinstance(fault, Problem):
            alike.setdefault((_file(fault), fault.allowed), []).append(fault)
    for fault in faults:
        if isinstance(fault, str):
            yield fault
            continue
        group = alike[_file(fault), fault.allowed]
        number = group.index(fault)
        if number < MOST_ALIKE or len(group) == MOST_ALIKE + 1:
            yield str(fault)
        elif number == MOST_ALIKE:
            rest = "; ".join(_brief(one) for one in group[MOST_ALIKE:])
            words = f"... and {len(group) - MOST_ALIKE} more like that in {_file(fault)}: {rest}"
            yield textwrap.fill(words, 110, subsequent_indent="  ", break_on_hyphens=False)


def _file(problem: Problem) -> str:
    return re.sub(r", (line|cell) .*", "", problem.where)


def _brief(problem: Problem) -> str:
    """Return the place within the file, the key, and what was found."""
    place = problem.where.removeprefix(_file(problem)).removeprefix(", ")
    said = problem.key or problem.found
    return f"{place} ({said})" if place else said
