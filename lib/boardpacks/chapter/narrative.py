"""Sentences about a measure, which say of a difference only what its statistic allows."""

from __future__ import annotations

from boardpacks.chapter.absent_figures import absent_clause, absent_newest, absent_sentence
from boardpacks.chapter.cautions import caution_sentences
from boardpacks.chapter.group_gap import gap_clause
from boardpacks.chapter.make_facts import said
from boardpacks.chapter.measure import AgainstComparator, Measure, Reading
from boardpacks.chapter.standards import standard_clause, standard_words
from boardpacks.chapter.trend_words import time_sentences, title_words, trend_sentence
from boardpacks.chapter.weigh import beside, held_against
from boardpacks.charts.alt_text import inside
from boardpacks.data.observations import Valued
from boardpacks.facts.spans import without_spans
from boardpacks.facts.wording import (
    CLASSES,
    RELATIONS,
    interval,
    listed,
    number,
    period,
    phrase,
    rank_words,
    sentence,
    span,
)
from boardpacks.params.articles import with_article
from boardpacks.params.indicator import Indicator

RANKS = {"highest": "rank", "lowest": "rank-from-lowest"}
"""Which fact a rank is, by the end that it is counted from."""
SAME, BETTER_SIDE = "the same as", "on the better side of"
"""What is said of an untested figure that is no worse than the comparator: "better than" is a verdict."""


def opening(measure: Measure) -> str:
    """Return what the indicator measures, its note, and its publisher's cautions."""
    told = [sentence(text) for text in (measure.indicator.measures, measure.indicator.note) if text]
    told += caution_sentences(reading.care for reading in measure.readings)
    return " ".join(told) + " "


def statement(measure: Measure, reading: Reading) -> str:
    """Return one paragraph, in Markdown, about one of the place's series."""
    told = [
        _own_value(measure, reading),
        *_remarks(measure, reading),
        _stands_out(measure, reading),
        time_sentences(reading, measure.indicator, measure.place.id),
    ]
    return " ".join(text for text in told if text)


def never_published(measure: Measure) -> str:
    """Say that no figure is held for the place, published for it or shown, and why where that is known."""
    if hidden := [absent_sentence(series) for series in measure.series if series.is_hidden]:
        return " ".join(hidden)
    why = f" {sentence(measure.indicator.areas_note)}" if measure.indicator.areas_note else ""
    return f"No figure for {with_article(measure.subject)} is held here.{why}"


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
    is_ahead = bool(reading.notable.rules) and beside(reading, indicator) == "ahead"
    line += _better_side(reading, indicator) if is_ahead else ""
    if reading.notable.is_ranked:
        line += f", {'but ' if is_ahead else ''}{without_spans(_place(measure, reading))}"
    if reading.notable.rules and not is_ahead and (level := _level_beside(reading, indicator)):
        line += f"; {level}"
    if (before := reading.notable.before) is not None:
        line += f"; {number(before.value, indicator)} in {period(before.period)}"
    if (gap := reading.notable.gap) is not None:
        line += f"; {without_spans(gap_clause(gap, latest, indicator, measure.place.id, measure.peers))}"
    if missed := standard_words(reading, indicator):
        line += f"; {missed}"
    return line


def _better_side(reading: Reading, indicator: Indicator) -> str:
    """Say that a figure that stands out untested is no worse than the comparator."""
    against = held_against(reading)
    if against is None or against.other is None:
        return ""
    side = SAME if is_level(reading, indicator) else BETTER_SIDE
    return f", {side} {with_article(against.name)} ({number(against.other.value, indicator)})"


def is_level(reading: Reading, indicator: Indicator) -> bool:
    """Whether a figure and what it is held against are printed alike."""
    against = held_against(reading)
    return (
        against is not None
        and against.other is not None
        and direction(reading.latest, against.other, indicator) == SAME
    )


def _level_beside(reading: Reading, indicator: Indicator) -> str:
    against = held_against(reading)
    if against is None or against.other is None:
        return ""
    return f"{against.name} {number(against.other.value, indicator)}"


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
        if reading.standing is not None and not others:
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
    """Return the value with its interval, and how it compares, in one sentence."""
    indicator, latest = measure.indicator, reading.latest
    value = said(phrase(latest.value, indicator), latest, measure.place.id)
    where = f"{'At' if indicator.areas == 'trusts' else 'In'} {with_article(reading.series.name)}"
    text = f"{where} the figure for {period(latest.period)} is **{value}**"
    if latest.lower is not None and latest.upper is not None and latest.lower < latest.upper:
        limits = said(interval(latest.lower, latest.upper, indicator), latest, measure.place.id)
        text += f" (95% confidence interval {limits}{', worked out here from counts' if latest.limits_by else ''})"
    text += ", too old to be judged" if reading.is_history else ""
    is_small = reading.is_small and not reading.is_history
    if latest.method != "published":
        text += f", the {latest.method}"
    absent = measure.unpublished if reading.series is measure.readings[0].series else ()
    missing = "".join(f"; {absent_clause(series)}" for series in absent)
    compared = ", of too few people to be compared" if is_small else _comparison(measure, reading)
    return f"{text}{compared}{missing}{standard_clause(measure, reading)}."


def _remarks(measure: Measure, reading: Reading) -> list[str]:
    """Return what the publisher remarks, and that a newer figure is not there."""
    told = [f"The publisher remarks: {sentence(reading.remark)}"] if reading.remark else []
    if reading.latest.period != measure.newest_period and _is_newer(measure, reading.latest):
        told.append(absent_newest(reading.series, measure.newest_period))
    return told


def _is_newer(measure: Measure, latest: Valued) -> bool:
    """Whether the newest period of the indicator is one that this area could have had."""
    return any(o.period == measure.newest_period for series in measure.series for o in series.observations)


def _comparison(measure: Measure, reading: Reading) -> str:
    """Return how the value stands to the comparators, else among its peers, as the rest of its sentence."""
    told = [(c, c.other) for c in reading.comparisons if c.other is not None]
    if measure.indicator.additive:
        return ""
    if not told:
        return _no_comparator(measure, reading)
    if any(
        comparison.judge for comparison, _ in told
    ):  # a publisher's verdict is against the benchmark alone
        told = [one for one in told if one[0].judge]
    related: dict[str, list[str]] = {}
    for comparison, other in told:
        level = f"{with_article(comparison.name)} ({_other(measure, other)})"
        related.setdefault(_relation(measure, reading.latest, comparison, other), []).append(level)
    against = {comparison.verdict for comparison, _ in told} == {"better", "worse"}
    said_of = (" but " if against else " and ").join(
        f"{words} {listed(names)}" for words, names in related.items()
    )
    untested = all(comparison.verdict == "not-tested" for comparison, _ in told)
    chance = f"; the difference is [not tested]{{.{CLASSES['not-tested']}}}" if untested else ""
    judge = told[0][0].judge
    return f", {said_of}{f', as {judge} judges it' if judge else ''}{chance}{_without_benchmark(measure, reading)}"


def _stands_out(measure: Measure, reading: Reading) -> str:
    """Say by which rules a figure stands out that could not be tested."""
    notable, told = reading.notable, []
    if notable.is_ranked and any(comparison.other for comparison in reading.comparisons):
        told.append(_rank(measure, reading))
    if notable.before is not None:
        was = said(number(notable.before.value, measure.indicator), notable.before, measure.place.id)
        when = period(notable.before.period)
        told.append(f"the change since {when} ({was}) is far beyond what is usual among the {measure.peers}")
    if notable.gap is not None:
        told.append(
            gap_clause(notable.gap, reading.latest, measure.indicator, measure.place.id, measure.peers)
        )
    if set(notable.rules) <= {"standard-missed"}:  # said beside the value
        return ""
    though = ""
    if beside(reading, measure.indicator) == "ahead" and (against := held_against(reading)) is not None:
        though = f", though {BETTER_SIDE} {with_article(against.name)}"
    return f"It **stands out**{though}{': ' if told else ''}{', and '.join(told)}."


def _relation(measure: Measure, own: Valued, comparison: AgainstComparator, other: Valued) -> str:
    """Return the verdict with its mark, or where it is not tested the direction of the printed numbers."""
    if comparison.verdict not in RELATIONS:
        return direction(own, other, measure.indicator)
    first, rest = RELATIONS[comparison.verdict].split(" ", 1)
    return f"[{first}]{{.{CLASSES[comparison.verdict]}}} {rest}"


def _without_benchmark(measure: Measure, reading: Reading) -> str:
    """Say which comparators have no figure here, where the benchmark is among them."""
    if reading.benchmark.other is not None:
        return ""
    pairs = zip(reading.comparisons, measure.comparators, strict=True)
    missing = [(with_article(one.name), series.is_empty) for one, series in pairs if one.other is None]
    same = "" if all(is_empty for _, is_empty in missing) else " of the same period"
    return f"; no figure for {' or '.join(name for name, _ in missing)}{same} is held here"


def _other(measure: Measure, other: Valued) -> str:
    """Return the comparator's value, marked as the fact that it is."""
    return said(number(other.value, measure.indicator), other, measure.place.id)


def direction(own: Valued, other: Valued, indicator: Indicator) -> str:
    """Say above, below or the same as printed, so that words never contradict the rounded numbers."""
    if number(own.value, indicator) == number(other.value, indicator):
        return SAME
    return "above" if own.value > other.value else "below"


def _beside(measure: Measure, own: Valued, comparison: AgainstComparator, other: Valued) -> str:
    relation = RELATIONS.get(comparison.verdict) or direction(own, other, measure.indicator)
    return f"{relation} {with_article(comparison.name)} at {number(other.value, measure.indicator)}"


def _no_comparator(measure: Measure, reading: Reading) -> str:
    missing = _without_benchmark(measure, reading)
    if reading.standing is None:
        return missing
    return f", the {_place(measure, reading)}{_middle_half(measure, reading)}{missing}"


def _rank(measure: Measure, reading: Reading) -> str:
    return f"that is the {_place(measure, reading)}"


def _place(measure: Measure, reading: Reading) -> str:
    """Return the rank among all peers, such as ``3rd lowest of 32 London boroughs``."""
    among = reading.among_peers
    if among is None:
        raise ValueError("a reading without peers has no rank")
    end = among.nearest_end
    place = _part(measure, reading, rank_words(among.from_end(end), end), RANKS[end])
    count = _part(measure, reading, str(among.count), "peers")
    return f"{place} of {count} {measure.peers}"


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
    return f", whose middle half lies between {low} and {high}"


def _part(measure: Measure, reading: Reading, words: str, part: str) -> str:
    return said(words, reading.latest, measure.place.id, part)


def _short(measure: Measure, reading: Reading) -> str:
    """Say a reading in a title; its period too where others have a newer one, or a newer one is hidden."""
    verdict, name, latest, benchmark = reading.verdict, reading.series.name, reading.latest, reading.benchmark
    is_older = any(o.latest is not None and o.latest.start > latest.start for o in measure.comparators)
    is_dated = (
        reading.is_history
        or is_older
        or reading.series.is_hidden
        or len({r.latest.period for r in measure.readings}) > 1
    )
    when = f" in {period(latest.period)}" if is_dated else ""
    if verdict in RELATIONS:
        return f"{name} is {RELATIONS[verdict]} {with_article(benchmark.name)}{when}"
    told = [f"{name} {number(latest.value, measure.indicator)}"]
    if benchmark.other is not None:
        told.append(f"{benchmark.name} {number(benchmark.other.value, measure.indicator)}")
    return ", ".join(told) + when
