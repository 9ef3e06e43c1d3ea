"""Finds the series that stand for a place, whatever boroughs it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from boardpacks.chapter.judged_by import is_crude, judged_series
from boardpacks.data.checks.against_counts import scale_of
from boardpacks.data.observations import AreaSeries, Valued, area_series
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import Place
from boardpacks.stats.intervals import byars, wilson

FEWEST_EVENTS = 10
"""Under this many events no interval is made for a rate."""


def place_series(
    snapshot: Snapshot, params: Params, indicator: Indicator, place: Place
) -> tuple[AreaSeries, ...]:
    """Return the series that stand for a place, most telling first.

    A place of one borough has that borough's. A place of several has, in this order of preference: the publisher's
    combined figure; the boroughs put together, where counts may be added or counts and denominators are published
    unrounded and each value is the one over the other (an age-standardised rate is not); else each borough's own,
    never a mean of their rates. Boroughs put together get an interval only where the indicator has
    intervals, so that all areas are tested by one rule. An indicator of trusts has the series of the place's main
    trust, one of the whole system that of the first of the system's own areas which has figures.
    """
    if indicator.areas == "trusts":
        if place.trust is None:
            return (AreaSeries("", place.name, ()),)
        trust = params.trust(place.trust)
        return (area_series(snapshot, indicator.id, trust.code, trust.short_name),)
    if indicator.areas == "system":
        own = [area_series(snapshot, indicator.id, area.code, area.name) for area in params.system.own_areas]
        nothing = AreaSeries("", params.system.organisation, ())
        return (next((series for series in own if not series.is_empty), nothing),)
    boroughs = [
        judged_series(area_series(snapshot, indicator.id, borough.code, borough.name), indicator, params)
        for borough in place.boroughs
    ]
    if len(boroughs) == 1:
        return (replace(boroughs[0], name=place.name),)
    together = _published_together(snapshot, params, indicator, place) or _put_together(
        indicator, place, boroughs
    )
    return (together,) if together else tuple(boroughs)


def names_of_areas(params: Params) -> dict[str, str]:
    """Return what packs call each area by its code: a combined one as the place whose boroughs it combines."""
    places = {frozenset(one.code for one in place.boroughs): place.name for place in params.places.values()}
    names = {borough.code: borough.name for borough in params.boroughs()}
    return names | {
        area.code: places.get(frozenset(area.boroughs), area.name) for area in params.system.combined_areas
    }


def _published_together(
    snapshot: Snapshot, params: Params, indicator: Indicator, place: Place
) -> AreaSeries | None:
    codes = {borough.code for borough in place.boroughs}
    for area in params.system.combined_areas:
        if set(area.boroughs) == codes:
            series = judged_series(
                area_series(snapshot, indicator.id, area.code, place.name), indicator, params
            )
            if not series.is_empty:
                return series
    return None


def _put_together(indicator: Indicator, place: Place, boroughs: Sequence[AreaSeries]) -> AreaSeries | None:
    """Add the boroughs up for every period in which each of them has what adding needs.

    Where that is not so for the newest figure of any of them, they stand by themselves.
    """
    made = []
    for observation in boroughs[0].observations:
        parts = [part for part in (series.at(observation.period) for series in boroughs) if part is not None]
        whole = _whole(indicator, parts) if len(parts) == len(boroughs) else None
        if whole is not None:
            made.append(replace(whole, area_name=place.name))
    newest = max((series.latest.start for series in boroughs if series.latest), default=None)
    return AreaSeries(made[0].area, place.name, tuple(made)) if made and made[-1].start == newest else None


def _whole(indicator: Indicator, parts: Sequence[Valued]) -> Valued | None:
    area = "+".join(part.area for part in parts)
    names = " and ".join(part.area_name for part in parts)
    if indicator.additive:
        total = sum(part.value for part in parts)
        return replace(
            parts[0], area=area, value=total, lower=None, upper=None, note="", method=f"sum of {names}"
        )
    if indicator.counts_rounded or any(part.count is None or part.denominator is None for part in parts):
        return None
    count = sum(part.count for part in parts if part.count is not None)
    denominator = sum(part.denominator for part in parts if part.denominator is not None)
    scale = scale_of(indicator.unit)
    if scale is None or not all(is_crude(part, indicator) for part in parts):
        return None
    has_limits = indicator.interval != "none"
    lower, upper = _interval(indicator.unit, count, denominator) if has_limits else (None, None)
    return replace(
        parts[0],
        area=area,
        value=scale * count / denominator,
        lower=None if lower is None else scale * lower,
        upper=None if upper is None else scale * upper,
        count=count,
        denominator=denominator,
        note="",
        limits_by="",
        verdict=None,
        verdict_by="",
        method=f"counts and denominators of {names} added up",
    )


def _interval(unit: str, count: float, denominator: float) -> tuple[float | None, float | None]:
    if unit == "%":
        return wilson(count, denominator)
    if count < FEWEST_EVENTS:
        return None, None
    lower, upper = byars(count)
    return lower / denominator, upper / denominator
