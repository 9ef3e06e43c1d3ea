"""Every shipped notebook gives the same bytes in a warm kernel, in an ordinary one, and beside one that spoils all."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from boardpacks.execute.kernel import Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.warm import SWITCH
from boardpacks.execute.workers import build_packs
from boardpacks.params.system import SYSTEM
from boardpacks.plan.events import PackResult
from boardpacks.plan.plan import plan_packs
from boardpacks.project.folder import Project
from tests.execute.conftest import chapter_run, write_notebook
from tests.execute.warm.test_warm import SPOIL

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(sys.platform != "linux", reason="warm kernels are forked on Linux only"),
]


@pytest.fixture(scope="module")
def own_copy(project_copy, tmp_path_factory):
    """A copy of the project, since executed notebooks go into it."""
    root = tmp_path_factory.mktemp("equal")
    shutil.copytree(
        project_copy.root, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("work", "published")
    )
    return Project(root)


@pytest.fixture(scope="module")
def warmed(built):
    """The bytes of every executed notebook of the run's packs, which warm kernels have executed, by place and id."""
    return {
        (run.place, run.chapter.id): run.out.read_bytes()
        for result in built.results
        for run in result.plan.chapters
    }


def execute_in_ordinary_kernels(project, params, places, wanted, monkeypatch):
    """Return the bytes of executed notebooks by place and chapter: of these chapters, or of all."""
    planned = plan_packs(params, project, places=places, today=dt.date(2026, 12, 1))
    plans = [
        replace(plan, chapters=tuple(run for run in plan.chapters if not wanted or run.chapter.id in wanted))
        for plan in planned
    ]
    monkeypatch.setenv(SWITCH, "0")
    results = build_packs(
        plans, lambda plan: PackResult(plan, None, (), None), workers=2, on_event=lambda event: None
    )
    assert not [failure for result in results for failure in result.failures]
    return {(run.place, run.chapter.id): run.out.read_bytes() for plan in plans for run in plan.chapters}


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        (["havering"], {"long_term_conditions"}),
        ([SYSTEM], {"acute_collaborative"}),
        pytest.param(["havering", "city-and-hackney", SYSTEM], set(), marks=pytest.mark.slow),
    ],
)
def test_executed_notebooks_are_equal_to_the_byte(warmed, own_copy, params, places, wanted, monkeypatch):
    ordinary = execute_in_ordinary_kernels(own_copy, params, places, wanted, monkeypatch)
    assert {name for _, name in ordinary} == (wanted or {chapter.id for chapter in params.chapters})
    assert {place for place, _ in ordinary} == set(places)
    assert [key for key in ordinary if warmed[key] != ordinary[key]] == []


WAIT = """
import pathlib
folder = pathlib.Path({folder!r})
(folder / 'spoilt').touch()
while not (folder / 'over').exists():
    time.sleep(0.05)
"""


def test_a_chapter_that_spoils_all_it_can_changes_no_other_beside_or_after_it(
    warmed, own_copy, params, tmp_path
):
    plans = plan_packs(params, own_copy, places=["havering"], today=dt.date(2026, 12, 1))
    run = next(run for run in plans[0].chapters if run.chapter.id == "mental_health")
    notebook = write_notebook(
        tmp_path / "notebooks" / "spoiler.ipynb", SPOIL, WAIT.format(folder=str(tmp_path))
    )
    found = []
    with Kernels() as kernels, ThreadPoolExecutor(1) as pool:
        kernels.warm(own_copy.notebooks)
        spoiling = pool.submit(execute_chapter, chapter_run(tmp_path, notebook), kernels)
        while not (tmp_path / "spoilt").exists():
            time.sleep(0.05)
            assert not spoiling.done()
        for name in ("beside", "after"):
            again = replace(run, out=tmp_path / f"{name}.ipynb")
            execute_chapter(again, kernels)
            found.append(again.out.read_bytes())
            (tmp_path / "over").touch()
            spoiling.result()
    assert found == [warmed[run.place, run.chapter.id]] * 2
