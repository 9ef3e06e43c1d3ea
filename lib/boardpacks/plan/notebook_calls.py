"""Reads what a notebook asks its chapter for, without running it: methods and the names that they are given."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from boardpacks.chapter.needs import METHODS, SECTIONS, Needs

NONE_GIVEN: Mapping[str, object] = MappingProxyType({})
OPENS = "open_chapter"
"""The function that a notebook begins with."""

ANALYSIS = (
    *("frame", "derived", "describe", "show_chart", "show_table", "say"),
    *("name", "params", "place", "priority", "snapshot"),
)
"""What an analyst uses of a chapter, in loops too: it shows no outcome of the params, so that it leaves none out."""

BRANCHES = (
    *(ast.If, ast.IfExp, ast.Try, ast.For, ast.While, ast.BoolOp, ast.FunctionDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
"""What stands in these may not be reached, or not at all."""

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
class GivenName:
    """A name that a method is given, empty where it is not known; and the notebook's parameter that it comes from."""

    text: str
    parameter: str = ""


NOT_KNOWN = GivenName("")


@dataclass(frozen=True)
class Call:
    """A call of a method: the cell, the collaborative that it is asked of, if any, the method and a name given to it.

    ``name`` is empty where a method is given none, such as ``chapter.spine()``; ``parameter`` is the notebook's own
    that gives it. ``is_sure`` tells whether the call is made whatever the params and figures say: one below an ``if``
    or in a loop may not be. ``given`` tells whether it was given a name, known or not.
    """

    cell: int
    collaborative: str
    method: str
    name: str
    parameter: str = ""
    is_sure: bool = True
    given: bool = True
    if_there: bool = False


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


def read_asked(path: Path, given: Mapping[str, object] = NONE_GIVEN) -> NotebookCalls:
    """Return what a notebook asks for when it is given these parameters.

    A file that is no notebook holds nothing: planning a build says what is wrong with it.
    """
    reader = _Reader(given)
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

    def __init__(self, given: Mapping[str, object] = NONE_GIVEN) -> None:
        self.chapters: dict[str, str] = {}
        self.priority = ""
        self.is_whole = True
        self.known = KnownNames(given)

    def read(self, source: str, cell: int) -> list[Call]:
        try:
            body = ast.parse(source).body
        except SyntaxError:  # a magic of IPython, or a mistake that running it will tell
            self.is_whole = False
            return []
        asks: list[Call] = []
        for statement in body:
            self.known.read(statement)
            asks += self._statement(statement, cell)
        return asks

    def _statement(self, statement: ast.stmt, cell: int) -> list[Call]:
        nodes = list(ast.walk(statement))
        opened = next((node for node in nodes if _opens(node)), None)
        if opened is not None:
            self._open(statement, opened)
        unsure = _perhaps_not_run(nodes)
        guarded = self._guarded(nodes)
        asks = [
            replace(ask, if_there=(id(node), ask.name) in guarded)
            for node in nodes
            for ask in self._asks(node, cell, is_sure=id(node) not in unsure)
        ]
        plain = isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign)
        uses = sum(isinstance(node, ast.Name) and node.id in self.chapters for node in nodes)
        uses -= sum(self._is_analysis(node) for node in nodes)
        calls = sum(self._is_call(node) for node in nodes)
        if opened is None and uses and (not plain or uses != calls):
            self.is_whole = False
        return asks

    def _open(self, statement: ast.stmt, opened: ast.AST) -> None:
        assert isinstance(opened, ast.Call)
        named = [_text(keyword.value) for keyword in opened.keywords if keyword.arg == "priority"]
        named += [_text(argument) for argument in opened.args[1:2]]
        self.priority = next((name for name in named if name), "")
        asked = [ask.name for node in ast.walk(statement) for ask in self._asks(node, 0, is_sure=False)]
        collaborative = next((name for name in asked if name), "")
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    self.chapters[target.id] = collaborative

    def _is_own(self, node: ast.AST) -> bool:
        """Whether an expression is the chapter itself, and no collaborative of it."""
        return isinstance(node, ast.Name) and self.chapters.get(node.id) == ""

    def _is_analysis(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and self._is_own(node.value) and node.attr in ANALYSIS

    def _is_call(self, node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in self.chapters
            and not self._is_analysis(node.func)
        )

    def _asks(self, node: ast.AST, cell: int, *, is_sure: bool) -> Iterator[Call]:
        """Yield what an expression asks the chapter for: a method, an id of the params, or an attribute of its own."""
        if isinstance(node, ast.Call) and _asks_for_collaborative(node):
            for name in self.known.names(node.args[0]):
                yield Call(cell, "", "collaborative", name.text, name.parameter, is_sure)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from self._call(node, node.func, cell, is_sure=is_sure)
        elif isinstance(node, ast.Subscript) and (section := self._section(node.value)):
            for name in self.known.names(node.slice):
                yield Call(cell, "", section, name.text, name.parameter, is_sure)
        elif isinstance(node, ast.Attribute) and self._is_own(node.value) and node.attr not in METHODS:
            yield Call(cell, "", node.attr, "", "", is_sure)
        elif isinstance(node, ast.Attribute) and (whole := self._of_what(node.value)):
            yield Call(cell, "", f"{whole}.", "", "", is_sure)

    def _call(self, node: ast.Call, func: ast.Attribute, cell: int, *, is_sure: bool) -> Iterator[Call]:
        if not isinstance(func.value, ast.Name) or func.value.id not in self.chapters:
            return
        collaborative = self.chapters[func.value.id]
        if collaborative == "" and func.attr not in METHODS:  # told as the attribute that it is
            return
        given = _given(node, METHODS.get(func.attr) if collaborative == "" else None)
        names = [name for value in given for name in self.known.names(value)]
        if not self._is_analysis(func):
            self.is_whole = self.is_whole and all(name.text for name in names)
        for name in names or [NOT_KNOWN]:
            yield Call(cell, collaborative, func.attr, name.text, name.parameter, is_sure, bool(names))

    def _section(self, node: ast.AST) -> str:
        """Return which part of the chapter's params an expression is, such as ``indicators``, or an empty text."""
        if (
            isinstance(node, ast.Attribute)
            and node.attr in SECTIONS
            and isinstance(node.value, ast.Attribute)
        ):
            return node.attr if node.value.attr == "params" and self._is_own(node.value.value) else ""
        return ""

    def _guarded(self, nodes: Sequence[ast.AST]) -> set[tuple[int, str]]:
        """Return the expressions below ``if "name" in chapter.params.indicators`` and the like, each with the name."""
        return {
            (id(inner), name)
            for node in nodes
            if isinstance(node, ast.If) and (name := self._searched(node.test))
            for below in node.body
            for inner in ast.walk(below)
        }

    def _searched(self, test: ast.expr) -> str:
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.In):
            return _text(test.left) if self._section(test.comparators[0]) else ""
        return ""

    def _of_what(self, node: ast.AST) -> str:
        """Return ``place`` or ``priority`` where an expression is that of the chapter, which may have none."""
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("place", "priority")
            and self._is_own(node.value)
        ):
            return node.attr
        return ""


class KnownNames:
    """What the variables of a notebook are, as far as they are written out or given to it as parameters."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self._given = given
        self._values: dict[str, tuple[GivenName, ...]] = {
            name: (GivenName(value, name) if isinstance(value, str) else NOT_KNOWN,)
            for name, value in given.items()
        }

    def read(self, statement: ast.stmt) -> None:
        """Note what a statement sets: a literal, a list of them, what a loop goes through; and what is not known."""
        found: dict[str, tuple[GivenName, ...]] = {}
        stored: list[str] = []
        for node in ast.walk(statement):
            match node:
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    default = tuple(GivenName(one.text, name) for one in self.names(value))
                    # a parameter that is given has no use for its default
                    found[name] = self._values[name] if name in self._given else default
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    found[name] = tuple(self.names(value))
                case (
                    ast.For(target=ast.Name(id=name), iter=value)
                    | ast.comprehension(target=ast.Name(id=name), iter=value)
                ) if isinstance(value, ast.List | ast.Tuple | ast.Name):
                    found[name] = tuple(self.names(value))
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                    stored.append(name)
        self._values |= {**dict.fromkeys(stored, (NOT_KNOWN,)), **found}

    def names(self, value: ast.expr) -> list[GivenName]:
        """Return the names that an expression is, one that is not known for each that is not written out."""
        match value:
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return [name for element in elements for name in self.names(element)]
            case ast.Name(id=name):
                return list(self._values.get(name, (NOT_KNOWN,)))
        return [GivenName(_text(value))]


def _perhaps_not_run(nodes: Sequence[ast.AST]) -> set[int]:
    """Return the ids of the expressions of a statement that need not be reached."""
    branches = [node for node in nodes if isinstance(node, BRANCHES)]
    return {id(inner) for branch in branches for inner in ast.walk(branch)}


def _given(node: ast.Call, asks: Needs | None) -> list[ast.expr]:
    """Return the arguments that give a method its names."""
    if asks is None:
        return [*node.args, *(keyword.value for keyword in node.keywords)]
    named = [keyword.value for keyword in node.keywords if keyword.arg == asks.argument]
    return [*node.args[asks.at : asks.at + 1], *named] if asks.names else []


def _opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == OPENS


def _asks_for_collaborative(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "collaborative"
        and len(node.args) == 1
    )


def _text(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
