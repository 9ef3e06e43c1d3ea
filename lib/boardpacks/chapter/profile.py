"""What a place is: its boroughs, its people, how deprived its small areas are, and its hospital trust."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.chapter.artefacts import Column, show_figure, show_statement, show_table
from boardpacks.chapter.facts import Fact, fact_id
from boardpacks.chapter.spans import fact_span
from boardpacks.chapter.wording import digits, listed, sentence
from boardpacks.charts.deciles import draw_deciles
from boardpacks.charts.svg import to_svg
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.errors import BoardpacksError
from boardpacks.params.models import SYSTEM, Deprivation, Params, Place

FIFTH = 2
"""Tenths that make the most deprived fifth."""


def show_about(place: Place, params: Params) -> None:
    """Hand over what the params say of a place: boroughs, group, main trust, and what the system stresses there."""
    boroughs = [borough.name for borough in place.boroughs]
    made_of = (
        "is one borough" if len(boroughs) == 1 else f"is made of {listed(boroughs)}, which plan together"
    )
    trust = params.trust(place.trust)
    group = "" if place.group == place.name else f" It belongs to the group {place.group}."
    lines = [
        f"{place.name} {made_of}. It is one of {len(params.places)} places of {params.system.short_name}.{group} "
        f"The hospital trust that its residents use most is {trust.name}."
    ]
    if place.emphasis:
        lines += ["The system's strategy and its partners stress for this place:", ""]
        lines = ["\n\n".join(lines[:2]), *(f"- {sentence(text)}" for text in place.emphasis)]
        lines[0] += "\n"
    show_statement("about", "\n".join(lines), facts=[])


def show_deprivation(place: Place, params: Params, snapshot: Snapshot) -> None:
    """Hand over how many small areas of a place are in each tenth of deprivation, in words and as a chart."""
    index = _index(params)
    counts = _deciles(place, snapshot)
    facts = _facts(place, place.id, counts, index, snapshot)
    share, worst, total = (fact_span(each["display"], each["id"]) for each in facts)
    show_statement(
        "deprivation",
        f"{place.name} has {total} small areas (neighbourhoods of about 1,500 people). **{worst}** of them, "
        f"{share}, are among the most deprived fifth of England in the {index.name}.",
        facts=facts,
    )
    show_figure(
        "deprivation-deciles",
        to_svg(draw_deciles(counts)),
        title=f"{facts[0]['display']} of the small areas of {place.name} are in the most deprived fifth of England",
        note=(
            f"Small areas in each tenth of England, {index.period}; the two dark bars are the most deprived "
            f"fifth. Source: {index.publisher}, {index.source}."
        ),
        alt=(
            f"Bar chart of the small areas of {place.name} by tenth of deprivation in England, {index.period}. From "
            f"the most to the least deprived tenth: {listed([f'{count:,}' for count in counts])}."
        ),
        facts=[*facts, *_decile_facts(place, place.id, counts, index, snapshot)],
    )


def show_deprivation_table(params: Params, snapshot: Snapshot) -> None:
    """Hand over one row a place: small areas, and how many are in the most deprived fifth of England."""
    index = _index(params)
    rows, facts = [], []
    for place in params.places.values():
        told = _facts(place, SYSTEM, _deciles(place, snapshot), index, snapshot)
        share, worst, total = (fact_span(each["display"], each["id"]) for each in told)
        rows.append([place.name, total, worst, share])
        facts += told
    columns = [
        Column("Place", width=34),
        Column("Small areas", "right", 18),
        Column("In the most deprived fifth of England", "right", 28),
        Column("Share", "right", 20),
    ]
    show_table(
        "deprivation-places",
        columns,
        rows,
        title=f"Small areas among the most deprived fifth of England, {index.period}",
        note=f"Source: {index.publisher}, {index.source}.",
        facts=facts,
    )


def _index(params: Params) -> Deprivation:
    if params.system.deprivation is None:
        raise BoardpacksError(
            "params/system.yml: `deprivation` is missing; it names the index of deprivation."
        )
    return params.system.deprivation


def _deciles(place: Place, snapshot: Snapshot) -> list[int]:
    own = [snapshot.small_areas(borough.code)["decile"] for borough in place.boroughs]
    return [sum(int((tenths == tenth).sum()) for tenths in own) for tenth in range(1, 11)]


def _facts(
    place: Place, pack: str, counts: Sequence[int], index: Deprivation, snapshot: Snapshot
) -> list[Fact]:
    """Return share, count and total of the small areas in the most deprived fifth."""
    total, worst = sum(counts), sum(counts[:FIFTH])
    told = [
        _Count("fifth-share", "Share of small areas in the most deprived fifth", 100.0 * worst / total, "%"),
        _Count("fifth-count", "Small areas in the most deprived fifth", float(worst)),
        _Count("total", "Small areas", float(total)),
    ]
    return [_fact(place, pack, one, index, snapshot) for one in told]


def _decile_facts(
    place: Place, pack: str, counts: Sequence[int], index: Deprivation, snapshot: Snapshot
) -> list[Fact]:
    return [
        _fact(
            place,
            pack,
            _Count(f"tenth-{tenth}", f"Small areas in tenth {tenth}", float(count)),
            index,
            snapshot,
        )
        for tenth, count in enumerate(counts, start=1)
    ]


@dataclass(frozen=True)
class _Count:
    """A number made from the small areas of a place: part of the fact's id, name, value and unit."""

    part: str
    name: str
    value: float
    unit: str = "small areas"


def _fact(place: Place, pack: str, told: _Count, index: Deprivation, snapshot: Snapshot) -> Fact:
    area = "+".join(borough.code for borough in place.boroughs)
    return {
        "id": fact_id(pack, "deprivation", told.part, area, "Persons", index.period),
        "indicator": "deprivation",
        "indicator_name": told.name,
        "area": area,
        "area_name": place.name,
        "sex": "Persons",
        "period": index.period,
        "value": told.value,
        "lower": None,
        "upper": None,
        "unit": told.unit,
        "display": digits(told.value, 1) + "%" if told.unit == "%" else digits(told.value, 0),
        "source": index.source,
        "publisher": index.publisher,
        "licence": index.licence,
        "series": snapshot.small_areas_digest(area),
        "method": f"counted from small areas: {told.part}",
    }
