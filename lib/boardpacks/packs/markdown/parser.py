"""The parser of Markdown cells: CommonMark and GitHub's tables, as JupyterLab has them, and the marks of packs."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from boardpacks.facts.spans import FACT_SPAN
from boardpacks.packs.markdown.escape import CLASSES
from boardpacks.packs.markdown.placeholders import BRACES, PLACEHOLDER, is_nearly_one

ATTRIBUTES = "attributes"
"""Key of a heading's or a picture's attributes in the ``meta`` of its token."""

_SPAN = re.compile(rf"{FACT_SPAN}|\[(?:[^\[\]\\\n]|\\.)+\]\{{\.(?:{'|'.join(CLASSES)})\}}")
_REFERENCE = re.compile(r"@(?P<label>(?:fig|tbl|sec)-\w+(?:-\w+)*)")
# A path such as C:\data has its backslash behind a colon or a letter.
_TEX = re.compile(r"\\[A-Za-z]{2,}\*?(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})?")
_HEADING_ATTRIBUTES = re.compile(r"(?:^|[ \t]+|(?<=\w))\{(?P<attributes>[#.][^{}\n]*)\}$")
_FIG_ALT = re.compile(r'\{\s*fig-alt="(?P<alt>[^"\n]*)"\s*\}')


@cache
def parser() -> MarkdownIt:
    """Return the parser, which keeps nothing of what it has read: threads may share it."""
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.core.ruler.disable("text_join")  # what was escaped has to stay known
    made.validateLink = _any  # type: ignore[method-assign] # ours are refused with a reason, not shown
    made.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    made.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True)
    made.core.ruler.after("block", "heading_attributes", _heading_attributes)
    made.inline.ruler.before("escape", "tex", _tex)
    made.inline.ruler.before("link", "span", _span)
    made.inline.ruler.push("placeholder", _placeholder)
    made.inline.ruler.push("reference", _reference)
    return made


def _any(url: str) -> bool:
    return True


def _heading_attributes(state: StateCore) -> None:
    for token, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open" and (found := _HEADING_ATTRIBUTES.search(inline.content)):
            token.meta[ATTRIBUTES] = found["attributes"].strip()
            inline.content = inline.content[: found.start()]


def _tex(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1] if state.pos else ""
    found = None if before.isalnum() or before in {":", "_"} else _TEX.match(state.src, state.pos)
    return _take(state, silent, "tex", found)


def _span(state: StateInline, silent: bool) -> bool:
    return _take(state, silent, "fact_span", _SPAN.match(state.src, state.pos))


def _reference(state: StateInline, silent: bool) -> bool:
    behind_word = state.pos > 0 and state.src[state.pos - 1].isalnum()
    return _take(state, silent, "reference", None if behind_word else _REFERENCE.match(state.src, state.pos))


def _placeholder(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    if state.tokens and state.tokens[-1].type == "image" and not state.pending:
        return _picture_attributes(state, silent)
    if found := PLACEHOLDER.match(state.src, state.pos):
        return _take(state, silent, "placeholder", found)
    found = BRACES.match(state.src, state.pos)
    return _take(state, silent, "nearly", found if found and is_nearly_one(found[0]) else None)


def _picture_attributes(state: StateInline, silent: bool) -> bool:
    found = _FIG_ALT.match(state.src, state.pos)
    if found and not silent:
        state.tokens[-1].meta[ATTRIBUTES] = found["alt"]
    if found:
        state.pos = found.end()
        return True
    return _take(state, silent, "picture_attributes", BRACES.match(state.src, state.pos))


def _take(state: StateInline, silent: bool, kind: str, found: re.Match[str] | None) -> bool:
    """Take what was found as one token."""
    if found is None:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True
