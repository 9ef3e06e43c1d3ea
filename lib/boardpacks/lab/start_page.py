"""Writes the page that JupyterLab opens with: the notebooks, places and priorities of the params."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from boardpacks.facts.escape_names import escape_names, names_with_signs
from boardpacks.params.find_names import names_in
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.plan.notebook_calls import headings
from boardpacks.project.folder import Project
from boardpacks.project.notebook import read_notebook

NAME = "start-here.md"
SCOPES = {"place": "each place", "system": "the whole system", "all": "each place, and the whole system"}


def write_start_page(project: Project, params: Params) -> Path:
    """Write the page into the project folder, and return its path."""
    path = project.root / NAME
    page = escape_names("\n".join(_lines(project, params)) + "\n", names_with_signs(names_in(params)))
    path.write_text(page, encoding="utf-8")
    return path


def _lines(project: Project, params: Params) -> Iterator[str]:
    yield f"# The notebooks of {params.system.short_name}"
    yield (
        "\nEach runs as it is: open one, then *Run*, *Run All Cells*. To see another place or priority, change its "
        "id in the first cell of code and run again; change it back before you save. This page is made anew from "
        "`params/` by each `make lab`.\n"
    )
    yield from _table(("Notebook", "What it shows", "Runs for"), _notebooks(project, params))
    yield "\n## Places\n"
    yield from _table(
        ("`place`", "Name", "Made of"),
        [
            (f"`{one.id}`", one.name, ", ".join(b.name for b in one.boroughs))
            for one in params.places.values()
        ],
    )
    yield "\n## Priorities\n"
    yield from _table(
        ("`priority`", "Name", "Outcomes", "Indicators"),
        [
            (f"`{one.id}`", one.name, str(len(one.outcomes)), str(len(one.indicators)))
            for one in params.priorities.values()
        ],
    )
    yield "\n## Where to look\n"
    chapters = _link(project, "docs/analysts.md", "Changing a chapter")
    analysis = _link(project, "docs/notebooks-api.md", "Notebooks to analyse in")
    yield f"- {chapters}: what cells can show, and how to quote a fact"
    yield f"- {analysis}: data frames, and charts and tables of your own"
    count = len(params.indicators)
    yield f'- `params/indicators/`: the {count} indicators; press Tab inside `chapter.show("")` to choose one'


def _notebooks(project: Project, params: Params) -> Iterator[tuple[str, ...]]:
    by_notebook: dict[str, list[ChapterSpec]] = {}
    for chapter in params.chapters:
        by_notebook.setdefault(chapter.notebook, []).append(chapter)
    for path in sorted(project.notebooks.glob("*.ipynb"), key=lambda one: _rank(one, by_notebook)):
        chapters = by_notebook.get(path.stem, [])
        runs = SCOPES[chapters[0].scope] if chapters else "nothing yet: add it to `params/chapters.yml`"
        of = [params.priorities[one.priority].name for one in chapters if one.priority]
        about = _title(path) or "; ".join(of) or path.stem.replace("_", " ").capitalize()
        yield f"[{path.stem}](notebooks/{path.name})", about, runs


def _rank(path: Path, by_notebook: dict[str, list[ChapterSpec]]) -> tuple[int, str]:
    """Return where a notebook stands: in the order of the chapters, and behind them what is no chapter."""
    order = list(by_notebook)
    return (order.index(path.stem) if path.stem in order else len(order)), path.stem


def _title(path: Path) -> str:
    for number, cell in enumerate(read_notebook(path).cells, start=1):
        if cell.cell_type == "markdown":
            for one in headings(cell.source, number):
                if one.level == 1:
                    return one.text
    return ""


def _link(project: Project, path: str, words: str) -> str:
    return f"[{words}]({path})" if (project.root / path).is_file() else words


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
