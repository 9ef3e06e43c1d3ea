"""How deprived the neighbourhoods of the places are, side by side: in words, as bars and in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.chapter.hand_over import show_figure, show_statement, show_table
from boardpacks.chapter.small_areas import NO_INDEX, Count, Territory, small_area_fact, territory
from boardpacks.charts.alt_text import About
from boardpacks.charts.bars import Bar, Bars, describe_bars, draw_bars
from boardpacks.charts.svg import to_svg
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import capital, digits
from boardpacks.params.articles import with_article
from boardpacks.params.models import Params
from boardpacks.params.system import Deprivation

FIFTH, TENTH = 2, 1
"""How many of the tenths of England make the most deprived fifth, and the most deprived tenth."""


@dataclass(frozen=True)
class Neighbourhoods:
    """What is told of one territory's small areas, each number with its fact.

    ``share`` is the percentage of them in the most deprived fifth of England.
    """

    where: Territory
    own: bool
    share: float
    facts: dict[str, Fact]

    def said(self, part: str) -> str:
        """Return one of the numbers as it is printed, tied to its fact."""
        return fact_span(self.facts[part].display, self.facts[part].id)

    @property
    def label(self) -> str:
        """Its name at the beginning of a line."""
        return capital(self.where.name)


def show_neighbourhoods(pack: str, params: Params, snapshot: Snapshot) -> None:
    """Hand over how deprived the neighbourhoods of every place are, the pack's own place first in the words.

    Parameters
    ----------
    pack
        Id of the place that the pack is for, or of the system.
    params, snapshot
        The system's params and the figures.
    """
    if params.system.deprivation is None:
        show_statement("neighbourhoods-places", NO_INDEX, facts=[])
        return
    index = params.system.deprivation
    everywhere = territory(params.system.short_name, params.boroughs(), snapshot)
    if everywhere.is_empty:
        show_statement("neighbourhoods-places", everywhere.nothing_held, facts=[])
        return
    where = [(place.id, territory(place.name, place.boroughs, snapshot)) for place in params.places.values()]
    places = [_told(one, id_ == pack, pack, index, snapshot) for id_, one in where if not one.is_empty]
    missing = [one.nothing_held for _, one in where if one.is_empty]
    whole = _told(everywhere, False, pack, index, snapshot)
    own = next((one for one in places if one.own), whole)
    ranked = sorted(places, key=lambda one: (-one.share, one.where.name))
    told = [*ranked, whole]
    facts = [fact for one in told for fact in one.facts.values()]
    words = " ".join([_words(own, whole, ranked, index), *missing])
    show_statement("neighbourhoods-places", words, facts=facts)
    _show_bars(told, index)
    _show_table(told, index, facts)


def _told(where: Territory, own: bool, pack: str, index: Deprivation, snapshot: Snapshot) -> Neighbourhoods:
    counts = {one.part: one for one in _counts(where, index)}
    facts = {part: small_area_fact(where, pack, one, index, snapshot) for part, one in counts.items()}
    return Neighbourhoods(where, own, counts["fifth-share"].value, facts)


def _counts(where: Territory, index: Deprivation) -> list[Count]:
    total, rank = len(where.areas), where.areas["rank"]
    fifth = int((where.areas["decile"] <= FIFTH).sum())
    tenth = int((where.areas["decile"] <= TENTH).sum())
    counts = [
        Count("total", "Small areas", float(total)),
        Count("fifth-count", "Small areas in the most deprived fifth", float(fifth)),
        Count(
            "fifth-share", "Share of small areas in the most deprived fifth", 100.0 * fifth / total, "%", 1
        ),
        Count("tenth-count", "Small areas in the most deprived tenth", float(tenth)),
        Count(
            "tenth-share", "Share of small areas in the most deprived tenth", 100.0 * tenth / total, "%", 1
        ),
        Count("first-rank", "Rank of the most deprived small area", float(rank.min()), "rank from 1"),
        Count("middle-rank", "Median rank of the small areas", float(rank.median()), "rank from 1"),
        Count("last-rank", "Rank of the least deprived small area", float(rank.max()), "rank from 1"),
        Count("mean-score", "Mean score of the small areas", where.score, "score", 1),
    ]
    if index.ranked is not None:
        ahead = 100.0 * (index.ranked - float(rank.median())) / index.ranked
        counts += [
            Count("ranked", "Small areas that the index ranks", float(index.ranked)),
            Count("middle-ahead", "Share of all ranked areas less deprived than the median rank", ahead, "%"),
        ]
    return counts


def _words(
    own: Neighbourhoods, whole: Neighbourhoods, ranked: Sequence[Neighbourhoods], index: Deprivation
) -> str:
    name, country = own.where.name, with_article(index.country)
    text = (
        f"**{own.said('fifth-share')}** of the neighbourhoods of {name} are among the most deprived fifth of "
        f"{country}, and **{own.said('tenth-share')}** among the most deprived tenth ({index.name}). In {country} as "
        "a whole these are one in five and one in ten."
    )
    if own is not whole:
        text += (
            f" In {whole.where.name} as a whole, {whole.said('fifth-share')} are in the most deprived fifth."
        )
    most, least = ranked[0], ranked[-1]
    if most is not least:
        text += (
            f" By place the share runs from {least.said('fifth-share')} in {least.where.name} to "
            f"{most.said('fifth-share')} in {most.where.name}."
        )
    text += "\n\n"
    if index.ranked is None:
        return text + (
            f"Ranked from the most deprived in {country}, the neighbourhoods of {name} run from number "
            f"{own.said('first-rank')} to number {own.said('last-rank')}. The middle one is number "
            f"{own.said('middle-rank')}."
        )
    return text + (
        f"Of the {own.said('ranked')} neighbourhoods of {country}, ranked from the most deprived, those of {name} run "
        f"from number {own.said('first-rank')} to number {own.said('last-rank')}. The middle one is number "
        f"{own.said('middle-rank')}: it is more deprived than {own.said('middle-ahead')} of {country}'s "
        "neighbourhoods."
    )


def _show_bars(told: Sequence[Neighbourhoods], index: Deprivation) -> None:
    chart = Bars(tuple(Bar(one.label, one.share, own=one.own) for one in told))
    whole = told[-1]
    about = About(
        f"neighbourhoods among the most deprived fifth of {with_article(index.country)}",
        f"places of {whole.where.name}",
        index.period,
    )
    show_figure(
        "deprivation-places-chart",
        to_svg(draw_bars(chart, _percent)),
        title=_bars_title(told, with_article(index.country)),
        note=(
            f"Share of small areas (neighbourhoods of about 1,500 people), {index.period}. All are counted, so there "
            f"is no interval. Source: {index.publisher}, {index.source}."
        ),
        alt=describe_bars(chart, about, _percent),
        facts=[one.facts["fifth-share"] for one in told],
    )


def _bars_title(told: Sequence[Neighbourhoods], country: str) -> str:
    *places, whole = told
    if len({one.share for one in places}) < 2:
        return f"Neighbourhoods of {whole.where.name} among {country}'s most deprived fifth"
    return f"{places[0].where.name} has the largest share of neighbourhoods among {country}'s most deprived fifth"


def _show_table(told: Sequence[Neighbourhoods], index: Deprivation, facts: Sequence[Fact]) -> None:
    columns = [
        Column("Place", width=24),
        Column("Number", "right", 13),
        Column("In the most deprived fifth", "right", 13),
        Column("In the most deprived tenth", "right", 13),
        Column("Rank of the middle one", "right", 12),
        Column("Ranks from most to least deprived", "right", 21),
        Column("Mean score", "right", 9),
    ]
    show_table(
        "deprivation-places",
        columns,
        [[_bold(cell, one.own) for cell in _row(one)] for one in told],
        title=f"How deprived the neighbourhoods of each place are, {index.period}",
        note=(
            f"Ranks count from the most deprived small area of {with_article(index.country)}. A higher score is more "
            f"deprived. Source: {index.publisher}, {index.source}."
        ),
        facts=facts,
    )


def _row(one: Neighbourhoods) -> list[str]:
    return [
        one.label,
        one.said("total"),
        one.said("fifth-share"),
        one.said("tenth-share"),
        one.said("middle-rank"),
        f"{one.said('first-rank')} to {one.said('last-rank')}",
        one.said("mean-score"),
    ]


def _percent(value: float) -> str:
    return f"{digits(value, 1)}%"


def _bold(text: str, wanted: bool) -> str:
    return f"**{text}**" if wanted else text
