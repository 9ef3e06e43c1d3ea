from __future__ import annotations

from boardpacks import __version__
from boardpacks.execute.cluster.order import LOADED, library_digests


def test_a_worker_is_held_to_every_room_that_a_chapter_depends_on():
    told = library_digests()
    assert told["boardpacks"] == __version__
    assert {"charts", "stats", "chapter", "data", "plan", "execute"} <= told.keys()


def test_planning_and_executing_are_as_they_were_when_they_were_imported(monkeypatch):
    monkeypatch.setitem(LOADED, "plan", "of weeks ago")
    assert library_digests()["plan"] == "of weeks ago"
