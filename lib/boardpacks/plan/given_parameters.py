"""Says what a chapter gives its notebook: the place, its own parameters, and its priority where that is one."""

from __future__ import annotations

import json
import re
from pathlib import Path

from boardpacks.params.models import ChapterSpec
from boardpacks.project.errors import Problem

PRIORITY = "priority"
_DECLARED = re.compile(rf"^{PRIORITY}\s*:", re.MULTILINE)


def given_parameters(notebook: Path, chapter: ChapterSpec, place: str) -> dict[str, object]:
    """Return every value that a chapter gives its notebook for a place.

    A notebook that has a parameter ``priority`` serves every priority: it is given the chapter's.
    """
    own = {PRIORITY: chapter.priority} if chapter.priority is not None and takes_priority(notebook) else {}
    return {"place": place, **own, **chapter.parameters}


def without_priority(notebook: Path, chapter: ChapterSpec) -> list[Problem]:
    """Return a problem where a notebook has a parameter ``priority`` and its chapter none to give."""
    if chapter.priority is not None or not takes_priority(notebook):
        return []
    found = f"the chapter {chapter.id!r} without one"
    allowed = f"priority: beside the notebook, as notebooks/{notebook.name} has a parameter of that name"
    return [Problem("params/chapters.yml", PRIORITY, found, allowed)]


def takes_priority(notebook: Path) -> bool:
    """Whether a notebook has a parameter ``priority``.

    It is read without nbformat, which takes longer to import than planning does. Of a file that is no notebook other
    checks tell.
    """
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
        return any(_DECLARED.search("".join(cell["source"])) for cell in tagged)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
