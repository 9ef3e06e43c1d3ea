"""Renders with the pandoc and the Typst that come as Python packages; no Quarto, no network."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.render.documents import LARGE_PRINT, document_name
from boardpacks.packs.render.extension import FILTERS, require_extension
from boardpacks.packs.render.includes import SourceText, read_source
from boardpacks.packs.render.pandoc import Tree, contents_depth, parse, setting, write
from boardpacks.packs.render.typst_pdf import compile_pdf
from boardpacks.packs.render.word import word_document
from boardpacks.project.sealed import write_whole

MIME_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}

_FONT_URL = re.compile(r"url\((fonts/[^)]+)\)")
_IMAGE = re.compile(r'(?<=<img src=")([^":]+)(?=")')


@dataclass(frozen=True)
class BundledEngine:
    """The engine that every installation has. It keeps no state: any number of threads may use it at once."""

    name: str = "bundled"

    def render(self, source: Path, out: Path, formats: Collection[str], date: dt.date) -> Mapping[str, Path]:
        """Make the documents in `out`; see :class:`boardpacks.packs.render.Engine`."""
        text = read_source(source)
        require_extension(text)
        tree = parse(text)
        makers: dict[str, Callable[[], bytes]] = {
            "pdf": lambda: compile_pdf(_as_typst(tree, text), text, date),
            "html": lambda: _as_html(tree, text).encode(),
            "docx": lambda: word_document(tree, text, date),
            "large-print": lambda: compile_pdf(_as_typst(tree, text, large=True), text, date),
        }
        with ThreadPoolExecutor(len(makers), thread_name_prefix="render") as pool:
            rendered = {kind: pool.submit(make) for kind, make in makers.items() if kind in formats}
        made = {kind: out / document_name(kind) for kind in rendered}
        for kind, path in made.items():
            write_whole(path, rendered[kind].result())
        return made


def _filters(source: SourceText) -> list[str]:
    return [arg for name in FILTERS for arg in ("--lua-filter", str(source.extension / name))]


def _as_typst(tree: Tree, source: SourceText, *, large: bool = False) -> str:
    depth = ["--toc", f"--toc-depth={contents_depth(tree)}"] if contents_depth(tree) else []
    template = source.extension / "template.typ"
    args = [
        "--to",
        "typst",
        "--standalone",
        "--wrap=none",
        "--template",
        str(template),
        *_filters(source),
        *depth,
        *(("--metadata", f"{LARGE_PRINT}=true") if large else ()),
    ]
    return write(tree, args, source)


def whole_page(source: SourceText) -> str:
    """Return a source as the page that :meth:`BundledEngine.render` makes of it.

    Raises
    ------
    RenderError
        Everything that is wrong with the source.
    """
    return _as_html(parse(source), source)


def part_of_page(source: SourceText) -> str:
    """Return what stands in the page of a source under its title: its text, with the pictures in it.

    Raises
    ------
    RenderError
        Everything that is wrong with the source.
    """
    tree = parse(source)
    return _with_pictures(write(tree, _html_args(tree, source), source), source)


def _as_html(tree: Tree, source: SourceText) -> str:
    """Return the page with style, fonts, script and pictures in it: it loads nothing."""
    depth = ["--toc", f"--toc-depth={contents_depth(tree) + 1}"] if contents_depth(tree) else []
    whole = ["--standalone", "--template", str(source.extension / "template.html"), *depth]
    page = _with_pictures(write(tree, [*_html_args(tree, source), *whole], source), source)
    style = _FONT_URL.sub(
        lambda found: f"url({_data(source.extension / found[1])})",
        (source.extension / "boardpack.css").read_text(encoding="utf-8"),
    )
    script = (source.extension / "boardpack-script.html").read_text(encoding="utf-8")
    page = page.replace("<!--boardpack-style-->", f"<style>\n{style}</style>", 1)
    return page.replace("<!--boardpack-script-->", script, 1)


def _html_args(tree: Tree, source: SourceText) -> list[str]:
    """The page's title is its only first-level heading, so every heading of the source goes one level down."""
    captions = "above" if setting(tree, "fig-cap-location") == "top" else "below"
    return [
        *("--to", "html5", "--section-divs", "--wrap=none", "--mathml"),
        "--shift-heading-level-by=1",
        f"--figure-caption-position={captions}",
        *_filters(source),
    ]


def _with_pictures(page: str, source: SourceText) -> str:
    return _IMAGE.sub(lambda found: _data(source.folder / found[1].lstrip("/")), page)


def _data(file: Path) -> str:
    kind = "font/woff2" if file.suffix == ".woff2" else MIME_TYPES.get(file.suffix.lower(), "image/svg+xml")
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode('ascii')}"
