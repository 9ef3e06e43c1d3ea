"""Looks at one PDF in a process of its own, so that a hostile file harms nothing but that process.

The path is the only argument; the answer is JSON on standard output: ``refused`` with what was found and what is
allowed, or what the merged pack has to know of the paper.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from boardpacks.packs.papers import paper_limits
from boardpacks.packs.papers.geometry import page_layout
from boardpacks.packs.papers.sound import (
    WAYS,
    Way,
    has_lost_parts,
    is_cut_off,
    is_half_changed,
    open_paper,
    was_mended,
)

_OFFICE = {
    b"PK\x03\x04": "a Word, Excel or PowerPoint document, or a zip file, under the name of a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word, Excel or PowerPoint document under the name of a PDF",
    b"{\\rtf": "a rich text document under the name of a PDF",
    b"\x89PNG": "a picture under the name of a PDF",
    b"\xff\xd8\xff": "a picture under the name of a PDF",
    b"<": "a web page or another text under the name of a PDF",
}
_CATEGORIES: Any = page.FailureCategory
_HEADER_WITHIN = 1024
_DEEPEST = 12
_SCALE = 1
_BLANK = 250
"""Of 255: noise in the white of a picture is no ink."""

_SAVE_AGAIN = "open it where it was made and save it as a PDF again"


class Refused(Exception):  # noqa: N818 - a finding
    """The file cannot be a paper: what was found, what is allowed, and a way out."""

    def __init__(self, found: str, allowed: str, hint: str = ""):
        super().__init__(found)
        self.words = {"found": found, "allowed": allowed, "hint": hint}


def main() -> None:
    """Look at the file and answer."""
    _limit_memory()
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=paper_limits.MOST_STREAM,
        run_length_max_memory=paper_limits.MOST_STREAM,
        png_max_memory=paper_limits.MOST_STREAM,
        tiff_max_memory=paper_limits.MOST_STREAM,
        max_stream_filters=4,
        parser_max_container_size=paper_limits.MOST_OBJECTS * 4,
    )
    path = Path(sys.argv[1])
    try:
        answer = look(path)
    except Refused as refused:
        answer = {"refused": refused.words}
    except (MemoryError, RecursionError):
        answer = {"refused": _too_large("more memory than a paper may take").words}
    sys.stdout.write(json.dumps(answer))


def look(path: Path) -> dict[str, Any]:
    """Return what is to be known of a paper.

    Raises
    ------
    Refused
        When it cannot be inserted.
    """
    _check_kind(path)
    if is_half_changed(path):
        raise Refused(*_CUT_OFF)
    fault = Refused(*_DAMAGED)
    for way in WAYS:
        try:
            answer, is_sound = _look(path, way)
        except pikepdf.PasswordError:
            raise Refused(*_ENCRYPTED) from None
        except (Refused, MemoryError, RecursionError):
            raise
        except Exception as error:  # of an odd PDF a library may make anything
            fault = _broken(error)
            continue
        if is_sound:
            return answer
    raise Refused(*_CUT_OFF) if is_cut_off(path) else fault


def _look(path: Path, way: Way) -> tuple[dict[str, Any], bool]:
    """Return what is to be known of a paper opened in a way, and whether nothing of it is missing."""
    with open_paper(path, way) as pdf:
        if pdf.is_encrypted:
            raise Refused(*_ENCRYPTED)
        if way == "made anew" and not len(pdf.pages):
            raise Refused(*_DAMAGED)
        answer = _read(pdf, path, way)
        if way != "made anew":
            return answer, not pdf.get_warnings()
        return answer | {"way": way if was_mended(pdf) else WAYS[0]}, not has_lost_parts(pdf)


_ENCRYPTED = (
    "a PDF that is locked with a password",
    "a PDF without a password, also none that forbids printing or copying",
    "save it again without a password or restrictions",
)
_DAMAGED = (
    "a damaged PDF, of which some parts cannot be read",
    "a PDF that is whole",
    "open it where it was made and save it as a PDF again",
)
_CUT_OFF = (
    "a damaged PDF, whose end is missing, as when a copy or a download breaks off",
    "a PDF that is whole",
    "copy or download it once more",
)


def _check_kind(path: Path) -> None:
    size = path.stat().st_size
    if size > paper_limits.MOST_BYTES:
        raise Refused(
            f"a file of {size / 1_000_000:.0f} MB",
            f"files of up to {paper_limits.MOST_BYTES / 1_000_000:.0f} MB",
            "save it with smaller pictures",
        )
    with path.open("rb") as file:
        start = file.read(_HEADER_WITHIN)
    if b"%PDF-" not in start:
        kinds = (words for mark, words in _OFFICE.items() if start.lstrip().startswith(mark))
        found = next(kinds, "an empty file" if not start else "a file that is no PDF")
        raise Refused(
            found, "a PDF", "in Word: File, Save As, PDF. Changing the name of a file is not enough"
        )


def _broken(error: Exception) -> Refused:
    """Return why a paper is refused; one beyond a limit is not looked at in another way."""
    if "limit" in str(error).lower() or "nesting" in str(error).lower():
        raise _too_large("a part that unpacks to far more than a paper needs") from None
    return Refused(*_DAMAGED)


def _too_large(found: str) -> Refused:
    return Refused(
        found,
        f"up to {paper_limits.MOST_PAGES} pages, and {paper_limits.MOST_STREAM / 1_000_000:.0f} MB for any part of it",
        _SAVE_AGAIN,
    )


def _read(pdf: pikepdf.Pdf, path: Path, way: Way) -> dict[str, Any]:
    root = pdf.Root
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise Refused(
            "a form whose pages are drawn by a program (XFA)",
            "a PDF that has its pages in it",
            "open it in Adobe Reader and print it to a PDF",
        )
    _check_sizes(pdf)
    tree = root.get("/StructTreeRoot")
    marked = root.MarkInfo.get("/Marked", False) if "/MarkInfo" in root else False
    tagged = isinstance(tree, pikepdf.Dictionary) and "/K" in tree and bool(marked)
    language = str(root.get("/Lang", "")).strip()
    with _as_opened(pdf, path, way) as paper:
        full, scans = _seen(pdf, paper)
        faults = _faults(paper) if tagged and language else []
    return {
        "pages": len(pdf.pages),
        "tagged": tagged,
        "language": language,
        "title": _title(pdf),
        "scans": [] if tagged else scans,
        "faults": faults,
        "way": way,
        "full": full,
    }


@contextmanager
def _as_opened(pdf: pikepdf.Pdf, path: Path, way: Way) -> Iterator[Path]:
    """Give the path of the paper as it was opened: of a copy where something of it was left out or made anew."""
    if way == WAYS[0]:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="boardpacks-") as folder:
        copy = Path(folder) / "paper.pdf"
        pdf.save(copy)
        yield copy


def _seen(pdf: pikepdf.Pdf, path: Path) -> tuple[list[int], list[int]]:
    """Return the numbers of pages with something where a stamp goes, and of those that are only pictures.

    A page that cannot be drawn counts as one with something there.
    """
    full, scans = list(range(1, len(pdf.pages) + 1)), []
    with suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(path) as drawn:
        drawn.init_forms()
        for number, sheet in enumerate(pdf.pages, start=1):
            with suppress(pypdfium2.PdfiumError, ValueError):
                seen = drawn[number - 1]
                kinds = {thing.type for thing in seen.get_objects(max_depth=_DEEPEST)}
                if kinds and FPDF_PAGEOBJ_TEXT not in kinds:
                    scans.append(number)
                if _margins_free(seen, sheet):
                    full.remove(number)
                seen.close()
    return full, scans


def _margins_free(seen: Any, sheet: pikepdf.Page) -> bool:
    """Whether the bands of the stamps, at the top and at the foot of a page as it is shown, are blank when drawn."""
    layout, height = page_layout(sheet), seen.get_height()
    rest = int(height * (1 - layout.band / layout.size[1]))
    bands = ((0, rest, 0, 0), (0, 0, 0, rest))
    return all(seen.render(scale=_SCALE, crop=band).to_numpy().min() >= _BLANK for band in bands)


def _check_sizes(pdf: pikepdf.Pdf) -> None:
    count = len(pdf.pages)
    if count == 0:
        raise Refused("a PDF without a page", "a PDF with at least one page", _SAVE_AGAIN)
    if count > paper_limits.MOST_PAGES:
        raise _too_large(f"{count} pages")
    total = 0
    for number, part in enumerate(pdf.objects):
        if number > paper_limits.MOST_OBJECTS:
            raise _too_large(f"more than {paper_limits.MOST_OBJECTS} parts")
        if not isinstance(part, pikepdf.Stream):
            continue
        if int(part.get("/Width", 0)) * int(part.get("/Height", 0)) > paper_limits.MOST_DOTS:
            raise _too_large("a picture of more dots than a paper needs")
        total += _unpacked(part)
        if total > paper_limits.MOST_UNPACKED:
            raise _too_large("parts that unpack to far more than a paper needs")
    for number, sheet in enumerate(pdf.pages, start=1):
        if _content(sheet) > paper_limits.MOST_CONTENT:
            raise _too_large(f"more drawing on page {number} than a page can show")


def _content(sheet: pikepdf.Page) -> int:
    contents = sheet.obj.get("/Contents")
    parts: list[Any] = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return sum(len(part.read_bytes()) for part in parts if isinstance(part, pikepdf.Stream))


def _unpacked(stream: Any) -> int:
    try:
        return len(stream.read_bytes())
    except pikepdf.PdfError as error:
        if "limit" in str(error).lower():
            raise
        if "unfilterable" in str(error).lower():  # a picture's own packing, such as JPEG
            return len(stream.read_raw_bytes())
        raise


def _title(pdf: pikepdf.Pdf) -> str:
    with suppress(Exception), pdf.open_metadata() as metadata:
        return str(metadata.get("dc:title") or "").strip() or str(pdf.docinfo.get("/Title", "")).strip()
    return ""


def _faults(path: Path) -> list[str]:
    """Return what PDF/UA-1 finds in the paper itself; what it says of itself is not counted, the pack says it."""
    try:
        report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    except Exception:  # what the checker cannot read cannot be called accessible
        return ["the checker of accessibility cannot read it"]
    own_words = ("outline", "title", "DisplayDocTitle")
    return [
        failure.message
        for failure in report.failures
        if failure.category != _CATEGORIES.METADATA
        and not any(words in failure.message for words in own_words)
    ]


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (paper_limits.MOST_MEMORY, paper_limits.MOST_MEMORY))


if __name__ == "__main__":
    main()
