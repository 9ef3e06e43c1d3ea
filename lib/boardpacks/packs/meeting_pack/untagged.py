"""Gives the pages of a paper without tags one tag each, so that screen readers do not pass over them."""

from __future__ import annotations

from typing import Any

import pikepdf

from boardpacks.packs.meeting_pack.stamp import Frame

PARAGRAPH = Frame(b"/P <</MCID 0>> BDC", b"EMC")
PICTURE = Frame(b"/Figure <</MCID 0>> BDC", b"EMC")


def drop_marks(pdf: pikepdf.Pdf, sheet: pikepdf.Page) -> None:
    """Take the numbers of tags that are not there out of a page's drawing; layers keep their marks."""
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
            operands = list(instruction.operands)
            if operator == "BDC" and not _is_layer(operands):
                name = (
                    operands[0] if operands and isinstance(operands[0], pikepdf.Name) else pikepdf.Name.Span
                )
                name = pikepdf.Name.Span if name == pikepdf.Name.Artifact else name
                instruction = pikepdf.ContentStreamInstruction([name], pikepdf.Operator("BMC"))  # noqa: PLW2901
            elif operands and operands[0] == pikepdf.Name.Artifact:
                instruction = pikepdf.ContentStreamInstruction(  # noqa: PLW2901
                    [pikepdf.Name.Span], pikepdf.Operator("BMC")
                )
        kept.append(instruction)
    sheet.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def page_tag(page: Any, words: str | None) -> Any:
    """Return the tag of a whole page: a paragraph, or a picture with `words` where nothing of it can be read."""
    tag = pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.P if words is None else pikepdf.Name.Figure, Pg=page, K=0
    )
    if words is not None:
        tag.Alt = pikepdf.String(words)
        tag.A = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=page.MediaBox, Placement=pikepdf.Name.Block)
    return tag


def _is_layer(operands: list[pikepdf.Object]) -> bool:
    return len(operands) == 2 and operands[0] == "/OC" and isinstance(operands[1], pikepdf.Name)
