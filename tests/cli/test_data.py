"""boardpacks data: a new year from one file, as an analyst does it."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from boardpacks.cli import app
from boardpacks.data.contents import read_contents
from boardpacks.data.snapshot_manifest import read_manifest

HEADER = (
    "indicator_id,area_code,area_name,sex,period,period_start,period_months,"
    "value,lower_95,upper_95,count,denominator,note"
)
NEW = "smoking_prevalence,E09000016,Havering,Persons,2024,2024-01-01,12,10.1,8.0,12.4,,,"


@pytest.fixture
def folder(small_copy, tmp_path, monkeypatch):
    """A copy of params and few figures, which the commands run in."""
    shutil.copytree(small_copy.root, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text(f"{HEADER}\n{NEW}\n")
    return tmp_path


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")

    def run_command(*arguments: str, ends: int = 0) -> str:
        result = CliRunner().invoke(app, ["data", *arguments], prog_name="boardpacks")
        assert result.exit_code == ends, result.output
        return result.output

    return run_command


def test_a_new_year_is_added_written_and_compared(folder, run):
    told = run("add", "mine.csv", "--dry-run").splitlines()
    assert told[:3] == [
        "smoking_prevalence",
        "  new period 2024, 1 area",
        "To look at: mine.csv, line 2: areas of smoking_prevalence",
    ]
    assert "check missing-comparator" in told[-2]
    assert told[-1] == "This would be written to data/raw: long-term-conditions.csv."
    run("add", "mine.csv")
    assert run("add", "mine.csv") == "mine.csv has nothing that data/raw has not: nothing is changed.\n"
    assert "or add --replace" in run("write", ends=2)
    assert run("write", "spring") != ""
    assert run("diff", "embedded", "spring").splitlines() == [
        "smoking_prevalence",
        "  new period 2024, 1 area",
    ]
    run("write", "--replace")
    assert run("diff", "spring").endswith("hold the same figures.\n")
    assert "The snapshot embedded" in run("write"), "the same again needs no leave"
    run("export", "spring", "--out", "all.csv")
    assert NEW in (folder / "all.csv").read_text()


WAIVED = """waivers:
  - check: out-of-range
    indicator: smoking_prevalence
    area: E09000016
    reason: It says so in the publisher's own table.
    name: Head of analytics
    until: {until}
"""


def test_what_a_check_finds_stops_a_snapshot_unless_it_is_waived_and_for_no_longer(folder, run):
    for file in (folder / "data" / "raw").glob("*.csv"):
        file.unlink()
    (folder / "data" / "raw" / "own.csv").write_text(f"{HEADER}\n{NEW.replace('10.1,8.0,12.4', '367,,')}\n")
    checks = folder / "params" / "checks.yml"

    checks.write_text(WAIVED.format(until="2026-01-31"))
    assert run("write", "spring", ends=2).splitlines()[:9] == [
        "2 problems found:",
        "own.csv, line 2: value of smoking_prevalence",
        "  found    367 for E09000016, 2024",
        "  allowed  0 to 100, as the unit is %",
        "  hint     check out-of-range",
        "params/checks.yml, line 2: waiver",
        "  found    the waiver of out-of-range of smoking_prevalence, E09000016 ended on 2026-01-31",
        "  allowed  a waiver that holds",
        "  hint     Head of analytics answers for it: renew it or take it out",
    ]
    assert not (folder / "data" / "snapshots" / "spring").exists()

    checks.write_text(WAIVED.format(until="2999-12-31"))
    assert "lets nothing through" not in run("write", "spring")
    spring = folder / "data" / "snapshots" / "spring"
    (waiver,) = read_manifest(spring).waivers
    worked_out, kept = (read_contents(spring, folder / "kept").waivers for _ in range(2))
    assert worked_out == kept == (waiver,), "packs have it from there"
    assert (waiver.area_name, waiver.name, waiver.findings) == ("Havering", "Head of analytics", 1)

    checks.write_text(WAIVED.format(until="2999-12-31").replace("out-of-range", "spike"))
    (folder / "data" / "raw" / "own.csv").write_text(f"{HEADER}\n{NEW}\n")
    told = run("write", "summer")
    assert (
        "params/checks.yml, line 2: the waiver of spike of smoking_prevalence, E09000016 lets nothing" in told
    )
    assert not read_manifest(folder / "data" / "snapshots" / "summer").waivers


def test_status_says_how_old_figures_are_and_what_params_say_of_the_next(folder, run):
    params = folder / "params" / "indicators" / "long-term-conditions.yml"
    text = params.read_text()
    said = "smoking_prevalence:\n  release: {every: 12, after: 9, owner: A. Analyst}\n"
    params.write_text(text.replace("smoking_prevalence:\n", said))
    told = run("status", "--on", "2026-12-09")
    (smoking,) = [line for line in told.splitlines() if line.startswith("smoking_prevalence ")]
    assert smoking.split() == [
        "smoking_prevalence",
        "2023",
        "2023-12-31",
        "35",
        "September",
        "2025,",
        "late",
        "A.",
        "Analyst",
    ]
    assert "indicators have no figures of the last 18 months." in told
    params.write_text(text.replace("smoking_prevalence:\n", "smoking_prevalence:\n  release: {every: 0}\n"))
    assert "release" in run("status", ends=2)


def test_snapshots_that_nothing_needs_are_removed_when_asked(folder, run):
    assert "Every snapshot in data/snapshots is needed" in run("prune")
    run("add", "mine.csv")
    run("write", "spring")
    listed = run("prune").splitlines()
    assert listed == [
        "embedded stays: params/system.yml names it.",
        "spring is needed by nothing. Without it:",
        listed[2],
        listed[3],
        "Nothing is removed yet. With --yes these are: spring.",
    ]
    assert "lost: 1 of " in listed[2]
    assert "smoking_prevalence / E09000016 / Persons / 2024" in listed[2]
    assert (folder / "data/snapshots/spring/manifest.json").is_file()
    assert run("prune", "--yes").endswith("Removed: spring.\n")
    assert [path.name for path in (folder / "data/snapshots").iterdir()] == ["embedded"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("diff", "embeded"), "did you mean 'embedded'?"),
        (("export", "spring", "--out", "x.csv"), "a snapshot in data/snapshots: embedded"),
        (("add", "none.csv"), "no such file"),
        (("add", "params"), "params"),
        (("write", "Spring 2027"), "lower-case letters, digits and single hyphens"),
    ],
)
def test_what_cannot_be_is_named_on_one_screen(folder, run, arguments, named):
    told = run(*arguments, ends=2)
    assert named in told
    assert "Traceback" not in told
    assert len(told.splitlines()) < 15
