"""The recipe: which sources a pack is rebuilt from, and what is said, without building anything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from boardpacks.packs.files.pack_manifest import MANIFEST, Commit, PackManifest
from boardpacks.packs.files.pack_record import CHECKSUMS
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder import Project
from boardpacks.runs.statuses import DIFFERENT, NOT_REBUILT, SAME
from boardpacks.verify import verify_pack as verify_module
from boardpacks.verify.rebuild import NotRebuilt
from boardpacks.verify.verify_pack import verify
from tests.packs.manifests import a_manifest, an_artefact

SHA = "1234567890" * 4


def write(folder: Path, manifest: PackManifest) -> Path:
    folder.mkdir(parents=True)
    (folder / "pack.pdf").write_text("a pack")
    files = {"pack.pdf": hashlib.sha256(b"a pack").hexdigest()}
    (folder / MANIFEST).write_bytes(manifest.with_files(files).as_bytes())
    sums = {**files, MANIFEST: hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()}
    (folder / CHECKSUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write(tmp_path / "pack", a_manifest(an_artefact(), commit=Commit(sha=SHA)))


@pytest.fixture
def verified(pack, tmp_path, monkeypatch) -> Callable[..., tuple[int, str, list[str]]]:
    """Verify the pack with everything outside it replaced; status, what was said, and the sources taken."""

    def run(
        *found: str,
        fault: str = "",
        has_commit: bool = True,
        made: PackManifest | None = None,
        fails: str = "",
        pack: Path = pack,
    ) -> tuple[int, str, list[str]]:
        taken: list[str] = []
        said: list[str] = []

        def look(manifest, project):
            if fault:
                raise InputError([Problem("params", "place", "havering", fault)])

        def rebuild(folder, order):
            if fails:
                raise NotRebuilt(fails)
            return write(folder / "made", made or a_manifest(an_artefact()))

        def export(root, sha, folder):
            taken.append(sha)
            return True

        for name, stand_in in {
            "find_project": lambda start=None: Project(tmp_path),
            "look_at_sources": look,
            "source_differences": lambda then, now, project: list(found),
            "copy_sources": lambda project, folder: taken.append("checkout"),
            "take_fonts": lambda project, folder: None,
            "export_commit": export,
            "has_commit": lambda root, sha: has_commit,
            "rebuild": rebuild,
        }.items():
            monkeypatch.setattr(verify_module, name, stand_in)
        return verify(pack, said.append), "\n".join(said), taken

    return run


def test_a_checkout_that_holds_the_same_is_taken_whatever_its_commit(verified):
    status, said, taken = verified()
    assert (status, taken) == (SAME, ["checkout"])
    assert said.splitlines() == [
        "havering, 2026-12-09: made at commit 1234567890, engine bundled",
        "Files: 1, as they were published.",
        "Sources: this checkout holds what the pack was made from.",
        "Rebuilt in a clean folder, all the same: chapters 1; figures, tables and statements 1; "
        "files of the composed source 1; published files 1.",
    ]


def test_another_checkout_gives_way_to_the_commit(verified):
    status, said, taken = verified("a.ipynb is another one")
    assert (status, taken) == (SAME, [SHA])
    assert "git worktree add ../1234567890 1234567890" in said


@pytest.mark.parametrize(
    ("commit", "has_commit", "reason"),
    [
        (Commit(), True, "outside git"),
        (Commit(sha=SHA), False, "is not in this repository"),
        (Commit(sha=SHA, uncommitted=("notebooks/a.ipynb",)), True, "uncommitted were notebooks/a.ipynb"),
    ],
)
def test_without_its_commit_a_pack_is_rebuilt_from_another_checkout(
    verified, tmp_path, commit, has_commit, reason
):
    pack = write(tmp_path / "other", a_manifest(an_artefact(), commit=commit))
    status, said, taken = verified("a.ipynb is another one", has_commit=has_commit, pack=pack)
    assert (status, taken) == (SAME, ["checkout"])
    assert "  a.ipynb is another one\nIt is rebuilt from this checkout all the same: " in said
    assert reason in said
    status, said, taken = verified(fault="no such place", has_commit=has_commit, pack=pack)
    assert (status, taken) == (NOT_REBUILT, [])
    assert "no such place" in said
    assert "This checkout cannot make the pack, and " in said


def test_a_checkout_that_cannot_make_the_pack_gives_way_to_the_commit(verified):
    assert verified(fault="no such place")[::2] == (SAME, [SHA])


def test_the_first_difference_other_versions_and_what_follows_are_told(verified):
    made = a_manifest(an_artefact(drawing="9"), source={"pack.qmd": "0" * 64}, versions={"pandas": "4.0"})
    status, said, _ = verified("the library's code is another one: charts", made=made)
    assert status == DIFFERENT
    assert "  pandas 4.0, then 3.0.0" in said
    assert "The first difference is figure trend of smoking (cell 2): its drawing differs." in said
    assert "Then: source pack.qmd." in said
    assert said.endswith(
        "Its commit does not hold what it was made from either:\n  the library's code is another one: charts"
    )


def test_the_same_with_other_versions_is_the_same(verified):
    status, said, _ = verified(made=a_manifest(an_artefact(), versions={"pandas": "4.0"}))
    assert status == SAME
    assert "pandas 4.0, then 3.0.0" in said


def test_a_build_that_fails_says_why(verified):
    status, said, _ = verified(fails="Quarto was not found")
    assert status == NOT_REBUILT
    assert said.endswith("It cannot be rebuilt here:\n  Quarto was not found")


def test_a_damaged_pack_is_not_rebuilt(verified, pack):
    (pack / "pack.pdf").write_text("edited")
    status, said, taken = verified()
    assert (status, taken) == (DIFFERENT, [])
    assert said.startswith("The first difference: pack.pdf was changed.")


def test_a_file_of_somebodys_is_named(verified, pack):
    (pack / "notes.docx").touch()
    status, said, _ = verified()
    assert status == SAME
    assert "Not part of the pack: notes.docx." in said


def test_outside_any_project_the_files_are_checked_all_the_same(pack, monkeypatch):
    def find(start=None):
        raise BoardpacksError("No project found")

    said: list[str] = []
    monkeypatch.setattr(verify_module, "find_project", find)
    assert verify(pack, said.append) == NOT_REBUILT
    assert said[1:] == [
        "Files: 1, as they were published.",
        "It cannot be rebuilt here:\n  No project found",
    ]
