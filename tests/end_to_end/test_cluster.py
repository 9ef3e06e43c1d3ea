"""Packs whose chapters were executed on a Dask cluster are the packs that are built here."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from boardpacks.execute.cluster.address import Cluster
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.plan.events import ChapterDone, ChapterKept, ChapterStarted, Event, PackKept
from boardpacks.plan.plan import plan_packs
from boardpacks.project.folder import Project

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(
        sys.platform != "linux", reason="looks for the workers' processes as Linux shows them"
    ),
]

PLACE = "havering"


@pytest.fixture(scope="module")
def cluster() -> Any:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started:
        yield started


@pytest.fixture
def own_copy(project_copy: Project, tmp_path: Path) -> Project:
    """A copy of the project in which nothing was built."""
    left_out = shutil.ignore_patterns("work", "published", "runs")
    shutil.copytree(project_copy.root, tmp_path / "project", ignore=left_out)
    return Project(tmp_path / "project")


def build(project: Project, built: Any, cluster: Any, on_event: Any, chapters: Sequence[str] = ()) -> Any:
    day = built.results[0].plan.meeting.date
    plans = plan_packs(built.params, project, places=[PLACE], chapters=chapters, today=day)
    workers = Cluster("the cluster", address=cluster.scheduler_address) if cluster else 1
    order = BuildOrder(project, built.params, engine="bundled", workers=workers)
    (result,) = make_packs(plans, read_build_states(order), on_event)
    return result


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def assert_the_same_pack(result: Any, built: Any) -> None:
    local = assert_the_same_chapters(result, built)
    assert len(result.plan.chapters) == len(local.plan.chapters)
    assert files(result.published) == files(local.published)


def assert_the_same_chapters(result: Any, built: Any) -> Any:
    (local,) = (found for found in built.results if found.plan.place == PLACE)
    here = {chapter.out.name: chapter.out.read_bytes() for chapter in local.plan.chapters}
    assert result.failures == ()
    for chapter in result.plan.chapters:
        assert chapter.out.read_bytes() == here[chapter.out.name], chapter.out.name
    return local


def test_chapters_are_the_same_to_the_byte_and_nothing_is_done_twice(
    own_copy: Project, built: Any, cluster: Any
) -> None:
    events: list[Event] = []
    some = ("place_profile", "health_inequalities", "closer_look_mental_health")
    assert_the_same_chapters(build(own_copy, built, cluster, events.append, some), built)
    assert sum(isinstance(event, ChapterDone) for event in events) == len(some)
    events.clear()
    build(own_copy, built, None, events.append, some)  # on the receipts that the first one has written
    assert {type(event) for event in events} == {ChapterKept, PackKept}


@pytest.mark.slow
def test_a_pack_is_the_same_when_a_worker_is_killed_in_mid_build(
    own_copy: Project, built: Any, cluster: Any
) -> None:
    killed: list[int] = []
    started = 0

    def kill(event: Event) -> None:
        nonlocal started
        started += isinstance(event, ChapterStarted)
        if started == 3 and not killed:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    assert_the_same_pack(build(own_copy, built, cluster, kill), built)
    assert killed
