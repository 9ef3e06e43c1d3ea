"""Writes the page "What has changed since the last pack": one page, the most important first."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Mapping, Sequence

from boardpacks.facts.artefacts import Column, Table
from boardpacks.facts.spans import without_spans
from boardpacks.facts.wording import listed
from boardpacks.packs.changes.change_tables import Kind, kinds_of
from boardpacks.packs.compose.links import resolve_links
from boardpacks.packs.compose.section import PAGE_WIDTH, table_markdown, words_height
from boardpacks.packs.files.changes_file import PackComparison, Since, SinceLast
from boardpacks.packs.files.facts_file import FactsFile
from boardpacks.project.dates import long_date

LABEL = "sec-changes"
TITLE = "What has changed since the last pack"

ROOM = 224.0
"""Height in mm below the title that the page has for sentences and tables."""
TITLE_LINE, NOTE_LINE = 4.6, 3.6
"""Height in mm of a line of a table's title and of the note below it."""
TITLE_LETTERS, NOTE_LETTERS = 70, 100
TABLE_SPACE = 6.6
"""Height in mm of the space between tables."""
ROW, CELL_LINE = 6.6, 4.1
"""Height in mm of a row of one line, and of each line more."""
LETTER, PADDING = 1.6, 5.0
"""Width in mm of a letter in a table, and of the space beside a cell's words."""
FIRST = {"judgements": 6}
"""Rows that a kind of change has before any has more; the others have two."""

_VERDICT = re.compile(r"\[([^\[\]]*)\]\{\.verdict-[a-z]+\}")


def changes_markdown(
    last: SinceLast, facts: FactsFile, anchors: Mapping[str, str], *, place: str, benchmark: str
) -> str:
    """Return the page, its heading included.

    Parameters
    ----------
    last
        What has changed, and since which pack.
    facts
        The pack's facts: its numbers lead to the appendix that lists those that are marked.
    anchors
        Label of the heading under which the pack tells of each measure.
    place, benchmark
        Names of the pack's place and of the area that places are compared with.
    """
    marked = {fact.id for fact in facts.facts if fact.is_marked}
    kinds = kinds_of(last.changes, place=place, benchmark=benchmark, marked=marked)
    words = f"{_compared(last.since)} {counted_words(last.changes)}"
    shown = _fitting(kinds, ROOM - words_height(words) - words_height(_rest(kinds, [0] * len(kinds))))
    parts = [f"# {TITLE} {{#{LABEL}}}", words]
    parts += [
        table_markdown(kind.table(most), f"tbl-changes-{kind.name}")
        for kind, most in zip(kinds, shown, strict=True)
        if most
    ]
    parts.append(_rest(kinds, shown))
    body = "\n\n".join(part for part in parts[1:] if part)
    page = f"{parts[0]}\n\n:::: {{.keep-together}}\n\n{body}\n\n::::\n"
    return resolve_links(page, anchors)


def counted_words(changes: PackComparison) -> str:
    """Return in a sentence or two how much has changed, in Markdown."""
    own = [one for one in changes.figures if one.own]
    newer = sum(one.kind == "newer" for one in own)
    judgements = len(changes.judgements)
    told = [
        _count(newer, "new figure"),
        _count(len(own) - newer, "withdrawn figure"),
        _count(sum(one.own and not one.made for one in changes.revisions), "revised figure"),
        _count(sum(one.kind == "new" for one in changes.measures), "new measure"),
        _count(
            sum(one.kind == "gone" for one in changes.measures),
            "measure that is gone",
            "measures that are gone",
        ),
        _count(len(changes.methods), "change of method", "changes of method"),
    ]
    told = [words for words in told if words]
    if not told and not judgements:
        return "**No judgement, figure or method of this place has changed since.**"
    first = {0: "**No judgement has changed.**", 1: "**1 judgement has changed.**"}.get(
        judgements, f"**{judgements} judgements have changed.**"
    )
    if not told:
        return first
    be = "is" if told[0].startswith("1 ") else "are"
    return f"{first} There {be} {listed(told)}."


def _compared(since: Since) -> str:
    meeting = f"the meeting on {long_date(since.meeting)} (version {since.version})"
    if since.status == "final":
        return f"This page compares the pack with the one for {meeting}."
    return (
        f"This page compares the pack with the draft of the one for {meeting}, as there is no final pack of an earlier "
        "meeting."
    )


def _fitting(kinds: Sequence[Kind], room: float) -> list[int]:
    """Return how many rows of each kind fit: a few of each first, then more of the most important."""
    shown = [min(FIRST.get(kind.name, 2), len(kind.rows)) for kind in kinds]
    while any(shown) and _height(kinds, shown) > room:
        shown[_least(shown)] -= 1
    for number, kind in enumerate(kinds):
        while shown[number] < len(kind.rows):
            more = [*shown[:number], shown[number] + 1, *shown[number + 1 :]]
            if _height(kinds, more) > room:
                break
            shown = more
    return shown


def _least(shown: Sequence[int]) -> int:
    """Return the kind that gives up a row: the last that has several, the first kind aside, else the last of all."""
    several = [number for number, most in enumerate(shown) if number and most > 1]
    return max(several or [number for number, most in enumerate(shown) if most])


def _height(kinds: Sequence[Kind], shown: Sequence[int]) -> float:
    return sum(_table_height(kind.table(most)) for kind, most in zip(kinds, shown, strict=True) if most)


def _table_height(table: Table) -> float:
    """Estimate a table's height in mm, more closely than the chapters do: the page has to be one, and full."""
    title = TITLE_LINE * math.ceil(len(table.title) / TITLE_LETTERS)
    note = NOTE_LINE * math.ceil(len(table.note) / NOTE_LETTERS)
    rows = [tuple(column.label for column in table.columns), *table.rows]
    return title + note + sum(_row_height(row, table.columns) for row in rows) + TABLE_SPACE


def _row_height(row: Sequence[str], columns: Sequence[Column]) -> float:
    shares = [column.width for column in columns]
    letters = [int((PAGE_WIDTH * share / sum(shares) - PADDING) / LETTER) for share in shares]
    lines = max(
        len(textwrap.wrap(_printed(text), max(4, width))) for text, width in zip(row, letters, strict=True)
    )
    return ROW + CELL_LINE * max(0, lines - 1)


def _printed(text: str) -> str:
    """Return a cell as it is printed, two letters for the shape of a verdict."""
    return without_spans(_VERDICT.sub(r"xx\1", text))


def _rest(kinds: Sequence[Kind], shown: Sequence[int]) -> str:
    left = sum(len(kind.rows) - most for kind, most in zip(kinds, shown, strict=True))
    if not left:
        return ""
    what = "1 more change is" if left == 1 else f"{left} more changes are"
    return f"{what} not listed here. The file of changes that comes with the pack has them all."


def _count(number: int, one: str, several: str = "") -> str:
    return "" if not number else f"1 {one}" if number == 1 else f"{number} {several or f'{one}s'}"
