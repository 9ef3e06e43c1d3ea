"""Checks everything that a pack's notebooks hand over, before it is composed: the recipe."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.data.contents import Contents
from boardpacks.packs.check_directions import check_directions
from boardpacks.packs.check_drawings import check_drawings
from boardpacks.packs.check_facts import check_facts
from boardpacks.packs.check_failed import CheckFailed
from boardpacks.packs.check_numbers import check_numbers
from boardpacks.packs.check_place import check_place
from boardpacks.packs.records import ChapterContent
from boardpacks.params.models import Params


def check_artefacts(
    chapters: Sequence[ChapterContent], params: Params, place: str, contents: Contents
) -> None:
    """Refuse what is of another place, is not in the snapshot, or says or plots what no fact bears out.

    Raises
    ------
    CheckFailed
        With everything that is wrong.
    """
    findings = check_place(chapters, params, place)
    findings += check_facts(chapters, params, contents)
    findings += check_numbers(chapters, params)
    findings += check_directions(chapters, params)
    findings += check_drawings(chapters)
    if findings:
        raise CheckFailed(findings)
