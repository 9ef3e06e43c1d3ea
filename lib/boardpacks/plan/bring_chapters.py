"""Brings the results of chapters from where they are already: an earlier build, another pack or the shared cache."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from boardpacks.plan.events import ChapterKept, Noticed, OnEvent
from boardpacks.plan.plan import PackPlan
from boardpacks.plan.stale_chapters import ChapterStates


def bring_chapters(plans: Iterable[PackPlan], chapters: ChapterStates, on_event: OnEvent) -> set[Path]:
    """Bring the results of chapters that need not be executed, and return where they lie."""
    there = set()
    for plan in plans:
        for run in plan.chapters:
            if origin := chapters.fetch(run):
                there.add(run.out)
                on_event(ChapterKept(plan, run, origin))
    for words in chapters.cache.faults if chapters.cache else ():
        on_event(Noticed(words))
    return there
