"""Finds out whether a page leaves its margins free for a stamp, from its drawing instructions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from boardpacks.packs.papers.geometry import PageLayout, number

_PAINT = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*"))
_FILL_ONLY = frozenset(("f", "F", "f*"))
_SHOW = frozenset(("Tj", "TJ", "'", '"'))
_FILLS = frozenset(("g", "rg", "k", "sc", "scn", "cs"))
_DEEPEST = 8
_LETTER = 0.7
"""Width of a letter against its height, at the most that is likely."""

Rect = tuple[float, float, float, float]


def fit(sheet: pikepdf.Page, layout: PageLayout) -> PageLayout:
    """Return the layout of a page with its content smaller where something stands in the band of a stamp.

    Where the drawing cannot be followed with certainty the content is made smaller too.
    """
    if _margins_free(sheet, layout):
        return layout
    height = layout.size[1]
    return replace(layout, scale=round(1 - 2 * layout.band / height, 4))


def _margins_free(sheet: pikepdf.Page, layout: PageLayout) -> bool:
    bands = _bands(layout)
    for annotation in sheet.obj.get("/Annots", []):
        rect = [number(value) or 0.0 for value in list(annotation.get("/Rect", []))]
        if len(rect) == 4 and _touches([(rect[0], rect[1]), (rect[2], rect[3])], bands):
            return False
    try:
        return _Reader(bands).is_free(sheet, sheet.obj.Resources, pikepdf.Matrix(), 0)
    except (pikepdf.PdfError, IndexError, TypeError, ValueError, AttributeError):
        return False


def _bands(layout: PageLayout) -> tuple[Rect, Rect]:
    """Return the bands at the top and at the foot of the page as it is shown, in the page's own units."""
    width, height = layout.size
    matrix = pikepdf.Matrix(*layout.stamp_matrix)
    found = []
    for low, high in ((height - layout.band, height), (0.0, layout.band)):
        corners = [matrix.transform((0, low)), matrix.transform((width, high))]
        found.append(_around(corners))
    return found[0], found[1]


def _around(points: list[tuple[float, float]]) -> Rect:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _touches(points: list[tuple[float, float]], bands: tuple[Rect, Rect]) -> bool:
    left, bottom, right, top = _around(points)
    return any(left < band[2] and right > band[0] and bottom < band[3] and top > band[1] for band in bands)


@dataclass
class _State:
    ctm: pikepdf.Matrix
    size: float = 12.0
    leading: float = 0.0
    rise: float = 0.0
    bytes_of_letter: int = 1
    white: bool = False


class _Reader:
    """Follows the drawing of a page and stops at the first thing that stands in a band."""

    def __init__(self, bands: tuple[Rect, Rect]):
        self.bands = bands

    def is_free(self, source: Any, resources: Any, ctm: pikepdf.Matrix, depth: int) -> bool:  # noqa: PLR0912
        """Whether the instructions of a page or form leave the bands free."""
        state, saved = _State(ctm), list[_State]()
        path: list[tuple[float, float]] = []
        line = text = pikepdf.Matrix()
        for instruction in pikepdf.parse_content_stream(source):
            operator, values = str(instruction.operator), list(instruction.operands)
            if operator == "q":
                saved.append(replace(state))
            elif operator == "Q":
                state = saved.pop() if saved else _State(ctm)
            elif operator == "cm":
                state.ctm = _matrix(values) @ state.ctm
            elif operator in ("m", "l", "c", "v", "y"):
                flat = _floats(values)
                path += [state.ctm.transform(pair) for pair in zip(flat[::2], flat[1::2], strict=True)]
            elif operator == "re":
                x, y, width, height = _floats(values)
                corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
                path += [state.ctm.transform(corner) for corner in corners]
            elif operator in _PAINT:
                unseen = state.white and operator in _FILL_ONLY
                if path and not unseen and _touches(path, self.bands):
                    return False
                path = []
            elif operator == "n":
                path = []
            elif operator in _FILLS:
                state.white = operator in ("g", "rg", "sc", "scn") and _is_white(values)
            elif operator == "BT":
                line = text = pikepdf.Matrix()
            elif operator == "Tf":
                state.size = _floats(values[1:])[0]
                state.bytes_of_letter = _bytes_of_letter(resources, values[0])
            elif operator == "TL":
                state.leading = _floats(values)[0]
            elif operator == "Ts":
                state.rise = _floats(values)[0]
            elif operator == "Tm":
                line = text = _matrix(values)
            elif operator in ("Td", "TD"):
                across, down = _floats(values)
                state.leading = -down if operator == "TD" else state.leading
                line = text = pikepdf.Matrix(1, 0, 0, 1, across, down) @ line
            elif operator == "T*":
                line = text = pikepdf.Matrix(1, 0, 0, 1, 0, -state.leading) @ line
            if operator in _SHOW:
                if operator in ("'", '"'):
                    line = text = pikepdf.Matrix(1, 0, 0, 1, 0, -state.leading) @ line
                if self._text_touches(values, state, text):
                    return False
            elif operator in ("sh", "INLINE IMAGE"):
                if operator == "sh" or _touches(_unit_square(state.ctm), self.bands):
                    return False
            elif operator == "Do" and not self._is_drawn_free(values, resources, state, depth):
                return False
        return True

    def _text_touches(self, values: list[Any], state: _State, text: pikepdf.Matrix) -> bool:
        count = _letters(values[-1])
        if not count:
            return False
        wide, size = count / state.bytes_of_letter * abs(state.size) * _LETTER, state.size
        placed = text @ state.ctm
        low, high = state.rise - 0.25 * size, state.rise + size
        return _touches([placed.transform((x, y)) for x in (0, wide) for y in (low, high)], self.bands)

    def _is_drawn_free(self, values: list[Any], resources: Any, state: _State, depth: int) -> bool:
        known = resources.get("/XObject")
        drawn = known.get(str(values[0])) if isinstance(known, pikepdf.Dictionary) else None
        if not isinstance(drawn, pikepdf.Stream):
            return True
        if drawn.get("/Subtype") == "/Image":
            return not _touches(_unit_square(state.ctm), self.bands)
        inner = _matrix(list(drawn.get("/Matrix", [1, 0, 0, 1, 0, 0]))) @ state.ctm
        box = _floats(list(drawn.get("/BBox", [0, 0, 0, 0])))
        corners = [inner.transform((x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
        if not _touches(corners, self.bands):
            return True
        return depth < _DEEPEST and self.is_free(drawn, drawn.get("/Resources", resources), inner, depth + 1)


def _bytes_of_letter(resources: Any, name: Any) -> int:
    fonts = resources.get("/Font")
    font = fonts.get(str(name)) if isinstance(fonts, pikepdf.Dictionary) else None
    return 2 if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type0" else 1


def _letters(shown: Any) -> int:
    if isinstance(shown, pikepdf.Array):
        return sum(_letters(part) for part in shown)
    return len(bytes(shown).strip()) if isinstance(shown, pikepdf.String) else 0


def _unit_square(ctm: pikepdf.Matrix) -> list[tuple[float, float]]:
    return [ctm.transform((x, y)) for x in (0, 1) for y in (0, 1)]


def _is_white(values: list[Any]) -> bool:
    found = [number(value) for value in values]
    return bool(found) and all(value is not None and value >= 0.999 for value in found)


def _matrix(values: list[Any]) -> pikepdf.Matrix:
    return pikepdf.Matrix(*_floats(values))


def _floats(values: list[Any]) -> list[float]:
    found = [number(value) for value in values]
    if None in found:
        raise ValueError("not a number")
    return [float(value or 0) for value in found]
