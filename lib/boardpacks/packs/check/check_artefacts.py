"""Checks everything that a pack's notebooks hand over, before it is composed: the recipe."""

from __future__ import annotations

from boardpacks.data.contents import SnapshotContents
from boardpacks.packs.check.check_directions import check_directions
from boardpacks.packs.check.check_drawings import check_drawings
from boardpacks.packs.check.check_facts import check_facts
from boardpacks.packs.check.check_numbers import check_numbers
from boardpacks.packs.check.check_place import check_place
from boardpacks.packs.check.follow_params import follow_params
from boardpacks.packs.check.notices import left_out_of
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.plan.shown_outcomes import OutOfStep


def check_artefacts(pack: PackContent, contents: SnapshotContents) -> None:
    """Refuse what is of another place, is not in the snapshot, or says or plots what no fact bears out.

    Also outputs that packs leave out where the params make that an error, and outcomes that the chapters do not show
    as the params have them.

    Raises
    ------
    CheckFailed
        With everything that is wrong with what was handed over.
    OutOfStep
        When it is not what the params ask for.
    """
    chapters, params, runs = pack.chapters, pack.params, pack.plan.chapters
    findings: list[str] = []
    if params.system.left_out == "error":
        findings += (one for run in runs for one in left_out_of(run))
    findings += check_place(chapters, params, pack.plan.place)
    findings += check_facts(chapters, params, contents)
    findings += check_numbers(chapters, params)
    findings += check_directions(chapters, params)
    findings += check_drawings(chapters)
    if findings:
        raise CheckFailed(findings)
    if faults := follow_params(chapters, [run.chapter for run in runs], params):
        raise OutOfStep(faults)
