"""Writes one chapter of a pack as Markdown that both render engines read."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from boardpacks.facts.artefacts import Figure, Statement, Summary, Table
from boardpacks.facts.spans import without_spans
from boardpacks.packs.markdown.escape import attribute, cell, markdown_text
from boardpacks.packs.markdown.literal import CODE
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown, prose_lines
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.plain_name import plain_name

PAGE_WIDTH = 166.0
"""Width of the text on an A4 page, mm."""
PAGE_HEIGHT = 230.0
"""Height that a block kept together may have, mm: the text's height less some slack."""
TABLE_HEIGHT = 120.0
"""Height up to which a table is kept on one page, mm; a longer one breaks between rows."""
HALF_PAGE = 135.0
"""Height that heading, words and a wide chart or a table may have, mm: more would leave pages half empty."""
NARROW = 330.0
"""Width up to which a chart stands beside its words, points."""
BESIDE_WIDTH = 85.0
"""Width that a chart beside its words has on the page, mm."""
LETTERS_A_LINE = 92
LINE_HEIGHT = 5.6

_HEADING = re.compile(r"(?P<marks>#{1,6}) (?P<text>.*?)(?: \{(?P<attributes>[#.][^{}]*)\})?$")
_OWN_ID = re.compile(r"#(?P<id>[^\s}]+)")
_REFERENCE = re.compile(
    rf"{CODE}|(?P<lead>(?<![\w\\])@(?=(?:fig|tbl|sec)-)|\]\(#(?!indicator-))(?P<label>[A-Za-z][\w-]*)"
)
_MARKS = {"left": ":---", "right": "---:", "centre": ":---:"}


@dataclass
class Labels:
    """The labels of one pack: each stands for one figure, table or heading."""

    taken: set[str] = field(default_factory=set)

    def claim(self, wanted: str) -> str:
        """Return `wanted`, with a number behind it when it is taken."""
        label, number = wanted, 1
        while label in self.taken:
            number += 1
            label = f"{wanted}-{number}"
        self.taken.add(label)
        return label


@dataclass(frozen=True)
class ChapterLine:
    """A chapter's line for the summary, and the label of the heading that it stands under."""

    summary: Summary
    anchor: str


@dataclass(frozen=True)
class Reference:
    """A label that a chapter refers to, and where its author finds it."""

    label: str
    where: str


@dataclass(frozen=True)
class Section:
    """One chapter as composed.

    Parameters
    ----------
    chapter, slug, title
        The chapter's id, the name that its files and labels carry, and its title.
    anchor
        Label of its level-1 heading.
    parts
        Its level-2 headings, in Markdown, with their labels.
    text
        The chapter's Markdown.
    figures
        Path in the pack's folder, and SVG, of each chart.
    lines
        What its statements put on the summary, in order.
    references
        What the text refers to.
    anchors
        Label of the heading that each artefact stands under, by the artefact's name.
    """

    chapter: str
    slug: str
    title: str
    anchor: str
    parts: tuple[tuple[str, str], ...]
    text: str
    figures: Mapping[str, str]
    lines: tuple[ChapterLine, ...]
    references: tuple[Reference, ...]
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Block:
    kind: Literal["heading", "words", "figure", "table"]
    markdown: str
    height: float
    level: int = 0
    narrow: bool = False
    name: str = ""


def compose_section(content: ChapterContent, labels: Labels, concerns: Sequence[str] = ()) -> Section:
    """Return the chapter with labels of its own.

    Figure ``trend`` of the chapter ``mental_health`` becomes ``fig-mental-health-trend``; the chapter's own
    references to ``@fig-trend`` follow. A level-3 heading, the words below it and the chart or table after them
    are kept on one page when they fit, and so are a narrow chart with its own statement and a table that is not long.
    """
    slug = labels.claim(content.id.replace("_", "-"))
    names = _own_labels(content, slug, labels)
    blocks: list[_Block] = []
    figures: dict[str, str] = {}
    lines: list[ChapterLine] = []
    parts: list[tuple[str, str]] = []
    anchors: dict[str, str] = {}
    referred: list[Reference] = []
    anchor = ""
    for item in content.items:
        if not isinstance(item, Markdown):
            anchors[item.name] = anchor
        if isinstance(item, Figure):
            path = f"figures/{slug}/{item.name}.svg"
            figures[path] = item.svg
            blocks.append(_figure(item, names[f"fig-{item.name}"], path))
        elif isinstance(item, Table):
            markdown = table_markdown(item, names[f"tbl-{item.name}"])
            blocks.append(_Block("table", markdown, table_height(item)))
        else:
            markdown = item.text if isinstance(item, Markdown) else item.markdown
            for label in references(markdown):
                referred.append(Reference(names.get(label, label), _where(content, item, label)))
            for heading, text in _pieces(markdown):
                if heading:
                    anchor, block = _heading(heading, slug, labels, content, item)
                    blocks.append(block)
                    if block.level == 2:
                        parts.append((heading["text"], anchor))
                else:
                    words = _refer(text, names)
                    name = item.name if isinstance(item, Statement) else ""
                    blocks.append(_Block("words", words, words_height(words), name=name))
            if isinstance(item, Statement):
                lines += [ChapterLine(summary, anchor) for summary in item.summary]
    if concerns:
        line = f"Provider collaboratives concerned: {markdown_text('; '.join(concerns))}."
        blocks.insert(1, _Block("words", line, words_height(line)))
    text = "\n\n".join(_keep_together(blocks)) + "\n"
    first = _OWN_ID.search(blocks[0].markdown)
    assert first is not None
    return Section(
        chapter=content.id,
        slug=slug,
        title=content.title,
        anchor=first["id"],
        parts=tuple(parts),
        text=text,
        figures=figures,
        lines=tuple(lines),
        references=tuple(referred),
        anchors=anchors,
    )


def references(text: str) -> Iterator[str]:
    """Yield the labels that Markdown refers to."""
    for line, prose in prose_lines(text):
        if prose:
            yield from (found["label"] for found in _REFERENCE.finditer(line) if found["label"])


def table_markdown(table: Table, label: str) -> str:
    """Return a pipe table with its caption, label and column widths."""
    labels = [cell(column.label) for column in table.columns]
    rows = [[cell(text) for text in row] for row in table.rows]
    lines = [labels, [_MARKS[column.align] for column in table.columns], *rows]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    widths = ",".join(str(width) for width in _widths(table))
    return f'{body}\n\n: {_caption(table.title, table.note)} {{#{label} tbl-colwidths="[{widths}]"}}'


def _own_labels(content: ChapterContent, slug: str, labels: Labels) -> dict[str, str]:
    kinds = {"figure": "fig", "table": "tbl"}
    return {
        f"{kinds[item.kind]}-{item.name}": labels.claim(f"{kinds[item.kind]}-{slug}-{item.name}")
        for item in content.artefacts
        if item.kind in kinds
    }


def _figure(figure: Figure, label: str, path: str) -> _Block:
    caption = _caption(figure.title, figure.note)
    markdown = f'![{caption}]({path}){{#{label} fig-alt="{attribute(figure.alt)}"}}'
    width, height = _size(figure.svg)
    narrow = width <= NARROW
    drawn = BESIDE_WIDTH if narrow else PAGE_WIDTH
    return _Block(
        "figure",
        markdown,
        drawn * height / width + words_height(caption) + 12,
        narrow=narrow,
        name=figure.name,
    )


def _caption(title: str, note: str) -> str:
    if not note.strip():
        return markdown_text(title)
    stop = "" if title.rstrip().endswith((".", "?", "!", ":")) else "."
    return f"{markdown_text(title)}{stop} [{markdown_text(note)}]{{.figure-note}}"


def _pieces(markdown: str) -> Iterator[tuple[re.Match[str] | None, str]]:
    """Yield headings of levels 1 to 3 and the text between them."""
    text: list[str] = []
    for line, prose in prose_lines(markdown):
        heading = _HEADING.match(line) if prose else None
        if heading and len(heading["marks"]) <= 3:
            if "".join(text).strip():
                yield None, "\n".join(text).strip("\n")
            yield heading, ""
            text = []
        else:
            text.append(line.rstrip())
    if "".join(text).strip():
        yield None, "\n".join(text).strip("\n")


def _where(content: ChapterContent, item: Markdown | Statement, words: str) -> str:
    if isinstance(item, Markdown):
        return item.where(content.notebook, words)
    cell = content.cells[item.name]
    return f"notebooks/{content.notebook}.ipynb, cell {cell}: statement {item.name!r}"


def _heading(
    heading: re.Match[str], slug: str, labels: Labels, content: ChapterContent, item: Markdown | Statement
) -> tuple[str, _Block]:
    level, attributes = len(heading["marks"]), heading["attributes"] or ""
    own = _OWN_ID.search(attributes)
    if own and own["id"] in labels.taken:
        raise BoardpacksError(
            f"{_where(content, item, own['id'])}: the label {own['id']!r} of heading {heading['text']!r} "
            "is used twice in the pack"
        )
    if own:
        anchor = labels.claim(own["id"])
    elif level == 1:
        anchor = labels.claim(f"sec-{slug}")
    else:
        anchor = labels.claim(f"sec-{slug}-{plain_name(heading['text'], longest=60)}")
    rest = " ".join(part for part in attributes.split() if not part.startswith("#"))
    marks = f"{{#{anchor} {rest}".rstrip() + "}"
    return anchor, _Block("heading", f"{heading['marks']} {heading['text']} {marks}", 12, level)


def _refer(text: str, names: Mapping[str, str]) -> str:
    def own(found: re.Match[str]) -> str:
        return found["lead"] + names.get(found["label"], found["label"]) if found["label"] else found[0]

    return "\n".join(_REFERENCE.sub(own, line) if prose else line for line, prose in prose_lines(text))


def _keep_together(blocks: Sequence[_Block]) -> Iterator[str]:
    start = 0
    while start < len(blocks):
        end = _end_of_group(blocks, start)
        if end is None and blocks[start].kind == "table" and blocks[start].height <= TABLE_HEIGHT:
            end = start + 1
        if end is None:
            yield blocks[start].markdown
            start += 1
        else:
            yield f"::: {{.keep-together}}\n\n{_group(blocks[start:end])}\n\n:::"
            start = end


def _group(blocks: Sequence[_Block]) -> str:
    """Return a group's Markdown: a narrow chart stands beside its words, anything else below them."""
    first = _first_beside(blocks)
    above, beside, last = blocks[:first], blocks[first:-1], blocks[-1]
    if last.narrow and beside:
        words = "\n\n".join(["::: {.words}", *(block.markdown for block in beside), ":::"])
        pair = f":::: {{.beside}}\n\n{words}\n\n{last.markdown}\n\n::::"
        return "\n\n".join([*(block.markdown for block in above), pair])
    return "\n\n".join(block.markdown for block in blocks)


def _first_beside(blocks: Sequence[_Block]) -> int:
    """Return where the words begin that stand beside a group's chart: its own statement, or all where it has none."""
    if len(blocks) > 1 and _is_own(blocks[-2], blocks[-1]):
        return len(blocks) - 2
    return 1 if blocks[0].kind == "heading" else 0


def _is_own(words: _Block, chart: _Block) -> bool:
    """Whether a statement is about a narrow chart and no other: the chart ``name-chart`` has the statement ``name``."""
    return chart.narrow and words.kind == "words" and chart.name == f"{words.name}-chart"


def _end_of_group(blocks: Sequence[_Block], start: int) -> int | None:
    """Return where a group that fits on a page ends.

    A group is a level-3 heading with its words and one chart or table, or a narrow chart with its own statement.
    """
    if blocks[start].kind != "heading":
        alone = blocks[start : start + 2]
        return start + 2 if len(alone) == 2 and _is_own(*alone) and _fits(alone) else None
    if blocks[start].level != 3:
        return None
    end = start + 1
    while end < len(blocks) and blocks[end].kind == "words":
        end += 1
    if end == len(blocks) or blocks[end].kind == "heading":
        return None
    if blocks[end].kind == "table" and blocks[end].height > TABLE_HEIGHT:
        return None
    return end + 1 if _fits(blocks[start : end + 1]) else None


def _fits(blocks: Sequence[_Block]) -> bool:
    *words, last = blocks
    if not last.narrow:
        return sum(block.height for block in blocks) <= HALF_PAGE
    first = _first_beside(blocks)
    beside = 2.3 * sum(block.height for block in words[first:])
    return sum(block.height for block in words[:first]) + max(beside, last.height) <= PAGE_HEIGHT


def words_height(text: str) -> float:
    """Estimate the height in mm of words in paragraphs and lists."""
    printed = without_spans(text).splitlines()
    lines = sum(max(1, math.ceil(len(line) / LETTERS_A_LINE)) for line in printed)
    return lines * LINE_HEIGHT + 4


def table_height(table: Table) -> float:
    """Estimate the height in mm of a table with its caption: each row is as high as its cell with the most lines."""
    shares = _widths(table)
    letters = [max(4.0, LETTERS_A_LINE * 1.15 * share / sum(shares) - 2) for share in shares]
    rows = [tuple(column.label for column in table.columns), *(map(_plain, row) for row in table.rows)]
    lines = [
        max(math.ceil(len(without_spans(text)) / width) for text, width in zip(row, letters, strict=True))
        for row in rows
    ]
    return sum(4.3 * max(1, number) + 2.2 for number in lines) + words_height(
        _caption(table.title, table.note)
    )


def _size(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing in points; a square as wide as the page where it does not say."""
    box = ET.fromstring(svg).get("viewBox", "").replace(",", " ").split()
    try:
        width, height = float(box[2]), float(box[3])
    except (IndexError, ValueError):
        width = height = 0.0
    return (width, height) if width > 0 and height > 0 else (2 * NARROW, 2 * NARROW)


def _widths(table: Table) -> list[int]:
    shares = [column.width for column in table.columns]
    return [max(1, round(100 * share / sum(shares))) for share in shares]


def _plain(text: str) -> str:
    """Return a cell without its marks and the targets of its links."""
    return without_spans(text).replace("**", "")
