"""Works out the gap of an indicator between boroughs: now, in the earliest comparable period, and its change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from boardpacks.chapter.cautions import Care
from boardpacks.chapter.measure import Measure
from boardpacks.chapter.side_by_side import newest_period
from boardpacks.chapter.trends import shock_of
from boardpacks.data.observations import AreaSeries, Observation, Valued, area_series
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import Shock
from boardpacks.stats.change import Change
from boardpacks.stats.estimate import Estimate
from boardpacks.stats.rank import RankAmongPeers, rank_among
from boardpacks.stats.widest_gap import WidestGap, gap_change, widest_gap


@dataclass(frozen=True)
class AreaFigures:
    """The series of one borough, or of several that are published together, and the place that it belongs to."""

    place: str
    series: AreaSeries
    residents: float | None

    @property
    def name(self) -> str:
        """What the area is called."""
        return self.series.name


@dataclass(frozen=True)
class AreaValue:
    """One area's observation in a period; it has a value."""

    place: str
    observation: Valued

    @property
    def name(self) -> str:
        """What the area is called."""
        return self.observation.area_name

    @property
    def value(self) -> float:
        """The published value."""
        return self.observation.value

    @property
    def estimate(self) -> Estimate:
        """Value and interval."""
        return Estimate(self.observation.value, self.observation.lower, self.observation.upper)


@dataclass(frozen=True)
class PeriodGap:
    """The figures of one period and the widest gap among them."""

    period: str
    figures: tuple[AreaValue, ...]
    gap: WidestGap

    @property
    def lowest(self) -> AreaValue:
        """The area with the lowest value."""
        return self.figures[self.gap.lowest]

    @property
    def highest(self) -> AreaValue:
        """The area with the highest value."""
        return self.figures[self.gap.highest]


@dataclass(frozen=True)
class BoroughGap:
    """An indicator's gap between boroughs.

    ``then`` is the earliest period that has figures of the same areas and shares no time with the latest, ``change``
    how the gap differs from it; both are None where there is none. ``unpublished`` names areas without a figure in
    the latest period, ``small`` those that are left out for having few residents. ``is_history`` tells that the latest
    figures are too old at the meeting to be judged, ``cares`` how each is to be read.
    """

    indicator: Indicator
    now: PeriodGap
    then: PeriodGap | None
    change: Change | None
    unpublished: tuple[str, ...]
    small: tuple[str, ...]
    is_history: bool = False
    cares: tuple[tuple[str, Care], ...] = ()

    def own(self, place: str) -> list[AreaValue]:
        """Return the place's own figures."""
        return [figure for figure in self.now.figures if figure.place == place]

    def ranks(self, place: str) -> list[tuple[AreaValue, RankAmongPeers]]:
        """Return the place's own figures, each with its rank among all areas; history has no ranks."""
        values = [figure.value for figure in self.now.figures]
        return [
            (figure, rank_among(figure.value, values, self.indicator.polarity))
            for figure in self.own(place)
            if not self.is_history
        ]


def area_figures(measures: Sequence[Measure], residents: Mapping[str, float]) -> list[AreaFigures]:
    """Return the series of every area of every place, with its residents.

    Parameters
    ----------
    measures
        One indicator for every place.
    residents
        Residents of each borough, and of each combined area, by code.
    """
    return [
        AreaFigures(measure.place.id, series, _sum(series.area, residents))
        for measure in measures
        for series in measure.series
    ]


def residents_by_area(params: Params, population: str, snapshot: Snapshot) -> dict[str, float]:
    """Return the newest number of residents of each borough and of each combined area, by code.

    Parameters
    ----------
    params
        The system's params.
    population
        The indicator that counts residents.
    snapshot
        The published figures.
    """
    latest = {
        borough.code: area_series(snapshot, population, borough.code).latest for borough in params.boroughs()
    }
    found = {code: one.value for code, one in latest.items() if one is not None}
    for area in params.system.combined_areas:
        if all(code in found for code in area.boroughs):
            found[area.code] = sum(found[code] for code in area.boroughs)
    return found


def borough_gap(
    measures: Sequence[Measure],
    residents: Mapping[str, float],
    fewest: float,
    shocks: Sequence[Shock] = (),
) -> BoroughGap | None:
    """Return an indicator's gap between boroughs, or None where fewer than two areas are published.

    Parameters
    ----------
    measures
        The indicator for every place.
    residents
        As `residents_by_area` gives them.
    fewest
        Areas with fewer residents are left out.
    shocks
        No change of a gap starts or ends in one of these.
    """
    areas = area_figures(measures, residents)
    small = [area for area in areas if area.residents is not None and area.residents < fewest]
    kept = [area for area in areas if area not in small]
    period = newest_period(measures)
    now = _period_gap([area for area in kept if area.series.at(period)], period)
    if now is None:
        return None
    there = {figure.observation.area for figure in now.figures}
    indicator = measures[0].indicator
    latest = [one for measure in measures for one in measure.readings if one.latest.period == period]
    is_history = any(reading.is_history for reading in latest)
    then = None
    if not indicator.is_cash and not is_history:
        then = _earliest([area for area in kept if area.series.area in there], now, indicator, shocks)
    return BoroughGap(
        indicator=indicator,
        now=now,
        then=then,
        change=gap_change(then.gap, now.gap) if then else None,
        unpublished=tuple(area.name for area in kept if area.series.area not in there),
        small=tuple(area.name for area in small),
        is_history=is_history,
        cares=tuple((one.series.name, one.care) for one in latest if one.latest.area in there),
    )


def figures_of(areas: Sequence[AreaFigures], period: str) -> tuple[AreaValue, ...]:
    """Return the areas' figures of a period, of those that have one."""
    found = [(area, area.series.at(period)) for area in areas]
    return tuple(
        AreaValue(area.place, replace(observation, area_name=area.name))
        for area, observation in found
        if observation is not None
    )


def _period_gap(areas: Sequence[AreaFigures], period: str) -> PeriodGap | None:
    figures = figures_of(areas, period)
    if len(figures) < 2:
        return None
    return PeriodGap(period, figures, widest_gap([figure.estimate for figure in figures]))


def _earliest(
    areas: Sequence[AreaFigures], now: PeriodGap, indicator: Indicator, shocks: Sequence[Shock]
) -> PeriodGap | None:
    """Return the first period that all areas have a figure for and that can be compared with the latest.

    It ends before the latest begins, no break of the series lies between them, and neither lies in a shock.
    """
    latest = now.figures[0].observation
    if shock_of(latest, shocks):
        return None
    since = max((one.since for one in indicator.breaks if one.since <= latest.start), default=None)
    for observation in areas[0].series.observations:
        before = _month(observation) + observation.months <= _month(latest)
        same = since is None or observation.start >= since
        usual = not shock_of(observation, shocks)
        if before and same and usual and all(area.series.at(observation.period) for area in areas):
            return _period_gap(areas, observation.period)
    return None


def _month(observation: Observation) -> int:
    return 12 * observation.start.year + observation.start.month


def _sum(codes: str, residents: Mapping[str, float]) -> float | None:
    """Return the residents of an area, or of areas joined by ``+``; None where one of them is not known."""
    parts = [residents.get(code) for code in codes.split("+")]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
