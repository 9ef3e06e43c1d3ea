"""Gathers what has changed since the last pack, and since the edition that a new one puts right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boardpacks.packs.changes.compare_editions import chapter_changes, field_changes
from boardpacks.packs.changes.compare_packs import compare_facts
from boardpacks.packs.changes.earlier_packs import EarlierPacks
from boardpacks.packs.files.changes_file import ChangesFile, SinceLast, SinceVersion
from boardpacks.packs.files.facts_file import FactsFile
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.plan.plan import PackPlan


def gather_changes(
    plan: PackPlan,
    earlier: EarlierPacks,
    facts: FactsFile,
    chapters: Sequence[ChapterContent],
    front_sheet: Mapping[str, str],
) -> ChangesFile | None:
    """Return what has changed since the earlier packs, or None where there are none.

    Parameters
    ----------
    earlier
        The last pack and the edition that this one puts right, as far as there are any.
    facts, chapters, front_sheet
        Those of the new pack; the front sheet in Markdown, by label.

    Raises
    ------
    BoardpacksError
        When a file of an earlier pack cannot be read.
    """
    if earlier.last is None and earlier.corrected is None:
        return None
    return ChangesFile(
        place=plan.place,
        meeting=plan.meeting.date,
        version=plan.meeting.version,
        last=_since_last(earlier, facts),
        corrected=_since_version(plan, earlier, facts, chapters, front_sheet),
    )


def _since_last(earlier: EarlierPacks, facts: FactsFile) -> SinceLast | None:
    pack = earlier.last
    if pack is None:
        return None
    return SinceLast(since=pack.since(), changes=compare_facts(pack.facts(), facts))


def _since_version(
    plan: PackPlan,
    earlier: EarlierPacks,
    facts: FactsFile,
    chapters: Sequence[ChapterContent],
    front_sheet: Mapping[str, str],
) -> SinceVersion | None:
    pack, why = earlier.corrected, plan.meeting.correction
    if pack is None or why is None:
        return None
    manifest = pack.manifest()
    notebooks = {run.notebook.stem: run.notebook for run in plan.chapters}
    return SinceVersion(
        since=pack.since(),
        kind=why.kind,
        reason=why.reason,
        front_sheet=field_changes(manifest.outputs.front_sheet, front_sheet),
        chapters=chapter_changes(manifest, chapters, notebooks),
        changes=compare_facts(pack.facts(), facts),
    )
