"""Writes the library: the site that leads to every published pack."""

from __future__ import annotations

import re
from pathlib import Path

from boardpacks.packs.files.pack_record import NEWEST, PAGE, PAGES
from boardpacks.packs.library.compare_page import compare, compare_page, newest_packs
from boardpacks.packs.library.feed import FEED, feed
from boardpacks.packs.library.findings import read_findings
from boardpacks.packs.library.index_page import index_page
from boardpacks.packs.library.newest_page import newest_page
from boardpacks.packs.library.pack_page import FONTS_FROM_PAGES, pack_page
from boardpacks.packs.library.published_packs import read_packs, sort_packs
from boardpacks.packs.library.web_page import FONT_FILES, write_file, write_page
from boardpacks.params.agenda import PARTS, Part
from boardpacks.params.system import System
from boardpacks.plan.plan import root_of
from boardpacks.project.write_errors import explained

__all__ = ["read_packs", "write_libraries", "write_library"]

ASSETS = f"{PAGES}/assets"
"""Folder of the fonts, which all pages share."""

_TITLE = re.compile(rb"<title>(Board packs|Previews of board packs), ")
_OURS = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|newest|compare)_[A-Za-z0-9][A-Za-z0-9_.-]*\.html")


def write_libraries(published: Path, system: System, fonts: Path, *, are_previews: bool = False) -> None:
    """Write the library of the public packs and, if there are any, that of the confidential ones."""
    for part in PARTS:
        root = root_of(published, part)
        if part == "public" or root.is_dir():
            write_library(root, system, fonts, part, are_previews=are_previews)


def is_library(page: Path) -> bool:
    """Whether a file is the first page of a library, which the next build may write anew."""
    return page.is_file() and _TITLE.search(page.read_bytes()) is not None


def write_library(
    published: Path, system: System, fonts: Path, part: Part = "public", *, are_previews: bool = False
) -> Path:
    """Write the library of one part's packs into `published`, and return the path of its first page.

    There is a page for each edition of each pack in ``pages/``, one that leads to the newest pack of each place, and
    one for each priority that compares the places; ``index.html``, which lists the packs by meeting; and a feed. A
    folder that is not a sound pack is left out, and the first page says so. Each page is written whole, and only if it
    has changed; pages of packs that are gone are removed, and the fonts are put there once.

    Parameters
    ----------
    part
        Which packs it is of. Confidential ones have a root of their own, and every page of it says so.
    are_previews
        Whether they are previews, which no board gets.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails.
    """
    with explained(published):
        (published / ASSETS).mkdir(parents=True, exist_ok=True)
    records, notes = read_packs(published)
    packs, misplaced = sort_packs(records, part)
    for name in FONT_FILES:
        if (fonts / name).is_file():
            write_file(published / ASSETS / name, (fonts / name).read_bytes())
    found = {edition.page: read_findings(edition, published) for pack in packs for edition in pack.editions}
    newest = newest_packs(packs)
    places, priorities = compare(newest, found)
    own = {
        edition.page: pack_page(pack, edition, found[edition.page], published, system)
        for pack in packs
        for edition in pack.editions
    }
    own |= {
        NEWEST.format(place=place): newest_page(edition, system, part, linked=FONTS_FROM_PAGES)
        for place, edition in newest.items()
    }
    own |= {
        priority.page: compare_page(priority, places, priorities, system, part, linked=FONTS_FROM_PAGES)
        for priority in priorities
    }
    written = {write_page(published / PAGES / name, html) for name, html in own.items()}
    write_page(published / FEED, feed(packs, published, system))
    index = write_page(
        published / PAGE,
        index_page(packs, found, priorities, [*misplaced, *notes], system, part, are_previews=are_previews),
    )
    with explained(published):
        for path in (published / PAGES).iterdir():
            if path not in written and _OURS.fullmatch(path.name):
                path.unlink()
    return index
