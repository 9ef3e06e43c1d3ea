"""Reads the executed notebooks of a pack, and tells what is wrong with the text of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.packs.markdown.text_faults import TextError
from boardpacks.packs.read.read_notebook import ChapterContent, read_chapter
from boardpacks.plan.plan import ChapterRun
from boardpacks.project.errors import Problem


def read_chapters(runs: Sequence[ChapterRun]) -> list[ChapterContent]:
    """Return what each executed notebook hands over to the pack.

    Raises
    ------
    TextError
        With everything that is wrong with the Markdown of the notebooks.
    BoardpacksError
        When a notebook is not as agreed: see :func:`boardpacks.packs.read.read_notebook.read_chapter`.
    """
    chapters: list[ChapterContent] = []
    problems: list[Problem] = []
    for run in runs:
        try:
            chapters.append(read_chapter(run.out, run.notebook.stem))
        except TextError as error:
            problems += error.problems
    if problems:
        raise TextError(problems)
    return chapters
