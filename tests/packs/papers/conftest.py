from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.papers.make_meeting_packs import MeetingPack, make_meeting_pack
from boardpacks.packs.papers.plan_papers import MeetingPackPlan, plan_meeting_packs
from boardpacks.params.agenda import AgendaItem
from boardpacks.project.folder import Project
from tests.packs.conftest import a_plan, some_params
from tests.packs.papers import pdfs


@pytest.fixture(scope="session")
def ours(checkout: Project) -> Project:
    """The project, with its fonts made."""
    ensure_fonts(checkout.fonts)
    return checkout


def with_template(ours: Project, root: Path) -> Project:
    """Make a project of its own with the template and fonts, and a meeting's folder of papers."""
    shutil.copytree(ours.extension, root / "reports" / "_extensions" / "boardpack")
    project = Project(root)
    papers_of(project).mkdir(parents=True)
    return project


def papers_of(project: Project) -> Path:
    """The meeting's folder of papers."""
    return project.papers / "2026-12-09" / "havering"


@pytest.fixture
def place(ours: Project, tmp_path: Path) -> Project:
    """A project to put papers in."""
    return with_template(ours, tmp_path)


@pytest.fixture
def folder(place: Project) -> Path:
    """The meeting's folder of papers."""
    return papers_of(place)


def planned(root: Path, *items: dict[str, Any], part: str = "public", **meeting: Any) -> MeetingPackPlan:
    """Plan the merged pack of a meeting with these items, as dictionaries; the public part by default."""
    whole = a_plan(root, agenda=tuple(AgendaItem(**item) for item in items), **meeting)
    return next(one for one in plan_meeting_packs([whole]) if one.part == part)


@pytest.fixture
def plan(tmp_path) -> Callable[..., MeetingPackPlan]:
    """Plan a merged pack in the test's folder."""
    return partial(planned, tmp_path)


def merge_papers(place: Project, *papers: bytes | pikepdf.Pdf) -> tuple[pikepdf.Pdf, MeetingPack]:
    """Merge papers, each an item of its own, and return the pack, read again."""
    items: Sequence[dict[str, Any]] = [
        {"item": str(number), "title": f"Paper {number}", "file": f"{number}.pdf"}
        for number in range(1, len(papers) + 1)
    ]
    for item, paper in zip(items, papers, strict=True):
        pdfs.put(papers_of(place), item["file"], paper)
    made = make_meeting_pack(planned(place.root, *items), place, some_params(), {})
    path = pdfs.put(place.root, "merged.pdf", made.pack.pdf)
    return pikepdf.open(path), made


@pytest.fixture
def merge(place) -> Callable[..., tuple[pikepdf.Pdf, MeetingPack]]:
    """Merge papers in the test's own project."""
    return partial(merge_papers, place)


@pytest.fixture
def params_of(params):
    """The params of the small system."""
    return params
