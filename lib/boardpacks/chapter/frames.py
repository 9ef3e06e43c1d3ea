"""Gives published figures as a tidy data frame, each row with the fact that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from boardpacks.chapter.fact_book import FACT, FACT_OF, FactBook
from boardpacks.chapter.history import is_history
from boardpacks.chapter.judged_by import judged, judged_series
from boardpacks.chapter.make_facts import fact
from boardpacks.chapter.needs import OTHERS, Others
from boardpacks.chapter.place_series import names_of_areas, place_series
from boardpacks.data.observations import AreaSeries, Valued, area_series, peer_values
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import Place
from boardpacks.project.errors import BoardpacksError, near

Role = Literal["place", "borough", "comparator", "peer"]

COLUMNS = (
    "indicator",
    "area",
    "area_name",
    "role",
    "kind",
    "sex",
    "period",
    "year",
    "value",
    "lower",
    "upper",
    "count",
    "denominator",
    "is_small",
    "is_history",
    "is_neighbour",
    FACT,
)
"""Columns of a long frame, one row a published figure."""
NUMBERS = ("value", "lower", "upper", "count", "denominator")
AREA_COLUMNS = ("area", "area_name", "role", "kind", "is_small", "is_neighbour")
"""Columns of a wide frame, one row an area, before those of its indicators."""


@dataclass(frozen=True)
class Framing:
    """What frames are made from.

    Parameters
    ----------
    pack
        Id of the place, or of the system, that facts are told in.
    places
        The places whose own figures stand in a frame: the chapter's, or all for the system.
    params, snapshot
        The system's params and the published figures.
    book
        Where the facts of frames are noted.
    """

    pack: str
    places: tuple[Place, ...]
    params: Params
    snapshot: Snapshot
    book: FactBook

    def long(self, indicators: Sequence[Indicator], others: Others, *, latest: bool) -> pd.DataFrame:
        """Return one row for each published figure; with `latest`, of one period an indicator.

        That is the newest for which the place, or one of its boroughs, has a figure.
        """
        if others not in OTHERS:
            hint = near(others, OTHERS)
            raise BoardpacksError(
                f"frame: found others={others!r}, allowed are {', '.join(OTHERS)}. {hint}".rstrip()
            )
        rows = [row for one in indicators for row in self._rows(one, others, latest=latest)]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        return frame.astype(dict.fromkeys(NUMBERS, float))

    def wide(self, indicators: Sequence[Indicator], others: Others) -> pd.DataFrame:
        """Return one row for each area, with a column for each indicator's value and one for its fact."""
        long = self.long(indicators, others, latest=True)
        keys, names = list(AREA_COLUMNS), [one.id for one in indicators]
        areas = long.drop_duplicates("area")[keys].set_index("area")
        areas["is_history"] = long.groupby("area", sort=False)["is_history"].any()
        for name in names:
            own = long[long["indicator"] == name].set_index("area")
            areas[name] = own["value"]
            areas[f"{FACT_OF}{name}"] = own[FACT].reindex(areas.index).fillna("")
        return areas.reset_index()

    def _rows(self, indicator: Indicator, others: Others, *, latest: bool) -> Iterator[tuple[object, ...]]:
        own = [found for place in self.places for found in self._own(indicator, place)]
        comparators = self.params.system.comparators
        held = [area_series(self.snapshot, indicator.id, one.code, one.name) for one in comparators]
        told: list[tuple[Role, AreaSeries]] = [*own, *(("comparator", series) for series in held)]
        periods = self._periods(indicator, [series for _, series in told])
        if latest:
            newest = max(
                (series.latest for _, series in own if series.latest),
                key=lambda one: (one.start, one.months),
                default=None,
            )
            periods = [newest.period if newest else self.snapshot.newest_period(indicator.id)]
        for role, series in told:
            for one in series.valued:
                if one.period in periods:
                    yield self._row(indicator, role, one, frozenset())
        if others != "none" and own:
            yield from self._of_peers(indicator, [series.area for _, series in own], periods, others)

    def _own(self, indicator: Indicator, place: Place) -> list[tuple[Role, AreaSeries]]:
        """Return the series that stands for a place, and below it those of its boroughs where it has several."""
        series = place_series(self.snapshot, self.params, indicator, place)
        if indicator.areas != "boroughs" or len(place.boroughs) == 1:
            return [("place", one) for one in series]
        whole: list[tuple[Role, AreaSeries]] = [("place", one) for one in series] if len(series) == 1 else []
        each = [area_series(self.snapshot, indicator.id, area.code, area.name) for area in place.boroughs]
        return [*whole, *(("borough", judged_series(one, indicator, self.params)) for one in each)]

    def _of_peers(
        self, indicator: Indicator, own: Sequence[str], periods: Sequence[str], others: Others
    ) -> Iterator[tuple[object, ...]]:
        names, near_by = names_of_areas(self.params), self._neighbours(indicator)
        for period in periods:
            for found in peer_values(self.snapshot, indicator.id, period, own[0]):
                if found.area in own or (others == "neighbours" and found.area not in near_by):
                    continue
                peer = judged(found, indicator, self.params)
                peer = replace(peer, area_name=names.get(peer.area, peer.area_name))
                yield self._row(indicator, "peer", peer, near_by)

    def _neighbours(self, indicator: Indicator) -> Set[str]:
        """Return the areas that the place is best held against: those its params name, else the system's."""
        system = self.params.system
        if indicator.areas != "boroughs":
            return {trust.code for trust in system.trusts}
        named = {code for place in self.places for code in place.neighbours}
        if unknown := sorted(named - self.snapshot.manifest.areas.keys()):
            raise BoardpacksError(
                f"params/places/{self.places[0].id}.yml, neighbours: found {', '.join(unknown)}, allowed are codes of "
                "areas that the snapshot has"
            )
        return named or {area.code for area in (*self.params.boroughs(), *system.combined_areas)}

    def _periods(self, indicator: Indicator, series: Sequence[AreaSeries]) -> list[str]:
        found = {one.period: (one.start, one.months) for each in series for one in each.valued}
        return sorted(found, key=lambda period: found[period])

    def _row(self, indicator: Indicator, role: Role, one: Valued, neighbours: Set[str]) -> tuple[object, ...]:
        return (
            indicator.id,
            one.area,
            one.area_name,
            role,
            self.snapshot.area_kind(one.area),
            one.sex,
            one.period,
            one.start.year,
            one.value,
            one.lower,
            one.upper,
            one.count,
            one.denominator,
            one.area in self.params.system.too_small,
            is_history(one, indicator, self.params),
            role == "peer" and one.area in neighbours,
            self.book.note(fact(one, indicator, self.pack, self.snapshot), one.start),
        )
