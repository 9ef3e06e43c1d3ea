"""Makes packs, from notebooks to the library: the whole way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.execute.chapter_limits import NO_OTHER_LIMITS, ChapterLimits
from boardpacks.execute.cluster.address import Cluster
from boardpacks.execute.cluster.hire import hire
from boardpacks.execute.leftovers import clear_leftovers
from boardpacks.execute.workers import Hire, build_packs
from boardpacks.packs.changes.earlier_packs import find_earlier
from boardpacks.packs.check.check_artefacts import check_artefacts
from boardpacks.packs.check.notices import notices
from boardpacks.packs.compose.fill_sheet import sheet_texts
from boardpacks.packs.compose_pack import compose_pack
from boardpacks.packs.files.formats import FORMATS, USUAL_FORMATS
from boardpacks.packs.files.pack_record import root_of
from boardpacks.packs.library.write_library import write_libraries
from boardpacks.packs.lint.check_prose import check_prose
from boardpacks.packs.make_documents import make_documents
from boardpacks.packs.papers.make_meeting_packs import make_meeting_packs
from boardpacks.packs.publish.commit import read_commit
from boardpacks.packs.publish.portal_limits import warn_of_limits
from boardpacks.packs.publish.publish_pack import publish_pack, repair_published
from boardpacks.packs.publish.stale_packs import read_pack_states
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.packs.read.read_chapters import read_chapters
from boardpacks.packs.render import engine as find_engine
from boardpacks.packs.render import spare_engine
from boardpacks.params.calendars import PARTS
from boardpacks.params.models import Params
from boardpacks.plan.events import ChapterKept, OnEvent, PackKept, PackResult
from boardpacks.plan.plan import PackPlan
from boardpacks.plan.stale_chapters import ChapterStates, read_chapter_states
from boardpacks.project.folder import Project
from boardpacks.project.folder_lock import hold_folder
from boardpacks.project.write_errors import explained

MOST_NAMED = 4
"""How many packs the owner of a lock names."""


def make_packs(  # noqa: PLR0913 - everything a build can be asked for, by name
    project: Project,
    params: Params,
    plans: Sequence[PackPlan],
    *,
    formats: Collection[str] = USUAL_FORMATS,
    engine: str = "auto",
    workers: int | Cluster | None = None,
    limits: ChapterLimits = NO_OTHER_LIMITS,
    out: Path | None = None,
    shelf: Path | None = None,
    found: ChapterStates | None = None,
    on_event: OnEvent,
) -> tuple[PackResult, ...]:
    """Make and publish the packs of every plan, and write the library page; do only what has to be done.

    Parameters
    ----------
    plans
        From :func:`boardpacks.plan.plan.plan_packs`, which has checked every notebook's parameters.
    formats
        Any of ``"pdf"``, ``"html"`` and ``"large-print"``; a board's calendar may ask for large print besides.
    engine
        ``"auto"``, ``"quarto"`` or ``"bundled"``. What follows a final edition is made with the engine of that.
    workers
        How many things are done at once, by default the number of usable processors; or a cluster that
        chapters are executed on. Packs are rendered here.
    limits
        What a chapter may take.
    out
        Folder of the published packs; by default the project's.
    shelf
        Folder of the packs that are published already, where these are made aside first; by default the same.
    found
        What is known of the chapters; by default it is found out.
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
    chapters = found or read_chapter_states(project, params)
    packs = read_pack_states(
        project,
        params,
        snapshot=chapters.contents.sha256,
        engine=engine,
        formats=[name for name in FORMATS if name in formats],
        published=out or project.published,
        shelf=shelf,
        force=chapters.force,
    )
    asked = find_engine(engine)
    workshop = Workshop(project, params, chapters, packs, asked, spare_engine(engine, asked), on_event)
    return make_in(workshop, plans, workers, limits)


def make_in(
    opened: Workshop, plans: Sequence[PackPlan], workers: int | Cluster | None, limits: ChapterLimits
) -> tuple[PackResult, ...]:
    """Make the packs that are not up to date, then the merged ones and the library: the recipe of a build."""
    with _held(opened, plans) as workshop:
        _clear(workshop)
        finished = [plan for plan in plans if workshop.packs.is_finished(plan)]
        there = _bring([plan for plan in plans if plan not in finished], workshop)
        results = _keep(plans, finished, there, workshop)
        to_make = [plan for plan in plans if plan.folder not in results]
        try:
            made = build_packs(
                to_make,
                partial(_finish_and_note, workshop=_at_commit(workshop, to_make)),
                there=there,
                executed=workshop.chapters.done,
                workers=_team(workers, to_make, workshop),
                limits=limits,
                on_event=workshop.on_event,
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
    chapters = read_chapters(plan.chapters)
    check_artefacts(chapters, plan, workshop.params, workshop.chapters.contents)
    check_prose(chapters, workshop.params, plan.place, sheet_texts(plan))
    earlier = find_earlier(workshop.shelf_of(plan), plan)
    composed = compose_pack(
        plan,
        workshop.params,
        chapters,
        workshop.project.reports,
        plan.folder / "source",
        workshop.packs.snapshot,
        earlier,
    )
    finished, notice = make_documents(plan, chapters, composed, earlier, workshop)
    workshop.check_locks()
    folder = publish_pack(finished, workshop.packs.published)
    return PackResult(plan, folder, (), finished.pages, notice=notice)


def _finish_and_note(plan: PackPlan, workshop: Workshop) -> PackResult:
    """Finish a pack, and keep a receipt of what it was made from when that began."""
    made_from = workshop.packs.inputs(plan)
    result = finish_pack(plan, workshop)
    workshop.packs.done(result, made_from)
    return result


@contextmanager
def _held(workshop: Workshop, plans: Sequence[PackPlan]) -> Iterator[Workshop]:
    """Hold the folders that a build writes to, so that two builds at once do no damage."""
    project, published, names = workshop.project, workshop.packs.published, _in_words(plans)
    work_way_out = "build in a copy of the project (--out alone would share the work folder)"
    with (
        hold_folder(project.work, names, way_out=work_way_out, tell=workshop.say) as work,
        hold_folder(published, names, way_out="use --out DIR", tell=workshop.say) as out,
        explained(published),
    ):
        yield replace(workshop, locks=(work, out))


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
        repair_published(root_of(workshop.packs.published, part))


def _bring(plans: Sequence[PackPlan], workshop: Workshop) -> set[Path]:
    """Bring the results of chapters from where they are already, and return those that are there."""
    there = set()
    for plan in plans:
        for run in plan.chapters:
            if origin := workshop.chapters.fetch(run):
                there.add(run.out)
                workshop.on_event(ChapterKept(plan, run, origin))
    workshop.say(*(workshop.chapters.cache.faults if workshop.chapters.cache else ()))
    return there


def _keep(
    plans: Sequence[PackPlan], finished: Collection[PackPlan], there: Collection[Path], workshop: Workshop
) -> dict[Path, PackResult]:
    """Return the packs that are up to date, by their work folder."""
    packs = workshop.packs
    kept = {
        plan.folder: packs.result(plan)
        for plan in plans
        if plan in finished or (all(run.out in there for run in plan.chapters) and not packs.reasons(plan))
    }
    for result in kept.values():
        workshop.on_event(PackKept(result))
    return kept


def _team(workers: int | Cluster | None, plans: Sequence[PackPlan], workshop: Workshop) -> int | Hire | None:
    if not isinstance(workers, Cluster):
        return workers
    packages = workshop.chapters.packages(run for plan in plans for run in plan.chapters)
    return hire(workers, workshop.project, workshop.params.system.snapshot, packages)


def _write_library(workshop: Workshop) -> None:
    published, project = workshop.packs.published, workshop.project
    are_previews = published == project.preview
    write_libraries(published, workshop.params.system, project.fonts, are_previews=are_previews)
    workshop.packs.library_done()
