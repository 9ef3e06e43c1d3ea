"""Reads a merged meeting pack back: our own real pack between two papers of others, and its annex after them."""

from __future__ import annotations

import dataclasses
import shutil
from typing import Any

import pytest

from boardpacks.packs.check.check_pdf import pdf_faults
from boardpacks.packs.papers.destinations import Destinations
from boardpacks.packs.papers.make_meeting_packs import make_meeting_pack
from boardpacks.packs.papers.plan_papers import plan_meeting_packs
from boardpacks.params.agenda import AgendaItem
from boardpacks.project.folder import Project
from tests.documents import annex_of, edition_of
from tests.packs.papers import pdfs
from tests.pdf_reading import Document, Element, destination

pytestmark = pytest.mark.end_to_end

AGENDA: tuple[dict[str, Any], ...] = (
    {"item": "1", "title": "Welcome and apologies", "lead": "Chair"},
    {"item": "2", "title": "Finance report", "file": "finance.pdf"},
    {"item": "3", "title": "How Havering is doing", "pack": True},
    {"item": "4", "title": "Winter plan", "file": "winter.pdf"},
    {"item": "5", "title": "The evidence for item 3", "annex": True},
)
PAPERS: tuple[dict[str, Any], ...] = AGENDA[1:]


@dataclasses.dataclass(frozen=True)
class Merged:
    """The merged pack, our board edition and our annex in it, and the page of the sheet before each paper."""

    whole: Document
    edition: Document
    own: Document
    sheets: tuple[int, ...]


@pytest.fixture(scope="module")
def merged(built: Any, tmp_path_factory: pytest.TempPathFactory) -> Merged:
    project = Project(tmp_path_factory.mktemp("meeting"))
    shutil.copytree(built.project.extension, project.extension)
    folder = project.papers / "2026-12-09" / "havering"
    folder.mkdir(parents=True)
    pdfs.put(folder, "finance.pdf", pdfs.tagged(project, "Finance report"))
    pdfs.put(folder, "winter.pdf", pdfs.tagged(project, "Winter plan"))

    (result,) = (result for result in built.results if result.plan.place == "havering")
    meeting = result.plan.meeting.model_copy(update={"agenda": tuple(AgendaItem(**item) for item in AGENDA)})
    (plan,) = plan_meeting_packs([dataclasses.replace(result.plan, meeting=meeting)])
    edition, annex = edition_of(result.published), annex_of(result.published)
    made = make_meeting_pack(plan, project, built.params, {"pack": edition, "annex": annex})
    assert made.warnings == ()
    finance = 3
    ours = finance + 1 + 2
    winter = ours + 1 + len(Document(edition).sheets)
    return Merged(
        Document(pdfs.put(project.root, "merged.pdf", made.pack.pdf)),
        Document(edition),
        Document(annex),
        (finance, ours, winter, winter + 1 + 2),
    )


def of_role(document: Document, role: str) -> list[Element]:
    return [element for element in document.tree.walk() if element.role == role]


def test_it_keeps_to_the_rules(merged):
    assert pdf_faults(merged.whole.path) == []


def test_each_line_of_the_agenda_has_the_number_and_the_links_of_its_paper(merged):
    whole = merged.whole
    rows = [element for element in of_role(whole, "TR") if 2 in {page for page, _ in element.content()}]
    told = {}
    for row in rows[1:]:
        words = [whole.text(cell) for cell in row.inner]
        led = {destination(whole.pdf, link).page for element in row.walk() for link in element.links}
        told[words[1]] = (words[-1], led)
    assert told == {
        "Welcome and apologies": ("No paper", set()),
        **{item["title"]: (str(page), {page}) for item, page in zip(PAPERS, merged.sheets, strict=True)},
    }
    by_page = {whole.place(heading).page: whole.text(heading) for heading in of_role(whole, "H1")}
    for item, page in zip(PAPERS, merged.sheets, strict=True):
        assert by_page[page] == f"Item {item['item']}: {item['title']}"


def test_pages_are_numbered_through_beside_their_own_numbers(merged):
    whole = merged.whole
    last = len(whole.sheets)
    assert [sheet.label for sheet in whole.sheets] == [str(number) for number in range(1, last + 1)]
    first = merged.sheets[3] + 1
    for sheet in whole.sheets[1:]:
        said = " ".join("".join(mark.text for mark in sheet.marks if mark.artifact).split())
        assert f"age {sheet.number} of {last}" in said, sheet.number
        own = sheet.number - first + 1
        if 1 < own <= len(merged.own.sheets):
            assert f"Page {own} of {len(merged.own.sheets)}" in said, sheet.number


def test_the_contents_of_our_own_pack_lead_to_the_same_headings(merged):
    first = merged.sheets[3]
    before, after = (of_role(document, "TOCI") for document in (merged.own, merged.whole))
    assert len(before) == len(after) > 15
    for one, other in zip(before, after, strict=True):
        assert merged.own.text(one) == merged.whole.text(other)
        (link,) = [link for element in one.walk() for link in element.links]
        (moved,) = [link for element in other.walk() for link in element.links]
        assert destination(merged.whole.pdf, moved).page == first + destination(merged.own.pdf, link).page


def test_names_of_measures_on_the_edition_lead_to_where_the_annex_in_the_pack_shows_them(merged):
    first = merged.sheets[1]
    named = Destinations(merged.own.pdf).names()
    led = 0
    for number, sheet in enumerate(merged.edition.pdf.pages, start=1):
        moved = merged.whole.pdf.pages[first + number - 1].obj.get("/Annots", [])
        for before, after in zip(sheet.obj.get("/Annots", []), moved, strict=True):
            if "/A" in before:
                place = str(before.A.URI).partition("#nameddest=")[2]
                page = merged.sheets[3] + 1 + (named[place][0] if place else 0)
                assert destination(merged.whole.pdf, after).page == page, place
                led += 1
    assert led > 50


def test_without_the_annex_the_sheet_says_where_it_is_and_no_link_leads_outside(
    built: Any, tmp_path_factory: pytest.TempPathFactory
):
    project = Project(tmp_path_factory.mktemp("alone"))
    shutil.copytree(built.project.extension, project.extension)
    (result,) = (result for result in built.results if result.plan.place == "havering")
    meeting = result.plan.meeting.model_copy(update={"agenda": (AgendaItem(**AGENDA[2]),)})
    (plan,) = plan_meeting_packs([dataclasses.replace(result.plan, meeting=meeting)])
    edition = edition_of(result.published)
    made = make_meeting_pack(plan, project, built.params, {"pack": edition})
    assert made.warnings == ()
    whole = Document(pdfs.put(project.root, "merged.pdf", made.pack.pdf))
    assert pdf_faults(whole.path) == []
    annex = annex_of(result.published).name
    assert annex in "".join("".join(mark.text for mark in whole.sheets[2].marks).split())
    assert not [link for sheet in whole.pdf.pages for link in sheet.obj.get("/Annots", []) if "/A" in link]


def test_the_tags_never_go_back_to_an_earlier_page_and_say_every_word(merged):
    whole = merged.whole
    read = list(whole.tree.content())
    pages = [page for page, _ in read]
    assert pages == sorted(pages)
    assert set(pages) == {sheet.number for sheet in whole.sheets}
    assert len(read) == len(set(read))
    known = set(read)
    assert not [
        (sheet.number, mark.text)
        for sheet in whole.sheets
        for mark in sheet.marks
        if not mark.artifact and (sheet.number, mark.mcid) not in known
    ]
