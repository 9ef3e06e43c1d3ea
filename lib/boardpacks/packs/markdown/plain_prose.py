"""Reads what a secretary writes: paragraphs, lists and bold, and nothing that could do anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.packs.markdown.escape import bold_text

_MARK = re.compile(r"[-*\u2022\u2013]|\d{1,3}[.)]")
_ITEM = re.compile(rf"\s*(?P<mark>{_MARK.pattern})\s+(?P<text>\S.*)")


@dataclass(frozen=True)
class Block:
    """A paragraph, or an item of a list with its ``mark``: a hyphen, or a number such as ``1.``."""

    text: str
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.mark} {self.text}" if self.mark else self.text


def blocks(text: str) -> list[Block]:
    """Return the paragraphs and list items of `text`; lines that only wrap are put together."""
    found: list[Block] = []
    new = True
    for line in text.splitlines():
        item = _ITEM.fullmatch(line.rstrip())
        if not line.strip():
            new = True
        elif item:
            mark = item["mark"] if item["mark"][0].isdigit() else "-"
            found.append(Block(item["text"].strip(), mark))
            new = False
        elif new or not found or _MARK.fullmatch(line.strip()):
            found.append(Block(line.strip()))
            new = _MARK.fullmatch(line.strip()) is not None
        else:
            found[-1] = Block(f"{found[-1].text} {line.strip()}", found[-1].mark)
    return found


def plain_prose(text: str) -> str:
    """Return `text` with each paragraph on one line: a blank line between paragraphs, none inside a list."""
    return _joined(blocks(text))


def prose_markdown(text: str) -> str:
    """Return Markdown that prints `text` with its paragraphs, lists and ``**bold**``, and all else word for word.

    One paragraph stays on one line. A single line that begins as a list item does is a paragraph: ``- none``.
    """
    found = blocks(text)
    if len(found) == 1:
        return bold_text(str(found[0]))
    return _joined([Block(bold_text(block.text), block.mark) for block in found]) + "\n"


def _joined(found: Sequence[Block]) -> str:
    made = ""
    for number, block in enumerate(found):
        if number:
            made += "\n" if block.mark and found[number - 1].mark else "\n\n"
        made += str(block)
    return made
