"""Sentences and cells about gaps between boroughs, which say only what the tests allow."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.borough_gaps import AreaValue, BoroughGap, PeriodGap
from boardpacks.chapter.gap_facts import AREAS_PART, RANK_PART, gap_id, gap_words
from boardpacks.chapter.make_facts import said
from boardpacks.charts.alt_text import inside, listed
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import NOT_HELD, capital, number, ordinal, period, phrase
from boardpacks.params.indicator import Indicator
from boardpacks.params.own_words import USUAL, Words
from boardpacks.params.system import SYSTEM, Place
from boardpacks.stats.change import Direction
from boardpacks.stats.rank import RankAmongPeers

CLEAR, UNCLEAR, UNTESTED = "Clear gap", "No clear gap", "Not tested"
TOO_OLD = "Too old to judge"
CHANGES: dict[Direction, str] = {
    "lower": "Narrower",
    "higher": "Wider",
    "no-significant-change": "No clear change",
    "not-tested": "Not tested",
}
NO_EARLIER = "No earlier period"
CASH = "Not compared, as prices change"


def verdict(found: BoroughGap) -> str:
    """Return whether the gap of today is more than chance explains."""
    if found.is_history:
        return TOO_OLD
    if found.now.gap.contrast is None:
        return UNTESTED
    return CLEAR if found.now.gap.is_clear else UNCLEAR


def change_words(found: BoroughGap) -> str:
    """Return how the gap has changed, as far as the test allows."""
    return CHANGES[found.change.direction] if found.change else _no_earlier(found)


def _no_earlier(found: BoroughGap) -> str:
    if found.is_history:
        return TOO_OLD
    return CASH if found.indicator.is_cash else NO_EARLIER


def gap_cell(found: PeriodGap, indicator: Indicator, pack: str) -> str:
    """Return the gap of one period as a number that is tied to its fact."""
    return fact_span(number(found.gap.value, indicator).removesuffix("%"), gap_id(found, indicator, pack))


def change_cell(found: BoroughGap, pack: str) -> str:
    """Return how the gap has changed, from what and since when."""
    if found.then is None:
        return _no_earlier(found)
    was = gap_cell(found.then, found.indicator, pack)
    return f"{change_words(found)}: {was} in {period(found.then.period)}"


def title(found: BoroughGap, words: Words = USUAL) -> str:
    """Return the title of a chart of the latest figures."""
    ends = {
        CLEAR: f"there is a clear gap between {words.several}",
        UNCLEAR: f"no clear gap between {words.several}",
        UNTESTED: f"the gap between {words.several} is not tested",
        TOO_OLD: f"the figures of {period(found.now.period)} are too old to be judged",
    }
    return f"{found.indicator.name}: {ends[verdict(found)]}"


def change_title(found: BoroughGap, words: Words = USUAL) -> str:
    """Return the title of a chart of the earliest and the latest figures."""
    ends = {
        "Narrower": f"the gap between {words.several} is narrower",
        "Wider": f"the gap between {words.several} is wider",
        "No clear change": f"no clear change in the gap between {words.several}",
    }
    since = f" since {period(found.then.period)}" if found.then else ""
    return f"{found.indicator.name}: {ends.get(change_words(found), 'change of the gap not tested')}{since}"


def position(found: BoroughGap, place: Place) -> str:
    """Return a place's own values with their ranks, as a cell says them; with names where they are of a part of it."""
    cells = []
    if found.is_history:
        cells = [_own_value(figure, found.indicator, place) for figure in found.own(place.id)]
    for figure, its in found.ranks(place.id):
        joint = "joint " if its.tied else ""
        value = _own_value(figure, found.indicator, place)
        count = said(str(its.count), figure.observation, place.id, AREAS_PART)
        cells.append(f"{value}, {joint}{_rank(figure, its, place.id)} of {count}")
    return "; ".join(cells) or NOT_HELD


def _own_value(figure: AreaValue, indicator: Indicator, place: Place) -> str:
    name = "" if figure.name == place.name else f"{figure.name} "
    return f"{name}{said(number(figure.value, indicator), figure.observation, place.id)}"


def statement(gaps: Sequence[BoroughGap], place: str | None, system: str, words: Words = USUAL) -> str:
    """Return where the place stands, which gaps are clear, and which have changed, in Markdown.

    Parameters
    ----------
    gaps
        Every indicator's gap.
    place
        Id of the place that the pack is for, or None for the system.
    system
        What the system is called.
    words
        What its authorities are called.
    """
    pack = place or SYSTEM
    paragraphs = [
        _place_in_gaps(gaps, place, words) if place else "",
        _now(gaps, pack, words),
        _change(gaps, f"the {words.several} of {system}", pack),
    ]
    return "\n\n".join(text for text in paragraphs if text)


def _rank(figure: AreaValue, its: RankAmongPeers, pack: str) -> str:
    if its.rank + its.tied == its.count > 1:
        return "worst" if its.first == "best" else "lowest"
    if its.rank == 1:
        return its.first
    return f"{said(ordinal(its.rank), figure.observation, pack, RANK_PART)} {its.first}"


def _place_in_gaps(gaps: Sequence[BoroughGap], place: str, words: Words) -> str:
    ends: dict[str, dict[str, list[str]]] = {}
    gaps = [found for found in gaps if not found.is_history]
    if not gaps:
        return ""
    for found in gaps:
        for figure, its in found.ranks(place):
            end = "best" if its.rank == 1 else "worst" if its.rank + its.tied == its.count else ""
            if end and its.tied == 0 and its.first == "best":
                ends.setdefault(figure.name, {}).setdefault(end, []).append(inside(found.indicator.name))
    told = [
        f"{name} has {' and '.join(f'the {end} figure for {listed(what)}' for end, what in kinds.items())}."
        for name, kinds in ends.items()
    ]
    if not told:
        return f"On none of these measures does the place stand at either end of the {words.several}."
    return f"Of the {words.several} compared, {' '.join(told)} Being first or last may still be chance."


def _now(gaps: Sequence[BoroughGap], pack: str, words: Words) -> str:
    clear, unclear, untested, old = (
        [found for found in gaps if verdict(found) == word] for word in (CLEAR, UNCLEAR, UNTESTED, TOO_OLD)
    )
    told = []
    if clear:
        lines = "\n".join(f"- {_ends(found, pack)}" for found in clear)
        told.append(f"**Clear gaps**, more than chance explains:\n\n{lines}\n")
    if unclear:
        several = capital(words.several)
        told.append(f"**No clear gap**: {_names(unclear)}. {several} differ there, but it may be chance.")
    if untested:
        told.append(f"**Not tested**, for want of intervals: {_names(untested)}.")
    if old:
        dated = [f"{inside(found.indicator.name)} ({period(found.now.period)})" for found in old]
        told.append(f"**Too old to be judged**, and shown as history: {listed(dated)}.")
    return "\n\n".join(told)


def _change(gaps: Sequence[BoroughGap], among: str, pack: str) -> str:
    told = []
    for word, become in (("Narrower", "has become narrower"), ("Wider", "has become wider")):
        told += [
            f"The gap in {inside(found.indicator.name)} between {among} {become}{_since(found, pack)}."
            for found in gaps
            if change_words(found) == word
        ]
    same = [found for found in gaps if change_words(found) == "No clear change"]
    if same:
        which = f"for {_names(same)}" if told else "in any gap that can be tested"
        told.append(f"There is no clear change {which} since the earliest period that can be compared.")
    return f"**Over time.** {' '.join(told)}" if told else ""


def _ends(found: BoroughGap, pack: str) -> str:
    now, indicator = found.now, found.indicator
    low = said(number(now.lowest.value, indicator), now.lowest.observation, pack)
    high = said(phrase(now.highest.value, indicator), now.highest.observation, pack)
    return f"{indicator.name}: from {low} in {now.lowest.name} to {high} in {now.highest.name} ({period(now.period)})"


def _since(found: BoroughGap, pack: str) -> str:
    if found.then is None:
        return ""
    then, now = (
        fact_span(gap_words(one.gap.value, found.indicator), gap_id(one, found.indicator, pack))
        for one in (found.then, found.now)
    )
    return f" since {period(found.then.period)}, from {then} to {now}"


def _names(gaps: Sequence[BoroughGap]) -> str:
    return listed([inside(found.indicator.name) for found in gaps])
