"""Checks a finished PDF the way a strict reader would: PDF/UA-1, PDF/A-3a, and rules of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import page
import pikepdf

from boardpacks.charts.fonts import FAMILIES
from boardpacks.packs.compose.attachments import Attachment

FEWEST_GLYPHS = 160
"""Signs on a page, running header and footer aside, that count as next to nothing: about two lines."""
FEWEST_IN_LARGE_PRINT = 60
"""The same on a sheet of large print, which lies on its side and holds a third as much: about a line."""
FEWEST_TEXTS = 6
"""Pieces of text, each a line or part of one: a short chapter of so many has a right to its page."""
MANY_TEXTS = 4 * FEWEST_TEXTS
"""With more texts than these a page is never next to empty."""

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
_SHOWN = re.compile(rb"[\])>]\s*T[Jj]\b")
_COUNTED = " ".join(sorted(_PAINT | _TEXT | {"BDC", "BMC", "EMC", "Do"}))
_STROKES_OF_A_PICTURE = 10


def check_pdf(path: Path) -> list[str]:
    """Return what is wrong with a pack's PDF, one line each: what and where. A good pack gives an empty list.

    The PDF/UA-1 and PDF/A-3a rules of `page-validation`, and ours: a language, header cells in every table, words
    for every figure, bookmarks, and no font but the packs' own.
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
    return found


def stub_pages(path: Path) -> list[int]:
    """Return the numbers of the pages after the cover with next to nothing on them.

    They are no fault that a pack is held back for: nothing on it is wrong, and its readers' meeting does not wait.
    """
    with pikepdf.open(path) as pdf:
        sheets = enumerate(pdf.pages, start=1)
        return [number for number, sheet in sheets if number > 1 and _nearly_empty(sheet)]


def _unreadable(path: Path) -> str:
    """Say that a file is no PDF at all; an empty string when it is one."""
    try:
        pikepdf.open(path).close()
    except pikepdf.PdfError as error:
        return f"{path.name}: it cannot be read as a PDF ({str(error).removeprefix(f'{path}: ')})"
    return ""


def pdf_faults(path: Path) -> list[str]:
    """Return what is wrong with a PDF that may hold other people's pages.

    All of `check_pdf` but fonts, and the PDF/A-3a rules only where it says that it keeps to them.
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
    metadata = pdf.open_metadata()  # as a context it would be written anew
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
    outlines = root.get("/Outlines")
    if outlines is None or "/First" not in outlines:
        yield "no bookmarks"


def _structure_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    nodes = list(_nodes(pdf.Root.get("/StructTreeRoot")))
    for number, table in enumerate((node for node in nodes if node.S == "/Table"), start=1):
        if not any(inner.S == "/TH" for inner in _nodes(table.get("/K"))):
            yield f"table {number}: no header cell"
    for number, figure in enumerate((node for node in nodes if node.S == "/Figure"), start=1):
        if not str(figure.get("/Alt", "")).strip():  # the rules of PDF/UA take blanks for words
            yield f"figure {number}: no words for people who cannot see it"


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
    if _is_surely_full(sheet):
        return False
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


def _is_surely_full(sheet: pikepdf.Page) -> bool:
    """Whether a page has so many texts outside of artefacts that it need not be read piece by piece, which is slow."""
    parts = sheet.Contents if isinstance(sheet.Contents, pikepdf.Array) else [sheet.Contents]
    content = b"\n".join(part.read_bytes() for part in parts)
    own, *artefacts = content.split(b"/Artifact")
    texts = len(_SHOWN.findall(own))
    return texts + sum(len(_SHOWN.findall(part.partition(b"EMC")[2])) for part in artefacts) > MANY_TEXTS


def _length(operand: Any) -> int:
    """Return how many glyphs an operand shows; our fonts use two bytes for each."""
    if isinstance(operand, pikepdf.Array):
        return sum(_length(item) for item in operand)
    return len(bytes(operand)) // 2 if isinstance(operand, pikepdf.String) else 0
