"""Fixtures that every room's tests share."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from boardpacks.build.events import ChapterDone, ChapterLost, ChapterStarted, Event, PackResult
from boardpacks.build.plan import plan_packs
from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.make import make_packs
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.project import Project, find_project
from tests.browser.chromium import chromium

__all__ = ["chromium"]  # a fixture of browser tests and of end-to-end tests: one browser for all of them


@pytest.fixture(scope="session")
def project() -> Project:
    """The project folder that these tests belong to."""
    return find_project(Path(__file__).parent)


@pytest.fixture(scope="session")
def params(project: Project) -> Params:
    """The project's own params."""
    return load_params(project.params)


@pytest.fixture(scope="session")
def raw(project: Project) -> Path:
    """The folder of the publishers' figures, which the embedded snapshot is made from."""
    return project.root / "data" / "raw"


@dataclass(frozen=True)
class Built:
    """A copy of the project with all its packs built from it.

    ``most_at_once`` is how many chapters were seen running at the same time.
    """

    project: Project
    params: Params
    out: Path
    workers: int
    most_at_once: int
    results: tuple[PackResult, ...]


@pytest.fixture(scope="session")
def project_copy(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project's params, data, notebooks and reports in a folder of their own."""
    root = tmp_path_factory.mktemp("project")
    ensure_fonts(project.fonts)
    for name in ("params", "data", "notebooks"):
        shutil.copytree(project.root / name, root / name)
    shutil.copytree(project.reports, root / "reports", ignore=shutil.ignore_patterns("work", "published"))
    return Project(root)


@pytest.fixture(scope="session")
def built(project_copy: Project, params: Params) -> Built:
    """All packs, built with two workers by the bundled engine for the example meetings of December 2026."""
    plans = plan_packs(params, project_copy, today=dt.date(2026, 12, 1))
    out, running, most = project_copy.published, set[Path](), 0

    def count(event: Event) -> None:
        nonlocal most
        match event:
            case ChapterStarted():
                running.add(event.run.out)
            case ChapterDone() | ChapterLost():
                running.discard(event.run.out)
        most = max(most, len(running))

    results = make_packs(
        project_copy,
        params,
        plans,
        formats=("pdf", "html"),
        engine="bundled",
        workers=2,
        out=out,
        on_event=count,
    )
    return Built(project_copy, params, out, 2, most, results)
