"""The school grade that a text takes to read, by Flesch and Kincaid."""

from __future__ import annotations

import re

_MARKS = re.compile(r"\{[^{}]*\}|[\[\]*`]")
_LABEL = re.compile(r"^\*\*[^*]+[.:]\*\*\s*", re.MULTILINE)
"""The name of a measure or a lead in bold, which is a heading more than a sentence."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
"""Where a reader may pause: after a sentence, and after each entry of a list of names."""
_WORD = re.compile(r"[A-Za-z0-9\u00a3][\w'\u2019.,%&/-]*")
_SILENT = re.compile(r"(?<![aeiouyl])(?:es|e)$|(?<=[aeiouy]l)es?$|(?<=[^aeiouytd])ed$")
_VOWELS = re.compile(r"i(?:a|o(?!n|us))|eo(?!u)|[aeiouy]+")


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of Markdown prose: a reading age less five, in years.

    A number counts as a word of one syllable. Source: Kincaid JP and others (1975), Derivation of new readability
    formulas for Navy enlisted personnel.
    """
    plain = _MARKS.sub("", _LABEL.sub("", text))
    sentences = [words for one in _SENTENCE.split(plain) if (words := _WORD.findall(one))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    count = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * count / len(words) - 15.59


def syllables(word: str) -> int:
    """Return about how many syllables an English word has; a number counts as one."""
    total = 0
    for part in re.findall(r"[a-z]+", word.lower().replace("'", "").replace("\u2019", "")):
        total += max(1, len(_VOWELS.findall(_SILENT.sub("", part))))
    return max(1, total)
