"""Holds notebooks against the params before they run: what they ask for is there, and no outcome is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from boardpacks.chapter.needs import METHODS, SECTIONS
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.priority import Outcome
from boardpacks.params.system import SYSTEM
from boardpacks.plan.notebook_calls import Call, NotebookCalls, NotebookHeading, Quote, quoted, read_asked
from boardpacks.plan.out_of_place import out_of_place
from boardpacks.plan.plan import PackPlan
from boardpacks.plan.shown_outcomes import (
    OutOfStep,
    Shown,
    ShownParts,
    file_of,
    left_out,
    misplaced,
    plain_title,
)
from boardpacks.project.errors import near

KINDS: Mapping[str, Literal["figures", "gap", "indicator"]] = {
    "latest_table": "figures",
    "places_table": "figures",
    "places_chart": "figures",
    "gap": "gap",
    "show": "indicator",
    "control_chart": "indicator",
}
"""Methods that show an outcome or an indicator, and what they show of it."""
MOST_NAMED = 8
"""Names that are allowed and told of."""
OF_PRIORITIES = ("rug", "ranks_table", "multiples")


def check_notebooks(
    params: Params, plans: Sequence[PackPlan], *, most: int | None = OutOfStep.MOST_SHOWN
) -> None:
    """Check that the notebooks of packs ask for what the params have, and leave no outcome out.

    A notebook that asks in loops, or by names that are not written out, is held against the params by what it has
    shown, pack by pack.

    Parameters
    ----------
    params
        The system's params.
    plans
        The packs that are to be made.
    most
        How many faults the error names; None for all.

    Raises
    ------
    OutOfStep
        With one line for each fault.
    """
    runs = {run.chapter.id: run for plan in plans for run in plan.chapters}
    # the place is another one for every pack, and no name of anything else
    found = [
        (run.chapter, read_asked(run.notebook, {**run.parameters, "place": None})) for run in runs.values()
    ]
    of_system = {run.chapter.id for plan in plans for run in plan.chapters if run.place == SYSTEM}
    chosen = {name for plan in plans for name in plan.priorities}
    # what is left out is not known where a chapter's priority is misspelt, which loading the params refuses
    misspelt = any(chapter.priority not in (None, *params.priorities) for chapter in params.chapters)
    faults: list[str] = []
    for chapter, asked in found:
        faults += _unknown(asked, chapter, params)
        faults += out_of_place(asked, chapter, params, of_system=chapter.id in of_system)
        faults += _introduction(chapter, params)
        faults += misplaced(_told(asked, chapter), params)
        faults += _of_collaborative(asked, params)
        faults += [] if misspelt else _starting_figures(asked, chapter, params)
    for priority in params.priorities.values():
        if misspelt or any(plan.chosen for plan in plans):
            break  # whether another chapter shows an outcome is not known
        if chosen and priority.id not in chosen:
            continue
        on_it = [both for both in found if both[0].priority == priority.id]
        overview = [both for both in found if _is_overview(*both)]
        for group in (on_it, overview):
            if group and all(asked.is_whole for _, asked in group):
                faults += left_out([_told(asked, chapter) for chapter, asked in group], priority)
    if faults:
        raise OutOfStep(list(dict.fromkeys(faults)), most)


def unreported(params: Params) -> list[str]:
    """Return a line for each priority that no chapter reports on, where others have one; packs are silent on it."""
    on = {chapter.priority for chapter in params.chapters} - {None}
    return [
        f"params/chapters.yml: no chapter reports on the priority {priority.id!r} of {file_of(priority.id)} "
        f"({priority.name}): add one with priority: {priority.id}"
        for priority in params.priorities.values()
        if on and priority.id not in on
    ]


def _told(asked: NotebookCalls, chapter: ChapterSpec) -> ShownParts:
    parts: list[NotebookHeading | Shown] = []
    for part in asked.parts:
        if isinstance(part, Call):
            if part.method in KINDS and part.name and not part.collaborative:
                parts.append(Shown(part.cell, KINDS[part.method], part.name))
        elif not isinstance(part, Quote):
            parts.append(part)
    return ShownParts(asked.notebook, chapter.priority, tuple(parts))


def _asks(asked: NotebookCalls, *methods: str) -> list[Call]:
    return [part for part in asked.parts if isinstance(part, Call) and part.method in methods]


def _is_overview(chapter: ChapterSpec, asked: NotebookCalls) -> bool:
    """Whether a chapter sets the places side by side on whole priorities: then it has every one of them."""
    of_priorities = any(ask.name for ask in _asks(asked, *OF_PRIORITIES))
    return chapter.priority is None and chapter.scope == SYSTEM and of_priorities


def _unknown(asked: NotebookCalls, chapter: ChapterSpec, params: Params) -> Iterator[str]:
    """Yield what a notebook asks for by a name that the params do not have."""
    if asked.priority:
        yield from _no_such(asked.where, "priority", asked.priority, params.priorities)
    if asked.priority and chapter.priority and asked.priority != chapter.priority:
        yield (
            f"{asked.where}: opens the priority {asked.priority!r}, "
            f"but params/chapters.yml has it for {chapter.priority!r}"
        )
    for part in asked.parts:
        if isinstance(part, Quote):
            yield from _no_such(_at(asked, part), "indicator", part.indicator, params.indicators)
        elif isinstance(part, Call):
            yield from _unknown_name(asked, part, chapter, params)


def _introduction(chapter: ChapterSpec, params: Params) -> Iterator[str]:
    """Yield the indicators that the introduction of a chapter's priority quotes and the params do not have."""
    priority = params.priorities.get(chapter.priority or "")
    if priority is not None and priority.introduction is not None:
        where = f"{file_of(priority.id)}, introduction"
        for name in quoted(priority.introduction):
            yield from _no_such(where, "indicator", name, params.indicators)


def _unknown_name(asked: NotebookCalls, ask: Call, chapter: ChapterSpec, params: Params) -> Iterator[str]:
    if not ask.name or ask.if_there:
        return
    where = _asked_at(asked, ask, chapter)
    if ask.collaborative:
        own = params.collaboratives.get(ask.collaborative)
        if own is not None and ask.method in ("pathway", "priority"):
            parts = own.pathways if ask.method == "pathway" else own.priorities
            what = f"{ask.method} of the collaborative {own.id!r}"
            yield from _no_such(where, what, ask.name, [part.id for part in parts])
        return
    kind = SECTIONS.get(ask.method) or (METHODS[ask.method].names if ask.method in METHODS else "")
    if kind == "outcome":
        yield from _no_such_outcome(asked, ask, chapter, params)
    elif kind == "indicator":
        yield from _no_such(where, "indicator", ask.name, params.indicators)
    elif kind == "priority":
        yield from _no_such(where, "priority", ask.name, params.priorities)
    elif kind == "home":
        homes = [*params.priorities, *(one.id for one in params.chapters)]
        yield from _no_such(where, "priority or chapter", ask.name, homes)
    elif kind == "collaborative":
        yield from _no_such(where, "collaborative", ask.name, params.collaboratives)
    elif kind == "groups" and params.inequalities is not None:
        groups = [group.id for group in params.inequalities.groups]
        yield from _no_such(where, "pair of groups", ask.name, groups)


def _no_such_outcome(asked: NotebookCalls, ask: Call, chapter: ChapterSpec, params: Params) -> Iterator[str]:
    homes = {outcome.id: priority for priority in params.priorities.values() for outcome in priority.outcomes}
    home = homes.get(ask.name)
    if home is not None and chapter.priority in (None, home.id):
        outcome = next(one for one in home.outcomes if one.id == ask.name)
        if ask.method == "gap" and outcome.gap is None:
            yield f"{asked.where}, cell {ask.cell}: {file_of(home.id)} gives no gap for the outcome {ask.name!r}"
        return
    where = f"{asked.where}, cell {ask.cell}: asks for the outcome {ask.name!r}, which"
    if home is not None:
        yield f"{where} stands in {file_of(home.id)} and no longer in {file_of(chapter.priority or '')}"
        return
    known = [name for name, priority in homes.items() if chapter.priority in (None, priority.id)]
    file = file_of(chapter.priority) if chapter.priority else "no file of params/priorities"
    has = f"{file} does not have" if chapter.priority else f"{file} has"
    yield f"{where} {has}. {near(ask.name, known)}".rstrip(" .")


def _asked_at(asked: NotebookCalls, ask: Call, chapter: ChapterSpec) -> str:
    """Return where a name is written: in the params where they give it to the notebook, else in a cell."""
    if ask.parameter in chapter.parameters:
        return f"params/chapters.yml, chapter {chapter.id!r}, parameters: {ask.parameter}"
    return _at(asked, ask)


def _at(asked: NotebookCalls, part: Call | Quote) -> str:
    return f"{asked.where}, cell {part.cell}"


def _no_such(where: str, what: str, name: str, known: Iterable[str]) -> Iterator[str]:
    if name not in (names := list(known)):
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        allowed = f"{', '.join(names[:MOST_NAMED])}{more}" if names else "none: there are none"
        told = f"asks for the {what} {name!r}, which params/ do not have; allowed are {allowed}"
        yield f"{where}: {told}. {near(name, names)}".rstrip(" .")


def _of_collaborative(asked: NotebookCalls, params: Params) -> Iterator[str]:
    """Yield the priorities and pathways of a collaborative that its chapter leaves out or calls otherwise."""
    asks = [part for part in asked.parts if isinstance(part, Call) and part.collaborative]
    for name in dict.fromkeys(ask.collaborative for ask in asks):
        own = params.collaboratives.get(name)
        shown = {
            ask.name for ask in asks if ask.collaborative == name and ask.method in ("pathway", "priority")
        }
        if own is None or not shown or not asked.is_whole:
            continue
        by_pathways = {indicator for one in own.pathways for indicator in one.indicators}
        for method, part in [
            *(("pathway", one) for one in own.pathways),
            *(("priority", one) for one in own.priorities),
        ]:
            rest = [one for one in part.indicators if method == "pathway" or one not in by_pathways]
            if part.id not in shown and (part.gap or rest):
                what = f"the {method} {part.id!r} of params/collaboratives.yml ({part.title})"
                yield f'{asked.where}: no cell shows {what}: add .{method}("{part.id}")'
        yield from _collaborative_headings(asked, {one.id: one for one in own.pathways if not one.gap})


def _collaborative_headings(asked: NotebookCalls, named: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield the headings of pathways that are not their titles; where there is a gap, its words say the title."""
    heading = None
    for part in asked.parts:
        if isinstance(part, Call):
            outcome = named.get(part.name) if part.method == "pathway" else None
            if outcome and heading and plain_title(heading.text) != plain_title(outcome.title):
                yield (
                    f"{asked.where}, cell {heading.cell}: the heading is {heading.text!r}, but "
                    f"params/collaboratives.yml calls the pathway {outcome.id!r} {outcome.title!r}"
                )
        elif not isinstance(part, Quote):
            heading = part


def _starting_figures(asked: NotebookCalls, chapter: ChapterSpec, params: Params) -> Iterator[str]:
    """Yield the homes of the strategy's figures whose chapter does not ask for them."""
    if params.baselines is None or not asked.is_whole:
        return
    shown = {ask.name for ask in _asks(asked, "started_from")}
    overview = _is_overview(chapter, asked)
    # of several chapters on a priority, the first tells where it started from
    is_first = chapter == next((one for one in params.chapters if one.priority == chapter.priority), chapter)
    for figure in params.baselines.figures:
        home = figure.priority if overview or (is_first and figure.priority == chapter.priority) else None
        home = figure.chapter if figure.chapter == chapter.id else home
        if home is not None and home not in shown:
            what = f"the figure {figure.id!r} of params/baselines.yml"
            yield f'{asked.where}: no cell shows {what}: add chapter.started_from("{home}")'
