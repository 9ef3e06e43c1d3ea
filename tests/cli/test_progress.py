from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console

from boardpacks.cli.progress import open_console, print_failures, print_summary, show_progress
from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.models import ChapterSpec
from boardpacks.plan.events import (
    ChapterDone,
    ChapterLost,
    ChapterStarted,
    PackLost,
    PackReady,
    PackResult,
    PackStarted,
)
from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.project.errors import BoardpacksError

MEETING = Meeting(date=dt.date(2026, 12, 9))


def _plan(place: str) -> PackPlan:
    calendar = Calendar(place=place, board="Board", meetings=(MEETING,))
    chapter = ChapterSpec(notebook="mental_health", scope="place")
    run = ChapterRun(
        Path("notebooks/mental_health.ipynb"), chapter, place, {}, Path(f"work/{place}/executed/x")
    )
    return PackPlan(place, place.capitalize(), calendar, MEETING, (), (run,))


def _failed(place: str, reason: str = "ValueError: no figures") -> PackResult:
    kept = Path(f"work/{place}/executed/mental_health.failed.ipynb")
    failure = ChapterFailed("mental_health.ipynb", place, 7, "draw_trend(...)", reason, kept)
    return PackResult(_plan(place), None, (failure,), None)


GOOD = PackResult(_plan("newham"), Path("published/newham"), (), 24)


def _story():
    havering, newham = _plan("havering"), GOOD.plan
    lost = _failed("havering")
    yield ChapterStarted(havering, havering.chapters[0])
    yield ChapterStarted(newham, newham.chapters[0])
    yield ChapterLost(havering, havering.chapters[0], lost.failures[0])
    yield PackLost(lost)
    yield ChapterDone(newham, newham.chapters[0], 3.21)
    yield PackStarted(newham)
    yield PackReady(GOOD, 1.5)


def _screen(**options) -> Console:
    return Console(file=io.StringIO(), width=100, **options)


def _text(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_log_gets_plain_lines(snapshot):
    console = _screen()
    with show_progress([_plan("havering"), GOOD.plan], console) as on_event:
        for event in _story():
            on_event(event)
    assert _text(console) == snapshot


def test_a_terminal_gets_a_line_for_each_pack(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    console = _screen(force_terminal=True)
    with show_progress([_plan("havering"), GOOD.plan], console) as on_event:
        for event in _story():
            on_event(event)
    assert "\x1b[31mfailed" in _text(console)
    assert "published, 24 pages" in _text(console)


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    console = _screen(force_terminal=True, force_interactive=False)
    with show_progress([GOOD.plan], console) as on_event:
        on_event(PackReady(GOOD, 1.5))
    assert "\x1b[32m" not in _text(console)


def test_summary_has_a_row_for_each_pack_and_says_what_to_open(snapshot):
    console = _screen()
    print_summary([_failed("havering"), GOOD], Path("published/index.html").resolve(), console)
    assert _text(console) == snapshot


def test_summary_of_nothing_but_failures_does_not_say_open():
    console = _screen()
    print_summary([_failed("havering")], Path("published/index.html"), console)
    assert "Open" not in _text(console)


def test_a_failure_shared_by_places_is_printed_once(snapshot):
    console = _screen()
    other = PackResult(_plan("redbridge"), None, (BoardpacksError("The PDF has no title."),), None)
    print_failures([_failed("havering"), GOOD, _failed("newham"), other], console)
    assert _text(console) == snapshot


def test_failures_fit_on_a_screen():
    console = _screen()
    print_failures([_failed("havering", f"ValueError: {n}") for n in range(40)], console)
    assert len(_text(console).splitlines()) <= 40
    assert "... and 35 more" in _text(console)


@pytest.mark.parametrize(("columns", "width"), [(None, 200), ("60", 60)])
def test_a_pipe_is_wide_unless_told_otherwise(monkeypatch, columns, width):
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    else:
        monkeypatch.delenv("COLUMNS", raising=False)
    assert open_console().width == width
