"""Every shipped notebook gives the same bytes in a warm kernel and in an ordinary one."""

from __future__ import annotations

import datetime as dt
import shutil
import sys

import pytest

from boardpacks.build import warm
from boardpacks.build.events import PackResult
from boardpacks.build.plan import plan_packs
from boardpacks.build.workers import build_packs
from boardpacks.params.models import SYSTEM
from boardpacks.params.project import Project

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
        patch.setenv(warm.SWITCH, "0")
        return warmed, build()


def test_every_shipped_notebook_was_executed(executed, own_copy):
    warmed, ordinary = executed
    assert warmed.keys() == ordinary.keys()
    assert {name for _, name in warmed} == {path.name for path in own_copy.notebooks.glob("*.ipynb")}
    assert len({place for place, _ in warmed}) == 3


def test_executed_notebooks_are_equal_to_the_byte(executed):
    warmed, ordinary = executed
    assert [key for key in warmed if warmed[key] != ordinary[key]] == []
