"""Says what a small chart shows in a title of ten words or fewer, made by rule from the judged facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpacks.facts.artefacts import Fact
from boardpacks.facts.spans import without_spans
from boardpacks.facts.wording import RELATIONS, period, rank_words
from boardpacks.packs.compose.headlines import is_ahead
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import number
from boardpacks.packs.markdown.escape import markdown_text

MOST_WORDS = 10
MOST_LETTERS = 44
"""Letters that have room in one line above a chart."""


def chart_title(gathered: Gathered, line: SummaryLine) -> str:
    """Return the title of a line's chart: the most telling thing that can be said of it in ten words."""
    titles = list(_titles(gathered, line))
    return next((title for title in titles if _fits(title)), _first(titles[-1]))


def _fits(title: str) -> bool:
    return count_words(title) <= MOST_WORDS and len(without_spans(title)) <= MOST_LETTERS


def count_words(title: str) -> int:
    """Return how many words a title in Markdown has."""
    return len(re.findall(r"\S+", without_spans(title)))


def _titles(gathered: Gathered, line: SummaryLine) -> Iterator[str]:
    """Yield what can be said, the most telling first."""
    brief = markdown_text(gathered.indicator(line).brief)
    fact, other = gathered.value(line), gathered.benchmark(line)
    if fact is None:
        yield brief
        return
    if borough := gathered.borough(fact):
        brief = f"{brief}, {markdown_text(borough)}"
    benchmark = markdown_text(gathered.params.system.benchmark.name)
    before = _before(gathered, line, fact)
    value = number(fact)
    if "sharp-change" in line.summary.stands_out and before is not None:
        yield f"{brief}: {value}, after {number(before)} in {markdown_text(period(before.period))}"
        yield f"{brief}: {value}, after {number(before)}"
    if rank := _rank(gathered, line, fact):
        yield f"{brief}: {value}, {rank} of {_peers(gathered, fact)}"
        yield f"{brief}: {rank} of {_peers(gathered, fact)}"
        yield f"{brief}: {value}, {rank}"
    if relation := RELATIONS.get(line.summary.verdict):
        spoken = markdown_text(gathered.params.system.spoken_benchmark)
        if other is not None:
            yield f"{brief}: {value}, {relation} {spoken} ({number(other)})"
        yield f"{brief}: {value}, {relation} {spoken}"
    if line.summary.verdict == "too-old":
        yield f"{brief}: {value} in {markdown_text(period(fact.period))}"
    if other is not None:
        yield f"{brief}: {value}, {benchmark} {number(other)}"
    yield f"{brief}: {value}"
    yield brief


def _before(gathered: Gathered, line: SummaryLine, fact: Fact) -> Fact | None:
    own = (fact.indicator, fact.area, fact.sex, fact.unit)
    earlier = [
        one
        for one in gathered.told(line)
        if (one.indicator, one.area, one.sex, one.unit) == own and one.period != fact.period
    ]
    return earlier[0] if earlier else None


def _rank(gathered: Gathered, line: SummaryLine, fact: Fact) -> str:
    """Return the rank by which a line stands out, from the nearer end, as the facts have it.

    Of what lies on the better side of the benchmark it would tell half: the benchmark's figure stands there instead.
    """
    if is_ahead(line.summary) or not {"last-of-peers", "behind-peers"} & set(line.summary.stands_out):
        return ""
    found = {
        end: gathered.known.get(f"{fact.id}.{part}")
        for end, part in (("highest", "rank"), ("lowest", "rank-from-lowest"))
    }
    ranks = [(int(one.value), end, one.id) for end, one in found.items() if one and one.value]
    if not ranks or f"{fact.id}.peers" not in gathered.known:
        return ""
    rank, end, id_ = min(ranks)
    return f'[{rank_words(rank, end)}]{{fact="{id_}"}}'


def _peers(gathered: Gathered, fact: Fact) -> str:
    several = markdown_text(gathered.params.system.words.several)
    return f"{number(gathered.known[f'{fact.id}.peers'])} {several}"


def _first(title: str) -> str:
    return " ".join(title.split()[:MOST_WORDS])
