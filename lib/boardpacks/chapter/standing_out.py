"""What stands out of figures that cannot be tested: far behind the peers, or a sharp change for the worse."""

from __future__ import annotations

from dataclasses import dataclass

from boardpacks.data.observations import AreaSeries, Valued, peer_values
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.models import Indicator
from boardpacks.stats.comparison import UNJUDGED, Verdict
from boardpacks.stats.stands_out import StandingOut, is_last, is_sharp

MONTHS = 12


@dataclass(frozen=True)
class Notable:
    """The rules that a figure stands out by, and the figure of the period before, where it changed sharply."""

    rules: tuple[StandingOut, ...] = ()
    before: Valued | None = None


NOTHING = Notable()


def find_notable(
    snapshot: Snapshot,
    indicator: Indicator,
    series: AreaSeries,
    latest: Valued,
    peers: tuple[Valued, ...],
    verdict: Verdict,
) -> Notable:
    """Return by which rules the latest figure of a series stands out; none of a figure that could be tested.

    Parameters
    ----------
    peers
        The figures of all areas of its kind in the same period, or none where they are too few to be ranked.
    verdict
        The verdict against the benchmark.
    """
    if verdict not in UNJUDGED or not any(peer.area == latest.area for peer in peers):
        return NOTHING
    before = None if indicator.is_cash else _before(series, latest)
    then = {} if before is None else _values(peer_values(snapshot, indicator.id, before.period, latest.area))
    moved = {area: value - then[area] for area, value in _values(peers).items() if area in then}
    sharp = latest.area in moved and is_sharp(moved[latest.area], list(moved.values()), indicator.polarity)
    last = is_last(latest.value, [peer.value for peer in peers], indicator.polarity)
    rules: tuple[StandingOut, ...] = (
        *(("last-of-peers",) if last else ()),
        *(("sharp-change",) if sharp else ()),
    )
    return Notable(rules, before if sharp else None)


def _before(series: AreaSeries, latest: Valued) -> Valued | None:
    """Return the figure of the period before, where that is a year or less ago and shares no time with the latest."""
    earlier = next((one for one in reversed(series.valued) if one.start < latest.start), None)
    if earlier is None:
        return None
    apart = MONTHS * (latest.start.year - earlier.start.year) + latest.start.month - earlier.start.month
    return earlier if earlier.months <= apart <= MONTHS else None


def _values(observations: tuple[Valued, ...]) -> dict[str, float]:
    return {one.area: one.value for one in observations}
