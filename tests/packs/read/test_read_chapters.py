"""The notebooks of a pack, read one after another."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from boardpacks.packs.markdown.text_faults import TextError
from boardpacks.packs.read.read_chapters import read_chapters


@pytest.fixture
def runs(make, tmp_path):
    def written(**notebooks):
        paths = [make.notebook(tmp_path / f"{name}.ipynb", cells) for name, cells in notebooks.items()]
        return [SimpleNamespace(out=path, notebook=path) for path in paths]

    return written


def test_chapters_come_in_the_order_of_the_pack(runs):
    assert [chapter.title for chapter in read_chapters(runs(b=["# First"], a=["# Second"]))] == [
        "First",
        "Second",
    ]


def test_the_texts_of_all_notebooks_are_told_of_at_once(runs):
    with pytest.raises(TextError) as error:
        read_chapters(runs(a=["# A", "A formula $x$"], b=["# B"], c=["# C", "- [ ] a task"]))
    assert [problem.where for problem in error.value.problems] == [
        "notebooks/a.ipynb, cell 2, line 1",
        "notebooks/c.ipynb, cell 2, line 1",
    ]
