"""The format extension that a source carries with it: what both engines make documents with."""

from __future__ import annotations

from boardpacks.charts.fonts import FILES
from boardpacks.packs.render.includes import MAIN, SourceText
from boardpacks.packs.render.source_error import RenderError, SourceFault

FILTERS = ("boardpack.lua", "markup.lua")
"""The extension's filters, in their order. Quarto runs the same, between two of its own."""


def require_extension(source: SourceText) -> None:
    """Raise RenderError when a source is without the extension or its fonts."""
    require_extension_itself(source)
    missing = [name for name in FILES if not (source.extension / "fonts" / name).is_file()]
    if missing:
        raise RenderError(
            [SourceFault("_extensions/boardpack/fonts", f"the fonts are not there: {', '.join(missing)}.")]
        )


def require_extension_itself(source: SourceText) -> None:
    """Raise RenderError when a source is without the extension. A build makes the fonts if they are not there."""
    if not (source.extension / "_extension.yml").is_file():
        raise RenderError(
            [SourceFault(MAIN, "the pack's folder has no _extensions/boardpack. Copy it from reports.")]
        )
