"""Reads what a build starts from: what it is asked for, and which chapters and packs are up to date."""

from __future__ import annotations

from dataclasses import dataclass

from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.stale_packs import PackStates, read_pack_states
from boardpacks.params.models import Params
from boardpacks.plan.shared_cache import Cache, open_store
from boardpacks.plan.stale_chapters import ChapterStates, read_chapter_states
from boardpacks.project.folder import Project


@dataclass(frozen=True)
class BuildStates:
    """What a build is asked for, and what is known of chapters and packs before anything is done."""

    order: BuildOrder
    chapters: ChapterStates
    packs: PackStates

    @property
    def project(self) -> Project:
        """The project that packs are made from."""
        return self.order.project

    @property
    def params(self) -> Params:
        """Its params."""
        return self.order.params


def read_build_states(order: BuildOrder) -> BuildStates:
    """Read what a build starts from. Chapters and packs are looked at when they are asked for.

    Raises
    ------
    BoardpacksError
        When the snapshot is missing or damaged, or the cache cannot be opened.
    """
    cache = Cache(open_store(order.cache)) if order.cache else None
    chapters = read_chapter_states(order.project, order.params, cache=cache, force=order.force)
    return BuildStates(order, chapters, read_pack_states(order, chapters.contents.sha256))
