"""Finds the pictures beside notebooks, which decide what a pack looks like. Imports nothing that is slow."""

from __future__ import annotations

from boardpacks.plan.plan import PackPlan
from boardpacks.project.file_digest import file_digest

ENDINGS = (".png", ".jpg", ".jpeg")


def picture_digests(plan: PackPlan) -> dict[str, str]:
    """Return the digest of every picture beside a pack's notebooks, when one of these may show some."""
    showing = {run.notebook.parent for run in plan.chapters if _may_show(run.notebook.read_bytes().lower())}
    return {
        f"picture {path.relative_to(folder).as_posix()}": file_digest(path)
        for folder in sorted(showing)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in ENDINGS and path.is_file()
    }


def _may_show(text: bytes) -> bool:
    return any(ending.encode() in text for ending in ENDINGS)
