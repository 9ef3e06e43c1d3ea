"""Finds where links and bookmarks of a paper lead, and makes every named place a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pikepdf


class Destinations:
    """The places that links of one paper lead to.

    Parameters
    ----------
    pdf
        The paper.
    """

    def __init__(self, pdf: pikepdf.Pdf):
        self._pages = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages)}
        self._named = _named(pdf.Root)

    def resolve(self, found: Any) -> tuple[int, list[Any]] | None:
        """Return the number of the page, from 0, and kind and numbers of a destination; None when it leads nowhere."""
        for _ in range(3):  # a name leads to an array, or to a dictionary that holds one
            if isinstance(found, pikepdf.String | pikepdf.Name):
                found = self._named.get(_key(found))
            elif isinstance(found, pikepdf.Dictionary):
                found = found.get("/D")
        if not isinstance(found, pikepdf.Array) or len(found) < 1:
            return None
        page = found[0]
        if not isinstance(page, pikepdf.Dictionary) or page.objgen not in self._pages:
            return None
        return self._pages[page.objgen], list(found)[1:6]

    def names(self) -> dict[str, tuple[int, list[Any]]]:
        """Return every place that has a name and is there."""
        found = {name.decode(errors="replace"): self.resolve(place) for name, place in self._named.items()}
        return {name: place for name, place in found.items() if place is not None}

    def of(self, holder: Any) -> tuple[int, list[Any]] | None:
        """Return where a link or bookmark leads inside its paper, or None when it does not."""
        if "/Dest" in holder:
            return self.resolve(holder["/Dest"])
        action = holder.get("/A")
        if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
            return self.resolve(action.get("/D"))
        return None


def _named(root: Any) -> Mapping[bytes, Any]:
    """Return every named destination; of two with one name the first counts."""
    found: dict[bytes, Any] = {}
    old = root.get("/Dests")
    if isinstance(old, pikepdf.Dictionary):
        for name in old.keys():  # noqa: SIM118 - a PDF's dictionary is not iterated
            found.setdefault(name.encode(), old[name])
    names = root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    seen: set[tuple[int, int]] = set()
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        if node.is_indirect:
            seen.add(node.objgen)
        pairs = node.get("/Names")
        if isinstance(pairs, pikepdf.Array):
            flat = list(pairs)
            for named, value in zip(flat[::2], flat[1::2], strict=False):
                with suppress(TypeError, ValueError):
                    found.setdefault(_key(named), value)
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array) and len(seen) < 100_000:
            nodes += reversed(list(kids))
    return found


def _key(name: Any) -> bytes:
    return str(name).encode() if isinstance(name, pikepdf.Name) else bytes(name)
