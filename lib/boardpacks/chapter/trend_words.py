"""Sentences about time: a trend or a change is only said where the statistic finds one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boardpacks.chapter.cash_gap import cash_sentences
from boardpacks.chapter.make_facts import said
from boardpacks.chapter.measure import Reading
from boardpacks.facts.wording import capital, number, period, span
from boardpacks.params.assurance import TrendWord
from boardpacks.params.indicator import Indicator
from boardpacks.stats.recent_trend import Trend
from boardpacks.stats.trend_points import IN_A_SHOCK, NOT_YEARLY, POINTS

NO_TREND = "Not tested"
"""A table's cell where no trend could be calculated."""

_MOVES = {"increasing": "rising", "decreasing": "falling"}
_ARROWS = {"increasing": "\u2197", "decreasing": "\u2198"}
_CELLS: Mapping[TrendWord, str] = {
    "getting-better": "Getting better",
    "getting-worse": "Getting worse",
    "increasing": "Rising",
    "decreasing": "Falling",
}


def trend_word(trend: Trend | None) -> TrendWord:
    """Return the trend as one word of a record: its meaning where it has one, else its direction."""
    if trend is None or trend.direction == "not-calculated":
        return "not-calculated"
    if trend.direction == "no-significant-change":
        return "no-change"
    if trend.meaning == "none":
        return trend.direction
    return "getting-better" if trend.meaning == "better" else "getting-worse"


def trend_cell(trend: Trend | None) -> str:
    """Return the trend for a table: words that say all, and an arrow where it moves."""
    word = trend_word(trend)
    if trend is None or word == "not-calculated":
        return NO_TREND
    return "No change" if word == "no-change" else f"{_CELLS[word]}\u00a0{_ARROWS[trend.direction]}"


def title_words(reading: Reading) -> str:
    """Return what a chart's title adds of the trend: `` and getting better``, or nothing without one."""
    word = trend_word(reading.trend)
    if word not in _CELLS:
        return ""
    against = {"better": "getting-worse", "worse": "getting-better"}.get(reading.verdict)
    return f" {'but' if word == against else 'and'} {_CELLS[word].lower()}"


def time_sentences(reading: Reading, indicator: Indicator, pack: str) -> str:
    """Return what a pack says of time: the change since an earlier value, the recent trend, a break of the series."""
    reason = reading.broken.reason if reading.broken else ""
    if reading.cash is not None:
        return " ".join(text for text in (cash_sentences(reading.cash, pack), reason) if text)
    change = _changed(reading, indicator, pack)
    before, trend = change or _earlier(reading, indicator, pack), _trend_clause(reading)
    link = "but" if change and trend and _disagree(reading) else "and"
    trend = trend or _why_not(reading)
    told = f"{before}, {link} {trend}" if before and trend else before or capital(trend)
    return " ".join(text for text in (told and f"{told}.", reason) if text)


def places_trends(told: Sequence[tuple[str, Reading]]) -> dict[str, list[str]]:
    """Return the ways in which some of the places move beyond chance, each with what these are called."""
    found = {
        says: [name for name, reading in told if trend_word(reading.trend) == word]
        for word, says in _CELLS.items()
    }
    return {says: names for says, names in found.items() if names}


def trend_sentence(trend: Trend | None) -> str:
    """Return the recent trend as a sentence: that there is none beyond chance too; nothing where not calculated."""
    if trend is None or trend.direction == "not-calculated":
        return ""
    return f"Recent trend ({_window(trend)}): {_finding(trend)}."


def _window(trend: Trend) -> str:
    return f"{span(trend.first, trend.last)}{', figures that do not overlap' if trend.thinned else ''}"


def _finding(trend: Trend) -> str:
    if trend.direction == "no-significant-change":
        return "no significant change"
    return f"{_MOVES[trend.direction]}{_which_is(trend.meaning)}"


def _trend_clause(reading: Reading) -> str:
    """Return the recent trend as a part of a sentence; nothing where it is not calculated."""
    trend = reading.trend
    if trend is None or trend.direction == "not-calculated":
        return ""
    verb = "shows" if trend.direction == "no-significant-change" else "is"
    return f"the recent trend ({_window(trend)}) {verb} {_finding(trend)}"


def _disagree(reading: Reading) -> bool:
    """Whether a change beyond chance and the recent trend point different ways."""
    if reading.change is None or reading.trend is None:
        return False
    same = {"higher": "increasing", "lower": "decreasing"}
    return same.get(reading.change.direction) != reading.trend.direction


def _changed(reading: Reading, indicator: Indicator, pack: str) -> str:
    """Say a change beyond chance, unless the printed numbers are the same or seem to go the other way."""
    earlier, latest, change = reading.earlier, reading.latest, reading.change
    if change is None or earlier is None or change.direction not in ("higher", "lower"):
        return ""
    was = number(earlier.value, indicator)
    if was == number(latest.value, indicator):
        return ""
    was = said(was, earlier, pack)
    return (
        f"It is {change.direction} than in {period(earlier.period)} ({was}){_which_is(change.meaning)}; "
        "the difference is more than chance"
    )


def _earlier(reading: Reading, indicator: Indicator, pack: str) -> str:
    """Say the earlier value, and that the difference may be chance where that is tested and no trend is found."""
    earlier, change = reading.earlier, reading.change
    if earlier is None:
        return ""
    was = number(earlier.value, indicator)
    tested = change is not None and change.direction == "no-significant-change"
    moves = trend_word(reading.trend) in _CELLS
    differs = was != number(reading.latest.value, indicator)
    chance = "; the difference may be chance" if tested and differs and not moves else ""
    return f"In {period(earlier.period)} it was {said(was, earlier, pack)}{chance}"


def _why_not(reading: Reading) -> str:
    """Say why no trend is tested, where a reader expects one: so many figures with intervals are published."""
    trend, published = reading.trend, reading.series.valued
    if trend is None or len(published) < POINTS or reading.broken or not trend.reason:
        return ""
    if trend.reason.startswith(
        (IN_A_SHOCK, NOT_YEARLY)
    ):  # true of many series at once: the pack says it once
        return ""
    if reading.latest.lower is None or "interval" in trend.reason or reading.verdict == "not-tested":
        return ""
    reason = trend.reason.replace("points", "figures").replace("share no time", "do not overlap")
    for observation in reading.series.observations:
        reason = reason.replace(observation.period, period(observation.period))
    return f"no recent trend is tested: {reason}"


def _which_is(meaning: str) -> str:
    return "" if meaning == "none" else f", which is {meaning}"
