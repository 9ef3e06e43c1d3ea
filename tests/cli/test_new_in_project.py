"""`boardpacks new place`, `priority`, `outcome`, `chapter` and `meeting`, as they are typed in a new system."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from boardpacks.cli import app
from boardpacks.params.load import load_params
from boardpacks.plan.notebook_contract import check_contract
from boardpacks.project.folder import Project
from tests.new.test_change_project import contents


def new(*words: str, said: str = "") -> str:
    result = CliRunner().invoke(app, ["new", *words], prog_name="boardpacks", input=said)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = CliRunner().invoke(app, ["new", *words], prog_name="boardpacks")
    assert result.exit_code == 2, result.output
    return result.output


def test_each_new_thing_in_turn_leaves_all_well(ten_copy: Project):
    new("place", "Cheshire East", "E06000050", "--name", "Cheshire & Chester")
    new(
        "priority",
        "Healthy ageing",
        "--aim",
        "Age well: at home.",
        "--outcome",
        "Fewer fall",
        "--gap",
        "None is held.",
    )
    new("outcome", "Healthy ageing", "More are told: of “help”", "--indicator", "population")
    new("chapter", "ageing", "--priority", "healthy-ageing")
    new(
        "chapter",
        "side_by_side",
        "--scope",
        "system",
        "--title",
        "Side by side",
        "--indicator",
        "adult_obesity",
    )
    said = new("meeting", "Cheshire & Chester", "2027-03-10", "--starts", "14:00", "--venue", "Room: 1")
    assert "papers go out on 2 March 2027" in said
    result = CliRunner().invoke(app, ["params", "check"])
    assert "All is well: 11 places, 4 priorities, 13 indicators, 9 chapters, 12 packs." in result.output
    params = load_params(ten_copy.params)
    assert [one.name for one in params.places["cheshire-and-chester"].boroughs] == [
        "Cheshire East",
        "Cheshire West and Chester",
    ]
    assert params.priorities["healthy-ageing"].aim == "Age well: at home."
    assert [one.gap for one in params.priorities["healthy-ageing"].outcomes] == ["None is held.", None]
    assert [one.id for one in params.chapters][-3:] == ["healthy_ageing", "ageing", "side_by_side"]
    held = [one for one in params.calendars["cheshire-and-chester"].meetings if one.venue]
    assert [(str(one.date), one.starts, one.venue) for one in held] == [("2027-03-10", "14:00", "Room: 1")]
    assert check_contract(ten_copy, params) == []


def test_a_chapter_of_priorities_stands_behind_those_that_are_there(ten_copy: Project):
    with (ten_copy.params / "chapters.yml").open("a", encoding="utf-8") as file:
        file.write("# the last\n- notebook: place_profile\n  id: again\n  scope: place\n")
    new("priority", "Healthy ageing", "--aim", "Age well.", "--outcome", "Fewer fall", "--gap", "None.")
    assert [one.id for one in load_params(ten_copy.params).chapters][-2:] == ["healthy_ageing", "again"]
    assert "# the last\n- notebook: place_profile" in (ten_copy.params / "chapters.yml").read_text("utf-8")


@pytest.mark.parametrize("scope", ["place", "system"])
def test_the_first_analysis_runs(
    ten_copy: Project, project: Project, scope: str, capsys: pytest.CaptureFixture[str]
):
    shutil.copytree(project.fonts, ten_copy.fonts)
    new("place", "Cheshire East", "Halton", "--name", "Cheshire & Halton")
    new("chapter", "own", "--scope", scope, "--priority", "living-well")
    cells = json.loads((ten_copy.notebooks / "own.ipynb").read_text("utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            code = "".join(cell["source"])
            exec(code.replace('place: str = ""', 'place: str = "cheshire-and-halton"'), names)
    said = capsys.readouterr().out
    assert "was" in said


def test_what_is_missing_is_asked_on_a_terminal(ten_copy: Project, monkeypatch: pytest.MonkeyPatch):
    for module in ("answer", "new_in_project"):
        monkeypatch.setattr(f"boardpacks.cli.{module}.on_a_terminal", lambda: True)
    new("priority", "Healthy ageing", said="Age well.\nFewer fall\n\nNo figures.\n")
    (outcome,) = load_params(ten_copy.params).priorities["healthy-ageing"].outcomes
    assert (outcome.title, outcome.indicators, outcome.gap) == ("Fewer fall", (), "No figures.")


def test_a_place_without_some_figures_is_told_which(ten_copy: Project):
    from boardpacks.data.write_from_raw import write_from_raw  # noqa: PLC0415

    figures = ten_copy.raw / "example-figures.csv"
    lines = figures.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not (",E06000006," in line and "obesity" in line)]
    figures.write_text("".join(kept), encoding="utf-8")
    write_from_raw(ten_copy, replace=True)
    said = new("place", "Halton")
    assert "no figure of Halton for 3 measures: Children aged 4 to 5 living with obesity, " in said
    assert said.endswith("boardpacks build --place halton\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("place", "Bolton"), ["found    bolton", "a place that is not there yet"]),
        (("place", "Bolten"), ["did you mean 'Bolton'?"]),
        (("place", "Derby"), ["Derby (E06000015)", "boardpacks data add FILE"]),
        (("place", "Halton", "Knowsley"), ["--name", "nothing"]),
        (("place", "Halton", "Bury", "--name", "Both"), ["E08000002", "Nothing was written."]),
        (("place", "Halton", "--tile", "1,2"), ["tile", "for every local authority, or for none"]),
        (("priority", "Living well", "--aim", "A", "--outcome", "B", "--gap", "C"), ["not there yet"]),
        (("priority", "Ageing"), ["--aim", "--outcome"]),
        (("outcome", "living-wel", "Fewer fall", "--gap", "C"), ["did you mean 'living-well'?"]),
        (("outcome", "living-well", "Fewer fall"), ["--gap", "--indicator"]),
        (
            ("outcome", "living-well", "Fewer fall", "--indicator", "falls"),
            ["'falls'", "Nothing was written."],
        ),
        (
            ("outcome", "living-well", "fewer ADULTS smoke or live with obesity", "--gap", "C"),
            ["has not yet"],
        ),
        (("outcome", "living-well", "Fewer", "--indicator", "employment_rate"), ["employment_rate"]),
        (("chapter", "priority"), ["notebooks/priority.ipynb", "there already"]),
        (("chapter", "../own"), ["small letters, digits and underscores"]),
        (("chapter", "own", "--indicator", "smoking"), ["did you mean 'smoking_prevalence'?"]),
        (("meeting", "bolton", "1999-03-10"), ["a year from 2000"]),
        (("meeting", "boltn", "2027-03-10"), ["did you mean 'bolton'?"]),
        (("meeting", "bolton", "2027-03-10", "--ends", "14:00"), ["when the meeting begins"]),
    ],
)
def test_a_fault_is_told_and_nothing_is_written(ten_copy: Project, words: tuple[str, ...], told: list[str]):
    before = contents(ten_copy)
    said = refused(*words)
    assert all(one in said for one in told), said
    assert contents(ten_copy) == before


def test_a_meeting_is_added_once_and_a_day_off_is_named(ten_copy: Project):
    assert "To know: Friday 26 March 2027 is no working day" in new("meeting", "system", "2027-03-26")
    assert "a day without a meeting; there are" in refused("meeting", "system", "2027-03-26")


def test_they_find_the_project_by_option(ten_copy: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert "No project found" in refused("meeting", "bolton", "2027-03-10")
    new("meeting", "bolton", "2027-03-10", "--project", str(ten_copy.root))
