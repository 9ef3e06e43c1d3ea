"""Whether a figure misses the standard or duty that params name, in words and as a fact."""

from __future__ import annotations

from boardpacks.chapter.make_facts import fact, said, worked_out
from boardpacks.chapter.measure import Measure, Reading
from boardpacks.chapter.standing_out import missed_by
from boardpacks.chapter.xmr_facts import target_number
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.params.indicator import Indicator, Target

PART = "standard"
"""What the id of a standard's fact has after that of the figure."""


def missed_standard(reading: Reading, indicator: Indicator) -> Target | None:
    """Return the standard that a figure misses, whatever else is judged of it; None where there is none."""
    return None if reading.is_history else missed_by(reading.latest, indicator)


def standard_clause(measure: Measure, reading: Reading) -> str:
    """Return, as the end of the sentence with the value, that it misses its standard, or nothing."""
    missed = missed_standard(reading, measure.indicator)
    if missed is None:
        return ""
    value = said(target_number(missed, measure.indicator), reading.latest, measure.place.id, PART)
    return f"; it misses the {missed.label} of {value}"


def standard_words(reading: Reading, indicator: Indicator) -> str:
    """Return in a few words, for the summary, which standard is missed, or nothing."""
    missed = missed_standard(reading, indicator)
    return "" if missed is None else f"misses the {missed.label} of {target_number(missed, indicator)}"


def standard_facts(reading: Reading, indicator: Indicator, pack: str, snapshot: Snapshot) -> list[Fact]:
    """Return the fact that a missed standard is."""
    missed = missed_standard(reading, indicator)
    if missed is None:
        return []
    base = fact(reading.latest, indicator, pack, snapshot)
    return [
        worked_out(
            base,
            f"{base.id}.{PART}",
            missed.label,
            missed.value,
            display=target_number(missed, indicator),
            method=f"set by {missed.source}" if missed.source else "set by the params",
        )
    ]
