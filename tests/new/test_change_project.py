"""A change comes into a project if a build takes it, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpacks.new.change_project import WouldBreak, change_project
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import CannotWrite
from tests.new.made_system import TODAY


def contents(project: Project) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in project.root.rglob("*") if path.is_file()}


def append(copy: Project, name: str, text: str) -> None:
    path = copy.params / name
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def test_what_a_build_would_refuse_is_told_and_not_written(ten_copy: Project):
    before = contents(ten_copy)
    with pytest.raises(WouldBreak, match=r"would come of it:\nparams/places/bury.yml, line 8: trust"):
        change_project(ten_copy, TODAY, lambda copy: append(copy, "places/bury.yml", "trust: nonsense\n"))
    assert contents(ten_copy) == before


def test_what_was_wrong_before_is_no_fault_of_a_change(ten_copy: Project):
    append(ten_copy, "chapters.yml", "- notebook: missing\n  scope: place\n")
    change_project(ten_copy, TODAY, lambda copy: append(copy, "places/bury.yml", "# changed\n"))
    assert (ten_copy.params / "places" / "bury.yml").read_text("utf-8").endswith("# changed\n")


def test_what_is_not_agreed_to_is_not_written(ten_copy: Project):
    def refuse(made: str) -> None:
        raise BoardpacksError(made)

    def change(copy: Project) -> str:
        append(copy, "places/bury.yml", "# changed\n")
        return "made"

    before = contents(ten_copy)
    with pytest.raises(BoardpacksError, match="made"):
        change_project(ten_copy, TODAY, change, refuse)
    assert contents(ten_copy) == before


def test_what_somebody_has_saved_meanwhile_is_not_written_over(ten_copy: Project):
    with pytest.raises(BoardpacksError, match=r"params/places/bury.yml changed in the meantime"):
        change_project(
            ten_copy,
            TODAY,
            lambda copy: append(copy, "places/bury.yml", "# changed\n"),
            lambda made: append(ten_copy, "places/bury.yml", "# saved\n"),
        )
    assert (ten_copy.params / "places" / "bury.yml").read_text("utf-8").endswith("# saved\n")


def test_a_disk_that_fails_leaves_all_as_it_was(ten_copy: Project, monkeypatch: pytest.MonkeyPatch):
    from boardpacks.new import change_project as module  # noqa: PLC0415

    def change(copy: Project) -> None:
        append(copy, "places/bolton.yml", "# changed\n")
        append(copy, "places/bury.yml", "# changed\n")

    before, failed = contents(ten_copy), list[Path]()

    def write(path: Path, content: bytes) -> None:
        if path.name == "bury.yml" and not failed:
            failed.append(path)
            raise OSError(28, "No space left on device")
        write_whole(path, content)

    monkeypatch.setattr(module, "write_whole", write)
    with pytest.raises(CannotWrite, match="disk is full"):
        change_project(ten_copy, TODAY, change)
    assert failed
    assert contents(ten_copy) == before
