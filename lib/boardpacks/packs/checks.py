"""Looks at finished packs the way a strict reader would: PDF/UA-1, HTML, and rules of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import page
import pikepdf

from boardpacks.charts.fonts import FAMILIES
from boardpacks.packs.attachments import Attachment

FEWEST_GLYPHS = 160
"""Signs on a page, running header and footer aside, that count as next to nothing: about two lines."""
FEWEST_IN_LARGE_PRINT = 60
"""The same on a sheet of large print, which lies on its side and holds a third as much: about a line."""
FEWEST_TEXTS = 6
"""Pieces of text, each a line or part of one: a short chapter of so many has a right to its page."""

ARCHIVE = "PDF/A-3a"
"""What our PDFs keep to beside PDF/UA-1; a merged one with other people's pages says nothing of it."""

_FONTS = tuple(family.stem for family in FAMILIES)

_STANDARDS = {
    "PDF/UA-1": page.ValidationProfile.PDF_UA_1,
    ARCHIVE: page.ValidationProfile.PDF_A_3A,
}
_MISTAKEN = frozenset(("PDFA3A-STREAM-LENGTH-001",))
"""A rule that takes a stream for one byte too long when its last byte could end a line. We ask qpdf instead."""

_PAINT = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"))
_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_COUNTED = " ".join(sorted(_PAINT | _TEXT | {"BDC", "BMC", "EMC", "Do"}))
_STROKES_OF_A_PICTURE = 10

_HEADING = re.compile(r"^h([1-6])$")
_NETWORK = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
_CSS_NETWORK = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s;]+)", re.IGNORECASE)
_NO_VALUE = re.compile(r"(?<![\w-])(nan|NaN|NaT|<NA>|-?inf%|None%)(?![\w-])|^\s*(None|null|undefined)\s*$")
ANSWER = "None"
"""What a secretary writes on a front sheet where there is nothing to say."""
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_LOADED = {"src", "srcset", "poster", "data"}


# PDF -----------------------------------------------------------------------------------------------------------


def check_pdf(path: Path) -> list[str]:
    """Return what is wrong with a pack's PDF, one line each: what and where. A good pack gives an empty list.

    The PDF/UA-1 and PDF/A-3a rules of `page-validation`, and ours: a language and a title that viewers show, header
    cells in every table, words for every figure, bookmarks, no font but the packs' own, and no page after the cover
    with next to nothing on it.
    """
    if fault := _unreadable(path):
        return [fault]
    with pikepdf.open(path) as pdf:
        found = pdf_faults(path)
        if not _says_it_is_archived(pdf):
            found.append(f"{path.name}: it does not say that it keeps to {ARCHIVE}")
        found += [
            f"{path.name}: words are set in {font}, which is no font of the packs" for font in _foreign(pdf)
        ]
        found += [
            f"{path.name}, page {number}: next to nothing on it"
            for number, sheet in enumerate(pdf.pages, start=1)
            if number > 1 and _nearly_empty(sheet)
        ]
    return found


def _unreadable(path: Path) -> str:
    """Say that a file is no PDF at all; an empty string when it is one."""
    try:
        pikepdf.open(path).close()
    except pikepdf.PdfError as error:
        return f"{path.name}: it cannot be read as a PDF ({str(error).removeprefix(f'{path}: ')})"
    return ""


def pdf_faults(path: Path) -> list[str]:
    """Return what is wrong with a PDF that may hold other people's pages.

    All of `check_pdf` but empty pages and fonts, and the PDF/A-3a rules only where it says that it keeps to them.
    """
    with pikepdf.open(path) as pdf:
        found = [
            f"{path.name}: {standard} rule {failure.rule_id}: {failure.message}"
            for standard, profile in _STANDARDS.items()
            if standard != ARCHIVE or _says_it_is_archived(pdf)
            for failure in page.validate_pdf(path, profile=profile).failures
            if failure.rule_id not in _MISTAKEN
        ]
        found += [f"{path.name}: {line}" for line in _unsound_streams(pdf)]
        found += [f"{path.name}: {line}" for line in _document_faults(pdf)]
        found += [f"{path.name}: {line}" for line in _structure_faults(pdf)]
    return found


def _unsound_streams(pdf: pikepdf.Pdf) -> list[str]:
    """Return what qpdf warns of while it reads every stream, a wrong length among others."""
    for part in pdf.objects:
        if isinstance(part, pikepdf.Stream):
            part.read_raw_bytes()
    return [str(warning).rpartition(": ")[2] for warning in pdf.get_warnings()]


def _foreign(pdf: pikepdf.Pdf) -> list[str]:
    """Return the names of fonts that are not the packs' own."""
    names = {
        str(part["/BaseFont"]).lstrip("/").rpartition("+")[2]
        for part in pdf.objects
        if isinstance(part, pikepdf.Dictionary) and "/BaseFont" in part
    }
    return sorted(name for name in names if not name.startswith(_FONTS))


def _says_it_is_archived(pdf: pikepdf.Pdf) -> bool:
    with pdf.open_metadata() as metadata:
        return bool(metadata.get("pdfaid:part"))


def check_attachments(path: Path, attachments: Sequence[Attachment]) -> list[str]:
    """Return what is wrong with the files that a pack's PDF carries, one line each; nothing when they are these.

    Parameters
    ----------
    path
        The PDF.
    attachments
        The files that it has to carry, and no others.
    """
    if fault := _unreadable(path):
        return [fault]
    with pikepdf.open(path) as pdf:
        found = [fault for attachment in attachments for fault in _attachment_faults(pdf, attachment)]
        wanted = {attachment.name for attachment in attachments}
        found += [
            f"{name} is attached, but is no file of the pack"
            for name in pdf.attachments
            if name not in wanted
        ]
    return [f"{path.name}: {fault}" for fault in found]


def _attachment_faults(pdf: pikepdf.Pdf, wanted: Attachment) -> Iterator[str]:
    attached = pdf.attachments.get(wanted.name)
    if attached is None:
        yield f"{wanted.name} is not attached"
        return
    file = attached.get_file()
    if file.read_bytes() != wanted.content:
        yield f"the attached {wanted.name} is not the pack's"
    if file.mime_type != wanted.mime_type:
        yield f"{wanted.name} is attached as {file.mime_type}, not as {wanted.mime_type}"
    if attached.relationship != f"/{wanted.relationship.capitalize()}":
        yield f"{wanted.name} is attached as {attached.relationship}, not as the document's {wanted.relationship}"
    if attached.description != wanted.description:
        yield f"the attached {wanted.name} is described as {attached.description!r}"


def _document_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "no language is set"
    with pdf.open_metadata() as metadata:
        if not metadata.get("dc:title"):
            yield "no title is set"
    preferences = root.get("/ViewerPreferences")
    if preferences is None or not preferences.get("/DisplayDocTitle", False):
        yield "viewers show the file name, not the title"
    outlines = root.get("/Outlines")
    if outlines is None or "/First" not in outlines:
        yield "no bookmarks"


def _structure_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        yield "not tagged: no structure tree"
        return
    tables = figures = 0
    for node in _nodes(tree.get("/K")):
        kind = str(node.get("/S"))
        if kind == "/Table":
            tables += 1
            if not any(str(inner.get("/S")) == "/TH" for inner in _nodes(node.get("/K"))):
                yield f"table {tables}: no header cell"
        elif kind == "/Figure":
            figures += 1
            if not str(node.get("/Alt", "")).strip():
                yield f"figure {figures}: no words for people who cannot see it"


def _nodes(kids: Any) -> Iterator[pikepdf.Dictionary]:
    """Yield every structure element below `kids`, in reading order."""
    stack = [kids]
    while stack:
        kid = stack.pop()
        if isinstance(kid, pikepdf.Array):
            stack.extend(reversed(list(kid)))
        elif isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid:
                yield kid
            if "/K" in kid:
                stack.append(kid["/K"])


def _nearly_empty(sheet: pikepdf.Page) -> bool:
    """Whether a page shows no picture and hardly any text, running header, footer and watermark aside."""
    glyphs = texts = strokes = 0
    marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(sheet, _COUNTED):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            marks.append(str(instruction.operands[0]) == "/Artifact")
        elif operator == "EMC" and marks:
            marks.pop()
        elif any(marks):
            continue
        elif operator == "Do":
            return False
        elif operator in _PAINT:
            strokes += 1
        elif operator in _TEXT:
            texts += 1
            glyphs += sum(_length(operand) for operand in instruction.operands)
    left, bottom, right, top = (float(edge) for edge in sheet.mediabox.as_list())
    fewest = FEWEST_IN_LARGE_PRINT if right - left > top - bottom else FEWEST_GLYPHS
    return glyphs < fewest and texts < FEWEST_TEXTS and strokes < _STROKES_OF_A_PICTURE


def _length(operand: Any) -> int:
    """Return how many glyphs an operand shows; our fonts use two bytes for each."""
    if isinstance(operand, pikepdf.Array):
        return sum(_length(item) for item in operand)
    return len(bytes(operand)) // 2 if isinstance(operand, pikepdf.String) else 0


# HTML ----------------------------------------------------------------------------------------------------------


def check_html(path: Path) -> list[str]:
    """Return what is wrong with a pack's page, one line each: what and where. A good pack gives an empty list.

    Language, title, one first-level heading and no skipped level, a name for every picture, header cells with a scope
    in every table, ids used once and links that lead to one, nothing loaded from the network, and no ``nan`` or
    ``None`` where a value belongs.
    """
    reader = _Reader()
    try:
        reader.feed(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return [f"{path.name}: it is not UTF-8 text"]
    reader.close()
    return [f"{path.name}{where}: {message}" for where, message in reader.finish()]


@dataclass
class _Table:
    where: str
    headers: int = 0
    unscoped: int = 0


@dataclass
class _Reader(HTMLParser):
    """Walks a page once and notes faults as it goes."""

    found: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    lang: str = ""
    first_headings: int = 0
    level: int = 0
    ids: set[str] = field(default_factory=set)
    targets: list[tuple[str, str]] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    sheet: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the faults that one element shows by itself."""
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self.open.append(tag)
        if "front-sheet" in given.get("class", "").split():
            self.sheet = len(self.open)
        if tag == "html":
            self.lang = given.get("lang", "")
        self._names(tag, given)
        self._loads(tag, given)
        self._heading(tag)
        if tag == "table":
            self.tables.append(_Table(self._where()))
        elif tag == "th" and self.tables:
            self.tables[-1].headers += 1
            self.tables[-1].unscoped += "scope" not in given

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat ``<path/>`` like ``<path></path>``."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; judge a table when all of it has been seen."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if len(self.open) < self.sheet:
            self.sheet = 0
        if tag == "table" and self.tables:
            table = self.tables.pop()
            if not table.headers:
                self.found.append((table.where, "a table without header cells"))
            elif table.unscoped:
                message = f"a table with {table.unscoped} header cells that do not say what they head (scope)"
                self.found.append((table.where, message))

    def handle_data(self, data: str) -> None:
        """Look for values that are none, and for what a style sheet loads."""
        inside = self.open[-1] if self.open else ""
        if inside == "title" and "svg" not in self.open:
            self.title += data
        elif inside == "style":
            for address in _CSS_NETWORK.findall(data):
                self._note(f"the style sheet loads {address}")
        elif inside != "script" and not (data.strip() == ANSWER and self._in_front_sheet()):
            self._no_value(data)

    def finish(self) -> list[tuple[str, str]]:
        """Return every fault, those of the whole page first."""
        whole = []
        if not self.lang.strip():
            whole.append("no language is set")
        if not self.title.strip():
            whole.append("no title is set")
        if self.first_headings != 1:
            whole.append(f"{self.first_headings} first-level headings instead of one")
        lost = [
            (where, f"the link #{target} leads nowhere")
            for where, target in self.targets
            if target not in self.ids
        ]
        return [("", message) for message in whole] + self.found + lost

    def _where(self) -> str:
        return f", line {self.getpos()[0]}"

    def _note(self, message: str) -> None:
        self.found.append((self._where(), message))

    def _names(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            if given["id"] in self.ids:
                self._note(f"the id {given['id']!r} is used twice")
            self.ids.add(given["id"])
        picture = tag == "img" or (tag == "svg" and given.get("role") == "img")
        name = given.get("alt", "") or given.get("aria-label", "") or given.get("aria-labelledby", "")
        if picture and not name.strip():
            self._note(f"a picture ({tag}) without words for people who cannot see it")
        if tag == "svg" and "role" not in given and given.get("aria-hidden") != "true":
            self._note("a drawing (svg) without role='img' and a name")
        for label in ("alt", "aria-label"):
            self._no_value(given.get(label, ""))

    def _loads(self, tag: str, given: dict[str, str]) -> None:
        loaded = _LOADED | ({"href", "xlink:href"} if tag in {"link", "use", "image"} else set())
        for name in sorted(loaded & set(given)):
            if _NETWORK.match(given[name]):
                self._note(f"{tag} loads {given[name]} from the network")
        for address in _CSS_NETWORK.findall(given.get("style", "")):
            self._note(f"{tag} loads {address} from the network")
        target = given.get("href", "")
        if tag == "a" and target.startswith("#") and len(target) > 1:
            self.targets.append((self._where(), target[1:]))

    def _heading(self, tag: str) -> None:
        heading = _HEADING.match(tag)
        if heading is None:
            return
        level = int(heading[1])
        self.first_headings += level == 1
        if level > self.level + 1:
            self._note(
                f"a heading of level {level} follows level {self.level}"
                if self.level
                else f"the first heading is of level {level}"
            )
        self.level = level

    def _in_front_sheet(self) -> bool:
        return 0 < self.sheet <= len(self.open)

    def _no_value(self, text: str) -> None:
        value = _NO_VALUE.search(text)
        if value:
            near = " ".join(text[max(0, value.start() - 30) : value.end() + 30].split())
            self._note(f"{value[0].strip()!r} where a value belongs: {near!r}")
