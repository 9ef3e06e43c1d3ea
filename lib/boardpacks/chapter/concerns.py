"""What a board needs beside a measure that is worse or stands out: since when, and how many people it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.people import is_behind, people_fact, people_sentence, people_words
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Concern, Fact
from boardpacks.facts.wording import period


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
    """Return since which period a reading is behind the benchmark in each period held, in words; empty if it is not.

    A break of the series ends the way back, and so does a period without a figure of the benchmark.
    """
    indicator, benchmark, first = measure.indicator, measure.comparators[0], ""
    if indicator.additive or indicator.cumulative:
        return ""
    held = reading.series.valued
    for own in reversed(held):
        other = benchmark.at(own.period)
        if other is None or (reading.broken is not None and own.start < reading.broken.since):
            return f"{period(first)}, the first that can be compared" if first else ""
        if not is_behind(own.value, other.value, indicator.polarity):
            return period(first) if first else ""
        first = own.period
    return f"{period(first)}, the {'only' if len(held) == 1 else 'first'} figure held"
