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
from boardpacks.params.models import Indicator, Target


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
    return [*shown, *_made(control, place, snapshot)]


def target_id(target: Target, control: Control, place: str) -> str:
    """Return the id of the fact that a target is, under the months of a control chart."""
    latest = control.latest
    when = target.by or latest.period
    about = fact_id(place, control.indicator.id, latest.area, latest.sex, when)
    return f"{about}.target-{_slug(target.label)}"


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
    counts |= {f"points-{_slug(words)}": count for words, count in looks.items()}
    levels = {}
    limits = chart.stretches[-1].limits
    if limits is not None:
        levels = {"mean": limits.mean, "lower-limit": limits.lower, "upper-limit": limits.upper}
    made = [
        *((part, value, indicator.unit, phrase(value, indicator)) for part, value in levels.items()),
        *((part, float(count), "months", f"{count:,} months") for part, count in counts.items()),
    ]
    facts = [
        worked_out(
            base,
            f"{base.id}.{part}",
            part.replace("-", " "),
            value,
            unit=unit,
            display=display,
            method=f"XmR chart, {chart.rules.label}: {part}",
        )
        for part, value, unit, display in made
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


def _slug(words: str) -> str:
    return words.lower().replace(":", "").replace(" ", "-")
