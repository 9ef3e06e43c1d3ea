"""Shows which measures of a priority need attention in which places: in words, and as a table of marks."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.cautions import caution_note
from boardpacks.chapter.hand_over import show_figure, show_statement
from boardpacks.chapter.make_facts import facts_of
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.periods import years
from boardpacks.chapter.places_lines import places_lines
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.side_by_side import Compared, dated_names, dealt, newest_period, reading_of, row_names
from boardpacks.chapter.trend_words import places_trends
from boardpacks.chapter.weigh import held_against
from boardpacks.charts.alt_text import About, by_verdict
from boardpacks.charts.rug import TOLD, Cell, Rug, RugRow, describe_rug, draw_rug
from boardpacks.charts.svg import to_svg
from boardpacks.data.observations import Observation
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import RELATIONS, listed, number, sentence, short_period, verdict_span
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.priority import Priority

MOST_ROWS = 20
"""Rows of one rug: so many fit on a page with what is said of it."""
MOST_AREAS = 16
"""Columns of one rug: with more their names would run into each other."""

STANDS_OUT = "**Stands out**, though it could not be tested"


def show_rug(
    priority: Priority, indicators: Compared, params: Params, snapshot: Snapshot, *, own: str
) -> None:
    """Hand over which measures are better or worse where, in words with lines for the summary, and as a tartan rug.

    Parameters
    ----------
    priority
        The priority whose measures they are.
    indicators
        Its indicators, each with its measures for every place.
    params, snapshot
        The system's params and the published figures.
    own
        Id of the place whose pack it is, or of the system.
    """
    benchmark, spoken = params.system.benchmark.name, params.system.spoken_benchmark
    said = [(indicator, _readings(measures)) for indicator, measures in indicators]
    facts = _facts(said, own, snapshot)
    show_statement(
        f"{priority.id}-compared",
        _words(indicators, spoken),
        facts=facts,
        summary=[
            line
            for indicator, measures in indicators
            for line in places_lines(indicator, measures, priority.id, benchmark, own)
        ],
    )
    parts = [
        (rows, names)
        for rows in dealt(indicators, MOST_ROWS)
        for names in dealt(row_names(indicators), MOST_AREAS)
    ]
    for at, (part, names) in enumerate(parts, start=1):
        rug = Rug(
            tuple(name for _, name in names),
            benchmark,
            tuple(_row(indicator, measures, names) for indicator, measures in part),
        )
        readings = [(indicator, _readings_of(measures, names)) for indicator, measures in part]
        cares = [(indicator, one.series.name, one.care) for indicator, told in readings for one in told]
        when = years(reading.latest for _, told in readings for reading in told)
        about = About(f"{priority.name}: latest figures", params.system.short_name, when)
        which = f", part {at} of {len(parts)}" if len(parts) > 1 else ""
        show_figure(
            f"{priority.id}-rug{f'-{at}' if at > 1 else ''}",
            to_svg(draw_rug(rug)),
            title=f"{priority.name}: each measure in each place, compared with {spoken}{which}",
            note=f"{_absences(rug)}{caution_note(cares)}{sources(indicator for indicator, _ in part)}",
            alt=describe_rug(rug, about),
            facts=_facts(readings, own, snapshot),
        )


def _words(indicators: Compared, benchmark: str) -> str:
    """Return a list for each verdict and each way of moving: each measure it is true of, and where."""
    heads = {
        verdict: f"{verdict_span(verdict)} {RELATIONS[verdict].split()[1]} {benchmark}" for verdict in TOLD
    }
    verdicts: dict[str, list[str]] = {head: [] for head in heads.values()}
    standing: dict[str, list[str]] = {}
    trends: dict[str, list[str]] = {}
    for indicator, measures in indicators:
        named = dated_names(measures)
        told = by_verdict((name, reading.verdict) for name, reading in named)
        for verdict, head in heads.items():
            if verdict in told:
                verdicts[head].append(_where(indicator, told[verdict]))
        if out := [name for name, reading in named if reading.notable.rules]:
            standing.setdefault(STANDS_OUT, []).append(_where(indicator, out))
        for says, names in places_trends(named).items():
            trends.setdefault(says, []).append(_where(indicator, names))
    lists = [
        f"{head}:\n\n" + "\n".join(named) for head, named in (verdicts | standing | trends).items() if named
    ]
    if not any(verdicts.values()):
        lists.insert(0, f"No place can be told apart from {benchmark} on any of these measures.")
    return "\n\n".join(lists)


def _where(indicator: Indicator, names: Sequence[str]) -> str:
    return f"- {sentence(f'{indicator.name}: {listed(names)}')}"


def _absences(rug: Rug) -> str:
    """Say what a dash means, where there is one."""
    if not any(cell.verdict is None for row in rug.rows for cell in row.cells):
        return ""
    return "A dash: no figure of its own. "


def _row(indicator: Indicator, measures: Sequence[Measure], names: Sequence[tuple[str, str]]) -> RugRow:
    newest = newest_period(measures)
    older = any(reading.latest.period != newest for reading in _readings(measures))
    return RugRow(
        indicator.name,
        f"{short_period(newest)}{' or the latest before' if older else ''}",
        tuple(_cell(indicator, reading_of(measures, place, name), newest) for place, name in names),
    )


def _cell(indicator: Indicator, reading: Reading | None, newest: str) -> Cell:
    """Return a cell with the verdict, and with the value where it is of the period that the row names."""
    if reading is None:
        return Cell(None)
    if reading.latest.period != newest:
        return Cell(reading.verdict)
    return Cell(reading.verdict, number(reading.latest.value, indicator))


def _readings(measures: Sequence[Measure]) -> list[Reading]:
    return [reading for measure in measures for reading in measure.readings]


def _readings_of(measures: Sequence[Measure], names: Sequence[tuple[str, str]]) -> list[Reading]:
    found = (reading_of(measures, place, name) for place, name in names)
    return [reading for reading in found if reading is not None]


def _facts(told: Sequence[tuple[Indicator, Sequence[Reading]]], own: str, snapshot: Snapshot) -> list[Fact]:
    facts: list[Fact] = []
    for indicator, readings in told:
        against = [held_against(reading) for reading in readings]
        shown: list[Observation | None] = [reading.latest for reading in readings]
        shown += [one.other for one in against if one is not None]
        facts += facts_of(shown, indicator, own, snapshot)
    return facts
