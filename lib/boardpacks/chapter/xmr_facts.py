"""The facts of a control chart: published months, and what the chart makes of them."""

from __future__ import annotations

from collections import Counter

from boardpacks.chapter.make_facts import fact, fact_id, facts_of, worked_out
from boardpacks.chapter.xmr_series import Control, lately
from boardpacks.charts.xmr import LOOKS
from boardpacks.data.observations import TARGET
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import digits, phrase
from boardpacks.params.indicator import Indicator, Target
from boardpacks.project.plain_name import plain_name
from boardpacks.stats.spc.chart import Chart, Stretch


def statement_facts(control: Control, place: str, snapshot: Snapshot) -> list[Fact]:
    """Return the facts that the words about a control chart may say.

    The published months among them are the latest, the first, those that are doubted, those from which limits are made
    anew, and the special causes of the year up to the latest.
    """
    anew = [stretch.first for stretch in control.chart.stretches]
    named = {*lately(control.chart), *anew, control.latest.start}
    told = [o for o in control.known if o.start in named]
    return [
        *facts_of([*told, *control.doubted], control.indicator, place, snapshot),
        *_made(control, place, snapshot),
    ]


def chart_facts(control: Control, place: str, snapshot: Snapshot) -> list[Fact]:
    """Return the facts that the drawing and its description show: every published month, limits and targets."""
    shown = facts_of([*control.known, *control.doubted], control.indicator, place, snapshot)
    return [*shown, *_made(control, place, snapshot), *_earlier_limits(control, place, snapshot)]


def target_id(target: Target, control: Control, place: str) -> str:
    """Return the id of the fact that a target is, under the months of a control chart."""
    latest = control.latest
    when = target.by or latest.period
    about = fact_id(place, control.indicator.id, latest.area, latest.sex, when)
    return f"{about}.target-{plain_name(target.label)}"


def target_number(target: Target, indicator: Indicator) -> str:
    """Return a target's value without needless decimals: ``95%``."""
    decimals = next(n for n in range(10) if round(target.value, n) == target.value)
    shown = digits(target.value, decimals)
    return f"{shown}%" if indicator.unit == "%" else shown


def _made(control: Control, place: str, snapshot: Snapshot) -> list[Fact]:
    """Return what the chart makes of the months: mean, limits, counts; and the targets."""
    indicator, chart = control.indicator, control.chart
    base = fact(control.latest, indicator, place, snapshot)
    counts = {"months": len(control.known), "months-needed": chart.rules.fewest, "span": control.span}
    counts |= {"months-since": len(control.standing)} if control.rebased else {}
    counts |= {"missing": len(chart.missing)} if chart.missing else {}
    looks = Counter(LOOKS[point.variation].words for point in chart.points)
    counts |= {f"points-{plain_name(words)}": count for words, count in looks.items()}
    levels = _levels(chart.stretches[-1])
    facts = [
        *(_part(base, chart, part, value, indicator) for part, value in levels.items()),
        *(_part(base, chart, part, float(count)) for part, count in counts.items()),
    ]
    targets = [
        worked_out(
            base,
            target_id(target, control, place),
            target.label,
            target.value,
            period=target.by or "",
            display=target_number(target, indicator),
            method=TARGET,
        )
        for target in indicator.targets
    ]
    return [*facts, *targets]


def _earlier_limits(control: Control, place: str, snapshot: Snapshot) -> list[Fact]:
    """Return mean and limits of the stretches before the latest, as facts of their last months."""
    by_day = {observation.start: observation for observation in control.known}
    return [
        _part(
            fact(by_day[stretch.last], control.indicator, place, snapshot),
            control.chart,
            part,
            value,
            control.indicator,
        )
        for stretch in control.chart.stretches[:-1]
        for part, value in _levels(stretch).items()
    ]


def _levels(stretch: Stretch) -> dict[str, float]:
    limits = stretch.limits
    if limits is None:
        return {}
    return {"mean": limits.mean, "lower-limit": limits.lower, "upper-limit": limits.upper}


def _part(base: Fact, chart: Chart, part: str, value: float, indicator: Indicator | None = None) -> Fact:
    """Return what a chart makes of the months up to one: a level in the indicator's unit, or a number of months."""
    return worked_out(
        base,
        f"{base.id}.{part}",
        part.replace("-", " "),
        value,
        unit="months" if indicator is None else indicator.unit,
        display=f"{value:,.0f} months" if indicator is None else phrase(value, indicator),
        method=f"XmR chart, {chart.rules.label}: {part}",
    )
