"""The object that a notebook works with: one place, its measures, and how to show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from boardpacks.chapter import narrative
from boardpacks.chapter.baselines import figures_of, show_started_from
from boardpacks.chapter.cautions import with_caution
from boardpacks.chapter.collaborative import CollaborativeView
from boardpacks.chapter.concerns import find_concern
from boardpacks.chapter.derived import Derived, derive
from boardpacks.chapter.describe_frame import describe
from boardpacks.chapter.emphasis import show_emphasis
from boardpacks.chapter.fact_book import FactBook, Told
from boardpacks.chapter.frames import Framing
from boardpacks.chapter.group_gap import group_gap_facts
from boardpacks.chapter.hand_over import NOTHING_DERIVED, show_prose, show_statement
from boardpacks.chapter.history import month_of_meeting
from boardpacks.chapter.inequalities import Followed
from boardpacks.chapter.judgements import judgements_of
from boardpacks.chapter.make_facts import facts_of, peer_facts
from boardpacks.chapter.measure import Measure, measure
from boardpacks.chapter.needs import LEVELS, MOST_COLUMNS, Others
from boardpacks.chapter.neighbourhoods import show_neighbourhoods
from boardpacks.chapter.own_place import hold_to_own_place
from boardpacks.chapter.profile import show_about, show_deprivation, show_system
from boardpacks.chapter.read_once import read_inputs
from boardpacks.chapter.scorecard import Evidence, show_notes, show_scorecard
from boardpacks.chapter.show_frames import hand_over_chart, hand_over_table, hand_over_words
from boardpacks.chapter.show_measure import show_places, show_spread, show_trend
from boardpacks.chapter.show_multiples import choose_multiples, show_multiples
from boardpacks.chapter.show_ranks import show_all_ranks, show_ranks
from boardpacks.chapter.show_rug import show_rug
from boardpacks.chapter.show_spine import show_spines
from boardpacks.chapter.show_xmr import show_controls
from boardpacks.chapter.side_by_side import Compared, is_judged
from boardpacks.chapter.standards import standard_facts
from boardpacks.chapter.summary_facts import compared_ids
from boardpacks.chapter.tables import show_latest, show_places_table
from boardpacks.chapter.trend_facts import time_facts
from boardpacks.chapter.trend_words import trend_word
from boardpacks.chapter.weigh import with_weight
from boardpacks.chapter.xmr_series import control
from boardpacks.charts.fonts import ensure_fonts
from boardpacks.charts.theme import apply_theme
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Concern, Fact, Summary
from boardpacks.facts.wording import listed
from boardpacks.params.assurance import TrendWord
from boardpacks.params.models import SYSTEM, GroupPair, Indicator, Outcome, Params, Place, Priority
from boardpacks.params.strategy import Theme
from boardpacks.project.errors import BoardpacksError, near
from boardpacks.project.folder import find_project
from boardpacks.stats.comparison import Verdict
from boardpacks.stats.stands_out import StandingOut


@dataclass(frozen=True, repr=False)
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
    _book: FactBook = field(default_factory=FactBook, init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Chapter of {self.name}{f' on {self.priority.name}' if self.priority else ''}"

    @property
    def _pack(self) -> str:
        """Id under which the chapter's facts go: its place's, or the system's."""
        return self.place.id if self.place else SYSTEM

    @property
    def _followed(self) -> Followed:
        return Followed(self._pack, self.params, self.snapshot, lambda name: self._all_places(name)[1])

    @property
    def name(self) -> str:
        """Name of the place, or of the system.

        Examples
        --------
        >>> chapter.name
        'Havering'
        """
        return self.place.name if self.place else self.params.system.short_name

    def heading(self, text: str, level: int = 2, words: str = "") -> None:
        """Show a heading and, below it, words in Markdown, as a Markdown cell would: for what a loop goes through.

        Examples
        --------
        >>> chapter.heading("Adults who smoke", level=3)
        ### Adults who smoke
        """
        if "\n" in text or not text.strip():
            raise BoardpacksError("heading: found a text of several lines, or none; a heading is one line")
        if level not in LEVELS:
            raise BoardpacksError(
                f"heading: found level {level}, allowed are 1 (the chapter's title), 2 and 3"
            )
        show_prose("\n\n".join(filter(None, (f"{'#' * level} {text.strip()}", words))))

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

    def frame(
        self,
        indicators: str | Sequence[str],
        others: Others = "none",
        *,
        latest: bool = False,
        wide: bool = False,
    ) -> pd.DataFrame:
        """Return published figures as a tidy data frame: a row for each, with the id of its fact.

        Parameters
        ----------
        indicators
            Id of an indicator, or several.
        others
            Which areas stand beside the place and its comparators: ``"peers"`` for all boroughs (or trusts),
            ``"neighbours"`` for those most like the place, as its params name them, else the system's.
        latest
            Only the newest period of each indicator for which the place has a figure.
        wide
            One row an area with the latest value of each indicator, and its fact in ``fact_`` and its id.

        Examples
        --------
        >>> smoking = chapter.frame("smoking_prevalence")
        >>> smoking[smoking.role == "place"].tail(1)[["area_name", "period", "value", "lower", "upper"]]
           area_name period  value  lower  upper
        11  Havering   2023   10.9    6.7   15.1
        >>> both = chapter.frame(["adult_obesity", "cervical_screening_25_49"], "peers", wide=True)
        >>> both.set_index("area_name").loc["Havering", ["adult_obesity", "cervical_screening_25_49"]].tolist()
        [23.9009, 70.3655]
        """
        names = [indicators] if isinstance(indicators, str) else list(dict.fromkeys(indicators))
        found = [self._indicator(name) for name in names]
        places = (self.place,) if self.place else tuple(self.params.places.values())
        framing = Framing(self._pack, places, self.params, self.snapshot, self._book)
        return framing.wide(found, others) if wide else framing.long(found, others, latest=latest)

    def derived(  # noqa: PLR0913 - what a number needs, by name
        self,
        name: str,
        value: float,
        *,
        data: Told,
        formula: str,
        unit: str | None = None,
        decimals: int = 1,
        ends: tuple[float, float] | None = None,
        of: Told | None = None,
    ) -> Fact:
        """Make a number that was worked out a fact, with its formula and the figures that went in.

        Parameters
        ----------
        name
            What it is, after the name of its measure: ``"mean of the boroughs"``.
        value, ends
            The number, and both ends of its 95% interval if it has one.
        data
            The rows of frames, or the facts, that it was worked out from.
        formula
            How, in words.
        unit, decimals
            Its unit, by default that of its figures (an empty text for none), and the decimals that are printed.
        of
            The row whose area it is of, where it is not of all of `data` together.

        Examples
        --------
        >>> peers = chapter.frame("adult_obesity", "peers", latest=True).query("role == 'peer'")
        >>> mean = chapter.derived("mean", peers.value.mean(), data=peers, formula="sum over number")
        >>> mean.area_name, mean.display, mean.method
        ('London boroughs', '22.7%', 'sum over number; from Adults living with obesity, 2024/25, 7 figures')
        """
        home = None if of is None else self._book.facts_of(of)[0]
        told = Derived(name, value, formula, unit, decimals, ends, home)
        return derive(told, self._book.facts_of(data), self._pack, self.params, self._book)

    def describe(self, data: pd.DataFrame) -> str:
        """Propose an alternative text for a chart of a frame; read it, and say first what the picture shows.

        Examples
        --------
        >>> chapter.describe(chapter.frame("smoking_prevalence", latest=True))
        'Adults who smoke, 2023. Havering: 10.9%. England: 11.6%. London: ...%.'
        """
        return describe(data, self._book, self.params.indicators)

    def show_chart(
        self,
        drawing: Canvas | Axes,
        *,
        data: Told,
        title: str,
        alt: str,
        note: str = "",
        derived: Mapping[str, str] = NOTHING_DERIVED,
    ) -> None:
        """Hand over a chart of matplotlib or seaborn that was drawn from a frame.

        Parameters
        ----------
        drawing
            The figure, its axes, or a grid of seaborn's.
        data
            The rows that it shows, and the worked-out facts that its words say.
        title, alt
            What it shows in one line, unique in the chapter; and its description.
        note
            What is to be known beside measures, periods and sources, which are said by themselves.
        derived
            Lines or points that are worked out, by their label in the chart, with how they were made.

        Examples
        --------
        >>> import seaborn as sns
        >>> smoking = chapter.frame("smoking_prevalence")
        >>> axes = sns.lineplot(smoking, x="year", y="value", hue="area_name")
        >>> chapter.show_chart(axes, data=smoking, title="Fewer smoke", alt=chapter.describe(smoking))
        Fewer smoke
        ...
        """
        hand_over_chart(
            drawing,
            data=data,
            title=title,
            alt=alt,
            note=note,
            derived=derived,
            book=self._book,
            indicators=self.params.indicators,
        )

    def show_table(
        self, data: pd.DataFrame, *, title: str, note: str = "", columns: Mapping[str, str] | None = None
    ) -> None:
        """Hand over a table of a frame's rows, whose numbers say their facts.

        ``columns`` are those of the frame that it has, with their labels; ``interval`` is that of both ends.

        Examples
        --------
        >>> smoking = chapter.frame("smoking_prevalence", latest=True)
        >>> chapter.show_table(smoking, title="Adults who smoke in Havering, London and England")
        Adults who smoke in Havering, London and England
        """
        hand_over_table(
            data,
            columns=columns,
            title=title,
            note=note,
            book=self._book,
            indicators=self.params.indicators,
        )

    def say(self, words: str, *, name: str = "", **numbers: Told) -> None:
        """Hand over sentences in Markdown whose numbers stand in braces, each with its fact.

        A number is a row of a frame, a fact or its id. ``{own:interval}``, ``{own:period}`` and ``{own:area}`` say
        more of it; ``{place}`` is the chapter's name.

        Examples
        --------
        >>> own = chapter.frame("smoking_prevalence", latest=True).query("role == 'place'")
        >>> chapter.say("In {place}, {own} smoked in {own:period} (95% interval {own:interval}).", own=own)
        In Havering, 10.9% smoked in 2023 (95% interval 6.7% to 15.1%).
        """
        hand_over_words(words, numbers, place=self.name, name=name, book=self._book)

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

    def control_chart(self, indicator: str) -> None:
        """Show a monthly indicator of the place's main hospital trust as a control (XmR) chart, with its words.

        Examples
        --------
        >>> chapter.control_chart("ae_four_hour")
        Share of A&E attendances in which the patient is admitted, moved on or sent home within four
        hours. The standard is that of the NHS Constitution; the ambition is that of NHS ...
        """
        found, code = self._indicator(indicator), self._own_place().trust
        made = control(self.snapshot, found, self.params.trust(code), self.params) if code else None
        show_controls(found, [made] if made else [], self._pack, self.snapshot)

    def collaborative(self, collaborative: str = "") -> CollaborativeView:
        """Return a provider collaborative of the params, by default the first, which shows itself part by part.

        Examples
        --------
        >>> acute = chapter.collaborative("acute")
        >>> [trust.short_name for trust in acute.trusts]
        ['Barts Health', 'BHRUT', 'Homerton']
        """
        known = self.params.collaboratives
        collaborative = collaborative or next(iter(known), "")
        _check(collaborative, list(known), "collaborative")
        return CollaborativeView(known[collaborative], self.params, self.snapshot, self._pack)

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

    def trust_table(self) -> None:
        """Show the latest figures of the place's main hospital trust.

        Examples
        --------
        >>> chapter.trust_table()
        Barking, Havering and Redbridge University Hospitals NHS Trust (BHRUT): latest figures
        """
        place = self._own_place()
        if place.trust is None:
            show_statement("trust-latest", f"No hospital trust is named for {place.name}.", facts=[])
            return
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
            show_statement("trust-latest", f"No figure of {trust.name} is held here.", facts=[])
            return
        whole_name = f" {trust.short_name} " in f" {trust.name} "
        name = trust.name if whole_name else f"{trust.name} ({trust.short_name})"
        show_latest(
            "trust-latest",
            f"{name}: latest figures",
            measures,
            self.params,
            self.snapshot,
            about=trust.short_name,
        )

    def trust_charts(self) -> None:
        """Show the control charts of the place's main hospital trust that params/system.yml asks for.

        Examples
        --------
        >>> chapter.trust_charts()
        ### A&E attendances completed within four hours
        ...
        """
        for name in self.params.system.trust_charts:
            self.heading(self._indicator(name).name, level=3)
            self.control_chart(name)

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

    def places_table(self, outcome: str) -> None:
        """Show tables of the places side by side, a few of the outcome's indicators at a time.

        Figures of trusts and of the whole system, which belong to no place, have a table of their own.

        Examples
        --------
        >>> chapter.places_table("hypertension-found")
        The places side by side
        """
        found = self.outcome(outcome)
        self._show_places(found.id, self._of_boroughs(found))
        if wider := self._of_no_place(found):
            title = f"Figures that belong to no one place: {listed(list(dict.fromkeys(m.subject for m in wider)))}"
            show_latest(f"{found.id}-wider", title, wider, self.params, self.snapshot, about="")

    def places_tables(self) -> None:
        """Show tables of the places side by side, a few of all the priority's indicators at a time.

        Examples
        --------
        >>> chapter.places_tables()
        The places side by side, part 1 of 6
        ...
        """
        found = self._priority()
        self._show_places(found.id, self._with_boroughs(found.indicators))

    def _show_places(self, name: str, indicators: Sequence[str]) -> None:
        for number, part, compared in self._parts(indicators):
            show_places_table(
                f"{name}-places{number}",
                f"The places side by side{part}",
                compared,
                self.params,
                self.snapshot,
                own=self._pack,
            )

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

    def gap(self, outcome: str) -> None:
        """Say which part of an outcome has no published measure, and why.

        Examples
        --------
        >>> chapter.gap("self-management")
        **No published measure yet:** The GP Patient Survey asks people with a long-term condition
        how confident they are to manage it. It is published by practice and for north east ...
        """
        found = self.outcome(outcome)
        if found.gap is None:
            raise BoardpacksError(f"{outcome}: params give no gap for this outcome; it has measures only")
        lead = "Not measured yet" if found.indicators else "No published measure yet"
        told = f"**{lead}:**" if self.place else f"**{found.title}: {lead[:1].lower()}{lead[1:]}.**"
        show_statement(f"{found.id}-gap", f"{told} {found.gap}", facts=[])
        if not found.indicators:
            self._outcome_started_from(found)

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

    def _outcome_started_from(self, outcome: Outcome) -> None:
        found = figures_of(self.params, self.place, "outcome", outcome.id)
        show_started_from(f"{outcome.id}-started", found, self.params, self._pack)

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

    def _priority(self, name: str | None = None) -> Priority:
        """Return the priority of this id, by default the chapter's own."""
        if name is not None:
            _check(name, list(self.params.priorities), "priority")
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

    def _parts(self, names: Sequence[str]) -> Iterator[tuple[str, str, Compared]]:
        """Yield indicators for all places, as many at a time as fit, with a number and its words."""
        groups = _groups(names)
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

    def _with_boroughs(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if self._indicator(name).areas == "boroughs"]

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
        Id of a place, or "system" for the whole system; an empty text for the first place of the params.
    priority
        Id of the priority that the chapter reports on, if any; an empty text for the first of the params.
    folder
        A folder inside the project; by default the current one.

    Raises
    ------
    BoardpacksError
        When the place or the priority is unknown, or params or snapshot are faulty.

    Examples
    --------
    >>> from boardpacks import open_chapter
    >>> chapter = open_chapter("havering", priority="long-term-conditions")
    >>> chapter.name, chapter.priority.name
    ('Havering', 'Long-term conditions')
    >>> open_chapter("system").name
    'north east London'
    >>> open_chapter("haverin")
    Traceback (most recent call last):
        ...
    boardpacks.project.errors.BoardpacksError: no place 'haverin': allowed are ... did you mean 'havering'?
    """
    project = find_project(folder)
    params, snapshot = read_inputs(project)
    place = place or next(iter(params.places))
    _check(place, [*params.places, SYSTEM], "place")
    as_of = month_of_meeting(params.calendars[place])
    # A chapter is made once for all meetings of a month: what it cannot see needs no new execution when it changes
    params = params.model_copy(update={"calendars": {}, "chapters": (), "assurance": None, "as_of": as_of})
    if priority is not None:
        priority = priority or next(iter(params.priorities))
        _check(priority, list(params.priorities), "priority")
    hold_to_own_place(place)
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
