"""Says of a group's figure how far it lies from that of everyone, and whether few boroughs have as wide a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from boardpacks.chapter.judged_by import judged
from boardpacks.chapter.make_facts import counted, fact, said
from boardpacks.data.observations import Valued, peer_values
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import number, rank_words
from boardpacks.params.indicator import Indicator
from boardpacks.params.judging import StandingRule
from boardpacks.params.models import Params
from boardpacks.stats.among_peers import FEWEST_PEERS, spread
from boardpacks.stats.stands_out import is_wide

RANK, COUNT = "gap-rank", "gap-peers"
"""Parts of the id of a group's fact: where its gap stands among the peers', and how many have one."""


@dataclass(frozen=True)
class GroupGap:
    """The gap of a group's figure to that of everyone: who they are called, their figure, and where the gap stands.

    ``rank`` counts from the widest of the ``count`` peers that have both figures.
    """

    called: str
    everyone: Valued
    rank: int
    count: int


def find_wide_gap(
    snapshot: Snapshot,
    indicator: Indicator,
    latest: Valued,
    peers: Sequence[Valued],
    rule: StandingRule,
) -> GroupGap | None:
    """Return the gap of a group's figure where it is among the widest of its peers, by the rule; None otherwise."""
    pair = next((one for one in rule.gaps if one.of == indicator.id), None)
    if pair is None or rule.share is None or indicator.polarity == "none":
        return None
    all_people = {one.area: one for one in peer_values(snapshot, pair.to, latest.period, latest.area)}
    sign = -1 if indicator.polarity == "high" else 1
    gaps = {
        peer.area: sign * (peer.value - all_people[peer.area].value)
        for peer in peers
        if peer.area in all_people
    }
    if len(gaps) < FEWEST_PEERS or latest.area not in gaps:
        return None
    own = gaps[latest.area]
    if not is_wide(own, list(gaps.values()), rule.share):
        return None
    return GroupGap(pair.called, all_people[latest.area], spread(own, list(gaps.values())).rank, len(gaps))


def gap_clause(gap: GroupGap, latest: Valued, indicator: Indicator, pack: str, peers: str) -> str:
    """Return the gap in words: ``the gap to all pupils (15.2%) is the 3rd widest of 32 London boroughs``."""
    everyone = said(number(gap.everyone.value, indicator), gap.everyone, pack)
    rank = said(rank_words(gap.rank, "widest"), latest, pack, RANK)
    count = said(str(gap.count), latest, pack, COUNT)
    return f"the gap to {gap.called} ({everyone}) is the {rank} of {count} {peers}"


def group_gap_facts(
    gap: GroupGap | None, latest: Valued, params: Params, pack: str, snapshot: Snapshot
) -> list[Fact]:
    """Return the facts behind such words: everyone's figure, the rank and the number of peers."""
    if gap is None:
        return []
    base = fact(latest, params.indicators[latest.indicator], pack, snapshot)
    measured = params.indicators[gap.everyone.indicator]
    everyone = judged(replace(gap.everyone, area_name=latest.area_name), measured, params)
    return [
        fact(everyone, measured, pack, snapshot),
        counted(base, RANK, "rank of the gap to everyone, from the widest", gap.rank, "rank"),
        counted(base, COUNT, "peers with a gap to everyone", gap.count, "peers"),
    ]
