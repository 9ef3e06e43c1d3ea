"""Finds the sentences of Markdown prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boardpacks.packs.read.read_notebook import prose_lines

_HEADING = re.compile(r" {0,3}#{1,6}\s")
_OPENS = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+|\s*\||\s*:::")
"""What begins a piece of its own in a paragraph: a list item, a table's row, a division."""
_END = re.compile(r"(?<=[.!?])[)\"'\u201d\u2019*_]*\s+(?=[\"'\u201c\u2018(*_{\[]*[A-Z0-9{])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|approx|No|St|Dr|Mr|Mrs|Ms|vs)\.$")


@dataclass(frozen=True)
class Sentence:
    """A sentence or heading of a Markdown text, and where it stands in it."""

    start: int
    end: int
    text: str
    paragraph: int
    is_heading: bool = False


def sentences(markdown: str) -> Iterator[Sentence]:
    """Yield the sentences of `markdown` in order; code blocks and blank lines are left out."""
    for number, (start, end, is_heading) in enumerate(_paragraphs(markdown)):
        if is_heading:
            yield Sentence(start, end, markdown[start:end], number, is_heading=True)
            continue
        text, at = markdown[start:end], 0
        for stop in _END.finditer(text):
            if not _ABBREVIATION.search(text[: stop.start()]):
                yield Sentence(start + at, start + stop.start(), text[at : stop.start()], number)
                at = stop.end()
        if text[at:].strip():
            yield Sentence(start + at, end, text[at:], number)


def _paragraphs(markdown: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each paragraph, list item and heading, and whether it is a heading."""
    at, begin, end = 0, None, 0
    for (line, is_prose), raw in zip(prose_lines(markdown), markdown.splitlines(keepends=True), strict=True):
        heading = is_prose and _HEADING.match(line) is not None
        opens = _OPENS.match(line) if is_prose else None
        if begin is not None and (heading or opens or not is_prose or not line.strip()):
            yield begin, end, False
            begin = None
        if heading:
            yield at, at + len(line), True
        elif is_prose and line.strip():
            if begin is None:
                begin = at + (opens.end() if opens else 0)
            end = at + len(line)
        at += len(raw)
    if begin is not None and begin < end:
        yield begin, end, False
