from __future__ import annotations

import os
from dataclasses import replace

import pytest

from boardpacks.execute.cluster.bundles import pack_folders, unpack


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "root"
    for name in ("params/system.yml", "notebooks/one.ipynb", "notebooks/inner/two.py", "reports/other.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def packed(root):
    return pack_folders(root, [root / "notebooks", root / "params"])


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_is_packed_comes_out_again(root, tmp_path):
    folder = tmp_path / "store" / "there"
    unpack(packed(root), folder)
    assert names(folder) == ["notebooks/inner/two.py", "notebooks/one.ipynb", "params/system.yml"]
    assert (folder / "notebooks/one.ipynb").read_text() == "notebooks/one.ipynb"
    assert names(tmp_path / "store") == [f"there/{name}" for name in names(folder)]


def test_the_same_files_have_the_same_digest_whatever_their_dates(root):
    before = packed(root)
    os.utime(root / "notebooks/one.ipynb", (0, 0))
    (root / "notebooks/one.ipynb").chmod(0o600)
    assert packed(root) == before
    (root / "notebooks/one.ipynb").write_text("edited")
    assert packed(root).digest != before.digest


def test_hidden_files_and_compiled_code_stay_at_home(root):
    before = packed(root)
    for name in (".ipynb_checkpoints/one.ipynb", "__pycache__/two.pyc", ".hidden"):
        path = root / "notebooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert packed(root) == before


def test_a_folder_that_is_there_stays(root, tmp_path):
    folder = tmp_path / "there"
    unpack(packed(root), folder)
    (folder / "mark").touch()
    unpack(packed(root), folder)
    assert (folder / "mark").exists()


def test_a_folder_without_files_can_be_packed(tmp_path):
    unpack(pack_folders(tmp_path, [tmp_path / "missing"]), tmp_path / "there")
    assert names(tmp_path / "there") == []


def test_a_damaged_archive_is_not_unpacked(root, tmp_path):
    archive = packed(root)
    with pytest.raises(ValueError, match="damaged"):
        unpack(replace(archive, content=archive.content[:-1] + b"?"), tmp_path / "there")
    assert not (tmp_path / "there").exists()
