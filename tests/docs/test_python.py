"""Every example of Python in the docs runs, page by page, as the cells of a notebook do."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
import seaborn as sns

import boardpacks
from boardpacks.chapter import hand_over
from boardpacks.project.folder import Project
from tests.docs.pages import Block, blocks

EXAMPLES = {
    page.name: list(examples) for page, examples in groupby(blocks("python"), lambda block: block.page)
}


@pytest.mark.parametrize("page", EXAMPLES)
def test_the_examples_of_a_page_run(page: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    monkeypatch.setattr(hand_over, "display", lambda shown, raw: None)
    names: dict[str, Any] = {
        "chapter": boardpacks.open_chapter("havering", priority="long-term-conditions"),
        "priority": "long-term-conditions",
        "plt": plt,
        "sns": sns,
    }
    try:
        for block in EXAMPLES[page]:
            if not block.not_run:
                run(block, names)
    finally:
        plt.close("all")


def run(block: Block, names: dict[str, Any]) -> None:
    exec(compile(block.text, str(Path(str(block))), "exec"), names)


def test_a_block_that_is_not_run_says_why() -> None:
    assert {block.page.name for block in blocks("python") if block.not_run} == {"charts.md", "rendering.md"}
