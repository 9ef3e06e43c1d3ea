"""Finds what a notebook asks a chapter for that this chapter cannot have: a place's in one of the whole system."""

from __future__ import annotations

from collections.abc import Iterator

from boardpacks.chapter.needs import METHODS, SECTIONS, Needs
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.plan.notebook_calls import Call, NotebookCalls
from boardpacks.project.errors import near


def out_of_place(
    asked: NotebookCalls, chapter: ChapterSpec, params: Params, *, of_system: bool
) -> Iterator[str]:
    """Yield a line for each thing that a chapter cannot have.

    What stands below an ``if`` or in a loop may never be asked for, and is left to the build.

    Parameters
    ----------
    asked
        What the chapter's notebook asks for.
    of_system
        Whether the chapter is made for the whole system, perhaps beside places.
    """
    for ask in asked.parts:
        if not isinstance(ask, Call) or ask.collaborative or ask.method in SECTIONS:
            continue
        where = f"{asked.where}, cell {ask.cell}: asks for chapter.{ask.method.rstrip('.')}"
        own = METHODS.get(ask.method.rstrip("."))
        if own is None:
            names = list(METHODS)
            yield f"{where}, which a chapter does not have. {near(ask.method, names)}".rstrip(" .")
        elif ask.is_sure:
            yield from _without(ask, own, chapter, where, of_system=of_system)
            yield from _of_other_areas(ask, params, where)


def _without(ask: Call, own: Needs, chapter: ChapterSpec, where: str, *, of_system: bool) -> Iterator[str]:
    entry = f"params/chapters.yml has {chapter.id!r}"
    if of_system and (own.of_place or ask.method == "place."):
        yield (
            f"{where}, which only a chapter of a place has, but {entry} with scope: {chapter.scope}: give it "
            'scope: place, or ask below "if chapter.place:"'
        )
    names_none = own.of_priority and not ask.given
    if chapter.priority is None and (names_none or ask.method == "priority."):
        instead = ", or name one" if own.names else ""
        yield f"{where}, which needs a priority, but {entry} without one: add priority:{instead}"


def _of_other_areas(ask: Call, params: Params, where: str) -> Iterator[str]:
    """Yield the control charts of indicators that have none: they are for monthly figures of trusts."""
    for file, name in _charted(ask, params):
        indicator = params.indicators.get(name)
        if indicator is not None and (indicator.areas != "trusts" or indicator.frequency != "monthly"):
            found = f"{name!r}{file}, which has {indicator.frequency} figures of {indicator.areas}"
            yield f"{where}, whose control charts show {found}; allowed are monthly figures of trusts"


def _charted(ask: Call, params: Params) -> list[tuple[str, str]]:
    """Return the indicators that a call shows control charts of, and the file that names them, as it is said."""
    if ask.method == "trust_charts":
        return [(" of params/system.yml", name) for name in params.system.trust_charts]
    if ask.method == "collaborative":
        own = params.collaboratives.get(ask.name or next(iter(params.collaboratives), ""))
        parts = (*own.pathways, *own.priorities) if own else ()
        return [(" of params/collaboratives.yml", name) for part in parts for name in part.indicators]
    return [("", ask.name)] if ask.method == "control_chart" else []
