from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from boardpacks.data.snapshot import OBSERVATIONS
from boardpacks.data.snapshot_manifest import Manifest
from boardpacks.packs.files.pack_manifest import PackInputs, PackManifest
from boardpacks.project.errors import InputError
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project
from boardpacks.verify.sources import look_at_sources, source_differences, version_differences
from tests.packs.manifests import a_manifest

ASKED = a_manifest(priorities=("long-term-conditions",))
SMOKING = ("series", "smoking_prevalence", "E09000016")


@pytest.fixture
def project(project_copy: Project, tmp_path: Path) -> Project:
    left_out = shutil.ignore_patterns("work", "published", "runs", "fonts")
    for name in ("params", "data", "notebooks", "reports"):
        shutil.copytree(project_copy.root / name, tmp_path / "project" / name, ignore=left_out)
    return Project(tmp_path / "project")


@pytest.fixture
def then(project: Project) -> PackInputs:
    return look_at_sources(ASKED, project)


def told(then: PackInputs, project: Project, manifest: PackManifest = ASKED) -> list[str]:
    return source_differences(then, look_at_sources(manifest, project), project)


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_has_changed(project, then):
    assert told(then, project) == []


def test_looking_writes_nothing(project):
    before = sorted(project.root.rglob("*"))
    look_at_sources(ASKED, project)
    assert sorted(project.root.rglob("*")) == before


def test_an_edited_cell_is_named(project, then):
    path = project.notebooks / "priority.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    numbers = [n for n, cell in enumerate(content["cells"], start=1) if cell["cell_type"] == "code"]
    content["cells"][numbers[-1] - 1]["source"] = "1 + 1"
    path.write_text(json.dumps(content), encoding="utf-8")
    (project.notebooks / "collaborative.ipynb").write_text("{}")  # no part of this pack
    words = f"the notebook's code changed: cell {numbers[-1]}"
    assert told(then, project) == [f"priority.ipynb is another one: {words}"]


def test_params_meetings_reports_and_files_beside_are_named(project, then):
    replace_in(project.params / "places" / "newham.yml", "name: Newham", "name: New Ham")
    replace_in(project.params / "meetings" / "havering.yml", "board: ", "board: The ")
    replace_in(project.reports / "pack.qmd", "<!-- chapters -->", "Words.\n\n<!-- chapters -->")
    (project.notebooks / "helper.py").write_text("x = 1")
    assert told(then, project) == [
        "params/ is another one: place newham",
        "reports/ is another one: pack.qmd",
        "beside the notebooks is something else: helper.py (new)",
        "meeting and front sheet: is not the same",
    ]


def test_figures_that_were_read_are_named(project, then):
    chapter = then.chapters[0].model_copy(update={"reads": {" ".join(SMOKING): "as it was"}})
    then = then.model_copy(update={"chapters": (chapter, *then.chapters[1:])})
    folder = project.snapshots / "embedded"
    table = pd.read_parquet(folder / OBSERVATIONS)
    last = table[(table["indicator"] == SMOKING[1]) & (table["area"] == SMOKING[2])].index[-1]
    table.loc[last, "value"] += 0.5
    table.to_parquet(folder / OBSERVATIONS, index=False)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][OBSERVATIONS]["sha256"] = file_digest(folder / OBSERVATIONS)
    (folder / "manifest.json").write_text(Manifest.model_validate(manifest).model_dump_json())
    first, second = told(then, project)
    assert first.startswith("the snapshot embedded (")
    assert second == "figures that long_term_conditions has read: smoking_prevalence for E09000016 changed"


def test_a_new_name_of_the_snapshot_is_told(project, then):
    (project.snapshots / "embedded").rename(project.snapshots / "renamed")
    replace_in(project.params / "system.yml", "snapshot: embedded", "snapshot: renamed")
    assert told(then, project) == ["the snapshot is called renamed, not embedded"]


def test_another_list_of_chapters_is_told(project, then):
    chapters = project.params / "chapters.yml"
    replace_in(chapters, "id: long_term_conditions", "id: renamed")
    assert told(then, project) == [
        "the chapter long_term_conditions is not in the pack any more",
        "the chapter renamed is new",
    ]


def test_fonts_that_have_not_been_made_are_no_difference(project, then):
    assert told(then.model_copy(update={"digests": {**then.digests, "fonts": "0"}}), project) == []


def test_library_code_and_versions_are_named(project, then):
    library = then.model_copy(update={"digests": {**then.digests, "library charts": "0"}})
    assert told(library, project) == ["the library's code is another one: charts"]
    pandas = then.versions["pandas"]
    older = then.model_copy(update={"versions": {**then.versions, "pandas": "2.9", "polars": "1.0"}})
    assert version_differences(older, then) == [
        f"pandas {pandas}, then 2.9",
        "polars is not used, then 1.0",
    ]


def test_a_checkout_that_cannot_make_the_pack_says_why(project):
    with pytest.raises(InputError, match="atlantis"):
        look_at_sources(a_manifest(place="atlantis"), project)
