"""Says why there is no figure: none is published, none is held here, or a small number is hidden."""

from __future__ import annotations

from boardpacks.data.observations import AreaSeries
from boardpacks.data.schema import HIDDEN
from boardpacks.facts.wording import NOT_HELD, NOT_PUBLISHED, period, sentence
from boardpacks.params.articles import with_article


def absent_cell(series: AreaSeries | None, when: str = "") -> str:
    """Return what a table has in place of a figure, of the period `when` or of any."""
    if series is not None and series.is_hidden:
        return HIDDEN
    return NOT_PUBLISHED if _is_left_blank(series, when) else NOT_HELD


def absent_sentence(series: AreaSeries) -> str:
    """Say of an area that has no figure at all why it has none."""
    return sentence(absent_clause(series))


def absent_clause(series: AreaSeries) -> str:
    """Say the same as a part of a sentence."""
    name = with_article(series.name)
    if series.is_hidden:
        return f"no figure is shown for {name} ({HIDDEN})"
    if _is_left_blank(series):
        return f"no figure is published for {name}"
    return f"no figure for {name} is held here"


def absent_newest(series: AreaSeries, newest: str) -> str:
    """Say why an area has no figure of the newest period, though it has older ones."""
    if series.is_hidden and series.observations[-1].period == newest:
        return f"No figure is shown for {period(newest)} ({HIDDEN})."
    if _is_left_blank(series, newest):
        return f"No figure is published for {period(newest)}."
    return f"No figure for {period(newest)} is held here."


def _is_left_blank(series: AreaSeries | None, when: str = "") -> bool:
    """Whether the publisher lists the area and gives no value: all that shows that a figure is not published."""
    found = () if series is None else series.observations
    return any(one.value is None and when in ("", one.period) for one in found)
