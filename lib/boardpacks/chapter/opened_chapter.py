"""What an opened chapter knows: one place, its priority, and its measures, each read and compared once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from boardpacks.chapter.baselines import figures_of, show_started_from
from boardpacks.chapter.fact_book import FactBook
from boardpacks.chapter.measure import Measure, measure
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.priority import Outcome, Priority
from boardpacks.params.system import SYSTEM, Place
from boardpacks.project.errors import BoardpacksError, near


@dataclass(frozen=True, repr=False)
class Opened:
    """A chapter of one place's pack.

    Parameters
    ----------
    params
        The system's params.
    snapshot
        The published figures.
    place
        The place that the chapter is for; None when it is for the whole system.
    priority
        The priority that the chapter reports on, if any.
    """

    params: Params
    snapshot: Snapshot
    place: Place | None
    priority: Priority | None
    _measured: dict[tuple[str, str], Measure] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _book: FactBook = field(default_factory=FactBook, init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Chapter of {self.name}{f' on {self.priority.name}' if self.priority else ''}"

    @property
    def _pack(self) -> str:
        """Id under which the chapter's facts go: its place's, or the system's."""
        return self.place.id if self.place else SYSTEM

    @property
    def name(self) -> str:
        """Name of the place, or of the system.

        Examples
        --------
        >>> chapter.name
        'Havering'
        """
        return self.place.name if self.place else self.params.system.short_name

    def measure(self, indicator: str, place: Place | None = None) -> Measure:
        """Return an indicator for the chapter's place (or another one), read and compared.

        Examples
        --------
        >>> smoking = chapter.measure("smoking_prevalence")
        >>> smoking.newest.latest.period, smoking.newest.latest.value, smoking.newest.verdict
        ('2023', 10.9, 'similar')
        """
        found, place = self._indicator(indicator), place or self._own_place()
        key = found.id, place.id
        if key not in self._measured:  # words, chart and table of an outcome ask for the same
            self._measured[key] = measure(self.snapshot, self.params, found, place)
        return self._measured[key]

    def outcome(self, outcome: str) -> Outcome:
        """Return an outcome of the chapter's priority, or of any priority in a chapter without one.

        Raises
        ------
        BoardpacksError
            When there is no such outcome; the message lists those that exist.

        Examples
        --------
        >>> chapter.outcome("earlier-diagnosis").indicators
        ('cancer_early_diagnosis', 'cervical_screening_25_49', 'cervical_screening_50_64')
        >>> chapter.outcome("less-obesity")
        Traceback (most recent call last):
            ...
        boardpacks.project.errors.BoardpacksError: no outcome 'less-obesity' in ... did you mean ...
        """
        priorities = [self.priority] if self.priority else list(self.params.priorities.values())
        known = {found.id: found for priority in priorities for found in priority.outcomes}
        if outcome not in known:
            raise BoardpacksError(
                f"no outcome {outcome!r} in {' or '.join(p.id for p in priorities)}: allowed are {', '.join(known)}. "
                f"{near(outcome, list(known))}".rstrip()
            )
        return known[outcome]

    def _indicator(self, indicator: str) -> Indicator:
        catalogue = self.params.indicators
        if indicator not in catalogue or indicator not in self.snapshot.manifest.indicators:
            known = sorted(set(catalogue) & set(self.snapshot.manifest.indicators))
            raise BoardpacksError(
                f"no indicator {indicator!r} in params/indicators/ and the snapshot. "
                f"{near(indicator, known) or 'Run `boardpacks params check`.'}"
            )
        return catalogue[indicator]

    def _priority(self, name: str | None = None) -> Priority:
        """Return the priority of this id, by default the chapter's own."""
        if name is not None:
            check_known(name, list(self.params.priorities), "priority")
            return self.params.priorities[name]
        if self.priority is None:
            raise BoardpacksError("this chapter reports on no priority: name one")
        return self.priority

    def _own_place(self) -> Place:
        if self.place is None:
            raise BoardpacksError(
                "this chapter is for the whole system: ask for a place's measures place by place"
            )
        return self.place

    def _with_boroughs(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self._indicator(name).areas == "boroughs"]

    def _all_places(self, indicator: str) -> tuple[Indicator, list[Measure]]:
        return self._indicator(indicator), [
            self.measure(indicator, place) for place in self.params.places.values()
        ]

    def _outcome_started_from(self, outcome: Outcome) -> None:
        found = figures_of(self.params, self.place, "outcome", outcome.id)
        show_started_from(f"{outcome.id}-started", found, self.params, self._pack)


def check_known(name: str, known: Sequence[str], what: str) -> None:
    """Refuse a name that is not among those that are known, with the nearest of them."""
    if name not in known:
        hint = near(name, known)
        raise BoardpacksError(f"no {what} {name!r}: allowed are {', '.join(known)}. {hint}".rstrip())
