"""Shows whether a measure has gone the same way in every place: small line charts on one scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from boardpacks.chapter.hand_over import show_figure
from boardpacks.chapter.make_facts import facts_of
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.periods import years
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.side_by_side import Compared, dealt, newest_period, of_newest, reading_of, row_names
from boardpacks.charts.alt_text import About
from boardpacks.charts.multiples import Multiple, Multiples, describe_multiples, draw_multiples, most_panels
from boardpacks.charts.svg import to_svg
from boardpacks.charts.trend import Point, TrendLine
from boardpacks.data.observations import AreaSeries
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.wording import capital, number, period, phrase, short_period, unit_words
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params

FEWEST_PERIODS = 5
"""With fewer published periods a line has no shape to speak of."""


def choose_multiples(indicators: Compared) -> tuple[Indicator, Sequence[Measure]] | None:
    """Return the measure to show over time: of those with a trend in most places, the one worse in most of them.

    A trend is five published periods or more of a yearly series, in more than half of the places. Places are counted
    in the newest period alone. Where all else is equal the first in the order of the params is taken; None where no
    measure has a trend.
    """
    with_trend = [
        (indicator, measures)
        for indicator, measures in indicators
        if indicator.frequency == "annual"
        and not indicator.is_cash
        and 2 * sum(any(map(_is_long, measure.series)) for measure in measures) > len(measures)
    ]
    return max(with_trend, key=lambda one: _worse(one[1]), default=None)


def show_multiples(
    indicator: Indicator, measures: Sequence[Measure], params: Params, snapshot: Snapshot, *, own: str
) -> None:
    """Hand over one small line chart a place, each with the benchmark's line.

    Parameters
    ----------
    indicator
        The measure.
    measures
        It for every place.
    params, snapshot
        The system's params and the published figures.
    own
        Id of the place whose pack it is, or of the system.
    """
    rows = row_names([(indicator, measures)])
    found = [reading for place, name in rows if (reading := reading_of(measures, place, name)) is not None]
    benchmark = measures[0].comparators[0]
    why = f"is worse than {params.system.spoken_benchmark} in the most places"
    say = partial(number, indicator=indicator)
    most = most_panels(_multiples(found, benchmark, short_period), say)
    parts = dealt(found, most)
    for at, part in enumerate(parts, start=1):
        elsewhere = [reading for reading in found if reading not in part]
        drawn = [*(reading.series for reading in part), *([] if benchmark.is_empty else [benchmark])]
        told = [o for series in drawn for o in series.valued]
        about = About(indicator.name, params.system.short_name, years(told))
        which = f", part {at} of {len(parts)}" if len(parts) > 1 else ""
        show_figure(
            f"{indicator.id.replace('_', '-')}-multiples{f'-{at}' if at > 1 else ''}",
            to_svg(draw_multiples(_multiples(part, benchmark, short_period, elsewhere), say)),
            title=f"{indicator.name}: the places over time, all on one scale{which}",
            note=(
                f"{capital(unit_words(indicator))}, {years(told)}; of this priority's measures with a trend, the one "
                f"that {why if _worse(measures) else 'comes first'}. {sources([indicator])}"
            ),
            alt=describe_multiples(
                _multiples(part, benchmark, period), about, partial(phrase, indicator=indicator)
            ),
            facts=facts_of(told, indicator, own, snapshot),
        )


def _is_long(series: AreaSeries) -> bool:
    return len(series.valued) >= FEWEST_PERIODS


def _worse(measures: Sequence[Measure]) -> int:
    return sum(
        any(reading.verdict == "worse" for reading in of_newest([measure], newest_period(measures)))
        for measure in measures
    )


def _multiples(
    readings: Sequence[Reading],
    benchmark: AreaSeries,
    say: Callable[[str], str],
    elsewhere: Sequence[Reading] = (),
) -> Multiples:
    """Return what is drawn; `say` turns a period's label into words."""
    own, others = (
        tuple(Multiple(one.series.name, _points(one.series, say), one.trend) for one in group)
        for group in (readings, elsewhere)
    )
    line = None if benchmark.is_empty else TrendLine(benchmark.name, "", "benchmark", _points(benchmark, say))
    return Multiples(own, line, others)


def _points(series: AreaSeries, say: Callable[[str], str]) -> tuple[Point, ...]:
    return tuple(
        Point(say(o.period), o.start, o.months, o.value, o.lower, o.upper) for o in series.observations
    )
