"""Sentences about a control chart, which call a month special only where the chart's rules do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from boardpacks.chapter.make_facts import said
from boardpacks.chapter.xmr_facts import target_id, target_number
from boardpacks.chapter.xmr_series import Control, lately
from boardpacks.charts.alt_text import inside
from boardpacks.charts.xmr_text import RULES
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import listed, number, period, phrase, sentence, span, unit_words
from boardpacks.params.indicator import Indicator, Target
from boardpacks.stats.spc.chart import YEAR
from boardpacks.stats.spc.icons import Passing, Variation


class Word(NamedTuple):
    """How tables and sentences name an icon: in full, in short, and the class that gives it shape and colour."""

    full: str
    short: str
    look: str

    @property
    def span(self) -> str:
        """The full words as Markdown that both render engines show in words, shape and colour."""
        return f"[{self.full}]{{.verdict-{self.look}}}"

    @property
    def short_span(self) -> str:
        """The short words likewise."""
        return f"[{self.short}]{{.verdict-{self.look}}}"


VARIATIONS: dict[Variation, Word] = {
    "improvement-high": Word("Special cause: improvement", "Improvement", "improvement"),
    "improvement-low": Word("Special cause: improvement", "Improvement", "improvement"),
    "concern-high": Word("Special cause: concern", "Concern", "concern"),
    "concern-low": Word("Special cause: concern", "Concern", "concern"),
    "neutral-high": Word("Special cause: high", "High", "higher"),
    "neutral-low": Word("Special cause: low", "Low", "lower"),
    "common-cause": Word("Common cause: usual ups and downs", "As\u00a0usual", "similar"),
    "not-judged": Word("Not judged", "Not\u00a0judged", "none"),
}
ASSURANCES: dict[Passing, Word] = {
    "passes": Word("will consistently meet", "will\u00a0meet", "passes"),
    "fails": Word("will consistently miss", "will\u00a0miss", "fails"),
    "hit-or-miss": Word("may meet or miss", "may\u00a0miss", "either"),
    "not-judged": Word("not judged", "not judged", "none"),
}


def opening(indicator: Indicator, control: Control | None, pack: str) -> str:
    """Return what the indicator measures, its note, why it has no limits, its targets, and which months are in doubt.

    Targets are said where there are months to hold against them; their facts are those of `control`.
    """
    told = [sentence(text) for text in (indicator.measures, indicator.note, indicator.no_limits) if text]
    if control is not None:
        told += [sentence(f"the {_is(target, control, pack)}") for target in indicator.targets]
    for doubt in indicator.doubts:
        told.append(f"{sentence(doubt.reason)} They are shown as crosses, and nothing rests on them.")
    return " ".join(told)


def statement(control: Control, pack: str) -> str:
    """Return one paragraph, in Markdown: the latest month, what kind of variation it is, limits, targets, gaps."""
    latest = control.latest
    value = said(phrase(latest.value, control.indicator), latest, pack)
    rest = _judged(control, pack) if control.is_judged else _not_judged(control, pack)
    own = f"{control.trust.short_name}: **{value}** in {period(latest.period)}"
    told = [f"{own}; {rest[0][:1].lower()}{rest[0][1:]}", *rest[1:]] if rest else [f"{own}."]
    if missing := _missing(control):
        told[-1] = f"{told[-1].removesuffix('.')}; {missing}."
    return " ".join(text for text in told if text)


def title(control: Control) -> str:
    """Return a chart's title: the measure, the trust, and what kind of variation the latest month is, if any."""
    name = f"{control.indicator.name}, {control.trust.short_name}"
    if control.indicator.no_limits is not None:
        return name
    kind, _, what = VARIATIONS[control.chart.variation].full.partition(": ")
    return f"{name}: {what or inside(kind)}"


def note(control: Control) -> str:
    """Return the line below a chart's title: unit, period, which months are left out, and where limits are new."""
    told = f"{unit_words(control.indicator)}, {span(control.known[0].period, control.latest.period)}"
    doubted = month_spans([observation.start for observation in control.doubted])
    left_out = f" Doubtful and left out: {listed(doubted)}." if doubted else ""
    anew = [f" New limits from {period(one.since)}. {sentence(one.reason)}" for one in control.rebased]
    return sentence(told) + left_out + "".join(anew)


def summary_line(control: Control) -> str | None:
    """Return the line for the pack's summary, or None where the chart has nothing special to say.

    It gives the figure and the target; what kind of variation it is, and whether the target will be met, stand before
    it in the summary's own words.
    """
    indicator = control.indicator
    pledged = [t for t in indicator.targets[:1] if control.assurance(t) in ("passes", "fails")]
    if control.chart.variation in ("common-cause", "not-judged") and not pledged:
        return None
    value = phrase(control.latest.value, indicator)
    line = f"{control.trust.short_name}, {inside(indicator.name)}: {value} in {period(control.latest.period)}"
    return line + "".join(f"; the {t.label} is {target_number(t, indicator)}{_by(t)}" for t in pledged)


def month_spans(months: Sequence[dt.date]) -> list[str]:
    """Return months in words, three and more that follow one another as one stretch: ``May 2024 to July 2024``."""
    runs: list[list[dt.date]] = []
    for month in sorted(months):
        if runs and _after(runs[-1][-1], month) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    told: list[str] = []
    for run in runs:
        told += (
            [_named(month) for month in run] if len(run) < 3 else [f"{_named(run[0])} to {_named(run[-1])}"]
        )
    return told


def _judged(control: Control, pack: str) -> list[str]:
    chart, indicator = control.chart, control.indicator
    limits = chart.stretches[-1].limits
    assert limits is not None
    variation = VARIATIONS[chart.variation]
    signal = chart.latest.signal
    if signal is None:
        found = f"The month is within the usual ups and downs ([common cause]{{.verdict-{variation.look}}})."
    else:
        why = RULES[signal.rules[0], signal.side]
        found = f"{variation.span}, as the month is {why}, which chance would seldom bring"
        found += ", and neither direction is better in itself." if indicator.polarity == "none" else "."
    lower, mean, upper = (
        said(number(level, indicator), control.latest, pack, part)
        for level, part in (
            (limits.lower, "lower-limit"),
            (limits.mean, "mean"),
            (limits.upper, "upper-limit"),
        )
    )
    part = "months-since" if control.rebased else "months"
    months = said(str(len(control.standing)), control.latest, pack, part)
    anew = f"The limits are new from {period(control.standing[0].period)}. " if control.rebased else ""
    since = " since" if control.rebased else ""
    usual = f"{anew}Over the {months} months{since} the mean is {mean}, and the usual range is {lower} to {upper}."
    if (indicator.unit == "%" and limits.upper > 100) or limits.lower < 0:
        usual += " A limit that no figure can reach comes of the arithmetic."
    return [found, usual, _lately(control), _pledged(control, pack)]


def _lately(control: Control) -> str:
    found = lately(control.chart)
    latest = period(control.latest.period)
    if not found:
        return f"No month was unusual in the year up to {latest}."
    kinds: dict[str, list[dt.date]] = {}
    for point in control.chart.points:
        if point.period in found:
            words = VARIATIONS[point.variation].full.partition(": ")[2]
            kinds.setdefault(words, []).append(point.period)
    told = [f"{listed(month_spans(months))} ({words})" for words, months in kinds.items()]
    return f"Unusual months in the year up to {latest}: {'; '.join(told)}."


def _pledged(control: Control, pack: str) -> str:
    """Say which targets will be met if nothing changes, which were due by now, and which the latest month overtook."""
    groups: dict[Passing, list[str]] = {}
    due = [one for one in control.indicator.targets if one.by and one.by <= control.latest.period]
    overtaken = [one for one in control.indicator.targets if one not in due and control.is_overtaken(one)]
    for target in control.indicator.targets:
        if target not in due and target not in overtaken:
            names = groups.setdefault(control.assurance(target), [])
            names.append(f"the {_of(target, control, pack)}")
    told = [f"{ASSURANCES[its].span} {listed(names)}" for its, names in groups.items()]
    kept = [f"If nothing changes, it {'; it '.join(told)}."] if told else []
    unlike = [f"{one}, unlike the usual range." for one in _met(control, overtaken, pack)]
    return " ".join([*kept, *unlike, *(f"{one}." for one in _met(control, due, pack))])


def _met(control: Control, targets: Sequence[Target], pack: str) -> list[str]:
    """Say which of the targets the latest month met, and which it missed, without a full stop."""
    told = []
    for met in (True, False):
        names = [f"the {_of(t, control, pack)}" for t in targets if control.meets(t) == met]
        told += [f"The latest month {'met' if met else 'missed'} {listed(names)}"] if names else []
    return told


def _not_judged(control: Control, pack: str) -> list[str]:
    chart = control.chart
    if control.indicator.no_limits is not None:
        return []
    months = "months-since" if control.rebased else "months"
    counts = {months: len(control.standing), "months-needed": chart.rules.fewest}
    counts |= {"missing": len(chart.missing), "span": control.span}
    told = {part: said(str(count), control.latest, pack, part) for part, count in counts.items()}
    if counts[months] < counts["months-needed"]:
        since = f" since {period(control.standing[0].period)}" if control.rebased else ""
        why = f"there are {told[months]} of them{since}, and limits need {told['months-needed']}"
    elif control.is_patchy:
        why = f"{told['missing']} of the {told['span']} months have no figure"
    else:
        why = chart.reason
    return [
        f"The months are shown and [not judged]{{.verdict-none}}: {why}.",
        *(f"{one}." for one in _met(control, control.indicator.targets, pack)),
    ]


def _missing(control: Control) -> str:
    missing = control.chart.missing
    return f"missing: {listed(month_spans(missing))}" if missing else ""


def _of(target: Target, control: Control, pack: str) -> str:
    """Return a target in words: ``standard of 95%``."""
    return f"{target.label} of {_said(target, control, pack)}{_by(target)}"


def _is(target: Target, control: Control, pack: str) -> str:
    """Return a target with its side: ``standard is at least 95%``."""
    side = "at least" if control.indicator.polarity == "high" else "at most"
    return f"{target.label} is {side} {_said(target, control, pack)}{_by(target)}"


def _said(target: Target, control: Control, pack: str) -> str:
    return fact_span(target_number(target, control.indicator), target_id(target, control, pack))


def _by(target: Target) -> str:
    return f" by {period(target.by)}" if target.by else ""


def _after(first: dt.date, second: dt.date) -> int:
    return (second.year - first.year) * YEAR + second.month - first.month


def _named(month: dt.date) -> str:
    return period(f"{month:%Y-%m}")
