"""The words of verdicts are stated once: what lists them elsewhere lists all, so that a new one is not forgotten."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from boardpacks.chapter.scorecard import _ORDER
from boardpacks.chapter.show_measure import SHAPES
from boardpacks.facts.wording import CLASSES, LABELS
from boardpacks.packs.changes.judged_changes import UNTOLD
from boardpacks.stats.comparison import UNJUDGED, VERDICTS

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib" / "boardpacks"
STATED = "stats/comparison.py"
MANY = 5
"""From so many verdicts on, a list means to be one of all."""


@cache
def listings() -> list[tuple[str, bool, set[str]]]:
    """Every literal that lists verdicts: where, whether it says something of each, and which it lists."""
    found = []
    for path in sorted(LIBRARY.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in (
            ast.walk(ast.parse(text)) if sum(f'"{word}"' in text for word in VERDICTS) >= MANY else ()
        ):
            if not isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
                continue
            members = node.keys if isinstance(node, ast.Dict) else node.elts
            words = {one.value for one in members if isinstance(one, ast.Constant)} & set(VERDICTS)
            if len(words) >= MANY:
                where = f"{path.relative_to(LIBRARY)}:{node.lineno}"
                found.append((where, isinstance(node, ast.Dict), {str(word) for word in words}))
    return found


def test_what_is_said_of_each_verdict_is_said_of_all():
    said = {where: words for where, is_table, words in listings() if is_table}
    assert said
    assert {where: set(VERDICTS) - words for where, words in said.items() if words != set(VERDICTS)} == {}


def test_verdicts_are_listed_in_one_place():
    (only,) = [where for where, is_table, _ in listings() if not is_table]
    assert only.startswith(STATED)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("labels", set(LABELS)),
        ("classes", set(CLASSES)),
        ("order of the scorecard", set(_ORDER)),
        ("shapes of marks", {verdict for verdicts, _ in SHAPES for verdict in verdicts}),
    ],
)
def test_what_is_made_from_the_verdicts_has_all(name: str, words: set[str]):
    assert words == set(VERDICTS), name


def test_verdicts_that_say_nothing_are_told_from_the_others():
    assert {"not-tested", "not-compared", "too-old"} == UNJUDGED
    assert UNTOLD > UNJUDGED


@pytest.mark.parametrize("file", ["boardpack.css", "boardpack.lua"])
def test_pages_show_every_verdict(file: str):
    style = (ROOT / "reports" / "_extensions" / "boardpack" / file).read_text(encoding="utf-8")
    assert [name for name in CLASSES.values() if name not in style] == []
