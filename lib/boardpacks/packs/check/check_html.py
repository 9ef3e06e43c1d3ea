"""Checks a finished web page the way a strict reader would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_HEADING = re.compile(r"^h([1-6])$")
_NETWORK = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
_CSS_NETWORK = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s;]+)", re.IGNORECASE)
_NO_VALUE = re.compile(r"(?<![\w-])(nan|NaN|NaT|<NA>|-?inf%|None%)(?![\w-])|^\s*(None|null|undefined)\s*$")
ANSWER = "None"
"""What a secretary writes on a front sheet where there is nothing to say."""
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_LOADED = {"src", "srcset", "poster", "data"}


def check_html(path: Path) -> list[str]:
    """Return what is wrong with a pack's page, one line each: what and where. A good pack gives an empty list.

    Language, title, one first-level heading and no skipped level, a name for every picture, header cells with a scope
    in every table, ids used once and links that lead to one, nothing loaded from the network, and no ``nan`` or
    ``None`` where a value belongs.
    """
    reader = _Reader()
    try:
        reader.feed(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return [f"{path.name}: it is not UTF-8 text"]
    reader.close()
    return [f"{path.name}{where}: {message}" for where, message in reader.finish()]


@dataclass
class _Table:
    where: str
    headers: int = 0
    unscoped: int = 0


@dataclass
class _Reader(HTMLParser):
    """Walks a page once and notes faults as it goes."""

    found: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    lang: str = ""
    first_headings: int = 0
    level: int = 0
    ids: set[str] = field(default_factory=set)
    targets: list[tuple[str, str]] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    sheet: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the faults that one element shows by itself."""
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self.open.append(tag)
        if "front-sheet" in given.get("class", "").split():
            self.sheet = len(self.open)
        if tag == "html":
            self.lang = given.get("lang", "")
        self._names(tag, given)
        self._loads(tag, given)
        self._heading(tag)
        if tag == "table":
            self.tables.append(_Table(self._where()))
        elif tag == "th" and self.tables:
            self.tables[-1].headers += 1
            self.tables[-1].unscoped += "scope" not in given

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat ``<path/>`` like ``<path></path>``."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; judge a table when all of it has been seen."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if len(self.open) < self.sheet:
            self.sheet = 0
        if tag == "table" and self.tables:
            table = self.tables.pop()
            if not table.headers:
                self.found.append((table.where, "a table without header cells"))
            elif table.unscoped:
                message = f"a table with {table.unscoped} header cells that do not say what they head (scope)"
                self.found.append((table.where, message))

    def handle_data(self, data: str) -> None:
        """Look for values that are none, and for what a style sheet loads."""
        inside = self.open[-1] if self.open else ""
        if inside == "title" and "svg" not in self.open:
            self.title += data
        elif inside == "style":
            for address in _CSS_NETWORK.findall(data):
                self._note(f"the style sheet loads {address}")
        elif inside != "script" and not (data.strip() == ANSWER and self._in_front_sheet()):
            self._no_value(data)

    def finish(self) -> list[tuple[str, str]]:
        """Return every fault, those of the whole page first."""
        whole = []
        if not self.lang.strip():
            whole.append("no language is set")
        if not self.title.strip():
            whole.append("no title is set")
        if self.first_headings != 1:
            whole.append(f"{self.first_headings} first-level headings instead of one")
        lost = [
            (where, f"the link #{target} leads nowhere")
            for where, target in self.targets
            if target not in self.ids
        ]
        return [("", message) for message in whole] + self.found + lost

    def _where(self) -> str:
        return f", line {self.getpos()[0]}"

    def _note(self, message: str) -> None:
        self.found.append((self._where(), message))

    def _names(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            if given["id"] in self.ids:
                self._note(f"the id {given['id']!r} is used twice")
            self.ids.add(given["id"])
        picture = tag == "img" or (tag == "svg" and given.get("role") == "img")
        name = given.get("alt", "") or given.get("aria-label", "") or given.get("aria-labelledby", "")
        if picture and not name.strip():
            self._note(f"a picture ({tag}) without words for people who cannot see it")
        if tag == "svg" and "role" not in given and given.get("aria-hidden") != "true":
            self._note("a drawing (svg) without role='img' and a name")
        for label in ("alt", "aria-label"):
            self._no_value(given.get(label, ""))

    def _loads(self, tag: str, given: dict[str, str]) -> None:
        loaded = _LOADED | ({"href", "xlink:href"} if tag in {"link", "use", "image"} else set())
        for name in sorted(loaded & set(given)):
            if _NETWORK.match(given[name]):
                self._note(f"{tag} loads {given[name]} from the network")
        for address in _CSS_NETWORK.findall(given.get("style", "")):
            self._note(f"{tag} loads {address} from the network")
        target = given.get("href", "")
        if tag == "a" and target.startswith("#") and len(target) > 1:
            self.targets.append((self._where(), target[1:]))

    def _heading(self, tag: str) -> None:
        heading = _HEADING.match(tag)
        if heading is None:
            return
        level = int(heading[1])
        self.first_headings += level == 1
        if level > self.level + 1:
            self._note(
                f"a heading of level {level} follows level {self.level}"
                if self.level
                else f"the first heading is of level {level}"
            )
        self.level = level

    def _in_front_sheet(self) -> bool:
        return 0 < self.sheet <= len(self.open)

    def _no_value(self, text: str) -> None:
        value = _NO_VALUE.search(text)
        if value:
            near = " ".join(text[max(0, value.start() - 30) : value.end() + 30].split())
            self._note(f"{value[0].strip()!r} where a value belongs: {near!r}")
