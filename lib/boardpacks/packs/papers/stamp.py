"""Lays a paper's page in its frame and stamps it, as artifacts that screen readers pass over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

from boardpacks.packs.papers.geometry import PageLayout, number, operands, real
from boardpacks.packs.papers.resources import add_resource

_HEADER = b"/Artifact <</Type /Pagination /Subtype /Header>> BDC"
_MARK = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
_POINTS = ("/QuadPoints", "/Vertices", "/L", "/CL")


@dataclass(frozen=True)
class Frame:
    """What is put around a page's own drawing: ``before`` and ``after`` it, such as the mark of a tag."""

    before: bytes = b""
    after: bytes = b""


def lay_page(pdf: pikepdf.Pdf, page: Any, layout: PageLayout, frame: Frame) -> None:
    """Make a page's content smaller where it has to be, and close whatever its drawing leaves open."""
    left, bottom, right, top = layout.box
    opened, missing, marks = _balance(pikepdf.Page(page))
    start = [frame.before, b"q"]
    if layout.scale != 1:
        corner = operands((left, bottom, right - left, top - bottom))
        start += [operands(layout.content_matrix) + b" cm", corner + b" re W n"]
    start += [b"q"] * missing
    end = [b"EMC"] * marks + [b"Q"] * (opened + 1) + [frame.after]
    sheet = pikepdf.Page(page)
    sheet.contents_add(pdf.make_stream(b"\n".join(start) + b"\n"), prepend=True)
    sheet.contents_add(pdf.make_stream(b"\n" + b"\n".join(end) + b"\n"), prepend=False)
    for key in ("/CropBox", "/MediaBox"):
        page[key] = pikepdf.Array([real(value) for value in layout.box])
    if layout.scale != 1:
        _move_patterns(pdf, page, layout)
        for annotation in page.get("/Annots", []):
            _move_annotation(annotation, layout)


def stamp_page(
    pdf: pikepdf.Pdf,
    page: Any,
    layout: PageLayout,
    stamp: Any,
    mark: Any,
) -> None:
    """Put the stamp on a page, and a pale mark over it that leaves everything below readable."""
    at = operands(layout.stamp_matrix)
    name = add_resource(page, "/XObject", "BpStamp", stamp).encode()
    drawn = [b"%s q %s cm %s Do Q EMC" % (_HEADER, at, name)]
    if mark is not None:
        multiply = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply)
        state = add_resource(page, "/ExtGState", "BpMultiply", multiply).encode()
        name = add_resource(page, "/XObject", "BpMark", mark).encode()
        drawn.append(b"%s q %s gs %s cm %s Do Q EMC" % (_MARK, state, at, name))
    pikepdf.Page(page).contents_add(pdf.make_stream(b"\n" + b"\n".join(drawn) + b"\n"), prepend=False)


def stamp_form(pdf: pikepdf.Pdf, sheet: pikepdf.Page) -> pikepdf.Stream:
    """Return a page of the stamps as a form to be drawn on other pages; it carries no marks of its own."""
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(sheet)
        if str(instruction.operator) not in ("BDC", "BMC", "EMC", "MP", "DP")
    ]
    form = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = sheet.obj.MediaBox
    form.Resources = sheet.obj.Resources
    return form


def _balance(sheet: pikepdf.Page) -> tuple[int, int, int]:
    """Return how many states the drawing leaves open, how many it closes too many, and how many marks stay open."""
    depth = lowest = marks = 0
    for instruction in pikepdf.parse_content_stream(sheet, "q Q BMC BDC EMC"):
        operator = str(instruction.operator)
        if operator in ("q", "Q"):
            depth += 1 if operator == "q" else -1
            lowest = min(lowest, depth)
        else:
            marks = max(0, marks + (-1 if operator == "EMC" else 1))
    return depth - lowest, -lowest, marks


def _move_patterns(pdf: pikepdf.Pdf, page: Any, layout: PageLayout) -> None:
    """Move a page's patterns with its content: they count from the page, not from what draws them."""
    found = page.Resources.get("/Pattern")
    if not isinstance(found, pikepdf.Dictionary):
        return
    moved = pikepdf.Dictionary()
    outer = pikepdf.Matrix(*layout.content_matrix)
    for name in found.keys():  # noqa: SIM118 - a PDF's dictionary is not iterated
        pattern = found[name]
        if not isinstance(pattern, pikepdf.Dictionary | pikepdf.Stream):
            continue
        values = [number(value) or 0.0 for value in list(pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))]
        inner = pikepdf.Matrix(*values) if len(values) == 6 else pikepdf.Matrix()
        own = _copy(pdf, pattern)
        own.Matrix = pikepdf.Array([real(value) for value in (inner @ outer).shorthand])
        moved[name] = own
    own_resources = pikepdf.Dictionary(dict(page.Resources.items()))
    own_resources.Pattern = moved
    page.Resources = own_resources


def _copy(pdf: pikepdf.Pdf, pattern: Any) -> Any:
    if not isinstance(pattern, pikepdf.Stream):
        return pdf.make_indirect(pikepdf.Dictionary(dict(pattern.items())))
    own = pdf.make_stream(pattern.read_bytes())
    for key, value in pattern.items():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            own[key] = value
    return own


def _move_annotation(annotation: Any, layout: PageLayout) -> None:
    for key in ("/Rect", *_POINTS):
        if isinstance(annotation.get(key), pikepdf.Array):
            annotation[key] = _moved(annotation[key], layout)
    lines = annotation.get("/InkList")
    if isinstance(lines, pikepdf.Array):
        annotation.InkList = pikepdf.Array(
            [_moved(line, layout) for line in lines if isinstance(line, pikepdf.Array)]
        )


def _moved(points: Any, layout: PageLayout) -> pikepdf.Array:
    values = [number(value) or 0.0 for value in list(points)]
    return pikepdf.Array(
        [real(layout.y(value) if place % 2 else layout.x(value)) for place, value in enumerate(values)]
    )
