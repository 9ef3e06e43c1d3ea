"""Chapters made by hand that say figures of the project's own indicators, for tests of prose."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from boardpacks.facts.artefacts import Against, Fact, Judgement, Statement
from boardpacks.facts.wording import phrase
from boardpacks.packs.read.read_notebook import ChapterContent, Item, Markdown
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.folder import find_project

CODES = {
    "Havering": "E09000016",
    "Newham": "E09000025",
    "City of London": "E09000001",
    "Hackney": "E09000012",
    "England": "E92000001",
    "London": "E12000007",
}


@cache
def own_params() -> Params:
    """The project's own params."""
    return load_params(find_project(Path(__file__).parent).params)


def a_value(
    indicator: str,
    value: float,
    area: str = "Havering",
    period: str = "2023",
    lower: float | None = None,
    upper: float | None = None,
    pack: str = "havering",
) -> Fact:
    """Return the fact that a published value is."""
    known = own_params().indicators[indicator]
    return Fact(
        id=f"{pack}.{indicator}.{CODES[area]}.persons.{period.replace('/', '-')}",
        indicator=indicator,
        indicator_name=known.name,
        area=CODES[area],
        area_name=area,
        sex="Persons",
        period=period,
        value=value,
        lower=lower,
        upper=upper,
        unit=known.unit,
        display=phrase(value, known),
        source=known.source,
        publisher=known.publisher,
        licence=known.licence,
        series="0" * 16,
        method="published",
    )


def a_rank(fact: Fact, rank: int, of: int = 33) -> tuple[Fact, Fact]:
    """Return the facts of where a value stands."""
    return tuple(  # type: ignore[return-value]
        fact.model_copy(
            update={
                "id": f"{fact.id}.{part}",
                "value": float(place),
                "lower": None,
                "upper": None,
                "unit": "rank",
                "display": str(place),
            }
        )
        for part, place in (("rank", rank), ("rank-from-lowest", of + 1 - rank))
    )


def a_said(
    latest: Fact,
    *,
    england: Fact | None = None,
    london: Fact | None = None,
    verdict: str = "similar",
    against_london: str = "similar",
    place: str = "havering",
    more: tuple[Fact, ...] = (),
    earlier: Fact | None = None,
    **judged: Any,
) -> Statement:
    """Return a statement that says a latest value and judges it."""
    others = [
        Against(name=name, fact=fact.id, verdict=result)  # type: ignore[arg-type]
        for name, fact, result in (("England", england, verdict), ("London", london, against_london))
        if fact is not None
    ]
    judgement = Judgement(
        indicator=latest.indicator,
        place=place,
        area_name=latest.area_name,
        fact=latest.id,
        comparisons=tuple(others),
        earlier=earlier.id if earlier else None,
        **judged,
    )
    facts = tuple(fact for fact in (latest, england, london, earlier, *more) if fact is not None)
    return Statement(
        kind="statement",
        name=f"{latest.indicator}-{latest.area_name}".replace("_", "-").replace(" ", "-").lower(),
        facts=facts,
        markdown="Said.",
        judgements=(judgement,),
    )


def a_silent(indicator: str, place: str = "havering", name: str = "Havering") -> Statement:
    """Return a statement about a place that has no published figure."""
    judgement = Judgement(indicator=indicator, place=place, area_name=name, fact=None)
    return Statement(
        kind="statement",
        name=f"{indicator}-{place}".replace("_", "-"),
        facts=(),
        markdown="None.",
        judgements=(judgement,),
    )


def a_chapter(prose: str, *said: Statement, name: str = "long_term_conditions") -> ChapterContent:
    """Return a chapter with a cell of prose, its fourth, and statements."""
    items: tuple[Item, ...] = (Markdown("# A chapter", 1), Markdown(prose, 4), *said)
    return ChapterContent(name, "A chapter", items, {})
