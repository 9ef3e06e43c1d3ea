"""Escapes text from data so that Markdown, attributes and tables print it and never obey it."""

from __future__ import annotations

import re

from boardpacks.facts.spans import FACT_SPAN, unescape

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[^\S\xa0\u202f]+")  # all but the spaces that keep a number and its unit together
_SPECIAL = re.compile(r"""[\\`*_{}\[\]<>|$@^~&"#]|'|--+|\.\.\.+|:(?=\S)|(?<![.\w])www(?=\.)""")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_LINE_START = re.compile(r"^(?:[-+#>:=%]|\(?(?:\d+|[A-Za-z#]+)[.)](?=\s|$))")
CLASSES = (
    *("verdict-better", "verdict-similar", "verdict-worse"),
    *("verdict-higher", "verdict-lower", "verdict-none", "verdict-stands-out"),
    *("verdict-improvement", "verdict-concern", "verdict-passes", "verdict-fails", "verdict-either"),
    *("evidence-measured", "evidence-partly-measured", "evidence-not-measured"),
)
"""Classes of words that are marked by a shape as well."""

_MARK = re.compile(
    rf"\[(?P<word>[^\[\]{{}}]*[^\[\]{{}}\s][^\[\]{{}}]*)\]\{{\.(?P<verdict>{'|'.join(CLASSES)})\}}"
    r"|\[(?P<linked>[^\[\]{}]+)\]\(#(?P<target>indicator-[a-z0-9_]+)\)"
    rf"|{FACT_SPAN}"
    r"|\*\*(?P<bold>[^\s*](?:[^*]|\*(?!\*)|\*(?=\*\*(?!\*)))*)(?<!\s)\*\*(?!\*)"  # a word may end with a star
)
_BOLD = re.compile(r"\*\*(?P<bold>[^\s*](?:[^*]*[^\s*])?)\*\*")


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters and marks that reverse the reading direction."""
    return _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()


def markdown_text(text: str) -> str:
    """Return Markdown that prints `text` word for word, on one line.

    Quotation marks, dashes and dots stay as they are; only an apostrophe inside a word may become curly, as
    in the text around it.
    """
    line = _APOSTROPHE.sub("\u0000", one_line(text))
    line = _SPECIAL.sub(
        lambda found: "".join(f"\\{char}" if char != "w" else char for char in found[0]), line
    )
    line = _LINE_START.sub(_escape_start, line)
    # Engines look for the start of a shortcode in parsed text too: an empty span parts it.
    return line.replace("\u0000", "'").replace(r"\{\{\<", r"\{[]{}\{\<")


def attribute(text: str) -> str:
    """Return `text` for a quoted attribute such as ``fig-alt="..."``."""
    return re.sub(r'[\\"&{}<>$`@]', lambda found: f"\\{found[0]}", one_line(text))


def cell(text: str) -> str:
    """Return a table cell: word for word, but with verdicts, numbers that say a fact, links and bold as marks.

    A verdict is ``[Better]{.verdict-better}``, a mark of how well something is measured
    ``[Measured]{.evidence-measured}``; a link leads to an indicator,
    ``[Adults who smoke](#indicator-smoking_prevalence)``. Of facts see `boardpacks.facts.spans`.
    """
    return _marked(one_line(text)).strip(" ")


def bold_text(text: str) -> str:
    """Return Markdown that prints `text` word for word on one line, with ``**bold**`` as bold and nothing else."""
    line, parts, end = one_line(text), [], 0
    for bold in _BOLD.finditer(line):
        parts += [_inner(line[end : bold.start()]), f"**{markdown_text(bold['bold'])}**"]
        end = bold.end()
    return "".join([*parts, _inner(line[end:])]).strip(" ")


def _marked(line: str) -> str:
    parts: list[str] = []
    end = 0
    for mark in _MARK.finditer(line):
        parts.append(_inner(line[end : mark.start()]))
        if mark["bold"]:
            parts.append(f"**{_marked(mark['bold'])}**")
        elif mark["fact"]:
            parts.append(f'[{markdown_text(unescape(mark["words"]))}]{{fact="{attribute(mark["fact"])}"}}')
        elif mark["linked"]:
            parts.append(f"[{markdown_text(mark['linked'])}](#{mark['target']})")
        else:
            parts.append(f"[{markdown_text(mark['word'])}]{{.{mark['verdict']}}}")
        end = mark.end()
    parts.append(_inner(line[end:]))
    return "".join(parts)


def _inner(text: str) -> str:
    before = " " if text[:1] == " " else ""
    after = " " if len(text) > 1 and text[-1:] == " " else ""
    return before + markdown_text(text) + after


def _escape_start(found: re.Match[str]) -> str:
    return found[0][:-1] + "\\" + found[0][-1]
