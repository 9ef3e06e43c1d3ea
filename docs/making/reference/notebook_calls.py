"""Everything that a notebook may call, from the docstrings of what it calls."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_type_hints

import boardpacks
from boardpacks.chapter.chapter import Chapter
from reference.markdown import linked, page, table

Reached = Callable[..., Any] | property
"""A method, a function or a property."""
HEADING = re.compile(r"^(\w[\w ]*)\n-+$", re.MULTILINE)
"""The heading of a section in a numpydoc docstring."""


def methods(kind: type) -> Iterator[tuple[str, Reached]]:
    """Yield what a class offers, and what the classes of ``boardpacks.chapter`` offer that it returns."""
    waiting, seen = [kind], set()
    while waiting:
        kind = waiting.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        for name, member in inspect.getmembers_static(kind):
            if not name.startswith("_") and (callable(member) or isinstance(member, property)):
                yield f"{kind.__name__}.{name}", member
                returned = get_type_hints(member.fget if isinstance(member, property) else member)["return"]
                waiting += [
                    one for one in _types(returned) if one.__module__.startswith("boardpacks.chapter.")
                ]


def calls() -> dict[str, Reached]:
    """Return what a notebook reaches by the one name that it imports: ``open_chapter``."""
    return {**{name: getattr(boardpacks, name) for name in boardpacks.__all__}, **dict(methods(Chapter))}


def calls_page() -> str:
    """Return the page of calls."""
    listed = table(
        ("Call", "What it does"),
        (
            (f"[`{_shown(name)}`](#{_anchor(name)})", linked(_sections(member)[0]))
            for name, member in calls().items()
        ),
    )
    return page(
        "What notebooks call",
        "A notebook begins with `from boardpacks import open_chapter`. How to write one: [analysts](../analysts.md) "
        "and [notebooks to analyse in](../notebooks-api.md). A test runs every example.",
        listed,
        *(_section(name, member) for name, member in calls().items()),
    )


def _section(name: str, member: Reached) -> str:
    said, sections = _sections(member)
    parts = [f"## {_shown(name)} {{ #{_anchor(name)} }}", _signature(name, member), linked(said)]
    for heading, text in sections.items():
        if heading == "Examples":
            parts.append(f"```pycon\n{text}\n```")
        else:
            parts.append(table((heading, "Meaning"), _entries(text)) or linked(text))
    return "\n\n".join(part for part in parts if part)


def _sections(member: Reached) -> tuple[str, dict[str, str]]:
    """Return what a docstring says first, and its sections by their headings."""
    said, *others = HEADING.split(inspect.cleandoc(member.__doc__ or ""))
    return said.strip(), dict(zip(others[::2], (text.strip("\n") for text in others[1::2]), strict=True))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a section with what is said of each."""
    for name, said in re.findall(r"^(\S.*)\n((?:[ \t]+.*(?:\n|$))+)", text, re.MULTILINE):
        yield f"`{name}`", linked(said)


def _signature(name: str, member: Reached) -> str:
    if isinstance(member, property):
        return ""
    found = inspect.signature(member)
    own = [one for one in found.parameters.values() if one.name != "self"]
    words = str(found.replace(parameters=own, return_annotation=inspect.Signature.empty)).replace("'", "")
    return f"```python\n{_shown(name)}{words}\n```"


def _shown(name: str) -> str:
    kind, _, word = name.rpartition(".")
    return f"{kind.removesuffix('View').lower()}.{word}" if kind else name


def _anchor(name: str) -> str:
    return name.lower().replace(".", "-")


def _types(returned: object) -> list[type]:
    """Return the types that an annotation names."""
    inner = [kind for part in get_args(returned) for kind in _types(part)]
    return [*inner, returned] if isinstance(returned, type) else inner
