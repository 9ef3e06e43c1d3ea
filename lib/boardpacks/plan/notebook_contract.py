"""The contract that notebooks keep: what is wrong with one is told with its cell and line, before anything runs."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat

from boardpacks.chapter.needs import LEVELS, MOST_COLUMNS, OTHERS
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.system import SYSTEM
from boardpacks.plan.notebook_calls import OPENS, headings
from boardpacks.plan.parameters import TAG, read_signature
from boardpacks.project.errors import InputError, Problem, near
from boardpacks.project.folder import Project
from boardpacks.project.notebook import parse_code, read_notebook, tags

_ABSOLUTE = re.compile(r"(?:/[\w.-]+/|~[\w-]*/|[A-Za-z]:[\\\\/]|file://)")
_READS = re.compile(r"read_\w+|open|Path")
_BARE_PICTURE = re.compile(r"!\[\s*\]\(")
_SHOWS = ("show_figure", "show_chart")
FILTER = "notebook"
"""Name of the filter in .gitattributes by which git leaves outputs out."""
CLEAR = "`make setup` has git leave them out; or in JupyterLab: Edit, Clear Outputs of All Cells"


@dataclass(frozen=True)
class _Cell:
    """A cell of a notebook: its number, its source, the syntax tree of code, and what kind of cell it is."""

    notebook: str
    number: int
    source: str
    tree: ast.Module | None
    kind: str

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    def at(self, line: int) -> str:
        """Where a line of it stands, as messages have it."""
        return f"notebooks/{self.notebook}, cell {self.number}, line {line}"


def check_contract(project: Project, params: Params) -> list[Problem]:
    """Return what is wrong with the notebooks of a project, notebook by notebook and cell by cell.

    Parameters are typed and stand in one cell, no cell sets one again, and their defaults are those of the params and
    of the last commit; no output is kept; no path leads out of the project; there is one title; charts and pictures
    have alternative texts.
    """
    problems: list[Problem] = []
    for path in sorted(project.notebooks.glob("*.ipynb")):
        try:
            notebook, signature = read_notebook(path), read_signature(path)
        except InputError as error:
            problems += error.problems
            continue
        own = [chapter for chapter in params.chapters if chapter.notebook == path.stem]
        names = [parameter.name for parameter in signature.parameters]
        cells = _cells(path.name, notebook)
        declares = cells[signature.cell - 1]
        code = [cell for cell in cells if cell.is_code]
        problems += [] if git_leaves_outputs_out(path) else _kept_outputs(path.name, notebook)
        problems += _defaults(declares, own, params)
        problems += _changed_defaults(declares, _committed_defaults(path))
        problems += _set_again([cell for cell in code if cell is not declares], names)
        problems += _absolute_paths(code)
        problems += _opened_for_one(code, ()) if "place" in names else []
        problems += _refused(path.name, cells, project)
    return problems


def find_refused(project: Project, params: Params) -> list[Problem]:
    """Return what a build would refuse of the notebooks of chapters, of what :func:`check_contract` looks at."""
    problems: list[Problem] = []
    for name in dict.fromkeys(chapter.notebook for chapter in params.chapters):
        path = project.notebooks / f"{name}.ipynb"
        own = [chapter for chapter in params.chapters if chapter.notebook == name]
        places = [one for one in (*params.places, SYSTEM) if any(chapter.belongs_to(one) for chapter in own)]
        with suppress(InputError):  # planning a build tells that it is missing or no notebook
            cells = _cells(path.name, read_notebook(path))
            problems += _refused(path.name, cells, project)
            problems += _opened_for_one(cells, places if len(places) == 1 else ())
    return problems


def _cells(name: str, notebook: nbformat.NotebookNode) -> list[_Cell]:
    return [
        _Cell(
            name,
            number,
            cell.source,
            parse_code(cell.source) if cell.cell_type == "code" else None,
            cell.cell_type,
        )
        for number, cell in enumerate(notebook.cells, start=1)
    ]


def _refused(name: str, cells: Sequence[_Cell], project: Project) -> Iterator[Problem]:
    code = [cell for cell in cells if cell.is_code]
    text = [cell for cell in cells if cell.kind == "markdown"]
    yield from _unreadable(code)
    yield from _files(code, project)
    yield from _titles(name, text, code)
    yield from _without_alt(text, code)
    yield from _arguments(code)


def _kept_outputs(name: str, notebook: nbformat.NotebookNode) -> Iterator[Problem]:
    kept = [
        str(number)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None)
    ]
    if kept:
        where = f"notebooks/{name}, cell{'s' if len(kept) > 1 else ''} {', '.join(kept)}"
        yield Problem(where, "", "outputs or numbers of an execution", "code without outputs", CLEAR)


def git_leaves_outputs_out(path: Path) -> bool:
    """Whether git takes a notebook without its outputs, so that the saved file may have some."""
    attribute = _git(path.parent, "check-attr", "filter", "--", path.name).strip()
    return attribute.endswith(f" {FILTER}") and bool(_git(path.parent, "config", f"filter.{FILTER}.clean"))


def _git(folder: Path, *words: str) -> str:
    """Return what git says; an empty text where there is no git, or it has nothing to say."""
    try:
        return subprocess.run(
            ["git", *words], cwd=folder, capture_output=True, check=True, timeout=10
        ).stdout.decode()
    except (OSError, subprocess.SubprocessError):
        return ""


def _unreadable(code: Sequence[_Cell]) -> Iterator[Problem]:
    for cell in code:
        if cell.tree is None:
            try:
                ast.parse(cell.source)
            except SyntaxError as error:
                said = (error.text or "").strip() or str(error.msg)
                yield Problem(cell.at(error.lineno or 1), "", said, f"Python: {error.msg}")


def _defaults(cell: _Cell, chapters: Sequence[ChapterSpec], params: Params) -> Iterator[Problem]:
    """Yield the defaults of place and priority that the params do not have, or that are of another scope."""
    places = [*params.places, SYSTEM]
    fitting = (
        [one for one in places if any(chapter.belongs_to(one) for chapter in chapters)]
        if chapters
        else places
    )
    allowed = {"place": fitting, "priority": list(params.priorities)}
    for name, (value, line) in _declared(cell.tree).items():
        if name in allowed and value != "" and value not in allowed[name]:
            known = f"{', '.join(allowed[name])}, or an empty text for the first"
            yield Problem(cell.at(line), name, repr(value), known, near(str(value), allowed[name]))


def _changed_defaults(cell: _Cell, committed: Mapping[str, object]) -> Iterator[Problem]:
    for name, (value, line) in _declared(cell.tree).items():
        if name in committed and committed[name] != value:
            allowed = f"{committed[name]!r}, as it is committed"
            hint = "a build sets it anyway; commit the notebook if the default is meant to change"
            yield Problem(cell.at(line), name, repr(value), allowed, hint)


def _committed_defaults(path: Path) -> dict[str, object]:
    """Return the defaults that the last commit has; none where there is no git, or no such file in it."""
    try:
        cells = nbformat.reads(_git(path.parent, "show", f"HEAD:./{path.name}"), as_version=4).cells
    except ValueError:
        return {}
    sources = [cell.source for cell in cells if TAG in tags(cell)]
    declared = _declared(parse_code(sources[0])) if sources else {}
    return {name: value for name, (value, _) in declared.items()}


def _declared(tree: ast.Module | None) -> dict[str, tuple[object, int]]:
    """Return each parameter that has a default, with it and its line."""
    found = {}
    for node in tree.body if tree else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found[node.target.id] = (ast.literal_eval(node.value), node.lineno)
    return found


def _set_again(code: Sequence[_Cell], names: Sequence[str]) -> Iterator[Problem]:
    """Yield the lines that set a parameter to a plain value: the chapter would be of another place."""
    for cell in code:
        for node in ast.walk(cell.tree) if cell.tree else ():
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and isinstance(
                node.value, ast.Constant
            ):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id in names:
                        found = f"set to {node.value.value!r}"
                        yield Problem(
                            cell.at(node.lineno), target.id, found, "parameters as the build gives them"
                        )


def _opened_for_one(code: Sequence[_Cell], places: Sequence[str]) -> Iterator[Problem]:
    """Yield the calls that open the chapter of one place, whichever the build makes it for: not one of `places`."""
    for cell in code:
        for node in _calls(cell):
            given = [one.value for one in node.keywords if one.arg == "place"] or node.args[:1]
            first = given[0] if given else None
            if _called(node) == OPENS and isinstance(first, ast.Constant) and first.value not in places:
                found = f"open_chapter({first.value!r})"
                yield Problem(
                    cell.at(node.lineno), "place", found, "open_chapter(place): a build gives the place"
                )


def _absolute_paths(code: Sequence[_Cell]) -> Iterator[Problem]:
    for cell in code:
        for node in ast.walk(cell.tree) if cell.tree else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ABSOLUTE.match(node.value):
                allowed = "a path from the folder notebooks/: other machines have no such folder"
                yield Problem(cell.at(node.lineno), "", node.value, allowed)


def _files(code: Sequence[_Cell], project: Project) -> Iterator[Problem]:
    root = project.root.resolve()
    for cell in code:
        for node in _calls(cell):
            if path := _read_file(node):
                file, where = (project.notebooks / path).resolve(), cell.at(node.lineno)
                if not file.is_relative_to(root):
                    yield Problem(where, "", f"{path}, outside of the project", "a file of the project")
                elif not file.exists():
                    yield Problem(where, "", f"{path}, which does not exist", "a file beside the notebook")


def _arguments(code: Sequence[_Cell]) -> Iterator[Problem]:
    """Yield what the methods of a chapter are given, written out, and do not take."""
    for cell in code:
        for node in _calls(cell):
            named = {one.arg: one.value for one in node.keywords}
            args = dict(enumerate(node.args))
            others, level = named.get("others", args.get(1)), named.get("level", args.get(1))
            several = named.get("indicators", args.get(1))
            called, where = _called(node), cell.at(node.lineno)
            if called == "frame" and isinstance(others, ast.Constant) and others.value not in OTHERS:
                hint = near(str(others.value), OTHERS)
                yield Problem(where, "others", repr(others.value), ", ".join(OTHERS), hint)
            elif called == "heading" and isinstance(level, ast.Constant) and level.value not in LEVELS:
                yield Problem(where, "level", repr(level.value), ", ".join(map(str, LEVELS)))
            elif called == "compare_places" and isinstance(several, ast.List | ast.Tuple):
                found = f"{len(several.elts)} indicators"
                if not 1 <= len(several.elts) <= MOST_COLUMNS:
                    yield Problem(where, "indicators", found, f"1 to {MOST_COLUMNS} in one table")


def _read_file(node: ast.Call) -> str:
    """Return the relative path that a call reads, where it is written out; else an empty text."""
    if not node.args or not _READS.fullmatch(_called(node)):
        return ""
    first = node.args[0]
    path = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    return "" if "://" in path or _ABSOLUTE.match(path) else path


def _titles(name: str, text: Sequence[_Cell], code: Sequence[_Cell]) -> Iterator[Problem]:
    found = [
        (cell.number, one.text)
        for cell in text
        for one in headings(cell.source, cell.number)
        if one.level == 1
    ]
    found += [(cell.number, _called(node)) for cell in code for node in _calls(cell) if _makes_title(node)]
    found.sort()
    allowed = "one title: a level-1 heading, or chapter.introduce(), which shows the priority's name"
    if not found:
        yield Problem(f"notebooks/{name}", "", "no title", allowed)
    for number, words in found[1:]:
        yield Problem(f"notebooks/{name}, cell {number}", "", f"a second title: {words}", allowed)


def _makes_title(node: ast.Call) -> bool:
    if _called(node) == "introduce":
        return True
    levels = [one.value for one in node.keywords if one.arg == "level"] or node.args[1:2]
    return _called(node) == "heading" and any(
        isinstance(one, ast.Constant) and one.value == 1 for one in levels
    )


def _without_alt(text: Sequence[_Cell], code: Sequence[_Cell]) -> Iterator[Problem]:
    allowed = "words that say what it shows, for those who cannot see it"
    for cell in text:
        for number, line in enumerate(cell.source.splitlines(), start=1):
            if _BARE_PICTURE.search(line):
                yield Problem(cell.at(number), "alt", "a picture without alternative text", allowed)
    for cell in code:
        for node in _calls(cell):
            alt = next((one.value for one in node.keywords if one.arg == "alt"), None)
            is_empty = isinstance(alt, ast.Constant) and not str(alt.value or "").strip()
            if _called(node) in _SHOWS and (is_empty or (alt is None and _called(node) == _SHOWS[0])):
                yield Problem(cell.at(node.lineno), "alt", "a chart without alternative text", allowed)


def _calls(cell: _Cell) -> Iterator[ast.Call]:
    return (node for node in (ast.walk(cell.tree) if cell.tree else ()) if isinstance(node, ast.Call))


def _called(node: ast.Call) -> str:
    """Return the name of the function or method that is called."""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")
