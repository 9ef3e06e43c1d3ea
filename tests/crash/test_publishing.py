"""Faults of disks and folders while packs are published and the library is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from boardpacks.packs.library.write_library import read_packs, write_library
from boardpacks.packs.publish.publish_pack import publish_pack, repair_published
from boardpacks.project.write_errors import CannotWrite

from .conftest import contents, everything, os_error, some_params

PACK = "2026-12-09/havering"


def disk_write(error):
    """Fail as a full disk does: where the bytes are to reach it, without a word on which file."""
    return (os, "fsync", error, None)


FAILING = {
    "disk full while a pack is written": (disk_write("ENOSPC"), "the disk is full"),
    "quota used up while a pack is written": (disk_write("EDQUOT"), "your share of the disk is used up"),
    "file too large while a pack is written": (disk_write("EFBIG"), "larger than is allowed"),
    "disk error while a pack is written": (disk_write("EIO"), "Check the disk"),
    "disk full while a pack's folder is made": (
        (Path, "mkdir", "ENOSPC", ".havering.new"),
        "Free some space",
    ),
    "read-only folder": ((Path, "mkdir", "EROFS", ".havering.new"), "the folder is read-only"),
    "permission denied": ((Path, "open", "EACCES", "pack.json"), "permission is denied"),
    "path too long": ((Path, "open", "ENAMETOOLONG", "DRAFT.pdf"), "the path is too long"),
    "earlier edition cannot be moved away": ((Path, "rename", "EACCES", "/havering"), "permission is denied"),
    "new edition cannot be moved in": ((Path, "rename", "ENOSPC", ".havering.new"), "the disk is full"),
}


@pytest.mark.parametrize("earlier", [True, False], ids=["again", "first"])
@pytest.mark.parametrize("name", FAILING)
def test_a_failing_disk_keeps_the_earlier_edition(
    pack, published, tmp_path, monkeypatch, fail, name, earlier
):
    call, told = FAILING[name]
    if name.startswith("earlier") and not earlier:
        pytest.skip("there is nothing to be moved away")
    old = contents(publish_pack(pack("old"), published)) if earlier else None
    new = contents(publish_pack(pack("new"), tmp_path / "other"))
    finished = pack("new")

    with monkeypatch.context():
        fail(*call)
        with pytest.raises(CannotWrite) as caught:
            publish_pack(finished, published)
        monkeypatch.undo()

    assert contents(published / PACK) == old
    assert told in str(caught.value)
    assert str(published / PACK) in str(caught.value)
    assert "  remedy  " in str(caught.value)
    assert len(str(caught.value).splitlines()) < 8
    assert contents(publish_pack(finished, published)) == new
    assert everything(published / "2026-12-09")[0] == "havering"


def test_network_drive_lost_at_the_last_step(pack, published, tmp_path, monkeypatch, fail):
    "network drive lost at the last step"
    publish_pack(pack("old"), published)
    new = contents(publish_pack(pack("new"), tmp_path / "other"))
    finished = pack("new")
    real, calls = os.fsync, []

    def lost(handle):
        calls.append(handle)
        if len(calls) == 9:  # seven files, the new folder, and the folder that holds it
            raise os_error("ESTALE")
        real(handle)

    monkeypatch.setattr(os, "fsync", lost)
    with pytest.raises(CannotWrite, match="the network drive has lost the file"):
        publish_pack(finished, published)

    assert contents(published / PACK) == new
    repair_published(published)
    assert [path.name for path in (published / "2026-12-09").iterdir()] == ["havering"]


@pytest.mark.parametrize(
    ("name", "where"),
    [("a file where the pack's folder goes", PACK), ("a file where the meeting's folder goes", "2026-12-09")],
)
def test_a_file_of_somebody_is_not_deleted(pack, published, name, where):
    path = published / where
    path.parent.mkdir(parents=True)
    path.write_text("minutes")

    with pytest.raises(CannotWrite, match="Move it out of the way"):
        publish_pack(pack("new"), published)

    assert path.read_text() == "minutes"
    path.unlink()
    publish_pack(pack("new"), published)
    assert read_packs(published)[1] == []


@pytest.mark.parametrize(
    "name", ["a broken link where the pack's folder goes", "a link to a folder where the pack's folder goes"]
)
def test_a_link_is_replaced_by_the_pack(pack, published, tmp_path, name):
    elsewhere = tmp_path / "elsewhere"
    if "broken" not in name:
        elsewhere.mkdir()
        (elsewhere / "mine.txt").write_text("mine")
    (published / "2026-12-09").mkdir(parents=True)
    (published / PACK).symlink_to(elsewhere)

    for words in ("first", "second"):
        folder = publish_pack(pack(words), published)
        assert not folder.is_symlink()

    assert everything(published / "2026-12-09")[0] == "havering"
    assert "broken" in name or (elsewhere / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("killed", [False, True])
def test_a_foreign_file_in_the_packs_folder(pack, published, monkeypatch, killed):
    "a foreign file in the pack's folder"
    folder = publish_pack(pack("old"), published)
    (folder / "minutes.txt").write_text("mine")
    (folder / "SHA256SUMS").write_text("")  # even when nothing says what is the pack's own

    if killed:  # between the new edition's arrival and the end of the earlier one
        monkeypatch.setattr("boardpacks.packs.publish.publish_pack._retire", lambda old, target: None)
        publish_pack(pack("new", draft="0.2"), published)
        monkeypatch.undo()
        repair_published(published)
    else:
        publish_pack(pack("new", draft="0.2"), published)

    found = contents(folder)
    assert found is not None
    assert found.pop("minutes.txt") == b"mine"
    assert len(found) == 7
    assert not [name for name in found if "v0.1" in name]
    assert [path.name for path in folder.parent.iterdir()] == ["havering"]


def test_a_broken_link_and_foreign_files_in_the_published_folder(pack, published, tmp_path):
    "a broken link and foreign files in the published folder"
    publish_pack(pack("old"), published)
    (published / "broken").symlink_to(tmp_path / "nowhere")
    (published / "2026-12-09" / "broken").symlink_to(tmp_path / "nowhere")
    (published / "notes.txt").write_text("mine")
    (published / "2026-12-09" / ".mine.old").write_text("mine")

    repair_published(published)
    publish_pack(pack("new"), published)
    page = write_library(published, some_params().system, tmp_path)

    assert "Havering" in page.read_text(encoding="utf-8")
    assert (published / "notes.txt").read_text() == "mine"
    assert (published / "broken").is_symlink()
    assert (published / "2026-12-09" / ".mine.old").read_text() == "mine"


def test_a_damaged_pack_in_the_published_folder(pack, published, tmp_path):
    "a damaged pack in the published folder"
    folder = publish_pack(pack("old"), published)
    next(folder.glob("*.pdf")).write_bytes(b"half")

    page = write_library(published, some_params().system, tmp_path).read_text(encoding="utf-8")
    assert "was changed after publishing" in page

    publish_pack(pack("new"), published)
    assert read_packs(published)[1] == []


def test_disk_full_while_the_library_is_written(pack, published, tmp_path, monkeypatch, fail):
    "disk full while the library is written"
    publish_pack(pack("old"), published)
    system = some_params().system
    before = write_library(published, system, tmp_path).read_bytes()
    publish_pack(pack("later", draft="0.2"), published)

    with monkeypatch.context():
        fail(*disk_write("ENOSPC"))
        with pytest.raises(CannotWrite, match="the disk is full"):
            write_library(published, system, tmp_path)
        monkeypatch.undo()

    assert (published / "index.html").read_bytes() == before
    assert not (published / ".index.html.new").exists()
    assert write_library(published, system, tmp_path).read_bytes() != before


def test_a_folder_where_the_librarys_page_goes(published, tmp_path):
    "a folder where the library's page goes"
    (published / "index.html").mkdir(parents=True)
    with pytest.raises(CannotWrite, match=r"a folder is where a file should be"):
        write_library(published, some_params().system, tmp_path)
    assert not (published / ".index.html.new").exists()
