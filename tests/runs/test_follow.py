from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from boardpacks.plan.events import PackLost, PackReady
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder import Project
from boardpacks.runs.follow import follow_run
from tests.runs.conftest import a_failure, a_plan, story

NOTIFY = "webhook:\n  url_env: HOOK\n  on: always\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "params").mkdir()
    return Project(tmp_path)


class Told:
    """What the user was told."""

    def __init__(self) -> None:
        self.reports: list[Path] = []
        self.warnings: list[str] = []


def follow(project: Project, told: Told, *, log: str | None = None, notify: bool = False, **asked: str):
    return follow_run(
        project, asked, log=log, notify=notify, tell_report=told.reports.append, warn=told.warnings.append
    )


def build(run, *, fails: bool = False, **failure: str):
    """Play the events of a build; return what they were handed on to."""
    good, bad = a_plan("newham"), a_plan("havering")
    run.begin([good, bad] if fails else [good])
    seen: list[object] = []
    watched = run.watch(seen.append)
    results = []
    for event in story(good, bad if fails else None, a_failure("havering", **failure)):
        watched(event)
        if isinstance(event, PackReady | PackLost):
            results.append(event.result)
    run.end(results)
    return seen


def report(project: Project) -> dict[str, Any]:
    (path,) = project.runs.glob("*/report.json")
    record: dict[str, Any] = json.loads(path.read_bytes())
    return record


def test_events_are_handed_on_logged_and_reported(project):
    told, log = Told(), project.root / "build.log"
    with follow(project, told, log=str(log), place="newham") as run:
        seen = build(run, fails=True)
    assert len(seen) == 11
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["event"] for line in lines[:3]] == ["build-started", "chapter-started", "chapter-finished"]
    assert lines[2] | {"time": ""} == {
        "time": "",
        "event": "chapter-finished",
        "place": "newham",
        "meeting": "2026-12-09",
        "chapter": "profile",
        "seconds": 1.25,
        "outcome": "executed",
        "message": None,
    }
    failed = [line for line in lines if line["outcome"] == "failed"]
    assert [(line["event"], line["place"], line["chapter"]) for line in failed] == [
        ("chapter-finished", "havering", "work"),
        ("pack-finished", "havering", None),
    ]
    assert "ValueError: no figures" in failed[0]["message"]
    assert (lines[-1]["event"], lines[-1]["outcome"]) == ("build-finished", "1 pack published, 1 failed")
    assert lines[-1]["message"] == "exit status 1"
    assert report(project)["exit_status"] == 1
    assert [page.name for page in told.reports] == ["report.html"]
    assert told.warnings == []


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (InputError([Problem("params/x.yml", "", "", "sense")]), 2, "params/x.yml"),
        (BoardpacksError("No Quarto."), 2, "No Quarto."),
        (KeyboardInterrupt(), 130, None),
        (ZeroDivisionError("of ours"), 1, "A fault in boardpacks itself: ZeroDivisionError: of ours"),
    ],
)
def test_a_build_that_ends_early_is_reported_and_ends_so(project, error, status, said):
    told = Told()
    with pytest.raises(type(error)), follow(project, told):
        raise error
    record = report(project)
    assert record["exit_status"] == status
    assert said is None or said in record["failures"][0]["text"]
    assert told.reports == [], "the error itself is told by the command line"


def test_of_nothing_to_do_only_the_log_tells(project, web_server, monkeypatch):
    server, told = web_server(), Told()
    (project.params / "notify.yml").write_text(NOTIFY)
    monkeypatch.setenv("HOOK", server.address)
    log = project.root / "build.log"
    with follow(project, told, log=str(log), notify=True) as run:
        run.nothing_to_do("Nothing is due.")
    events = [json.loads(line)["event"] for line in log.read_text().splitlines()]
    assert events == ["build-started", "nothing-due", "build-finished"]
    assert (server.posts, project.runs.exists(), told.reports) == ([], False, [])


def test_people_are_told_only_when_asked(project, web_server, monkeypatch):
    server = web_server()
    (project.params / "notify.yml").write_text(NOTIFY)
    monkeypatch.setenv("HOOK", server.address)
    for notify in (False, True):
        with follow(project, Told(), notify=notify) as run:
            build(run)
    (post,) = server.posts
    assert post["outcome"] == "published"
    assert Path(post["report"]).is_file()


def test_people_are_told_of_wrong_params(project, web_server, monkeypatch):
    server = web_server()
    (project.params / "notify.yml").write_text(NOTIFY)
    monkeypatch.setenv("HOOK", server.address)
    with pytest.raises(BoardpacksError), follow(project, Told(), notify=True):
        raise BoardpacksError("params/places/x.yml, line 4")
    assert "params/places/x.yml, line 4" in server.posts[0]["text"]


def test_a_secret_is_nowhere(project, web_server, monkeypatch):
    server, log = web_server(), project.root / "build.log"
    (project.params / "notify.yml").write_text(NOTIFY)
    monkeypatch.setenv("HOOK", server.address)
    monkeypatch.setenv("DATABASE_PASSWORD", "correct horse")
    with follow(project, Told(), log=str(log), notify=True, out="correct horse") as run:
        build(
            run, fails=True, reason=f"OSError: correct horse at {server.address}", code="x = 'correct horse'"
        )
    written = [path.read_text() for path in [log, *project.runs.glob("*/*")]]
    for text in [*written, json.dumps(server.posts)]:
        assert "[hidden]" in text
        assert "correct horse" not in text
        assert "s3cret" not in text


@pytest.mark.parametrize("how", ["a file in its place", "a full disk", "a fault of ours"])
def test_a_report_that_cannot_be_written_is_a_warning(project, monkeypatch, web_server, how):
    server, told = web_server(), Told()
    (project.params / "notify.yml").write_text(NOTIFY)
    monkeypatch.setenv("HOOK", server.address)
    if how == "a file in its place":
        project.reports.mkdir()
        project.runs.write_text("")
    elif how == "a full disk":
        monkeypatch.setattr(
            "os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
        )
    else:
        monkeypatch.setattr("boardpacks.runs.report.run_page", lambda *_: 1 / 0)
    with follow(project, told, notify=True) as run:
        build(run)
    (warning,) = told.warnings
    assert "The report of this build could not be written" in warning
    assert told.reports == []
    assert server.posts[0]["report"] is None


def test_a_notification_that_fails_is_a_warning_and_logged(project, monkeypatch):
    monkeypatch.delenv("HOOK", raising=False)
    (project.params / "notify.yml").write_text(NOTIFY)
    told, log = Told(), project.root / "build.log"
    with follow(project, told, log=str(log), notify=True) as run:
        build(run)
    assert told.warnings == [
        "The notification by webhook was not sent: the environment variable HOOK is not set."
    ]
    last = json.loads(log.read_text().splitlines()[-1])
    assert (last["event"], last["message"]) == ("warning", told.warnings[0])


def test_wrong_notifications_do_not_hide_what_else_is_wrong(project):
    (project.params / "notify.yml").write_text("nonsense")
    with pytest.raises(BoardpacksError, match="all of it"), follow(project, Told(), notify=True):
        raise BoardpacksError("all of it")
