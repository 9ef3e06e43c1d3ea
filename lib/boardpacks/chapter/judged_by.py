"""What a figure is judged by where its publisher gives no interval: one from its counts, or the publisher's verdict."""

from __future__ import annotations

from dataclasses import replace

from boardpacks.data.checks.against_counts import scale_of
from boardpacks.data.observations import AreaSeries, Observation, Valued
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.stats.intervals import poisson, wilson

WILSON = "95% interval worked out here from the count and the denominator by Wilson's method"
POISSON = (
    "95% interval worked out here from the count and the denominator by Byar's method, exact under 10 events"
)


def judged_series(series: AreaSeries, indicator: Indicator, params: Params) -> AreaSeries:
    """Return a series whose figures say what they are judged by."""
    made = tuple(
        judged(one, indicator, params) if isinstance(one, Valued) else one for one in series.observations
    )
    return replace(series, observations=made)


def judged(observation: Valued, indicator: Indicator, params: Params) -> Valued:
    """Return a figure that says what it is judged by: its own interval, one from counts, or its publisher's verdict."""
    match indicator.interval:
        case "counts":
            return _with_limits(observation, indicator)
        case "none":
            return _with_verdict(observation, indicator, params)
    return observation


def _with_verdict(observation: Valued, indicator: Indicator, params: Params) -> Valued:
    for known in params.system.published_verdicts:
        verdict = known.verdict_in(observation.note)
        one_sided = verdict in ("higher", "lower")
        if verdict == "similar" or (verdict and one_sided == (indicator.polarity == "none")):
            return replace(observation, verdict=verdict, verdict_by=known.publisher)
    return observation


def _with_limits(observation: Valued, indicator: Indicator) -> Valued:
    """Return a figure with the interval of its count and denominator, as far as these are those of its value.

    A share without a count has the one that its value gives.
    """
    scale, base = scale_of(indicator.unit), observation.denominator
    if scale is None or not base:
        return observation
    if observation.count is not None and not is_crude(observation, indicator):
        return observation
    count = observation.value * base / scale if observation.count is None else observation.count
    if indicator.unit == "%":
        lower, upper = (scale * limit for limit in wilson(count, base))
        return replace(observation, lower=lower, upper=upper, limits_by=WILSON)
    lower, upper = (scale * limit / base for limit in poisson(count))
    return replace(observation, lower=lower, upper=upper, limits_by=POISSON)


def is_crude(part: Observation, indicator: Indicator) -> bool:
    """Whether the published value is count over denominator, as far as its decimals show."""
    scale = scale_of(indicator.unit)
    if scale is None or part.value is None or part.count is None or not part.denominator:
        return False
    return abs(part.value - scale * part.count / part.denominator) <= 0.5 * 10.0**-indicator.decimals + 1e-9
