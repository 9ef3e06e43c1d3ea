"""Makes the merged meeting packs of a build: the whole recipe."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.check.check_confidential import find_leaks, find_secrets, pdf_text
from boardpacks.packs.check.check_pdf import pdf_faults
from boardpacks.packs.files.pack_record import PACK_JSON, FileKind, SnapshotRecord, file_record
from boardpacks.packs.papers.agenda_words import meeting_cover
from boardpacks.packs.papers.assemble import Assembled, MergedContents, assemble
from boardpacks.packs.papers.find_papers import Paper, find_papers, unnamed_files
from boardpacks.packs.papers.inspect_paper import (
    Findings,
    accessibility_warning,
    inspect_paper,
    mended_warning,
)
from boardpacks.packs.papers.odd_papers import odd_papers_named
from boardpacks.packs.papers.plan_papers import MeetingPackPlan, folder_of, plan_meeting_packs, waits_for
from boardpacks.packs.papers.stale_papers import MergedState
from boardpacks.packs.publish.publish_pack import put_files, record_of, with_checksums
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.params.agenda import OwnPaper
from boardpacks.params.models import Params
from boardpacks.plan.events import PackResult
from boardpacks.plan.plan import PackPlan
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder import Project
from boardpacks.project.own_faults import as_failure


@dataclass(frozen=True)
class MeetingPack:
    """A merged meeting pack that is ready to be published.

    Parameters
    ----------
    pack
        The pack itself.
    late
        The papers that came late, in a PDF of their own, if there are any.
    warnings
        What the secretary ought to know, in words.
    """

    pack: Assembled
    late: Assembled | None
    warnings: tuple[str, ...]


def make_meeting_packs(
    plans: Sequence[PackPlan], made: Sequence[PackResult], workshop: Workshop
) -> tuple[PackResult, ...]:
    """Make and publish the merged packs that go with the packs of a build, where something has changed.

    Parameters
    ----------
    plans, made
        The packs of the build, and what came of those that were made: an earlier edition of one that failed goes into
        no merged pack.

    Returns
    -------
    tuple of PackResult
        One for each merged pack. One that fails leaves its earlier edition in place and stops no other.
    """
    failed = [result.plan for result in made if result.failures]
    results = []
    for plan in plan_meeting_packs(plans, workshop.order.formats):
        lost = any((one.place, one.part) == (plan.place, plan.part) for one in failed)
        try:
            found = _result(plan, workshop, lost=lost)
        except BoardpacksError:
            raise
        except Exception as error:
            told = f"{plan.name}: a fault in boardpacks itself while making the meeting pack"
            found = _failed(plan, as_failure(error, workshop.project.work / plan.edition, told), workshop)
        if found is not None:
            results.append(found)
    return tuple(results)


def make_meeting_pack(
    plan: MeetingPackPlan, project: Project, params: Params, own: Mapping[OwnPaper, Path]
) -> MeetingPack:
    """Make one merged pack, without publishing it.

    Parameters
    ----------
    own
        The PDFs of the board pack, by the key of the item that each stands under.

    Raises
    ------
    InputError
        Naming every paper that is missing or cannot be inserted.
    BoardpacksError
        When the pack cannot be put together.
    """
    folder = folder_of(plan, project)
    shown = folder.relative_to(project.root).as_posix()
    papers = find_papers(plan.items, folder, shown, own)
    inspected = _inspect(papers)
    warnings = [warn(*each) for each in inspected for warn in (mended_warning, accessibility_warning)]
    contents = MergedContents(meeting_cover(plan, params), plan.items, inspected, plan.meeting.date)
    pack, faults = _checked(contents, project.reports)
    if faults:
        warnings.append(
            f"{plan.name}: it does not say that it keeps to PDF/UA, because the checks found: {'; '.join(faults[:3])}"
        )
    for paper, gone in pack.gone:
        warnings.append(
            f"{paper.shown} (agenda item {paper.item.item}): taken out of the pack: {', '.join(gone)}."
        )
    if plan.part == "public":
        for name in unnamed_files(folder, plan.meeting.agenda):
            warnings.append(f"{shown}/{name}: in no pack, because no item of the agenda names it.")
    late = _late_papers(plan, params, inspected, project.reports)
    return MeetingPack(pack, late, tuple(warning for warning in warnings if warning))


def _late_papers(
    plan: MeetingPackPlan, params: Params, papers: Sequence[tuple[Paper, Findings]], reports: Path
) -> Assembled | None:
    """Make the addendum, if there is one: a sheet that lists the items whose papers came late, and those papers."""
    items = tuple(item for item in plan.items if item.late)
    if not items:
        return None
    chosen = tuple((paper, findings) for paper, findings in papers if paper.item.late)
    cover = meeting_cover(plan, params, late=True)
    return _checked(MergedContents(cover, items, chosen, plan.meeting.date), reports)[0]


def _result(plan: MeetingPackPlan, workshop: Workshop, *, lost: bool) -> PackResult | None:
    """Return the result of a merged pack, made where it has to be; None where it waits for its papers."""
    if waiting := waits_for(plan, workshop.project):
        workshop.say(waiting)
        return None
    state = MergedState(plan, workshop.packs)
    if not state.reason:
        return state.result()
    made_from, own = state.inputs(), {} if lost else state.own_pdfs()
    try:
        made = make_meeting_pack(plan, workshop.project, workshop.params, own)
        _check_part(plan, workshop.project, workshop.params, made)
        files = _files(plan, made, workshop.packs.snapshot)
    except BoardpacksError as failure:
        return _failed(plan, failure, workshop)
    workshop.check_locks()
    folder = put_files(files, state.folder)
    state.done(made_from, made.pack.pages)
    workshop.say(*made.warnings, f"{plan.name}: published, {made.pack.pages} pages")
    return PackResult(plan, folder, (), made.pack.pages)


def _failed(plan: MeetingPackPlan, failure: BoardpacksError, workshop: Workshop) -> PackResult:
    workshop.say(f"{plan.name}: not published")
    return PackResult(plan, None, (failure,), None)


def _check_part(plan: MeetingPackPlan, project: Project, params: Params, made: MeetingPack) -> None:
    """Refuse a public pack in which something of the private part stands."""
    if plan.part != "public" or not (secrets := find_secrets(params, project, plan.place, plan.meeting)):
        return
    pdfs = [made.pack.pdf, *([made.late.pdf] if made.late else [])]
    if leaks := find_leaks([("the meeting pack", pdf_text(pdf)) for pdf in pdfs], secrets):
        raise BoardpacksError(
            "The meeting pack was not published:\n" + "\n".join(f"  {leak}" for leak in leaks[:12])
        )


def _inspect(papers: Sequence[Paper]) -> tuple[tuple[Paper, Findings], ...]:
    found = [(paper, inspect_paper(paper)) for paper in papers]
    problems = [finding for _, finding in found if isinstance(finding, Problem)]
    if problems:
        raise InputError(problems)
    return tuple((paper, finding) for paper, finding in found if isinstance(finding, Findings))


def _checked(contents: MergedContents, reports: Path) -> tuple[Assembled, list[str]]:
    """Return the pack, which says that it is accessible only when the checks agree, and what they found."""
    with odd_papers_named(contents, lambda alone: _assembled(alone, reports)):
        return _assembled(contents, reports)


def _assembled(contents: MergedContents, reports: Path) -> tuple[Assembled, list[str]]:
    accessible = all(findings.accessible for _, findings in contents.papers)
    made = assemble(contents, reports, accessible=accessible)
    if not accessible:
        return made, []
    with tempfile.TemporaryDirectory(prefix="boardpacks-") as folder:
        path = Path(folder) / "meeting-pack.pdf"
        path.write_bytes(made.pdf)
        faults = list(_said(pdf_faults(path)))
    return (assemble(contents, reports, accessible=False), faults) if faults else (made, [])


def _said(faults: Sequence[str]) -> Iterator[str]:
    for fault in faults:
        yield fault.partition(": ")[2]


def _files(plan: MeetingPackPlan, made: MeetingPack, snapshot: SnapshotRecord) -> Mapping[str, bytes]:
    pdfs: list[tuple[str, FileKind, bytes]] = [(f"{plan.stem}.pdf", "pdf", made.pack.pdf)]
    if made.late is not None:
        pdfs.append((f"{plan.late_stem}.pdf", "addendum", made.late.pdf))
    prints = any(item.own for item in plan.items)
    record = record_of(
        plan,
        kind="meeting-pack",
        title=plan.name,
        pages=made.pack.pages,
        files=[file_record(*pdf) for pdf in pdfs],
        snapshot=snapshot if prints else snapshot.model_copy(update={"sha256": None}),
        engine="bundled",
    )
    contents = {name: content for name, _, content in pdfs}
    return with_checksums({**contents, PACK_JSON: (record.model_dump_json(indent=2) + "\n").encode()})
