"""The pages of the docs, and the blocks of code in them."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
NOT_RUN = re.compile(r"<!-- not run: (?P<why>.+?) -->\n\Z", re.IGNORECASE)
"""What stands right above a block that is not run, and is not shown."""


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, its language, its text, and why it is not run where that is said."""

    page: Path
    line: int
    language: str
    text: str
    not_run: str = ""

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(*languages: str) -> list[Block]:
    """Return all blocks of some languages, in their order; an empty language is that of blocks without any."""
    return [block for page in PAGES for block in _blocks_of(page) if block.language in languages]


def typed() -> Iterator[tuple[str, list[str]]]:
    """Yield every boardpacks command of the docs, in blocks and in text: where it stands, and its words."""
    for block in blocks("", "console", "bash", "sh"):
        for line in block.text.replace("\\\n", " ").splitlines():
            if words := _command(line):
                yield f"{block}: {line.strip()}", words
    for page in PAGES:
        for line in re.findall(r"`((?:[A-Z_]+=\S+ )?boardpacks [^`\n]+)`", page.read_text("utf-8")):
            if words := _command(line):
                yield f"{page.name}: {line}", words


def _blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for found in re.finditer(r"^ *```(\w*)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        above = text[: found.start()]
        why = NOT_RUN.search(above)
        yield Block(
            page, above.count("\n") + 1, found[1], textwrap.dedent(found[2]), why["why"] if why else ""
        )


def _command(line: str) -> list[str]:
    """Return what follows ``boardpacks`` on a line that begins with it; nothing for any other line."""
    words = shlex.split(line, comments=True) if "boardpacks " in line and line.count('"') % 2 == 0 else []
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    return words[1:] if words[:1] == ["boardpacks"] else []
