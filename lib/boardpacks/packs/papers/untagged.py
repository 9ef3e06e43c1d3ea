"""Gives the pages of a paper without tags one tag each, so that screen readers do not pass over them."""

from __future__ import annotations

from typing import Any

import pikepdf

from boardpacks.packs.papers.stamp import Frame

PARAGRAPH = Frame(b"/P <</MCID 0>> BDC", b"EMC")
PICTURE = Frame(b"/Figure <</MCID 0>> BDC", b"EMC")


def drop_marks(pdf: pikepdf.Pdf, sheet: pikepdf.Page) -> None:
    """Take the numbers of tags that are not there out of a page's drawing.

    What a mark says of its words stays: what they read as, their language, that they are an artifact or on a layer.
    """
    kept = []
    depth = 0
    for instruction in pikepdf.parse_content_stream(sheet):
        operator = str(instruction.operator)
        if operator == "EMC":
            if not depth:
                continue
            depth -= 1
        elif operator in ("BMC", "BDC"):
            depth += 1
            if operator == "BDC":
                instruction = _without_number(list(instruction.operands), sheet)  # noqa: PLW2901
        kept.append(instruction)
    sheet.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _without_number(operands: list[Any], sheet: pikepdf.Page) -> pikepdf.ContentStreamInstruction:
    """Return the beginning of a mark without its number; what else it says stands in the drawing itself then."""
    name = operands[0] if operands and isinstance(operands[0], pikepdf.Name) else pikepdf.Name.Span
    said: Any = operands[1] if len(operands) == 2 else None
    is_named = isinstance(said, pikepdf.Name)
    found: Any = _listed_properties(sheet, said) if is_named else said
    is_known = isinstance(found, pikepdf.Dictionary)
    if is_named and (name == "/OC" or (is_known and "/MCID" not in found)):
        return pikepdf.ContentStreamInstruction([name, said], pikepdf.Operator("BDC"))
    rest = {key: _direct(value) for key, value in found.items() if key != "/MCID"} if is_known else {}
    rest = {key: value for key, value in rest.items() if value is not None}
    if not rest:
        return pikepdf.ContentStreamInstruction([name], pikepdf.Operator("BMC"))
    return pikepdf.ContentStreamInstruction([name, pikepdf.Dictionary(rest)], pikepdf.Operator("BDC"))


def _listed_properties(sheet: pikepdf.Page, name: Any) -> Any:
    resources = sheet.obj.get("/Resources")
    listed = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    return listed.get(str(name)) if isinstance(listed, pikepdf.Dictionary) else None


def _direct(value: Any) -> Any:
    """Return a value as it can stand in a drawing, where there are no references; None where it cannot."""
    if isinstance(value, pikepdf.String):
        return pikepdf.String(bytes(value))
    if isinstance(value, pikepdf.Name):
        return pikepdf.Name(str(value))
    if isinstance(value, pikepdf.Array):
        return pikepdf.Array([_direct(inner) for inner in list(value)])
    return None if isinstance(value, pikepdf.Object) else value


def page_tag(page: Any, words: str | None) -> Any:
    """Return the tag of a whole page: a paragraph, or a picture with `words` where nothing of it can be read."""
    tag = pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.P if words is None else pikepdf.Name.Figure, Pg=page, K=0
    )
    if words is not None:
        tag.Alt = pikepdf.String(words)
        tag.A = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=page.MediaBox, Placement=pikepdf.Name.Block)
    return tag
