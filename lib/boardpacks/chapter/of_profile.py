"""What a chapter shows of a place or the system as a whole: its people, themes and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from boardpacks.chapter.baselines import figures_of, show_started_from
from boardpacks.chapter.emphasis import show_emphasis
from boardpacks.chapter.hand_over import show_statement
from boardpacks.chapter.inequalities import Followed
from boardpacks.chapter.neighbourhoods import show_neighbourhoods
from boardpacks.chapter.opened_chapter import Opened
from boardpacks.chapter.profile import show_about, show_deprivation, show_system
from boardpacks.chapter.scorecard import Evidence, show_notes, show_scorecard
from boardpacks.params.models import GroupPair
from boardpacks.params.strategy import Theme


@dataclass(frozen=True, repr=False)
class OfProfile(Opened):
    """What a chapter shows of a place or the system as a whole: its people, themes and gaps."""

    def about(self) -> None:
        """Show what the params say of the place, or of the system.

        Examples
        --------
        >>> chapter.about()
        Havering is one borough, and one of 7 places of north east London, in the group Barking and
        Dagenham, Havering and Redbridge. The hospital trust that its ...
        """
        if self.place is None:
            show_system(self.params)
        else:
            show_about(self.place, self.params)

    def emphasis(self) -> None:
        """Show what the strategy stresses for the place, each with today's figures and whether they bear it out.

        Examples
        --------
        >>> chapter.emphasis()
        **The population is older, and many residents live with long-term conditions.**
        ...
        """
        place = self._own_place()
        stressed = [
            (emphasis, [self.measure(indicator) for indicator in emphasis.indicators])
            for emphasis in place.emphasis
        ]
        show_emphasis(place, stressed, self.params, self.snapshot)

    def scorecard(self) -> None:
        """Show the themes and foundations: how well each is measured, and what the latest figures say of it.

        Examples
        --------
        >>> chapter.scorecard()
        Themes and foundations at a glance: Havering
        """
        if self._has_no_themes("scorecard"):
            return
        show_scorecard(
            self._evidence(self.params.themes),
            self._evidence(self.params.foundations),
            self.params,
            self._pack,
        )

    def scorecard_notes(self) -> None:
        """Show what each theme and foundation means, and what is not measured and why.

        Examples
        --------
        >>> chapter.scorecard_notes()
        What each theme and foundation means
        ...
        """
        if self._has_no_themes("notes"):
            return
        show_notes(self.params.themes, self.params.foundations, self.params, self._pack)

    def _evidence(self, entries: Sequence[Theme]) -> list[Evidence]:
        """Return each entry with its measures: the place's, or those of every place for the system."""
        places = [self.place] if self.place else list(self.params.places.values())
        return [
            Evidence(entry, [self.measure(name, place) for name in entry.indicators for place in places])
            for entry in entries
        ]

    def _has_no_themes(self, name: str) -> bool:
        """Say in a sentence that there are neither themes nor foundations; whether that is so."""
        if self.params.themes or self.params.foundations:
            return False
        show_statement(name, "No themes and no foundations are named here.", facts=[])
        return True

    def started_from(self, name: str) -> None:
        """Show the figures that the strategy started from on a priority or in a chapter, if it states any.

        Those of an outcome stand beside its latest figures without being asked for.

        Parameters
        ----------
        name
            Id of the priority or of the chapter, as ``params/baselines.yml`` has it.

        Examples
        --------
        >>> chapter.started_from("long-term-conditions")
        **The strategy started from** these figures for all of north east London in 2022/23:
        ...
        """
        home: Literal["priority", "chapter"] = "priority" if name in self.params.priorities else "chapter"
        found = figures_of(self.params, self.place, home, name)
        show_started_from(f"started-{name.replace('_', '-')}", found, self.params, self._pack)

    def deprivation(self) -> None:
        """Show how many of the place's small areas are in each tenth of deprivation, in words and as a chart.

        Examples
        --------
        >>> chapter.deprivation()
        Havering has 153 small areas (neighbourhoods of about 1,500 people). **10** of them, 6.5%,
        are among the most deprived fifth of England in the Index of Multiple Deprivation ...
        """
        show_deprivation(self._own_place(), self.params, self.snapshot)

    def neighbourhoods(self) -> None:
        """Show how deprived the neighbourhoods of the places are, side by side.

        Examples
        --------
        >>> chapter.neighbourhoods()
        **6.5%** of the neighbourhoods of Havering are among the most deprived fifth of England, and
        **0.7%** among the most deprived tenth (Index of Multiple Deprivation 2025). In ...
        """
        show_neighbourhoods(self._pack, self.params, self.snapshot)

    def borough_gaps(self) -> None:
        """Show the gaps between boroughs that params/inequalities.yml follows: in words, in a table and as charts.

        Examples
        --------
        >>> chapter.borough_gaps()
        Of the boroughs compared, Havering has the best figure for under-75 deaths from preventable
        cardiovascular disease, children in relative poverty before housing costs and ...
        """
        self._followed.show_gaps()

    def group_gap(self, groups: str) -> None:
        """Show two groups of people against each other, by their id in params/inequalities.yml.

        Examples
        --------
        >>> chapter.group_gap("women-and-men")
        Havering, 2022 to 2024: **63.8 years** for men (95% confidence interval 60.1 to 67.5) and
        **63.3 years** for women (95% confidence interval 58.4 to 68.2).
        ...
        """
        self._followed.show_groups(groups)

    @property
    def group_pairs(self) -> tuple[GroupPair, ...]:
        """The pairs of groups of people that params/inequalities.yml follows.

        Examples
        --------
        >>> [pair.id for pair in chapter.group_pairs]
        ['women-and-men', 'reception-and-year-6']
        """
        return self.params.inequalities.groups if self.params.inequalities else ()

    def inequality_slopes(self) -> None:
        """Show the slope of inequality over boroughs in order of deprivation; for the system, its indices too.

        Examples
        --------
        >>> chapter.inequality_slopes()
        The slope index lines the boroughs up from the most to the least deprived. It fits a line
        through their figures and takes the difference between its two ends. ...
        """
        self._followed.show_slopes()

    def unmeasured_groups(self) -> None:
        """Say which groups have no published figures and, for the system, why the measures of gaps were chosen.

        Examples
        --------
        >>> chapter.unmeasured_groups()
        **Not measured yet.** No figure behind this pack is split by ethnic group, disability,
        sexual orientation, faith or housing. Between rich and poor streets only the gap in how ...
        """
        self._followed.show_reasons()

    @property
    def _followed(self) -> Followed:
        return Followed(self._pack, self.params, self.snapshot, lambda name: self._all_places(name)[1])
