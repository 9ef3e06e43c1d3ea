"""What analysts show of their own: frames of published figures, and charts, tables and words made from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from boardpacks.chapter.derived import Derived, derive
from boardpacks.chapter.describe_frame import describe
from boardpacks.chapter.fact_book import Told
from boardpacks.chapter.frames import Framing
from boardpacks.chapter.hand_over import NOTHING_DERIVED, show_prose
from boardpacks.chapter.needs import LEVELS, Others
from boardpacks.chapter.opened_chapter import Opened
from boardpacks.chapter.show_frames import hand_over_chart, hand_over_table, hand_over_words
from boardpacks.facts.artefacts import Fact
from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True, repr=False)
class OwnAnalysis(Opened):
    """What analysts show of their own: frames of published figures, and charts, tables and words made from them."""

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
        more of it; ``{place}`` is the chapter's name. ``name`` is what the sentences are called, unique in the chapter,
        by default their own words; it may have the name of an area in it.

        Examples
        --------
        >>> own = chapter.frame("smoking_prevalence", latest=True).query("role == 'place'")
        >>> chapter.say("In {place}, {own} smoked in {own:period} (95% interval {own:interval}).", own=own)
        In Havering, 10.9% smoked in 2023 (95% interval 6.7% to 15.1%).
        """
        hand_over_words(words, numbers, place=self.name, name=name, book=self._book)
