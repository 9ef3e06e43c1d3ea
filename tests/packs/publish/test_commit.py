from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from boardpacks.packs.files.pack_manifest import Commit
from boardpacks.packs.publish.commit import export_commit, has_commit, read_commit
from boardpacks.project.folder import Project

WHO = {
    f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, env={**os.environ, **WHO}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture(params=["", "packs/of ours"], ids=["whole repository", "folder of one"])
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Project:
    """A project in git with one commit, by itself or in a folder of a larger repository."""
    root = tmp_path / "repository" / request.param
    for name in ("params/system.yml", "notebooks/a.ipynb", "lib/boardpacks/charts/a.py", "docs/a.md"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as it was")
    (tmp_path / "repository" / "other.txt").touch()
    git(tmp_path / "repository", "init", "--quiet")
    git(root, "add", "--all", ":/")
    git(root, "commit", "--quiet", "--message", "First")
    return Project(root)


def test_a_clean_checkout_is_its_commit(project):
    assert read_commit(project, "a") == Commit(sha=git(project.root, "rev-parse", "HEAD"))


def test_sources_that_are_not_committed_are_named_and_nothing_else(project):
    for name in (
        "params/system.yml",
        "notebooks/été.py",
        "lib/boardpacks/charts/b.py",
        "data/snapshots/a/x",
        "data/snapshots/b/x",
        "docs/a.md",
        "lib/boardpacks/cli/x.py",
        "lib/boardpacks/charts/__pycache__/b.pyc",
        "reports/work/x",
        "reports/published/x/y",
    ):
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("new")
    assert read_commit(project, "a").uncommitted == (
        "data/snapshots/a/x",
        "lib/boardpacks/charts/b.py",
        "notebooks/été.py",
        "params/system.yml",
    )


def test_a_commit_is_taken_out_as_it_was(project, tmp_path):
    sha = git(project.root, "rev-parse", "HEAD")
    (project.root / "notebooks" / "a.ipynb").write_text("new")
    git(project.root, "commit", "--quiet", "--all", "--message", "Second")
    assert export_commit(project.root, sha, tmp_path / "out")
    assert (tmp_path / "out" / "notebooks" / "a.ipynb").read_text() == "as it was"
    assert (tmp_path / "out" / "params" / "system.yml").is_file()


def test_a_commit_that_is_not_there(project, tmp_path):
    assert not has_commit(project.root, "0" * 40)
    assert has_commit(project.root, git(project.root, "rev-parse", "HEAD"))
    assert not export_commit(project.root, "0" * 40, tmp_path / "out")


def test_the_repository_of_a_hook_is_not_taken_for_the_projects(project, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    assert read_commit(project, "a").sha


def test_outside_git_there_is_no_commit(tmp_path, project, monkeypatch):
    assert read_commit(Project(tmp_path), "a") == Commit()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_commit(project, "a") == Commit()
