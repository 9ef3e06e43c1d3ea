"""Finds what about a measure's method is another thing in the later of two packs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from boardpacks.data.observations import TARGET
from boardpacks.packs.changes.fact_series import SeriesKey, Side, is_figure, series_key
from boardpacks.packs.files.changes_file import Aspect, MethodChange
from boardpacks.packs.files.facts_file import FactRecord

_WORDS: tuple[Aspect, ...] = ("name", "definition", "unit", "polarity")


def method_of(fact: FactRecord) -> str:
    """Return how a fact was made, without the periods and results that a trend's method goes on to tell."""
    return fact.method.partition("; from ")[0]


def method_changes(then: Side, now: Side, name: Callable[[str], str]) -> Iterator[MethodChange]:
    """Yield what changed of each measure that both packs have: its words, target, source, publisher, method and rule.

    Parameters
    ----------
    name
        Gives the name of a measure.
    """
    for indicator in now.names:
        if indicator not in then.names:
            continue
        changes = [*_words(then, now, indicator), *_numbers(then, now, indicator)]
        for aspect, was, is_ in dict.fromkeys(changes):
            yield MethodChange(indicator=indicator, name=name(indicator), field=aspect, was=was, now=is_)


def _words(then: Side, now: Side, indicator: str) -> Iterator[tuple[Aspect, str, str]]:
    before, after = then.measures.get(indicator), now.measures.get(indicator)
    if before and after:
        for aspect in _WORDS:
            was, is_ = getattr(before, aspect), getattr(after, aspect)
            if was != is_:
                yield aspect, was, is_
    for aspect in ("source", "publisher"):
        was, is_ = _sources(then, indicator, aspect), _sources(now, indicator, aspect)
        if was != is_ and was and is_:
            yield aspect, was, is_


def _sources(side: Side, indicator: str, aspect: str) -> str:
    latest = [fact for key, fact in side.latest.items() if key[0] == indicator]
    return "; ".join(sorted({getattr(side.file.sources[fact.source], aspect) for fact in latest}))


def _numbers(then: Side, now: Side, indicator: str) -> Iterator[tuple[Aspect, str, str]]:
    """Yield changes that show in the numbers: in each that both packs have, and in the latest of each kind."""
    before, after = _kinds(then, indicator), _kinds(now, indicator)
    pairs = [(then.facts[fact.id], fact) for fact in now.of(indicator) if fact.id in then.facts]
    pairs += [(before[key], fact) for key, fact in after.items() if key in before]
    for was, is_ in pairs:
        if was.method == is_.method == TARGET and was.display != is_.display:
            yield "target", was.display, is_.display
        if method_of(was) != method_of(is_):
            yield "method", method_of(was), method_of(is_)
        # Whether there is an interval to test by is the publisher's doing, and a revision.
        elif was.rule != is_.rule and _has_interval(was) == _has_interval(is_) and was.unit == is_.unit:
            yield "rule", was.rule, is_.rule


def _kinds(side: Side, indicator: str) -> dict[tuple[SeriesKey, str], FactRecord]:
    """Return the last number of each kind: figures by series, and numbers made from them by what they are."""
    latest = {(key, ""): fact for key, fact in side.latest.items() if key[0] == indicator}
    made = [fact for fact in side.of(indicator) if not is_figure(fact, side.file.place)]
    return latest | {(series_key(fact), fact.id.rpartition(".")[2]): fact for fact in made}


def _has_interval(fact: FactRecord) -> bool:
    return fact.lower is not None and fact.upper is not None and fact.lower != fact.upper
