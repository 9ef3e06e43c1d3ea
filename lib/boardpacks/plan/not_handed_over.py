"""Finds what an executed notebook shows and packs leave out: all that is not handed over as an artefact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from boardpacks.facts.artefacts import MIME
from boardpacks.project.notebook import INJECTED

WAYS = {
    "a data frame": "show it with show_table",
    "a picture": "hand the figure over with show_figure",
    "HTML": "say it in a Markdown cell, or with show_statement or show_table",
    "Markdown": "say it in a Markdown cell, or with show_statement",
    "a widget": "widgets are for JupyterLab only: take it out",
    "printed text": "say it with show_statement, or take the print out",
    "a warning": "mend what it warns of, or silence it with the module warnings",
    "text on standard error": "mend what it tells of, or take it out",
    "a value": "say it with show_statement, or end the line with a semicolon",
}
"""What packs leave out, and what to do instead."""

_FRAME = re.compile(r'class="(?:[^"]* )?dataframe\b|<style[^>]*>\s*#T_')
_WARNING = re.compile(r"\w*Warning\b")
LONGEST = 60


@dataclass(frozen=True)
class LeftOut:
    """One output that packs leave out: the number of its cell, what it is, and how it begins."""

    cell: int
    what: str
    begins: str

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.what} ({self.begins}): {WAYS[self.what]}"


def find_left_out(notebook: bytes) -> tuple[LeftOut, ...]:
    """Return the outputs of an executed notebook that packs leave out, each kind once a cell."""
    found: dict[tuple[int, str], LeftOut] = {}
    number = 0
    for cell in json.loads(notebook)["cells"]:
        if INJECTED in cell.get("metadata", {}).get("tags", []):
            continue
        number += 1
        for what, begins in _outputs(cell.get("outputs", [])):
            found.setdefault((number, what), LeftOut(number, what, begins))
    return tuple(found.values())


def _outputs(outputs: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for output in outputs:
        if output["output_type"] == "stream":
            text = _text(output.get("text", ""))
            if text.strip():
                yield _stream(output.get("name", ""), text), _begin(text)
        elif output["output_type"] in ("display_data", "execute_result") and MIME not in output["data"]:
            data = output["data"]
            kinds = (
                ("text/markdown", "text/plain") if "text/markdown" in data else ("text/plain", "text/html")
            )
            yield _kind(data), _begin(next(filter(None, (_text(data.get(kind, "")) for kind in kinds)), ""))


def _stream(name: str, text: str) -> str:
    if name != "stderr":
        return "printed text"
    return "a warning" if _WARNING.search(text) else "text on standard error"


def _kind(data: Mapping[str, Any]) -> str:
    if "application/vnd.jupyter.widget-view+json" in data:
        return "a widget"
    if any(kind.startswith("image/") for kind in data):
        return "a picture"
    html = _text(data.get("text/html", ""))
    if html:
        return "a data frame" if _FRAME.search(html) else "HTML"
    return "Markdown" if "text/markdown" in data or "text/latex" in data else "a value"


def _text(lines: str | Sequence[str]) -> str:
    return lines if isinstance(lines, str) else "".join(lines)


def _begin(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
