"""Brings together the failures that several places share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.plan.events import PackResult
from boardpacks.project.errors import BoardpacksError


@dataclass(frozen=True)
class SharedFailure:
    """What went wrong, in words; the places where; and a notebook kept as far as it got, if there is one."""

    text: str
    places: tuple[str, ...]
    kept: Path | None


def shared_failures(results: Sequence[PackResult]) -> tuple[SharedFailure, ...]:
    """Return every different failure once, in the order in which they come."""
    groups: dict[str, list[tuple[str, BoardpacksError]]] = {}
    for result in results:
        for failure in result.failures:
            groups.setdefault(_text(failure), []).append((result.plan.place_name, failure))
    return tuple(
        SharedFailure(
            text,
            tuple(dict.fromkeys(place for place, _ in group)),
            next((kept for _, failure in group if (kept := getattr(failure, "kept", None))), None),
        )
        for text, group in groups.items()
    )


def _text(failure: BoardpacksError) -> str:
    if isinstance(failure, ChapterFailed):
        return f"{failure.spot}\n  {failure.reason}"
    return str(failure)
