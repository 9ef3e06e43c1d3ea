"""Describes an XmR chart in sentences."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence

from boardpacks.charts.alt_text import About, Say, listed, opening, paragraph
from boardpacks.charts.xmr import LOOKS
from boardpacks.stats.spc.chart import Chart, ChartPoint
from boardpacks.stats.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS, Passing
from boardpacks.stats.spc.signals import Rule, Side

RULES: Mapping[tuple[Rule, Side], str] = {
    ("outside-limits", "high"): "above the upper limit",
    ("outside-limits", "low"): "below the lower limit",
    ("trend", "high"): "part of a run of months that each rise",
    ("trend", "low"): "part of a run of months that each fall",
    ("two-of-three", "high"): "one of two in three months near the upper limit",
    ("two-of-three", "low"): "one of two in three months near the lower limit",
    ("shift", "high"): "part of a run of months above the mean",
    ("shift", "low"): "part of a run of months below the mean",
}


def describe_spc(chart: Chart, about: About, say: Say) -> str:
    """Describe an XmR chart: its latest point, what kind of variation that is, mean and limits, target and gaps.

    Parameters
    ----------
    chart, say
        As drawn; `say` may give the unit in full.
    about
        Measure, place and period.
    """
    latest, signal = chart.latest, chart.latest.signal
    why = f": it is {RULES[signal.rules[0], signal.side]}" if signal else ""
    return paragraph(
        opening("Control (XmR) chart", about),
        f"Latest, {_month(latest.period)}: {say(latest.value)}. {VARIATION_WORDS[chart.variation]}{why}.",
        _limits_said(chart, say),
        "" if chart.target is None else f"Target {say(chart.target)}: {_pledge(chart.assurance)}.",
        _counted(chart.points),
        _rebased_said(chart),
        _missing_said(chart),
        _left_out_said(chart),
    )


def _limits_said(chart: Chart, say: Say) -> str:
    last = chart.stretches[-1]
    since = f"of {'the latest ' if len(chart.stretches) > 1 else ''}{last.count} months"
    if last.limits is not None:
        return f"Mean {since}: {say(last.limits.mean)}; limits {say(last.limits.lower)} to {say(last.limits.upper)}."
    if last.count < chart.rules.fewest:
        few = f"{last.count} points since {_month(last.first)}"
        return f"There are no limits: {few}, and limits need {chart.rules.fewest}."
    return f"There are no limits: {chart.reason}."


def _pledge(assurance: Passing) -> str:
    words = ASSURANCE_WORDS[assurance].lower()
    return f"the process {words}" if assurance != "not-judged" else "not judged"


def _counted(points: Sequence[ChartPoint]) -> str:
    counts: dict[str, int] = {}
    for point in points:
        words = LOOKS[point.variation].words
        counts[words] = counts.get(words, 0) + 1
    told = [f"{count} {words.lower().replace(':', '')}" for words, count in counts.items()]
    return f"Points: {listed(told)}."


def _rebased_said(chart: Chart) -> str:
    anew = [_month(stretch.first) for stretch in chart.stretches[1:]]
    return f"Limits are made anew from {listed(anew)}." if anew else ""


def _missing_said(chart: Chart) -> str:
    if not chart.missing:
        return ""
    if len(chart.missing) > 6:
        first, last = _month(chart.missing[0]), _month(chart.missing[-1])
        return f"No figure for {len(chart.missing)} months between {first} and {last}."
    return f"No figure for {listed([_month(day) for day in chart.missing])}."


def _left_out_said(chart: Chart) -> str:
    days = [_month(day) for day, _ in chart.left_out]
    return f"Shown but left out as doubtful: {listed(days)}." if days else ""


def _month(day: dt.date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"
