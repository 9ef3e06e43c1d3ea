"""What a chapter shows of the places side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boardpacks.chapter.hand_over import show_statement
from boardpacks.chapter.measure import Measure, measure
from boardpacks.chapter.needs import MOST_COLUMNS
from boardpacks.chapter.opened_chapter import Opened
from boardpacks.chapter.show_measure import show_places
from boardpacks.chapter.show_multiples import choose_multiples, show_multiples
from boardpacks.chapter.show_ranks import show_all_ranks, show_ranks
from boardpacks.chapter.show_rug import show_rug
from boardpacks.chapter.side_by_side import Compared, is_judged
from boardpacks.chapter.tables import show_latest, show_places_table
from boardpacks.facts.wording import listed
from boardpacks.params.priority import Outcome
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True, repr=False)
class OfPlaces(Opened):
    """What a chapter shows of the places side by side."""

    def compare_places(self, title: str, indicators: Sequence[str]) -> None:
        """Show a table of the places side by side for any indicators, at most four.

        Examples
        --------
        >>> chapter.compare_places("Resident population", ["population"])
        Resident population
        """
        if not 1 <= len(indicators) <= MOST_COLUMNS:
            raise BoardpacksError(
                f"compare_places shows 1 to {MOST_COLUMNS} indicators in one table, not {len(indicators)}"
            )
        show_places_table(
            f"places-{'-'.join(indicators)}".replace("_", "-"),
            title,
            [self._all_places(indicator) for indicator in indicators],
            self.params,
            self.snapshot,
            own=self._pack,
        )

    def places_table(self, outcome: str) -> None:
        """Show tables of the places side by side, a few of the outcome's indicators at a time.

        Figures of trusts and of the whole system, which belong to no place, have a table of their own.

        Examples
        --------
        >>> chapter.places_table("hypertension-found")
        The places side by side
        """
        found = self.outcome(outcome)
        for number, part, compared in self._parts(self._of_boroughs(found)):
            show_places_table(
                f"{found.id}-places{number}",
                f"The places side by side{part}",
                compared,
                self.params,
                self.snapshot,
                own=self._pack,
            )
        if wider := self._of_no_place(found):
            title = f"Figures that belong to no one place: {listed(list(dict.fromkeys(m.subject for m in wider)))}"
            show_latest(f"{found.id}-wider", title, wider, self.params, self.snapshot, about="")

    def places_chart(self, outcome: str) -> None:
        """Show a chart of the places side by side, one panel for each of the outcome's indicators that can be judged.

        Of the others the table says as much: an outcome without any that can be judged gets no chart.

        Examples
        --------
        >>> chapter.places_chart("less-obesity-smokefree")
        Where the places stand on the outcome “Obesity falls, and north east London is smokefree by
        2030”, part 1 of 2
        ...
        """
        found = self.outcome(outcome)
        compared = [self._all_places(name) for name in self._of_boroughs(found)]
        show_places(
            f"{found.id}-places-chart",
            f"Where the places stand on the outcome “{found.title}”",
            [one for one in compared if is_judged(one[1])],
            self._pack,
            self.snapshot,
            self.params,
        )

    def ranks_table(self, priority: str | None = None) -> None:
        """Show ranks and quarters among all boroughs, for the place or for the places side by side.

        Only the priority's indicators with figures for all boroughs are ranked; where there is none, that is said.

        Examples
        --------
        >>> chapter.ranks_table()
        Long-term conditions: Havering among the London boroughs
        """
        found = self._priority(priority)
        if self.place is not None:
            measures = [self.measure(indicator) for indicator in self._with_boroughs(found.indicators)]
            show_ranks(f"{found.id}-ranks", found.name, measures, self.params, self.snapshot)
            return
        compared = [self._all_places(indicator) for indicator in self._with_boroughs(found.indicators)]
        show_all_ranks(found.id, compared, self.params, self.snapshot, own=self._pack)

    def rug(self, priority: str | None = None) -> None:
        """Show which of the priority's measures are better or worse in which places, with lines for the summary.

        Examples
        --------
        >>> chapter.rug("mental-health")
        No place can be told apart from England on any of these measures.
        ...
        """
        found = self._priority(priority)
        compared = [self._all_places(indicator) for indicator in self._with_boroughs(found.indicators)]
        if not any(measure.readings for _, measures in compared for measure in measures):
            words = f"No figure of the places on the priority “{found.name}” is held here."
            show_statement(f"{found.id}-compared", words, facts=[])
            return
        show_rug(found, compared, self.params, self.snapshot, own=self._pack)

    def multiples(self, priority: str | None = None) -> None:
        """Show small line charts of the places: of the priority's measures with a trend, the one worse in most.

        Examples
        --------
        >>> chapter.multiples("mental-health")
        Average life satisfaction score: the places over time, all on one scale
        ...
        """
        names = self._with_boroughs(self._priority(priority).indicators)
        chosen = choose_multiples([self._all_places(indicator) for indicator in names])
        if chosen is not None:
            show_multiples(*chosen, self.params, self.snapshot, own=self._pack)

    def _parts(self, names: Sequence[str]) -> Iterator[tuple[str, str, Compared]]:
        """Yield indicators for all places, as many at a time as fit, with a number and its words."""
        groups = _groups(names)
        for number, group in enumerate(groups, start=1):
            several = len(groups) > 1
            part = f", part {number} of {len(groups)}" if several else ""
            yield str(number) if several else "", part, [self._all_places(name) for name in group]

    def _of_boroughs(self, outcome: Outcome) -> list[str]:
        """Return the outcome's indicators that places have figures of; those of trusts belong to no one place."""
        return self._with_boroughs(outcome.indicators)

    def _of_no_place(self, outcome: Outcome) -> list[Measure]:
        """Return the outcome's measures of trusts, one for each trust, and of the whole system."""
        whole = next(iter(self.params.places.values())).model_copy(update={"id": SYSTEM, "name": self.name})
        found = []
        for indicator in map(self._indicator, outcome.indicators):
            trusts = [trust.code for trust in self.params.system.trusts]
            if indicator.areas == "system":
                found.append(measure(self.snapshot, self.params, indicator, whole))
            elif indicator.areas == "trusts":
                found += [
                    measure(self.snapshot, self.params, indicator, whole.model_copy(update={"trust": code}))
                    for code in trusts
                ]
        return found


def _groups(indicators: Sequence[str]) -> list[Sequence[str]]:
    """Deal the indicators into as few groups as fit, of nearly equal size."""
    count = -(-len(indicators) // MOST_COLUMNS)
    size = -(-len(indicators) // count) if count else 0
    return [indicators[start : start + size] for start in range(0, len(indicators), size)] if size else []
