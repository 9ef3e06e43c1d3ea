"""Facts: the numbers that a pack says, each with the observation it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from boardpacks.data.observations import Observation, Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import phrase
from boardpacks.params.indicator import Indicator
from boardpacks.stats.among_peers import Spread


def fact(observation: Valued, indicator: Indicator, place: str, snapshot: Snapshot) -> Fact:
    """Return the fact that a published value is.

    Its id names place, indicator, area, sex and period, so that the same number has the same id wherever it is said.
    """
    return Fact(
        id=fact_id(place, indicator.id, observation.area, observation.sex, observation.period),
        indicator=indicator.id,
        indicator_name=indicator.name,
        area=observation.area,
        area_name=observation.area_name,
        sex=observation.sex,
        period=observation.period,
        value=observation.value,
        lower=observation.lower,
        upper=observation.upper,
        unit=indicator.unit,
        display=phrase(observation.value, indicator),
        source=indicator.source,
        publisher=indicator.publisher,
        licence=indicator.licence,
        series=snapshot.digest(indicator.id, observation.area),
        method=observation.method,
        limits_by=observation.limits_by,
        verdict=observation.verdict,
    )


def worked_out(  # noqa: PLR0913 - what may differ from the fact that it is worked out from
    base: Fact,
    id_: str,
    words: str,
    value: float | None,
    *,
    display: str,
    method: str,
    unit: str = "",
    ends: tuple[float | None, float | None] = (None, None),
    where: tuple[str, str] | None = None,
    period: str = "",
    series: str = "",
) -> Fact:
    """Return a fact that is worked out from the figure of another one; it has no interval unless `ends` are given.

    Parameters
    ----------
    base
        The fact of the figure; unit, area, period and series are its own unless they are given.
    id_
        The fact's own id.
    words
        What it is, after the name of the measure.
    value, display, method, unit, period, series
        As `boardpacks.facts.artefacts.Fact` has them.
    ends
        Both ends of its interval.
    where
        Code and name of its area.
    """
    area, area_name = where or (base.area, base.area_name)
    made = {
        "id": id_,
        "indicator_name": f"{base.indicator_name}: {words}",
        "area": area,
        "area_name": area_name,
        "period": period or base.period,
        "value": value,
        "lower": ends[0],
        "upper": ends[1],
        "unit": unit or base.unit,
        "display": display,
        "series": series or base.series,
        "method": method,
        "limits_by": "",
        "verdict": None,
    }
    return Fact.model_validate(dict(base) | made)


def counted(base: Fact, part: str, words: str, count: int, unit: str, method: str = "") -> Fact:
    """Return the fact of a rank or a number of areas, `part` of the fact of a figure."""
    return worked_out(
        base,
        f"{base.id}.{part}",
        words,
        float(count),
        unit=unit,
        display=f"{count:,}",
        method=method or f"{part} among the peers",
    )


def facts_of(
    observations: Iterable[Observation | None], indicator: Indicator, place: str, snapshot: Snapshot
) -> list[Fact]:
    """Return the facts of all observations that have a value, each once.

    Examples
    --------
    >>> from boardpacks.chapter.make_facts import facts_of
    >>> smoking = chapter.measure("smoking_prevalence")
    >>> latest = smoking.readings[0].latest
    >>> len(facts_of([latest], smoking.indicator, "havering", chapter.snapshot))
    1
    """
    known = {}
    for observation in observations:
        if isinstance(observation, Valued):
            made = fact(observation, indicator, place, snapshot)
            known[made.id] = made
    return list(known.values())


def each_once(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts without repetitions, in order."""
    return list({fact.id: fact for fact in facts}.values())


def peer_facts(
    latest: Valued, among: Spread, indicator: Indicator, place: str, snapshot: Snapshot
) -> list[Fact]:
    """Return the facts of where a value stands among its peers: rank, number of peers and quartiles."""
    base = fact(latest, indicator, place, snapshot)
    low, high = (
        worked_out(
            base,
            f"{base.id}.{side}-quartile",
            f"{side} quartile of the peers",
            value,
            display=phrase(value, indicator),
            method=f"{side}-quartile among the peers",
        )
        for side, value in (("lower", among.lower_quartile), ("upper", among.upper_quartile))
    )
    return [
        counted(base, "rank", "rank from the highest value", among.rank, "rank"),
        counted(base, "rank-from-lowest", "rank from the lowest value", among.rank_from_lowest, "rank"),
        counted(base, "peers", "peers with a published figure", among.count, "peers"),
        low,
        high,
    ]


def said(words: str, observation: Observation, pack: str, part: str = "") -> str:
    """Return the Markdown span that says a number of an observation in some words.

    Parameters
    ----------
    words
        The value, or its interval, as ``boardpacks.facts.wording`` puts it.
    observation
        What the number is of.
    pack
        Id of the place whose pack says it, or of the system.
    part
        Which of the facts of ``standing_facts`` is said, such as ``peers``; by default the value itself.

    Examples
    --------
    >>> from boardpacks.chapter.make_facts import said
    >>> latest = chapter.measure("smoking_prevalence").readings[0].latest
    >>> said("10.9%", latest, "havering")
    '[10.9%]{fact="havering.smoking_prevalence.E09000016.persons.2023"}'
    """
    found = fact_id(pack, observation.indicator, observation.area, observation.sex, observation.period)
    return fact_span(words, f"{found}.{part}" if part else found)


def fact_id(place: str, *parts: str) -> str:
    """Return the stable id of a fact: ``havering.smoking_prevalence.E09000016.persons.2023``."""
    *front, sex, period = parts
    return ".".join([place, *front, sex.lower(), re.sub(r"[^0-9A-Za-z]+", "-", period)])
