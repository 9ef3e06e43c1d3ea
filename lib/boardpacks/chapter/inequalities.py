"""The chapter on health inequalities: gaps, groups of people and slopes, for whatever the params list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from boardpacks.chapter.borough_gaps import BoroughGap, borough_gap, residents_by_area
from boardpacks.chapter.groups import show_groups
from boardpacks.chapter.hand_over import show_statement
from boardpacks.chapter.measure import Measure
from boardpacks.chapter.show_gaps import show_gaps, show_now, show_then_and_now
from boardpacks.chapter.slope_table import show_slopes
from boardpacks.chapter.small_areas import NO_INDEX
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.models import Inequalities, Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import BoardpacksError, near

Read = Callable[[str], Sequence[Measure]]
"""Reads an indicator for every place."""


@dataclass(frozen=True)
class Followed:
    """What the params follow, with what reads it.

    ``pack`` is the id of the place that the pack is for, or of the system.
    """

    pack: str
    params: Params
    snapshot: Snapshot
    read: Read

    def show_gaps(self) -> None:
        """Hand over the gaps between boroughs: in words, in a table, and the charts that the params ask for."""
        if self._has_none("gaps-none", f"gaps between {self.params.system.words.several}"):
            return
        measures = {one.indicator: self.read(one.indicator) for one in self._listed.measures}
        gaps = self._gaps()
        show_gaps(list(gaps.values()), self.pack, self.params, self.snapshot)
        for one in self._listed.measures:
            found = gaps.get(one.indicator)
            if found is None or one.chart is None:
                continue
            if one.chart == "then-and-now":
                show_then_and_now(found, self.pack, self.params, self.snapshot)
            else:
                show_now(found, measures[one.indicator], one.chart, self.pack, self.params, self.snapshot)

    def show_groups(self, pair: str) -> None:
        """Hand over two groups of people, borough by borough."""
        if self._has_none(f"{pair}-none", "groups of people"):
            return
        known = {one.id: one for one in self._listed.groups}
        if pair not in known:
            raise BoardpacksError(
                f"no groups {pair!r} in params/inequalities.yml: allowed are {', '.join(known)}. "
                f"{near(pair, list(known))}".rstrip()
            )
        found = known[pair]
        measures = self.read(found.first.indicator), self.read(found.second.indicator)
        show_groups(found, measures, self.pack, self.params, self.snapshot)

    def show_slopes(self) -> None:
        """Hand over the indices of inequality over boroughs."""
        if self._has_none("slopes-none", "slopes of inequality"):
            return
        if self.params.system.deprivation is None:
            show_statement("slopes-none", NO_INDEX, facts=[])
            return
        gaps = list(self._gaps().values())
        show_slopes(gaps, self._residents(), self.pack, self.params, self.snapshot)

    def show_reasons(self) -> None:
        """Hand over which groups have no published figures and, for the system, why the measures were chosen."""
        if self._has_none("groups-none", "groups without figures"):
            return
        indicators = self.params.indicators
        reasons = "\n".join(
            f"- {indicators[one.indicator].name}: {one.reason}" for one in self._listed.measures
        )
        show_statement(
            "groups-not-published", f"**Not measured yet.** {self._listed.not_published}", facts=[]
        )
        if self.pack == SYSTEM:  # once is enough: the places follow the same measures
            show_statement("gap-reasons", f"**Why these measures.**\n\n{reasons}\n", facts=[])

    @property
    def _listed(self) -> Inequalities:
        assert self.params.inequalities is not None  # each public method asks before
        return self.params.inequalities

    def _has_none(self, name: str, what: str) -> bool:
        """Say in a sentence that nothing is followed; whether that is so."""
        if self.params.inequalities is None:
            show_statement(name, f"No {what} are followed here yet.", facts=[])
        return self.params.inequalities is None

    def _residents(self) -> dict[str, float]:
        return residents_by_area(self.params, self._listed.population, self.snapshot)

    def _gaps(self) -> dict[str, BoroughGap]:
        residents, fewest = self._residents(), self._listed.fewest_residents
        found = {
            one.indicator: borough_gap(
                self.read(one.indicator),
                residents,
                fewest,
                self.params.shocks_of(self.params.indicators[one.indicator]),
            )
            for one in self._listed.measures
        }
        return {name: gap for name, gap in found.items() if gap is not None}
