"""Notes which figures and indicators a chapter reads, so that it need run again only when one of them changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boardpacks.data.opened import FILES, take_opened

MIME = "application/vnd.boardpacks.reads+json"
"""Type of the output in which a notebook's process hands over what it has read."""

Read = tuple[str, ...]
"""What was read: a word of `KINDS`, then what it is about.

``("series", indicator, area)``, ``("peers", indicator, period, kind)``, ``("newest", indicator)``, ``("area", code)``,
``("small-areas", code)`` or ``("table", file)``.
"""

INDICATORS = "indicators"
"""Under what the indicators stand whose params were read, among what was read of snapshots."""

EVERY = "*"
"""What is noted where the list of all indicators was read: another one would change it."""

Reads = dict[str, tuple[Read, ...]]
"""What was read, by the hash of the snapshot; under ``files`` the files, each with its digest; and `INDICATORS`."""

KINDS = ("series", "peers", "newest", "area", "small-areas", "table")

# One list for the whole process, on purpose: it is what this process has read, whichever snapshot objects it
# has made and lost, and a chapter has a process to itself.
_noted: dict[str, dict[Read, None]] = {}


def note(source: str, *read: str) -> None:
    """Note that something was read of the snapshot with this hash, or of params under `INDICATORS`."""
    _noted.setdefault(source, {})[read] = None


def take_reads() -> dict[str, list[Read]]:
    """Return what was read since the last call, sorted, by the hash of the snapshot."""
    taken = {snapshot: sorted(reads) for snapshot, reads in sorted(_noted.items())}
    _noted.clear()
    return taken


def hand_over() -> None:
    """Show what was read as an output of the running cell, which the build takes out again."""
    from IPython.core.getipython import get_ipython  # noqa: PLC0415 - only a kernel hands over
    from IPython.display import display  # noqa: PLC0415

    reads = {snapshot: [list(read) for read in found] for snapshot, found in take_reads().items()}
    shell = get_ipython()
    if files := take_opened(shell.user_ns.get("In", ()) if shell else ()):
        reads[FILES] = [list(file) for file in files]
    display({MIME: reads}, raw=True)  # type: ignore[no-untyped-call]


def parse_reads(record: Mapping[str, Any]) -> Reads:
    """Return what `hand_over` showed, as `take_reads` gives it."""
    return {
        str(snapshot): tuple(tuple(map(str, read)) for read in reads) for snapshot, reads in record.items()
    }
