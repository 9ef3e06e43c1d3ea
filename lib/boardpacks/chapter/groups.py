"""Sets two groups of people against each other, borough by borough: women and men, younger and older children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boardpacks.chapter.borough_gaps import area_figures
from boardpacks.chapter.gap_facts import difference_fact, gap_words, short_gap
from boardpacks.chapter.hand_over import show_figure, show_statement
from boardpacks.chapter.history import is_history
from boardpacks.chapter.make_facts import facts_of, said
from boardpacks.chapter.measure import Measure
from boardpacks.chapter.show_gaps import tested
from boardpacks.chapter.show_measure import sources
from boardpacks.charts.alt_text import About, inside, listed
from boardpacks.charts.dumbbell import Dumbbell, Pair, Tested, describe_dumbbell, draw_dumbbell
from boardpacks.charts.svg import to_svg
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import capital, interval, number, period, phrase, unit_words
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import GroupPair, Params
from boardpacks.params.own_words import Words
from boardpacks.params.system import SYSTEM

MOST_NAMED = 12
"""Areas without a clear difference up to which each is named beside those with one."""


@dataclass(frozen=True)
class Both:
    """One area's figures of the two groups in one period, and what the test says of the second against the first."""

    place: str
    name: str
    first: Valued
    second: Valued
    is_history: bool = False

    @property
    def tested(self) -> Tested:
        """Whether the second group's figure is higher or lower beyond chance; nothing is tested of history."""
        if self.is_history:
            return "not-tested"
        return tested(self.first, self.second)


def show_groups(
    pair: GroupPair,
    measures: tuple[Sequence[Measure], Sequence[Measure]],
    pack: str,
    params: Params,
    snapshot: Snapshot,
) -> None:
    """Hand over two groups' latest figures in every area, the pack's own place first: in words and as a chart.

    Parameters
    ----------
    pair
        The groups.
    measures
        The indicator of the first group, and that of the second, each for every place.
    pack
        Id of the place that the pack is for, or of the system.
    params, snapshot
        The system's params and the figures.
    """
    both, without = pair_up(measures, params)
    if not both:
        show_statement(
            f"{pair.id}-places", f"{pair.name}: no figures of both groups are held here.", facts=[]
        )
        return
    both = sorted(both, key=lambda one: (one.place != pack, one.name))
    indicators = measures[0][0].indicator, measures[1][0].indicator
    facts = [fact for one in both for fact in _facts(one, pair, indicators, pack, snapshot)]
    own = [_own(one, pair, indicators, pack) for one in both if one.place == pack]
    if not own and pack != SYSTEM:
        own = [f"No figures of both groups in {params.places[pack].name} are held here."]
    show_statement(f"{pair.id}-places", "\n\n".join([*own, words(both, pair)]), facts=facts)
    if pack == SYSTEM or {one.tested for one in both} & {"higher", "lower"}:
        _show_chart(both, without, pair, indicators, params, facts)


def pair_up(
    measures: tuple[Sequence[Measure], Sequence[Measure]], params: Params
) -> tuple[list[Both], list[str]]:
    """Return the areas with figures of both groups in the newest period that holds both, and those without.

    Areas that are too small to be compared are among neither.
    """
    small = params.system.too_small
    areas = [[area for area in area_figures(one, {}) if area.series.area not in small] for one in measures]
    others = {area.series.area: area.series for area in areas[1]}
    shared = [
        (observation.start, observation.period)
        for area in areas[0]
        for observation in area.series.valued
        if (other := others.get(area.series.area)) is not None and other.at(observation.period) is not None
    ]
    if not shared:
        return [], [area.name for area in areas[0]]
    newest = max(shared)[1]
    both = []
    for area in areas[0]:
        other = others.get(area.series.area)
        first, second = area.series.at(newest), None if other is None else other.at(newest)
        if first is not None and second is not None:
            old = any(
                is_history(one, measured[0].indicator, params)
                for one, measured in zip((first, second), measures, strict=True)
            )
            both.append(Both(area.place, area.name, first, second, old))
    there = {one.name for one in both}
    return both, [area.name for area in areas[0] if area.name not in there]


def words(both: Sequence[Both], pair: GroupPair) -> str:
    """Return in which areas one group's figure is higher than the other's, as far as the test allows."""
    if old := [one for one in both if one.is_history]:
        return f"**{pair.name}.** The figures of {period(old[0].second.period)} are too old to be judged."
    first, second = inside(pair.first.name), inside(pair.second.name)
    groups = _by_test(both)
    told = [
        f"the figure for {second} is {kind} than that for {first} in {_where(groups[kind], both)}"
        for kind in ("higher", "lower")
        if kind in groups
    ]
    if "no-significant-difference" in groups:
        alike = groups["no-significant-difference"]
        names = _where(alike, both).replace("every area", "any area")
        are_the_rest = told and len(alike) > MOST_NAMED and "not-tested" not in groups
        told.append(f"there is no clear difference in {'any of the others' if are_the_rest else names}")
    if "not-tested" in groups:
        told.append(f"the difference is not tested in {_where(groups['not-tested'], both)}")
    return f"**{pair.name}.** {capital('; '.join(told))}."


def _where(names: Sequence[str], both: Sequence[Both]) -> str:
    return "every area with figures" if len(names) == len(both) > 1 else listed(names)


def _by_test(both: Sequence[Both]) -> Mapping[Tested, list[str]]:
    found: dict[Tested, list[str]] = {}
    for one in both:
        found.setdefault(one.tested, []).append(one.name)
    return found


def _own(one: Both, pair: GroupPair, indicators: tuple[Indicator, Indicator], pack: str) -> str:
    told = " and ".join(
        f"**{said(phrase(observation.value, indicator), observation, pack)}** for {inside(group.name)}"
        f"{_interval(observation, indicator, pack)}"
        for group, observation, indicator in (
            (pair.first, one.first, indicators[0]),
            (pair.second, one.second, indicators[1]),
        )
    )
    return f"{one.name}, {period(one.second.period)}: {told}."


def _interval(observation: Valued, indicator: Indicator, pack: str) -> str:
    if observation.lower is None or observation.upper is None:
        return ""
    limits = said(interval(observation.lower, observation.upper, indicator), observation, pack)
    return f" (95% confidence interval {limits})"


def _title(both: Sequence[Both], pair: GroupPair, words: Words) -> str:
    first, second = inside(pair.first.name), inside(pair.second.name)
    kinds = set(_by_test(both))
    if kinds == {"no-significant-difference"}:
        return f"{pair.name}: no clear difference between {first} and {second} in any {words.borough}"
    if any(one.is_history for one in both):
        return f"{pair.name}: the figures of {period(both[0].second.period)} are too old to be judged"
    if kinds == {"not-tested"}:
        return f"{pair.name}, {first} and {second}: the difference is not tested"
    for kind in ("higher", "lower"):
        if kinds == {kind}:
            return f"{pair.name}: {kind} for {second} than for {first} in every {words.borough} with figures"
    return f"{pair.name}: {first} and {second} differ clearly in some {words.several} only"


def _show_chart(
    both: Sequence[Both],
    without: Sequence[str],
    pair: GroupPair,
    indicators: tuple[Indicator, Indicator],
    params: Params,
    facts: Sequence[Fact],
) -> None:
    first, second = indicators
    dumbbell = Dumbbell(
        pair.first.name,
        pair.second.name,
        tuple(Pair(one.name, one.first.value, one.second.value, one.tested) for one in both),
    )
    when = period(both[0].second.period)
    about = About(pair.name, f"{params.system.words.several} of {params.system.short_name}", when)
    missing = f" No figure for {listed(without)}." if without else ""
    show_figure(
        f"{pair.id}-places-chart",
        to_svg(
            draw_dumbbell(
                dumbbell, lambda value: number(value, first), lambda value: short_gap(value, second)
            )
        ),
        title=_title(both, pair, params.system.words),
        note=(f"{capital(unit_words(second))}, {when}.{missing} {sources(indicators)}"),
        alt=describe_dumbbell(
            dumbbell, about, lambda value: phrase(value, first), lambda value: gap_words(value, second)
        ),
        facts=facts,
    )


def _facts(
    one: Both, pair: GroupPair, indicators: tuple[Indicator, Indicator], pack: str, snapshot: Snapshot
) -> list[Fact]:
    told = []
    for observation, indicator in zip((one.first, one.second), indicators, strict=True):
        told += facts_of([observation], indicator, pack, snapshot)
    return [*told, difference_fact(f"gap-{pair.id}", one.first, one.second, indicators, pack, snapshot)]
