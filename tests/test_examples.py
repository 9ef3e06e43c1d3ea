"""The examples in the docstrings of what an analyst reaches from a notebook run, and none of these is without one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import boardpacks
from boardpacks import stats
from boardpacks.chapter import hand_over
from reference.notebook_calls import Reached, calls

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
"""Long lines are folded and cut short in an example."""


def functions(module: str) -> Iterator[tuple[str, Reached]]:
    """What a module offers."""
    for name, member in vars(importlib.import_module(module)).items():
        if inspect.isfunction(member) and member.__module__ == module and not name.startswith("_"):
            yield f"{module.removeprefix('boardpacks.')}.{name}", member


def told_of() -> Iterator[tuple[str, Reached]]:
    """The functions that docs/ send an analyst to: a page names their module, and them in code."""
    for page in ("analysts", "facts", "charts", "notebooks-api"):
        text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
        for module in sorted(set(re.findall(r"boardpacks\.(?:chapter|facts|data|charts)\.[a-z_]+", text))):
            for name, member in functions(module):
                word = name.rpartition(".")[2]
                if re.search(rf"`(?:{module}\.)?{word}[`(]|import .*\b{word}\b", text):
                    yield name, member


REACHED: dict[str, Reached] = {
    **calls(),
    **dict(told_of()),
    **{
        name: member
        for found in pkgutil.walk_packages(stats.__path__, "boardpacks.stats.")
        for name, member in functions(found.name)
    },
}


def test_what_is_reached_is_found():
    assert {
        "open_chapter",
        "Chapter.show",
        "Measure.newest",
        "CollaborativeView.glance",
        "chapter.hand_over.show_figure",
        "facts.wording.number",
        "stats.spc.chart.xmr",
    } <= set(REACHED)


def test_every_name_that_a_notebook_reaches_has_an_example():
    without = [
        name
        for name, member in REACHED.items()
        if "Examples\n--------\n>>> " not in inspect.cleandoc(member.__doc__ or "")
    ]
    assert without == [], "give these an Examples section that runs (numpydoc; see open_chapter)"


@pytest.fixture(scope="module")
def chapter(project):
    """Havering's long-term conditions, as a notebook opens them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        # what a console shows of an output: its words
        patch.setattr(hand_over, "display", lambda shown, raw: sys.stdout.write(f"{shown['text/plain']}\n"))
        yield boardpacks.open_chapter("havering", priority="long-term-conditions")
    plt.close("all")


@pytest.mark.parametrize("name", REACHED)
def test_the_example_runs(chapter, name):
    told: list[str] = []
    examples = doctest.DocTestParser().get_doctest(
        REACHED[name].__doc__ or "", {"chapter": chapter}, name, None, None
    )
    doctest.DocTestRunner(optionflags=FLAGS).run(examples, out=told.append)
    assert "".join(told) == ""
