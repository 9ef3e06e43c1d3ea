"""A build's events made by hand, and servers on this machine that take what is sent to them."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

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
from boardpacks.runs.note_events import Recorder, RunRecord
from tests.mail_server import MailServer, certificate, mail_server

__all__ = ["MailServer", "certificate", "mail_server"]

MEETING = Meeting(date=dt.date(2026, 12, 9))


def a_plan(place: str, *notebooks: str, name: str = "", priorities: tuple[str, ...] = ()) -> PackPlan:
    calendar = Calendar(place=place, board="Board", meetings=(MEETING,))
    runs = tuple(
        ChapterRun(
            Path(f"notebooks/{notebook}.ipynb"),
            ChapterSpec(notebook=notebook, scope="place"),
            place,
            {},
            Path(f"work/{place}/executed/{notebook}.ipynb"),
        )
        for notebook in notebooks or ("profile", "work")
    )
    return PackPlan(place, name or place.capitalize(), calendar, MEETING, priorities, runs)


def a_failure(place: str, reason: str = "ValueError: no figures", code: str = "draw()") -> ChapterFailed:
    kept = Path(f"work/{place}/executed/work.failed.ipynb")
    return ChapterFailed("work.ipynb", place, 7, code, reason, kept)


def story(good: PackPlan, bad: PackPlan | None = None, failure: ChapterFailed | None = None) -> Iterator[Any]:
    """Yield the events of a build of one pack that is published, and one whose second chapter fails."""
    for run in good.chapters:
        yield ChapterStarted(good, run)
        yield ChapterDone(good, run, 1.25)
    yield PackStarted(good)
    yield PackReady(PackResult(good, Path("published") / good.slug, (), 24), 2.5)
    if bad is not None:
        failure = failure or a_failure(bad.place)
        first, second = bad.chapters[:2]
        yield ChapterStarted(bad, first)
        yield ChapterDone(bad, first, 0.5)
        yield ChapterStarted(bad, second)
        yield ChapterLost(bad, second, failure)
        yield PackLost(PackResult(bad, None, (failure,), None))


@pytest.fixture
def make_record() -> Callable[..., RunRecord]:
    """Makes the record of a build: of Newham, which is published, and Havering, which fails."""

    def make(
        exit_status: int = 1, problem: str = "", asked: dict[str, str] | None = None, **bad: Any
    ) -> RunRecord:
        recorder = Recorder(asked or {}, str)
        plans = [a_plan("newham"), a_plan("havering", "profile", "work", "late", name=bad.pop("name", ""))]
        recorder.plans = plans[: 2 if exit_status else 1]
        failure = a_failure("havering", **bad)
        for event in story(plans[0], plans[1] if exit_status else None, failure):
            recorder.note(event)
        return recorder.record(exit_status, problem)

    return make


@dataclass
class WebServer:
    """What a web server was sent: paths and contents."""

    address: str
    paths: list[str] = field(default_factory=list)
    posts: list[Any] = field(default_factory=list)


@pytest.fixture
def web_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., WebServer]]:
    """Starts a web server that answers every request with one status."""
    servers: list[http.server.ThreadingHTTPServer] = []
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    def start(status: int = 200, *, to: str = "", silent: bool = False) -> WebServer:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                if silent:
                    stop.wait(5)
                    return
                seen.paths.append(self.path)
                content = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/json"
                seen.posts.append(json.loads(content))
                self.send_response(status)
                if to:
                    self.send_header("Location", to)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        stop = threading.Event()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        seen = WebServer(f"http://127.0.0.1:{server.server_address[1]}/hook/s3cret-path")
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        return seen

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
