"""What a chapter says of a series, as a record: what prose is filled from and held against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boardpacks.chapter.make_facts import fact_id
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.trend_words import trend_word
from boardpacks.data.observations import Observation

Judgement = dict[str, Any]
"""As it stands in an artefact's record; `boardpacks.facts.artefacts.Judgement` says what each field means."""


def judgements_of(measures: Sequence[Measure], pack: str) -> list[Judgement]:
    """Return a judgement for each reading of the measures, and one without a fact for a place without any figure.

    Examples
    --------
    >>> from boardpacks.chapter.judgements import judgements_of
    >>> len(judgements_of([chapter.measure("smoking_prevalence")], "havering"))
    1
    """
    found = []
    for measure in measures:
        found += [_judgement(measure, reading, pack) for reading in measure.readings]
        if not measure.readings:
            found.append(
                {
                    "indicator": measure.indicator.id,
                    "place": measure.place.id,
                    "area_name": measure.subject,
                    "fact": None,
                }
            )
    return found


def _judgement(measure: Measure, reading: Reading, pack: str) -> Judgement:
    trend, change = reading.trend, reading.change
    return {
        "indicator": measure.indicator.id,
        "place": measure.place.id,
        "area_name": reading.series.name,
        "fact": _id(reading.latest, pack),
        "comparisons": [
            {"name": comparison.name, "fact": _id(comparison.other, pack), "verdict": comparison.verdict}
            for comparison in reading.comparisons
        ],
        "trend": trend_word(trend),
        "direction": "not-calculated" if trend is None else trend.direction,
        "earlier": _id(reading.earlier, pack),
        "change": "not-tested" if change is None else change.direction,
    }


def _id(observation: Observation | None, pack: str) -> str | None:
    if observation is None or observation.value is None:
        return None
    return fact_id(pack, observation.indicator, observation.area, observation.sex, observation.period)
