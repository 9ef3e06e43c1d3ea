"""Names the facts behind the lines that a chapter puts on the pack's summary."""

from __future__ import annotations

from collections.abc import Iterable

from boardpacks.chapter.group_gap import COUNT, RANK
from boardpacks.chapter.make_facts import fact_id
from boardpacks.chapter.measure import Reading
from boardpacks.chapter.standards import PART, missed_standard
from boardpacks.chapter.weigh import held_against
from boardpacks.data.observations import Observation
from boardpacks.params.indicator import Indicator
from boardpacks.stats.comparison import Verdict


def compared_ids(reading: Reading, indicator: Indicator, pack: str) -> list[str]:
    """Return the ids of a reading's value, of the one that it is held against, and of what it stands out by."""
    other = _other(reading)
    before = reading.notable.before
    told = [
        reading.latest,
        *([other] if other is not None else []),
        *([before] if before is not None else []),
    ]
    own = _id(reading.latest, pack)
    ranks = (
        [f"{own}.{part}" for part in ("rank", "rank-from-lowest", "peers")]
        if reading.notable.is_ranked
        else []
    )
    gap = reading.notable.gap
    gaps = [_id(gap.everyone, pack), f"{own}.{RANK}", f"{own}.{COUNT}"] if gap is not None else []
    missed = [f"{own}.{PART}"] if missed_standard(reading, indicator) is not None else []
    return [*(_id(observation, pack) for observation in told), *ranks, *gaps, *missed]


def ids_by_verdict(readings: Iterable[Reading], pack: str) -> dict[Verdict, list[str]]:
    """Return the ids of the values that each verdict is true of, with those that they are held against."""
    found: dict[Verdict, list[str]] = {}
    for reading in readings:
        known = found.setdefault(reading.verdict, [])
        told = (reading.latest, _other(reading))
        ids = [_id(observation, pack) for observation in told if observation is not None]
        known += [id_ for id_ in ids if id_ not in known]
    return found


def _other(reading: Reading) -> Observation | None:
    against = held_against(reading)
    return None if against is None else against.other


def _id(observation: Observation, pack: str) -> str:
    return fact_id(pack, observation.indicator, observation.area, observation.sex, observation.period)
