"""Two builds at once, locks left behind, and clocks that jump."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from boardpacks.project.folder_lock import (
    LOCK,
    OWNER,
    FolderBusy,
    LockLost,
    Owner,
    Pace,
    hold_folder,
    read_owner,
)
from boardpacks.project.write_errors import CannotWrite

QUICK = Pace(beat=0.05, stale=600, watch=0.3)
HOLD = """
import sys, time
from pathlib import Path
from boardpacks.project.folder_lock import hold_folder
with hold_folder(Path(sys.argv[1]), "Havering", tell=print):
    print("held", flush=True)
    time.sleep(60)
"""


FORK = """
import os, sys, time
from pathlib import Path
from boardpacks.project.folder_lock import hold_folder
with hold_folder(Path(sys.argv[1]), "Havering", tell=print):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
print("free", flush=True)
time.sleep(60)
"""


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def hold(told):
    """Hold a folder's lock with quick times, and note what is told."""

    def take(folder: Path, way_out: str = ""):
        return hold_folder(folder, "Newham", way_out=way_out, tell=told.append, pace=QUICK)

    return take


@pytest.fixture
def other_build(published):
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, published], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def foreign_owner(folder: Path, age: float) -> Owner:
    """Write the owner file of a build on another machine that showed life `age` seconds ago."""
    folder.mkdir(parents=True, exist_ok=True)
    owner = Owner(
        user="ann", machine="elsewhere", process=1, since="2026-11-22 05:00:00", builds="x", token="t"
    )
    (folder / OWNER).write_text(owner.model_dump_json())
    touch(folder, age)
    return owner


def touch(folder: Path, age: float) -> None:
    os.utime(folder / OWNER, (time.time() - age, time.time() - age))


def test_two_builds_at_once(published, other_build, hold, told):
    "two builds at once"
    with pytest.raises(FolderBusy) as caught, hold(published, "use --out DIR"):
        pass
    assert told == [], "it did not watch first"
    said = str(caught.value)
    assert f"Another build is running in {published}" in said
    assert f"process {other_build.pid}" in said
    assert "builds  Havering" in said
    assert "Wait for it to end, or use --out DIR." in said
    assert caught.value.exit_status == 75
    owner = read_owner(published)
    assert owner
    assert owner.process == other_build.pid


def test_two_builds_at_once_in_one_process(published, hold):
    "two builds at once in one process"
    with hold(published), pytest.raises(FolderBusy, match="builds  Newham"), hold(published):
        pass
    with hold(published):
        pass


def test_nothing_but_the_lock_file_is_left(published, hold, told):
    with hold(published) as lock:
        lock.check()
        assert read_owner(published) == lock.owner
    assert [path.name for path in published.iterdir()] == [LOCK]
    assert told == []


def test_lock_left_by_a_killed_build(published, other_build, hold, told):
    "lock left by a killed build"
    other_build.kill()
    other_build.wait()
    with hold(published) as lock:
        lock.check()
    (said,) = told
    assert "ended in the middle" in said
    assert f"process {other_build.pid}" in said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_lock_does_not_stay_with_a_fork_of_the_process_that_held_it(published, hold, told):
    process = subprocess.Popen(
        [sys.executable, "-c", FORK, published], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "free\n"
        with hold(published):
            pass
        assert told == []
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_owner_file_damaged(published, hold):
    "owner file damaged"
    published.mkdir()
    (published / OWNER).write_bytes(b'{"user": \xff')
    with hold(published) as lock:
        lock.check()
        assert read_owner(published) == lock.owner


@pytest.mark.parametrize("age", [1, 300])
def test_live_lock_of_another_machine(published, hold, told, age):
    "live lock of another machine"
    foreign_owner(published, age)
    with pytest.raises(FolderBusy, match="ann on elsewhere, process 1"), hold(published):
        pass
    assert told == [], "it did not watch first"


@pytest.mark.parametrize(
    ("name", "age"),
    [("dead lock of another machine", 700), ("clock jumped back", -86400)],
)
def test_a_lock_without_signs_of_life_is_taken_over(published, hold, told, name, age):
    foreign_owner(published, age)
    with hold(published) as lock:
        lock.check()
    assert "Watching for 0.3 s" in told[0]
    assert "ended in the middle" in told[1]


@pytest.mark.parametrize("age", [86400, -86400])
def test_clock_jumped_forward(published, hold, monkeypatch, age):
    "clock jumped forward"
    foreign_owner(published, age)
    monkeypatch.setattr(time, "sleep", lambda seconds: touch(published, age - 10))
    with pytest.raises(FolderBusy, match="elsewhere"), hold(published):
        pass


def test_a_held_lock_shows_life(published, hold):
    with hold(published):
        touch(published, 5000)
        before = (published / OWNER).stat().st_mtime
        ends = time.monotonic() + 20
        while (published / OWNER).stat().st_mtime < before + 4000:
            assert time.monotonic() < ends
            time.sleep(0.05)


def test_file_system_without_locks(published, hold, fail):
    "file system without locks"

    fail(fcntl, "flock", "ENOLCK")
    with hold(published) as lock:
        with pytest.raises(FolderBusy), hold(published):
            pass
        lock.check()
    foreign_owner(published, 700)
    with hold(published):
        pass


def test_lock_taken_over_while_the_machine_slept(published, hold):
    "lock taken over while the machine slept"
    with hold(published) as lock:
        foreign_owner(published, 0)
        with pytest.raises(LockLost, match=r"(?s)taken over.*ann on elsewhere"):
            lock.check()
    assert read_owner(published), "the new owner's file is not ours to delete"


def test_disk_full_while_the_lock_is_taken(published, hold, fail, monkeypatch):
    "disk full while the lock is taken"
    with monkeypatch.context():
        fail(Path, "write_text", "ENOSPC", f"{OWNER}.new")
        with pytest.raises(CannotWrite, match="the disk is full") as caught, hold(published):
            pass
        monkeypatch.undo()
    assert caught.value.exit_status == 74
    with hold(published):
        pass
    assert [path.name for path in published.iterdir()] == [LOCK]


def test_read_only_published_folder(published, hold, fail):
    "read-only published folder"
    fail(os, "open", "EROFS", LOCK)
    with pytest.raises(CannotWrite, match="the folder is read-only"), hold(published):
        pass


def test_a_file_where_the_published_folder_goes(published, hold):
    "a file where the published folder goes"
    published.write_text("mine")
    with pytest.raises(CannotWrite, match="in the way"), hold(published):
        pass


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs O_NOFOLLOW")
def test_a_link_instead_of_the_lock_file_is_not_followed(published, hold, tmp_path):
    published.mkdir()
    (published / LOCK).symlink_to(tmp_path / "victim")
    with pytest.raises(CannotWrite), hold(published):
        pass
    assert not (tmp_path / "victim").exists()


def test_several_folders_are_held_at_once(tmp_path, hold):
    with ExitStack() as stack:
        for name in "abc":
            stack.enter_context(hold(tmp_path / name))
        with pytest.raises(FolderBusy), hold(tmp_path / "b"):
            pass
