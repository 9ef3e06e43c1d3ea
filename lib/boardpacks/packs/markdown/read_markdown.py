"""Reads one Markdown text, cell by cell and token by token, and writes what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from boardpacks.packs.markdown import instead
from boardpacks.packs.markdown.inline import Inline
from boardpacks.packs.markdown.parser import ATTRIBUTES, parser
from boardpacks.packs.markdown.text_faults import Faults, MarkdownHeading, Picture, ReadMarkdown
from boardpacks.project.signs import ALLOWED, foreign_signs, named

_ATTRIBUTES = re.compile(r"(?:[#.][A-Za-z][\w-]*)(?:\s+[#.][A-Za-z][\w-]*)*")
_LABEL = re.compile(r"#([A-Za-z][\w-]*)")
_TASK = re.compile(r"\[[ xX]\](?:\s|$)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAKS = re.compile(r"(?:<br\s*/?>\s*)+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z][\w+-]*(?=\s|$)")
_NOTE = re.compile(r"[\w-]+")
_TICKS = re.compile(r"^\s*`+", re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{<")
_ALIGNED = {"text-align:left": ":--", "text-align:right": "--:", "text-align:center": ":-:"}
ATTACHMENT = "attachment:"
WIDEST_CELL = 40
"""Signs from which on a cell makes its column no wider."""


NO_ATTACHMENTS: Mapping[str, Mapping[str, str]] = {}


def read_markdown(
    source: str, faults: Faults, key: str, attachments: Mapping[str, Mapping[str, str]] = NO_ATTACHMENTS
) -> ReadMarkdown:
    """Return what a Markdown text means; what packs do not show goes to `faults`.

    Parameters
    ----------
    source
        The text as JupyterLab shows it by itself.
    key
        Letters, digits and hyphens that no other text of the pack has: footnotes and pictures are named by it.
    attachments
        The pictures pasted into the cell, by name: each in base 64 by its type.
    """
    env: dict[str, Any] = {}
    tree = SyntaxTreeNode(parser().parse(source, env))
    for number, line in enumerate(source.splitlines()):
        if _SHORTCODE.search(line):
            faults.add(number, line.strip(), instead.NO_SHORTCODE)
    for twice in env.get("duplicate_refs", []):
        faults.add(
            twice["map"][0], f"[{twice['label'].lower()}]", "a name that only one link of this cell has"
        )
    writer = _Writer(faults, key, attachments)
    writer.name_notes(tree)
    text = "\n".join(writer.blocks(tree.children))
    return ReadMarkdown(text, tuple(writer.headings), tuple(writer.pictures))


@dataclass
class _Writer:
    faults: Faults
    key: str
    attachments: Mapping[str, Mapping[str, str]]
    headings: list[MarkdownHeading] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def name_notes(self, tree: SyntaxTreeNode) -> None:
        """Give every footnote a name of its own in the pack."""
        nodes = list(tree.walk())
        defined = [node for node in nodes if node.type == "footnote_reference"]
        used = {node.meta["label"] for node in nodes if node.type == "footnote_ref"}
        for node in defined:
            label = node.meta["label"]
            if not _NOTE.fullmatch(label):
                self.faults.add(
                    _line(node), f"[^{label}]", "a footnote's name of letters, digits and hyphens"
                )
            elif label in self.notes:
                self.faults.add(
                    _line(node), f"[^{label}]: once more", "a name that only one footnote of this cell has"
                )
            elif label not in used:
                self.faults.add(
                    _line(node), f"[^{label}]:", f"a footnote that the cell's text marks: [^{label}]"
                )
            if any(inner.type == "footnote_ref" for inner in node.walk()):
                self.faults.add(_line(node), f"[^{label}]:", "a footnote without a footnote of its own")
            self.notes[label] = f"{self.key}-{label}"

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[str]:
        """Return the lines of some blocks, with a blank line between two."""
        lines: list[str] = []
        before = ""
        for node in nodes:
            made = self._block(node)
            if not made:
                continue
            kind = f"{node.type} {node.markup}" if node.type == "ordered_list" else node.type
            if kind == before and node.type.endswith("_list"):
                self.faults.add(
                    _line(node), f"a second list right below the first, with {node.markup}",
                    "one list with one mark, or words between two lists",
                )  # fmt: skip
            lines += ["", *made] if lines else made
            before = kind
        return lines

    def _block(self, node: SyntaxTreeNode) -> list[str]:
        return getattr(self, f"_{node.type}")(node)  # type: ignore[no-any-return]

    def _paragraph(self, node: SyntaxTreeNode) -> list[str]:
        text = Inline(self.faults, _line(node), self.notes, self._picture).write(node.children[0])
        return text.split("\n") if text else []

    def _picture(self, name: str, line: int) -> Picture:
        suffix = name.rpartition(".")[2].lower()
        path = f"pictures/{self.key}-{len(self.pictures) + 1}.{suffix}"
        pasted = ""
        if name.startswith(ATTACHMENT):
            kinds = self.attachments.get(name.removeprefix(ATTACHMENT), {})
            pasted = next((data for kind, data in kinds.items() if kind in ("image/png", "image/jpeg")), "")
            if not pasted:
                self.faults.add(
                    line, name, f"{instead.PICTURES}; this one is not among those pasted into the cell"
                )
        self.pictures.append(Picture(path, name, line + 1, pasted))
        return self.pictures[-1]

    def _heading(self, node: SyntaxTreeNode) -> list[str]:
        level, line = int(node.tag[1:]), _line(node)
        attributes = str(node.meta.get(ATTRIBUTES, ""))
        writer = Inline(self.faults, line, self.notes, self._picture, in_heading=True)
        text = writer.write(node.children[0]) if node.children else ""
        if node.parent is not None and node.parent.type != "root":
            self.faults.add(
                line, writer.words, "a heading that stands by itself, in no list and no quotation"
            )
        if not text:
            self.faults.add(line, "#" * level, "a heading with words")
        if attributes and not _ATTRIBUTES.fullmatch(attributes):
            self.faults.add(line, f"{{{attributes}}}", "a label behind a heading, such as {#sec-prevention}")
        label = _LABEL.search(attributes)
        self.headings.append(MarkdownHeading(level, writer.words, label[1] if label else "", line + 1))
        if text.endswith("#") and not text.endswith(
            "\\#"
        ):  # pandoc and CommonMark would take it for a closing mark
            text = f"{text[:-1]}\\#"
        return [f"{'#' * level} {text}" + (f" {{{attributes}}}" if attributes else "")]

    def _lheading(self, node: SyntaxTreeNode) -> list[str]:
        return self._heading(node)

    def _bullet_list(self, node: SyntaxTreeNode) -> list[str]:
        return self._items(node, ["- "] * len(node.children))

    def _ordered_list(self, node: SyntaxTreeNode) -> list[str]:
        start = int(node.attrs.get("start", 1))
        return self._items(node, [f"{start + n}{node.markup} " for n in range(len(node.children))])

    def _items(self, node: SyntaxTreeNode, marks: Sequence[str]) -> list[str]:
        made = [self._item(item, mark) for item, mark in zip(node.children, marks, strict=True)]
        loose = any("" in lines for lines in made) or any(
            not inner.hidden for item in node.children for inner in item.children if inner.type == "paragraph"
        )
        lines: list[str] = []
        for item in made:
            lines += ["", *item] if loose and lines else item
        return lines

    def _item(self, node: SyntaxTreeNode, mark: str) -> list[str]:
        first = node.children[0] if node.children else None
        if first is not None and first.type == "paragraph" and _TASK.match(first.children[0].content):
            self.faults.add(_line(node), f"{mark}{first.children[0].content}", instead.NO_TASKS)
        tight = [child.type for child in node.children[:2]] in (
            ["paragraph", "bullet_list"],
            ["paragraph", "ordered_list"],
        )
        if len(node.children) == 2 and tight and node.children[0].hidden:
            lines = self._block(node.children[0]) + self._block(node.children[1])
        else:
            lines = self.blocks(node.children)
        if not lines:
            self.faults.add(_line(node), mark.strip(), "a list item with words")
            return []
        return list(_prefixed(lines, mark, " " * len(mark)))

    def _blockquote(self, node: SyntaxTreeNode) -> list[str]:
        return [f"> {line}".rstrip(" ") for line in self.blocks(node.children)]

    def _hr(self, _node: SyntaxTreeNode) -> list[str]:
        return ["***"]

    def _fence(self, node: SyntaxTreeNode) -> list[str]:
        language = _LANGUAGE.match(node.info.strip())
        if signs := foreign_signs(node.content):
            self.faults.add(_line(node), named(signs), f"signs that packs can show: {ALLOWED}")
        longest = max((len(found.strip()) for found in _TICKS.findall(node.content)), default=0)
        ticks = "`" * max(3, longest + 1)
        return [
            f"{ticks}{language[0] if language else ''}",
            *node.content.removesuffix("\n").split("\n"),
            ticks,
        ]

    def _code_block(self, node: SyntaxTreeNode) -> list[str]:
        return self._fence(node)

    def _html_block(self, node: SyntaxTreeNode) -> list[str]:
        rest = _COMMENT.sub("", node.content).strip()
        if rest.startswith("<!--"):
            self.faults.add(_line(node), rest, "a comment that ends with -->")
        elif rest.startswith("<") and not _BREAKS.fullmatch(rest):
            self.faults.add(_line(node), rest.split(">")[0] + ">", instead.instead_of_html(rest))
        elif rest and not _BREAKS.fullmatch(rest):
            self.faults.add(
                _line(node), node.content, "a comment on lines of its own, with a blank line after it"
            )
        return []

    def _math_block(self, node: SyntaxTreeNode) -> list[str]:
        self.faults.add(_line(node), f"$${node.content}$$", instead.NO_FORMULA)
        return []

    def _footnote_reference(self, node: SyntaxTreeNode) -> list[str]:
        name = self.notes[node.meta["label"]]
        lines = self.blocks(node.children)
        if not lines:
            self.faults.add(_line(node), f"[^{node.meta['label']}]:", "a footnote with words")
        return list(_prefixed(lines, f"[^{name}]: ", "    "))

    def _table(self, node: SyntaxTreeNode) -> list[str]:
        rows = [row for part in node.children for row in part.children]
        if len(rows) < 2:
            self.faults.add(
                _line(node), "a table of one row", "a table with rows below the names of its columns"
            )
        made = [[self._cell(cell, row) for cell in row.children] for row in rows]
        for number, name in enumerate(made[0], start=1):
            if not name:
                self.faults.add(
                    _line(rows[0]), f"no name for column {number}", "a table whose columns all have names"
                )
        aligned = [str(cell.attrs.get("style", "")) for cell in rows[0].children]
        widths = [min(WIDEST_CELL, max(3, *map(len, column))) for column in zip(*made, strict=True)]
        rule = [_rule(style, width) for style, width in zip(aligned, widths, strict=True)]
        return [f"| {' | '.join(row)} |" for row in (made[0], rule, *made[1:])]

    def _cell(self, cell: SyntaxTreeNode, row: SyntaxTreeNode) -> str:
        writer = Inline(self.faults, _line(row), self.notes, self._picture, in_cell=True)
        return writer.write(cell.children[0]) if cell.children else ""


def _rule(style: str, width: int) -> str:
    marks = _ALIGNED.get(style, "---")
    return f"{marks[0]}{'-' * (width - 2)}{marks[2]}"


def _prefixed(lines: Sequence[str], first: str, others: str) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (
            f"{first if number == 0 else others}{line}".rstrip(" ")
            if not line
            else (f"{first if number == 0 else others}{line}")
        )


def _line(node: SyntaxTreeNode) -> int:
    """Return the line that a block begins in, from 0."""
    while node.map is None and node.parent is not None:
        node = node.parent
    return node.map[0] if node.map else 0
