"""Compiles Typst to PDF/UA-1 and PDF/A-3a, or to pictures, and says in plain words why it would not."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from boardpacks.packs.render.includes import MAIN, SourceText
from boardpacks.packs.render.source_error import RenderError, SourceFault

STANDARDS = ["a-3a", "ua-1"]
PROGRAM = Path(__file__).with_name("typst_process.py")

TIMEOUT = 600
"""Seconds that one document may take."""

DOTS_AN_INCH = 200
"""How fine pictures are: small words are sharp on paper, and a picture has some 25 kB."""

_PLAIN = (
    (r"missing document title", "the pack has no title."),
    (r"missing alt text", "a figure or formula has no words for people who cannot see it. Add fig-alt."),
    (r"file not found \(searched at (?P<a>[^)]*)\)", "the file {a} does not exist."),
    (r"failed to (?:load|decode|parse) (?:image|SVG|file)(?P<a>.*)", "a picture cannot be read{a}."),
    (r"label `<(?P<a>[^>]+)>` does not exist", "the reference @{a}: nothing has this label."),
    (r"label `<(?P<a>[^>]+)>` occurs multiple times", "the label '{a}' is used twice."),
    (
        r"the text `\"(?P<a>.+?)\"` could not be displayed",
        "a chart has Arabic and Latin words in one line, which Typst cannot draw ('{a}'). Put them on lines of their "
        "own, or use Latin letters there.",
    ),
    (r"first heading must be|skipped (?:from )?heading|heading level", "a heading level is skipped."),
)
_LABEL = re.compile(r"<((?:fig|tbl|sec)-[^>\s]+)>")


def compile_pdf(text: str, source: SourceText, date: dt.date) -> bytes:
    """Return `text` as a PDF that keeps to PDF/UA-1 and PDF/A-3a.

    Paths in `text` count from the source folder. The PDF is dated midnight UTC of `date`; no font but those
    of the extension is used. Typst runs in a process of its own.

    Raises
    ------
    RenderError
        What Typst found wrong, in plain words.
    """
    midnight = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    made = _compile(text, source, timestamp=int(midnight.timestamp()), standards=STANDARDS)
    if not made:
        raise RenderError([SourceFault(MAIN, "Typst made no PDF.")])
    return made[0]


def draw_pictures(drawings: Sequence[str], source: SourceText) -> list[bytes]:
    """Return each of some drawings of a source as a PNG, in the fonts of the extension.

    Raises
    ------
    RenderError
        What Typst found wrong, in plain words.
    """
    if not drawings:
        return []
    pages = "\n#pagebreak()\n".join(f"#image({json.dumps(path)})" for path in drawings)
    return _compile(f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}\n", source, ppi=DOTS_AN_INCH)


def _compile(text: str, source: SourceText, **wanted: object) -> list[bytes]:
    order = {
        "text": text,
        "root": str(source.folder),
        "fonts": str(source.extension / "fonts"),
        **wanted,
    }
    answer, made = _ask_typst(order)
    if "message" in answer:
        raise RenderError(
            [typst_fault(answer["message"], answer["diagnostic"] or "", answer["hints"] or [], source)]
        )
    # Typst makes a PDF all the same, with another font or with page numbers that are wrong.
    spoilt = [said for said in answer["warnings"] if "unknown font" in said or "did not converge" in said]
    if spoilt:
        raise RenderError([SourceFault(MAIN, f"Typst made a faulty PDF: {message}.") for message in spoilt])
    return made


def _ask_typst(order: Mapping[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """Return Typst's answer and what it made: a PDF or pictures."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(PROGRAM)],
            input=json.dumps(order).encode(),
            capture_output=True,
            check=False,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise RenderError([SourceFault(MAIN, f"Typst was not done after {TIMEOUT} s.")]) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["it did not say why"]
        raise RenderError([SourceFault(MAIN, f"Typst ended with exit status {done.returncode}: {said[-1]}.")])
    line, _, rest = done.stdout.partition(b"\n")
    answer: dict[str, Any] = json.loads(line)
    content = io.BytesIO(rest)
    return answer, [content.read(size) for size in answer.get("sizes", [])]


def typst_fault(message: str, diagnostic: str, hints: Sequence[str], source: SourceText) -> SourceFault:
    """Return what Typst found wrong in plain words, with the file and line that it comes from where they are known.

    Parameters
    ----------
    message, diagnostic, hints
        Typst's own words: in one line, with the lines around it, and what it advises.
    source
        The source whose line is looked for.
    """
    message = " ".join(message.split())
    label = _LABEL.search(diagnostic)
    for pattern, words in _PLAIN:
        found = re.search(pattern, message)
        if found:
            named = found.groupdict().get("a") or ""
            return SourceFault(source.where(named or (label[1] if label else "")), words.format(a=named))
    advice = " ".join(" ".join(hint.split()) for hint in hints)
    return SourceFault(
        source.where(label[1] if label else ""),
        f"Typst cannot make the PDF: {message}." + (f" Hint: {advice}." if advice else ""),
    )
