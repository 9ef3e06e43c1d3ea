"""Packs are verified as an auditor does it: a folder, a checkout, and perhaps git."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from boardpacks.data.snapshot import OBSERVATIONS
from boardpacks.data.snapshot_manifest import Manifest
from boardpacks.packs.files.pack_manifest import MANIFEST, read_pack_manifest
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.packs.publish.commit import read_commit
from boardpacks.params.load import load_params
from boardpacks.plan.plan import plan_packs
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project
from boardpacks.runs.statuses import DIFFERENT, NOT_REBUILT, SAME
from boardpacks.verify.verify_pack import verify
from tests.end_to_end.short import short_project

pytestmark = pytest.mark.end_to_end

NOTEBOOK = "notebooks/long_term_conditions.ipynb"
SMOKING, HAVERING = "smoking_prevalence", "E09000016"


@pytest.fixture(scope="module")
def template(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in git, with a small pack of Havering made from its only commit."""
    root = tmp_path_factory.mktemp("verified")
    project = short_project(project_copy, root)
    (root / ".gitignore").write_text("/reports/work/\n/reports/published/\nfonts/\n")
    _git(root, "init", "--quiet")
    _git(root, "add", ".")
    _git(root, "commit", "--quiet", "--message", "First")
    _build(project)
    return project


@pytest.fixture
def checkout(template: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of it, to be changed; the current folder is in it."""
    shutil.copytree(template.root, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project" / "notebooks")
    return Project(tmp_path / "project")


@pytest.fixture
def pack(checkout: Project, tmp_path: Path) -> Path:
    """The pack as it was sent to somebody."""
    (made,) = checkout.published.glob("*/*_long-term-conditions")
    return Path(shutil.copytree(made, tmp_path / "sent" / "a folder of mine"))


@pytest.fixture
def verified(pack: Path) -> Callable[[], tuple[int, str]]:
    """Verify the pack; the exit status, and what was said."""

    def run() -> tuple[int, str]:
        said: list[str] = []
        return verify(pack, said.append), "\n".join(said)

    return run


def _build(project: Project) -> Path:
    params = load_params(project.params)
    plans = plan_packs(
        params,
        project,
        places=["havering"],
        priorities=["long-term-conditions"],
        today=dt.date(2026, 12, 1),
    )
    order = BuildOrder(project, params, engine="bundled", formats=("html",))
    (result,) = make_packs(plans, read_build_states(order), lambda event: None)
    assert result.published is not None, result.failures
    return result.published


def _git(root: Path, *arguments: str) -> None:
    who = {
        f"GIT_{role}_{what}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    subprocess.run(["git", *arguments], cwd=root, env={**os.environ, **who}, check=True, capture_output=True)


def _edit(project: Project, old: str, new: str) -> None:
    path = project.root / NOTEBOOK
    content = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    for cell in cells:
        cell["source"] = "".join(cell["source"]).replace(old, new)
    path.write_text(json.dumps(content), encoding="utf-8")


def _raise_a_figure(project: Project) -> None:
    """Change one observation of the snapshot, and its manifest with it."""
    folder = project.snapshots / "embedded"
    table = pd.read_parquet(folder / OBSERVATIONS)
    last = table[(table["indicator"] == SMOKING) & (table["area"] == HAVERING)].index[-3]
    table.loc[last, "value"] += 0.5
    table.to_parquet(folder / OBSERVATIONS, index=False)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][OBSERVATIONS]["sha256"] = file_digest(folder / OBSERVATIONS)
    (folder / "manifest.json").write_text(Manifest.model_validate(manifest).model_dump_json())


def test_an_untouched_pack_is_the_same_wherever_it_lies(checkout, pack, verified):
    before = sorted(checkout.root.rglob("*"))
    status, said = verified()
    assert status == SAME, said
    assert "this checkout holds what the pack was made from" in said
    assert "Rebuilt in a clean folder, all the same: chapters 1;" in said
    assert sorted(checkout.root.rglob("*")) == before, "nothing is left behind"


def test_a_pack_of_another_commit_is_rebuilt_from_that_commit(checkout, pack, verified):
    _edit(checkout, "chapter.spine()", "1 + 1")
    _git(checkout.root, "commit", "--quiet", "--all", "--message", "Second")
    status, said = verified()
    assert status == SAME, said
    short = str(read_pack_manifest(pack).commit.sha)[:10]
    assert "long_term_conditions.ipynb is another one: the notebook's code changed: cell" in said
    assert f"It is rebuilt from its commit {short}." in said


def test_a_changed_observation_names_what_it_changes_first(checkout, verified):
    shutil.rmtree(checkout.root / ".git")
    _raise_a_figure(checkout)
    status, said = verified()
    assert status == DIFFERENT
    assert "its commit" in said
    assert "is not in this repository" in said
    # The trend to 2023, which the table of latest figures says, is worked out from the changed figure of 2021
    assert (
        "The first difference is table less-obesity-smokefree-latest of long_term_conditions (cell 5): "
        "its numbers differ.\n"
        "Numbers that differ:\n"
        "  havering.smoking_prevalence.E09000016.persons.2023.trend of long_term_conditions is "
    ) in said
    assert (
        "  havering.smoking_prevalence.E09000016.persons.2021 of long_term_conditions is 10.8%, in the pack 10.3%\n"
    ) in said
    assert ".html" in said.split("Then: ")[1]


def test_changes_that_were_not_committed_are_honoured(checkout, verified, pack):
    _edit(checkout, "chapter.spine()", "1 + 1")
    shutil.rmtree(pack)
    shutil.copytree(_build(checkout), pack)
    assert read_pack_manifest(pack).commit.uncommitted == (NOTEBOOK,)
    _git(checkout.root, "checkout", "--", NOTEBOOK)
    status, said = verified()
    assert status == DIFFERENT
    assert f"does not have all, uncommitted were {NOTEBOOK}" in said
    assert "of long_term_conditions (cell " in said.split("The first difference is ")[1]


def test_damage_is_named_and_nothing_is_rebuilt(pack, verified):
    page = next(pack.glob("*_DRAFT.html"))
    page.write_text(page.read_text(encoding="utf-8").replace("Havering", "Hovering"), encoding="utf-8")
    status, said = verified()
    assert status == DIFFERENT
    assert said.startswith(f"The first difference: {page.name} was changed.")
    assert "not rebuilt" in said


def test_what_cannot_be_rebuilt_says_why(checkout, verified, monkeypatch, tmp_path):
    (checkout.params / "places" / "havering.yml").unlink()
    shutil.rmtree(checkout.root / ".git")
    status, said = verified()
    assert status == NOT_REBUILT
    assert "This checkout cannot make the pack" in said
    monkeypatch.chdir(tmp_path / "sent")
    status, said = verified()
    assert status == NOT_REBUILT
    assert "No project found" in said


def test_a_commit_that_changes_nothing_of_a_pack_leaves_it_alone(checkout):
    published = next(checkout.published.glob("*/*_long-term-conditions"))
    before = (published / MANIFEST).read_bytes()
    (checkout.root / "README.md").write_text("Words.")
    _git(checkout.root, "add", ".")
    _git(checkout.root, "commit", "--quiet", "--message", "Words")
    assert read_commit(checkout, "embedded").uncommitted == ()
    assert _build(checkout) == published
    assert (published / MANIFEST).read_bytes() == before
