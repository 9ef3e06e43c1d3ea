"""What the docs name in code is there: a function, a key, a file that was renamed is named anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT

FOLDERS = ("lib", "notebooks", "params", "reports", "tests", "benchmarks", "data/raw")
KINDS = {".py", ".ipynb", ".yml", ".qmd", ".lua", ".typ", ".csv", ".md", ".html"}
MADE = re.compile(r"reports/(?:work|runs|preview|published)|tests/docs/")
"""What builds leave behind, and these tests."""
OTHERS = {"read_excel", "not_finished"}
"""Of another library, and composed from words."""
NAME = re.compile(r"(?<![\w.…-])[a-z]+(?:_[a-z0-9]+)+(?![\w…-])")


@pytest.fixture(scope="module")
def known() -> set[str]:
    words: set[str] = set(OTHERS)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in KINDS and not MADE.match(path.relative_to(ROOT).as_posix()):
                words |= {path.stem, *re.findall(r"\w+", path.read_text("utf-8"))}
    return words


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_every_name_in_code_is_there(page: Path, known: set[str]) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    named = {name for code in re.findall(r"`([^`\n]+)`", text) for name in NAME.findall(code)}
    assert sorted(named - known) == []
