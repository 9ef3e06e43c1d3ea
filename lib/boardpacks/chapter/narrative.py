"""Sentences about a measure, which say of a difference only what its statistic allows."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.absent_figures import absent_newest, absent_sentence
from boardpacks.chapter.cautions import caution_sentences
from boardpacks.chapter.make_facts import said
from boardpacks.chapter.measure import AgainstComparator, Measure, Reading
from boardpacks.chapter.trend_words import time_sentences, title_words, trend_sentence
from boardpacks.charts.alt_text import by_verdict, inside
from boardpacks.data.observations import Valued
from boardpacks.facts.spans import without_spans
from boardpacks.facts.wording import (
    CLASSES,
    LABELS,
    RELATIONS,
    interval,
    listed,
    number,
    ordinal,
    period,
    phrase,
    sentence,
    span,
)
from boardpacks.params.articles import with_article
from boardpacks.params.models import Indicator
from boardpacks.stats.comparison import Verdict

RANKS = {"highest": "rank", "lowest": "rank-from-lowest"}
"""Which fact a rank is, by the end that it is counted from."""


def opening(measure: Measure) -> str:
    """Return what the indicator measures, its note, cautions, and which of the place's boroughs have no figure."""
    told = [sentence(text) for text in (measure.indicator.measures, measure.indicator.note) if text]
    told += caution_sentences(reading.care for reading in measure.readings)
    told += [absent_sentence(series) for series in measure.unpublished if measure.readings]
    return " ".join(told) + " "


def statement(measure: Measure, reading: Reading) -> str:
    """Return one paragraph, in Markdown, about one of the place's series."""
    told = [
        _own_value(measure, reading),
        _comparison(measure, reading),
        _stands_out(measure, reading),
        time_sentences(reading, measure.indicator, measure.place.id),
    ]
    return " ".join(text for text in told if text)


def never_published(measure: Measure) -> str:
    """Say that the snapshot holds no figure for the place, or hides it, and why where that is known."""
    if hidden := [absent_sentence(series) for series in measure.series if series.is_hidden]:
        return " ".join(hidden)
    why = f" {sentence(measure.indicator.areas_note)}" if measure.indicator.areas_note else ""
    return f"The snapshot holds no figure for {measure.subject}.{why}"


def title(measure: Measure) -> str:
    """Return the active title of a chart: what it shows, and where it is going, as far as the statistics allow."""
    if not measure.readings:
        return f"{measure.indicator.name}: no figure for {measure.subject}"
    told = "; ".join(_short(measure, reading) for reading in measure.readings)
    # With several boroughs a title would be too long to say their trends too.
    trend = title_words(measure.readings[0]) if len(measure.readings) == 1 else ""
    return f"{measure.indicator.name}: {told}{trend}"


def summary_line(measure: Measure, reading: Reading) -> str:
    """Return the line that a reading puts on the pack's summary."""
    indicator, latest, benchmark = measure.indicator, reading.latest, reading.benchmark
    is_named = len(measure.series) > 1 or indicator.areas != "boroughs"
    where = f", {reading.series.name}" if is_named else ""
    line = f"{indicator.name}{where}: {phrase(latest.value, indicator)} in {period(latest.period)}"
    if benchmark.verdict in RELATIONS and benchmark.other is not None:
        level = number(benchmark.other.value, indicator)
        line += f", {RELATIONS[benchmark.verdict]} {with_article(benchmark.name)} ({level})"
    if "last-of-peers" in reading.notable.rules:
        line += f", {without_spans(_place(measure, reading))}"
    if (before := reading.notable.before) is not None:
        line += f"; {number(before.value, indicator)} in {period(before.period)}"
    return line


def places_lines(
    indicator: Indicator, told: Sequence[tuple[str, Reading]], benchmark: str
) -> list[tuple[Verdict, str, int]]:
    """Return verdict, line for the pack's summary, and number of places, for each verdict that a place has.

    Parameters
    ----------
    indicator
        The indicator.
    told
        Its readings, each with what it is called.
    benchmark
        Name of the benchmark.
    """
    return [
        (verdict, f"{indicator.name}: {_plain(verdict, benchmark)} in {listed(names)}", len(names))
        for verdict, names in by_verdict((name, each.verdict) for name, each in told).items()
    ]


def _plain(verdict: Verdict, benchmark: str) -> str:
    return (
        f"{RELATIONS[verdict]} {with_article(benchmark)}" if verdict in RELATIONS else LABELS[verdict].lower()
    )


def alt_text(measure: Measure, lines: str) -> str:
    """Describe a measure's chart: what is drawn, where, when, the level, and how it compares.

    Parameters
    ----------
    measure
        What the chart shows.
    lines
        The kind of drawing in words, such as ``Line chart``.
    """
    indicator = measure.indicator
    parts = [f"{lines} of {inside(indicator.name)}, {measure.subject}"]
    spans = [_span(reading, measure) for reading in measure.readings]
    parts[0] += f", {spans[0]}." if len(set(spans)) == 1 else "."
    for reading in measure.readings:
        latest = reading.latest
        told = f"{reading.series.name} is at {phrase(latest.value, indicator)} in {period(latest.period)}"
        others = [_beside(measure, latest, one, one.other) for one in reading.comparisons if one.other]
        parts.append(f"{told}{', ' + listed(others) if others else ''}.")
        if reading.among_peers is not None and not others:
            parts.append(without_spans(sentence(_rank(measure, reading))))
        parts.append(trend_sentence(reading.trend))
    parts += [absent_sentence(series) for series in measure.unpublished]
    return " ".join(part for part in parts if part)


def _span(reading: Reading, measure: Measure) -> str:
    published = reading.series.valued
    first, last = published[0], published[-1]
    return (
        f"from {span(first.period, last.period)}"
        if measure.is_trend and first != last
        else period(last.period)
    )


def _own_value(measure: Measure, reading: Reading) -> str:
    indicator, latest = measure.indicator, reading.latest
    value = said(phrase(latest.value, indicator), latest, measure.place.id)
    text = f"{reading.series.name}: **{value}** in {period(latest.period)}"
    if latest.lower is not None and latest.upper is not None and latest.lower < latest.upper:
        limits = said(interval(latest.lower, latest.upper, indicator), latest, measure.place.id)
        text += f" (95% confidence interval {limits}{', worked out here from counts' if latest.limits_by else ''})"
    text += "."
    if latest.method != "published":
        text = f"{text[:-1]}, the {latest.method}."
    if reading.remark:
        text += f" The publisher remarks: {sentence(reading.remark)}"
    if latest.period != measure.newest_period and _is_newer(measure, latest):
        text += f" {absent_newest(reading.series, measure.newest_period)}"
    return text


def _is_newer(measure: Measure, latest: Valued) -> bool:
    """Whether the newest period of the indicator is one that this area could have had."""
    return any(o.period == measure.newest_period for series in measure.series for o in series.observations)


def _comparison(measure: Measure, reading: Reading) -> str:
    told = [(c, c.other) for c in reading.comparisons if c.other is not None]
    if measure.indicator.additive:
        return ""
    if not told:
        return _no_comparator(measure, reading)
    if all(comparison.verdict == "not-tested" for comparison, _ in told):
        others = listed([_directed(measure, reading.latest, *one) for one in told])
        return (
            f"That is {others}. No usable interval is held, so the difference is "
            "[not tested]{.verdict-none}."
        )
    if any(
        comparison.judge for comparison, _ in told
    ):  # a publisher's verdict is against the benchmark alone
        told = [one for one in told if one[0].judge]
    return f"That is {listed([_judged(measure, *one) for one in told])}."


def _stands_out(measure: Measure, reading: Reading) -> str:
    """Say by which rules a figure stands out that could not be tested."""
    notable, told = reading.notable, []
    if "last-of-peers" in notable.rules and any(comparison.other for comparison in reading.comparisons):
        told.append(_rank(measure, reading))
    if notable.before is not None:
        was = said(number(notable.before.value, measure.indicator), notable.before, measure.place.id)
        told.append(
            f"in {period(notable.before.period)} it was {was}, and the change since is far beyond the usual one of the "
            f"{measure.peers}"
        )
    return f"It **stands out**{': ' if told else ''}{'; '.join(told)}." if notable.rules else ""


def _judged(measure: Measure, comparison: AgainstComparator, other: Valued) -> str:
    words = RELATIONS[comparison.verdict]
    first, rest = words.split(" ", 1)
    name = with_article(comparison.name)
    by = f", as {comparison.judge} judges it" if comparison.judge else ""
    return f"[{first}]{{.{CLASSES[comparison.verdict]}}} {rest} {name} ({_other(measure, other)}){by}"


def _directed(measure: Measure, own: Valued, comparison: AgainstComparator, other: Valued) -> str:
    name = with_article(comparison.name)
    return f"{direction(own, other, measure.indicator)} {name} ({_other(measure, other)})"


def _other(measure: Measure, other: Valued) -> str:
    """Return the comparator's value, marked as the fact that it is."""
    return said(number(other.value, measure.indicator), other, measure.place.id)


def direction(own: Valued, other: Valued, indicator: Indicator) -> str:
    """Say above, below or the same as printed, so that words never contradict the rounded numbers."""
    if number(own.value, indicator) == number(other.value, indicator):
        return "the same as"
    return "above" if own.value > other.value else "below"


def _beside(measure: Measure, own: Valued, comparison: AgainstComparator, other: Valued) -> str:
    relation = RELATIONS.get(comparison.verdict) or direction(own, other, measure.indicator)
    return f"{relation} {with_article(comparison.name)} at {number(other.value, measure.indicator)}"


def _no_comparator(measure: Measure, reading: Reading) -> str:
    if reading.among_peers is not None:
        return sentence(_rank(measure, reading)) + _middle_half(measure, reading)
    return "The snapshot has no figure to compare it with."


def _rank(measure: Measure, reading: Reading) -> str:
    return f"that is the {_place(measure, reading)} with a published figure"


def _place(measure: Measure, reading: Reading) -> str:
    """Return the rank among all peers, such as ``3rd lowest of the 32 London boroughs``."""
    among = reading.among_peers
    if among is None:
        raise ValueError("a reading without peers has no rank")
    high = among.rank <= among.rank_from_lowest
    rank = among.rank if high else among.rank_from_lowest
    end = "highest" if high else "lowest"
    place = _part(measure, reading, end if rank == 1 else f"{ordinal(rank)} {end}", RANKS[end])
    count = _part(measure, reading, str(among.count), "peers")
    return f"{place} of the {count} {measure.peers}"


def _middle_half(measure: Measure, reading: Reading) -> str:
    among = reading.among_peers
    if among is None:
        return ""
    low, high = (
        _part(measure, reading, number(quartile, measure.indicator), part)
        for quartile, part in (
            (among.lower_quartile, "lower-quartile"),
            (among.upper_quartile, "upper-quartile"),
        )
    )
    return f" The middle half of them lies between {low} and {high}."


def _part(measure: Measure, reading: Reading, words: str, part: str) -> str:
    return said(words, reading.latest, measure.place.id, part)


def _short(measure: Measure, reading: Reading) -> str:
    """Say a reading in a title; its period too where others have a newer one, or a newer one is hidden."""
    verdict, name, latest, benchmark = reading.verdict, reading.series.name, reading.latest, reading.benchmark
    is_older = any(o.latest is not None and o.latest.start > latest.start for o in measure.comparators)
    is_dated = is_older or reading.series.is_hidden or len({r.latest.period for r in measure.readings}) > 1
    when = f" in {period(latest.period)}" if is_dated else ""
    if verdict in RELATIONS:
        return f"{name} is {RELATIONS[verdict]} {with_article(benchmark.name)}{when}"
    told = [f"{name} {number(latest.value, measure.indicator)}"]
    if benchmark.other is not None:
        told.append(f"{benchmark.name} {number(benchmark.other.value, measure.indicator)}")
    return ", ".join(told) + when
