"""The page that JupyterLab opens with lists what the project has."""

from __future__ import annotations

import json
from pathlib import Path

from boardpacks.lab.start_page import NAME, write_start_page
from boardpacks.params.models import Params
from boardpacks.project.folder import Project


def notebook(title: str) -> str:
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": title}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_the_page_lists_notebooks_places_and_priorities(tmp_path: Path, params: Params):
    project = Project(tmp_path)
    project.notebooks.mkdir()
    for name, title in (("own", "# My | own"), ("priority", "words"), ("place_profile", "# The place")):
        (project.notebooks / f"{name}.ipynb").write_text(notebook(title), encoding="utf-8")
    text = write_start_page(project, params).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if "notebooks/" in line and line.startswith("|")]
    assert [row.partition("]")[0] for row in rows] == ["| [place_profile", "| [priority", "| [own"]
    assert "| The place | each place |" in rows[0]
    assert params.priorities["mental-health"].name in rows[1]
    assert "My &#124; own | nothing yet: add it to `params/chapters.yml`" in rows[2]
    assert all(f"| `{one.id}` | {one.name} |" in text for one in params.places.values())
    assert all(f"| `{one.id}` | {one.name} |" in text for one in params.priorities.values())


def test_names_with_signs_of_markdown_are_words_on_the_page(tmp_path: Path, params: Params):
    project = Project(tmp_path)
    project.notebooks.mkdir()
    place = params.places["havering"].model_copy(update={"name": "<b>Havering*</b>"})
    named = params.model_copy(update={"places": {**params.places, "havering": place}})
    text = write_start_page(project, named).read_text(encoding="utf-8")
    assert r"| `havering` | \<b\>Havering\*\</b\> |" in text


def test_the_page_is_not_kept_in_git(checkout: Project):
    assert f"/{NAME}" in (checkout.root / ".gitignore").read_text(encoding="utf-8").splitlines()
