from __future__ import annotations

import shutil

import pytest

from boardpacks.chapter.read_once import read_inputs
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project


@pytest.fixture
def copy(project, tmp_path):
    for name in ("params", "data"):
        shutil.copytree(project.root / name, tmp_path / name)
    return Project(tmp_path)


def test_inputs_are_read_once_while_their_files_stay_the_same(copy):
    params, snapshot = read_inputs(copy)
    again = read_inputs(copy)
    assert again[0] is params
    assert again[1] is snapshot


def test_a_changed_file_is_read_anew_although_its_size_and_time_are_the_same(copy):
    before, _ = read_inputs(copy)
    path = copy.params / "places" / "havering.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Havering", "Maverick"), encoding="utf-8")
    after, _ = read_inputs(copy)
    assert (before.places["havering"].name, after.places["havering"].name) == ("Havering", "Maverick")


def test_a_fault_is_told_each_time_until_it_is_mended(copy):
    path = copy.params / "places" / "havering.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text("nonsense: true\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match="nonsense"):
            read_inputs(copy)
    path.write_text(text, encoding="utf-8")
    assert "havering" in read_inputs(copy)[0].places


def test_a_damaged_table_is_noticed(copy):
    _, snapshot = read_inputs(copy)
    table = snapshot.folder / "observations.parquet"
    table.write_bytes(table.read_bytes()[:-1])
    with pytest.raises(InputError, match="sha256"):
        read_inputs(copy)
