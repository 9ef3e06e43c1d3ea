"""Spans: a number's words in a sentence or a table, with the id of the fact that they say.

In Markdown ``[10.9%]{fact="havering.smoking_prevalence.E09000016.persons.2023"}``. Verdicts are spans too, of a class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = r"(?P<words>(?:[^\[\]\\]|\\.)+)"
FACT_SPAN = rf"\[{_WORDS}\]\{{fact=\"(?P<fact>[^\"{{}}\s]+)\"\}}"
"""Pattern of a span that says a fact."""

_FACT_SPAN = re.compile(FACT_SPAN)
_FACT_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.+-]*")
_MARKUP = re.compile(r"(?P<char>[!-/:-@\[-`{-~])")
_PLAIN = frozenset("%,.+-/()!?;=")
_RUNS = re.compile(r"(--+|\.\.\.+)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(rf"{FACT_SPAN}|\[(?P<plain>[^\[\]]*)\](?:\{{\.[a-z-]+\}}|\(#[^)]*\))")


@dataclass(frozen=True)
class Span:
    """A span as it stands in Markdown: its words in plain text, the id of its fact, and where it begins and ends."""

    words: str
    fact: str
    start: int
    end: int


def fact_span(words: str, fact: str) -> str:
    """Return the Markdown span that says a fact in some words.

    Parameters
    ----------
    words
        Plain text, such as ``10.9%`` or ``8.6% to 13.2%``; it is printed word for word.
    fact
        Id of the fact; it has to be among the artefact's facts.

    Raises
    ------
    ValueError
        When there are no words, or the id holds what no id has.
    """
    line = " ".join(words.split())
    if not line:
        raise ValueError(f"fact {fact!r} needs words")
    if not _FACT_ID.fullmatch(fact):
        raise ValueError(
            f"{fact!r} is no id of a fact: letters, digits, dots, hyphens, plus signs, underscores"
        )
    return f'[{_escape(line)}]{{fact="{fact}"}}'


def find_spans(markdown: str) -> Iterator[Span]:
    """Yield the spans of a text that say a fact, in order."""
    for found in _FACT_SPAN.finditer(markdown):
        yield Span(unescape(found["words"]), found["fact"], found.start(), found.end())


def without_spans(markdown: str) -> str:
    """Return a text with the words of its spans and links, verdicts included, and without what marks them."""

    def words(found: re.Match[str]) -> str:
        return found["plain"] if found["words"] is None else unescape(found["words"])

    return _MARKS.sub(words, markdown)


def unescape(words: str) -> str:
    """Return a span's words in plain text."""
    return _ESCAPED.sub(r"\1", words)


def _escape(line: str) -> str:
    marked = _MARKUP.sub(lambda found: found[0] if found[0] in _PLAIN else f"\\{found[0]}", line)
    return _RUNS.sub(lambda found: "".join(f"\\{char}" for char in found[0]), marked)
