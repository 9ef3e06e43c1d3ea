"""A project of two small chapters, and a preview of its pack."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from boardpacks.execute.kernel import Kernels
from boardpacks.preview.live_pack import LivePack
from boardpacks.project.folder import Project
from boardpacks.verify.rebuild import copy_sources

TODAY = dt.date(2026, 12, 1)
CHAPTERS = "- notebook: one\n  scope: place\n- notebook: two\n  scope: place\n"
OPENING = "from boardpacks import open_chapter\n\nchapter = open_chapter(place)"


def write_notebook(project: Project, name: str, *cells: str, text: str = "Words.") -> Path:
    """Save a chapter: its title with words, the cell of parameters, one that opens the chapter, then more code."""
    path = project.notebooks / f"{name}.ipynb"
    code = ['place: str = "havering"', OPENING, *cells]
    content = {
        "cells": [
            {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# Chapter {name}\n\n{text}"},
            *(
                {
                    "cell_type": "code",
                    "id": f"code-{number}",
                    "metadata": {"tags": ["parameters"]} if number == 0 else {},
                    "source": source,
                    "outputs": [],
                    "execution_count": None,
                }
                for number, source in enumerate(code)
            ),
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small_sources(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of a project of two chapters without figures in them."""
    root: Path = tmp_path_factory.mktemp("small") / "project"
    copy_sources(project_copy, root)
    small = Project(root)
    shutil.copytree(project_copy.fonts, small.fonts, dirs_exist_ok=True)
    for notebook in small.notebooks.glob("*.ipynb"):
        notebook.unlink()
    (small.params / "chapters.yml").write_text(CHAPTERS, encoding="utf-8")
    for name in ("baselines.yml", "foundations.yml", "themes.yml"):  # they name the chapters that show them
        (small.params / name).unlink()
    write_notebook(small, "one")
    write_notebook(small, "two")
    return root


@pytest.fixture
def small(small_sources: Path, tmp_path: Path) -> Project:
    """A project of two small chapters of its own for each test."""
    return Project(Path(shutil.copytree(small_sources, tmp_path / "project")))


@pytest.fixture
def kernels(warm_builds: None) -> Iterator[Kernels]:
    """What chapters are executed in."""
    with Kernels() as opened:
        yield opened


@pytest.fixture
def live(small: Project, kernels: Kernels, tmp_path: Path) -> LivePack:
    """A preview of Havering's pack."""
    return LivePack(small, "havering", (), TODAY, tmp_path / "own", kernels)


@pytest.fixture
def live_one(small: Project, kernels: Kernels, tmp_path: Path) -> LivePack:
    """A preview of one chapter of it."""
    return LivePack(small, "havering", ("one",), TODAY, tmp_path / "own", kernels)
