"""What a board needs beside a measure that is worse or stands out: since when, and how many people it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.people import people_fact, people_sentence, people_words
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Concern, Fact
from boardpacks.facts.wording import period
from boardpacks.stats.comparison import is_behind


@dataclass(frozen=True)
class FoundConcern:
    """What is handed over of a reading: the record for the summary, the facts behind it, and a sentence."""

    record: Concern | None = None
    facts: tuple[Fact, ...] = ()
    sentence: str = ""


def find_concern(measure: Measure, reading: Reading, snapshot: Snapshot) -> FoundConcern:
    """Return what concerns a board about a reading; nothing of one that is neither worse nor stands out."""
    if reading.verdict != "worse" and not reading.notable.rules:
        return FoundConcern()
    pack, indicator = measure.place.id, measure.indicator
    people = people_fact(reading, indicator, pack, snapshot)
    record = Concern(
        since=since(measure, reading),
        people=people.id if people else "",
        words=people_words(reading, indicator) if people else "",
    )
    if people is None:
        return FoundConcern(record)
    return FoundConcern(record, (people,), f" {people_sentence(people, reading, indicator, pack)}")


def since(measure: Measure, reading: Reading) -> str:
    """Return since which period a reading is behind the benchmark in each one held, in words.

    A break of the series ends the way back, and so does a period without a figure of the benchmark. Empty where the
    reading is not behind, or where nothing before it can be compared: then nobody knows since when.
    """
    indicator, benchmark = measure.indicator, measure.comparators[0]
    if indicator.additive or indicator.cumulative:
        return ""
    behind, told = list[str](), "the first figure held"
    for own in reversed(reading.series.valued):
        other = benchmark.at(own.period)
        if other is None or (reading.broken is not None and own.start < reading.broken.since):
            told = "the first that can be compared"
            break
        if not is_behind(own.value, other.value, indicator.polarity):
            told = ""
            break
        behind.append(own.period)
    if len(behind) < (2 if told else 1):
        return ""
    return ", ".join(word for word in (period(behind[-1]), told) if word)
