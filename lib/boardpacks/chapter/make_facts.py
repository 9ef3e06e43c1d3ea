"""Facts: the numbers that a pack says, each with the observation it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from boardpacks.data.observations import Observation
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import phrase
from boardpacks.params.models import Indicator
from boardpacks.stats.among_peers import Spread

Fact = dict[str, Any]
"""A fact as it stands in an artefact's record; `boardpacks.facts.artefacts.Fact` says what each field means."""


def fact(observation: Observation, indicator: Indicator, place: str, snapshot: Snapshot) -> Fact:
    """Return the fact that a published value is.

    Its id names place, indicator, area, sex and period, so that the same number has the same id wherever it is said.
    """
    if observation.value is None:
        raise ValueError(
            f"{indicator.id} of {observation.area_name} in {observation.period} is not published"
        )
    return {
        "id": fact_id(place, indicator.id, observation.area, observation.sex, observation.period),
        "indicator": indicator.id,
        "indicator_name": indicator.name,
        "area": observation.area,
        "area_name": observation.area_name,
        "sex": observation.sex,
        "period": observation.period,
        "value": observation.value,
        "lower": observation.lower,
        "upper": observation.upper,
        "unit": indicator.unit,
        "display": phrase(observation.value, indicator),
        "source": indicator.source,
        "publisher": indicator.publisher,
        "licence": indicator.licence,
        "series": snapshot.digest(indicator.id, observation.area),
        "method": observation.method,
    }


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
        if observation is not None and observation.value is not None:
            made = fact(observation, indicator, place, snapshot)
            known[made["id"]] = made
    return list(known.values())


def each_once(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts without repetitions, in order."""
    return list({fact["id"]: fact for fact in facts}.values())


def peer_facts(
    latest: Observation, among: Spread, indicator: Indicator, place: str, snapshot: Snapshot
) -> list[Fact]:
    """Return the facts of where a value stands among its peers: rank, number of peers and quartiles."""
    base = fact(latest, indicator, place, snapshot) | {"lower": None, "upper": None}
    told = [
        ("rank", "Rank from the highest value", float(among.rank), "rank", str(among.rank)),
        (
            "rank-from-lowest",
            "Rank from the lowest value",
            float(among.rank_from_lowest),
            "rank",
            str(among.rank_from_lowest),
        ),
        ("peers", "Peers with a published figure", float(among.count), "peers", str(among.count)),
        (
            "lower-quartile",
            "Lower quartile of the peers",
            among.lower_quartile,
            indicator.unit,
            phrase(among.lower_quartile, indicator),
        ),
        (
            "upper-quartile",
            "Upper quartile of the peers",
            among.upper_quartile,
            indicator.unit,
            phrase(among.upper_quartile, indicator),
        ),
    ]
    return [
        base
        | {
            "id": f"{base['id']}.{part}",
            "indicator_name": f"{indicator.name}: {words.lower()}",
            "value": value,
            "unit": unit,
            "display": display,
            "method": f"{part} among the peers",
        }
        for part, words, value, unit, display in told
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
