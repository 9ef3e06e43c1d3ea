"""Turns the text of a YAML file into nodes: with a fast reader for sound files, and one with good messages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import yaml

LONGEST_LINE = 1000
MOST_BRACKETS = 500
"""The fast reader calls itself for each level of a text and ends the whole process when there are too many."""


class Mark(Protocol):
    """Where a node begins."""

    line: int


class Node(Protocol):
    """A node of either reader: ``id`` is ``mapping``, ``sequence`` or ``scalar``."""

    id: str
    tag: str
    value: Any
    start_mark: Mark


@dataclass(frozen=True)
class FaultyYaml(Exception):  # noqa: N818 - a finding about a file
    """A text is not YAML.

    ``kind`` is ``syntax``, ``sign`` (one that YAML does not allow) or ``other``; ``line`` counts from 1.
    """

    kind: Literal["syntax", "sign", "other"]
    problem: str
    line: int = 1


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The fast reader with the rules of YAML 1.2, in which ``no`` and ``12:30`` are text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as PyYAML has it


for _name, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    (
        "float",
        r"[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
        r"|[-+]?\.[0-9_]+([eE][-+][0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+0123456789.",
    ),
    ("int", r"[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+", "-+0123456789"),
    ("merge", r"<<", "<"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    (
        "timestamp",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
        r"(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?",
        "0123456789",
    ),
    ("value", r"=", "="),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})$"), list(_first))


def compose_fast(text: str) -> Node | None:
    """Return the top node of a text, or None when this reader cannot or must not read it."""
    if (
        text.count("[") + text.count("{") > MOST_BRACKETS
        or max(map(len, text.splitlines()), default=0) > LONGEST_LINE
    ):
        return None
    try:
        node: Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return None
    return node


def compose(text: str) -> Node | None:
    """Return the top node of a text; None when it has none.

    Raises
    ------
    FaultyYaml
        When it is not YAML.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - only for files that are not as they should be
    from ruamel.yaml.error import MarkedYAMLError  # noqa: PLC0415
    from ruamel.yaml.reader import ReaderError  # noqa: PLC0415

    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FaultyYaml(
            "syntax", error.problem or "a fault in the YAML", mark.line + 1 if mark else 1
        ) from None
    except ReaderError as error:
        raise FaultyYaml("sign", "", text[: error.position].count("\n") + 1) from None
    except Exception as error:  # this reader lets many kinds out, RecursionError among them
        raise FaultyYaml("other", type(error).__name__) from None
    return node
