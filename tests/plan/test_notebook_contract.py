"""What is wrong with a notebook is told with its cell and its line, before anything runs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boardpacks.params.models import Params
from boardpacks.plan.notebook_contract import CLEAR, check_contract
from boardpacks.project.errors import Problem
from boardpacks.project.folder import Project

Check = Callable[..., list[Problem]]
PARAMETERS = 'place: str = ""'


def notebook(*cells: str, parameters: str = PARAMETERS, title: str = "# A title", **code: Any) -> str:
    """Return a notebook with a title, parameters and cells of code; Markdown begins with a blank."""

    def cell(source: str, number: int, **more: Any) -> dict[str, Any]:
        if source.startswith((" ", "#")) and not more:
            return {"cell_type": "markdown", "id": f"c{number}", "metadata": {}, "source": source.strip()}
        empty = {"cell_type": "code", "outputs": [], "execution_count": None, "metadata": {}, **more}
        return {"id": f"c{number}", "source": source, **empty}

    tagged = cell(parameters, 2, metadata={"tags": ["parameters"]})
    made = [cell(title, 1), tagged, *(cell(source, number, **code) for number, source in enumerate(cells, 3))]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def check(tmp_path: Path, params: Params) -> Check:
    """Write the notebook ``children``, which chapters for places have, and check it."""

    def checked(text: str) -> list[Problem]:
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        (folder / "children.ipynb").write_text(text, encoding="utf-8")
        (folder / "own.csv").write_text("a\n1\n", encoding="utf-8")
        return check_contract(Project(tmp_path), params)

    return checked


def test_a_sound_notebook(check: Check):
    code = (
        "import pandas as pd\nown = pd.read_csv('own.csv')",
        "%matplotlib inline\nshow_figure('a', figure, title='A', note='', alt='What it shows', facts=[])",
        "chapter.show_chart(axes, data=frame, title='A', alt=chapter.describe(frame))",
        " ## A part\n\n![What it shows](a.png)\n\n```text\n# no title\n```",
    )
    assert check(notebook(*code)) == []


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        (notebook("1", outputs=[], execution_count=3), "cell 3", "outputs or numbers of an execution"),
        (notebook("x = 1\ny = (", "1"), "cell 3, line 2", "y = ("),
        (notebook(parameters="place = 'alston'"), "cell 2", "place = 'alston'"),
        (notebook(parameters='place: str = "nowhere"'), "cell 2, line 1", "'nowhere'"),
        (notebook(parameters='place: str = "system"'), "cell 2, line 1", "'system'"),
        (notebook(parameters=PARAMETERS + '\npriority: str = "none"'), "cell 2, line 2", "'none'"),
        (notebook('x = 1\n\nplace = "elsewhere"'), "cell 3, line 3", "set to 'elsewhere'"),
        (notebook('x = 1\ny = f("/home/me/a.csv")'), "cell 3, line 2", "/home/me/a.csv"),
        (notebook(r'y = f("C:\\Users\\me\\a.csv")'), "cell 3, line 1", "C:"),
        (notebook('y = pd.read_csv("~/a.csv")'), "cell 3, line 1", "~/a.csv"),
        (notebook('y = pd.read_csv("../../a.csv")'), "cell 3, line 1", "outside of the project"),
        (notebook('\ny = pd.read_csv("gone.csv")'), "cell 3, line 2", "which does not exist"),
        (notebook(title="## No title"), "notebooks/children.ipynb", "no title"),
        (notebook(" # Another"), "cell 3", "a second title: Another"),
        (notebook("chapter.introduce()"), "cell 3", "a second title: introduce"),
        (notebook('chapter.heading("B", level=1)'), "cell 3", "a second title: heading"),
        (
            notebook("x = 1\nshow_figure('a', f, title='A', note='', facts=[])"),
            "cell 3, line 2",
            "a chart without",
        ),
        (
            notebook("chapter.show_chart(axes, data=frame, title='A', alt=' ')"),
            "cell 3, line 1",
            "a chart without",
        ),
        (notebook(" Words.\n\n![](a.png)"), "cell 3, line 3", "a picture without"),
        ("{", "notebooks/children.ipynb", "broken JSON"),
    ],
)
def test_a_notebook_that_breaks_the_contract(check: Check, text: str, where: str, said: str):
    (problem,) = check(text)
    assert problem.where.startswith("notebooks/children.ipynb")
    assert problem.where.endswith(where)
    assert said in problem.found
    assert problem.allowed


@pytest.mark.parametrize(
    "code",
    [
        'chapter.heading("A part")',
        'chapter.heading("A part", 2)',
        "place == 'x'",
        "x = place",
        "url = 'https://a.org/b'",
    ],
)
def test_what_is_no_fault(check: Check, code: str):
    assert check(notebook(code)) == []


@pytest.mark.parametrize(
    "title", ["chapter.introduce()", 'chapter.heading("A", level=1)', 'chapter.heading("A", 1)']
)
def test_code_may_give_the_title(check: Check, title: str):
    assert check(notebook(title, title=" Words.")) == []


def test_kept_outputs_say_how_to_clear_them(check: Check):
    (problem,) = check(notebook("1", "2", execution_count=1))
    assert problem.where == "notebooks/children.ipynb, cells 3, 4"
    assert problem.hint == CLEAR


def test_a_default_that_is_not_the_committed_one(check: Check, tmp_path: Path, params: Params):
    first, second = list(params.places)[:2]
    assert check(notebook(parameters=f'place: str = "{first}"')) == []
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "First"]):
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *name, *command], cwd=tmp_path, check=True)
    assert check(notebook(parameters=f'place: str = "{first}"')) == []
    (problem,) = check(notebook(parameters=f'x: int = 1\nplace: str = "{second}"'))
    assert problem.where == "notebooks/children.ipynb, cell 2, line 2"
    assert (problem.key, problem.found) == ("place", repr(second))
    assert problem.allowed == f"'{first}', as it is committed"


@pytest.mark.parametrize("call", ["open_chapter('havering')", "boardpacks.open_chapter(place='havering')"])
def test_a_chapter_is_opened_for_the_place_that_a_build_gives(check: Check, call: str):
    (problem,) = check(notebook(f"x = 1\nchapter = {call}"))
    assert (problem.where, problem.key) == ("notebooks/children.ipynb, cell 3, line 2", "place")
    assert problem.found == "open_chapter('havering')"
    assert "open_chapter(place)" in problem.allowed


def test_a_notebook_without_a_place_opens_what_it_likes(check: Check):
    assert check(notebook("chapter = open_chapter('system')", parameters="collaborative: str = ''")) == []
