"""Makes a pack's board edition: composes, renders and checks it, and closes it up where it would be too long."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from boardpacks.facts.artefacts import Statement
from boardpacks.packs.check.check_docx import check_docx
from boardpacks.packs.check.check_edition import check_edition
from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pages import MOST_PAGES, count_pages, empty_feet
from boardpacks.packs.check.check_pdf import check_attachments, check_pdf, stub_pages
from boardpacks.packs.compose_pack import Composed
from boardpacks.packs.edition.compose_edition import ROOMY, TEMPLATE, Shape, compose_edition, gathered_from
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.files.formats import EDITION_ENDING, Editions
from boardpacks.packs.files.pack_record import FileKind
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.render import Engine
from boardpacks.packs.render.documents import LARGE_PRINT
from boardpacks.plan.plan import PackPlan

KINDS: Mapping[str, FileKind] = {
    "pdf": "edition",
    "html": "edition-page",
    "docx": "edition-word",
    LARGE_PRINT: "edition-large-print",
}
"""What the formats of a board edition are among the files of a pack."""
SHAPES = (ROOMY, Shape(charts=4, closed_up=True), Shape(charts=2, closed_up=True))
"""How an edition is laid out: closer where it would be too long, or have a page with next to nothing on it."""
NEARLY_EMPTY = 0.75
"""Share of its height that is empty at the foot of a page for which an edition is closed up, the last one aside."""


def editions_of(pack: PackContent, reports: Path, asked: Editions) -> Editions:
    """Return which documents a pack has, of those that a build is asked for.

    A board edition belongs to the whole pack of a public meeting with measures, where the project has its template and
    the board's calendar does not leave it out. A pack without one has its annex, whatever is asked for.
    """
    plan = pack.plan
    whole = plan.part == "public" and not plan.priorities and _has_lines(pack)
    wanted = whole and plan.calendar.editions == "both" and (reports / TEMPLATE).is_file()
    return asked if wanted else "annex"


def edition_file(pack: PackContent, reports: Path, asked: Editions) -> str:
    """Return the name of the file that a pack's annex leads to as its board edition; empty where there is none."""
    has_one = editions_of(pack, reports, asked) == "both"
    return f"{pack.plan.stem}{EDITION_ENDING}" if has_one else ""


def _has_lines(pack: PackContent) -> bool:
    return any(
        item.summary for chapter in pack.chapters for item in chapter.artefacts if isinstance(item, Statement)
    )


def make_edition(
    plan: PackPlan, composed: Composed, engine: Engine, reports: Path, formats: Collection[str]
) -> dict[str, Path]:
    """Return the documents of a pack's board edition.

    Raises
    ------
    CheckFailed
        When a document is not as it should be, or has too many pages however close they are.
    """
    rendered: Mapping[str, Path] = {}
    usual = [name for name in (*formats, *(["docx"] if "pdf" in formats else [])) if name != LARGE_PRINT]
    gathered = gathered_from(composed)
    for shape in SHAPES:
        source = compose_edition(composed, reports, plan.folder / "edition", shape, annex=plan.stem)
        pages = {path.stem: path.read_text("utf-8") for path in sorted((source / "sections").glob("*.qmd"))}
        if unheld := check_edition(pages, gathered, shape.charts):
            raise CheckFailed([f"board edition, {finding}" for finding in unheld])
        out = plan.folder / "edition-rendered"
        shutil.rmtree(out, ignore_errors=True)
        rendered = engine.render(source, out, usual, plan.meeting.date)
        if "pdf" not in rendered or _fits(rendered["pdf"]):
            break
    if LARGE_PRINT in formats:
        rendered = {**rendered, **engine.render(source, out, (LARGE_PRINT,), plan.meeting.date)}
    findings = [f"board edition: {finding}" for finding in _findings(rendered)]
    if findings:
        raise CheckFailed(findings)
    return {KINDS[name]: path for name, path in rendered.items()}


def _fits(pdf: Path) -> bool:
    if count_pages(pdf) > MOST_PAGES or stub_pages(pdf):
        return False
    return max(empty_feet(pdf)[:-1], default=0.0) <= NEARLY_EMPTY


def _findings(rendered: Mapping[str, Path]) -> list[str]:
    found: list[str] = []
    if pdf := rendered.get("pdf"):
        if (pages := count_pages(pdf)) > MOST_PAGES:
            return [
                f"{pages} pages with {SHAPES[-1].charts} charts a priority; a board reads {MOST_PAGES} at most. "
                "Shorten the texts of the front sheet, or say editions: annex in the board's calendar"
            ]
        found += [*check_pdf(pdf), *check_attachments(pdf, ())]
    if large := rendered.get(LARGE_PRINT):
        found += [f"large print, {finding}" for finding in check_pdf(large)]
    if page := rendered.get("html"):
        found += check_html(page)
    if word := rendered.get("docx"):
        found += check_docx(word)
    return found
