"""`boardpacks new system` and `--project`, as they are typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from boardpacks.cli import app
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project, find_project


def typed(*words: str, answers: str = "") -> Result:
    return CliRunner().invoke(app, words, prog_name="boardpacks", input=answers)


def test_a_project_is_found_from_anywhere_by_its_folder(
    project_copy: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert "No project found" in typed("places").output
    for folder in (project_copy.root, project_copy.notebooks):
        result = typed("places", "--project", str(folder))
        assert result.exit_code == 0
        assert "havering" in result.output
    assert "No project found" in typed("places").output  # what one command is told is no other's business


@pytest.mark.parametrize(
    "command", [("params", "check"), ("build",), ("data", "status"), ("due",), ("serve",)]
)
def test_every_command_takes_it_and_says_what_is_wrong_with_it(command: tuple[str, ...], tmp_path: Path):
    result = typed(*command, "--project", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "No project found" in result.output
    assert "new system" in result.output


def test_it_is_no_option_of_what_needs_no_project(tmp_path: Path):
    assert "No such option" in typed("new", "system", str(tmp_path / "x"), "--project", ".").output


def test_the_project_around_the_current_folder_is_found(project_copy: Project):
    assert find_project(project_copy.notebooks) == project_copy


def test_options_alone_make_a_system(tmp_path: Path):
    folder = tmp_path / "made"
    words = ["--name", "Tyne Care Partnership", "--place", "Gateshead", "--place", "South Tyneside"]
    result = typed("new", "system", str(folder), *words, "--borough", "council", "--colour", "#00594c")
    assert result.exit_code == 0, result.output
    assert "boardpacks params check" in result.output
    system = load_params(folder / "params").system
    assert (system.short_name, system.colour, system.words.several) == ("Tyne", "#00594c", "councils")
    again = typed("new", "system", str(folder), *words)
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_what_is_missing_is_told_where_nobody_can_be_asked(tmp_path: Path):
    result = typed("new", "system", str(tmp_path / "made"))
    assert result.exit_code == 2
    assert "options: name" in result.output.replace(", line 1", "")
    assert "options: places" in result.output.replace(", line 1", "")
    assert not (tmp_path / "made").exists()


def test_what_is_missing_is_asked_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("boardpacks.cli.new.on_a_terminal", lambda: True)
    answers = "Wight Care\nIsle of Wight\n\nisland\n\n"
    result = typed("new", "system", str(tmp_path / "made"), answers=answers)
    assert result.exit_code == 0, result.output
    params = load_params(tmp_path / "made" / "params")
    assert list(params.places) == ["isle-of-wight"]
    assert params.system.words.several == "islands"
    shutil.rmtree(tmp_path / "made")
