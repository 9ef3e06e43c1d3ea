"""Makes sure that every measure which a pack's priorities show is on its summary: none is left out in silence."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError


def check_nothing_left_out(
    place: str, chapters: Sequence[ChapterContent], entries: Sequence[SummaryLine], params: Params
) -> None:
    """Check that each judgement of the pack's own place, in a chapter on a priority, has its line.

    Raises
    ------
    BoardpacksError
        Naming each chapter with the measures that it judges without putting them on the summary.
    """
    told = {fact for entry in entries for fact in entry.summary.facts}
    named = {entry.summary.indicator for entry in entries}
    on_priorities = {spec.id for spec in params.chapters if spec.priority is not None}
    missing: dict[str, dict[str, None]] = {}
    for chapter in chapters:
        if chapter.id not in on_priorities:
            continue
        for judgement in chapter.judgements:
            is_told = judgement.indicator in named if judgement.fact is None else judgement.fact in told
            if judgement.place == place and not is_told:
                area = "" if judgement.fact is None else f" ({judgement.area_name})"
                name = params.indicators[judgement.indicator].name
                missing.setdefault(chapter.id, {})[f"{name}{area}"] = None
    if missing:
        raise BoardpacksError(
            "\n".join(
                f"{chapter_id}: judges {'; '.join(names)}, but puts no line of it on the pack's summary. Show it with "
                "chapter.show, too"
                for chapter_id, names in missing.items()
            )
        )
