"""What a chapter says of a series, what prose is filled from and held against."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.make_facts import fact_id
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.trend_words import trend_word
from boardpacks.data.observations import Observation
from boardpacks.facts.artefacts import Against, Judgement


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
                Judgement(
                    indicator=measure.indicator.id,
                    place=measure.place.id,
                    area_name=measure.subject,
                    fact=None,
                )
            )
    return found


def _judgement(measure: Measure, reading: Reading, pack: str) -> Judgement:
    trend, change = reading.trend, reading.change
    return Judgement(
        indicator=measure.indicator.id,
        place=measure.place.id,
        area_name=reading.series.name,
        fact=_id(reading.latest, pack),
        comparisons=tuple(
            Against(name=one.name, fact=_id(one.other, pack), verdict=one.verdict)
            for one in reading.comparisons
        ),
        trend=trend_word(trend),
        direction="not-calculated" if trend is None else trend.direction,
        earlier=_id(reading.earlier, pack),
        change="not-tested" if change is None else change.direction,
    )


def _id(observation: Observation | None, pack: str) -> str | None:
    if observation is None:
        return None
    return fact_id(pack, observation.indicator, observation.area, observation.sex, observation.period)
