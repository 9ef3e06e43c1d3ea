"""Gives JupyterLab's page the fonts that charts are measured in: with others, words would not fit."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

from IPython.display import display

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.project.folder import find_project

WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
"""Styles that charts are drawn in, with their weights."""


def load_fonts() -> None:
    """Load the fonts into the page that shows the notebook; they stay until it is closed."""
    # By script, not by a style sheet: JupyterLab takes outputs that are out of sight off the page
    display({"text/html": _script(), "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]


@cache
def _script() -> str:
    folder = find_project(None).fonts
    ensure_fonts(folder)
    loads = [
        f'new FontFace("Inter", "url(data:font/woff2;base64,{_content(folder / f"Inter-{style}.woff2")})", '
        f'{{weight: "{weight}"}}).load().then(font => document.fonts.add(font));'
        for style, weight in WEIGHTS.items()
    ]
    return f"<script>{''.join(loads)}</script>"


def _content(font: Path) -> str:
    return b64encode(font.read_bytes()).decode()
