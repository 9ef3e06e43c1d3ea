"""The last save wins, our own code is told to need a new start, and the end leaves nothing running."""

from __future__ import annotations

import re
import threading
import time

import pytest

from boardpacks.preview.follow_saves import START_AGAIN, Follower
from boardpacks.preview.live_pack import LivePack
from boardpacks.preview.screen import Screen

from .conftest import write_notebook


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def follower(live_one: LivePack, screen: Screen):
    follower = Follower(live_one, screen)
    yield follower
    follower.stop()


def wait_for(screen: Screen, *states: str, seconds: float = 120) -> str:
    """Wait until one of these states is told, and return its words."""
    end = time.monotonic() + seconds
    while (shown := screen.shown).state not in states:
        assert time.monotonic() < end, shown
        screen.wait(shown.number, 1)
    return shown.words


def test_of_two_quick_saves_the_last_one_wins(live_one, screen, follower):
    follower.follow(("inputs",))
    write_notebook(live_one.project, "one", "import time\n\ntime.sleep(600)")
    follower.follow(("notebook",))
    write_notebook(live_one.project, "one", text="The last words.")
    follower.follow(("notebook",))

    assert re.fullmatch(r"Made at \d\d:\d\d:\d\d in [\d.]+ seconds\.", wait_for(screen, "fresh", "failed"))
    assert "The last words." in screen.html


def test_a_failure_is_told_above_the_last_good_page_until_it_is_mended(live_one, screen, follower):
    follower.follow(("inputs",))
    wait_for(screen, "fresh")
    good = screen.html
    write_notebook(live_one.project, "one", "print(totl)")
    follower.follow(("notebook",))
    wait_for(screen, "failed")

    assert screen.html == good
    assert "one.ipynb, cell 4, line 1" in screen.shown.faults[0]

    write_notebook(live_one.project, "one")
    follower.follow(("notebook",))
    wait_for(screen, "fresh")
    assert screen.html == good
    assert screen.shown.faults == ()


def test_our_own_code_asks_for_a_new_start(screen, follower):
    follower.follow(("library",))
    assert (screen.shown.state, screen.shown.words) == ("failed", START_AGAIN)


def test_a_fault_of_our_own_is_told_and_the_preview_goes_on(live_one, screen, follower, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(LivePack, "make", lambda *args: 1 / 0)
        follower.follow(("inputs",))
        wait_for(screen, "failed")
    assert "ZeroDivisionError" in screen.shown.faults[0]

    follower.follow(("notebook",))
    wait_for(screen, "fresh")


def test_after_the_end_nothing_runs(live_one, screen, follower):
    write_notebook(live_one.project, "one", "import time\n\ntime.sleep(600)")
    follower.follow(("inputs",))
    time.sleep(0.2)
    follower.stop()

    assert [thread.name for thread in threading.enumerate() if thread.name == "preview-page"] == []
