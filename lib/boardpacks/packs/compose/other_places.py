"""Says where the library has the newest packs of the other places, for the web page's way to the same section there."""

from __future__ import annotations

from boardpacks.facts.wording import capital
from boardpacks.packs.files.pack_record import NEWEST, PAGES
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.params.system import SYSTEM

ANNEX = "?annex"
"""Asks that page for the evidence annex."""


def other_places(pack: PackContent, document: str = "") -> dict[str, list[dict[str, str]]]:
    """Return the metadata of the other places, with the system before them; nothing where there is none.

    They are no part of what is private. A page that lies anywhere but in a library does not show them.

    Parameters
    ----------
    document
        :data:`ANNEX` for the evidence annex, nothing for the board edition.
    """
    if pack.plan.part != "public" or len(pack.params.places) < 2:
        return {}
    names = {
        SYSTEM: capital(pack.params.system.short_name),
        **{one.id: one.name for one in pack.params.places.values()},
    }
    return {
        "places": [
            {
                "name": markdown_text(name),
                "link": f"../../{PAGES}/{NEWEST.format(place=place)}{document}",
            }
            for place, name in names.items()
            if place != pack.plan.place
        ]
    }
