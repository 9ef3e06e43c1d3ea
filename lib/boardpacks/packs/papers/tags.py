"""Joins the tags of our sheets and of the papers into one tree, in the order of the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from boardpacks.packs.papers.paper_limits import MOST_MARKS

_ELEMENT = pikepdf.Name.StructElem


@dataclass(frozen=True)
class ItemTags:
    """The tags of an item.

    Parameters
    ----------
    title
        The item in words.
    sheet
        Number in our own sheets, from 0, of the page before the paper.
    kids
        The paper's own tags at the top of its tree, which are in the merged pack already.
    language
        The paper's language, or an empty string where it states none.
    """

    title: str
    sheet: int
    kids: Sequence[pikepdf.Object]
    language: str


def own_names(tree: Any, roles: Any, classes: Any, mark: str) -> None:
    """Add a paper's own kinds and classes of tags to those of the pack; those that clash get another name.

    ``mark`` begins every identifier of the paper's tags, which have to be unique in the pack.
    """
    kinds = _merge_names(tree.get("/RoleMap"), roles)
    looks = _merge_names(tree.get("/ClassMap"), classes)
    for element in elements(tree.get("/K")):
        kind = str(element.get("/S", ""))
        if kind in kinds:
            element.S = pikepdf.Name(kinds[kind])
        if looks and "/C" in element:
            element.C = _renamed(element.C, looks)
        if "/ID" in element:
            element.ID = _own_id(element.ID, mark)
        for attributes in _listed(element.get("/A")):
            if isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
                attributes.Headers = pikepdf.Array(
                    [_own_id(one, mark) for one in _listed(attributes.Headers)]
                )


def merge_tags(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Dictionary], items: Sequence[ItemTags]) -> None:
    """Put each item's sheet and paper into a part of its own, and renumber everything from the tags themselves.

    Parameters
    ----------
    pages
        Pages of our own sheets, in order.
    """
    tree = pdf.Root.StructTreeRoot
    document = _listed(tree.K)[0]
    places = {page.objgen: number for number, page in enumerate(pages)}
    groups: dict[int, list[pikepdf.Object]] = {}
    firsts = [item.sheet for item in items]
    at = 0
    for kid in _listed(document.K):
        at = max(at, _first_page(kid, places, at))
        sheet = max((first for first in firsts if first <= at), default=-1)
        groups.setdefault(sheet, []).append(kid)
    parts = []
    for item in items:
        paper = _paper_part(pdf, tree, item)
        part = pdf.make_indirect(pikepdf.Dictionary(Type=_ELEMENT, S=pikepdf.Name.Part, T=item.title))
        part.K = pikepdf.Array([*groups.get(item.sheet, []), paper])
        parts.append(part)
    document.K = pikepdf.Array([*groups.get(-1, []), *parts])
    _renumber(pdf, tree, document)


def elements(kids: Any) -> Iterator[pikepdf.Dictionary]:
    """Yield every tag below `kids` once, in reading order."""
    seen: set[tuple[int, int]] = set()
    stack = list(reversed(_listed(kids)))
    while stack:
        node = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
            continue
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        yield node
        stack.extend(reversed(_listed(node.get("/K"))))


def _paper_part(pdf: pikepdf.Pdf, tree: Any, item: ItemTags) -> Any:
    """Return the paper's tags as one part; a document inside our document becomes that part."""
    roles = tree.get("/RoleMap", pikepdf.Dictionary())
    part = item.kids[0] if len(item.kids) == 1 and isinstance(item.kids[0], pikepdf.Dictionary) else None
    if part is None or str(roles.get(str(part.get("/S")), part.get("/S"))) != "/Document":
        part = pdf.make_indirect(pikepdf.Dictionary(Type=_ELEMENT, K=pikepdf.Array(list(item.kids))))
    part.S = pikepdf.Name.Part
    if item.language and "/Lang" not in part:
        part.Lang = pikepdf.String(item.language)
    return part


@dataclass
class _Numbers:
    """The parent tree while it is made: for each page or form the tags of its marks, for others the tag itself."""

    holders: list[pikepdf.Object] = field(default_factory=list)
    of: dict[tuple[int, int], int] = field(default_factory=dict)
    marks: dict[int, dict[int, pikepdf.Object]] = field(default_factory=dict)
    single: dict[int, pikepdf.Object] = field(default_factory=dict)

    def _number(self, holder: Any) -> int:
        if holder.objgen not in self.of:
            self.of[holder.objgen] = len(self.holders)
            self.holders.append(holder)
        return self.of[holder.objgen]

    def mark(self, holder: Any, mcid: int, element: Any) -> bool:
        """Note which tag a mark belongs to; return False where it belongs to another or cannot be."""
        if not 0 <= mcid < MOST_MARKS:
            return False
        number = self._number(holder)
        marks = self.marks.setdefault(number, {})
        return number not in self.single and marks.setdefault(mcid, element).objgen == element.objgen

    def thing(self, holder: Any, element: Any) -> bool:
        """Note which tag an annotation or a picture belongs to."""
        number = self._number(holder)
        if number in self.marks or number in self.single:
            return False
        self.single[number] = element
        return True


def _renumber(pdf: pikepdf.Pdf, tree: Any, document: Any) -> None:
    """Make the parent tree and the tree of identifiers anew from the tags, so that each fits the other."""
    pages = {sheet.obj.objgen for sheet in pdf.pages}
    shown = {one.objgen for sheet in pdf.pages for one in sheet.obj.get("/Annots", [])}
    numbers = _Numbers()
    ids: dict[bytes, pikepdf.Object] = {}
    seen = {document.objgen}
    document.P = tree
    tree.K = document
    stack: list[pikepdf.Dictionary] = [document]
    while stack:
        element = stack.pop()
        if "/ID" in element and not _note_id(ids, element):
            del element["/ID"]
        kept: list[Any] = []
        inner: list[pikepdf.Dictionary] = []
        for kid in _listed(element.get("/K")):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                child = kid if kid.is_indirect else pdf.make_indirect(kid)
                if child.objgen in seen:
                    continue
                seen.add(child.objgen)
                child.P, child.Type = element, _ELEMENT
                kept.append(child)
                inner.append(child)
            elif _content(kid, element, pages, shown, numbers):
                kept.append(kid)
        if kept:
            element.K = kept[0] if len(kept) == 1 else pikepdf.Array(kept)
        elif "/K" in element:
            del element["/K"]
        stack.extend(reversed(inner))
    _write_numbers(pdf, tree, numbers)
    if "/IDTree" in tree:
        del tree["/IDTree"]
    if ids:
        pairs = [part for name in sorted(ids) for part in (pikepdf.String(name), ids[name])]
        tree.IDTree = pdf.make_indirect(
            pikepdf.Dictionary(Kids=[pdf.make_indirect(_leaf(pairs, min(ids), max(ids)))])
        )


def _leaf(pairs: list[pikepdf.Object], first: bytes, last: bytes) -> Any:
    return pikepdf.Dictionary(
        Limits=[pikepdf.String(first), pikepdf.String(last)], Names=pikepdf.Array(pairs)
    )


def _note_id(ids: dict[bytes, pikepdf.Object], element: Any) -> bool:
    if not isinstance(element.ID, pikepdf.String):
        return False
    return bool(ids.setdefault(bytes(element.ID), element).objgen == element.objgen)


def _content(  # noqa: PLR0911 - one way out for each thing that a tag may not hold
    kid: Any,
    element: Any,
    pages: set[tuple[int, int]],
    shown: set[tuple[int, int]],
    numbers: _Numbers,
) -> bool:
    """Note what a tag holds of a page; return False where that is not in the pack."""
    own_page = element.get("/Pg")
    if isinstance(kid, int) and not isinstance(kid, bool):
        return _is_in(own_page, pages) and numbers.mark(own_page, kid, element)
    if not isinstance(kid, pikepdf.Dictionary):
        return False
    page = kid.get("/Pg", own_page)
    if not _is_in(page, pages):
        return False
    target = kid.get("/Obj")
    if target is not None:
        if not isinstance(target, pikepdf.Dictionary | pikepdf.Stream) or not target.is_indirect:
            return False
        if target.objgen not in shown and not isinstance(target, pikepdf.Stream):
            return False
        return numbers.thing(target, element)
    mcid = kid.get("/MCID")
    holder = kid.get("/Stm", page)
    if not isinstance(mcid, int) or not isinstance(holder, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return numbers.mark(holder, int(mcid), element)


def _is_in(page: Any, pages: set[tuple[int, int]]) -> bool:
    return isinstance(page, pikepdf.Dictionary) and page.objgen in pages


def _write_numbers(pdf: pikepdf.Pdf, tree: Any, numbers: _Numbers) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in ("/StructParents", "/StructParent"):
                if key in thing:
                    del thing[key]
    flat: list[Any] = []
    for number, holder in enumerate(numbers.holders):
        if number in numbers.single:
            holder.StructParent = number
            flat += [number, numbers.single[number]]
            continue
        holder.StructParents = number
        marks = numbers.marks[number]
        row = pikepdf.Array([marks.get(mcid) for mcid in range(max(marks) + 1)])
        flat += [number, pdf.make_indirect(row)]
    tree.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(flat)))
    tree.ParentTreeNextKey = len(numbers.holders)


def _first_page(kids: Any, places: dict[tuple[int, int], int], otherwise: int) -> int:
    for element in elements(kids):
        page = element.get("/Pg")
        if isinstance(page, pikepdf.Dictionary) and page.objgen in places:
            return places[page.objgen]
        for kid in _listed(element.get("/K")):
            inner = kid.get("/Pg") if isinstance(kid, pikepdf.Dictionary) else None
            if isinstance(inner, pikepdf.Dictionary) and inner.objgen in places:
                return places[inner.objgen]
    return otherwise


def _merge_names(found: Any, known: Any) -> dict[str, str]:
    """Add names to those that are known, and return the new names of those that clash."""
    renamed: dict[str, str] = {}
    if not isinstance(found, pikepdf.Dictionary):
        return renamed
    for name in sorted(found.keys()):
        free, count = name, 1
        while free in known and known[free] != found[name]:
            count += 1
            free = f"{name}-{count}"
        if free not in known:
            known[free] = found[name]
        if free != name:
            renamed[name] = free
    return renamed


def _renamed(classes: Any, looks: dict[str, str]) -> Any:
    names = [
        pikepdf.Name(looks.get(str(one), str(one))) if isinstance(one, pikepdf.Name) else one
        for one in _listed(classes)
    ]
    return names[0] if len(names) == 1 else pikepdf.Array(names)


def _own_id(name: Any, mark: str) -> Any:
    return pikepdf.String(mark.encode() + bytes(name)) if isinstance(name, pikepdf.String) else name


def _listed(kids: Any) -> list[Any]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
