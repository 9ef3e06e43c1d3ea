"""Makes packs, from notebooks to the library: the whole way."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.execute.chapter_limits import NO_OTHER_LIMITS, ChapterLimits
from boardpacks.execute.cluster.address import Cluster
from boardpacks.execute.cluster.hire import hire
from boardpacks.execute.leftovers import clear_leftovers
from boardpacks.execute.workers import Hire, build_packs
from boardpacks.packs.changes.addendum import compose_addendum
from boardpacks.packs.changes.earlier_packs import find_earlier
from boardpacks.packs.check.check_artefacts import check_artefacts
from boardpacks.packs.check.check_confidential import document_text, find_leaks, find_secrets
from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_attachments, check_pdf
from boardpacks.packs.check.notices import notices
from boardpacks.packs.compose.attachments import WORKBOOK, Attachment
from boardpacks.packs.compose.data_file import data_file
from boardpacks.packs.compose.fill_sheet import sheet_texts
from boardpacks.packs.compose_pack import compose_pack
from boardpacks.packs.files.changes_file import ChangesFile
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.files.formats import FORMATS, USUAL_FORMATS, formats_of
from boardpacks.packs.files.pack_manifest import Commit
from boardpacks.packs.files.pack_record import FileKind, SnapshotRecord, root_of
from boardpacks.packs.library.working_papers import working_papers
from boardpacks.packs.library.write_library import write_libraries
from boardpacks.packs.lint.check_prose import check_prose
from boardpacks.packs.papers.make_meeting_packs import make_meeting_packs
from boardpacks.packs.publish.commit import read_commit
from boardpacks.packs.publish.portal_limits import warn_of_limits
from boardpacks.packs.publish.provenance import Origin, describe_pack
from boardpacks.packs.publish.publish_pack import FinishedPack, publish_pack, repair_published
from boardpacks.packs.publish.stale_packs import PackStates, read_pack_states
from boardpacks.packs.read.read_chapters import read_chapters
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.packs.render import Engine, spare_engine
from boardpacks.packs.render import engine as find_engine
from boardpacks.packs.render.documents import PDFS
from boardpacks.packs.render.press import press_for
from boardpacks.packs.workbook.write_ods import write_ods
from boardpacks.params.calendars import PARTS
from boardpacks.params.models import Params
from boardpacks.plan.events import ChapterKept, Noticed, OnEvent, PackKept, PackResult
from boardpacks.plan.plan import PackPlan
from boardpacks.plan.stale_chapters import ChapterStates, read_chapter_states
from boardpacks.project.folder import Project
from boardpacks.project.folder_lock import FolderLock, hold_folder
from boardpacks.project.write_errors import explained

MOST_NAMED = 4
"""How many packs the owner of a lock names."""


@dataclass(frozen=True)
class Workshop:
    """What finishing a pack needs beside its plan; ``snapshot`` is what every pack states of its figures.

    ``spare`` is the engine that makes a pack when ``engine`` fails, if there is one.
    """

    project: Project
    params: Params
    engine: Engine
    formats: tuple[str, ...]
    published: Path
    shelf: Path
    snapshot: SnapshotRecord
    locks: tuple[FolderLock, ...] = ()
    spare: Engine | None = None

    def check_locks(self) -> None:
        """Stop when another build has taken over the folders."""
        for lock in self.locks:
            lock.check()


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
    published = out or project.published
    found = found or read_chapter_states(project, params)
    snapshot = SnapshotRecord(name=params.system.snapshot, sha256=found.contents.sha256)
    chosen = tuple(name for name in FORMATS if name in formats)
    renderer = find_engine(engine)
    pack_states = read_pack_states(
        project,
        params,
        snapshot=found.contents.sha256,
        engine=engine,
        formats=chosen,
        published=published,
        shelf=shelf,
        force=found.force,
    )
    with _hold(project, published, plans, on_event) as locks, explained(published):
        workshop = Workshop(
            project,
            params,
            renderer,
            chosen,
            published,
            shelf or published,
            snapshot,
            locks,
            spare_engine(engine, renderer),
        )
        ensure_fonts(project.fonts)
        clear_leftovers(project.work, project.fonts)
        for part in PARTS:
            repair_published(root_of(published, part))
        finished = [plan for plan in plans if pack_states.is_finished(plan)]
        there = _bring([plan for plan in plans if plan not in finished], found, on_event)
        results = {
            plan.folder: pack_states.result(plan)
            for plan in plans
            if plan in finished or _is_done(plan, there, pack_states)
        }
        for result in results.values():
            on_event(PackKept(result))

        to_make = [plan for plan in plans if plan.folder not in results]
        commit = read_commit(project, params.system.snapshot) if to_make else Commit()
        origin = Origin(commit, found, pack_states)

        def finish(plan: PackPlan) -> PackResult:
            inputs = pack_states.inputs(plan)
            result = finish_pack(plan, workshop, origin)
            pack_states.done(result, inputs)
            return result

        team: int | Hire | None
        if isinstance(workers, Cluster):
            packages = found.packages(run for plan in to_make for run in plan.chapters)
            team = hire(workers, project, params.system.snapshot, packages)
        else:
            team = workers
        try:
            made = build_packs(
                to_make,
                finish,
                there=there,
                executed=found.done,
                workers=team,
                limits=limits,
                on_event=on_event,
            )
            failed = [result.plan for result in made if result.failures]
            meetings = make_meeting_packs(
                project,
                params,
                plans if "pdf" in chosen else (),
                failed,
                pack_states,
                on_event=on_event,
                check_locks=workshop.check_locks,
            )
        finally:
            write_libraries(
                published, params.system, project.fonts, are_previews=published == project.preview
            )
            pack_states.library_done()
    results |= {result.plan.folder: result for result in made}
    fallen_back = [result.notice for result in made if result.notice]
    for words in (*fallen_back, *notices(plans), *warn_of_limits((*results.values(), *meetings))):
        on_event(Noticed(words))
    return (*(results[plan.folder] for plan in plans), *meetings)


@contextmanager
def _hold(
    project: Project, published: Path, plans: Sequence[PackPlan], on_event: OnEvent
) -> Iterator[tuple[FolderLock, ...]]:
    """Hold the folders that a build writes to, so that two builds at once do no damage."""

    def tell(words: str) -> None:
        on_event(Noticed(words))

    work_way_out = "build in a copy of the project (--out alone would share the work folder)"
    with (
        hold_folder(project.work, _in_words(plans), way_out=work_way_out, tell=tell) as work,
        hold_folder(published, _in_words(plans), way_out="use --out DIR", tell=tell) as out,
    ):
        yield work, out


def _in_words(plans: Sequence[PackPlan]) -> str:
    names = [plan.place_name for plan in plans]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _bring(plans: Sequence[PackPlan], found: ChapterStates, on_event: OnEvent) -> set[Path]:
    """Bring the results of chapters from where they are already, and return those that are there."""
    there = set()
    for plan in plans:
        for run in plan.chapters:
            if origin := found.fetch(run):
                there.add(run.out)
                on_event(ChapterKept(plan, run, origin))
    for fault in found.cache.faults if found.cache else ():
        on_event(Noticed(fault))
    return there


def _is_done(plan: PackPlan, there: Collection[Path], pack_states: PackStates) -> bool:
    return all(run.out in there for run in plan.chapters) and not pack_states.reasons(plan)


def finish_pack(plan: PackPlan, workshop: Workshop, origin: Origin) -> PackResult:
    """Compose, render, check and publish one pack whose chapters have been executed.

    Raises
    ------
    BoardpacksError
        When a record, the source or the rendered pack is not as it should be, or prose contradicts the figures.
        Nothing is published then.
    """
    params = workshop.params
    press = press_for(plan, workshop.engine, workshop.spare)
    chapters = read_chapters(plan.chapters)
    check_artefacts(chapters, plan, params, origin.found.contents)
    check_prose(chapters, params, plan.place, sheet_texts(plan))
    earlier = find_earlier(root_of(workshop.shelf, plan.part), plan)
    composed = compose_pack(
        plan, params, chapters, workshop.project.reports, plan.folder / "source", workshop.snapshot, earlier
    )
    formats = formats_of(plan, workshop.formats, workshop.shelf)

    def documents(engine: Engine) -> Mapping[str, Path]:
        out = plan.folder / "rendered"
        shutil.rmtree(out, ignore_errors=True)
        rendered = engine.render(composed.folder, out, formats, plan.meeting.date)
        check_rendered(rendered, composed.attachments)
        return rendered

    with ThreadPoolExecutor(1, thread_name_prefix="workbook") as pool:  # rendering waits for other programs
        ods = pool.submit(write_ods, composed.workbook)
        made = press.make(plan.name, documents)
    rendered = made.product
    check_parts(plan, workshop, chapters, rendered)
    finished = FinishedPack(
        plan=plan,
        title=composed.title,
        priorities=tuple(params.priorities[priority].name for priority in plan.priorities),
        snapshot=workshop.snapshot
        if composed.facts.facts
        else workshop.snapshot.model_copy(update={"sha256": None}),
        engine=made.engine.name,
        pages=_pages(rendered["pdf"]) if "pdf" in rendered else None,
        rendered=rendered,
        data=data_file(chapters, workshop.snapshot),
        facts=composed.facts.as_bytes(),
        manifest=describe_pack(
            plan,
            origin,
            chapters=chapters,
            source=composed.folder,
            engine=made.engine.name,
            formats=formats,
            fonts=workshop.project.fonts,
        ).with_editions(composed.front_sheet, earlier.named),
        extra={
            "xlsx": {"_data.xlsx": composed.attached(WORKBOOK)},
            "ods": {"_data.ods": ods.result()},
            **_about_changes(plan, workshop, made.engine, composed.changes),
            "working-paper": working_papers(plan, params, chapters, workshop.project.root),
        },
    )
    workshop.check_locks()
    folder = publish_pack(finished, workshop.published)
    return PackResult(plan, folder, (), finished.pages, notice=made.notice)


def _about_changes(
    plan: PackPlan, workshop: Workshop, engine: Engine, changes: ChangesFile | None
) -> dict[FileKind, dict[str, bytes]]:
    """Return the file of changes where there is an earlier pack, and the addendum of an edition that corrects.

    Raises
    ------
    CheckFailed
        When the addendum is not as it should be.
    """
    if changes is None:
        return {}
    made: dict[FileKind, dict[str, bytes]] = {"changes": {"_changes.json": changes.as_bytes()}}
    if changes.corrected and "pdf" in workshop.formats:
        source = compose_addendum(
            plan, workshop.params, changes.corrected, workshop.project.reports, plan.folder / "addendum"
        )
        out = plan.folder / "addendum-rendered"
        shutil.rmtree(out, ignore_errors=True)
        addendum = engine.render(source, out, ("pdf",), plan.meeting.date)["pdf"]
        if findings := check_pdf(addendum):
            raise CheckFailed([f"addendum: {finding}" for finding in findings])
        made["addendum"] = {"_addendum.pdf": addendum.read_bytes()}
    return made


def check_rendered(rendered: Mapping[str, Path], attachments: Sequence[Attachment]) -> None:
    """Raise CheckFailed with everything that the checks find wrong with a pack's documents.

    Parameters
    ----------
    rendered
        The document of each format.
    attachments
        The files that the PDF has to carry.
    """
    findings: list[str] = []
    for pdf in (rendered[kind] for kind in PDFS if kind in rendered):
        findings += dict.fromkeys([*check_pdf(pdf), *check_attachments(pdf, attachments)])
    if "html" in rendered:
        findings += check_html(rendered["html"])
    if findings:
        raise CheckFailed(findings)


def check_parts(
    plan: PackPlan, workshop: Workshop, chapters: Sequence[ChapterContent], rendered: Mapping[str, Path]
) -> None:
    """Raise CheckFailed when something of the meeting's private part stands in a public pack."""
    if plan.part != "public":
        return
    secrets = find_secrets(workshop.params, workshop.project, plan.place, plan.meeting, public=chapters)
    if secrets and (
        leaks := find_leaks(((name, document_text(path)) for name, path in rendered.items()), secrets)
    ):
        raise CheckFailed(leaks)


def _pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return len(document.pages)
