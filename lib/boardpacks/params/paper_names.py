"""Names of papers, as programs and people write them: every name that a file can have everywhere."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path

from boardpacks.params.values import Clash
from boardpacks.project.signs import named

ALLOWED = "the name of a PDF without folders, such as 07 Finance report.pdf"
MOST_BYTES = 240
"""Bytes that a name may take: disks take 255."""

_NOWHERE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that nobody sees, and some of which turn the direction of reading."""
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_FOLDER = re.compile(r"[/\\]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=[ .]|$)", re.IGNORECASE)
_PDF = re.compile(r".\.pdf\Z", re.IGNORECASE)
_PLAIN = "in the file's name and here"


def check_paper_name(name: str) -> str:
    """Return the name of a paper, its letters with marks as one sign each.

    Raises
    ------
    Clash
        Naming the sign that no file can have everywhere, with a name that could be taken.
    """
    if _FOLDER.search(name):
        raise Clash(ALLOWED, found=repr(name))
    for pattern, why in ((_NOWHERE, ""), (_NOT_ON_WINDOWS, ", which no file on Windows can have")):
        if found := pattern.search(name):
            better = " ".join(_NOT_ON_WINDOWS.sub("-", _NOWHERE.sub("", name)).split())
            raise Clash(ALLOWED, found=f"{_short(name)}, with {named((found[0],))}{why}", hint=_offer(better))
    if name.startswith("."):
        raise Clash(
            ALLOWED, found=f"{_short(name)}, which begins with a point", hint=_offer(name.lstrip(". "))
        )
    if _RESERVED.match(name):
        raise Clash(
            ALLOWED,
            found=f"{_short(name)}, a name that Windows keeps for itself",
            hint=_offer(f"Paper {name}"),
        )
    if not _PDF.search(name):
        hint = (
            "" if "." in name else "in YAML put a name with # or : in quotes; the ending .pdf belongs to it"
        )
        raise Clash(ALLOWED, found=f"{_short(name)}, which does not end with .pdf", hint=hint)
    if len(name.encode()) > MOST_BYTES:
        raise Clash(f"{ALLOWED}; at most {MOST_BYTES} bytes", found=f"a name of {len(name.encode())} bytes")
    return unicodedata.normalize("NFC", name)


def same_name(name: str) -> str:
    """Return what two ways of writing one name have in common: marks on letters, and kinds of blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _short(name: str) -> str:
    return repr(name if len(name) <= 80 else f"{name[:76]}...")


def _offer(name: str) -> str:
    return f"call it {name!r}, {_PLAIN}" if _PDF.search(name) else ""


def papers_folder(papers: Path, meeting: dt.date, place: str) -> Path:
    """Return the folder in which a secretary puts the papers of a meeting: ``<papers>/<date>/<place>``."""
    return papers / meeting.isoformat() / place


def paper_path(folder: Path, name: str) -> Path:
    """Return where a paper lies: its name may write letters with marks, and blanks, in another way than the agenda."""
    path = folder / name
    if path.exists() or path.is_symlink():
        return path
    same = [other for other in names_in(folder) if same_name(other) == same_name(name)]
    return folder / same[0] if len(same) == 1 else path


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder, sorted; none where there is no folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
