"""Notebooks and library are of any system: no word of the checkout's own stands in them."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import boardpacks
from boardpacks.params.models import Params
from boardpacks.project.folder import Project

LIBRARY = Path(boardpacks.__file__).parent
EVERYWHERE = ("Europe/London", "_london")
"""What is called so and is of the whole country: its time zone."""


def own_words(params: Params) -> Iterator[str]:
    """Yield the names of the checkout's places, boroughs, trusts and outcomes, and what its system is called."""
    yield from ("London", params.system.name, params.system.short_name, params.system.peers)
    for place in params.places.values():
        yield from (
            place.id,
            place.name,
            place.group or place.name,
            *(borough.name for borough in place.boroughs),
        )
    for trust in params.system.trusts:
        yield from (trust.name, trust.short_name)
    for priority in params.priorities.values():
        yield from (outcome.title for outcome in priority.outcomes)
        yield from (outcome.id for outcome in priority.outcomes if outcome.id.count("-") > 1)


@pytest.fixture(scope="module")
def own(params: Params) -> re.Pattern[str]:
    words = sorted({*own_words(params)}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


def told(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of what code says: its strings and comments, but not the examples of docstrings.

    Examples are run on the checkout's figures, and say so.
    """
    tree = ast.parse(source)
    documented = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documented:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, getattr(node, "id", "") or getattr(node, "attr", "")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_no_word_of_the_checkouts_own_system_stands_in_a_notebook(checkout: Project, own: re.Pattern[str]):
    for path in checkout.notebooks.glob("*.ipynb"):
        for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], start=1):
            assert not own.findall("".join(cell["source"])), f"{path.name}, cell {number}"


def test_no_word_of_the_checkouts_own_system_stands_in_the_code(own: re.Pattern[str]):
    found = [
        f"{path.relative_to(LIBRARY)}, line {line}: {words}"
        for path in sorted(LIBRARY.rglob("*.py"))
        if own.search(path.read_text("utf-8"))  # to take the code apart takes longer
        for line, text in told(path.read_text("utf-8"))
        if text not in EVERYWHERE and (words := own.findall(text))
    ]
    assert found == []


def test_templates_name_no_place(own: re.Pattern[str]):
    for path in LIBRARY.rglob("*"):
        if path.suffix in (".html", ".css", ".js", ".typ", ".lua") and path.is_file():
            assert not own.findall(path.read_text("utf-8")), path


def test_the_words_are_looked_for(own: re.Pattern[str]):
    assert own.findall("In Tower Hamlets, east of London") == ["Tower Hamlets", "London"]
    said = told('"""London."""\nx = "Not so"  # Nor this\n')
    assert sorted(said) == [(2, "# Nor this"), (2, "Not so"), (2, "x")]
