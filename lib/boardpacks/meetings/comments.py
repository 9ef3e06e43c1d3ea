"""Keeps the comments of a YAML file where they belong, while what they stand beside changes."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString
from ruamel.yaml.tokens import CommentToken

_BLOCK = (LiteralScalarString, FoldedScalarString)
_ABOVE = 1  # where it keeps the lines put above a key
_TEXT = 2  # where ruamel keeps the comment behind and below a key's value


def take_below(entry: CommentedMap, key: Any) -> str:
    """Take away the comment lines that stand below a key, and return them; ones at the same line stay."""
    value = entry[key]
    if isinstance(value, CommentedMap | CommentedSeq):
        return _take_last(value)
    token = _token(entry, key)
    if token is None:
        return ""
    if isinstance(value, _BLOCK):
        del entry.ca.items[key]
        return f"{'':{token.start_mark.column}}{token.value}"
    beside, _, below = str(token.value).partition("\n")
    token.value = f"{beside}\n"
    return str(below)


def take_above(entry: CommentedMap, key: Any) -> str:
    """Take away the comment lines that were put above a key, and return them."""
    tokens = entry.ca.items.get(key, [None] * 4)
    above, tokens[_ABOVE] = tokens[_ABOVE], None
    return "".join(f"{'':{token.start_mark.column}}{token.value}" for token in above or ())


def add_below(entry: CommentedMap, key: Any, text: str) -> None:
    """Put comment lines below a key, under those that are there."""
    value = entry[key]
    if isinstance(value, CommentedMap | CommentedSeq) and value:
        put_last(value, text)
    elif isinstance(value, _BLOCK):
        text = take_below(entry, key) + text
        column = len(text) - len(text.lstrip(" "))
        _set_token(entry, key, CommentToken(text[column:], CommentMark(column), None))
    elif (token := _token(entry, key)) is not None:
        joint = "" if str(token.value).endswith("\n") else "\n"
        token.value = f"{token.value}{joint}{text}"
    else:
        _set_token(entry, key, CommentToken(f"\n{text}", CommentMark(0), None))


def take_beyond(entry: CommentedMap | CommentedSeq) -> str:
    """Take away the comment lines at the end of an entry that stand further left: they belong to what follows it."""
    lines = _take_last(entry).splitlines(keepends=True)
    column = entry.lc.col or 0
    first = next(
        (n for n, line in enumerate(lines) if line.strip() and len(line) - len(line.lstrip()) < column),
        len(lines),
    )
    if lines[:first]:
        put_last(entry, "".join(lines[:first]))
    return "".join(lines[first:])


def put_last(entry: CommentedMap | CommentedSeq, text: str) -> None:
    """Put comment lines at the end of an entry, below its last value however deep that is."""
    if text and entry:
        holder, key = _last(entry)
        add_below(holder, key, text)


def put_first(entry: CommentedMap, text: str) -> None:
    """Put comment lines above the first key of an entry."""
    words = [line.strip().removeprefix("#").strip() for line in text.splitlines() if line.strip()]
    entry.yaml_set_comment_before_after_key(next(iter(entry)), "\n".join(words), indent=entry.lc.col or 0)


def _take_last(entry: CommentedMap | CommentedSeq) -> str:
    return take_below(*_last(entry)) if entry else ""


def _last(entry: CommentedMap | CommentedSeq) -> tuple[Any, Any]:
    key = len(entry) - 1 if isinstance(entry, CommentedSeq) else list(entry)[-1]
    value = entry[key]
    return _last(value) if isinstance(value, CommentedMap | CommentedSeq) and value else (entry, key)


def _token(entry: Any, key: Any) -> Any:
    return entry.ca.items.get(key, [None] * 4)[_TEXT]


def _set_token(entry: Any, key: Any, token: CommentToken) -> None:
    entry.ca.items.setdefault(key, [None] * 4)[_TEXT] = token
