"""What a chapter on a priority shows: its measures, one by one and by outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.chapter import narrative
from boardpacks.chapter.cautions import with_caution
from boardpacks.chapter.concerns import find_concern
from boardpacks.chapter.group_gap import group_gap_facts
from boardpacks.chapter.hand_over import show_prose, show_statement
from boardpacks.chapter.judgements import judgements_of
from boardpacks.chapter.make_facts import facts_of, peer_facts
from boardpacks.chapter.measure import Measure
from boardpacks.chapter.opened_chapter import Opened
from boardpacks.chapter.show_measure import show_spread, show_trend
from boardpacks.chapter.show_spine import show_spines
from boardpacks.chapter.standards import standard_facts
from boardpacks.chapter.summary_facts import compared_ids
from boardpacks.chapter.tables import show_latest
from boardpacks.chapter.trend_facts import time_facts
from boardpacks.chapter.trend_words import trend_word
from boardpacks.chapter.weigh import with_weight
from boardpacks.facts.artefacts import Concern, Summary
from boardpacks.params.assurance import TrendWord
from boardpacks.project.errors import BoardpacksError
from boardpacks.stats.comparison import Verdict
from boardpacks.stats.stands_out import StandingOut


@dataclass(frozen=True, repr=False)
class OfPriority(Opened):
    """What a chapter on a priority shows: its measures, one by one and by outcome."""

    def introduce(self) -> None:
        """Show the priority's name as the chapter's title, and its introduction, or its aim where it has none.

        Examples
        --------
        >>> chapter.introduce()
        # Long-term conditions
        ...
        """
        own = self._priority()
        words = own.introduction or own.aim
        where = f"params/priorities/{own.id}.yml, {'introduction' if own.introduction else 'aim'}"
        show_prose(f"# {own.name}\n\n{words}", origin=where)

    def show(self, indicator: str) -> None:
        """Show an indicator: what it measures and how the place stands in words, and the chart that fits it.

        The chart is a trend where several periods are published, else the spread over all boroughs.

        Examples
        --------
        >>> chapter.show("smoking_prevalence")
        Share of adults who say in a survey that they smoke. **To be read with caution** ... In
        Havering the figure for 2023 is **10.9%** (95% confidence interval 6.7% to 15.1%), similar ...
        """
        found = self.measure(indicator)
        self._say(found)
        if found.is_trend:
            show_trend(found, self.snapshot)
        elif found.newest is not None and found.newest.among_peers is not None:
            show_spread(found, self.snapshot, self.params)

    def _say(self, found: Measure) -> None:
        """Show one statement for each of the place's series, each with its line for the pack's summary."""
        name = found.indicator.id.replace("_", "-")
        if not found.readings:
            line = narrative.never_published(found)
            show_statement(
                name,
                narrative.opening(found) + line,
                facts=[],
                judgements=judgements_of([found], self._pack),
                summary=self._summary(found, "not-compared", narrative.title(found)),
            )
        for number, reading in enumerate(found.readings):
            others = [c.other for c in reading.comparisons]
            told = [reading.latest, *others, *reading.earlier_told]
            facts = facts_of(told, found.indicator, found.place.id, self.snapshot)
            facts += time_facts(reading, found.indicator, found.place.id, self.snapshot)
            facts += standard_facts(reading, found.indicator, found.place.id, self.snapshot)
            gap = reading.notable.gap
            facts += group_gap_facts(gap, reading.latest, self.params, found.place.id, self.snapshot)
            concern = find_concern(found, reading, self.snapshot)
            facts += concern.facts
            if reading.among_peers is not None:
                facts += peer_facts(
                    reading.latest, reading.among_peers, found.indicator, found.place.id, self.snapshot
                )
            show_statement(
                name if number == 0 else f"{name}-{number + 1}",
                ("" if number else narrative.opening(found))
                + narrative.statement(found, reading)
                + concern.sentence,
                facts=facts,
                summary=with_weight(
                    with_caution(
                        self._summary(
                            found,
                            reading.verdict,
                            narrative.summary_line(found, reading),
                            compared_ids(reading, found.indicator, found.place.id),
                            trend_word(reading.trend),
                            reading.notable.rules,
                            concern.record,
                        ),
                        reading.care,
                    ),
                    [reading],
                    found.indicator,
                ),
                judgements=[] if number else judgements_of([found], self._pack),
            )

    def _summary(
        self,
        found: Measure,
        verdict: Verdict,
        line: str,
        facts: Sequence[str] = (),
        trend: TrendWord = "not-calculated",
        stands_out: tuple[StandingOut, ...] = (),
        concern: Concern | None = None,
    ) -> list[Summary]:
        """Return the line for the pack's summary: only a chapter on a priority has one."""
        if self.priority is None:
            return []
        return [
            Summary(
                verdict=verdict,
                line=line,
                indicator=found.indicator.id,
                priority=self.priority.id,
                count=1,
                trend=trend,
                stands_out=stands_out,
                facts=tuple(facts),
                concern=concern,
            )
        ]

    def latest_table(self, outcome: str) -> None:
        """Show a table of an outcome's measures: latest value, interval, comparators, judgement.

        Examples
        --------
        >>> chapter.latest_table("less-obesity-smokefree")
        Havering: latest figures on the outcome “Obesity falls, and ...
        """
        found = self.outcome(outcome)
        if not found.indicators:
            self.gap(outcome)
            return
        measures = [self.measure(indicator) for indicator in found.indicators]
        show_latest(
            f"{found.id}-latest",
            f"{self.name}: latest figures on the outcome “{found.title}”",
            measures,
            self.params,
            self.snapshot,
            about=self.name,
        )
        self._outcome_started_from(found)

    def spine(self) -> None:
        """Show where the place stands on every measure of the priority, from the worst to the best of its peers.

        Examples
        --------
        >>> chapter.spine()
        Long-term conditions: where Havering stands among the boroughs of north east London, part 1 of 2
        ...
        """
        priority = self._priority()
        show_spines(
            f"{priority.id}-spine",
            priority.name,
            self._own_place(),
            [self.measure(indicator) for indicator in self._with_boroughs(priority.indicators)],
            self.params,
            self.snapshot,
        )

    def gap(self, outcome: str) -> None:
        """Say which part of an outcome has no measure here, and why.

        Examples
        --------
        >>> chapter.gap("self-management")
        **No measure here yet:** The GP Patient Survey asks people with a long-term condition
        how confident they are to manage it. It is published by practice and for north east ...
        """
        found = self.outcome(outcome)
        if found.gap is None:
            raise BoardpacksError(f"{outcome}: params give no gap for this outcome; it has measures only")
        lead = "Not measured yet" if found.indicators else "No measure here yet"
        told = f"**{lead}:**" if self.place else f"**{found.title}: {lead[:1].lower()}{lead[1:]}.**"
        show_statement(f"{found.id}-gap", f"{told} {found.gap}", facts=[])
        if not found.indicators:
            self._outcome_started_from(found)
