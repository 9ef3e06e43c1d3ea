"""Reads a PDF back as a reader's program does: its words and drawings by page, and its tag tree. Test code only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT
from pdfminer.utils import apply_matrix_pt

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge in points, from the lower left corner of the page."""


@dataclass
class Mark:
    """What stands between the beginning and the end of one marked content: words, and drawings."""

    page: int
    mcid: int | None
    artifact: bool
    text: str = ""
    words: list[Box] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)
    sizes: set[float] = field(default_factory=set)

    @property
    def box(self) -> Box:
        """The box around everything in it."""
        return around([*self.words, *self.drawings])


@dataclass(frozen=True)
class Sheet:
    """A page: its number from 1, its label, its size in points, and its marked contents in the order of drawing."""

    number: int
    label: str
    width: float
    height: float
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Element:
    """An element of the tag tree. ``kids`` are its own content, by page and id, and elements inside it, in order."""

    role: str
    depth: int
    alt: str
    kids: tuple[tuple[int, int] | Element, ...]
    links: tuple[Any, ...]

    @property
    def inner(self) -> tuple[Element, ...]:
        """The elements inside it."""
        return tuple(kid for kid in self.kids if isinstance(kid, Element))

    def walk(self) -> Iterator[Element]:
        """Yield this element and all inside it, in reading order."""
        yield self
        for element in self.inner:
            yield from element.walk()

    def content(self) -> Iterator[tuple[int, int]]:
        """Yield page and id of its content and of that of the elements inside it, as they are read out."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.content()
            else:
                yield kid


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around some boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


class _Reader(PDFTextDevice):
    """Collects the words and drawings of one page by marked content."""

    def __init__(self, resources: PDFResourceManager):
        super().__init__(resources)
        self.page = 0
        self.marks: list[Mark] = []
        self.open: list[Mark] = []

    def begin_page(self, page: Any, ctm: Any) -> None:
        self.page += 1
        self.marks, self.open = [], []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        outer = self.open[-1] if self.open else None
        mcid = props.get("MCID") if isinstance(props, dict) else None
        artifact = tag.name == "Artifact" or (outer is not None and outer.artifact)
        if mcid is None and outer is not None and outer.mcid is not None:
            mcid = outer.mcid
        self.open.append(Mark(self.page, mcid, artifact))
        self.marks.append(self.open[-1])

    def end_tag(self) -> None:
        self.open.pop()

    def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
        pass

    def end_figure(self, name: Any) -> None:
        pass

    def _here(self) -> Mark:
        if not self.open:
            self.marks.append(Mark(self.page, None, artifact=False))
            return self.marks[-1]
        return self.open[-1]

    def render_char(
        self, matrix: Any, font: Any, fontsize: Any, scaling: Any, rise: Any, cid: Any, ncs: Any, gs: Any
    ) -> float:
        advance = float(font.char_width(cid) * fontsize * scaling)
        mark = self._here()
        text = font.to_unichr(cid)
        mark.text += text
        if text.strip():
            corners = [
                apply_matrix_pt(matrix, point)
                for point in ((0, -0.25 * fontsize), (advance, -0.25 * fontsize), (0, 0.75 * fontsize))
            ]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            mark.words.append((min(xs), min(ys), max(xs), max(ys)))
            mark.sizes.add(round(fontsize * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5, 2))
        return advance

    def paint_path(self, gstate: Any, stroke: Any, fill: Any, evenodd: Any, path: Any) -> None:
        assert self.ctm is not None
        points = [
            apply_matrix_pt(self.ctm, (step[i], step[i + 1]))
            for step in path
            for i in range(1, len(step) - 1, 2)
        ]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            self._here().drawings.append((min(xs), min(ys), max(xs), max(ys)))

    def set_ctm(self, ctm: Any) -> None:
        self.ctm = ctm


COLOURS = {"cs", "scn", "sc", "CS", "SCN", "SC", "g", "G", "rg", "RG", "k", "K"}


class _Interpreter(PDFPageInterpreter):
    """Has pikepdf take the contents of a page apart, which takes pdfminer ten times as long; colours are left out."""

    def execute(self, streams: Sequence[object]) -> None:
        content = b"\n".join(stream_value(stream).get_data() for stream in streams)
        with pikepdf.new() as scratch:
            for one in pikepdf.parse_content_stream(scratch.make_stream(content)):
                name = str(one.operator)
                method = getattr(self, f"do_{name.replace('*', '_a')}", None)
                if method is not None and name not in COLOURS:
                    method(*map(_plain, one.operands))


def _plain(operand: Any) -> Any:
    """Return an operand as pdfminer has it."""
    if isinstance(operand, pikepdf.Name):
        return LIT(str(operand)[1:])
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    if isinstance(operand, pikepdf.Array):
        return [_plain(one) for one in operand]
    if isinstance(operand, pikepdf.Dictionary):
        return {key[1:]: _plain(one) for key, one in operand.items()}
    return float(operand) if isinstance(operand, Decimal) else operand


def read_sheets(path: Path) -> list[Sheet]:
    """Return every page with what is on it."""
    resources = PDFResourceManager()
    device = _Reader(resources)
    interpreter = _Interpreter(resources, device)
    sheets = []
    with path.open("rb") as file:
        for number, page in enumerate(PDFPage.get_pages(file), start=1):
            interpreter.process_page(page)
            left, lower, right, upper = page.mediabox
            marks = [mark for mark in device.marks if mark.words or mark.drawings]
            sheets.append(Sheet(number, page.label or str(number), right - left, upper - lower, marks))
    return sheets


def read_tree(pdf: pikepdf.Pdf) -> Element:
    """Return the tag tree."""
    numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages, start=1)}
    return _element(pdf.Root.StructTreeRoot, numbers, 0, 0)


def _element(node: Any, numbers: dict[Any, int], page: int, depth: int) -> Element:
    page = numbers[node.Pg.objgen] if "/Pg" in node else page
    kids: list[tuple[int, int] | Element] = []
    links = []
    given = node.get("/K", pikepdf.Array([]))
    for kid in given if isinstance(given, pikepdf.Array) else [given]:
        if not isinstance(kid, pikepdf.Dictionary):
            kids.append((page, int(kid)))
        elif str(kid.get("/Type", "")) == "/OBJR":
            links.append(kid.Obj)
        elif "/MCID" in kid:
            kids.append((numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
        else:
            kids.append(_element(kid, numbers, page, depth + 1))
    role = str(node.get("/S", "/Root")).lstrip("/")
    return Element(role, depth, str(node.get("/Alt", "")), tuple(kids), tuple(links))


@dataclass(frozen=True)
class Place:
    """Where something stands: page from 1, and points from the page's lower edge to its upper edge."""

    page: int
    top: float


def destination(pdf: pikepdf.Pdf, link: Any) -> Place:
    """Return where a link or a bookmark leads to inside the document."""
    target = link.Dest if "/Dest" in link else link.A.D
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target = pikepdf.NameTree(pdf.Root.Names.Dests)[str(target)]
        target = target.D if isinstance(target, pikepdf.Dictionary) else target
    numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages, start=1)}
    return Place(numbers[target[0].objgen], float(target[3]))


class Document:
    """A PDF that was read back: sheets, tag tree, and the words of each element."""

    def __init__(self, path: Path):
        self.path = path
        self.sheets = read_sheets(path)
        self.pdf = pikepdf.open(path)
        self.tree = read_tree(self.pdf)
        self._by_id: dict[tuple[int, int], list[Mark]] = {}
        for sheet in self.sheets:
            for mark in sheet.marks:
                if mark.mcid is not None and not mark.artifact:
                    self._by_id.setdefault((sheet.number, mark.mcid), []).append(mark)

    def marks(self, element: Element) -> list[Mark]:
        """Return everything that an element and those inside it show."""
        return [mark for key in element.content() for mark in self._by_id.get(key, [])]

    def text(self, element: Element) -> str:
        """Return the words of an element, with single blanks."""
        return " ".join("".join(mark.text for mark in self.marks(element)).replace("\u200b", "").split())

    def place(self, element: Element) -> Place:
        """Return where an element begins."""
        first = self.marks(element)[0]
        return Place(first.page, first.box[3])
