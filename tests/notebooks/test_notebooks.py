"""The notebooks as they are kept: clean, under contract, and the same for every priority."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from boardpacks.params.models import Params
from boardpacks.plan.given_parameters import takes_priority
from boardpacks.plan.notebook_contract import check_contract
from boardpacks.project.folder import Project

CLOSER = "closer_look_"
"""What the names of notebooks begin with in which an analyst works with data frames."""


@pytest.fixture(scope="module")
def notebooks(checkout: Project) -> dict[str, Any]:
    """Every notebook, by name."""
    return {path.stem: nbformat.read(path, as_version=4) for path in checkout.notebooks.glob("*.ipynb")}


def test_every_notebook_of_the_params_exists_and_no_other(notebooks: dict[str, Any], params: Params):
    assert set(notebooks) == {chapter.notebook for chapter in params.chapters}


def test_notebooks_keep_the_contract(checkout: Project, params: Params):
    assert check_contract(checkout, params) == []


def test_each_priority_has_a_closer_look(notebooks: dict[str, Any], params: Params):
    looks = [one for one in params.chapters if one.notebook.startswith(CLOSER)]
    assert {one.priority for one in looks} == set(params.priorities)
    for look in looks:
        cells = [cell for cell in notebooks[look.notebook].cells if cell.cell_type == "code"]
        code_of = "\n".join(cell.source for cell in cells)
        assert "import seaborn as sns" in code_of
        assert "chapter.show_chart(" in code_of
        # only parameters name indicators, so that one for others is a copy with other parameters
        body = "\n".join(cell.source for cell in cells if not cell.metadata.get("tags"))
        assert not [name for name in params.indicators if name in body], look.notebook


def test_notebooks_are_valid_and_hold_nothing_of_the_machine_they_were_saved_on(notebooks: dict[str, Any]):
    for name, notebook in notebooks.items():
        nbformat.validate(notebook)
        assert set(notebook.metadata) == {"kernelspec", "language_info"}, name


def test_one_notebook_serves_every_priority(checkout: Project, params: Params):
    on_priorities = [
        chapter
        for chapter in params.chapters
        if chapter.priority is not None and not chapter.notebook.startswith(CLOSER)
    ]
    (notebook,) = {chapter.notebook for chapter in on_priorities}
    assert takes_priority(checkout.notebooks / f"{notebook}.ipynb")
    assert {chapter.priority for chapter in on_priorities} == set(params.priorities)


def test_lines_of_code_fit_on_a_screen(notebooks: dict[str, Any]):
    for name, notebook in notebooks.items():
        for cell in notebook.cells:
            if cell.cell_type == "code":
                assert all(len(line) <= 120 for line in cell.source.splitlines()), (name, cell.id)
