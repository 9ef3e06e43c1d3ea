"""Loading a snapshot: the real one, damaged ones, and any bytes at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS, Snapshot, load_snapshot
from boardpacks.data.snapshot_manifest import MANIFEST, Manifest
from boardpacks.project.errors import InputError
from boardpacks.project.file_digest import file_digest

Change = Callable[[dict[str, Any]], object]
ANY_BYTES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def copy(embedded: Snapshot, tmp_path: Path) -> Path:
    """A copy of the embedded snapshot that a test may damage."""
    return Path(shutil.copytree(embedded.folder, tmp_path / "copy"))


def change_manifest(folder: Path, change: Change) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    change(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")


def state_hash(folder: Path, name: str) -> None:
    """Make the manifest state the hash that a changed file has."""
    digest = file_digest(folder / name)
    change_manifest(folder, lambda manifest: manifest["files"][name].update(sha256=digest))


def problem_of(folder: Path) -> str:
    with pytest.raises(InputError) as error:
        load_snapshot(folder)
    return str(error.value)


def test_embedded_snapshot_is_what_its_manifest_says(embedded: Snapshot):
    manifest = embedded.manifest
    rows = {OBSERVATIONS: len(embedded.observations), DEPRIVATION: len(embedded.deprivation)}
    assert rows == {name: file.rows for name, file in manifest.files.items()}
    table = embedded.observations.groupby("indicator")
    assert dict(table.size()) == {name: series.rows for name, series in manifest.indicators.items()}
    assert dict(table["area"].nunique()) == {
        name: series.areas for name, series in manifest.indicators.items()
    }
    newest = table["period_start"].max()
    assert all(newest[name].date() == series.latest_start for name, series in manifest.indicators.items())
    assert all(
        series.licence and series.publisher and series.source for series in manifest.indicators.values()
    )


def test_hash_of_the_whole_changes_with_any_file(embedded: Snapshot):
    manifest = embedded.manifest
    files = {name: file.sha256 for name, file in manifest.files.items()}
    for name in files:
        changed = manifest.model_dump()
        changed["files"][name]["sha256"] = "0" * 64
        assert Manifest.model_validate(changed).sha256 != manifest.sha256


@pytest.mark.parametrize("name", [OBSERVATIONS, DEPRIVATION])
def test_a_changed_byte_is_found(copy: Path, name: str):
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    told = problem_of(copy)
    assert f"copy/{name}: sha256" in told
    assert "as its manifest says" in told
    assert "restore it" in told


@pytest.mark.parametrize("name", [OBSERVATIONS, DEPRIVATION])
def test_a_missing_table_is_found(copy: Path, name: str):
    (copy / name).unlink()
    assert f"copy/{name}\n  found    no such table" in problem_of(copy)


def test_a_table_that_the_manifest_does_not_name_is_not_read(copy: Path):
    change_manifest(copy, lambda manifest: manifest["files"].pop(OBSERVATIONS))
    assert "no such table" in problem_of(copy)


def test_a_snapshot_without_deprivation_has_no_small_areas(copy: Path):
    change_manifest(copy, lambda manifest: manifest["files"].pop(DEPRIVATION))
    assert load_snapshot(copy).deprivation.empty


def test_a_missing_manifest_or_folder_points_to_params(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "absent"):
        told = problem_of(tmp_path / folder)
        assert f"{folder}/manifest.json" in told
        assert "check `snapshot` in params/system.yml" in told


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (lambda m: m.pop("title"), "title", "Field required"),
        (lambda m: m.update(licence="OGL"), "licence", "Extra inputs are not permitted"),
        (lambda m: m.update(schema_version=2), "schema_version", "Input should be 1"),
        (lambda m: m["areas"].update({"Hackney": {"name": "x", "kind": "borough"}}), "areas.Hackney", "match pattern"),
        (lambda m: m["areas"]["E92000001"].update(kind="nation"), "areas.E92000001.kind", "'borough'"),
        (lambda m: m["files"][OBSERVATIONS].update(rows="many"), f"files.{OBSERVATIONS}.rows", "integer"),
    ],
)  # fmt: skip
def test_a_wrong_manifest_names_the_field(copy: Path, change: Change, key: str, said: str):
    change_manifest(copy, change)
    told = problem_of(copy)
    assert f"copy/manifest.json: {key}" in told
    assert said in told


def test_an_area_or_indicator_that_the_manifest_does_not_know_is_found(copy: Path):
    change_manifest(copy, lambda manifest: manifest["indicators"].pop("smoking_prevalence"))
    change_manifest(copy, lambda manifest: manifest["areas"].pop("E09000016"))
    told = problem_of(copy)
    assert "smoking_prevalence" in told or "E09000016" in told
    assert "of the manifest" in told
    assert "... and " in told


@given(content=st.one_of(st.binary(), st.text().map(str.encode), st.just(b"{}"), st.just(b"[1e999]")))
@ANY_BYTES
def test_no_bytes_as_manifest_raise_anything_else(tmp_path: Path, content: bytes):
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(InputError) as error:
        load_snapshot(tmp_path)
    assert str(error.value)


@given(content=st.one_of(st.binary(), st.binary().map(lambda inside: b"PAR1" + inside + b"PAR1")))
@ANY_BYTES
def test_no_bytes_as_table_raise_anything_else(
    embedded: Snapshot, tmp_path_factory: pytest.TempPathFactory, content: bytes
):
    folder = tmp_path_factory.mktemp("bytes", numbered=True)
    shutil.copy(embedded.folder / MANIFEST, folder)
    (folder / OBSERVATIONS).write_bytes(content)
    state_hash(folder, OBSERVATIONS)
    with pytest.raises(InputError, match="a Parquet file"):
        load_snapshot(folder)


def test_a_table_of_other_columns_is_found(copy: Path):
    shutil.copy(copy / DEPRIVATION, copy / OBSERVATIONS)
    state_hash(copy, OBSERVATIONS)
    told = problem_of(copy)
    assert f"copy/{OBSERVATIONS}: indicator\n  found    no such column" in told
