"""What a place is: its boroughs, its people, how deprived its small areas are, and its hospital trust."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.hand_over import show_figure, show_statement
from boardpacks.chapter.small_areas import NO_INDEX, Count, Territory, small_area_fact, territory
from boardpacks.charts.deciles import draw_deciles
from boardpacks.charts.svg import to_svg
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import listed, sentence
from boardpacks.params.articles import with_article
from boardpacks.params.models import Params
from boardpacks.params.own_words import Words
from boardpacks.params.system import Deprivation, Place

FIFTH = 2
"""Tenths that make the most deprived fifth."""


def show_about(place: Place, params: Params) -> None:
    """Hand over what the params say of a place: boroughs, group and main trust."""
    made_of = _made_of(place, params.system.words)
    only = len(params.places) == 1
    among = "the only place" if only else f"one of {len(params.places)} places"
    group = "" if place.group in (None, place.name) else f", in the group {place.group}"
    about = f"{place.name} {made_of}, and {among} of {params.system.short_name}{group}."
    if place.trust is not None:
        trust = params.trust(place.trust)
        about += f" The hospital trust that its residents use most is {trust.name}."
    show_statement("about", about, facts=[])


def _made_of(place: Place, words: Words) -> str:
    boroughs = [borough.name for borough in place.boroughs]
    if len(boroughs) == 1:
        return f"is one {words.borough}"
    if listed(boroughs) == place.name:
        return f"is one place of {words.several} that plan together"
    return f"is {listed(boroughs)}, which plan together"


def show_system(params: Params) -> None:
    """Hand over what the params say of the system: its ambition, tests, structures and places, group by group."""
    system = params.system
    told = [f"**{system.name}.** {sentence(system.ambition)}"]
    if system.tests:
        told.append(f"Everything it does is held against the same tests: {listed(system.tests)}.")
    if system.structures:
        told.append("It is made of:\n\n" + "\n".join(f"- {sentence(text)}" for text in system.structures))
    told.append(_places(tuple(params.places.values())))
    show_statement("about", "\n\n".join(told), facts=[])


def _places(places: Sequence[Place]) -> str:
    """Return the names of a system's places, by the groups that they form."""
    names = [place.name for place in places]
    if len(names) == 1:
        return f"Its one place is {names[0]}."
    groups: dict[str, list[str]] = {}
    for place in places:
        groups.setdefault(place.group or place.name, []).append(place.name)
    if not any(place.group for place in places):
        return f"Its places: {listed(names)}."
    return "Its places, group by group:\n\n" + "\n".join(f"- {listed(one)}" for one in groups.values())


def show_deprivation(place: Place, params: Params, snapshot: Snapshot) -> None:
    """Hand over how many small areas of a place are in each tenth of deprivation, in words and as a chart."""
    if params.system.deprivation is None:
        show_statement("deprivation", NO_INDEX, facts=[])
        return
    index = params.system.deprivation
    where = territory(place.name, place.boroughs, snapshot)
    if where.is_empty:
        show_statement("deprivation", where.nothing_held, facts=[])
        return
    counts, country = _deciles(where), with_article(index.country)
    facts = _facts(where, place.id, counts, index, snapshot)
    share, worst, total = (fact_span(each.display, each.id) for each in facts)
    show_statement(
        "deprivation",
        f"{place.name} has {total} small areas (neighbourhoods of about 1,500 people). **{worst}** of them, "
        f"{share}, are among the most deprived fifth of {country} in the {index.name}.",
        facts=facts,
    )
    show_figure(
        "deprivation-deciles",
        to_svg(draw_deciles(counts)),
        title=f"{facts[0].display} of the small areas of {place.name} are in the most deprived fifth of {country}",
        note=(
            f"Small areas in each tenth of {country}, {index.period}; the two dark bars are the most deprived "
            f"fifth. Source: {index.publisher}, {index.source}."
        ),
        alt=(
            f"Bar chart of the small areas of {place.name} by tenth of deprivation in {country}, {index.period}. "
            f"From the most to the least deprived tenth: {listed([f'{count:,}' for count in counts])}."
        ),
        facts=[*facts, *_decile_facts(where, place.id, counts, index, snapshot)],
    )


def _deciles(where: Territory) -> list[int]:
    return [int((where.areas["decile"] == tenth).sum()) for tenth in range(1, 11)]


def _facts(
    where: Territory, pack: str, counts: Sequence[int], index: Deprivation, snapshot: Snapshot
) -> list[Fact]:
    """Return share, count and total of the small areas in the most deprived fifth."""
    total, worst = sum(counts), sum(counts[:FIFTH])
    told = [
        Count(
            "fifth-share", "Share of small areas in the most deprived fifth", 100.0 * worst / total, "%", 1
        ),
        Count("fifth-count", "Small areas in the most deprived fifth", float(worst)),
        Count("total", "Small areas", float(total)),
    ]
    return [small_area_fact(where, pack, one, index, snapshot) for one in told]


def _decile_facts(
    where: Territory, pack: str, counts: Sequence[int], index: Deprivation, snapshot: Snapshot
) -> list[Fact]:
    told = [
        Count(f"tenth-{tenth}", f"Small areas in tenth {tenth}", float(count))
        for tenth, count in enumerate(counts, start=1)
    ]
    return [small_area_fact(where, pack, one, index, snapshot) for one in told]
