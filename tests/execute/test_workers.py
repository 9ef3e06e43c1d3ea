from __future__ import annotations

import threading
import time

import pytest

from boardpacks.execute.workers import run_packs, usable_cpus
from boardpacks.plan.events import (
    ChapterDone,
    ChapterLost,
    ChapterStarted,
    PackLost,
    PackReady,
    PackResult,
    PackStarted,
)
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.own_faults import UnexpectedFault

from .conftest import chapter_run, pack_plan


class Build:
    """Runs packs whose chapters do nothing, and notes what happens in which order."""

    def __init__(self, folder, places=("a", "b", "c"), chapters=("one", "two", "three")):
        self.folder = folder
        self.plans = [
            pack_plan(place, [chapter_run(folder, folder / f"{name}.ipynb", place) for name in chapters])
            for place in places
        ]
        self.done: list[str] = []
        self.events = []
        self.stopped = False
        self.faults: dict[str, Exception] = {}
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    def _do(self, what):
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(0.01)
        with self.lock:
            self.at_once -= 1
            self.done.append(what)
        if what in self.faults:
            raise self.faults[what]

    def finish(self, plan):
        self._do(f"{plan.place} pack")
        return PackResult(plan, self.folder, (), 3)

    def stop(self):
        self.stopped = True

    def run(self, workers=1, on_event=None):
        return run_packs(
            self.plans,
            lambda run: self._do(f"{run.place} {run.chapter.notebook}"),
            self.finish,
            stop=self.stop,
            workers=lambda: workers,
            on_event=on_event or self.events.append,
        )


def test_pack_by_pack_each_finished_before_the_next_one_starts(tmp_path):
    build = Build(tmp_path, places=["a", "b"], chapters=["one", "two"])
    results = build.run()
    assert build.done == ["a one", "a two", "a pack", "b one", "b two", "b pack"]
    assert [result.plan.place for result in results] == ["a", "b"]
    assert {(result.published, result.pages) for result in results} == {(tmp_path, 3)}


def test_a_pack_is_made_while_the_next_ones_chapters_run(tmp_path):
    build = Build(tmp_path, chapters=["one"])
    build.run(workers=2)
    assert build.done.index("a pack") < build.done.index("c one")
    assert build.most_at_once == 2


def test_no_more_at_once_than_workers(tmp_path):
    build = Build(tmp_path)
    build.run(workers=3)
    assert build.most_at_once == 3


def test_events_tell_the_story_in_the_calling_thread(tmp_path):
    build = Build(tmp_path, places=["a"], chapters=["one"])
    threads = []

    def note(event):
        build.events.append(event)
        threads.append(threading.current_thread())

    build.run(workers=2, on_event=note)
    assert [type(event) for event in build.events] == [ChapterStarted, ChapterDone, PackStarted, PackReady]
    assert set(threads) == {threading.main_thread()}
    assert 0.01 <= build.events[1].seconds < 5


def test_a_failing_chapter_stops_its_own_pack_only(tmp_path):
    build = Build(tmp_path)
    failure = build.faults["b one"] = BoardpacksError("no figures")
    a, b, c = build.run()
    assert b.failures == (failure,)
    assert b.published is None
    assert a.published
    assert c.published
    assert [done for done in build.done if done.startswith("b")] == ["b one"]
    assert [type(event) for event in build.events if type(event) in {ChapterLost, PackLost}] == [
        ChapterLost,
        PackLost,
    ]


def test_two_chapters_of_a_pack_that_fail_together_are_both_reported(tmp_path):
    build = Build(tmp_path, places=["a"], chapters=["one", "two"])
    build.faults = {"a one": BoardpacksError("1"), "a two": BoardpacksError("2")}
    (result,) = build.run(workers=2)
    assert len(result.failures) == 2
    assert sum(isinstance(event, PackLost) for event in build.events) == 1


def test_a_pack_that_cannot_be_made_stops_no_other(tmp_path):
    build = Build(tmp_path)
    build.faults["a pack"] = BoardpacksError("no page")
    results = build.run(workers=2)
    assert [bool(result.failures) for result in results] == [True, False, False]


@pytest.mark.parametrize("where", ["a two", "a pack"])
def test_a_fault_of_the_program_goes_to_a_log(tmp_path, where):
    build = Build(tmp_path)
    build.faults[where] = ZeroDivisionError("oh\nno")
    a, b, _ = build.run()
    (failure,) = a.failures
    assert isinstance(failure, UnexpectedFault)
    assert "ZeroDivisionError: oh no" in str(failure)
    log = tmp_path / "a" / "fault.log"
    assert str(log) in str(failure)
    assert "Traceback" in log.read_text()
    assert b.published


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError])
def test_an_interruption_stops_kernels_and_starts_nothing_more(tmp_path, interruption):
    build = Build(tmp_path)

    def interrupt(event):
        if isinstance(event, ChapterDone):
            raise interruption

    with pytest.raises(interruption):
        build.run(workers=2, on_event=interrupt)
    assert build.stopped
    assert len(build.done) <= 3
    assert build.at_once == 0


def test_usable_cpus():
    assert usable_cpus() >= 1


def test_real_kernels_of_sound_packs_are_not_disturbed_by_failing_ones(batch):
    assert set(batch.finished) == {"havering", "newham", "again"}
    assert {place for place, result in batch.results.items() if result.published} == set(batch.finished)
    assert sum(isinstance(event, ChapterLost) for event in batch.events) == 5
