from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from boardpacks.packs.files.pack_manifest import MANIFEST, read_pack_manifest
from boardpacks.packs.files.pack_record import CHECKSUMS
from boardpacks.project.errors import BoardpacksError
from boardpacks.verify.files import check_files, check_manifest, foreign_files
from tests.packs.manifests import a_manifest

PDF, DATA = "pack.pdf", "pack_data.csv"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder as packs are published: files, manifest and checksums that agree."""
    folder = tmp_path / "havering"
    folder.mkdir()
    for name in (PDF, DATA, "pack.json"):
        (folder / name).write_text(f"contents of {name}")
    _seal(folder)
    return folder


def _seal(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.name not in (MANIFEST, CHECKSUMS))
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / MANIFEST).write_bytes(a_manifest(files=files).as_bytes())
    _sum(folder)


def _sum(folder: Path) -> None:
    paths = sorted(path for path in folder.iterdir() if path.name != CHECKSUMS)
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths]
    (folder / CHECKSUMS).write_text("".join(lines))


def test_an_untouched_pack_has_no_fault(pack):
    assert check_files(pack) == []
    assert check_manifest(pack, read_pack_manifest(pack)) == []


def test_what_file_managers_leave_behind_is_no_fault(pack):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (pack / name).touch()
    assert foreign_files(pack) == []


def test_a_file_of_somebodys_is_named_and_no_fault(pack):
    (pack / "notes.docx").touch()
    assert check_files(pack) == []
    assert foreign_files(pack) == ["notes.docx"]


def test_every_fault_is_named(pack):
    (pack / PDF).write_text("edited")
    (pack / DATA).unlink()
    assert check_files(pack) == ["pack.pdf was changed", "pack_data.csv is missing"]


def test_an_edited_manifest_is_a_changed_file(pack):
    path = pack / MANIFEST
    path.write_text(path.read_text().replace("havering", "newham"))
    assert check_files(pack) == ["manifest.json was changed"]


def test_new_checksums_do_not_hide_an_edit(pack):
    (pack / PDF).write_text("edited")
    _sum(pack)
    assert check_files(pack) == []
    found = check_manifest(pack, read_pack_manifest(pack))
    assert found == [
        "pack.pdf is not the file that manifest.json names, though SHA256SUMS was changed to fit it"
    ]


@pytest.mark.parametrize(
    "content", [None, "", "nonsense\n", f"{'0' * 64}  ../pack.pdf\n", f"{'0' * 64}  a\nb"]
)
def test_checksums_that_cannot_be_read_are_a_fault(pack, content):
    (pack / CHECKSUMS).unlink()
    if content is not None:
        (pack / CHECKSUMS).write_text(content)
    assert check_files(pack) == ["SHA256SUMS is missing or damaged"]


def test_a_folder_that_is_no_pack_is_told(tmp_path):
    with pytest.raises(BoardpacksError, match="holds no published pack"):
        check_files(tmp_path)
    with pytest.raises(BoardpacksError, match="no such folder"):
        check_files(tmp_path / dt.date(2026, 12, 9).isoformat())


def test_a_merged_meeting_pack_is_told_how_to_be_checked(pack):
    merged = pack.rename(pack.with_name("havering_meeting"))
    with pytest.raises(BoardpacksError, match="cannot be made again without the papers"):
        check_files(merged)
