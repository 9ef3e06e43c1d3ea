"""The object that a notebook works with: one place, its measures, and how to show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boardpacks.chapter import narrative
from boardpacks.chapter.artefacts import show_statement
from boardpacks.chapter.facts import facts_of, standing_facts
from boardpacks.chapter.figures import show_places, show_spread, show_trend
from boardpacks.chapter.inputs import read_inputs
from boardpacks.chapter.judgements import judgements_of
from boardpacks.chapter.measure import Measure, measure
from boardpacks.chapter.places import Compared
from boardpacks.chapter.profile import show_about, show_deprivation, show_deprivation_table
from boardpacks.chapter.tables import show_latest, show_places_table, show_trusts
from boardpacks.chapter.trend_facts import time_facts
from boardpacks.chapter.trend_words import TrendWord, trend_word
from boardpacks.charts.fonts import ensure_fonts
from boardpacks.charts.theme import apply_theme
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.errors import BoardpacksError, near
from boardpacks.params.models import SYSTEM, Indicator, Outcome, Params, Place, Priority
from boardpacks.params.project import find_project
from boardpacks.stats.comparison import Verdict

MOST_COLUMNS = 4
"""Indicators in one table of places: more do not fit on a page."""


@dataclass(frozen=True)
class Chapter:
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

    @property
    def _pack(self) -> str:
        """Id under which the chapter's facts go: its place's, or the system's."""
        return self.place.id if self.place else SYSTEM

    @property
    def name(self) -> str:
        """Name of the place, or of the system."""
        return self.place.name if self.place else self.params.system.short_name

    def measure(self, indicator: str, place: Place | None = None) -> Measure:
        """Return an indicator for the chapter's place (or another one), read and compared."""
        found, place = self._indicator(indicator), place or self._own_place()
        key = found.id, place.id
        if key not in self._measured:  # words, chart and table of an outcome ask for the same
            self._measured[key] = measure(self.snapshot, self.params, found, place)
        return self._measured[key]

    def show(self, indicator: str) -> None:
        """Show an indicator: what it measures and how the place stands in words, and the chart that fits it.

        The chart is a trend where several periods are published, else the spread over all boroughs.
        """
        found = self.measure(indicator)
        self._say(found)
        if found.is_trend:
            show_trend(found, self.snapshot)
        elif found.readings and found.readings[0].standing is not None:
            show_spread(found, self.snapshot, self.params)

    def about(self) -> None:
        """Show what the params say of the place."""
        show_about(self._own_place(), self.params)

    def deprivation(self) -> None:
        """Show how deprived the small areas are: in words and as a chart, or as a table of places for the system."""
        if self.place is None:
            show_deprivation_table(self.params, self.snapshot)
        else:
            show_deprivation(self.place, self.params, self.snapshot)

    def trust_table(self) -> None:
        """Show the latest figures of the place's main hospital trust."""
        place = self._own_place()
        trust = self.params.trust(place.trust)
        linked = {
            indicator for priority in self.params.priorities.values() for indicator in priority.indicators
        }
        measures = [
            self.measure(indicator.id)
            for indicator in self.params.indicators.values()
            if indicator.areas == "trusts" and indicator.id not in linked
        ]
        if not measures:
            raise BoardpacksError(
                "trust_table: params/indicators has no indicator of trusts; leave the cell out"
            )
        show_latest("trust-latest", f"{trust.name}: latest figures", measures, self.params, self.snapshot)

    def trusts_table(self) -> None:
        """Show the latest figures of every hospital trust side by side."""
        home = {place.trust: place for place in self.params.places.values()}
        trusts = [trust for trust in self.params.system.trusts if trust.code in home]
        indicators = [
            (indicator, [self.measure(indicator.id, home[trust.code]) for trust in trusts])
            for indicator in self.params.indicators.values()
            if indicator.areas == "trusts"
        ]
        if not indicators:
            raise BoardpacksError(
                "trusts_table: params/indicators has no indicator of trusts; leave the cell out"
            )
        show_trusts("trusts-latest", "The hospital trusts side by side", indicators, trusts, self.snapshot)

    def compare_places(self, title: str, indicators: Sequence[str]) -> None:
        """Show a table of the places side by side for any indicators, at most four."""
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

    def latest_table(self, outcome: str) -> None:
        """Show a table of an outcome's measures: latest value, interval, comparators, judgement."""
        found = self.outcome(outcome)
        if not found.indicators:
            self.gap(outcome)
            return
        measures = [self.measure(indicator) for indicator in found.indicators]
        show_latest(
            f"{found.id}-latest", f"{self.name}: latest figures", measures, self.params, self.snapshot
        )

    def places_table(self, outcome: str) -> None:
        """Show tables of the places side by side, a few of the outcome's indicators at a time."""
        found = self.outcome(outcome)
        for number, part, compared in self._parts(found):
            show_places_table(
                f"{found.id}-places{number}",
                f"The places side by side{part}",
                compared,
                self.params,
                self.snapshot,
                own=self._pack,
            )

    def places_chart(self, outcome: str) -> None:
        """Show a chart of the places side by side, one panel for each of the outcome's indicators."""
        found = self.outcome(outcome)
        for number, part, compared in self._parts(found):
            show_places(
                f"{found.id}-places-chart{number}",
                f"Where the places stand on the outcome “{found.title}”{part}",
                compared,
                self._pack,
                self.snapshot,
                self.params,
            )

    def places_words(self, outcome: str) -> None:
        """Say for each of the outcome's indicators in which places it is worse, better or similar."""
        found = self.outcome(outcome)
        priority = next(one for one in self.params.priorities.values() if found in one.outcomes)
        benchmark = self.params.system.benchmark.name
        for name in self._of_boroughs(found):
            indicator, measures = self._all_places(name)
            readings = [reading for measure in measures for reading in measure.readings]
            lines = narrative.places_lines(indicator, readings, benchmark)
            told = [o for r in readings for o in (r.latest, *(c.other for c in r.comparisons))]
            facts = facts_of(told, indicator, self._pack, self.snapshot)
            for reading in readings:
                facts += time_facts(reading, indicator, self._pack, self.snapshot)
            show_statement(
                f"{name.replace('_', '-')}-places",
                narrative.places_statement(indicator, readings, benchmark),
                facts=facts,
                summary=[
                    {
                        "verdict": verdict,
                        "line": line,
                        "indicator": name,
                        "priority": priority.id,
                        "count": count,
                    }
                    for verdict, line, count in lines
                ],
                judgements=judgements_of(measures, self._pack),
            )

    def gap(self, outcome: str) -> None:
        """Say which part of an outcome has no published measure, and why."""
        found = self.outcome(outcome)
        if found.gap is None:
            raise BoardpacksError(f"{outcome}: params give no gap for this outcome; it has measures only")
        lead = "Not measured yet" if found.indicators else "No published measure yet"
        show_statement(f"{found.id}-gap", f"**{lead}.** {found.gap}", facts=[])

    def outcome(self, outcome: str) -> Outcome:
        """Return an outcome of the chapter's priority, or of any priority in a chapter without one.

        Raises
        ------
        BoardpacksError
            When there is no such outcome; the message lists those that exist.
        """
        priorities = [self.priority] if self.priority else list(self.params.priorities.values())
        known = {found.id: found for priority in priorities for found in priority.outcomes}
        if outcome not in known:
            raise BoardpacksError(
                f"no outcome {outcome!r} in {' or '.join(p.id for p in priorities)}: allowed are {', '.join(known)}. "
                f"{near(outcome, list(known))}".rstrip()
            )
        return known[outcome]

    def _say(self, found: Measure) -> None:
        """Show one statement for each of the place's series, each with its line for the pack's summary."""
        name = found.indicator.id.replace("_", "-")
        if not found.readings:
            line = narrative.never_published(found)
            show_statement(
                name,
                narrative.opening(found) + line,
                facts=[],
                summary=self._summary(found, "not-compared", line),
                judgements=judgements_of([found], self._pack),
            )
        for number, reading in enumerate(found.readings):
            told = [reading.latest, *(c.other for c in reading.comparisons), reading.earlier]
            facts = facts_of(told, found.indicator, found.place.id, self.snapshot)
            facts += time_facts(reading, found.indicator, found.place.id, self.snapshot)
            if reading.standing is not None:
                facts += standing_facts(
                    reading.latest, reading.standing, found.indicator, found.place.id, self.snapshot
                )
            show_statement(
                name if number == 0 else f"{name}-{number + 1}",
                ("" if number else narrative.opening(found)) + narrative.statement(found, reading),
                facts=facts,
                summary=self._summary(
                    found,
                    reading.verdict,
                    narrative.summary_line(found, reading),
                    trend_word(reading.trend),
                ),
                judgements=[] if number else judgements_of([found], self._pack),
            )

    def _summary(
        self, found: Measure, verdict: Verdict, line: str, trend: TrendWord = "not-calculated"
    ) -> list[dict[str, object]]:
        """Return the line for the pack's summary: only a chapter on a priority has one."""
        if self.priority is None:
            return []
        told = {"verdict": verdict, "line": line, "indicator": found.indicator.id}
        return [{**told, "priority": self.priority.id, "count": 1, "trend": trend}]

    def _own_place(self) -> Place:
        if self.place is None:
            raise BoardpacksError(
                "this chapter is for the whole system: ask for a place's measures place by place"
            )
        return self.place

    def _parts(self, outcome: Outcome) -> Iterator[tuple[str, str, Compared]]:
        """Yield the outcome's indicators for all places, as many at a time as fit, with a number and its words."""
        groups = _groups(self._of_boroughs(outcome))
        for number, group in enumerate(groups, start=1):
            several = len(groups) > 1
            part = f", part {number} of {len(groups)}" if several else ""
            yield str(number) if several else "", part, [self._all_places(name) for name in group]

    def _all_places(self, indicator: str) -> tuple[Indicator, list[Measure]]:
        return self._indicator(indicator), [
            self.measure(indicator, place) for place in self.params.places.values()
        ]

    def _of_boroughs(self, outcome: Outcome) -> list[str]:
        """Return the outcome's indicators that places have figures of; those of trusts belong to no one place."""
        return [name for name in outcome.indicators if self._indicator(name).areas == "boroughs"]

    def _indicator(self, indicator: str) -> Indicator:
        catalogue = self.params.indicators
        if indicator not in catalogue or indicator not in self.snapshot.manifest.indicators:
            known = sorted(set(catalogue) & set(self.snapshot.manifest.indicators))
            raise BoardpacksError(
                f"no indicator {indicator!r} in params/indicators/ and the snapshot. "
                f"{near(indicator, known) or 'Run `boardpacks params check`.'}"
            )
        return catalogue[indicator]


def open_chapter(place: str, priority: str | None = None, folder: Path | None = None) -> Chapter:
    """Open a chapter for a place: read params and snapshot, and give charts the packs' look.

    Parameters
    ----------
    place
        Id of a place, or "system" for the whole system.
    priority
        Id of the priority that the chapter reports on, if any.
    folder
        A folder inside the project; by default the current one.

    Raises
    ------
    BoardpacksError
        When the place or the priority is unknown, or params or snapshot are faulty.
    """
    project = find_project(folder)
    params, snapshot = read_inputs(project)
    # A chapter is made once for all meetings: what it cannot see needs no new execution when it changes
    params = params.model_copy(update={"calendars": {}, "chapters": ()})
    _check(place, [*params.places, SYSTEM], "place")
    if priority is not None:
        _check(priority, list(params.priorities), "priority")
    ensure_fonts(project.fonts)
    apply_theme(project.fonts)
    return Chapter(
        params,
        snapshot,
        None if place == SYSTEM else params.places[place],
        None if priority is None else params.priorities[priority],
    )


def _check(name: str, known: Sequence[str], what: str) -> None:
    if name not in known:
        hint = near(name, known)
        raise BoardpacksError(f"no {what} {name!r}: allowed are {', '.join(known)}. {hint}".rstrip())


def _groups(indicators: Sequence[str]) -> list[Sequence[str]]:
    """Deal the indicators into as few groups as fit, of nearly equal size."""
    count = -(-len(indicators) // MOST_COLUMNS)
    size = -(-len(indicators) // count) if count else 0
    return [indicators[start : start + size] for start in range(0, len(indicators), size)] if size else []
