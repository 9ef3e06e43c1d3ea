"""Holds a chapter to the place that a build makes it for."""

from __future__ import annotations

import os

from boardpacks.project.errors import BoardpacksError

VARIABLE = "BOARDPACKS_PLACE"
"""Environment variable in which a build tells a chapter's process its place; JupyterLab has none."""


def hold_to_own_place(place: str) -> None:
    """Refuse a place that is not the one whose pack is being made; outside of a build any is right.

    Raises
    ------
    BoardpacksError
        When a build makes the chapter for another place.
    """
    own = os.environ.get(VARIABLE)
    if own is not None and place != own:
        raise BoardpacksError(
            f"open_chapter was asked for {place!r}, but this chapter is made for the pack of {own!r}. "
            "Write open_chapter(place, ...) with the place of the parameters cell. Figures of another place come from "
            "chapter.measure(indicator, chapter.params.places[id])."
        )
