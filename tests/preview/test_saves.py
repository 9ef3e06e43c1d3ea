"""What a save means, by the file that was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpacks.preview.saves import LIBRARY, all_saved, watched_folders, what_was_saved
from boardpacks.project.folder import Project

ROOT = Path("/a/project")
PROJECT = Project(ROOT)


@pytest.mark.parametrize(
    ("path", "saved"),
    [
        ("notebooks/priority.ipynb", "notebook"),
        ("notebooks/helpers.py", "inputs"),
        ("params/places/havering.yml", "inputs"),
        ("data/snapshots/one/observations.parquet", "inputs"),
        ("data/raw/figures.csv", "inputs"),
        ("reports/pack.qmd", "template"),
        ("reports/sections/method.qmd", "template"),
        ("reports/_extensions/boardpack/boardpack.css", "template"),
        ("reports/_extensions/boardpack/fonts/Inter-Regular.ttf", None),
        ("reports/work/2026-12-09/havering/executed/priority.ipynb", None),
        ("reports/published/index.html", None),
        ("reports/preview-confidential/index.html", None),
        ("reports/runs/1/report.html", None),
        ("notebooks/.ipynb_checkpoints/priority-checkpoint.ipynb", None),
        ("notebooks/.~priority.ipynb", None),
        ("notebooks/priority.ipynb.tmp", None),
        ("notebooks/__pycache__/helpers.cpython-311.pyc", None),
        ("params/system.yml~", None),
        ("params/.system.yml.swp", None),
    ],
)
def test_a_save_is_known_by_its_file(path, saved):
    assert what_was_saved(ROOT / path, PROJECT) == saved


def test_our_own_code_is_told_apart_wherever_it_is_installed():
    assert what_was_saved(LIBRARY / "charts" / "trend.py", PROJECT) == "library"
    assert what_was_saved(LIBRARY / "charts" / "__pycache__" / "trend.cpython-311.pyc", PROJECT) is None
    assert what_was_saved(LIBRARY / "charts" / "trend.py", Project(LIBRARY.parents[1])) == "library"


def test_many_saves_at_once_are_told_once_and_those_that_mean_nothing_are_not():
    paths = [
        str(ROOT / name) for name in ("params/a.yml", "params/b.yml", "reports/work/x", "notebooks/a.ipynb")
    ]
    assert all_saved(paths, PROJECT) == {"inputs", "notebook"}
    assert all_saved([str(ROOT / "reports/work/x")], PROJECT) == frozenset()


def test_folders_that_are_not_there_are_not_watched(tmp_path):
    (tmp_path / "params").mkdir()
    (tmp_path / "notebooks").mkdir()
    assert watched_folders(Project(tmp_path)) == (tmp_path / "notebooks", tmp_path / "params", LIBRARY)
