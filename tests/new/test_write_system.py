"""A new system's folder is whole, passes every check of params and figures, and names nothing of another system."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from boardpacks.data.coverage import check_coverage
from boardpacks.data.snapshot import load_snapshot
from boardpacks.new.example_figures import PUBLISHER
from boardpacks.params.load import load_params
from boardpacks.plan.check_notebooks import check_notebooks
from boardpacks.plan.notebook_contract import check_contract
from boardpacks.plan.plan import plan_packs
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project
from tests.new.made_system import TODAY, made
from tests.raw import observations

OTHERS_WORDS = re.compile(r"London|Havering|Hackney|\bNEL\b|Barts|BHRUT|Homerton|City of London")
TEXTS = {".md", ".yml", ".ipynb", ".qmd", ".csv", ".json", ".lua", ".typ", ".html", ".css", ""}


def test_everything_that_a_build_asks_for_is_there(ten: Project):
    params = load_params(ten.params)
    check_coverage(params, load_snapshot(ten.snapshots / params.system.snapshot).manifest)
    plans = plan_packs(params, ten, today=TODAY)
    assert len(plans) == 11
    assert all(plan.calendar.example for plan in plans)
    check_notebooks(params, plans, most=None)
    assert check_contract(ten, params) == []
    assert (ten.extension / "template.typ").is_file()
    assert {path.name for path in ten.root.iterdir()} >= {"Makefile", "README.md", ".gitignore", ".vscode"}
    json.loads((ten.root / ".vscode" / "settings.json").read_text("utf-8"))


def test_no_file_names_another_system(ten: Project):
    for path in ten.root.rglob("*"):
        if path.is_file() and path.suffix in TEXTS and "fonts" not in path.parts:
            text = path.read_text("utf-8")
            assert not (found := OTHERS_WORDS.search(text)), (
                f"{path}: {text[found.start() - 60 : found.end() + 60]}"
            )


def test_what_is_made_up_says_so_wherever_it_is_described(ten: Project):
    params = load_params(ten.params)
    assert {indicator.publisher for indicator in params.indicators.values()} == {PUBLISHER}
    manifest = load_snapshot(ten.snapshots / "embedded").manifest
    assert manifest.title.startswith("Example figures")
    assert "made up" in (ten.root / "data" / "raw" / "README.md").read_text("utf-8")
    for calendar in params.calendars.values():
        assert "made up" in str(calendar.meetings[0].front_sheet.executive_summary)


def test_the_same_answers_give_the_same_folder(ten: Project, tmp_path: Path):
    again = made(tmp_path)
    for path in sorted(ten.root.rglob("*")):
        if path.is_file() and not path.match("fonts/*"):
            assert path.read_bytes() == (again.root / path.relative_to(ten.root)).read_bytes(), path


def test_real_figures_are_taken_where_they_are_held(raw: Path, tmp_path: Path):
    project = made(tmp_path, places=("Havering", "Newham", "Redbridge"), figures=str(raw))
    params = load_params(project.params)
    snapshot = load_snapshot(project.snapshots / params.system.snapshot)
    check_coverage(params, snapshot.manifest)
    wanted = ("smoking_prevalence", "E09000016")
    published = {
        row["period"]: float(row["value"])
        for row in observations(raw)
        if (row["indicator_id"], row["area_code"]) == wanted and row["value"]
    }
    held = {row["period"]: row["value"] for row in snapshot.series(*wanted) if row["value"] is not None}
    assert held == published
    assert held
    assert "made up" not in (project.params / "indicators" / "starter.yml").read_text("utf-8")


def test_areas_without_any_real_figure_are_named(raw: Path, tmp_path: Path):
    with pytest.raises(BoardpacksError, match=r"no such figure of Bolton \(E08000001\)"):
        made(tmp_path, places=("Havering", "Bolton"), comparators=("England",), figures=str(raw))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("places", [("Isle of Wight",), ("E06000001", "E06000002")])
def test_one_place_or_two_are_a_system_too(tmp_path: Path, places: tuple[str, ...]):
    project = made(tmp_path, places=places)
    params = load_params(project.params)
    assert (params.inequalities is None) == (len(places) == 1)
    assert check_contract(project, params) == []


def test_nothing_is_written_over(tmp_path: Path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine")
    with pytest.raises(BoardpacksError, match="is there already"):
        made(tmp_path)
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["mine.txt"]


def test_a_fault_leaves_nothing_behind(tmp_path: Path):
    with pytest.raises(BoardpacksError, match="a folder of tidy CSV files"):
        made(tmp_path, figures=str(tmp_path / "none"))
    assert list(tmp_path.iterdir()) == []


def test_what_a_wheel_carries_is_in_git():
    """The notebooks and the Quarto project of every system are links here, and copies where it is installed."""
    root = Path(__file__).parents[2]
    listed = subprocess.run(
        ["git", "ls-files", "-s", "lib/boardpacks/new"], cwd=root, capture_output=True, text=True, check=False
    ).stdout
    if listed:  # not where there is no git
        assert sum(line.startswith("120000") for line in listed.splitlines()) == 2
