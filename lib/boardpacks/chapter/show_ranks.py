"""Shows ranks and quarters among all boroughs, for one place or for the places side by side."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.hand_over import show_statement, show_table
from boardpacks.chapter.make_facts import counted, each_once, fact, facts_of, peer_facts, said
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.narrative import RANKS
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.side_by_side import Compared, absence, newest_period, of_newest, reading_of, row_names
from boardpacks.chapter.tables import measure_label
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.wording import number, period, rank_words
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.stats.rank import RankAmongPeers, rank_among

MOST_COLUMNS = 4
"""Measures in one table of places: more do not fit on a page."""


def ranked(measure: Measure) -> list[Reading]:
    """Return the measure's readings whose rank among all boroughs is known."""
    return [reading for reading in measure.readings if reading.standing is not None]


def show_ranks(name: str, what: str, measures: Sequence[Measure], params: Params, snapshot: Snapshot) -> None:
    """Hand over one row a measure with the place's rank and quarter, or a sentence where none has a rank.

    Parameters
    ----------
    name
        As `boardpacks.chapter.hand_over.show_table`.
    what
        What the measures are together.
    measures
        The place's measures.
    params, snapshot
        The system's params and the published figures.
    """
    rows = [(measure, reading) for measure in measures for reading in ranked(measure)]
    if not rows:
        say_no_ranks(name, params)
        return
    several = any(len(measure.series) > 1 for measure, _ in rows)
    place = measures[0].place
    facts: list[Fact] = []
    cells = []
    for measure, reading in rows:
        indicator, latest = measure.indicator, reading.latest
        area = [reading.series.name] if several else []
        value = said(number(latest.value, indicator), latest, place.id)
        words = _words(reading, indicator, place.id)
        cells.append([measure_label(indicator), *area, period(latest.period), value, *words])
        facts += _facts(reading, indicator, place.id, snapshot)
    show_table(
        name,
        [
            Column("Measure", width=38),
            *([Column("Area", width=14)] if several else []),
            Column("Period", width=12),
            Column("Value", "right", 11),
            Column("Rank", "right", 22),
            Column("Quarter", "right", 12),
        ],
        cells,
        title=f"{what}: {place.name} among the {params.system.peers}",
        note=sources(measure.indicator for measure, _ in rows),
        facts=facts,
    )


def show_all_ranks(name: str, indicators: Compared, params: Params, snapshot: Snapshot, *, own: str) -> None:
    """Hand over tables with one row a place and one column a measure, a few measures at a time.

    Parameters
    ----------
    name
        Begins the tables' names, or the sentence's that no measure is ranked.
    indicators
        Indicators, each with its measures for every place; those without ranks are left out.
    params, snapshot
        The system's params and the published figures.
    own
        Id of the place whose pack it is, or of the system.
    """
    known = [one for one in indicators if _in_column(one[1])]
    if not known:
        say_no_ranks(f"{name}-ranks", params)
        return
    title = f"Ranks among the {params.system.peers}"
    parts = -(-len(known) // MOST_COLUMNS)
    size = -(-len(known) // parts)
    for number_ in range(parts):
        group = known[number_ * size : (number_ + 1) * size]
        several = parts > 1
        _show_part(
            f"{name}-ranks{number_ + 1 if several else ''}",
            f"{title}{f', part {number_ + 1} of {parts}' if several else ''}",
            group,
            snapshot,
            own,
        )


def _show_part(name: str, title: str, indicators: Compared, snapshot: Snapshot, own: str) -> None:
    columns = [Column("Place", width=24)]
    facts: list[Fact] = []
    for indicator, measures in indicators:
        in_column = _in_column(measures)
        found = _among_peers(in_column[0], indicator)
        label = f"{indicator.name}, {period(newest_period(measures))} (of {found.count})"
        columns.append(Column(label, "right", 76 / len(indicators)))
        for reading in in_column:
            facts += _facts(reading, indicator, own, snapshot)
        older = [r.latest for measure in measures for r in measure.readings if r not in in_column]
        facts += facts_of(older, indicator, own, snapshot)
    rows = [
        [area, *(_cell(indicator, measures, (place, area), own) for indicator, measures in indicators)]
        for place, area in row_names(indicators)
    ]
    note = sources(indicator for indicator, _ in indicators)
    show_table(name, columns, rows, title=title, note=note, facts=each_once(facts))


def say_no_ranks(name: str, params: Params) -> None:
    """Hand over the sentence that no measure has figures for all boroughs."""
    show_statement(
        name,
        f"No measure of this priority has figures for all {params.system.peers}, so nothing is ranked.",
        facts=[],
    )


def _in_column(measures: Sequence[Measure]) -> list[Reading]:
    """Return the ranked readings of the newest period, the only one that a column compares."""
    return [
        reading for reading in of_newest(measures, newest_period(measures)) if reading.standing is not None
    ]


def _cell(indicator: Indicator, measures: Sequence[Measure], row: tuple[str, str], pack: str) -> str:
    place, name = row
    reading = reading_of(measures, place, name)
    if reading is None:
        return absence(measures, place, name)
    if reading.latest.period != newest_period(measures):
        value = said(number(reading.latest.value, indicator), reading.latest, pack)
        return f"not ranked (latest figure: {value} in {period(reading.latest.period)})"
    if reading.standing is None:
        return "not ranked"
    return f"{_rank(reading, pack)} (quarter {_quarter(reading, indicator, pack)})"


def _words(reading: Reading, indicator: Indicator, pack: str) -> tuple[str, str]:
    count = said(str(len(reading.peers)), reading.latest, pack, "peers")
    return f"{_rank(reading, pack)} of {count}", _quarter(reading, indicator, pack)


def _rank(reading: Reading, pack: str) -> str:
    """Return the rank as texts say it, from the end that it is nearer to, tied to its fact."""
    if reading.among_peers is None:
        raise ValueError("a reading without peers has no rank")
    end = reading.among_peers.nearest_end
    words = rank_words(reading.among_peers.from_end(end), end)
    equal = sum(peer.value == reading.latest.value for peer in reading.peers) > 1
    return f"{'joint ' if equal else ''}{said(words, reading.latest, pack, RANKS[end])}"


def _quarter(reading: Reading, indicator: Indicator, pack: str) -> str:
    return said(str(_among_peers(reading, indicator).quarter), reading.latest, pack, "quarter")


def _among_peers(reading: Reading, indicator: Indicator) -> RankAmongPeers:
    peers = [peer.value for peer in reading.peers]
    return rank_among(reading.latest.value, peers, indicator.polarity)


def _facts(reading: Reading, indicator: Indicator, pack: str, snapshot: Snapshot) -> list[Fact]:
    quarter = _among_peers(reading, indicator).quarter
    if reading.among_peers is None or quarter is None:
        return []
    own = fact(reading.latest, indicator, pack, snapshot)
    return [
        own,
        *peer_facts(reading.latest, reading.among_peers, indicator, pack, snapshot),
        counted(own, "quarter", "quarter of the peers", quarter, "quarter"),
    ]
