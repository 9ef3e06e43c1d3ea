"""Checks the prose of packs without rendering them: executes what has changed, then reads."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.execute.workers import build_packs
from boardpacks.packs.check.check_artefacts import check_artefacts
from boardpacks.packs.check.notices import notices
from boardpacks.packs.compose.fill_sheet import fill_pack
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.lint.check_prose import ProseFinding, find_in_pack
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_chapters import read_chapters
from boardpacks.params.models import Params
from boardpacks.plan.bring_chapters import bring_chapters
from boardpacks.plan.events import Noticed, OnEvent, PackResult
from boardpacks.plan.plan import PackPlan
from boardpacks.plan.stale_chapters import ChapterStates
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project
from boardpacks.project.folder_lock import hold_folder

Checked = tuple[PackPlan, tuple[ProseFinding, ...], tuple[BoardpacksError, ...]]
"""A pack, what its prose contradicts or had better quote, and what went wrong before it could be read."""


def lint_packs(
    project: Project,
    params: Params,
    plans: Sequence[PackPlan],
    found: ChapterStates,
    *,
    workers: int,
    on_event: OnEvent,
) -> list[Checked]:
    """Execute the chapters that are not up to date, and check the prose of every pack.

    Parameters
    ----------
    plans
        From :func:`boardpacks.plan.plan.plan_packs`.
    found
        What is known of the chapters.
    workers
        How many chapters are executed at once.
    on_event
        Told of every step, in the calling thread.

    Returns
    -------
    list of Checked
        One for each plan. A chapter that fails, a record or a quote that is wrong stops no other pack.

    Raises
    ------
    BoardpacksError
        When another build is at work in the same folder.
    """
    findings: dict[str, tuple[ProseFinding, ...]] = {}
    snapshot = SnapshotRecord(name=params.system.snapshot, sha256=found.contents.sha256)

    def read(plan: PackPlan) -> PackResult:
        pack = PackContent(plan, params, read_chapters(plan.chapters), snapshot, found.contents.waivers)
        check_artefacts(pack, found.contents)
        fill_pack(pack)
        findings[plan.slug] = tuple(find_in_pack(pack))
        return PackResult(plan, None, (), None)

    with hold_folder(
        project.work,
        "the check of prose",
        way_out="check in a copy of the project",
        tell=lambda words: None,
    ):
        ensure_fonts(project.fonts)
        there = bring_chapters(plans, found, on_event)
        results = build_packs(
            plans, read, there=there, executed=found.done, workers=workers, on_event=on_event
        )
    for words in notices(plans):
        on_event(Noticed(words))
    return [(result.plan, findings.get(result.plan.slug, ()), result.failures) for result in results]
