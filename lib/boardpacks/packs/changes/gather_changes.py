"""Gathers what has changed since the last pack, and since the edition that a new one puts right."""

from __future__ import annotations

from collections.abc import Mapping

from boardpacks.packs.changes.compare_editions import chapter_changes, field_changes
from boardpacks.packs.changes.compare_packs import compare_facts
from boardpacks.packs.changes.earlier_packs import EarlierPacks
from boardpacks.packs.files.changes_file import ChangesFile, SinceLast, SinceVersion
from boardpacks.packs.files.facts_file import FactsFile
from boardpacks.packs.read.pack_content import PackContent


def gather_changes(
    pack: PackContent, earlier: EarlierPacks, facts: FactsFile, front_sheet: Mapping[str, str]
) -> ChangesFile | None:
    """Return what has changed since the earlier packs, or None where there are none.

    Parameters
    ----------
    earlier
        The last pack and the edition that this one puts right, as far as there are any.
    facts, front_sheet
        Those of the new pack; the front sheet in Markdown, by label.

    Raises
    ------
    BoardpacksError
        When a file of an earlier pack cannot be read.
    """
    if earlier.last is None and earlier.corrected is None:
        return None
    return ChangesFile(
        place=pack.plan.place,
        meeting=pack.plan.meeting.date,
        version=pack.plan.version,
        last=_since_last(earlier, facts),
        corrected=_since_version(pack, earlier, facts, front_sheet),
    )


def _since_last(earlier: EarlierPacks, facts: FactsFile) -> SinceLast | None:
    last = earlier.last
    return SinceLast(since=last.since(), changes=compare_facts(last.facts(), facts)) if last else None


def _since_version(
    pack: PackContent, earlier: EarlierPacks, facts: FactsFile, front_sheet: Mapping[str, str]
) -> SinceVersion | None:
    corrected, why = earlier.corrected, pack.plan.meeting.correction
    if corrected is None or why is None:
        return None
    manifest = corrected.manifest()
    notebooks = {run.chapter.id: run.notebook for run in pack.plan.chapters}
    return SinceVersion(
        since=corrected.since(),
        kind=why.kind,
        reason=why.reason,
        front_sheet=field_changes(manifest.outputs.front_sheet, front_sheet),
        chapters=chapter_changes(manifest, pack.chapters, notebooks),
        changes=compare_facts(corrected.facts(), facts),
    )
