"""Says why there is no figure: none is published, or a small number is hidden, which is neither nought nor missing."""

from __future__ import annotations

from boardpacks.data.observations import AreaSeries
from boardpacks.data.schema import HIDDEN
from boardpacks.facts.wording import NOT_PUBLISHED, period


def absent_cell(series: AreaSeries | None) -> str:
    """Return what a table has in place of a figure."""
    return HIDDEN if series is not None and series.is_hidden else NOT_PUBLISHED


def absent_sentence(series: AreaSeries) -> str:
    """Say of an area that has no figure at all why it has none."""
    if series.is_hidden:
        return f"No figure is shown for {series.name} ({HIDDEN})."
    return f"No figure is published for {series.name}."


def absent_newest(series: AreaSeries, newest: str) -> str:
    """Say why an area has no figure of the newest period, though it has older ones."""
    if series.is_hidden and series.observations[-1].period == newest:
        return f"No figure is shown for {period(newest)} ({HIDDEN})."
    return f"No figure is published for {period(newest)}."
