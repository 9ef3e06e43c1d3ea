"""Makes packs, from notebooks to the library: the whole recipe."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from boardpacks.build.events import Notice, PackResult
from boardpacks.build.folder_lock import FolderLock, hold_folder
from boardpacks.build.leftovers import clear_leftovers
from boardpacks.build.plan import PackPlan
from boardpacks.build.workers import OnEvent, build_packs
from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.checks import check_html, check_pdf
from boardpacks.packs.compose import compose_pack
from boardpacks.packs.data_file import data_file
from boardpacks.packs.library import write_library
from boardpacks.packs.method import snapshot_hash
from boardpacks.packs.pack_record import SnapshotRecord
from boardpacks.packs.publish import FinishedPack, publish_pack, repair_published
from boardpacks.packs.records import read_chapter
from boardpacks.packs.render import Engine
from boardpacks.packs.render import engine as find_engine
from boardpacks.params.errors import BoardpacksError
from boardpacks.params.models import Params
from boardpacks.params.project import Project
from boardpacks.params.write_errors import explained

FORMATS = ("pdf", "html")

MOST_NAMED = 4
"""How many packs the owner of a lock names."""


class CheckFailed(BoardpacksError):  # noqa: N818 - a finding about a pack, not a fault of the program
    """A rendered pack is not fit to be published.

    Parameters
    ----------
    findings
        What the checks found, one line each; at least one.
    """

    MOST_SHOWN = 12

    def __init__(self, findings: Sequence[str]):
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        lines = ["The pack was not published, because its checks found:"]
        lines += [f"  {finding}" for finding in self.findings[: self.MOST_SHOWN]]
        if len(self.findings) > self.MOST_SHOWN:
            lines.append(f"  ... and {len(self.findings) - self.MOST_SHOWN} more")
        return "\n".join(lines)


@dataclass(frozen=True)
class Workshop:
    """What finishing a pack needs beside its plan."""

    project: Project
    params: Params
    engine: Engine
    formats: tuple[str, ...]
    published: Path
    locks: tuple[FolderLock, ...] = ()


def make_packs(  # noqa: PLR0913 - everything a build can be asked for, by name
    project: Project,
    params: Params,
    plans: Sequence[PackPlan],
    *,
    formats: Collection[str] = FORMATS,
    engine: str = "auto",
    workers: int | None = None,
    out: Path | None = None,
    on_event: OnEvent,
) -> tuple[PackResult, ...]:
    """Execute the chapters of every plan, make and publish the packs, and write the library page.

    Parameters
    ----------
    plans
        From :func:`boardpacks.build.plan.plan_packs`, which has checked every notebook's parameters.
    formats
        ``"pdf"``, ``"html"`` or both.
    engine
        ``"auto"``, ``"quarto"`` or ``"bundled"``.
    workers
        How many things are done at once; by default the number of usable processors.
    out
        Folder of the published packs; by default the project's.
    on_event
        Told of every step, in the calling thread.

    Returns
    -------
    tuple of PackResult
        One for each plan. A pack that failed leaves its earlier edition in place and stops no other.

    Raises
    ------
    BoardpacksError
        When the engine is not to be had, another build is at work in the same folders, or the disk fails.
    """
    published = out or project.published
    made = tuple(name for name in FORMATS if name in formats)
    chosen = find_engine(engine)
    with _hold(project, published, plans, on_event) as locks, explained(published):
        workshop = Workshop(project, params, chosen, made, published, locks)
        ensure_fonts(project.fonts)
        clear_leftovers(project.work, project.fonts)
        repair_published(published)
        try:
            return build_packs(
                plans, lambda plan: finish_pack(plan, workshop), workers=workers, on_event=on_event
            )
        finally:
            write_library(published, params.system, project.fonts)


@contextmanager
def _hold(
    project: Project, published: Path, plans: Sequence[PackPlan], on_event: OnEvent
) -> Iterator[tuple[FolderLock, ...]]:
    """Hold the folders that a build writes to, so that two builds at once do no damage."""

    def tell(words: str) -> None:
        on_event(Notice(words))

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


def finish_pack(plan: PackPlan, workshop: Workshop) -> PackResult:
    """Compose, render, check and publish one pack whose chapters have been executed.

    Raises
    ------
    BoardpacksError
        When a record, the source or the rendered pack is not as it should be. Nothing is published then.
    """
    params = workshop.params
    chapters = [read_chapter(run.out) for run in plan.chapters]
    composed = compose_pack(plan, params, chapters, workshop.project.reports, plan.folder / "source")
    rendered_folder = plan.folder / "rendered"
    shutil.rmtree(rendered_folder, ignore_errors=True)
    rendered = workshop.engine.render(composed.folder, rendered_folder, workshop.formats, plan.meeting.date)
    check_rendered(rendered)
    finished = FinishedPack(
        plan=plan,
        title=composed.title,
        priorities=tuple(params.priorities[priority].name for priority in plan.priorities),
        snapshot=SnapshotRecord(
            name=params.system.snapshot, sha256=snapshot_hash(composed.facts) if composed.facts else None
        ),
        engine=workshop.engine.name,
        pages=_pages(rendered["pdf"]) if "pdf" in rendered else None,
        rendered=rendered,
        data=data_file(chapters),
    )
    for lock in workshop.locks:
        lock.check()
    return PackResult(plan, publish_pack(finished, workshop.published), (), finished.pages)


def check_rendered(rendered: Mapping[str, Path]) -> None:
    """Raise CheckFailed with everything that the checks find wrong with a pack's documents."""
    findings: list[str] = []
    if "pdf" in rendered:
        findings += check_pdf(rendered["pdf"])
    if "html" in rendered:
        findings += check_html(rendered["html"])
    if findings:
        raise CheckFailed(findings)


def _pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return len(document.pages)
