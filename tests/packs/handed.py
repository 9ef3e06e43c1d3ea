"""Artefacts made by hand of the project's own indicators, and everything that the checks of packs find in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from boardpacks.charts.drawn import Drawn, Plotted
from boardpacks.facts.artefacts import Artefact, Column, Fact, Figure, Statement, Table
from boardpacks.facts.check_words import misstatements
from boardpacks.facts.spans import fact_span
from boardpacks.packs.check.check_directions import check_directions
from boardpacks.packs.check.check_drawings import check_drawings
from boardpacks.packs.check.check_numbers import check_numbers
from boardpacks.packs.check.check_place import check_place
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params

from .said import a_value, own_params

SMOKING = "smoking_prevalence"
HAVERING = a_value(SMOKING, 10.9, lower=8.6, upper=13.2)
NEWHAM = a_value(SMOKING, 14.6, "Newham", lower=12.0, upper=17.1)
ENGLAND = a_value(SMOKING, 11.6, "England")
EARLIER = a_value(SMOKING, 12.3, period="2022", lower=10.1, upper=14.5)
FACTS = (HAVERING, ENGLAND)


@cache
def few_params() -> Params:
    """Return the project's params with one indicator: what is said elsewhere takes long to read."""
    known = own_params()
    return Params(
        system=known.system,
        places=known.places,
        priorities={},
        indicators={SMOKING: known.indicators[SMOKING]},
        calendars={},
        chapters=(),
    )


def of_notebook(*artefacts: Artefact) -> ChapterContent:
    """Return a chapter whose third cell hands everything over."""
    return ChapterContent("own", "Own", artefacts, {artefact.name: 3 for artefact in artefacts})


def a_statement(markdown: str, facts: Sequence[Fact] = FACTS) -> Statement:
    return Statement(kind="statement", name="words", facts=tuple(facts), markdown=markdown)


def a_table(
    rows: Sequence[Sequence[str]],
    columns: Sequence[str] = ("Area", "Adults who smoke"),
    facts: Sequence[Fact] = FACTS,
    title: str = "Adults who smoke, 2023",
    note: str = "",
) -> Table:
    return Table(
        kind="table",
        name="table",
        facts=tuple(facts),
        title=title,
        note=note,
        columns=tuple(Column(label=label) for label in columns),
        rows=tuple(tuple(row) for row in rows),
    )


def a_chart(
    values: Sequence[float] = (10.9, 11.6),
    facts: Sequence[Fact] = FACTS,
    title: str = "Adults who smoke, 2023",
    note: str = "Havering and England",
    alt: str = "Bars. Havering 10.9%, England 11.6%.",
    svg: str = "",
    cut_off: Sequence[str] = (),
    derived: Sequence[str] = (),
    what: str = "bars",
) -> Figure:
    return Figure(
        kind="figure",
        name="chart",
        facts=tuple(facts),
        title=title,
        note=note,
        alt=alt,
        svg=svg,
        drawn=Drawn((Plotted(what, tuple(values)),), tuple(cut_off)),
        derived=tuple(derived),
    )


def say(fact: Fact, words: str = "") -> str:
    return fact_span(words or fact.display, fact.id)


def found_in(*artefacts: Artefact, place: str = "havering") -> list[str]:
    """Return what every check of what a notebook hands over finds, in one list."""
    chapters, params = [of_notebook(*artefacts)], few_params()
    return [
        *(fault for artefact in artefacts for fault in misstatements(artefact)),
        *check_place(chapters, params, place),
        *check_numbers(chapters, params),
        *check_directions(chapters, params),
        *check_drawings(chapters),
    ]
