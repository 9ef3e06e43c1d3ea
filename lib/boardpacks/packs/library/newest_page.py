"""Makes the page that leads to the newest pack of a place: an address that stays, for links from other packs."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from boardpacks.packs.library.downloads import address, downloads
from boardpacks.packs.library.published_packs import PublishedEdition
from boardpacks.packs.library.web_page import render_page
from boardpacks.params.agenda import Part
from boardpacks.params.system import System
from boardpacks.project.dates import long_date

_SCRIPT = "newest.js"


def newest_page(edition: PublishedEdition, system: System, part: Part, *, linked: str) -> str:
    """Return the page: links to the documents, and a script that goes on to the section that was asked for.

    Parameters
    ----------
    edition
        The newest pack of the place.
    system
        Whose packs they are.
    linked
        Where it finds the fonts.
    """
    script = files("boardpacks.packs.library").joinpath("templates", _SCRIPT).read_text(encoding="utf-8")
    read = {file.kind: file for file in downloads(edition, up="../") if file.kind in ("edition-page", "html")}
    return render_page(
        "newest.html",
        linked=linked,
        colour=system.colour,
        system=system,
        confidential=part == "confidential",
        record=edition.record,
        day=long_date(edition.record.meeting),
        edition=read.get("edition-page"),
        annex=read.get("html"),
        page=address(edition.page),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
