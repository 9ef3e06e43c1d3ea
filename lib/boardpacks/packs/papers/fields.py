"""Makes form fields into what they show: a paper in a pack is read, not filled in."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pikepdf

from boardpacks.packs.papers.geometry import number, operands
from boardpacks.packs.papers.resources import add_resource

_HIDDEN = 0b10_0010  # hidden, or not to be viewed
_NO_MCID = -1


def flatten_fields(pdf: pikepdf.Pdf) -> list[int]:
    """Draw what each form field shows into its page, in the field's place among the tags.

    Returns
    -------
    list of int
        For each field the number of its page.
    """
    if not any(_is_field(one) for sheet in pdf.pages for one in sheet.obj.get("/Annots", [])):
        return []
    with suppress(pikepdf.PdfError):
        pdf.generate_appearance_streams()
    holders = _holders(pdf.Root.get("/StructTreeRoot"))
    flattened: list[int] = []
    for number_of_page, sheet in enumerate(pdf.pages, start=1):
        fields = [one for one in list(sheet.obj.get("/Annots", [])) if _is_field(one)]
        if not fields:
            continue
        rest = [one for one in list(sheet.obj.Annots) if not _is_field(one)]
        mcid = _next_mcid(sheet)
        drawn = []
        for field in fields:
            shown = _appearance(field)
            flattened.append(number_of_page)
            element, place = holders.get(field.objgen, (None, _NO_MCID))
            if element is not None:
                _tag(element, place, sheet.obj, mcid if shown is not None else None)
            if shown is None:
                continue
            name = add_resource(sheet.obj, "/XObject", "BpField", shown)
            draw = b"q %s cm %s Do Q" % (operands(_matrix(field, shown)), name.encode())
            if element is not None:
                draw = b"/Span <</MCID %d>> BDC %s EMC" % (mcid, draw)
                mcid += 1
            drawn.append(draw)
        sheet.contents_add(pdf.make_stream(b"q"), prepend=True)
        sheet.contents_add(pdf.make_stream(b"\n".join([b"Q", *drawn])), prepend=False)
        if rest:
            sheet.obj.Annots = pikepdf.Array(rest)
        else:
            del sheet.obj["/Annots"]
    return flattened


def _is_field(annotation: Any) -> bool:
    return isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Widget"


def _appearance(field: Any) -> pikepdf.Stream | None:
    if int(number(field.get("/F", 0)) or 0) & _HIDDEN:
        return None
    looks = field.get("/AP")
    shown = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(shown, pikepdf.Dictionary) and not isinstance(shown, pikepdf.Stream):
        shown = shown.get(str(field.get("/AS", "/Off")))
    if not isinstance(shown, pikepdf.Stream):
        return None
    shown.Type, shown.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    return shown


def _matrix(field: Any, shown: Any) -> tuple[float, ...]:
    """Return the matrix that fits what a field shows into its place, without its own turning."""
    rect = [number(value) or 0.0 for value in list(field.get("/Rect", []))[:4]]
    rect += [0.0] * (4 - len(rect))
    box = [number(value) or 0.0 for value in list(shown.get("/BBox", [0, 0, 1, 1]))[:4]]
    matrix = [number(value) or 0.0 for value in list(shown.get("/Matrix", [1, 0, 0, 1, 0, 0]))[:6]]
    corners = [
        (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        for x in (box[0], box[2])
        for y in (box[1], box[3])
    ]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    across = (max(rect[0], rect[2]) - min(rect[0], rect[2])) / wide if wide else 1.0
    up = (max(rect[1], rect[3]) - min(rect[1], rect[3])) / high if high else 1.0
    return (across, 0, 0, up, min(rect[0], rect[2]) - left * across, min(rect[1], rect[3]) - bottom * up)


def _holders(tree: Any) -> dict[tuple[int, int], tuple[pikepdf.Dictionary, int]]:
    """Return the tag of each annotation, and its place among the tag's kids, by the annotation."""
    found: dict[tuple[int, int], tuple[pikepdf.Dictionary, int]] = {}
    seen: set[tuple[int, int]] = set()
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        kids = node.get("/K")
        listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        for place, kid in enumerate(listed):
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            target = kid.get("/Obj")
            if kid.get("/Type") == "/OBJR" and isinstance(target, pikepdf.Dictionary):
                found.setdefault(target.objgen, (node, place))
            elif "/S" in kid:
                nodes.append(kid)
    return found


def _tag(element: Any, place: int, page: Any, mcid: int | None) -> None:
    """Put what a field shows in the place of the field; its tag is not a form's any more."""
    kids = element.get("/K")
    listed: list[Any] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    if mcid is None:
        listed[place] = None
    else:
        listed[place] = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page, MCID=mcid)
    element.K = pikepdf.Array([kid if kid is not None else pikepdf.Dictionary() for kid in listed])
    element.S = pikepdf.Name.Span


def _next_mcid(sheet: pikepdf.Page) -> int:
    highest = -1
    for instruction in pikepdf.parse_content_stream(sheet, "BDC"):
        marked = instruction.operands[1] if len(instruction.operands) > 1 else None
        if isinstance(marked, pikepdf.Name):
            known = sheet.obj.Resources.get("/Properties", pikepdf.Dictionary())
            marked = known.get(marked)
        if isinstance(marked, pikepdf.Dictionary) and "/MCID" in marked:
            highest = max(highest, int(number(marked["/MCID"]) or 0))
    return highest + 1
