"""boardpacks meeting form and read, as a secretary types them."""

from __future__ import annotations

import shutil

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from boardpacks.cli import app
from tests.meetings.conftest import CALENDAR, ROOT

FORM = "havering_2026-12-09_form.xlsx"


@pytest.fixture
def run(folder, monkeypatch):
    """Run commands in a project that has the params folder and a few empty ones."""
    for name in ("notebooks", "data"):
        (folder.parent / name).mkdir()
    shutil.copyfile(ROOT / "pyproject.toml", folder.parent / "pyproject.toml")
    monkeypatch.chdir(folder.parent)
    return lambda *arguments: CliRunner().invoke(app, ["meeting", *arguments], prog_name="boardpacks")


def test_from_the_form_to_params_and_back(run, folder):
    written = run("form", "havering/2026-12-09")
    assert written.exit_code == 0, written.output
    assert f"boardpacks meeting read {FORM}" in written.output

    book = load_workbook(folder.parent / FORM)
    book["Meeting"]["B7"] = "New Hall"
    book.save(folder.parent / FORM)
    looked = run("read", FORM, "--check")
    assert "1 change, not written because of --check" in looked.output
    assert (folder / "meetings" / "havering.yml").read_text() == CALENDAR

    read = run("read", FORM)
    assert read.exit_code == 0, read.output
    assert "  Venue\n    was  Old Hall\n    now  New Hall\n" in read.output
    assert "Still to follow: Author, " in read.output
    assert "venue: 'New Hall'  # ask for the key" in (folder / "meetings" / "havering.yml").read_text()

    assert "Nothing to change" in run("read", FORM).output


def test_a_form_that_may_be_filled_in_is_not_written_over(run, folder):
    run("form", "havering/2026-12-09", "--out", "a.xlsx")
    before = (folder.parent / "a.xlsx").read_bytes()

    again = run("form", "havering/2026-12-09", "--out", "a.xlsx")

    assert again.exit_code == 2
    assert "may be filled in" in again.output
    assert (folder.parent / "a.xlsx").read_bytes() == before


def test_wrong_cells_are_all_told_and_nothing_is_written(run, folder):
    run("form", "havering/2026-12-09")
    book = load_workbook(folder.parent / FORM)
    for row in range(9, 19):
        book["Meeting"].cell(row, 2).value = "=1+1"
    book.save(folder.parent / FORM)

    read = run("read", FORM)

    assert read.exit_code == 2
    assert "10 problems found" in read.output
    assert f"{FORM}, sheet Meeting, cell B18: Conflicts of interest" in read.output
    assert "Traceback" not in read.output
    assert (folder / "meetings" / "havering.yml").read_text() == CALENDAR


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("form", "haverin"), "did you mean 'havering'?"),
        (("form", "havering/2030-01-01"), "2026-12-09"),
        (("read", "no.xlsx"), "no such file"),
    ],
)
def test_what_is_not_there_is_told(arguments, told, run):
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert told in ended.output
