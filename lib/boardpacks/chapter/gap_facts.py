"""Facts about gaps: between boroughs, between two groups of people, between two points in time."""

from __future__ import annotations

from boardpacks.chapter.borough_gaps import AreaValue, BoroughGap, PeriodGap
from boardpacks.chapter.make_facts import counted, fact, worked_out
from boardpacks.data.observations import Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import digits
from boardpacks.params.indicator import Indicator
from boardpacks.project.plain_name import plain_name
from boardpacks.stats.differences import SQUARE_AND_ADD, Contrast, published_difference
from boardpacks.stats.estimate import Estimate
from boardpacks.stats.rank import RankAmongPeers
from boardpacks.stats.widest_gap import METHOD

UNTESTED = "highest less lowest"
RANK_PART, AREAS_PART = "system-rank", "system-areas"
"""What the ids of a rank and of a number of areas compared end with."""
HIGHER_LESS_LOWER = "the higher less the lower"


def gap_words(value: float, indicator: Indicator) -> str:
    """Return a difference as a sentence says it: ``6.1 percentage points``, ``5.6 years``, ``£193.30``."""
    shown = digits(value, indicator.decimals)
    if indicator.unit == "£":
        return f"£{shown}"
    return f"{shown} {gap_unit(indicator)}"


def short_gap(value: float, indicator: Indicator) -> str:
    """Return a difference as a chart has room for it: points for percentage points."""
    return gap_words(value, indicator).replace("percentage points", "points")


def gap_unit(indicator: Indicator) -> str:
    """Return the unit of a difference of two values."""
    if indicator.unit == "%":
        return "percentage points"
    return "points" if indicator.unit.startswith("score ") else indicator.unit


def gap_facts(found: BoroughGap, pack: str, where: str, snapshot: Snapshot) -> list[Fact]:
    """Return the facts of an indicator's gap: now, and in the earliest comparable period.

    Parameters
    ----------
    found
        The gap.
    pack
        Id of the place, or of the system, that the facts are told in.
    where
        What the areas are called together.
    snapshot
        The published figures.
    """
    return [_gap_fact(one, found.indicator, pack, where, snapshot) for one in (found.now, found.then) if one]


def gap_id(found: PeriodGap, indicator: Indicator, pack: str) -> str:
    """Return the id of the fact that a gap of one period is."""
    return f"{pack}.{indicator.id}.gap.{plain_name(found.period)}"


def rank_facts(
    figure: AreaValue, its: RankAmongPeers, indicator: Indicator, pack: str, snapshot: Snapshot
) -> list[Fact]:
    """Return the facts of a figure's rank among the areas compared, and of how many these are."""
    base = fact(figure.observation, indicator, pack, snapshot)
    first = f"rank from the {its.first}"
    return [
        counted(base, RANK_PART, first, its.rank, "rank", f"{first} among the areas compared"),
        counted(base, AREAS_PART, "areas compared", its.count, "areas", "areas with a figure in the period"),
    ]


def contrast(first: Valued, second: Valued) -> Contrast | None:
    """Return the second figure less the first with its interval, or None where one has no usable interval."""
    limits = [Estimate(o.value, o.lower, o.upper).limits for o in (first, second)]
    if limits[0] is None or limits[1] is None:
        return None
    return published_difference((second.value, *limits[1]), (first.value, *limits[0]))


def difference_fact(
    part: str,
    first: Valued,
    second: Valued,
    indicators: tuple[Indicator, Indicator],
    pack: str,
    snapshot: Snapshot,
) -> Fact:
    """Return the fact of how far two figures lie apart, never below 0, with the interval where it was tested.

    Parameters
    ----------
    part
        Which difference it is, as a part of its id.
    first, second
        Two observations with a value.
    indicators
        The indicator of each.
    pack
        Id of the place, or of the system, that it is told in.
    snapshot
        The published figures.
    """
    base = fact(second, indicators[1], pack, snapshot)
    low, high = sorted((first, second), key=lambda o: o.value)
    tested = contrast(low, high)
    value = high.value - low.value
    series = [snapshot.digest(indicator.id, second.area) for indicator in dict.fromkeys(indicators)]
    return worked_out(
        base,
        f"{base.id}.{part}",
        part.replace("-", " "),
        value,
        ends=(tested.lower, tested.upper) if tested else (None, None),
        unit=gap_unit(indicators[1]),
        display=gap_words(value, indicators[1]),
        series="+".join(series),
        method=f"{HIGHER_LESS_LOWER}, {SQUARE_AND_ADD}" if tested else HIGHER_LESS_LOWER,
    )


def _gap_fact(found: PeriodGap, indicator: Indicator, pack: str, where: str, snapshot: Snapshot) -> Fact:
    tested = found.gap.contrast
    codes = "+".join(figure.observation.area for figure in found.figures)
    return worked_out(
        fact(found.highest.observation, indicator, pack, snapshot),
        gap_id(found, indicator, pack),
        f"gap between {where.partition(' of ')[0]}",
        found.gap.value,
        ends=(tested.lower, tested.upper) if tested else (None, None),
        where=(codes, where),
        unit=gap_unit(indicator),
        display=gap_words(found.gap.value, indicator),
        series=snapshot.digest(indicator.id, codes),
        method=METHOD if tested else UNTESTED,
    )
