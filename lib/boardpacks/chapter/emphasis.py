"""What a strategy stresses for a place, beside today's figures, and whether these bear it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.chapter.hand_over import show_statement
from boardpacks.chapter.make_facts import counted, each_once, fact, facts_of, peer_facts, said
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.narrative import RANKS, direction, title
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import CLASSES, RELATIONS, listed, number, period, phrase, rank_words, sentence
from boardpacks.params.articles import with_article
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.strategy import Claim, Emphasis, are_of
from boardpacks.params.system import Place
from boardpacks.stats.among_peers import Spread, spread

FEWEST_RANKED = 5
"""With fewer areas with a published value, a rank is not told."""
HELD = {"highest": "held-rank", "lowest": "held-rank-from-lowest"}
HELD_COUNT = "held-boroughs"
"""Which facts a rank among the boroughs held and their number are."""
RANKED = "among the boroughs held"
"""How the method of a rank ends that is counted among the boroughs that the snapshot holds."""


@dataclass(frozen=True)
class _Rank:
    """Where a value stands among the areas of its kind that are held, and what these are called.

    ``all_peers`` tells whether they are the whole set of the system's peers, not only its own boroughs.
    """

    place: Spread
    among: str
    all_peers: bool

    def told(self, latest: Valued, pack: str) -> str:
        """Return the rank of a value from the end that it is nearer to, in words."""
        end = self.place.nearest_end
        rank_part, count_part = (RANKS[end], "peers") if self.all_peers else (HELD[end], HELD_COUNT)
        first = said(rank_words(self.place.from_end(end), end), latest, pack, rank_part)
        count = said(str(self.place.count), latest, pack, count_part)
        return f"the {first} of {count} {self.among}"


def show_emphasis(
    place: Place,
    stressed: Sequence[tuple[Emphasis, Sequence[Measure]]],
    params: Params,
    snapshot: Snapshot,
) -> None:
    """Hand over one statement for each thing that the strategy stresses for a place.

    Parameters
    ----------
    place
        The place.
    stressed
        What is stressed, each with the measures of its indicators for the place.
    params, snapshot
        The system's params and the published figures.
    """
    if not stressed:
        show_statement(
            "emphasis",
            f"The strategy and the partnership's pages name nothing in particular for {place.name}.",
            facts=[],
        )
    for at, (emphasis, measures) in enumerate(stressed, start=1):
        lines, facts = [], []
        for measure in measures:
            lines += [f"- {line}" for line in _lines(emphasis, measure, params)]
            facts += _facts(emphasis, measure, params, snapshot)
        show_statement(f"emphasis-{at}", _statement(emphasis, lines), facts=each_once(facts))


def _statement(emphasis: Emphasis, lines: Sequence[str]) -> str:
    head = f"**{sentence(emphasis.text)}**"
    if not lines:
        return f"{head} {emphasis.gap or 'No measure here is linked to this.'}"
    return "\n".join([head, "", *lines, *([f"- {emphasis.gap}"] if emphasis.gap else [])])


def _lines(emphasis: Emphasis, measure: Measure, params: Params) -> list[str]:
    """Return one line for each of the place's series."""
    if not measure.readings:
        return [sentence(title(measure))]
    return [_line(emphasis, measure, reading, params) for reading in measure.readings]


def _line(emphasis: Emphasis, measure: Measure, reading: Reading, params: Params) -> str:
    indicator, latest, pack = measure.indicator, reading.latest, measure.place.id
    value = said(phrase(latest.value, indicator), latest, pack)
    rank = _rank(measure, reading, params)
    compared = [*_against(reading, indicator, pack), *([rank.told(latest, pack)] if rank else [])]
    told = f"{indicator.name}, {reading.series.name}: {value} in {period(latest.period)}"
    told += f", {'; '.join(compared)}" if compared else ""
    if emphasis.claim is not None:
        told += _borne_out(emphasis.claim, rank, reading, measure)
    elif emphasis.not_worse:
        told += _not_worse(reading)
    return f"{told}."


def _against(reading: Reading, indicator: Indicator, pack: str) -> list[str]:
    """Return how a value stands to the first comparator that has one: the benchmark where it is published."""
    for comparison in reading.comparisons:
        if comparison.other is None:
            continue
        level = said(number(comparison.other.value, indicator), comparison.other, pack)
        name = with_article(comparison.name)
        if comparison.verdict in RELATIONS:
            first, rest = RELATIONS[comparison.verdict].split(" ", 1)
            return [f"[{first}]{{.{CLASSES[comparison.verdict]}}} {rest} {name} ({level})"]
        why = "too old to be judged" if reading.is_history else "not tested"
        return [f"{direction(reading.latest, comparison.other, indicator)} {name} ({level}, {why})"]
    return []


def _rank(measure: Measure, reading: Reading, params: Params) -> _Rank | None:
    """Return the rank among all peers where they are published, else among the boroughs that are held."""
    if reading.is_history:
        return None
    if reading.among_peers is not None:
        return _Rank(reading.among_peers, measure.peers, all_peers=True)
    values = [peer.value for peer in reading.peers]
    is_peer = any(peer.area == reading.latest.area for peer in reading.peers)
    if not is_peer or len(values) < FEWEST_RANKED:
        return None
    own = {borough.code for borough in params.boroughs()}
    within = all(peer.area in own for peer in reading.peers)
    among = f"{params.system.words.several} of {params.system.short_name}" if within else measure.peers
    return _Rank(spread(reading.latest.value, values), among, all_peers=False)


def _borne_out(claim: Claim, rank: _Rank | None, reading: Reading, measure: Measure) -> str:
    """Say whether the figures held bear a stated rank out.

    Areas that are not held can only push a place further down: a rank that is too low among those that are held is
    refuted, and one that is high enough is still open.
    """
    if reading.is_history:
        return "; too old a figure to bear this out today"
    if reading.is_small:
        return "; too few people live there for a rank"
    if rank is None:
        return "; too few figures are held here for a rank"
    if rank.place.from_end(claim.end) <= claim.rank and rank.all_peers and are_of(measure.peers, claim.among):
        return ", which bears this out"
    if rank.place.from_end(claim.end) <= claim.rank:
        return f"; its rank in {claim.among} cannot be said, as other areas' figures are not held here"
    beyond = _beyond(claim, reading)
    names = [
        f"{peer.area_name} ({said(number(peer.value, measure.indicator), peer, measure.place.id)})"
        for peer in beyond
    ]
    higher = "higher" if claim.end == "highest" else "lower"
    told = f"; {listed(names)} {'has' if len(names) == 1 else 'have'} a {higher} figure, so this is not borne out today"
    if all(_overlap(reading.latest, peer) for peer in beyond):
        told += ", though the 95% intervals overlap and chance may explain the difference"
    return told


def _beyond(claim: Claim, reading: Reading) -> list[Valued]:
    own = reading.latest.value
    if claim.end == "highest":
        return [peer for peer in reversed(reading.peers) if peer.value > own]
    return [peer for peer in reading.peers if peer.value < own]


def _overlap(one: Valued, other: Valued) -> bool:
    if one.lower is None or one.upper is None or other.lower is None or other.upper is None:
        return False
    return one.lower <= other.upper and other.lower <= one.upper


def _not_worse(reading: Reading) -> str:
    if reading.verdict in ("better", "similar"):
        return ", which bears this out"
    if reading.verdict == "worse":
        return ", which does not bear this out"
    if reading.is_small:
        return "; too few people live there to check this by"
    if reading.verdict == "not-compared":
        return f"; no figure for {with_article(reading.benchmark.name)} is held here to check this by"
    return ", which leaves this open"


def _facts(emphasis: Emphasis, measure: Measure, params: Params, snapshot: Snapshot) -> list[Fact]:
    indicator, pack = measure.indicator, measure.place.id
    facts: list[Fact] = []
    for reading in measure.readings:
        told: list[Valued | None] = [reading.latest, *(c.other for c in reading.comparisons)]
        rank = _rank(measure, reading, params)
        if (
            rank is not None
            and emphasis.claim is not None
            and rank.place.from_end(emphasis.claim.end) > emphasis.claim.rank
        ):
            told += _beyond(emphasis.claim, reading)
        facts += facts_of(told, indicator, pack, snapshot)
        if rank is not None and rank.all_peers:
            facts += peer_facts(reading.latest, rank.place, indicator, pack, snapshot)
        elif rank is not None:
            facts += _rank_facts(reading.latest, rank.place, indicator, pack, snapshot)
    return facts


def _rank_facts(
    latest: Valued, place: Spread, indicator: Indicator, pack: str, snapshot: Snapshot
) -> list[Fact]:
    base = fact(latest, indicator, pack, snapshot)
    told = [
        (HELD["highest"], "rank from the highest value", place.rank, "rank"),
        (HELD["lowest"], "rank from the lowest value", place.rank_from_lowest, "rank"),
        (HELD_COUNT, "boroughs with a published figure", place.count, "boroughs"),
    ]
    return [counted(base, *each, f"{each[0].removeprefix('held-')} {RANKED}") for each in told]
