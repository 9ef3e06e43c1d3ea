"""Makes packs, from notebooks to the library: the whole way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.execute.cluster.hire import hire
from boardpacks.execute.leftovers import clear_leftovers
from boardpacks.execute.workers import Hire, build_packs
from boardpacks.packs.changes.earlier_packs import find_earlier
from boardpacks.packs.check.check_artefacts import check_artefacts
from boardpacks.packs.check.notices import notices
from boardpacks.packs.compose_pack import compose_pack
from boardpacks.packs.library.write_library import write_libraries
from boardpacks.packs.lint.check_prose import check_prose
from boardpacks.packs.make_documents import make_documents
from boardpacks.packs.make_edition import edition_file
from boardpacks.packs.papers.make_meeting_packs import make_meeting_packs
from boardpacks.packs.publish.build_states import BuildStates
from boardpacks.packs.publish.commit import read_commit
from boardpacks.packs.publish.portal_limits import warn_of_limits
from boardpacks.packs.publish.publish_pack import publish_pack, repair_published
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_chapters import read_chapters
from boardpacks.packs.render import engine as find_engine
from boardpacks.packs.render import spare_engine
from boardpacks.params.agenda import PARTS
from boardpacks.plan.bring_chapters import bring_chapters
from boardpacks.plan.events import OnEvent, PackKept, PackResult
from boardpacks.plan.plan import PackPlan, root_of
from boardpacks.project.folder_lock import hold_folder
from boardpacks.project.write_errors import explained

MOST_NAMED = 4
"""How many packs the owner of a lock names."""


def make_packs(plans: Sequence[PackPlan], states: BuildStates, on_event: OnEvent) -> tuple[PackResult, ...]:
    """Make the packs that are not up to date, then the merged ones and the library: the recipe of a build.

    Parameters
    ----------
    plans
        From :func:`boardpacks.plan.plan.plan_packs`, which has checked every notebook's parameters.
    states
        What is asked for, and what is up to date.
    on_event
        Told of every step, in the calling thread.

    Returns
    -------
    tuple of PackResult
        One for each plan, then one for each merged meeting pack. A pack that failed leaves its earlier edition in
        place and stops no other.

    Raises
    ------
    BoardpacksError
        When the engine or the cluster is not to be had, another build is at work in the same folders, or the
        disk fails.
    """
    with _open(states, plans, on_event) as workshop:
        _clear(workshop)
        finished = [plan for plan in plans if workshop.packs.look(plan).is_finished]
        unfinished = [plan for plan in plans if plan not in finished]
        there = bring_chapters(unfinished, workshop.chapters, on_event)
        results = _keep(plans, finished, there, workshop)
        to_make = [plan for plan in plans if plan.folder not in results]
        try:
            made = build_packs(
                to_make,
                partial(_finish_and_note, workshop=_at_commit(workshop, to_make)),
                there=there,
                executed=workshop.chapters.done,
                workers=_team(to_make, workshop),
                limits=workshop.order.limits,
                on_event=on_event,
            )
            meetings = make_meeting_packs(plans, made, workshop)
        finally:
            _write_library(workshop)
    results |= {result.plan.folder: result for result in made}
    workshop.say(*(result.notice for result in made if result.notice), *notices(plans))
    workshop.say(*warn_of_limits((*results.values(), *meetings)))
    return (*(results[plan.folder] for plan in plans), *meetings)


def finish_pack(plan: PackPlan, workshop: Workshop) -> PackResult:
    """Make and publish one pack whose chapters have been executed: the recipe of a pack.

    Raises
    ------
    BoardpacksError
        When a record, the source or a document is not as it should be, or prose contradicts the figures.
        Nothing is published then.
    """
    contents = workshop.chapters.contents
    pack = PackContent(
        plan, workshop.params, read_chapters(plan.chapters), workshop.packs.snapshot, contents.waivers
    )
    check_artefacts(pack, contents)
    check_prose(pack)
    earlier = find_earlier(workshop.shelf_of(plan), plan)
    reports = workshop.project.reports
    edition = edition_file(pack, reports, workshop.order.editions)
    composed = compose_pack(pack, reports, plan.folder / "source", earlier, edition=edition)
    finished, notice = make_documents(pack, composed, earlier, workshop)
    workshop.check_locks()
    folder = publish_pack(finished, workshop.order.published)
    return PackResult(plan, folder, (), finished.pages, notice=notice)


def _finish_and_note(plan: PackPlan, workshop: Workshop) -> PackResult:
    """Finish a pack, and keep a receipt of what it was made from when that began."""
    state = workshop.packs.look(plan)
    made_from = state.inputs()
    result = finish_pack(plan, workshop)
    state.done(made_from, result.pages)
    return result


@contextmanager
def _open(states: BuildStates, plans: Sequence[PackPlan], on_event: OnEvent) -> Iterator[Workshop]:
    """Hold the folders that a build writes to, so that two builds at once do no damage."""
    engine = find_engine(states.order.engine)
    spare = spare_engine(states.order.engine, engine)
    workshop = Workshop(states.order, states.chapters, states.packs, engine, spare, on_event)
    work, published, names = states.project.work, states.order.published, _in_words(plans)
    work_way_out = "build in a copy of the project (--out alone would share the work folder)"
    with (
        hold_folder(work, names, way_out=work_way_out, tell=workshop.say) as held_work,
        hold_folder(published, names, way_out="use --out DIR", tell=workshop.say) as held_out,
        explained(published),
    ):
        yield replace(workshop, locks=(held_work, held_out))


def _at_commit(workshop: Workshop, to_make: Sequence[PackPlan]) -> Workshop:
    """Note the commit that the project stands at, where there is a pack to say so."""
    if not to_make:
        return workshop
    return replace(workshop, commit=read_commit(workshop.project, workshop.params.system.snapshot))


def _in_words(plans: Sequence[PackPlan]) -> str:
    names = [plan.place_name for plan in plans]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _clear(workshop: Workshop) -> None:
    """Have fonts ready, and put right what killed builds left behind."""
    ensure_fonts(workshop.project.fonts)
    clear_leftovers(workshop.project.work, workshop.project.fonts)
    for part in PARTS:
        repair_published(root_of(workshop.order.published, part))


def _keep(
    plans: Sequence[PackPlan], finished: Collection[PackPlan], there: Collection[Path], workshop: Workshop
) -> dict[Path, PackResult]:
    """Return the packs that are up to date, by their work folder."""
    kept = {
        plan.folder: state.result()
        for plan in plans
        for state in [workshop.packs.look(plan)]
        if plan in finished or (all(run.out in there for run in plan.chapters) and not state.reason)
    }
    for result in kept.values():
        workshop.on_event(PackKept(result))
    return kept


def _team(plans: Sequence[PackPlan], workshop: Workshop) -> int | Hire | None:
    workers = workshop.order.workers
    if workers is None or isinstance(workers, int):
        return workers
    packages = workshop.chapters.packages(run for plan in plans for run in plan.chapters)
    return hire(workers, workshop.project, workshop.params.system.snapshot, packages)


def _write_library(workshop: Workshop) -> None:
    published, project = workshop.order.published, workshop.project
    are_previews = published == project.preview
    write_libraries(published, workshop.params.system, project.fonts, are_previews=are_previews)
    workshop.packs.library_done()
