"""Makes the pictures of docs/pictures anew from the real thing, with the frozen figures: ``make pictures``.

A secretary's way is walked by its commands, as ``tests/end_to_end/test_secretary.py`` does, and a pack is built for
the README. Pictures are of the PDFs, the library's pages, a message and the form's cells as they come out.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import os
import shutil
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
from openpyxl import load_workbook
from PIL import Image
from typer.testing import CliRunner

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.cli import app
from boardpacks.meetings import layout
from boardpacks.project.folder import Project
from tests.browser.chromium import FLAGS, NAMES
from tests.end_to_end import secretary
from tests.end_to_end.secretary import HELD, Walk, walk_cycle
from tests.end_to_end.short import short_project
from tests.frozen import CHECKOUT, copy_with_frozen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = CHECKOUT.root / "docs" / "pictures"
README_PLACE = "barking-and-dagenham"
README_PAGES = ("Three things that need attention", "Children aged 10 to 11 living with obesity")
STYLE = "table{font:12px Arial;width:880px;table-layout:fixed}td{padding:3px;vertical-align:top;white-space:pre-wrap}"


def make_pictures(browser: Browser, folder: Path) -> None:
    """Make every picture; what they are made from comes into a folder."""
    ensure_fonts(CHECKOUT.fonts)
    frozen = copy_with_frozen(CHECKOUT, folder / "frozen")
    walk = walked(frozen, folder)
    drafted = walk.pdf("draft", "havering", "_DRAFT")
    merged = walk.pdf("correction", "havering_meeting", "meeting-pack_v1.1_DRAFT")
    corrected = walk.pdf("correction", "havering", "v1.1_DRAFT")
    keep("cycle-front-sheet", page(drafted, "Front sheet", until=0.98))
    keep("cycle-agenda", page(merged, "Agenda", until=0.3))
    keep("cycle-what-changed", page(corrected, "What changed since version 1.0", until=0.28))
    sheets = [page(merged, start) for start in ("Agenda", "Item 1: Finance report", "Finance report")]
    keep("meeting-pack", beside(*sheets))

    form, put_right = walk.project.root / "first.xlsx", walk.project.root / "third.xlsx"
    keep("cycle-form", seen(browser, cells(form, layout.MEETING), of="table"))
    keep(
        "cycle-corrections",
        seen(browser, cells(put_right, layout.CORRECTIONS, rows=layout.FIRST_ROW), of="table"),
    )
    message = next(walk.outbox.glob("*_v1.1/**/*members*.eml"))
    parsed = email.message_from_bytes(message.read_bytes(), policy=email.policy.default)
    part = parsed.get_body(("html",))
    assert part is not None
    keep("cycle-message", seen(browser, part.get_content(), height=700))
    keep("cycle-pack-page", seen(browser, library(walk, "draft"), height=740))
    keep(
        "cycle-versions",
        seen(browser, library(walk, "final again"), of="#versions + *"),
    )

    run(frozen, "build", "--place", README_PLACE, "--edition", "annex", "--engine", "bundled", "--out", "out")
    (pack,) = (frozen.root / "out").glob(f"*/{README_PLACE}/*_DRAFT.pdf")
    keep("page", beside(*(page(pack, words) for words in README_PAGES)))


def walked(frozen: Project, folder: Path) -> Walk:
    """Walk a secretary's way in a copy of the project with short chapters."""
    project = short_project(frozen, folder / "project", *secretary.LEFT_OUT)
    (project.params / "chapters.yml").write_text(secretary.CHAPTERS, encoding="utf-8")
    (project.params / "meetings" / "havering.yml").write_text(secretary.CALENDAR, encoding="utf-8")
    (project.params / "circulation.yml").write_text(secretary.CIRCULATION, encoding="utf-8")
    os.chdir(project.root)
    return walk_cycle(project, folder / "kept")


def run(project: Project, *typed: str) -> None:
    """Type a command in a project's folder."""
    os.chdir(project.root)
    result = CliRunner().invoke(app, typed, prog_name="boardpacks")
    assert result.exit_code == 0, result.output


def page(pdf: Path, words: str, until: float = 1.0) -> Image.Image:
    """Draw the first page that has these words as a line of its own, from its top."""
    with pypdfium2.PdfDocument(pdf) as opened:
        texts = [one.get_textpage().get_text_bounded().splitlines() for one in opened]
        number = next(n for n, lines in enumerate(texts) if words in [line.strip() for line in lines])
        drawn: Image.Image = opened[number].render(scale=1.07).to_pil().convert("RGB")
    return drawn.crop((0, 0, drawn.width, round(drawn.height * until)))


def beside(*images: Image.Image) -> Image.Image:
    """Put pages side by side."""
    whole = Image.new("RGB", (sum(one.width for one in images), images[0].height), "white")
    for number, one in enumerate(images):
        whole.paste(one, (sum(earlier.width for earlier in images[:number]), 0))
    return whole


def cells(workbook: Path, name: str, rows: int | None = None) -> str:
    """Return the cells of a sheet as a page: their words, grounds, weights and widths."""
    sheet: Any = load_workbook(workbook)[name]
    lines = [f"<col width={7 * one.width}>" for one in sheet.column_dimensions.values()]
    for row in sheet.iter_rows(max_row=rows):
        lines.append("<tr>")
        for cell in row[:1] if row[0].row < layout.FIRST_ROW - 1 else row:  # a title runs over all columns
            ground = coloured(cell.fill.fgColor, "#ffffff") if cell.fill.fill_type else "#ffffff"
            look = f"background:{ground};color:{coloured(cell.font.color, '#000000')}"
            weight = "bold" if cell.font.b else "normal"
            span = len(row) if cell.row < layout.FIRST_ROW - 1 else 1
            lines.append(f"<td colspan={span} style='{look};font-weight:{weight}'>{shown(cell.value)}</td>")
        lines.append("</tr>")
    return f"<style>{STYLE}</style><table>{''.join(lines)}</table>"


def shown(value: object) -> str:
    """Return a cell's value as the form shows it."""
    if isinstance(value, dt.datetime):
        return f"{value.day} {value:%B %Y}"
    return f"{value:%H:%M}" if isinstance(value, dt.time) else escape(str(value or ""))


def coloured(colour: Any, otherwise: str) -> str:
    """Return a colour as a page has it; a theme's is left to it."""
    return f"#{colour.rgb[2:]}" if colour is not None and isinstance(colour.rgb, str) else otherwise


def library(walk: Walk, step: str) -> Path:
    """Return the library's page of the pack as it stood after a step."""
    return walk.kept / step / "pages" / f"{HELD}_havering.html"


def seen(browser: Browser, what: Path | str, height: int | None = None, of: str = "body") -> Image.Image:
    """Return what a browser shows of a page, or of a part of it."""
    shown = browser.new_page(viewport={"width": 900, "height": height or 700})
    if isinstance(what, Path):
        shown.goto(what.as_uri())
    else:
        shown.set_content(what)
    target = Path(tempfile.mkstemp(suffix=".png")[1])
    if height:
        shown.screenshot(path=target)
    else:
        shown.locator(of).first.screenshot(path=target)
    shown.close()
    return Image.open(target)


def keep(name: str, image: Image.Image) -> None:
    """Write a picture, small."""
    image.convert("RGB").quantize(128).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        sys.exit("Pictures need Chromium or Chrome on the path.")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as made:
        make_pictures(playwright.chromium.launch(executable_path=program, args=list(FLAGS)), Path(made))
