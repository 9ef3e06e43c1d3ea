"""Fills a front sheet with the facts that its texts quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from boardpacks.packs.compose.quotes import fill_quotes, fill_text
from boardpacks.packs.read.index_facts import index_facts
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.agenda import field_label
from boardpacks.params.check_calendars import QUOTING
from boardpacks.params.models import Params
from boardpacks.plan.plan import PackPlan
from boardpacks.project.errors import InputError, Problem

NOT_HERE = "The measures that this speaks of are not in this part of the pack."


def sheet_texts(plan: PackPlan) -> Mapping[str, str]:
    """Return the texts of a pack's front sheet that may quote facts, by where they stand."""
    written = {name: getattr(plan.meeting.front_sheet, name) for name in QUOTING}
    return {_where(plan, name): text for name, text in written.items() if text}


def fill_pack(pack: PackContent) -> PackContent:
    """Return a pack with every quoted fact of its chapters and its front sheet filled in.

    Raises
    ------
    InputError
        For every quote that names nothing, with the nearest names.
    """
    chapters = fill_quotes(pack.chapters, pack.params, pack.plan.place)
    return replace(pack, chapters=chapters, plan=fill_sheet(pack.plan, chapters, pack.params))


def fill_sheet(plan: PackPlan, chapters: Sequence[ChapterContent], params: Params) -> PackPlan:
    """Return the plan with every quoted fact of its front sheet filled in.

    A partial pack, and the pack of a meeting's other part, leave out what is said of measures that they do not show.

    Raises
    ------
    InputError
        For every quote that names nothing, with file, meeting, field, sentence and the nearest names.
    """
    sheet = plan.meeting.front_sheet
    known = index_facts(chapters, params, plan.place)
    is_part = plan.is_partial or plan.part != sheet.part
    filled: dict[str, str] = {}
    problems: list[Problem] = []
    for name in QUOTING:
        if text := getattr(sheet, name):
            made, faults = fill_text(text, known, _where(plan, name), leave_out=is_part)
            filled[name] = made if made.strip() else NOT_HERE
            problems += faults
    if problems:
        raise InputError(problems)
    meeting = plan.meeting.model_copy(update={"front_sheet": sheet.model_copy(update=filled)})
    return replace(plan, meeting=meeting)


def _where(plan: PackPlan, field: str) -> str:
    label = field_label(field).lower()
    return f"params/meetings/{plan.calendar.place}.yml, {label} of {plan.meeting.date.isoformat()}"
