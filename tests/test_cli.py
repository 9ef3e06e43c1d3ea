from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from typer.testing import CliRunner

from boardpacks import __version__
from boardpacks.cli import app
from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.params.load import load_params
from boardpacks.plan.events import PackReady, PackResult
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder import Project
from tests.frozen import copy_contents

ROOT = Path(__file__).parents[1]


def _notebook(path: Path, *cells: str, parameters: Iterable[str] = ()) -> None:
    names = [f'{name}: str = ""' for name in parameters]
    declared = "\n".join(['place: str = "havering"', *names])
    declaration = new_code_cell(declared, metadata={"tags": ["parameters"]})
    notebook = new_notebook(cells=[declaration, *map(new_code_cell, cells)])
    nbformat.write(notebook, path)


def _notebooks(project: Path, *cells: str) -> None:
    """Write a notebook of these cells for each chapter, with the parameters that it is given."""
    for chapter in load_params(project / "params").chapters:
        _notebook(project / "notebooks" / f"{chapter.notebook}.ipynb", *cells, parameters=chapter.parameters)


@pytest.fixture(scope="module")
def idle(project_copy, tmp_path_factory):
    """A project with the real params, and notebooks that do nothing with what they are given."""
    folder = tmp_path_factory.mktemp("idle")
    for name in ("params", "data"):
        shutil.copytree(project_copy.root / name, folder / name)
    copy_contents(project_copy, Project(folder))
    (folder / "notebooks").mkdir()
    _notebooks(folder)
    return folder


@pytest.fixture
def project(idle, tmp_path, monkeypatch):
    """A copy of it."""
    folder = Path(shutil.copytree(idle, tmp_path / "project"))
    monkeypatch.chdir(folder / "notebooks")
    return folder


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return lambda *arguments: CliRunner().invoke(app, arguments, prog_name="boardpacks")


@pytest.fixture
def made(monkeypatch):
    """Stands in for the making of packs: notes what was asked for, and publishes everything."""
    calls = []

    def make_packs(plans, states, on_event):
        calls.append(SimpleNamespace(plans=plans, **vars(states.order)))
        results = [PackResult(plan, states.order.published / plan.slug, (), 20) for plan in plans]
        for result in results:
            on_event(PackReady(result, 1.0))
        return tuple(results)

    monkeypatch.setitem(sys.modules, "boardpacks.packs.make", SimpleNamespace(make_packs=make_packs))
    return calls


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "build",
        "check",
        "circulate",
        "due",
        "explain",
        "finalise",
        "preview",
        "rap",
        "serve",
        "verify",
        "places",
        "priorities",
        "params",
        "params check",
        "params schema",
        "new",
        "new place",
        "new priority",
        "new outcome",
        "new indicator",
        "new chapter",
        "new meeting",
    ],
    ids=lambda a: a or "boardpacks",
)
def test_help_has_examples(run, snapshot, arguments):
    result = run(*arguments.split(), "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert result.output == snapshot


def test_version(run):
    assert run("--version").output == f"boardpacks {__version__}\n"


def test_build_everything_by_default(run, project, made):
    result = run("build")
    assert result.exit_code == 0
    (call,) = made
    assert len(call.plans) == len(load_params(ROOT / "params").calendars)
    assert call.formats == {"pdf", "html"}
    assert call.engine == "auto"
    assert call.workers is None
    assert call.out == project / "reports" / "published"
    assert "Havering: published, 20 pages" in result.output
    assert "index.html in a browser." in result.output


def test_the_engine_is_that_of_the_project_unless_the_command_says_otherwise(run, project, made):
    system = project / "params" / "system.yml"
    system.write_text(system.read_text(encoding="utf-8").replace("engine: auto", "engine: bundled"))
    run("build", "--place", "havering")
    run("build", "--place", "havering", "--engine", "auto")
    assert [call.engine for call in made] == ["bundled", "auto"]
    system.write_text(system.read_text(encoding="utf-8").replace("engine: bundled", "engine: word"))
    result = run("build", "--place", "havering")
    assert result.exit_code == 2
    assert "params/system.yml" in result.output
    assert "engine" in result.output
    assert "quarto" in result.output


def test_build_with_every_option(run, project, made, tmp_path):
    dates = [meeting.date for meeting in load_params(ROOT / "params").calendars["havering"].meetings]
    options = "--place havering --priority mental-health --format pdf --engine bundled --workers 3"
    result = run("build", *options.split(), "--meeting", str(dates[1]), "--out", str(tmp_path / "elsewhere"))
    assert result.exit_code == 0, result.output
    (call,) = made
    assert [plan.slug for plan in call.plans] == ["havering_mental-health"]
    assert {plan.meeting.date for plan in call.plans} == {dates[1]}
    assert (call.formats, call.engine, call.workers) == ({"pdf"}, "bundled", 3)
    assert call.out == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("options", "formats", "folder"),
    [
        ("--format html", {"html"}, "preview"),
        ("--format pdf --format large-print", {"pdf", "large-print"}, "preview"),
        ("--priority mental-health", {"pdf", "html"}, "preview"),
        ("--format large-print", {"pdf", "html", "large-print"}, "published"),
        ("--format html --format pdf", {"pdf", "html"}, "published"),
    ],
)
def test_less_than_a_whole_pack_is_a_preview_in_a_folder_of_its_own(
    run, project, made, options, formats, folder
):
    result = run("build", "--place", "havering", *options.split())
    assert result.exit_code == 0, result.output
    (call,) = made
    assert (call.formats, call.out) == (formats, project / "reports" / folder)
    last = result.output.replace("\n", " ")
    assert ("A preview: what is published stays as it was." in last) == (folder == "preview")
    assert call.beside == (project / "reports" / "published" if folder == "preview" else None)
    assert f"Open ../reports/{folder}/index.html" in last or f"reports/{folder}/index.html" in last


def test_a_folder_that_holds_another_page_is_not_built_into(run, project, made, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<title>My site</title>")
    result = run("build", "--place", "havering", "--out", str(tmp_path / "site"))
    assert result.exit_code == 2
    assert "which is no library of packs" in result.output
    assert made == []


def test_build_on_a_cluster_within_limits(run, project, made):
    result = run("build", "--workers", "dask://host:8786", "--chapter-timeout", "60")
    assert result.exit_code == 0, result.output
    (call,) = made
    assert call.workers.address == "tcp://host:8786"
    assert (call.limits.seconds, call.limits.memory) == (60, None)


@pytest.mark.parametrize(
    "arguments",
    ["--workers 0", "--workers host:8786", "--chapter-memory much"],
    ids=lambda a: a.partition(" ")[0],
)
def test_build_with_workers_or_limits_that_mean_nothing(run, project, made, arguments):
    result = run("build", *arguments.split())
    assert result.exit_code == 2
    assert f"boardpacks build: {arguments.split()[0]}\n  found    {arguments.split()[1]}" in result.stderr
    assert made == []


def test_build_with_a_scheduler_that_does_not_answer(run, project, monkeypatch):
    monkeypatch.setattr("boardpacks.execute.cluster.address.ANSWER_SECONDS", 1)
    left_out = shutil.ignore_patterns("work", "published", "runs")
    shutil.copytree(ROOT / "reports", project / "reports", ignore=left_out, dirs_exist_ok=True)
    result = run("build", "--place", "havering", "--workers", "dask://127.0.0.1:1")
    assert result.exit_code == 69
    assert "The Dask scheduler dask://127.0.0.1:1 cannot be reached" in result.stderr


def test_build_several_places(run, project, made):
    assert run("build", "--place", "newham", "--place", "havering").exit_code == 0
    assert [plan.place for plan in made[0].plans] == ["havering", "newham"]


def test_build_with_a_failing_pack_exits_with_1_and_says_where(run, project, made, monkeypatch):
    def make_packs(plans, *_):
        failure = ChapterFailed(
            "mental_health.ipynb", "havering", 7, "draw()", "ValueError: no", Path("x.ipynb")
        )
        return tuple(PackResult(plan, None, (failure,), None) for plan in plans)

    monkeypatch.setitem(sys.modules, "boardpacks.packs.make", SimpleNamespace(make_packs=make_packs))
    result = run("build", "--place", "havering")
    assert result.exit_code == 1
    assert "failed, not published" in result.stdout
    assert result.stderr.splitlines() == [
        "",
        "mental_health.ipynb, cell 7: draw()",
        "  ValueError: no",
        "  places  Havering",
        "  kept    x.ipynb",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        "build --place havring",
        "build --priority mental-helth",
        "build --meeting 2020-01-01 --place havering",
        "build --meeting tomorrow",
        "build --format docx",
        "build --engine word",
        "build --workers 0",
        "build --places havering",
        "biuld",
    ],
)
def test_bad_input_exits_with_2_and_one_clear_error(run, project, made, snapshot, arguments):
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert made == []
    assert result.stderr == snapshot
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) < 25


def test_outside_a_project(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.exit_code == 2
    assert "No project found" in result.stderr


def test_an_error_of_making_packs_is_bad_input(run, project, monkeypatch):
    def make_packs(*_, **__):
        raise BoardpacksError("There is no Quarto on PATH.")

    monkeypatch.setitem(sys.modules, "boardpacks.packs.make", SimpleNamespace(make_packs=make_packs))
    result = run("build")
    assert (result.exit_code, result.stderr) == (2, "There is no Quarto on PATH.\n")


def test_places_lists_every_calendar_with_whole_ids(run, project):
    result = run("places")
    assert result.exit_code == 0
    ids = [line.split()[0] for line in result.output.splitlines()[1:] if not line.startswith(" ")]
    assert ids == list(load_params(ROOT / "params").calendars)


def test_priorities_counts_outcomes(run, project):
    result = run("priorities")
    assert result.exit_code == 0
    for priority in load_params(ROOT / "params").priorities.values():
        (line,) = [line for line in result.output.splitlines() if line.startswith(priority.id)]
        assert int(line.split()[-3]) == len(priority.outcomes)
        assert int(line.split()[-1]) == len(priority.indicators)


@pytest.fixture
def whole_project(project_copy, tmp_path, monkeypatch):
    """The real project, notebooks and templates with it."""
    for name in ("params", "data", "notebooks", "reports"):
        ignore = shutil.ignore_patterns("work", "published*")
        shutil.copytree(project_copy.root / name, tmp_path / "whole" / name, ignore=ignore)
    monkeypatch.chdir(tmp_path / "whole")
    return tmp_path / "whole"


def test_params_check(run, whole_project):
    result = run("params", "check")
    assert result.exit_code == 0
    assert "\nAll is well: 7 places, 4 priorities" in f"\n{result.output}"


@pytest.fixture
def data_checked(monkeypatch):
    """Stands in for the check of data/raw, which takes seconds."""
    raw = SimpleNamespace(check_raw=lambda project, params, settings: True)
    monkeypatch.setitem(sys.modules, "boardpacks.data.check_raw", raw)


def test_check_builds_one_pack_aside(run, whole_project, made, data_checked):
    result = run("check", "--place", "havering")
    assert result.exit_code == 0, result.output
    (call,) = made
    assert [plan.place for plan in call.plans] == ["havering"]
    assert not (whole_project / "reports" / "published").exists()
    assert not call.out.is_relative_to(whole_project)
    assert "nothing that a build would refuse" in result.output
    assert "Notebooks: all keep their contract" in result.output
    assert "is what data/raw makes" in result.output
    assert "Pack: Havering was built, 20 pages" in result.output
    assert result.output.endswith("All is well.\n")


def test_check_without_a_pack(run, whole_project, made, data_checked):
    result = run("check", "--no-pack")
    assert result.exit_code == 0
    assert made == []
    assert "No pack was built." in result.output


def test_check_tells_all_that_is_wrong_before_a_pack_is_built(run, whole_project, made, monkeypatch):
    def refuse(project, params, settings):
        raise InputError([Problem("data/raw/own.csv, row 3", "value", "999", "a figure")])

    monkeypatch.setitem(sys.modules, "boardpacks.data.check_raw", SimpleNamespace(check_raw=refuse))
    (whole_project / "reports" / "board.qmd").write_text("no metadata")
    notebook = whole_project / "notebooks" / "place_profile.ipynb"
    notebook.write_text(notebook.read_text().replace('place: str = \\"\\"', 'place: str = \\"nowhere\\"'))
    result = run("check")
    assert result.exit_code == 2
    assert made == []
    for words in ("reports/board.qmd", "'nowhere'", "data/raw/own.csv, row 3", "No pack was built."):
        assert words in result.stderr
    assert result.stderr.count("reports/board.qmd") == 1


def test_check_of_a_pack_that_fails(run, whole_project, data_checked, monkeypatch):
    def make_packs(plans, states, on_event):
        return tuple(PackResult(plan, None, (BoardpacksError("page 3: empty"),), None) for plan in plans)

    monkeypatch.setitem(sys.modules, "boardpacks.packs.make", SimpleNamespace(make_packs=make_packs))
    result = run("check", "--place", "system")
    assert result.exit_code == 1
    assert "page 3: empty" in result.stderr
    assert "All is well" not in result.output


def test_rap_tells_each_level(run, project):
    result = run("rap")
    assert result.exit_code == 0
    assert [line.split(":")[0] for line in result.output.splitlines() if " items, " in line] == [
        "Baseline",
        "Silver",
        "Gold",
    ]


def test_params_schema_says_where_they_are_and_what_to_do(run, project):
    result = run("params", "schema", "--out", str(project / "schemas"))
    assert result.exit_code == 0
    assert "17 schemas are in" in result.output
    assert json.loads((project / "schemas" / "settings.json").read_text())["yaml.schemas"]
    assert "settings.json into its settings" in result.output


def test_params_check_reports_a_notebook_that_does_not_fit(run, project):
    """Of each kind that is wrong all is told, with the kind."""
    (project / "notebooks" / "collaborative.ipynb").unlink()
    _notebook(project / "notebooks" / "place_profile.ipynb")
    path = project / "notebooks" / "place_profile.ipynb"
    path.write_text(path.read_text().replace("place: str", "plaice: str"))
    result = run("params", "check")
    assert result.exit_code == 2
    assert "problems found, which a build would refuse:" in result.stderr
    assert "\nChapters and notebooks (" in result.stderr
    assert "found    collaborative" in result.stderr
    assert "did you mean 'plaice'?" in result.stderr
    assert "\nTemplates (1)\nreports/pack.qmd is missing" in result.stderr


SCRIPT = """
import sys
from types import SimpleNamespace
from boardpacks.execute.warm import forks
from boardpacks.execute.workers import build_packs
from tests.execute.light import LIGHT

def make_packs(plans, states, on_event):
    return build_packs(plans, lambda plan: None, workers=states.order.workers, on_event=on_event)

forks.PROGRAM = LIGHT
sys.modules["boardpacks.packs.make"] = SimpleNamespace(make_packs=make_packs)
from boardpacks.cli import main
main()
"""
SLEEP = "import os, pathlib, time\npathlib.Path('..', f'pid-{os.getpid()}').touch()\ntime.sleep(600)"


@pytest.fixture
def sleeping_build(project):
    """A build as a process of its own, with two kernels that have begun to sleep; and their process ids."""
    _notebooks(project, SLEEP)
    command = [sys.executable, "-c", SCRIPT, "build", "--place", "havering", "--workers", "2"]
    (project / "temporary").mkdir()
    process = subprocess.Popen(
        command,
        cwd=project,
        env={
            **os.environ,
            "TMPDIR": str(project / "temporary"),
            "PYTHONPATH": str(Path(__file__).parents[1]),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _until(lambda: len(list(project.glob("pid-*"))) == 2 or process.poll() is not None, 300)
        assert process.poll() is None, process.communicate()
        yield process, [int(path.name.removeprefix("pid-")) for path in project.glob("pid-*")]
    finally:
        process.kill()
        process.communicate()


def _until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and re.search(r"\) Z ", status.read_text()))


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupted_build_leaves_nothing_behind(sleeping_build, project, name):
    process, kernels = sleeping_build
    process.send_signal(signal.Signals[name])
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert said.strip().splitlines() == [
        "Stopped. Packs published before stay as they are; nothing half-made was published."
    ]
    assert not any(_alive(pid) for pid in kernels)
    left = [path for path in (project / "reports").rglob("*") if path.is_file()]
    left = [path for path in left if path.parent.name != "figures"]  # what the snapshot holds, which is whole
    assert sorted(path.name for path in left) == ["report.html", "report.json"]
    record = json.loads(next(path for path in left if path.suffix == ".json").read_bytes())
    assert record["exit_status"] == 130
    assert [chapter["outcome"] for chapter in record["packs"][0]["chapters"]].count("not finished") == 2
    assert not list((project / "temporary").iterdir())


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_kernels_end_when_the_build_is_killed(sleeping_build):
    process, kernels = sleeping_build
    process.kill()
    assert _until(lambda: not any(_alive(pid) for pid in kernels), 60)


COLUMNS = (
    "indicator_id,area_code,area_name,sex,period,period_start,period_months,value,lower_95,upper_95,"
    "count,denominator,note"
)
FIGURES = """
smoking_prevalence,E09000016,Havering,Persons,2024,2024-01-01,12,{value},9.1,12.5,,,
smoking_prevalence,E92000001,England,Persons,2024,2024-01-01,12,11.0,10.9,11.1,,,
"""


def test_a_snapshot_is_written_from_csv(project, run, tmp_path):
    figures = tmp_path / "figures.csv"
    figures.write_text(COLUMNS + FIGURES.format(value="10.7"))
    result = run("snapshot", "write", "spring", "--title", "Spring", "--observations", str(figures))
    assert result.exit_code == 0, result.output
    assert "1 indicators, 2 areas" in result.output
    assert {path.name for path in (project / "data/snapshots/spring").iterdir()} == {
        "manifest.json",
        "observations.parquet",
    }


def test_wrong_figures_are_named_and_nothing_is_written(project, run, tmp_path):
    figures = tmp_path / "figures.csv"
    figures.write_text(COLUMNS + FIGURES.format(value="ten"))
    result = run("snapshot", "write", "spring", "--title", "Spring", "--observations", str(figures))
    assert result.exit_code == 2
    assert "figures.csv, line 2: value" in result.output
    assert "ten" in result.output
    assert not (project / "data/snapshots/spring").exists()


def test_a_snapshot_that_is_there_is_only_replaced_when_asked(project, run, tmp_path):
    figures = tmp_path / "figures.csv"
    figures.write_text(COLUMNS + FIGURES.format(value="10.7"))
    held = project / "data/snapshots/embedded/manifest.json"
    before = held.read_bytes()
    write = ("snapshot", "write", "embedded", "--title", "Mine", "--observations", str(figures))
    result = run(*write)
    assert result.exit_code == 2
    assert re.search(r"lost: ([\d,]+) of \1 figures", result.output)
    assert "lost: 1,087 of 1,087 small areas" in result.output
    assert held.read_bytes() == before
    result = run(*write, "--replace")
    assert result.exit_code == 0
    assert re.search(r"lost: ([\d,]+) of \1 figures", result.output)
    assert b'"title": "Mine"' in held.read_bytes()


def test_a_snapshot_stays_in_its_folder(project, run, tmp_path):
    result = run(
        "snapshot", "write", "../../escaped", "--title", "x", "--observations", str(tmp_path / "none.csv")
    )
    assert result.exit_code == 2
    assert "lower-case letters" in result.output


def test_params_check_lists_every_problem(project, run):
    for number in range(9):
        (project / "params" / "places" / f"extra-{number}.yml").write_text("nonsense: true\n")
    shown = run("params", "check").output
    assert all(f"extra-{number}.yml" in shown for number in range(9))


def test_a_damaged_snapshot_is_told_before_anything_runs(project, run, made):
    table = project / "data/snapshots/embedded/observations.parquet"
    table.write_bytes(table.read_bytes()[:-9] + b"damaged!!")
    result = run("build", "--place", "havering")
    assert result.exit_code == 2
    assert "embedded/observations.parquet: sha256" in result.output
    assert made == []


def test_due_lists_what_has_to_be_built(run, project):
    result = run("due", "--on", "2026-11-26")
    assert result.exit_code == 0
    rows = [line.replace("*", "").split() for line in result.output.splitlines()[1:9]]
    assert {row[0] for row in rows} == set(load_params(ROOT / "params").calendars)
    assert {tuple(row[1:4]) for row in rows} == {("2026-12-09", "2026-12-01", "5")}


def test_due_when_nothing_is_due(run, project):
    result = run("due", "--on", "2026-11-22")
    assert result.exit_code == 0
    assert result.output.startswith("Nothing to build: no papers are due within 7 days of 22 November 2026.")
    assert "havering" in run("due", "--on", "2026-11-22", "--within", "9").output


def test_build_due_makes_the_packs_of_the_meetings_that_come(run, project, made):
    result = run("build", "--due", "--on", "2027-02-01")
    assert result.exit_code == 0, result.output
    (call,) = made
    expected = [line.split()[:2] for line in run("due", "--on", "2027-02-01").output.splitlines()[1:-2]]
    assert len(expected) > 1
    found = [[plan.place, plan.meeting.date.isoformat()] for plan in call.plans]
    assert sorted(found) == sorted(expected)


def test_build_due_of_one_place(run, project, made):
    result = run("build", "--due", "--on", "2026-11-22", "--within", "9", "--place", "havering")
    assert result.exit_code == 0
    assert [plan.place for plan in made[0].plans] == ["havering"]


def test_build_due_when_nothing_is_due(run, project, made):
    result = run("build", "--due", "--on", "2026-11-22", "--log", "../build.log")
    assert (result.exit_code, made) == (0, [])
    assert "Nothing to build" in result.output
    assert "nothing-due" in (project / "build.log").read_text()
    assert not (project / "reports" / "runs").exists()


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        ("--due --meeting 2026-12-09", "--meeting"),
        ("--due --priority mental-health", "--priority"),
        ("--due --format html", "--format"),
        ("--on 2026-12-09", "--on"),
        ("--within 3", "--within"),
    ],
)
def test_options_that_contradict_each_other(run, project, made, arguments, option):
    result = run("build", *arguments.split())
    assert (result.exit_code, made) == (2, [])
    assert f"boardpacks build: {option}" in result.stderr


def test_a_build_is_logged_and_reported(run, project, made):
    result = run("build", "--place", "havering", "--log", "-", "--engine", "bundled")
    assert result.exit_code == 0
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [event["event"] for event in events] == ["build-started", "pack-finished", "build-finished"]
    assert events[0]["message"] == "--place havering, --log -, --engine bundled"
    (path,) = (project / "reports" / "runs").glob("*/report.json")
    record = json.loads(path.read_bytes())
    assert record["asked"] == {"--place": "havering", "--engine": "bundled", "--log": "-"}
    assert record["exit_status"] == 0
    assert f"Report of this build: {path.with_name('report.html')}" in result.stdout


def test_wrong_input_is_reported_and_logged(run, project, made):
    result = run("build", "--place", "havring", "--log", "../build.log")
    assert result.exit_code == 2
    last = json.loads((project / "build.log").read_text().splitlines()[-1])
    assert last["message"] == "exit status 2"
    (path,) = (project / "reports" / "runs").glob("*/report.json")
    assert "did you mean 'havering'?" in path.read_text()


def test_a_log_that_cannot_be_opened_is_wrong_input(run, project, made):
    result = run("build", "--log", "place_profile.ipynb/build.log")
    assert (result.exit_code, made) == (2, [])
    assert result.stderr.startswith("The log place_profile.ipynb/build.log cannot be opened")


@pytest.mark.parametrize(
    ("arguments", "told"), [("--due", True), ("--due --no-notify", False), ("", False), ("--notify", True)]
)
def test_people_are_told_of_scheduled_builds_and_on_request(run, project, made, monkeypatch, arguments, told):
    monkeypatch.delenv("HOOK", raising=False)
    (project / "params" / "notify.yml").write_text("webhook:\n  url_env: HOOK\n  on: always\n")
    on = ["--on", "2026-12-01"] if "--due" in arguments else []
    result = run("build", *arguments.split(), *on)
    assert result.exit_code == 0, "a notification that fails is a warning"
    assert ("the environment variable HOOK is not set" in result.stderr) == told


def test_params_check_reports_wrong_notifications(run, project):
    (project / "params" / "notify.yml").write_text("webhook:\n  url: https://example.org/s3cret\n")
    result = run("params", "check")
    assert result.exit_code == 2
    assert "params/notify.yml, line 2: webhook.url" in result.stderr
    assert "s3cret" not in result.stderr


@pytest.mark.parametrize("status", [0, 1, 3])
def test_verify_ends_with_what_was_found(run, monkeypatch, tmp_path, status):
    def verify(pack, say):
        say(f"Verified {pack.name}")
        return status

    monkeypatch.setitem(sys.modules, "boardpacks.verify.verify_pack", SimpleNamespace(verify=verify))
    result = run("verify", str(tmp_path / "havering"))
    assert (result.exit_code, result.stdout) == (status, "Verified havering\n")


def test_verify_of_a_damaged_manifest_names_the_key(run, monkeypatch, tmp_path):
    def verify(pack, say):
        raise InputError([Problem("manifest.json", "order.place", "7", "Input should be a valid string")])

    monkeypatch.setitem(sys.modules, "boardpacks.verify.verify_pack", SimpleNamespace(verify=verify))
    result = run("verify", str(tmp_path))
    assert result.exit_code == 2
    assert "manifest.json: order.place" in result.stderr


def test_verify_of_what_is_no_pack_is_wrong_input(run, tmp_path):
    result = run("verify", str(tmp_path))
    assert result.exit_code == 2
    assert "holds no published pack" in result.stderr


def test_a_chapter_alone_is_a_preview_and_an_unknown_one_is_told_with_the_nearest(run, project, made):
    result = run("build", "--place", "havering", "--chapter", "Mental health")
    assert result.exit_code == 0, result.output
    (call,) = made
    assert [plan.slug for plan in call.plans] == ["havering_chapter-mental-health"]
    assert [run.chapter.id for plan in call.plans for run in plan.chapters] == ["mental_health"]
    assert call.out == project / "reports" / "preview"

    result = run("build", "--chapter", "mental_healt")
    assert result.exit_code == 2
    assert "--chapter" in result.output
    assert "did you mean 'mental_health'?" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("haverin", "did you mean 'havering'?"),
        ("havering --chapter place_profil", "did you mean 'place_profile'?"),
        ("havering --chapter system_overview", "its chapters: place_profile"),
    ],
)
def test_a_preview_of_what_is_not_there_is_told_with_what_is(run, project, arguments, said):
    result = run("preview", *arguments.split())
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
