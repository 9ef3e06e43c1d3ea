"""The figures that a strategy started from, in words and as facts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from boardpacks.chapter.hand_over import show_statement
from boardpacks.chapter.make_facts import fact_id
from boardpacks.data.observations import STATED
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import digits, period
from boardpacks.params.models import Params
from boardpacks.params.strategy import Baseline, StatedComparator, StrategyDocument
from boardpacks.params.system import Place

WHOLE_SYSTEM = "SYSTEM"
"""Area of a fact that is about the system as a whole, where an area's code would stand."""


def figures_of(
    params: Params, place: Place | None, home: Literal["outcome", "priority", "chapter"], name: str
) -> tuple[Baseline, ...]:
    """Return the figures that belong to an outcome, a priority or a chapter and concern a place.

    Parameters
    ----------
    params
        The system's params.
    home, name
        What they belong to, and its id; a chapter's is that of chapters.yml.
    place
        The place that the chapter is for, or None for the system, which every figure concerns.
    """
    if params.baselines is None:
        return ()
    elsewhere = {borough.code for borough in params.boroughs()}
    if place is not None:
        elsewhere -= {borough.code for borough in place.boroughs}
    return tuple(
        figure
        for figure in params.baselines.figures
        if getattr(figure, home) == name and (place is None or figure.area not in elsewhere)
    )


def show_started_from(name: str, figures: Sequence[Baseline], params: Params, pack: str) -> None:
    """Hand over the figures that the strategy started from, if there are any.

    Parameters
    ----------
    name
        Name of the statement, unique in the notebook.
    figures
        The figures, in the order in which they are said.
    params
        The system's params.
    pack
        Id of the place, or of the system, under which the facts go.
    """
    if figures:
        facts = [fact for figure in figures for fact in stated_facts(figure, params, pack)]
        show_statement(name, started_from(figures, params, pack), facts=facts)


def started_from(figures: Sequence[Baseline], params: Params, pack: str) -> str:
    """Return the figures in Markdown: one in a sentence, several in a list.

    Parameters
    ----------
    figures
        The figures.
    params
        The system's params.
    pack
        Id of the place, or of the system, under which the facts go.
    """
    periods = {stated_period(figure, params) for figure in figures}
    of_all = all(figure.area is None for figure in figures)
    where = [f"for all of {params.system.short_name}"] if of_all else []
    if len(figures) == 1:
        (figure,) = figures
        beside = [*where, *map(period, periods), *filter(None, [figure.source])]
        return f"**The strategy started from:** {_said(figure, beside, params, pack)}."
    head = ["**The strategy started from** these figures", *where]
    if len(periods) == 1:
        head += ["in", *map(period, periods)]
        periods = set()
    sources = {figure.source for figure in figures}
    source = sources.pop() if len(sources) == 1 else None
    head += [f"({source})"] if source else []
    lines = [
        "- "
        + _said(
            figure,
            [
                *([f"for all of {params.system.short_name}"] if figure.area is None and not of_all else []),
                *([period(stated_period(figure, params))] if periods else []),
                *([figure.source] if figure.source and not source else []),
            ],
            params,
            pack,
        )
        for figure in figures
    ]
    return "\n".join([f"{' '.join(head)}:", "", *lines])


def stated_facts(figure: Baseline, params: Params, pack: str) -> list[Fact]:
    """Return the facts that a figure is: its value, and its comparator's where it has one."""
    areas = {area.code: area.name for area in (*params.boroughs(), *params.system.comparators)}
    own = figure.area or WHOLE_SYSTEM
    name = areas.get(own, params.system.short_name)
    facts = [_fact(figure, params, pack, (own, name), figure.value, stated(figure))]
    other = figure.comparator
    if other is not None:
        area = _code(figure, params, other), other.name
        facts.append(_fact(figure, params, pack, area, other.value, stated(figure, other)))
    return facts


def stated_span(figure: Baseline, params: Params, pack: str, other: StatedComparator | None = None) -> str:
    """Return a figure, or the one stated beside it, in the strategy's words and tied to its fact."""
    return fact_span(stated(figure, other), _id(figure, params, pack, _code(figure, params, other)))


def stated(figure: Baseline, other: StatedComparator | None = None) -> str:
    """Return a figure, or the one stated beside it, in the strategy's words, else as a number."""
    told = other or figure
    if told.printed is not None:
        return told.printed
    shown = digits(float(told.value), figure.decimals)
    if figure.unit == "%":
        return f"{shown}%"
    return f"£{shown}" if figure.unit == "£" else shown


def stated_period(figure: Baseline, params: Params) -> str:
    """Return the period of a figure: its own, or that of the document."""
    return figure.period or _document(params).period


def _said(figure: Baseline, beside: Sequence[str], params: Params, pack: str) -> str:
    other = figure.comparator
    told = [f"{other.name}: {stated_span(figure, params, pack, other)}"] if other else []
    told += beside
    return f"{figure.what}: **{stated_span(figure, params, pack)}**" + (
        f" ({'; '.join(told)})" if told else ""
    )


def _code(figure: Baseline, params: Params, other: StatedComparator | None) -> str:
    """Return the area of a figure, or of the one stated beside it; its name where no area of the params has it."""
    if other is None:
        return figure.area or WHOLE_SYSTEM
    codes = {area.name: area.code for area in (*params.boroughs(), *params.system.comparators)}
    return codes.get(other.name, other.name)


def _id(figure: Baseline, params: Params, pack: str, code: str) -> str:
    return fact_id(pack, "baseline", figure.id, code, "Persons", stated_period(figure, params))


def _fact(
    figure: Baseline, params: Params, pack: str, area: tuple[str, str], value: float, display: str
) -> Fact:
    document, when = _document(params), stated_period(figure, params)
    code, name = area
    stated_as = f"{figure.model_dump_json()} {document.model_dump_json()}"
    return Fact(
        id=_id(figure, params, pack, code),
        indicator=f"baseline-{figure.id}",
        indicator_name=figure.what,
        area=code,
        area_name=name,
        sex="Persons",
        period=when,
        value=float(value),
        lower=None,
        upper=None,
        unit=figure.unit,
        display=display,
        source=figure.source or document.name,
        publisher=document.publisher,
        licence=document.licence,
        series=hashlib.sha256(stated_as.encode()).hexdigest()[:16],
        method=STATED,
    )


def _document(params: Params) -> StrategyDocument:
    assert params.baselines is not None
    return params.baselines.document
