"""Checks what people have written, in notebooks and params, without a pack: Markdown, quoted facts and pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress

from boardpacks.packs.compose.quotes import quote_faults
from boardpacks.packs.markdown.read_markdown import read_markdown
from boardpacks.packs.markdown.text_faults import Faults
from boardpacks.packs.read.pictures import read_picture
from boardpacks.params.agenda import field_label
from boardpacks.params.check_calendars import QUOTING
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project
from boardpacks.project.notebook import read_notebook


def check_texts(project: Project, params: Params) -> Iterator[Problem]:
    """Yield what is wrong with the Markdown cells of chapters' notebooks, and with the introductions of priorities.

    What code hands over, and which measures a pack shows, is not known before a build.
    """
    for name in dict.fromkeys(chapter.notebook for chapter in params.chapters):
        with suppress(InputError):  # planning a build tells that it is missing or no notebook
            yield from _notebook(project, params, name)
    for priority in params.priorities.values():
        chapters = [chapter for chapter in params.chapters if chapter.priority == priority.id]
        own = {"introduction": priority.introduction, "aim": priority.aim}
        own |= {f"gap of {outcome.id}": outcome.gap for outcome in priority.outcomes}
        for key, text in own.items():
            if text and chapters:
                yield from _text(text, f"params/priorities/{priority.id}.yml, {key}", params, chapters)


def check_front_sheets(params: Params, today: dt.date) -> Iterator[Problem]:
    """Yield what is wrong with the facts that the front sheets of coming meetings quote."""
    for place, calendar in params.calendars.items():
        for meeting in (meeting for meeting in calendar.meetings if meeting.date >= today):
            for field in QUOTING:
                where = (
                    f"params/meetings/{place}.yml, {field_label(field).lower()} of {meeting.date.isoformat()}"
                )
                yield from quote_faults(getattr(meeting.front_sheet, field) or "", params, place, where)


def _notebook(project: Project, params: Params, name: str) -> Iterator[Problem]:
    chapters = [chapter for chapter in params.chapters if chapter.notebook == name]
    for number, cell in enumerate(read_notebook(project.notebooks / f"{name}.ipynb").cells, start=1):
        if cell.cell_type == "markdown":
            where = f"notebooks/{name}.ipynb, cell {number}"
            faults = Faults(where)
            read = read_markdown(cell.source, faults, "cell", cell.get("attachments", {}))
            yield from faults.problems
            for picture in read.pictures:
                found = read_picture(picture, project.notebooks, f"{where}, line {picture.line}")
                if isinstance(found, Problem):
                    yield found
            yield from _quotes(cell.source, where, params, chapters)


def _text(text: str, where: str, params: Params, chapters: list[ChapterSpec]) -> Iterator[Problem]:
    faults = Faults(where)
    read_markdown(text, faults, "text")
    yield from faults.problems
    yield from _quotes(text, where, params, chapters)


def _quotes(text: str, where: str, params: Params, chapters: list[ChapterSpec]) -> Iterator[Problem]:
    """Yield what is wrong with quotes for a place, and for the whole system, where chapters are made for them."""
    packs = [
        pack
        for pack in (next(iter(params.places), ""), SYSTEM)
        if any(chapter.belongs_to(pack) for chapter in chapters)
    ]
    found = (fault for pack in packs for fault in quote_faults(text, params, pack, where))
    yield from dict.fromkeys(found)
