"""Boardpacks turns published figures into finished board packs.

An analyst's notebook needs one name of it: ``from boardpacks import open_chapter``. ``docs/house.md`` says what lies in
which room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boardpacks.chapter.chapter import open_chapter

__all__ = ["open_chapter"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: no command waits for what only notebooks need."""
    if name != "open_chapter":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from boardpacks.chapter.chapter import open_chapter  # noqa: PLC0415
    from boardpacks.lab import settle_in  # noqa: PLC0415

    settle_in()
    return open_chapter
