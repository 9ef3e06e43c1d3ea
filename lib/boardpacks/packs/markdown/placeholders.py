"""Tells the words in braces that a pack fills in from those that are nearly right, and from other braces."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

PLACEHOLDER = re.compile(r"\{(?:fact[ \t\n]+[^{}]*[^{}\s]\s*|place)\}")
"""What a pack fills in: a quoted fact, or the place's name."""

BRACES = re.compile(r"\{+[^{}\n]*(?:\n[^{}\n]+)?(?:\}+|$)")
"""Words in braces, or the rest of a text whose brace is never closed."""

_WORDS = ("fact", "place")
_ALIKE = 0.75
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_FIRST = re.compile(r"[^\W\d_]+")
_AFTER = re.compile(r"^\W*[^\W\d_]+[\s:=,.-]*")


def is_nearly_one(braces: str) -> bool:
    """Whether words in braces are nearly what a pack fills in: ``{facts x}``, ``{ fact x }``, ``{Place}``."""
    inner = braces.strip("{} \t\n")
    closed = braces.endswith("}")
    if _NAME.match(inner) and closed:
        return True
    first = _FIRST.match(inner)
    if first is None:
        return False
    word = first[0].casefold()
    rest = inner[first.end() :]
    if word == "fact" or (word == "place" and (closed or not rest)):
        return True
    if not closed or word.startswith(("factor", "factual")):
        return False
    alike = max(SequenceMatcher(None, word, wanted).ratio() for wanted in _WORDS)
    return alike >= _ALIKE and len(inner.split()) <= MOST_WORDS


MOST_WORDS = 8
"""How many words a placeholder has at most."""


def nearest(braces: str) -> str:
    """Return what was meant by words in braces that are nearly right."""
    inner = " ".join(braces.strip("{} \t\n").split())
    if _NAME.match(inner):
        return f"{{fact {inner.removeprefix('fact_').removeprefix('facts_')}}}"
    first = _FIRST.match(inner)
    word = first[0].casefold() if first else ""
    alike = {wanted: SequenceMatcher(None, word, wanted).ratio() for wanted in _WORDS}
    if alike["place"] > alike["fact"]:
        return "{place}"
    rest = _AFTER.sub("", inner).strip()
    return f"{{fact {rest}}}" if rest else "{fact NAME}, such as {fact smoking_prevalence}"
