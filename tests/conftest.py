"""Fixtures that every room's tests share."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.execute.workers import build_packs
from boardpacks.packs.check.check_artefacts import check_artefacts
from boardpacks.packs.compose_pack import compose_pack
from boardpacks.packs.lint.check_prose import check_prose
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_chapters import read_chapters
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.plan.events import ChapterDone, ChapterLost, ChapterStarted, Event, PackResult
from boardpacks.plan.plan import PackPlan, plan_packs
from boardpacks.project.folder import Project
from tests.browser.chromium import chromium
from tests.frozen import CHECKOUT, SNAPSHOT, copy_with_frozen, write_frozen
from tests.kept_warm import KeptWarm
from tests.new.made_system import made
from tests.raw import copy_few
from tests.surroundings import settle
from tests.together import Once, by_weight, once_a_run

__all__ = ["chromium"]  # a fixture of browser tests and of end-to-end tests: one browser for all of them


@pytest.fixture(scope="session")
def checkout() -> Project:
    """The project folder that these tests belong to, whose figures are those of today."""
    return CHECKOUT


@pytest.fixture(scope="session")
def params() -> Params:
    """The project's own params, but for the name of the snapshot."""
    own = load_params(CHECKOUT.params)
    return own.model_copy(update={"system": own.system.model_copy(update={"snapshot": SNAPSHOT})})


@pytest.fixture(scope="session")
def project(project_copy: Project) -> Project:
    """The project, with the figures that tests rest on."""
    return project_copy


@pytest.fixture(scope="session")
def raw(project_copy: Project) -> Path:
    """The folder of the publishers' figures that tests rest on."""
    return project_copy.raw


@dataclass(frozen=True)
class Built:
    """A copy of the project with packs built from it.

    ``plans`` are those of every pack: the chapters of all are executed, checked and composed. ``results`` are those of
    the packs that were made to the end. ``most_at_once`` is how many chapters were seen running at the same time.
    """

    project: Project
    params: Params
    out: Path
    plans: tuple[PackPlan, ...]
    results: tuple[PackResult, ...]
    most_at_once: int


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Have something made once a run, in a folder given to its maker, however many processes want it."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return lambda name, make: once_a_run(folder, name, make)


@pytest.fixture(scope="session")
def ten(once: Once) -> Project:
    """A new system of ten places with made-up figures; tests leave it as it is."""
    project: Project = once("ten-places", made)
    return project


@pytest.fixture
def ten_copy(ten: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of it to change, in which commands are given."""
    shutil.copytree(ten.root, tmp_path / "ten", ignore=shutil.ignore_patterns("fonts"))
    monkeypatch.chdir(tmp_path / "ten")
    return Project(tmp_path / "ten")


@pytest.fixture(scope="session")
def project_copy(once: Once) -> Project:
    """The project's params, notebooks and reports, and the frozen figures; tests leave it as it is."""

    def copy(root: Path) -> Project:
        ensure_fonts(CHECKOUT.fonts)
        return copy_with_frozen(CHECKOUT, root)

    copied: Project = once("project", copy)
    return copied


@pytest.fixture(scope="session")
def small_copy(project_copy: Project, once: Once) -> Project:
    """The project's params with the figures of one priority, which are soon read; tests leave it as it is."""

    def copy(root: Path) -> Project:
        small = Project(root)
        shutil.copytree(project_copy.params, small.params)
        copy_few(project_copy.raw, small.raw)
        write_frozen(small)
        return small

    copied: Project = once("small", copy)
    return copied


@pytest.fixture(scope="session")
def kept_warm() -> Iterator[KeptWarm]:
    """What the chapters of this process's builds are forked from."""
    kept = KeptWarm()
    yield kept
    kept.end()


@pytest.fixture(scope="module")
def warm_builds(kept_warm: KeptWarm) -> Iterator[None]:
    """Have a module's builds share one warm process, also with the modules before and after it."""
    with kept_warm.used():
        yield


@pytest.fixture(scope="session")
def built(
    project_copy: Project, params: Params, once: Once, kept_warm: KeptWarm, request: pytest.FixtureRequest
) -> Built:
    """Packs built with two workers by the bundled engine for the example meetings of December 2026.

    With ``--all`` every pack is made to the end, else a place's and the system's.
    """
    every = request.config.getoption("--all")
    with kept_warm.used():
        return Built(*once("packs", lambda folder: _build(project_copy, params, every=every)))


MADE = ("havering", SYSTEM)


def _build(
    project: Project, params: Params, *, every: bool
) -> tuple[Project, Params, Path, tuple[PackPlan, ...], tuple[PackResult, ...], int]:
    plans = plan_packs(params, project, today=dt.date(2026, 12, 1))
    to_make = [plan for plan in plans if every or plan.place in MADE]
    out, running, most = project.published, set[Path](), 0

    def count(event: Event) -> None:
        nonlocal most
        match event:
            case ChapterStarted():
                running.add(event.run.out)
            case ChapterDone() | ChapterLost():
                running.discard(event.run.out)
        most = max(most, len(running))

    states = read_build_states(BuildOrder(project, params, engine="bundled", workers=2))
    results = make_packs(to_make, states, count)

    def compose(plan: PackPlan) -> PackResult:
        pack = PackContent(plan, params, read_chapters(plan.chapters), states.packs.snapshot)
        check_artefacts(pack, states.chapters.contents)
        check_prose(pack)
        compose_pack(pack, project.reports, plan.folder / "source")
        return PackResult(plan, None, (), None)

    others = [plan for plan in plans if plan not in to_make]
    composed = build_packs(others, compose, workers=2, on_event=count)
    assert [result.failures for result in composed] == [()] * len(others)
    return project, params, out, plans, results, most


EXAMPLES, ALL_EXAMPLES = 40, 100
"""How many examples of its input a property is tried with, and how many with --all, unless it says so itself."""


def pytest_configure(config: pytest.Config) -> None:
    settle()
    count = ALL_EXAMPLES if config.getoption("--all") else EXAMPLES
    # A slow machine is no fault
    settings.register_profile(
        "boardpacks", max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("boardpacks")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all", action="store_true", help="run the slow tests too, with every pack, page, kill and example"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests out, unless all are asked for, and let several processes begin with what takes longest."""
    if not config.getoption("--all"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: by_weight(item.nodeid))
