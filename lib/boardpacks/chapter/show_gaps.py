"""Shows the gaps between boroughs: in words, in a table, and as charts."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.borough_gaps import AreaValue, BoroughGap
from boardpacks.chapter.cautions import caution_note
from boardpacks.chapter.gap_facts import (
    contrast,
    difference_fact,
    gap_facts,
    gap_words,
    rank_facts,
    short_gap,
)
from boardpacks.chapter.gap_words import (
    change_cell,
    change_title,
    gap_cell,
    position,
    statement,
    title,
    verdict,
)
from boardpacks.chapter.hand_over import show_figure, show_statement, show_table
from boardpacks.chapter.make_facts import facts_of, said
from boardpacks.chapter.measure import Measure
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.tables import measure_label
from boardpacks.charts.alt_text import About, Say, listed
from boardpacks.charts.bars import Bar, Bars, Comparator, describe_bars, draw_bars
from boardpacks.charts.dumbbell import Dumbbell, Pair, Tested, describe_dumbbell, draw_dumbbell
from boardpacks.charts.svg import to_svg
from boardpacks.charts.tiles import Tile, TileMap, describe_tiles, draw_tiles
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.wording import capital, number, period, phrase, unit_words
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.plain_name import plain_name
from boardpacks.stats.comparison import Verdict


def show_gaps(gaps: Sequence[BoroughGap], pack: str, params: Params, snapshot: Snapshot) -> None:
    """Hand over every gap in words and in one table, the pack's own place first.

    Parameters
    ----------
    gaps
        Every indicator's gap, in the order of the params.
    pack
        Id of the place that the pack is for, or of the system.
    params, snapshot
        The system's params and the figures.
    """
    several, system = params.system.words.several, params.system.short_name
    if not gaps:
        words = f"No measure has figures of two {several} of {system}, so there are no gaps to show."
        show_statement("gaps-places", words, facts=[])
        return
    place = None if pack == SYSTEM else pack
    facts = _facts(gaps, pack, params, snapshot)
    show_statement("gaps-places", statement(gaps, place, system, params.system.words), facts=facts)
    own = [Column(params.places[place].name, width=14)] if place else []
    columns = [
        Column("Measure and period", width=27),
        *own,
        Column("Lowest", width=14),
        Column("Highest", width=14),
        Column("Gap", "right", 7),
        Column("More than chance?", width=12),
        Column("Changed since the earliest period?", width=20),
    ]
    rows = [
        [
            f"{measure_label(found.indicator)}, {period(found.now.period)}",
            *([f"**{position(found, params.places[place])}**"] if place else []),
            _end(found.now.lowest, found.indicator, pack),
            _end(found.now.highest, found.indicator, pack),
            gap_cell(found.now, found.indicator, pack),
            verdict(found),
            change_cell(found, pack),
        ]
        for found in gaps
    ]
    show_table(
        "gaps-places-table",
        columns,
        rows,
        title=(f"The widest gaps between the {several} of {system}, and whether they have changed"),
        note=(
            f"The gap of percentages is in percentage points. {_left_out(gaps)} {_cautions(gaps)}"
            f"{sources(found.indicator for found in gaps)}"
        ),
        facts=facts,
    )


def show_now(
    found: BoroughGap, measures: Sequence[Measure], chart: str, pack: str, params: Params, snapshot: Snapshot
) -> None:
    """Hand over the latest figures of the boroughs as a map of equal tiles, or as bars with their intervals.

    Parameters
    ----------
    found
        The gap.
    measures
        The indicator for every place, which says how each stands to the benchmark.
    chart
        ``map`` or ``bars``.
    pack
        Id of the place that the pack is for, or of the system.
    params, snapshot
        The system's params and the figures.
    """
    indicator, benchmark = found.indicator, params.system.benchmark
    verdicts = _verdicts(measures, found)
    about = About(indicator.name, _own(params), period(found.now.period))
    level = next(
        (series.at(found.now.period) for series in measures[0].comparators if series.area == benchmark.code),
        None,
    )
    if chart == "map":
        tiles = TileMap(_tiles(found, verdicts, pack, params), benchmark.name)
        figure, alt = draw_tiles(tiles, _say(indicator)), describe_tiles(tiles, about, _say_all(indicator))
        marks = f"{capital(params.system.words.several)} lie about where they are on a map. {_together(found, params)}"
    else:
        bars = _bars(found, verdicts, pack, level, benchmark.name)
        figure, alt = draw_bars(bars, _say(indicator)), describe_bars(bars, about, _say_all(indicator))
        drawn = [one.estimate.limits is not None for one in found.now.figures]
        where = "" if all(drawn) else ", where there is one"
        marks = f"Dark lines: 95% confidence interval{where}. " if any(drawn) else ""
    observations = [one.observation for one in found.now.figures]
    show_figure(
        f"{indicator.id.replace('_', '-')}-places-{chart}",
        to_svg(figure),
        title=title(found, params.system.words),
        note=(
            f"{capital(unit_words(indicator))}, {period(found.now.period)}. {marks}"
            f"{_left_out([found])} {_cautions([found])}{sources([indicator])}"
        ),
        alt=alt,
        facts=facts_of([*observations, level], indicator, pack, snapshot),
    )


def show_then_and_now(found: BoroughGap, pack: str, params: Params, snapshot: Snapshot) -> None:
    """Hand over the earliest comparable figures of the boroughs against the latest."""
    if found.then is None:
        return
    indicator, then, now = found.indicator, found.then, found.now
    rows, facts = [], []
    for earlier, later in sorted(
        zip(then.figures, now.figures, strict=True), key=lambda both: (both[0].place != pack, both[0].name)
    ):
        first, second = earlier.observation, later.observation
        rows.append(Pair(later.name, first.value, second.value, tested(first, second)))
        facts += facts_of([first, second], indicator, pack, snapshot)
        part = f"difference-from-{plain_name(then.period)}"
        facts.append(difference_fact(part, first, second, (indicator, indicator), pack, snapshot))
    dumbbell = Dumbbell(period(then.period), period(now.period), tuple(rows))
    when = f"{period(then.period)} and {period(now.period)}"
    about = About(indicator.name, _own(params), when)
    say_gap = _say_gap(indicator)
    show_figure(
        f"{indicator.id.replace('_', '-')}-places-then-and-now",
        to_svg(draw_dumbbell(dumbbell, _say(indicator), lambda value: short_gap(value, indicator))),
        title=change_title(found, params.system.words),
        note=(
            f"{capital(unit_words(indicator))}, {when}. The gap at the right is the own change of each "
            f"{params.system.words.borough}. "
            f"{_left_out([found])} {_cautions([found])}{sources([indicator])}"
        ),
        alt=describe_dumbbell(dumbbell, about, _say_all(indicator), say_gap),
        facts=facts,
    )


def _own(params: Params) -> str:
    """What the system's own authorities are called."""
    return f"{params.system.words.several} of {params.system.short_name}"


def tested(first: Valued, second: Valued) -> Tested:
    """Return whether the second figure is higher or lower than the first beyond chance, as charts take it."""
    found = contrast(first, second)
    return "not-tested" if found is None else found.direction


def _facts(gaps: Sequence[BoroughGap], pack: str, params: Params, snapshot: Snapshot) -> list[Fact]:
    facts = []
    for found in gaps:
        ends = [found.now.lowest, found.now.highest]
        own = found.ranks(pack)
        told = [one.observation for one in (*ends, *found.own(pack))]
        facts += facts_of(told, found.indicator, pack, snapshot)
        facts += gap_facts(found, pack, _own(params), snapshot)
        for figure, its in own:
            facts += rank_facts(figure, its, found.indicator, pack, snapshot)
    return facts


def _verdicts(measures: Sequence[Measure], found: BoroughGap) -> dict[str, Verdict]:
    """Return how each area stands to the benchmark in the period of the gap, by its code."""
    return {
        reading.latest.area: reading.verdict
        for measure in measures
        for reading in measure.readings
        if reading.latest.period == found.now.period
    }


def _tiles(found: BoroughGap, verdicts: dict[str, Verdict], pack: str, params: Params) -> tuple[Tile, ...]:
    combined = {area.code: area.boroughs for area in params.system.combined_areas}
    values = {
        code: (one.value, verdicts.get(one.observation.area, "not-compared"))
        for one in found.now.figures
        for area in one.observation.area.split("+")
        for code in combined.get(area, (area,))
    }
    nothing: tuple[float | None, Verdict] = (None, "not-compared")
    return tuple(
        Tile(borough.name, *borough.tile, *values.get(borough.code, nothing), own=place.id == pack)
        for place in params.places.values()
        for borough in place.boroughs
        if borough.tile is not None
    )


def _bars(
    found: BoroughGap,
    verdicts: dict[str, Verdict],
    pack: str,
    level: Valued | None,
    benchmark: str,
) -> Bars:
    bars = tuple(
        Bar(
            one.name,
            one.value,
            one.observation.lower,
            one.observation.upper,
            verdicts.get(one.observation.area, "not-compared"),
            own=one.place == pack,
        )
        for one in sorted(found.now.figures, key=lambda one: (-one.value, one.name))
    )
    if level is None:
        return Bars(bars)
    return Bars(bars, (Comparator(benchmark, level.value, "benchmark"),))


def _together(found: BoroughGap, params: Params) -> str:
    there = {one.observation.area for one in found.now.figures}
    names = {borough.code: borough.name for borough in params.boroughs()}
    return "".join(
        f"{listed([names[code] for code in area.boroughs])} are published together and share one figure. "
        for area in params.system.combined_areas
        if area.code in there
    )


def _cautions(gaps: Sequence[BoroughGap]) -> str:
    return caution_note((found.indicator, name, care) for found in gaps for name, care in found.cares)


def _left_out(gaps: Sequence[BoroughGap]) -> str:
    """Say which areas are missing: for which measures no figure is published, and which are too small."""
    missing: dict[tuple[str, ...], list[str]] = {}
    for found in gaps:
        if found.unpublished:
            missing.setdefault(found.unpublished, []).append(found.indicator.name)
    told = [
        f"No figure for {listed(areas)}{': ' + listed(names) if len(gaps) > 1 else ''}."
        for areas, names in missing.items()
    ]
    small = list(dict.fromkeys(name for found in gaps for name in found.small))
    if small:
        told.append(f"Left out for having few residents, unless published with others: {listed(small)}.")
    return " ".join(told)


def _end(figure: AreaValue, indicator: Indicator, pack: str) -> str:
    return f"{said(number(figure.value, indicator), figure.observation, pack)} {figure.name}"


def _say(indicator: Indicator) -> Say:
    return lambda value: number(value, indicator)


def _say_all(indicator: Indicator) -> Say:
    return lambda value: phrase(value, indicator)


def _say_gap(indicator: Indicator) -> Say:
    return lambda value: gap_words(value, indicator)
