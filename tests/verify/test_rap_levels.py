"""Each item of the levels of RAP is answered by what the repository has, and by nothing else."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from boardpacks.project.folder import Project
from boardpacks.verify.rap_levels import ITEMS, rap_levels

NOTEBOOK = '{"cells": [{"cell_type": "code", "source": ["def own(x):\\n"]}]}'


def git(project: Project, *words: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=project.root, check=True, capture_output=True)


def write(project: Project, name: str, text: str) -> None:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def bare(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A folder with params alone, in no repository."""
    root = tmp_path_factory.mktemp("bare")
    shutil.copytree(project_copy.params, root / "params")
    return Project(root)


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return Project(tmp_path)


def committed(project: Project) -> None:
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "--allow-empty", "-m", "First\n\nReviewed-by: B <b@example.org>")


def with_origin(project: Project) -> None:
    git(project, "init", "-q")
    git(project, "remote", "add", "origin", "https://name:secret@example.org/packs.git")


def folders(project: Project) -> None:
    for name in ("params", "data", "notebooks", "reports"):
        (project.root / name).mkdir(exist_ok=True)


def tidy(project: Project) -> None:
    columns = "indicator_id,area_code,area_name,sex,period,period_start,period_months,value,lower_95,upper_95"
    write(project, "data/raw/own.csv", f"{columns},count,denominator,note\n")


def copied(project: Project) -> None:
    write(project, "notebooks/a.ipynb", NOTEBOOK)
    write(project, "notebooks/b.ipynb", NOTEBOOK)


def files(**texts: str) -> Callable[[Project], None]:
    """Write files, by a short word for each."""
    names = {
        "readme": "README.md", "change": "CHANGELOG.md", "project": "pyproject.toml", "test": "tests/test_a.py",
        "log": "reports/runs/a.html", "ci": ".github/workflows/a.yml", "doc": "docs/a.md", "code": "lib/a.py",
        "need": "requirements.txt", "notebook": "notebooks/a.ipynb",
    }  # fmt: skip

    def make(project: Project) -> None:
        for word, text in texts.items():
            write(project, names[word], text)

    return make


@pytest.mark.parametrize(
    ("what", "make", "answer", "evidence"),
    [
        ("open-source language", files(), "no", "notebooks/"),
        ("open-source language", files(notebook=NOTEBOOK), "yes", "1 in Python"),
        ("version control", files(), "no", "git"),
        ("version control", committed, "yes", "1 commits"),
        ("README", files(readme="# Packs\n"), "no", "README.md"),
        ("README", files(readme="# Packs\n\n`make packs`\n"), "yes", "README.md, line 3"),
        ("reviewed", files(), "not known", "0 of 0"),
        ("reviewed", committed, "yes", "Reviewed-by"),
        ("published", files(), "no", "no origin"),
        ("published", with_origin, "not known", "https://example.org/packs.git"),
        ("documented", files(), "no", "0 pages"),
        (
            "documented",
            files(doc="# A", code='def one():\n    """Say."""\n\ndef two(): ...\n'),
            "in part",
            "1 of 2",
        ),
        ("documented", files(doc="# A"), "yes", "1 pages"),
        ("layout", files(), "no", "params"),
        ("layout", folders, "yes", "params/"),
        ("reused", files(notebook=NOTEBOOK), "yes", "define 1"),
        ("reused", copied, "in part", "own in a.ipynb, b.ipynb"),
        ("coding standard", files(project="[project]"), "no", "none of"),
        ("coding standard", files(project="[tool.ruff]"), "yes", "pyproject.toml"),
        ("There are tests", files(), "no", "boardpacks check"),
        ("There are tests", files(test=""), "yes", "1 files"),
        ("depends on", files(), "no", "none of"),
        ("depends on", files(need="pandas"), "yes", "requirements.txt"),
        ("logged", files(), "not known", "reports/runs"),
        ("logged", files(log=""), "yes", "1 reports"),
        ("tidy", files(), "no", "data/raw"),
        ("tidy", tidy, "yes", "1 CSV"),
        ("package", files(project="[build-system]"), "yes", "pyproject.toml"),
        ("package", files(code="a = 1"), "no", "lib/"),
        ("package", files(), "yes", "pip show boardpacks"),
        ("by themselves", files(), "no", "none of"),
        ("by themselves", files(ci="run: echo"), "no", "runs no tests"),
        ("by themselves", files(ci="run: boardpacks check"), "yes", ".github/workflows/a.yml"),
        ("schedule", files(ci="run: boardpacks check"), "not known", "crontab"),
        ("schedule", files(ci="on:\n  schedule:\n    - cron: 0 6 * * *\n"), "yes", ".github/workflows/a.yml"),
        ("announced", files(), "no", "CHANGELOG.md"),
        ("announced", files(change="# Changes"), "yes", "CHANGELOG.md"),
    ],
)
def test_an_item(empty: Project, what: str, make: Callable[[Project], None], answer: str, evidence: str):
    make(empty)
    (item,) = [item for item in ITEMS if what in item.what]
    found = item.look(empty)
    assert found.answer == answer
    assert evidence in found.evidence
    assert "secret" not in found.evidence


def test_figures_that_somebody_adds_are_work_by_hand(bare: Project, empty: Project):
    (item,) = [item for item in ITEMS if "work by hand" in item.what]
    assert item.look(bare).answer == "in part"
    assert "data add" in item.look(bare).evidence
    assert item.look(empty).answer == "not known"


def test_uncommitted_files_are_told(empty: Project):
    committed(empty)
    write(empty, "params/system.yml", "name: A")
    (item,) = [item for item in ITEMS if "version control" in item.what]
    assert item.look(empty).answer == "in part"


def test_a_level_is_reached_when_all_items_of_it_and_below_are_met(bare: Project):
    lines = list(rap_levels(bare))
    heads = [line for line in lines if not line.startswith(" ")]
    assert [head.split(":")[0] for head in heads[:-1]] == ["Baseline", "Silver", "Gold"]
    assert all("not shown to be reached" in head for head in heads[:-1])
    assert len(lines) == 2 * len(ITEMS) + 4
    assert len(ITEMS) == 18
