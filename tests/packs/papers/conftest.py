from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.papers.make_meeting_packs import MeetingPack, make_meeting_pack
from boardpacks.packs.papers.plan_papers import MeetingPackPlan, plan_meeting_packs
from boardpacks.params.calendars import AgendaItem
from boardpacks.plan.plan import PackPlan
from boardpacks.project.folder import Project
from tests.packs.papers import pdfs


@pytest.fixture(scope="session")
def ours(checkout: Project) -> Project:
    """The project, with its fonts made."""
    ensure_fonts(checkout.fonts)
    return checkout


@pytest.fixture
def place(ours: Project, tmp_path: Path) -> Project:
    """A project of its own with the template and fonts, to put papers in."""
    shutil.copytree(ours.extension, tmp_path / "reports" / "_extensions" / "boardpack")
    return Project(tmp_path)


@pytest.fixture
def folder(place: Project) -> Path:
    """The meeting's folder of papers."""
    path = place.papers / "2026-12-09" / "havering"
    path.mkdir(parents=True)
    return path


@pytest.fixture
def plan(make, tmp_path) -> Callable[..., MeetingPackPlan]:
    """Plan the merged pack of a meeting with these items, as dictionaries; the public part by default."""

    def planned(*items: dict[str, Any], part: str = "public", **meeting: Any) -> MeetingPackPlan:
        agenda = tuple(AgendaItem(**item) for item in items)
        whole: PackPlan = make.plan(tmp_path, agenda=agenda, **meeting)
        return next(one for one in plan_meeting_packs([whole]) if one.part == part)

    return planned


@pytest.fixture
def merge(plan, place, folder, params_of) -> Callable[..., tuple[pikepdf.Pdf, MeetingPack]]:
    """Merge papers, each an item of its own, and return the pack, read again."""

    def merged(*papers: bytes | pikepdf.Pdf, **meeting: Any) -> tuple[pikepdf.Pdf, MeetingPack]:
        items: Sequence[dict[str, Any]] = [
            {"item": str(number), "title": f"Paper {number}", "file": f"{number}.pdf"}
            for number in range(1, len(papers) + 1)
        ]
        for item, paper in zip(items, papers, strict=True):
            pdfs.put(folder, item["file"], paper)
        made = make_meeting_pack(plan(*items, **meeting), place, params_of, {})
        path = pdfs.put(place.root, "merged.pdf", made.pack.pdf)
        return pikepdf.open(path), made

    return merged


@pytest.fixture
def params_of(params):
    """The params of the small system."""
    return params
