"""Finds the papers that an agenda names in the meeting's folder, and never looks outside it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.params.agenda import AgendaItem, OwnPaper
from boardpacks.params.paper_names import names_in, paper_path
from boardpacks.project.errors import InputError, Problem, near

_ASIDE = ("readme.md", "readme.txt", "thumbs.db", "desktop.ini")
"""Files that may lie in the folder without being a paper."""


@dataclass(frozen=True)
class Paper:
    """An item of the agenda with the PDF that belongs to it.

    ``own`` marks a document of our own pack, which is sound and accessible; ``shown`` is the path as messages name it.
    """

    item: AgendaItem
    path: Path
    shown: str
    own: bool = False


def find_papers(
    items: Sequence[AgendaItem], folder: Path, shown: str, own: Mapping[OwnPaper, Path]
) -> tuple[Paper, ...]:
    """Return the papers of the items that have one, in the agenda's order.

    Parameters
    ----------
    items
        Items of one part of the meeting.
    folder
        The meeting's folder of papers.
    shown
        How messages name that folder.
    own
        The PDFs of the board pack, by the key of the item that each stands under.

    Raises
    ------
    InputError
        Naming every paper that is missing, is a link or lies outside the folder, and a file named twice.
    """
    problems: list[Problem] = []
    papers: list[Paper] = []
    seen: dict[str, str] = {}
    for item in items:
        if item.own is not None:
            path = own.get(item.own)
            if path is None or not path.is_file():
                problems.append(
                    Problem(
                        f"agenda item {item.item}",
                        item.own,
                        "",
                        "a board pack that was published before",
                        "mend the board pack, then build again",
                    )
                )
            else:
                papers.append(Paper(item, path, path.name, own=True))
        elif item.file is not None:
            path = paper_path(folder, item.file)
            problem = _fault(path, item.file, f"{shown}/{item.file}", f"file of agenda item {item.item}")
            if path.name in seen:
                problem = Problem(
                    f"{shown}/{item.file}",
                    f"file of agenda item {item.item}",
                    f"the same file as item {seen[path.name]}",
                    "a file of its own for each item",
                )
            seen[path.name] = item.item
            if problem is None:
                papers.append(Paper(item, path, f"{shown}/{item.file}"))
            else:
                problems.append(problem)
    if problems:
        raise InputError(problems)
    return tuple(papers)


def unnamed_files(folder: Path, agenda: Sequence[AgendaItem]) -> tuple[str, ...]:
    """Return the names of files in the folder that no item of the whole agenda names: they go into no pack."""
    named = {paper_path(folder, item.file).name for item in agenda if item.file}
    return tuple(
        name
        for name in names_in(folder)
        if name not in named and not name.startswith((".", "~$")) and name.lower() not in _ASIDE
    )


def _fault(path: Path, name: str, where: str, key: str) -> Problem | None:
    folder = path.parent
    plain = "the PDF itself in the meeting's own folder of papers"
    if os.sep in name or "/" in name or "\\" in name or name in (".", ".."):
        return Problem(where, key, name, f"{plain}: the name of a file, with no folder in it")
    linked = next((above for above in (path, folder, *folder.parents[:2]) if above.is_symlink()), None)
    if linked is not None:
        return Problem(where, key, f"{linked.name} is a link to another place", plain, "copy the file itself")
    if path.is_dir():
        return Problem(where, key, "a folder", plain)
    if not path.is_file():
        there = [other for other in names_in(folder) if not other.startswith(".")]
        listed = ", ".join(there[:8]) or "the folder is empty or not there"
        return Problem(where, key, "no such file", f"a file that is there: {listed}", near(name, there))
    try:
        path.open("rb").close()
    except OSError as error:
        found = f"a file that cannot be read: {(error.strerror or str(error)).lower()}"
        return Problem(
            where, key, found, plain, "close it in other programs, or ask for the right to read it"
        )
    return None
