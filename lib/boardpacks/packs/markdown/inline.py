"""Writes the words of one paragraph, heading or cell as Markdown that CommonMark and pandoc read alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from markdown_it.tree import SyntaxTreeNode

from boardpacks.packs.markdown import instead
from boardpacks.packs.markdown.escape import attribute
from boardpacks.packs.markdown.literal import line_start, literal
from boardpacks.packs.markdown.parser import ATTRIBUTES
from boardpacks.packs.markdown.placeholders import nearest
from boardpacks.packs.markdown.text_faults import Faults, Picture
from boardpacks.project.signs import ALLOWED, foreign_signs, named

BREAK = "\\\n"
BREAK_IN_CELL = "<br>"

_SCHEMES = ("http", "https", "mailto", "tel")
_SUFFIX = re.compile(r"\.(?:png|jpe?g)$", re.IGNORECASE)
_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--")
_TICKS = re.compile(r"`+")
_SIGNS = r"[^\s()<>\[\]{}|\\\"]"
_ADDRESS = re.compile(
    rf"(?<![\w.])(?:https?://|www\.){_SIGNS}*(?:\({_SIGNS}*\){_SIGNS}*)*(?<=[\w/=)])"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?<![-_])"
)
_LINK_NAME = re.compile(r"\](?: ?)\[(?P<name>[^\[\]]*)\]")
_SAFE = re.compile(r"[^\s()<>\\\"`|*_$@^~{}\[\]]+")
_GOES_ON = re.compile(r"[:.#$%&\-+?<>~/](?=\w)")
_PLACE = "{place}"


@dataclass
class Inline:
    """Writes one line of words.

    Parameters
    ----------
    faults
        Takes what packs do not show.
    line
        The line that the words begin in, from 0.
    notes
        The names that footnotes have in the pack, by the author's.
    picture
        Returns where a picture goes, by its name.
    in_cell, in_heading
        Whether the words stand in a table's cell, or are a heading.
    """

    faults: Faults
    line: int
    notes: Mapping[str, str]
    picture: Callable[[str, int], Picture]
    in_cell: bool = False
    in_heading: bool = False
    plain: list[str] = field(default_factory=list)
    _out: list[str] = field(default_factory=list)
    _run: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _last: str = ""

    MARKS: ClassVar[Mapping[str, str]] = {"em": "*", "strong": "**", "s": "~~"}

    def write(self, inline: SyntaxTreeNode) -> str:
        """Return the words of an inline node, on one line but for hard breaks."""
        for node in inline.children:
            self._node(node)
        self._flush()
        lines = "".join(self._out).strip(" ").split(BREAK)
        while lines and not lines[-1].strip(" "):
            lines.pop()
        while lines and not lines[0].strip(" "):
            lines.pop(0)
        return BREAK.join(line_start(line.strip(" ")) or "\u00a0" for line in lines)

    @property
    def words(self) -> str:
        """What was written, in plain text."""
        return " ".join("".join(self.plain).split())

    def _node(self, node: SyntaxTreeNode) -> None:
        known = getattr(self, f"_{node.type}", None)
        if known is None:
            self._refuse(node.content or node.type, "words")
        else:
            known(node)

    def _refuse(self, found: str, allowed: str, hint: str = "") -> None:
        self.faults.add(self.line, found, allowed, hint)

    def _say(self, words: str) -> None:
        self.plain.append(words)
        if signs := foreign_signs(words):
            self._refuse(named(signs), f"signs that packs can show: {ALLOWED}")

    # Words ---------------------------------------------------------------------------------------------------
    def _text(self, node: SyntaxTreeNode) -> None:
        self._say(node.content)
        self._run.append(node.content)

    def _text_special(self, node: SyntaxTreeNode) -> None:
        self._say(node.content)
        if node.info == "escape" and node.content != node.markup:
            self._raw(node.markup)
        else:
            self._run.append(node.content)

    def _softbreak(self, _node: SyntaxTreeNode) -> None:
        self.line += 1
        self.plain.append(" ")
        self._run.append(" ")

    def _hardbreak(self, _node: SyntaxTreeNode) -> None:
        self._break()
        self.line += 1

    def _break(self) -> None:
        self.plain.append(" ")
        if self.in_heading:
            self._run.append(" ")
        else:
            self._raw(BREAK_IN_CELL if self.in_cell else BREAK)

    def _flush(self) -> None:
        """Write the words gathered so far; addresses among them become links, as in JupyterLab."""
        text = "".join(self._run)
        self._run.clear()
        if not text:
            return
        for found in _LINK_NAME.finditer(text):
            self._refuse(
                found[0][1:].strip(), "the name of a link that this cell defines: [name]: https://..."
            )
        if self._last == "reference" and _GOES_ON.match(text):
            self._put("\\")
            self._put(text[0])
            text = text[1:]
        at = 0
        for found in () if "link" in self._open else _ADDRESS.finditer(text):
            self._put(literal(text[at : found.start()]))
            self._put(_address(found[0]))
            at = found.end()
        if rest := text[at:]:
            self._put(literal(rest))
        self._last = "text"

    def _put(self, markdown: str) -> None:
        if not markdown:
            return
        before = self._out[-1] if self._out else ""
        if markdown[0] == " " and before.endswith((" ", BREAK)):
            markdown = markdown.lstrip(" ")
        if before.endswith("!") and not before.endswith("\\!") and markdown[0] == "[":
            self._out[-1] = f"{before[:-1]}\\!"
        self._out.append(markdown)

    def _raw(self, markdown: str, kind: str = "raw") -> None:
        self._flush()
        before = self._out[-1] if self._out else ""
        if kind == "reference" and before.endswith("-") and not before.endswith("\\-"):
            self._out[-1] = f"{before[:-1]}\\-"  # pandoc would read -@ as one mark
        self._put(markdown)
        self._last = kind

    # Marks ---------------------------------------------------------------------------------------------------
    def _em(self, node: SyntaxTreeNode) -> None:
        self._marked(node)

    def _strong(self, node: SyntaxTreeNode) -> None:
        self._marked(node)

    def _s(self, node: SyntaxTreeNode) -> None:
        self._marked(node)

    def _marked(self, node: SyntaxTreeNode) -> None:
        mark = self.MARKS[node.type]
        if node.type in self._open:  # bold inside bold is bold
            for child in node.children:
                self._node(child)
            return
        self._flush()
        if self._last == "close" or (self._last == "text" and self._out[-1].endswith("\\" + mark[0])):
            self._refuse("".join(self.plain)[-30:] + mark, "a blank between words of different type")
        start = len(self._out)
        self._raw(mark, "open")
        self._open.append(node.type)
        for child in node.children:
            self._node(child)
        self._flush()
        self._open.pop()
        inner = "".join(self._out[start + 1 :])
        is_loose = (
            inner != inner.strip(" \u00a0\n") or inner.startswith(BREAK) or inner.endswith(BREAK_IN_CELL)
        )
        if not inner.strip() or is_loose:
            words = "".join(child.content for child in node.children)
            self._refuse(
                f"{mark}{words}{mark}", f"words right between {mark} and {mark}, without a blank or break"
            )
        self._out.append(mark)
        self._last = "close"

    def _code_inline(self, node: SyntaxTreeNode) -> None:
        content = node.content
        self._say(content)
        if self.in_cell and "|" in content:
            self._refuse(f"`{content}`", "code without | in a table's cell")
        ticks = "`" * (1 + max(map(len, _TICKS.findall(content)), default=0))
        pad = " " if content.startswith("`") or content.endswith("`") or not content.strip() else ""
        self._flush()
        if self._last == "code":
            self._refuse(f"`{content}`", "a blank between two pieces of code")
        self._raw(f"{ticks}{pad}{content}{pad}{ticks}", "code")

    def _link(self, node: SyntaxTreeNode) -> None:
        href = str(node.attrs["href"])
        place = f"#{href[1:]}" if href.startswith("#") and len(href) > 1 else ""
        parts = urlsplit(href)
        if "%7B" in href:
            self._refuse(unquote(href), "an address without words in braces")
        elif not place and (parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.path)):
            self._refuse(unquote(href) or "a link that leads nowhere", instead.LINKS)
        if node.markup == "autolink":
            self._say("".join(child.content for child in node.children))
            words = node.children[0].content
            self._raw(f"<{words}>" if words == href else f"[{literal(words)}](<{href}>)")
            return
        title = str(node.attrs.get("title", ""))
        self._raw("[", "open")
        self._open.append("link")
        for child in node.children:
            self._node(child)
        self._flush()
        self._open.pop()
        target = href if _SAFE.fullmatch(href) else f"<{href}>"
        named_ = f' "{attribute(title)}"' if title else ""
        self._out.append(f"]({target}{named_})")
        self._last = "raw"

    def _image(self, node: SyntaxTreeNode) -> None:
        caption, alt = "", "".join(_plain(child) for child in node.children).strip()
        if ATTRIBUTES in node.meta:
            inner = Inline(self.faults, self.line, self.notes, self.picture, self.in_cell)
            caption = inner.write(node)
            alt = str(node.meta[ATTRIBUTES]).strip()
        name = unquote(str(node.attrs["src"]))
        if not alt:
            self._refuse(
                f"![]({name})", "a description for those who do not see it: ![what the picture shows](...)"
            )
        if foreign := foreign_signs(alt):
            self._refuse(named(foreign), f"signs that packs can show: {ALLOWED}")
        if "{fact" in alt:
            self._refuse(alt, "a description of a picture without quoted facts")
        beside = (
            not urlsplit(name).scheme and not name.startswith(("/", "\\")) and ".." not in name.split("/")
        )
        if not (name.startswith("attachment:") or (beside and name)) or not _SUFFIX.search(name):
            self._refuse(name or "![]()", instead.PICTURES)
            return
        words = attribute(alt).replace(attribute(_PLACE), _PLACE)
        path = self.picture(name, self.line).path
        self._raw(f'![{caption}]({path}){{fig-alt="{words}"}}')

    def _picture_attributes(self, node: SyntaxTreeNode) -> None:
        self._refuse(node.content, 'nothing, or {fig-alt="what the picture shows"}, behind a picture')

    # Marks of packs ------------------------------------------------------------------------------------------
    def _fact_span(self, node: SyntaxTreeNode) -> None:
        self._say(node.content[1:].split("]{")[0])
        self._raw(" ".join(node.content.split()))

    def _placeholder(self, node: SyntaxTreeNode) -> None:
        self.line += node.content.count("\n")
        self.plain.append(node.content)
        self._raw(" ".join(node.content.split()))

    def _nearly(self, node: SyntaxTreeNode) -> None:
        code = node.content.replace("`", "")
        self._refuse(
            node.content, f"{{fact NAME}} or {{place}}; between back quotes, `{code}`, signs are left as they are",
            f"did you mean {nearest(node.content)}?",
        )  # fmt: skip

    def _reference(self, node: SyntaxTreeNode) -> None:
        label = node.content[1:]
        if label != label.lower() or "_" in label:
            self._refuse(
                node.content, "a label in lower-case letters, digits and hyphens, such as @fig-trend"
            )
        self.plain.append(node.content)
        self._raw(node.content, "reference")

    def _footnote_ref(self, node: SyntaxTreeNode) -> None:
        label = str(node.meta["label"])
        if label not in self.notes:
            self._refuse(
                f"[^{label}]", f"a footnote that this cell has: begin a line with [^{label}]: and its words"
            )
            return
        self._raw(f"[^{self.notes[label]}]")

    # What packs do not show ----------------------------------------------------------------------------------
    def _html_inline(self, node: SyntaxTreeNode) -> None:
        if _BR.fullmatch(node.content):
            self._break()
        elif not _COMMENT.match(node.content) and not node.content.startswith("</"):
            self._refuse(node.content, instead.instead_of_html(node.content))
        self.line += node.content.count("\n")

    def _tex(self, node: SyntaxTreeNode) -> None:
        self._refuse(node.content, instead.NO_TEX)

    def _math_inline(self, node: SyntaxTreeNode) -> None:
        self._refuse(f"{node.markup}{node.content}{node.markup}", instead.NO_FORMULA)

    def _math_inline_double(self, node: SyntaxTreeNode) -> None:
        self._math_inline(node)


def _address(address: str) -> str:
    """Return the link that JupyterLab makes of an address among words."""
    if address.startswith(("http://", "https://")):
        return f"<{address}>"
    return f"[{literal(address)}](<{'http://' if address.startswith('www.') else 'mailto:'}{address}>)"


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    return "".join(_plain(child) for child in node.children) if node.children else node.content
