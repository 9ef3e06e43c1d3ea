"""Checks a finished web page the way a strict reader would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import html

_HEADING = re.compile(r"^h([1-6])$")
_NETWORK = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
_CSS_NETWORK = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s;]+)", re.IGNORECASE)
_NO_VALUE = re.compile(r"(?<![\w-])(nan|NaN|NaT|<NA>|-?inf%|None%)(?![\w-])|^\s*(None|null|undefined)\s*$")
ANSWER = "None"
"""What a secretary writes on a front sheet where there is nothing to say."""
_LOADED = ("src", "srcset", "poster", "data")
_LINKING = ("link", "use", "image")
"""Elements whose address is loaded; that of others is followed by a reader."""


def check_html(path: Path) -> list[str]:
    """Return what is wrong with a pack's page, one line each: what and where. A good pack gives an empty list.

    Language, title, one first-level heading and no skipped level, a name for every picture, header cells with a scope
    in every table, ids used once and links that lead to one, nothing loaded from the network, and no ``nan`` or
    ``None`` where a value belongs.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return [f"{path.name}: it is not UTF-8 text"]
    page = html.document_fromstring(text or "<html></html>", parser=html.HTMLParser(huge_tree=True))
    elements = [one for one in page.iter() if isinstance(one.tag, str)]
    located = [
        *((one, fault) for one in elements for fault in _of_element(one)),
        *_headings(elements),
        *_ids(elements),
    ]
    return [
        *(f"{path.name}: {fault}" for fault in _of_page(page)),
        *(f"{path.name}, line {one.sourceline}: {fault}" for one, fault in located),
    ]


def _of_page(page: Any) -> Iterator[str]:
    if not page.get("lang", "").strip():
        yield "no language is set"
    if not "".join(page.xpath("//title[not(ancestor::svg)]/text()")).strip():
        yield "no title is set"
    if (count := len(page.xpath("//h1"))) != 1:
        yield f"{count} first-level headings instead of one"


def _of_element(one: Any) -> Iterator[str]:
    yield from _picture(one)
    yield from _loads(one)
    if one.tag == "table":
        yield from _table(one)
    if one.tag not in ("style", "script"):
        for text in (one.text, *(inner.tail for inner in one), one.get("alt"), one.get("aria-label")):
            yield from _no_value(text or "", one)


def _picture(one: Any) -> Iterator[str]:
    is_drawing = one.tag == "svg"
    named = one.get("alt") or one.get("aria-label") or one.get("aria-labelledby") or ""
    if (one.tag == "img" or (is_drawing and one.get("role") == "img")) and not named.strip():
        yield f"a picture ({one.tag}) without words for people who cannot see it"
    if is_drawing and "role" not in one.attrib and one.get("aria-hidden") != "true":
        yield "a drawing (svg) without role='img' and a name"


def _loads(one: Any) -> Iterator[str]:
    loaded = (*_LOADED, *(("href", "xlink:href") if one.tag in _LINKING else ()))
    addresses = [one.get(name) for name in loaded if _NETWORK.match(one.get(name, ""))]
    for address in (*addresses, *_CSS_NETWORK.findall(one.get("style", ""))):
        yield f"{one.tag} loads {address} from the network"
    if one.tag == "style":
        for address in _CSS_NETWORK.findall(one.text or ""):
            yield f"the style sheet loads {address}"


def _table(table: Any) -> Iterator[str]:
    headers = table.findall(".//th")
    unscoped = sum("scope" not in header.attrib for header in headers)
    if not headers:
        yield "a table without header cells"
    elif unscoped:
        yield f"a table with {unscoped} header cells that do not say what they head (scope)"


def _no_value(text: str, one: Any) -> Iterator[str]:
    value = _NO_VALUE.search(text)
    if value and not (text.strip() == ANSWER and _is_in_front_sheet(one)):
        near = " ".join(text[max(0, value.start() - 30) : value.end() + 30].split())
        yield f"{value[0].strip()!r} where a value belongs: {near!r}"


def _is_in_front_sheet(one: Any) -> bool:
    return any("front-sheet" in above.get("class", "").split() for above in (one, *one.iterancestors()))


def _headings(elements: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    before = 0
    for one in elements:
        if found := _HEADING.match(one.tag):
            level = int(found[1])
            if level > before + 1:
                follows = f"a heading of level {level} follows level {before}"
                yield one, follows if before else f"the first heading is of level {level}"
            before = level


def _ids(elements: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    known: set[str] = set()
    for one in elements:
        if (name := one.get("id")) is not None:
            if name in known:
                yield one, f"the id {name!r} is used twice"
            known.add(name)
    for one in elements:
        target = one.get("href", "") if one.tag == "a" else ""
        if target.startswith("#") and len(target) > 1 and target[1:] not in known:
            yield one, f"the link {target} leads nowhere"
