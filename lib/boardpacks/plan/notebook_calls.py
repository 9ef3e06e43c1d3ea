"""Reads what a notebook asks its chapter for, without running it: methods and the names that they are given."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OPENS = "open_chapter"
"""The function that a notebook begins with."""

ANALYSIS = (
    *("frame", "derived", "describe", "show_chart", "show_table", "say"),
    *("name", "params", "place", "priority", "snapshot"),
)
"""What an analyst uses of a chapter, in loops too: it shows no outcome of the params, so that it leaves none out."""

_HEADING = re.compile(
    r"(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*(?:\{[^{}]*\}[ \t]*)?#*[ \t]*$", re.MULTILINE
)
_FENCED = re.compile(r"^(?P<mark>`{3,}|~{3,}).*?^(?P=mark)", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`[^`]*`|\{fact\s+(?P<indicator>[a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class NotebookHeading:
    """A heading: the cell that it stands in, its level and its text."""

    cell: int
    level: int
    text: str


@dataclass(frozen=True)
class Call:
    """A call of a method: the cell, the collaborative that it is asked of, if any, the method and a name given to it.

    ``name`` is empty where a method is given none, such as ``chapter.spine()``.
    """

    cell: int
    collaborative: str
    method: str
    name: str


@dataclass(frozen=True)
class Quote:
    """An indicator whose figure a Markdown cell quotes."""

    cell: int
    indicator: str


@dataclass(frozen=True)
class NotebookCalls:
    """What a notebook holds, in order.

    ``is_whole`` tells whether that is all that it asks for: a loop, a name that is not written out, or a chapter that
    is opened elsewhere may ask for more.
    ``priority`` is the one that it opens; empty where it opens none, or none by name.
    """

    notebook: str
    parts: tuple[NotebookHeading | Call | Quote, ...]
    priority: str
    is_whole: bool

    @property
    def where(self) -> str:
        """The file, as errors name it."""
        return f"notebooks/{self.notebook}.ipynb"


def read_asked(path: Path) -> NotebookCalls:
    """Return what a notebook asks for.

    A file that is no notebook holds nothing: planning a build says what is wrong with it.
    """
    reader = _Reader()
    parts: list[NotebookHeading | Call | Quote] = []
    for number, (kind, source) in enumerate(_cells(path), start=1):
        if kind == "markdown":
            parts += headings(source, number)
            parts += [Quote(number, name) for name in quoted(source)]
        elif kind == "code":
            parts += reader.read(source, number)
    return NotebookCalls(path.stem, tuple(parts), reader.priority, reader.is_whole and bool(reader.chapters))


def quoted(markdown: str) -> list[str]:
    """Return the indicators whose figures a text quotes."""
    return [name for found in _QUOTED.finditer(markdown) if (name := found["indicator"])]


def headings(markdown: str, cell: int) -> Iterator[NotebookHeading]:
    """Yield the headings of a text, but for lines of code."""
    for found in _HEADING.finditer(_FENCED.sub("", markdown)):
        if found.start() == 0 or found.string[found.start() - 1] == "\n":
            yield NotebookHeading(cell, len(found["marks"]), found["text"])


def _cells(path: Path) -> list[tuple[str, str]]:
    """Return kind and text of each cell; read without nbformat, which takes longer to import than all else here."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return []


class _Reader:
    """Reads code cell by cell and remembers which names stand for the chapter, and for collaboratives of it."""

    def __init__(self) -> None:
        self.chapters: dict[str, str] = {}
        self.priority = ""
        self.is_whole = True

    def read(self, source: str, cell: int) -> list[Call]:
        try:
            body = ast.parse(source).body
        except SyntaxError:  # a magic of IPython, or a mistake that running it will tell
            self.is_whole = False
            return []
        asks: list[Call] = []
        for statement in body:
            asks += self._statement(statement, cell)
        return asks

    def _statement(self, statement: ast.stmt, cell: int) -> list[Call]:
        opened = next((node for node in ast.walk(statement) if _opens(node)), None)
        if opened is not None:
            self._open(statement, opened)
        asks = [ask for node in ast.walk(statement) for ask in self._call(node, cell)]
        plain = isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign)
        uses = sum(isinstance(node, ast.Name) and node.id in self.chapters for node in ast.walk(statement))
        uses -= sum(self._is_analysis(node) for node in ast.walk(statement))
        calls = sum(self._is_call(node) for node in ast.walk(statement))
        if opened is None and uses and (not plain or uses != calls):
            self.is_whole = False
        return asks

    def _open(self, statement: ast.stmt, opened: ast.AST) -> None:
        assert isinstance(opened, ast.Call)
        named = [_text(keyword.value) for keyword in opened.keywords if keyword.arg == "priority"]
        named += [_text(argument) for argument in opened.args[1:2]]
        self.priority = next((name for name in named if name), "")
        asked = [ask.name for node in ast.walk(statement) for ask in self._call(node, 0)]
        collaborative = next((name for name in asked if name), "")
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    self.chapters[target.id] = collaborative

    def _is_analysis(self, node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and self.chapters.get(node.value.id) == ""  # of no collaborative
            and node.attr in ANALYSIS
        )

    def _is_call(self, node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in self.chapters
            and not self._is_analysis(node.func)
        )

    def _call(self, node: ast.AST, cell: int) -> Iterator[Call]:
        if _asks_for_collaborative(node):
            assert isinstance(node, ast.Call)
            yield Call(cell, "", "collaborative", _text(node.args[0]))
        elif self._is_call(node):
            assert isinstance(node, ast.Call)
            assert isinstance(node.func, ast.Attribute)
            assert isinstance(node.func.value, ast.Name)
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            lists = [value for value in given if isinstance(value, ast.List | ast.Tuple)]
            names = [
                name for value in lists or given for name in _names(value)
            ]  # beside a list stands a title
            self.is_whole = self.is_whole and all(names)
            for name in names or [""]:
                yield Call(cell, self.chapters[node.func.value.id], node.func.attr, name)


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == OPENS


def _asks_for_collaborative(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "collaborative"
        and len(node.args) == 1
    )


def _names(value: ast.expr) -> Sequence[str]:
    """Return the names that an argument gives; an empty one for each that is not written out."""
    if isinstance(value, ast.List | ast.Tuple):
        return [_text(element) for element in value.elts]
    return [_text(value)]


def _text(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
