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
from boardpacks.execute.warm import forks
from boardpacks.execute.workers import build_packs
from boardpacks.params.models import SYSTEM
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
def executed(own_copy, params):
    """The bytes of every executed notebook, by place and name: from warm kernels and from ordinary ones."""
    plans = plan_packs(
        params, own_copy, places=["havering", "city-and-hackney", SYSTEM], today=dt.date(2026, 12, 1)
    )

    def build():
        results = build_packs(
            plans, lambda plan: PackResult(plan, None, (), None), workers=2, on_event=lambda event: None
        )
        assert not [failure for result in results for failure in result.failures]
        return {
            (run.place, run.notebook.name): run.out.read_bytes() for plan in plans for run in plan.chapters
        }

    warmed = build()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(forks.SWITCH, "0")
        return warmed, build()


def test_every_shipped_notebook_was_executed(executed, own_copy):
    warmed, ordinary = executed
    assert warmed.keys() == ordinary.keys()
    assert {name for _, name in warmed} == {path.name for path in own_copy.notebooks.glob("*.ipynb")}
    assert len({place for place, _ in warmed}) == 3


def test_executed_notebooks_are_equal_to_the_byte(executed):
    warmed, ordinary = executed
    assert [key for key in warmed if warmed[key] != ordinary[key]] == []


WAIT = """
import pathlib
folder = pathlib.Path({folder!r})
(folder / 'spoilt').touch()
while not (folder / 'over').exists():
    time.sleep(0.05)
"""


def test_a_chapter_that_spoils_all_it_can_changes_no_other_beside_or_after_it(
    executed, own_copy, params, tmp_path
):
    plans = plan_packs(params, own_copy, places=["havering"], today=dt.date(2026, 12, 1))
    run = next(run for run in plans[0].chapters if run.notebook.stem == "mental_health")
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
    assert found == [executed[0][run.place, run.notebook.name]] * 2
