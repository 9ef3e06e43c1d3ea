"""Reads the drawing instructions of pages."""

from __future__ import annotations

import pikepdf

_TEXT = "Tj TJ ' \""
_DEEPEST = 12


def page_content(sheet: pikepdf.Page) -> bytes:
    """Return a page's drawing instructions, unpacked."""
    contents = sheet.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return contents.read_bytes()
    if isinstance(contents, pikepdf.Array):
        return b"\n".join(part.read_bytes() for part in list(contents) if isinstance(part, pikepdf.Stream))
    return b""


def shows_text(sheet: pikepdf.Page) -> bool:
    """Whether a page shows letters anywhere, also such as a scanner's reading program has laid under a picture."""
    return _shows_text(sheet, sheet.obj.get("/Resources"), set(), 0)


def _shows_text(
    source: pikepdf.Page | pikepdf.Object, resources: object, seen: set[tuple[int, int]], depth: int
) -> bool:
    drawn = []
    for instruction in pikepdf.parse_content_stream(source, f"{_TEXT} Do"):
        if str(instruction.operator) != "Do":
            return True
        drawn.append(str(instruction.operands[0]))
    if depth == _DEEPEST or not isinstance(resources, pikepdf.Dictionary):
        return False
    known = resources.get("/XObject")
    for name in dict.fromkeys(drawn):
        form = known.get(name) if isinstance(known, pikepdf.Dictionary) else None
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form" or form.objgen in seen:
            continue
        seen.add(form.objgen)
        if _shows_text(form, form.get("/Resources", resources), seen, depth + 1):
            return True
    return False
