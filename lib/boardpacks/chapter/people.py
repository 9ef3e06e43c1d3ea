"""Works out how many people the distance from the benchmark concerns, by a rule that a reader can follow."""

from __future__ import annotations

import math

from boardpacks.chapter.judged_by import is_crude
from boardpacks.chapter.make_facts import fact, said, worked_out
from boardpacks.chapter.measure import Reading
from boardpacks.data.checks.against_counts import scale_of
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.params.articles import with_article
from boardpacks.params.indicator import Indicator
from boardpacks.stats.comparison import is_behind

PART = "people"
"""What the id of such a fact ends with."""
FEWEST = 10
"""A smaller number is not told: it would say more than the rounded figures behind it, and of too few people."""
FEWEST_STEPS = 2
"""Steps of the last printed decimal that both levels are apart at least: of a smaller distance most is rounding."""

_SPANS = {1: "in the month", 3: "in the quarter", 12: "in the year"}


def two_figures(number: float) -> int:
    """Return a number rounded to two significant figures, halves up.

    Examples
    --------
    >>> from boardpacks.chapter.people import two_figures
    >>> two_figures(312.6), two_figures(90.55), two_figures(1250.0)
    (310, 91, 1300)
    """
    step = 10.0 ** max(0, math.floor(math.log10(number)) - 1) if number >= 1 else 1.0
    return int(math.floor(number / step + 0.5) * step)


def people_fact(reading: Reading, indicator: Indicator, pack: str, snapshot: Snapshot) -> Fact | None:
    """Return how many people a reading that is behind the benchmark has too many or too few, as a fact.

    None where the params do not say what is counted, the value is not its count over a denominator, or it is so few.
    """
    latest, other, scale = reading.latest, reading.benchmark.other, scale_of(indicator.unit)
    if indicator.counts_of is None or other is None or scale is None or not latest.denominator:
        return None
    if not is_behind(latest.value, other.value, indicator.polarity):
        return None
    if not is_crude(latest, indicator) and (latest.count is not None or indicator.unit != "%"):
        return None
    high, low = max(latest.value, other.value), min(latest.value, other.value)
    people = two_figures((high - low) / scale * latest.denominator)
    if people < FEWEST or high - low < FEWEST_STEPS * 10.0**-indicator.decimals:
        return None
    base = fact(latest, indicator, pack, snapshot)
    level = fact(other, indicator, pack, snapshot)
    return worked_out(
        base,
        f"{base.id}.{PART}",
        f"{indicator.counts_of}, distance from {reading.benchmark.name}",
        float(people),
        display=f"{people:,}",
        unit=indicator.counts_of,
        method=(
            f"distance from the benchmark times the denominator: ({high:.10g} - {low:.10g}) / {scale:,.0f} x "
            f"{latest.denominator:,.10g}, rounded to two significant figures"
        ),
        series="+".join(dict.fromkeys((base.series, level.series))),
    )


def people_sentence(people: Fact, reading: Reading, indicator: Indicator, pack: str) -> str:
    """Return the sentence that says such a fact, in Markdown.

    ``At England's level it would be about 91 more children with both doses in the quarter.``
    """
    name = with_article(reading.benchmark.name)
    number = said(people.display, reading.latest, pack, PART)
    return f"At {name}'s level it would be about {number} {people_words(reading, indicator)}."


def people_words(reading: Reading, indicator: Indicator) -> str:
    """Return what such a number is of: ``more children with both doses in the quarter``."""
    more = "more" if indicator.polarity == "high" else "fewer"
    when = _SPANS.get(reading.latest.months, "over the period")
    return f"{more} {indicator.counts_of} {when}"
