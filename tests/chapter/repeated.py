"""Counts the sentences of a pack, headings, tables and names of sources aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from boardpacks.facts.spans import without_spans
from boardpacks.packs.read.sentences import sentences

FEWEST_WORDS = 4
"""Shorter pieces, such as the unit and the year below a chart, are labels."""
_KEY = re.compile(r"(?:(?<=\. )|\A)[A-Z][a-z0-9% ]{2,25}: [^.]*\.")
_MARKS = re.compile(r"\[([^\[\]]*)\](?:\{[^}]*\}|\([^)]*\))")


def count_sentences(texts: Iterable[str]) -> Counter[str]:
    """Return how often each sentence stands in Markdown texts, as a reader sees it."""
    return Counter(plain for text in texts for plain in _plain(text))


def texts_of(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what statements, and the titles and notes of figures, say.

    Of a note the first piece, which names the unit and the period of its chart as an axis does, and the key to its
    marks (``Dotted line: England.``) are left out.
    """
    for record in records:
        if record["kind"] == "statement":
            yield record["markdown"]
        elif record["kind"] == "figure":
            yield record["title"]
            yield _KEY.sub("", record["note"].partition(". ")[2])


def _plain(text: str) -> Iterator[str]:
    for one in sentences(without_spans(text)):
        plain = re.sub(r"[*_`]", "", _MARKS.sub(r"\1", one.text)).strip()
        is_label = (
            one.is_heading or plain.endswith(":") or plain.startswith(("Source: ", "Sources: ", "|", ":::"))
        )
        if not is_label and len(plain.split()) >= FEWEST_WORDS:
            yield plain
