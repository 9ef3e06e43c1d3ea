"""What JupyterLab shows of an artefact: charts on a light card in either theme, words with their facts filled in."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.hand_over import cell_html, plain_words
from boardpacks.charts.theme import GREY, LINE, TEXT
from boardpacks.facts.artefacts import MIME, SVG, Figure, Prose, Table, from_record
from boardpacks.lab.fill_in import fill_in

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

Message = dict[str, Any]
"""A message of Jupyter's own protocol."""

HTML, MARKDOWN = "text/html", "text/markdown"
FAMILY = "Inter, Arial, sans-serif"
CARD = (
    "display:inline-block;margin:4px 0;padding:12px 16px;max-width:100%;box-sizing:border-box;background:#fff;"
    f"color:{TEXT};border:1px solid {LINE};border-radius:4px;font:13px/1.45 {FAMILY}"
)


def view_hook(shell: InteractiveShell) -> Callable[[Message], Message]:
    """Return what a kernel passes each display through: an artefact's is given what JupyterLab shows of it."""

    def look(message: Message) -> Message:
        data = message["content"].get("data", {})
        if MIME in data:
            artefact = from_record(data[MIME])
            if isinstance(artefact, Figure):
                data[HTML] = figure_card(artefact, data.get(SVG, ""))
            elif isinstance(artefact, Table):
                data[HTML] = table_view(artefact)
            elif isinstance(artefact, Prose) and (chapter := open_in(shell)):
                data[MARKDOWN] = fill_in(artefact.markdown, chapter)
        return message

    return look


def open_in(shell: InteractiveShell) -> Chapter | None:
    """Return the chapter that a notebook works with: the one that it opened last."""
    found = [value for value in shell.user_ns.values() if isinstance(value, Chapter)]
    return found[-1] if found else None


def figure_card(figure: Figure, svg: str) -> str:
    """Return a chart with title, note and description, dark on light."""
    drawing = svg.replace("font-family: 'Inter'", f"font-family: {FAMILY}")
    return (
        f'<figure style="{CARD}">'
        f'<figcaption style="font-weight:600;font-size:15px;margin:0 0 8px">{_words(figure.title)}</figcaption>'
        f'<div style="overflow-x:auto">{drawing}</div>{_note(figure.note, f"color:{GREY}")}'
        f'<details style="margin-top:6px;color:{GREY}"><summary style="cursor:pointer">Description for those who do '
        f'not see the chart</summary><div style="max-width:48em">{_words(figure.alt)}</div></details></figure>'
    )


def table_view(table: Table) -> str:
    """Return a table with title and note, its columns aligned as a pack aligns them."""
    sides = ["center" if column.align == "centre" else column.align for column in table.columns]

    def row(tag: str, cells: list[str]) -> str:
        made = (
            f'<{tag} style="text-align:{side};white-space:normal">{cell}</{tag}>'
            for side, cell in zip(sides, cells, strict=True)
        )
        return f"<tr>{''.join(made)}</tr>"

    title = f'<caption style="text-align:left;font-weight:600;padding:4px 0">{_words(table.title)}</caption>'
    head = row("th", [_words(column.label) for column in table.columns])
    body = "".join(row("td", [cell_html(cell) for cell in cells]) for cells in table.rows)
    return f'<table style="margin-left:0">{title}<thead>{head}</thead><tbody>{body}</tbody></table>{_note(table.note)}'


def _note(note: str, style: str = "") -> str:
    return (
        f'<p style="margin:6px 0 10px;max-width:48em;font-size:12px;{style}">{_words(note)}</p>'
        if note
        else ""
    )


def _words(markdown: str) -> str:
    return html.escape(plain_words(markdown))
