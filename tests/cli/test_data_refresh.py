"""boardpacks data refresh, as an analyst sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from boardpacks.cli import app
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.params.models import Params
from boardpacks.project.folder import Project

HEADER = "areacd,areanm,period,value,lci_95,uci_95"


@pytest.fixture
def folder(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with the params and the snapshot of this project."""
    (tmp_path / "data").mkdir()
    (tmp_path / "params").symlink_to(project.params)
    (tmp_path / "data" / "snapshots").symlink_to(project.snapshots)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def embedded(project: Project, params: Params) -> Snapshot:
    return load_snapshot(project.snapshots / params.system.snapshot)


@pytest.fixture
def answering(answers: dict[str, str]):
    """Have the ONS answer with these lines, and nobody else answer."""

    def set_(*lines: str) -> None:
        answers["ons.gov.uk"] = "\n".join([HEADER, *lines])

    return set_


def run(*words: str):
    return CliRunner().invoke(app, ["data", "refresh", *words])


def test_a_dry_run_tells_what_is_new_and_revised_and_writes_nothing(
    folder: Path, answering, embedded: Snapshot
) -> None:
    latest = embedded.rows["adult_obesity"]["E09000016"][-1]
    start = latest["period_start"].date()
    next_year = start.replace(year=start.year + 1)
    answering(
        f"E09000016,Havering,{start}/P1Y,{latest['value'] + 1},{latest['lower_95']},{latest['upper_95'] + 2}",
        f"E09000016,Havering,{next_year}/P1Y,27,25,29",
    )
    result = run("--source", "ons-els", "--dry-run")
    assert result.exit_code == 0, result.output
    label = f"{next_year.year}/{(next_year.year + 1) % 100:02d}"
    assert f"adult_obesity: 2 figures, 1 new ({label}), 1 revised." in result.output
    assert not (folder / "data" / "raw").exists()


def test_figures_are_written_and_what_fails_is_told_and_ends_otherwise(
    folder: Path, answering, embedded: Snapshot
) -> None:
    start = embedded.rows["adult_obesity"]["E09000016"][-1]["period_start"].date()
    answering(f"E09000016,Havering,{start.replace(year=start.year + 1)}/P1Y,27,25,29")
    result = run()
    assert result.exit_code == 75
    assert "adult_obesity: 1 figure, 1 new (" in result.output
    assert "check missing-comparator" in result.output, "what checks tell is printed"
    assert "cervical_screening_25_49: not refreshed from fingertips; what is held stays." in result.output
    assert "Written: 1 file in data/raw/refreshed." in result.output
    files = sorted(path.name for path in (folder / "data" / "raw" / "refreshed").iterdir())
    assert files == ["adult_obesity.csv", "answers.json"]


def test_nothing_is_written_when_nothing_came(folder: Path, answering) -> None:
    answering("E09000016,Havering,2040/P1X,27,25,29")
    result = run("--indicator", "adult_obesity")
    assert result.exit_code == 75
    assert "a period such as 2022-01-01/P3Y" in result.output
    assert not (folder / "data" / "raw").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--indicator", "adult_obesty"), "did you mean 'adult_obesity'?"),
        (("--source", "ons"), "one of fingertips"),
        (("--indicator", "population"), "the source that it is refreshed from"),
    ],
)
def test_a_slip_is_told_with_a_way_out(folder: Path, answering, words: tuple[str, str], told: str) -> None:
    answering()
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.output


def test_a_source_that_no_indicator_has_is_told(folder: Path, answering) -> None:
    answering()
    result = run("--source", "nomis")
    assert result.exit_code == 0
    assert "Nothing to refresh" in result.output
