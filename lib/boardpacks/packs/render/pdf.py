"""Compiles Typst to PDF/UA-1, and says in plain words why it would not."""

from __future__ import annotations

import datetime as dt
import re

import typst

from boardpacks.packs.render.errors import Fault, RenderError
from boardpacks.packs.render.includes import MAIN, Source

STANDARDS: list[typst.PDFStandard] = ["ua-1"]

_PLAIN = (
    (r"missing document title", "the pack has no title."),
    (r"missing alt text", "a figure or formula has no words for people who cannot see it. Add fig-alt."),
    (r"file not found \(searched at (?P<a>[^)]*)\)", "the file {a} does not exist."),
    (r"failed to (?:load|decode|parse) (?:image|SVG|file)(?P<a>.*)", "a picture cannot be read{a}."),
    (r"label `<(?P<a>[^>]+)>` does not exist", "the reference @{a}: nothing has this label."),
    (r"label `<(?P<a>[^>]+)>` occurs multiple times", "the label '{a}' is used twice."),
    (
        r"the text `\"(?P<a>.+?)\"` could not be displayed",
        "the font Inter has no sign for '{a}'. Use words or another sign.",
    ),
    (r"first heading must be|skipped (?:from )?heading|heading level", "a heading level is skipped."),
)
_LABEL = re.compile(r"<((?:fig|tbl|sec)-[^>\s]+)>")


def compile_pdf(text: str, source: Source, date: dt.date) -> bytes:
    """Return `text` as a PDF that keeps to PDF/UA-1.

    Paths in `text` count from the source folder. The PDF is dated midnight UTC of `date`; no font but those
    of the extension is used.

    Raises
    ------
    RenderError
        What Typst found wrong, in plain words.
    """
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(source.extension / "fonts")],
    )
    # One compiler for each render: it cannot serve two threads.
    compiler = typst.Compiler(input=text.encode(), root=str(source.folder), font_paths=fonts)
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=STANDARDS, timestamp=int(midnight.timestamp())
        )
    except typst.TypstError as error:
        raise RenderError([_fault(error, source)]) from None
    # Typst makes a PDF all the same, with another font or with page numbers that are wrong.
    spoilt = [w.message for w in warnings if "unknown font" in w.message or "did not converge" in w.message]
    if spoilt:
        raise RenderError([Fault(MAIN, f"Typst made a faulty PDF: {message}.") for message in spoilt])
    if not isinstance(pdf, bytes):
        raise RenderError([Fault(MAIN, "Typst made no PDF.")])
    return pdf


def _fault(error: typst.TypstError, source: Source) -> Fault:
    message = " ".join(error.message.split())
    label = _LABEL.search(error.diagnostic or "")
    for pattern, words in _PLAIN:
        found = re.search(pattern, message)
        if found:
            named = found.groupdict().get("a") or ""
            return Fault(source.where(named or (label[1] if label else "")), words.format(a=named))
    hints = " ".join(" ".join(hint.split()) for hint in error.hints or [])
    return Fault(
        source.where(label[1] if label else ""),
        f"Typst cannot make the PDF: {message}." + (f" Hint: {hints}." if hints else ""),
    )
