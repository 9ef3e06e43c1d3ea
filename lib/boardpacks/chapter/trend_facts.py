"""Facts behind what is said of time: the recent trend, and the change since an earlier value."""

from __future__ import annotations

from boardpacks.chapter.cash_gap import cash_facts
from boardpacks.chapter.make_facts import fact, worked_out
from boardpacks.chapter.measure import Reading
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import digits, span
from boardpacks.params.indicator import Indicator
from boardpacks.stats.recent_trend import Trend

TREND_UNIT = "recent trend"
"""Unit of a fact that says a trend in words; it has no value."""


def time_facts(reading: Reading, indicator: Indicator, place: str, snapshot: Snapshot) -> list[Fact]:
    """Return the facts of a reading's recent trend, of its change and of its gap in money, as far as there are any."""
    base = fact(reading.latest, indicator, place, snapshot)
    found = [] if reading.cash is None else cash_facts(reading.cash, indicator, place, snapshot)
    trend = reading.trend
    if trend is not None and trend.chi_squared is not None:
        found.append(
            worked_out(
                base,
                f"{base.id}.trend",
                "recent trend",
                None,
                period=span(trend.first, trend.last),
                unit=TREND_UNIT,
                display=trend.words,
                method=_trend_method(trend, trend.chi_squared),
            )
        )
    change, earlier = reading.change, reading.earlier
    if change is not None and change.difference is not None and earlier is not None:
        unit = {"%": "percentage points", "\u00a3": "pounds"}.get(indicator.unit, indicator.unit)
        by = change.difference
        found.append(
            worked_out(
                base,
                f"{base.id}.change",
                f"change since {earlier.period}",
                by.value,
                ends=(by.lower, by.upper),
                unit=unit,
                display=f"{digits(by.value, indicator.decimals)} {unit}",
                method=f"change: {change.rule}",
            )
        )
    return found


def _trend_method(trend: Trend, chi_squared: float) -> str:
    apart = ", periods that do not overlap" if trend.thinned else ""
    return (
        f"trend: {trend.rule}; {trend.method}; from {trend.first} to {trend.last}{apart}; "
        f"chi-squared {chi_squared:.2f}"
    )
