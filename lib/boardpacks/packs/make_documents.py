"""Makes every file of a composed pack: documents, workbook, data, facts, changes, working papers, manifest."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf

from boardpacks.data.snapshot import load_snapshot
from boardpacks.packs.changes.addendum import compose_addendum
from boardpacks.packs.changes.earlier_packs import EarlierPacks
from boardpacks.packs.check.check_confidential import check_nothing_private
from boardpacks.packs.check.check_disclosure import check_disclosure, guard
from boardpacks.packs.check.check_documents import check_documents
from boardpacks.packs.check.check_pdf import check_pdf
from boardpacks.packs.check.tell_empty_pages import tell_empty_pages
from boardpacks.packs.compose.attachments import WORKBOOK
from boardpacks.packs.compose.data_file import data_file
from boardpacks.packs.compose_pack import Composed
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.files.pack_record import FileKind
from boardpacks.packs.library.working_papers import working_papers
from boardpacks.packs.make_edition import editions_of, make_edition
from boardpacks.packs.publish.provenance import describe_pack
from boardpacks.packs.publish.publish_pack import FinishedPack, contents_of
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.render import Engine
from boardpacks.packs.render.press import Made, press_for
from boardpacks.packs.workbook.write_ods import write_ods
from boardpacks.plan.plan import PackPlan


def make_documents(
    pack: PackContent, composed: Composed, earlier: EarlierPacks, workshop: Workshop
) -> tuple[FinishedPack, str]:
    """Return a pack with all of its files, and what its reader ought to know of how they were made, if anything.

    Parameters
    ----------
    composed
        Its source.
    earlier
        The packs that it is compared with.

    Raises
    ------
    CheckFailed
        When a document is not as it should be, or says something that is private or that a policy hides.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="workbook") as pool:  # rendering waits for other programs
        ods = pool.submit(write_ods, composed.workbook)
        made = _render(pack.plan, composed, workshop)
    check_nothing_private(made.product, pack, workshop.project)
    snapshot = pack.snapshot
    finished = FinishedPack(
        plan=pack.plan,
        snapshot=snapshot if composed.text.facts.facts else snapshot.model_copy(update={"sha256": None}),
        engine=made.engine.name,
        pages=_pages(made.product),
        rendered=made.product,
        data=data_file(pack.chapters, snapshot),
        facts=composed.text.facts.as_bytes(),
        manifest=describe_pack(pack, workshop, source=composed.folder, engine=made.engine.name).with_editions(
            composed.text.front_sheet, earlier.named
        ),
        extra={
            "xlsx": {"_data.xlsx": composed.attached(WORKBOOK)},
            "ods": {"_data.ods": ods.result()},
            **_about_changes(pack.plan, workshop, made.engine, composed),
            "working-paper": working_papers(pack, workshop.project.root),
        },
    )
    if pack.params.policies():
        snapshot_folder = workshop.project.snapshots / pack.params.system.snapshot
        check_disclosure(contents_of(finished), guard(pack, load_snapshot(snapshot_folder)))
    return finished, " ".join(filter(None, (made.notice, tell_empty_pages(pack.plan.name, made.product))))


def _render(plan: PackPlan, composed: Composed, workshop: Workshop) -> Made[Mapping[str, Path]]:
    def documents(engine: Engine) -> Mapping[str, Path]:
        out = plan.folder / "rendered"
        shutil.rmtree(out, ignore_errors=True)
        formats, reports = workshop.formats_of(plan), workshop.project.reports
        editions = editions_of(composed.text.pack, reports, workshop.order.editions)
        rendered: dict[str, Path] = {}
        if editions != "board":
            rendered |= engine.render(composed.folder, out, formats, plan.meeting.date)
            check_documents(rendered, composed.attachments)
        if editions != "annex":
            rendered |= make_edition(plan, composed, engine, reports, formats)
        return rendered

    return press_for(plan, workshop.engine, workshop.spare).make(plan.name, documents)


def _about_changes(
    plan: PackPlan, workshop: Workshop, engine: Engine, composed: Composed
) -> dict[FileKind, dict[str, bytes]]:
    """Return the file of changes where there is an earlier pack, and the addendum of an edition that corrects.

    Raises
    ------
    CheckFailed
        When the addendum is not as it should be.
    """
    changes = composed.text.changes
    if changes is None:
        return {}
    made: dict[FileKind, dict[str, bytes]] = {"changes": {"_changes.json": changes.as_bytes()}}
    if changes.corrected and "pdf" in workshop.order.formats:
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


def _pages(rendered: Mapping[str, Path]) -> int | None:
    pdf = rendered.get("pdf") or rendered.get("edition")
    if pdf is None:
        return None
    with pikepdf.open(pdf) as document:
        return len(document.pages)
