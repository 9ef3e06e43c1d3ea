"""Makes working papers: each executed notebook as one web page, code folded and results in view."""

from __future__ import annotations

import base64
import html
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import PackageLoader

from boardpacks.facts.artefacts import MIME, SVG
from boardpacks.facts.spans import without_spans
from boardpacks.packs.compose.quotes import fill_quotes
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.pictures import get_pictures
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown
from boardpacks.project.notebook import INJECTED, cell_number, tags

ENDING = "_working-paper_{notebook}.html"
"""How the name of a chapter's working paper ends."""

_TEMPLATE = "working_paper.html"
_SHOWN = ("text/html", "text/markdown", SVG, "image/png", "image/jpeg", "text/plain")
"""What is shown of an output that is no artefact: the first of these that it has."""

_ABOUT = ("kind", "name", "title", "note", "alt")
_ESCAPED = {ord(sign): f"%{ord(sign):02X}" for sign in '%#&"'}
_SPACES = re.compile(r"\s+")
_FONT = re.compile(r"(?<=font-family: )'Inter'(?=[;\"])")
"""The font of our drawings; a picture cannot see the page's fonts, and needs to know what to take instead."""
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")
_SOURCE = re.compile(r'(?<=<img src=")pictures/[^"]+(?=")')
_WIDTH = re.compile(r"<svg\b[^>]*\swidth=\"(?P<points>[0-9.]+)pt\"")
_PIXELS = 4 / 3
_SMALLEST = 0.8
_HEADING = re.compile(r"<h1>Working paper: (?P<title>[^<]+)</h1>")
_TITLE = re.compile(r"\A\s*#[ \t][^\n]*\n?")
_NOTE = re.compile(r"\[\^[\w-]+-(?P<label>\w+)\]")
_PICTURE = re.compile(
    r'!\[(?P<caption>[^\n]*?)\]\((?P<path>pictures/[^)]+)\)\{fig-alt="(?P<alt>(?:[^"\\]|\\.)*)"\}'
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_REFERENCE = re.compile(r"@(?P<kind>fig|tbl)-(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)")
_INDICATOR_LINK = re.compile(r"\[(?P<words>[^\[\]]+)\]\(#indicator-[^)\s]*\)")
_REFERRED = {"fig": "the chart", "tbl": "the table"}


def working_papers(pack: PackContent, root: Path) -> dict[str, bytes]:
    """Return the working paper of each chapter, by the ending of its file name.

    Parameters
    ----------
    pack
        Its notebooks have been executed; what their prose quotes is filled in.
    root
        The project's folder, whose name no paper shows.
    """
    hide = _hide([root, root.resolve(), Path.home(), Path(sys.prefix)])
    plan = pack.plan
    filled = fill_quotes(pack.chapters, pack.params, plan.place)
    pictures = {path: _picture(path, content) for path, content in get_pictures(pack).items()}
    about = {
        "place": plan.place_name,
        "board": plan.calendar.board,
        "meeting": plan.day,
        "status": plan.status,
        "version": plan.version,
        "confidential": plan.part == "confidential",
        "organisation": pack.params.system.organisation,
    }
    return {
        ENDING.format(notebook=chapter.id): hide(_paper(run.out, chapter, about, pictures)).encode()
        for run, chapter in zip(plan.chapters, filled, strict=True)
    }


def paper_title(path: Path) -> str:
    """Return the title of the chapter that a working paper is of; of one without, what its file name says."""
    if found := _HEADING.search(path.read_text(encoding="utf-8", errors="replace")):
        return html.unescape(found["title"])
    notebook = path.name.rpartition(ENDING.partition("{")[0])[2].removesuffix(".html")
    return re.sub(r"[_-]+", " ", notebook).strip().capitalize()


def _paper(
    executed: Path, chapter: ChapterContent, about: Mapping[str, object], pictures: Mapping[str, str]
) -> str:
    cells = _read(executed)
    markdown = [item for item in chapter.items if isinstance(item, Markdown)]
    texts = {item.cell: item.text for item in markdown if not item.is_made}
    _fill_in(cells, [item for item in markdown if item.is_made], markdown[:1])
    anchors = {artefact.name for artefact in chapter.artefacts}
    shown: list[dict[str, Any]] = []
    for index, cell in enumerate(cells):
        number = cell_number(cells, index)
        if cell.cell_type == "markdown":
            text = texts.get(number, "")
            source = _readable(text if shown else _TITLE.sub("", text, count=1), anchors)
            shown.append({"cell_type": "markdown", "id": f"cell-{number}", "metadata": {}, "source": source})
        elif cell.cell_type == "code":
            given = INJECTED in tags(cell)
            shown.append(
                {
                    "cell_type": "code",
                    "id": f"cell-{number}{'-given' if given else ''}",
                    "metadata": {"label": "Parameters of this run" if given else f"Code of cell {number}"},
                    "source": cell.source,
                    "outputs": [made for output in cell.outputs for made in _output(output, number, anchors)],
                }
            )
    notebook = nbformat.from_dict({"cells": shown, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    paper = {**about, "title": chapter.title, "notebook": chapter.notebook}
    made, _ = _exporter().from_notebook_node(notebook, resources={"paper": paper})
    return _SOURCE.sub(lambda found: pictures.get(found[0], found[0]), str(made))


def _fill_in(
    cells: Sequence[nbformat.NotebookNode], made: Sequence[Markdown], first: Sequence[Markdown]
) -> None:
    """Put what the pack says in place of the Markdown that code handed over; the paper has the title already."""
    prose = [
        output for cell in cells for output in cell.get("outputs", []) if output.about["kind"] == "prose"
    ]
    for output, item in zip(prose, made, strict=True):
        output.data["text/markdown"] = _TITLE.sub("", item.text, count=1) if item in first else item.text


def _picture(path: str, content: bytes) -> str:
    kind = "image/png" if path.endswith(".png") else "image/jpeg"
    return _address(kind, base64.b64encode(content).decode("ascii"))


def _read(executed: Path) -> list[nbformat.NotebookNode]:
    """Return the cells of an executed notebook; of each artefact's record only what is shown of it."""
    notebook = json.loads(executed.read_bytes())
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            record = output.get("data", {}).pop(MIME, {})
            output["about"] = {name: record.get(name, "") for name in _ABOUT}
    return list(nbformat.from_dict(notebook).cells)


def _output(output: nbformat.NotebookNode, cell: int, anchors: set[str]) -> Iterable[Mapping[str, Any]]:
    """Return an output in the one form that is shown; what a program says to its operator (stderr) is left out."""
    if output.output_type == "stream":
        printed = {"printed": output.text}
        return [{"data": printed, "about": output.about}] if output.name == "stdout" else []
    data = output.get("data", {})
    kind = next((kind for kind in _SHOWN if kind in data), None)
    if kind is None:
        return []
    content = data[kind]
    about = {
        **output.about,
        "alt": output.about.alt or f"Picture that cell {cell} shows",
        "least": _least(content) if kind == SVG else 0,
    }
    if kind.startswith("image/"):
        kind, content = "picture", _address(kind, content)
    elif kind == "text/markdown":
        content = _readable(content, anchors)
    return [{"data": {kind.removeprefix("text/"): content}, "about": about}]


def _address(kind: str, content: str) -> str:
    """Return a picture as an address of its own: ids of two drawings on a page cannot clash, and none can act."""
    if kind == SVG:
        drawing = _FONT.sub("Inter, Arial, Helvetica, sans-serif", _SPACES.sub(" ", content))
        return f"data:{kind};charset=utf-8,{drawing.translate(_ESCAPED)}"
    return f"data:{kind};base64,{_NOT_BASE64.sub('', content)}"


def _least(content: str) -> int:
    """Return the width in pixels below which a drawing is not made smaller, but scrolls; 0 if it says no width."""
    found = _WIDTH.match(content)
    return round(float(found["points"]) * _PIXELS * _SMALLEST) if found else 0


def _readable(markdown: str, anchors: set[str]) -> str:
    """Return Markdown without the marks that only a pack understands."""

    def refer(found: re.Match[str]) -> str:
        words = _REFERRED[found["kind"]]
        return f"[{words}](#{found['name']})" if found["name"] in anchors else words

    text = _PICTURE.sub(r"![\g<alt>](\g<path>) \g<caption>", without_spans(markdown))
    text = _NOTE.sub(r"\[^\g<label>\]", text)
    return _REFERENCE.sub(refer, _INDICATOR_LINK.sub(lambda found: found["words"], text))


def _hide(folders: Iterable[Path]) -> Any:
    """Return what takes the names of folders of this machine out of a text."""
    names = sorted({str(folder) for folder in folders if len(folder.parts) > 1}, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w/])(?:{'|'.join(map(re.escape, names))})(?=[/\\'\"\s<&:]|$)")
    return lambda text: pattern.sub("…", text)


@cache
def _exporter() -> Any:
    """Return the exporter, which takes longer to make than a paper does. It keeps nothing of what it exported."""
    from nbconvert.exporters.templateexporter import TemplateExporter  # noqa: PLC0415 - slow to import
    from nbconvert.filters.highlight import Highlight2HTML  # noqa: PLC0415
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath  # noqa: PLC0415
    from nbconvert.preprocessors.sanitize import SanitizeHTML  # noqa: PLC0415

    class Renderer(IPythonRenderer):
        """Shows breaks as such, comments not at all, and other HTML as text."""

        def inline_html(self, html: str) -> str:
            return html if _BREAK.fullmatch(html) else str(super().inline_html(_COMMENT.sub("", html)))

        def block_html(self, html: str) -> str:
            rest = _COMMENT.sub("", html)
            return str(super().block_html(rest)) if rest.strip() else ""

    renderer = Renderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
    markdown = MarkdownWithMath(renderer=renderer)
    exporter = TemplateExporter(
        template_file=_TEMPLATE,
        default_preprocessors=[],  # each would have the notebook validated once more, which takes half of the time
        extra_loaders=[PackageLoader("boardpacks.packs.library", "templates")],
        filters={
            "markdown2html": markdown.render,
            "highlight_code": Highlight2HTML(pygments_lexer="python"),
            "sanitize": SanitizeHTML(strip=True).sanitize_html_tags,
        },
    )
    exporter.template  # noqa: B018 - made here, before threads share it
    return exporter
