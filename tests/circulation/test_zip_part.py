"""The zip of a part."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import PurePosixPath

from boardpacks.circulation.zip_part import archive, archive_name
from tests.circulation.made import an_edition


def test_everything_for_people_in_one_folder_with_checksums(published):
    edition = an_edition(published, parts=2)
    for papers, folder in zip(
        edition.parts, ("2026-12-09_alston_v1.0", "2026-12-09_alston_v1.0_part-2"), strict=True
    ):
        assert archive_name(edition, papers) == f"{folder}.zip"
        zipped = zipfile.ZipFile(io.BytesIO(archive(edition, papers)))
        assert zipped.testzip() is None
        names = zipped.namelist()
        assert {str(PurePosixPath(name).parent) for name in names} == {folder}
        lines = zipped.read(f"{folder}/SHA256SUMS").decode().splitlines()
        sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
        assert {f"{folder}/{name}" for name in sums} == {*names} - {f"{folder}/SHA256SUMS"}
        for name, digest in sums.items():
            assert hashlib.sha256(zipped.read(f"{folder}/{name}")).hexdigest() == digest
        assert [name.rpartition("_v1.0")[2] for name in sums] == [
            ".pdf", "_large-print.pdf", ".html", "_data.xlsx", "_data.csv", "_facts.json",
        ]  # fmt: skip


def test_part_one_holds_nothing_of_part_two(published):
    edition = an_edition(published, parts=2)
    zipped = zipfile.ZipFile(io.BytesIO(archive(edition, edition.parts[0])))
    assert not any("part-2" in name or b"part-2" in zipped.read(name) for name in zipped.namelist())


def test_the_same_edition_gives_the_same_bytes(published, tmp_path):
    editions = [an_edition(folder) for folder in (published, tmp_path / "b" / "published")]
    first, second = (archive(edition, edition.parts[0]) for edition in editions)
    assert first == second
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (2026, 12, 1, 12, 0, 0)
    }
