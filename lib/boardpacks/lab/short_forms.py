"""Shows models and measures in JupyterLab as a line each: whole, one of them fills screens."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.collaborative import CollaborativeView
from boardpacks.chapter.measure import AgainstComparator, Measure, Reading
from boardpacks.data.observations import AreaSeries, Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.params.values import Model

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

MOST = 110
"""Letters of a short form."""
SHORTENED = (
    Model,
    Chapter,
    CollaborativeView,
    Measure,
    Reading,
    AgainstComparator,
    AreaSeries,
    Valued,
    Snapshot,
)


def shorten_forms(shell: InteractiveShell) -> None:
    """Have a kernel show objects of the library in one line each, in lists and mappings too."""
    assert shell.display_formatter is not None
    formatter = shell.display_formatter.formatters["text/plain"]
    for kind in SHORTENED:
        formatter.for_type(kind, lambda one, printer, cycle: printer.text(short(one)))


def short(one: object) -> str:
    """Return an object in one line: its kind and what tells it from others."""
    match one:
        case Chapter():
            told = repr(one)
        case Fact():
            told = f"Fact {one.display}: {one.indicator_name}, {one.area_name}, {one.period}  [{one.id}]"
        case Measure():
            read = "; ".join(map(_read, one.readings)) or "no figure"
            told = f"Measure {one.indicator.id} of {one.place.name}: {read}"
        case Reading():
            told = f"Reading {one.series.name}: {_read(one)}"
        case Snapshot():
            told = f"Snapshot {one.manifest.name}: {len(one.manifest.indicators)} indicators"
        case CollaborativeView():
            told = f"Collaborative {one.collaborative.name}"
        case _:
            told = _fields(one)
    return told


def _read(reading: Reading) -> str:
    latest = reading.latest
    return f"{latest.value} in {latest.period}, {reading.verdict} against {reading.benchmark.name}"


def _fields(one: object) -> str:
    """Return the plain fields of an object, as many as a line has room for."""
    told: list[str] = []
    for name, value in _values(one).items():
        if isinstance(value, str | int | float) and value != "":
            told.append(
                f"{name}={value!r}" if len(repr(value)) < MOST // 2 else f"{name}={repr(value)[: MOST // 2]}…"
            )
    line = f"{type(one).__name__}({', '.join(told)})"
    return line if len(line) <= MOST else f"{line[: MOST - 2]}…)"


def _values(one: object) -> dict[str, Any]:
    if isinstance(one, Model):
        return dict(one)
    fields = dataclasses.fields(one) if dataclasses.is_dataclass(one) else ()
    return {field.name: getattr(one, field.name) for field in fields if field.repr}
