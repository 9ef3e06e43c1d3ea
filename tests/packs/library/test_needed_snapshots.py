"""A snapshot stays while params or a pack need it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from boardpacks.data.snapshot_manifest import read_manifest
from boardpacks.packs.files.pack_record import PACK_JSON, SnapshotRecord
from boardpacks.packs.library.needed_snapshots import needed_snapshots
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project

from .shelve import shelve


@pytest.fixture
def own(project_copy: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with its snapshot, and another beside it."""
    monkeypatch.chdir(tmp_path)
    project = Project(tmp_path)
    for name in ("embedded", "spring"):
        shutil.copytree(project_copy.snapshots / "embedded", project.snapshots / name)
    manifest = project.snapshots / "spring" / "manifest.json"
    manifest.write_text(
        manifest.read_text("utf-8").replace('"name": "embedded"', '"name": "spring"'), "utf-8"
    )
    return project


@pytest.fixture(scope="module")
def real(project_copy: Project) -> Params:
    return load_params(project_copy.params)


def test_params_need_the_one_that_they_name(own, real):
    assert needed_snapshots(own, real) == {"embedded": "params/system.yml names it", "spring": ""}


@pytest.mark.parametrize("shelf", ["published", "published-confidential", "preview"])
@pytest.mark.parametrize("known_by", ["name", "hash"])
def test_a_pack_needs_the_one_that_it_was_made_from(own, real, shelf, known_by):
    sha256 = read_manifest(own.snapshots / "spring").sha256
    made_from = {"name": ("spring", "ab" * 32), "hash": ("now-called-otherwise", sha256)}[known_by]
    shelve(own.reports / shelf, snapshot=SnapshotRecord(name=made_from[0], sha256=made_from[1]))
    words = f"reports/{shelf}/2026-12-09/havering was made from it"
    assert needed_snapshots(own, real)["spring"] == words


def test_a_pack_that_cannot_be_read_may_need_any(own, real):
    folder = shelve(own.published)
    (folder / PACK_JSON).write_text("{")
    with pytest.raises(InputError, match=r"havering/pack\.json"):
        needed_snapshots(own, real)
