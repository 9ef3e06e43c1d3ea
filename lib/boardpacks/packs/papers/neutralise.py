"""Takes out of a paper whatever could do something: what is left is pages, tags, links and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pikepdf

from boardpacks.packs.papers.cross_links import file_of_link
from boardpacks.packs.papers.destinations import Destinations
from boardpacks.packs.papers.geometry import inherited

_KEPT = (
    *("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight"),
    *("/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Link", "/Widget"),
)
"""Kinds of annotation that only show something; form fields are made into what they show afterwards."""

_MEDIA = ("/Movie", "/Sound", "/Screen", "/RichMedia", "/3D")
_WORDS: Mapping[str, str] = {
    "/JavaScript": "a script",
    "/Launch": "a command that starts a program",
    "/GoToR": "a link to another file",
    "/GoToE": "a link to an attached file",
    "/SubmitForm": "a command that sends a form",
    "/ResetForm": "a command that empties a form",
    "/ImportData": "a command that reads a file",
    "/Rendition": "a command that plays a film or sound",
    "/Movie": "a command that plays a film or sound",
    "/Sound": "a command that plays a film or sound",
}
_WEB = re.compile(r"(?:https?://|mailto:)[^\x00-\x20]+", re.IGNORECASE)
_PAGE_KEYS = (
    *("/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"),
    *("/Annots", "/StructParents", "/Tabs"),
)
_DRAWN_KEYS = ("/A", "/PA", "/AA", "/Dest")


def neutralise(pdf: pikepdf.Pdf, *, own: bool = False, beside: Collection[str] = ()) -> list[str]:
    """Take every active part out of a paper, resolve its links, and return what was taken out, in words.

    Parameters
    ----------
    own
        Whether it is a document of our own, whose links to the files of its pack are no news.
    beside
        Such files whose links stay for now.
    """
    gone: Counter[str] = Counter()
    destinations = Destinations(pdf)
    files = beside if own else None
    _document(pdf, gone)
    for sheet in pdf.pages:
        _inherit(sheet)
        page = sheet.obj
        _count_actions(page.get("/AA"), gone)
        for key in list(page.keys()):
            if key not in _PAGE_KEYS:
                del page[key]
        annotations = page.get("/Annots")
        if annotations is None:
            continue
        kept = [
            pdf.make_indirect(annotation)
            for annotation in (list(annotations) if isinstance(annotations, pikepdf.Array) else [])
            if isinstance(annotation, pikepdf.Dictionary)
            and _annotation(annotation, pdf, destinations, gone, files)
        ]
        if kept:
            page.Annots = pikepdf.Array(kept)
        else:
            del page["/Annots"]
    return [f"{words} ({count} times)" if count > 1 else words for words, count in sorted(gone.items())]


def _document(pdf: pikepdf.Pdf, gone: Counter[str]) -> None:
    root = pdf.Root
    _count_actions(root.get("/OpenAction"), gone)
    _count_actions(root.get("/AA"), gone)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        gone["a script"] += 1
    if "/Collection" in root:
        gone["the view of a portfolio"] += 1


def _inherit(sheet: pikepdf.Page) -> None:
    """Write onto a page what it has from the tree of pages, which is left behind."""
    page = sheet.obj
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        found = inherited(page, key)
        if found is not None and key not in page:
            page[key] = found
    if not isinstance(page.get("/Resources"), pikepdf.Dictionary):
        page.Resources = pikepdf.Dictionary()


def _annotation(
    annotation: Any,
    pdf: pikepdf.Pdf,
    destinations: Destinations,
    gone: Counter[str],
    files: Collection[str] | None,
) -> bool:
    """Make an annotation harmless; return whether it stays."""
    if files is not None and (file := file_of_link(annotation)):
        return file in files
    kind = str(annotation.get("/Subtype", ""))
    leads = destinations.of(annotation)
    address = _address(annotation.get("/A"))
    _count_actions(annotation.get("/A"), gone, leads is not None or address is not None)
    _count_actions(annotation.get("/AA"), gone)
    for key in _DRAWN_KEYS:
        if key in annotation:
            del annotation[key]
    if kind == "/Link":
        if leads is not None:
            page, rest = leads
            annotation.Dest = pikepdf.Array([pdf.pages[page].obj, *rest])
        elif address is not None:
            annotation.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
        return leads is not None or address is not None
    if kind in _MEDIA:
        gone["a film, sound or model"] += 1
    elif kind == "/FileAttachment":
        return False  # its file is kept among the attachments
    elif kind == "/Redact":
        gone["a mark for words to be blacked out (the words are still there)"] += 1
    elif kind not in _KEPT:
        gone["an annotation of an unusual kind"] += 1
    return kind in _KEPT


def _address(action: Any) -> str | None:
    """Return the address of a link to the web or to a mailbox."""
    if not isinstance(action, pikepdf.Dictionary) or action.get("/S") != "/URI":
        return None
    found = str(action.get("/URI", "")).strip()
    return found if _WEB.fullmatch(found) else None


def _count_actions(found: Any, gone: Counter[str], harmless: bool = False) -> None:
    for number, action in enumerate(_actions(found)):
        kind = str(action.get("/S", ""))
        if kind in _WORDS:
            gone[_WORDS[kind]] += 1
        elif kind == "/URI" and not (harmless and number == 0):
            gone["a link to something other than a web page or a mailbox"] += 1


def _actions(found: Any) -> Iterator[pikepdf.Dictionary]:
    """Yield an action and those that follow it, also where they are the values of a dictionary of events."""
    seen: set[tuple[int, int]] = set()
    waiting = [found]
    while waiting and len(seen) < 1000:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += [inner for inner in list(node)[:1000] if isinstance(inner, pikepdf.Dictionary)]
        if not isinstance(node, pikepdf.Dictionary) or isinstance(node, pikepdf.Stream):
            continue
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        if "/S" in node:
            yield node
            waiting.append(node.get("/Next"))
        elif "/Type" not in node:
            waiting += [node[key] for key in node.keys()]  # noqa: SIM118 - a PDF's dictionary is not iterated
