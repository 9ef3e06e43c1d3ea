"""Shows where a place stands on all measures of a priority at once, from the worst to the best of its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from boardpacks.chapter.hand_over import show_figure
from boardpacks.chapter.make_facts import each_once, facts_of
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.periods import years
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.side_by_side import dealt
from boardpacks.chapter.tables import measure_label
from boardpacks.charts.alt_text import About
from boardpacks.charts.spine import Spine, SpineRow, describe_spine, draw_spine
from boardpacks.charts.svg import to_svg
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import number, period
from boardpacks.params.models import Params
from boardpacks.params.system import Place
from boardpacks.stats.among_peers import FEWEST_PEERS

MOST_ROWS = 13
"""Rows of one chart: so many fit on a page below a chapter's title."""

Row = tuple[Measure, Reading | None]
"""A measure with one of the place's readings of it, None where nothing is published."""


@dataclass(frozen=True)
class _Chart:
    """One chart's name and title, what its measures are together, and its rows with what their peers are called."""

    name: str
    title: str
    what: str
    peers: str
    rows: Sequence[Row]


def show_spines(
    name: str, what: str, place: Place, measures: Sequence[Measure], params: Params, snapshot: Snapshot
) -> None:
    """Hand over a spine chart of the measures, and another one of those with figures for all boroughs.

    They are apart because their bars mean different peers: the system's own boroughs, or all of them.

    Parameters
    ----------
    name
        As `boardpacks.chapter.hand_over.show_figure`; the second chart's ends with ``-all``.
    what
        What the measures are together.
    place
        The place.
    measures
        Its measures, in order.
    params, snapshot
        The system's params and the published figures.
    """
    rows: list[Row] = [(measure, reading) for measure in measures for reading in measure.readings or (None,)]
    among_all = [row for row in rows if row[1] is not None and len(row[1].peers) >= FEWEST_PEERS]
    others = [row for row in rows if row not in among_all]
    own = f"{params.system.words.several} of {params.system.short_name}"
    for end, told, peers in (("", others, own), ("-all", among_all, params.system.peers)):
        parts = dealt(told, MOST_ROWS) if any(reading for _, reading in told) else []
        for at, part in enumerate(parts, start=1):
            several = len(parts) > 1
            title = f"{what}: where {place.name} stands among the {peers}"
            title += f", part {at} of {len(parts)}" if several else ""
            chart = _Chart(f"{name}{end}{f'-{at}' if at > 1 else ''}", title, what, peers, part)
            _show(chart, place, params, snapshot)


def _show(chart: _Chart, place: Place, params: Params, snapshot: Snapshot) -> None:
    rows = chart.rows
    benchmark = params.system.benchmark.name
    within = None if chart.peers == params.system.peers else _own_areas(params)
    peers = [_peers(reading, within) for _, reading in rows]
    spine = Spine(
        place.name,
        benchmark,
        chart.peers,
        tuple(_row(measure, reading, own) for (measure, reading), own in zip(rows, peers, strict=True)),
    )
    latest = [reading.latest for _, reading in rows if reading is not None]
    facts: list[Fact] = []
    for (measure, reading), own in zip(rows, peers, strict=True):
        if reading is not None:
            shown = [reading.latest, reading.benchmark.other, *own]
            facts += facts_of(shown, measure.indicator, measure.place.id, snapshot)
    show_figure(
        chart.name,
        to_svg(draw_spine(spine)),
        title=chart.title,
        note=sources(measure.indicator for measure, _ in rows),
        alt=describe_spine(spine, About(chart.what, place.name, years(latest))),
        facts=each_once(facts),
    )


def _own_areas(params: Params) -> frozenset[str]:
    return frozenset(area.code for area in (*params.boroughs(), *params.system.combined_areas))


def _peers(reading: Reading | None, within: frozenset[str] | None) -> tuple[Valued, ...]:
    """Return whom a value is set among: all peers, or those of the system; none where there is but one."""
    if reading is None:
        return ()
    peers = tuple(peer for peer in reading.peers if within is None or peer.area in within)
    return peers if len(peers) > 1 else ()


def _row(measure: Measure, reading: Reading | None, peers: Sequence[Valued]) -> SpineRow:
    indicator = measure.indicator
    label, say = measure_label(indicator), partial(number, indicator=indicator)
    if reading is None:
        return SpineRow(label, "", None, None, (), indicator.polarity, "not-compared", say)
    other = reading.benchmark.other
    return SpineRow(
        name=f"{label}, {reading.series.name}" if len(measure.series) > 1 else label,
        period=period(reading.latest.period),
        value=reading.latest.value,
        benchmark=None if other is None else other.value,
        peers=tuple(peer.value for peer in peers),
        polarity=indicator.polarity,
        verdict=reading.verdict,
        say=say,
    )
