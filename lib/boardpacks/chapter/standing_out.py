"""What stands out of figures that cannot be tested: far behind the peers, a sharp change, a standard missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.chapter.group_gap import GroupGap, find_wide_gap
from boardpacks.chapter.trends import shock_of
from boardpacks.data.observations import AreaSeries, Valued, peer_values
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator, Target
from boardpacks.params.judging import StandingRule
from boardpacks.params.models import Params
from boardpacks.params.system import Shock
from boardpacks.stats.comparison import Verdict, is_behind
from boardpacks.stats.stands_out import StandingOut, is_last, is_sharp

MONTHS = 12
UNTESTED: frozenset[Verdict] = frozenset(("not-tested", "not-compared"))
"""Verdicts of figures that can stand out: others were judged, or are too old to be."""


@dataclass(frozen=True)
class Notable:
    """The rules that a figure stands out by; the figure before a sharp change; a group's wide gap to everyone."""

    rules: tuple[StandingOut, ...] = ()
    before: Valued | None = None
    gap: GroupGap | None = None

    @property
    def is_ranked(self) -> bool:
        """Whether it stands out by its rank."""
        return "last-of-peers" in self.rules or "behind-peers" in self.rules


NOTHING = Notable()


def find_notable(
    snapshot: Snapshot,
    indicator: Indicator,
    series: AreaSeries,
    latest: Valued,
    peers: tuple[Valued, ...],
    verdict: Verdict,
    params: Params,
) -> Notable:
    """Return by which of the rules the latest figure of a series stands out.

    A figure that could be tested stands out by none, and neither does one of an area that is too small to be compared.

    Parameters
    ----------
    peers
        The figures of all areas of its kind in the same period, or none where they are too few to be ranked.
    verdict
        The verdict against the benchmark.
    params
        Of two of their rules on rank the first that is met counts. No change is sharp that starts or ends in a shock.
    """
    if verdict not in UNTESTED or latest.area in params.system.too_small:
        return NOTHING
    shocks = params.shocks_of(indicator)
    before = None if indicator.is_cash else _before(series, latest, shocks)
    moved = _moved(snapshot, indicator, before, latest, peers)
    met: list[StandingOut] = []
    gap = None
    for rule in params.judging.stands_out:
        if rule.rule == "wide-gap":
            gap = find_wide_gap(snapshot, indicator, latest, peers, rule)
            met += ["wide-gap"] if gap is not None else []
        elif _is_met(rule, indicator, latest, peers, moved) and not (
            rule.share and Notable(tuple(met)).is_ranked
        ):
            met.append(rule.rule)
    return Notable(tuple(met), before if "sharp-change" in met else None, gap)


def missed_by(latest: Valued, indicator: Indicator) -> Target | None:
    """Return the standard of its indicator that a figure misses; None where there is none or it is met."""
    standard = indicator.standard
    if standard is None or not is_behind(latest.value, standard.value, indicator.polarity):
        return None
    return standard


def _is_met(
    rule: StandingRule,
    indicator: Indicator,
    latest: Valued,
    peers: tuple[Valued, ...],
    moved: dict[str, float],
) -> bool:
    if rule.rule == "standard-missed":
        return missed_by(latest, indicator) is not None
    if rule.share is not None:
        values = [peer.value for peer in peers]
        is_peer = any(peer.area == latest.area for peer in peers)
        return is_peer and is_last(latest.value, values, indicator.polarity, rule.share)
    own = moved.get(latest.area)
    return own is not None and is_sharp(own, list(moved.values()), indicator.polarity, rule.times or 0)


def _moved(
    snapshot: Snapshot,
    indicator: Indicator,
    before: Valued | None,
    latest: Valued,
    peers: tuple[Valued, ...],
) -> dict[str, float]:
    """Return how far each peer moved since the period before."""
    if before is None or not peers:
        return {}
    then = _values(peer_values(snapshot, indicator.id, before.period, latest.area))
    return {area: value - then[area] for area, value in _values(peers).items() if area in then}


def _before(series: AreaSeries, latest: Valued, shocks: Sequence[Shock]) -> Valued | None:
    """Return the figure of the period before, where that is a year or less ago and shares no time with the latest.

    None where either lies in a shock.
    """
    earlier = next((one for one in reversed(series.valued) if one.start < latest.start), None)
    if earlier is None or shock_of(earlier, shocks) or shock_of(latest, shocks):
        return None
    apart = MONTHS * (latest.start.year - earlier.start.year) + latest.start.month - earlier.start.month
    return earlier if earlier.months <= apart <= MONTHS else None


def _values(observations: tuple[Valued, ...]) -> dict[str, float]:
    return {one.area: one.value for one in observations}
