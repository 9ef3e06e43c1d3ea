from __future__ import annotations

import resource

import pikepdf
import pytest

from boardpacks.packs.papers.find_papers import Paper
from boardpacks.packs.papers.inspect_paper import Findings, accessibility_warning, inspect_paper
from boardpacks.params.agenda import AgendaItem
from boardpacks.project.errors import Problem
from tests.packs.papers import pdfs


@pytest.fixture
def look(tmp_path):
    def looked(content: bytes | pikepdf.Pdf) -> Findings | Problem:
        path = pdfs.put(tmp_path, "paper.pdf", content)
        item = AgendaItem(item="5", title="Finance", file="paper.pdf")
        return inspect_paper(Paper(item, path, "reports/papers/paper.pdf"))

    return looked


def no_pages() -> bytes:
    return pdfs.saved(pikepdf.new())


def xfa() -> pikepdf.Pdf:
    pdf = pdfs.plain("Please wait")
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp/>"), Fields=pikepdf.Array())
    return pdf


def deep_content() -> bytes:
    return pdfs.saved(pdfs.plain(content=b"[" * 100_000))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (lambda: pdfs.encrypted(user="reader"), "a PDF that is locked with a password"),
        (lambda: pdfs.encrypted(user="", owner="only"), "a PDF that is locked with a password"),
        (lambda: pdfs.saved(pdfs.plain(pages=3))[:-400], "a damaged PDF"),
        (lambda: b"%PDF-1.7\nnothing of it\n%%EOF", "a damaged PDF"),
        (lambda: b"PK\x03\x04 word/document.xml", "a Word, Excel or PowerPoint document, or a zip file"),
        (lambda: b"<html>", "a web page"),
        (lambda: b"", "an empty file"),
        (no_pages, "a PDF without a page"),
        (pdfs.bomb, "a part that unpacks to far more than a paper needs"),
        (pdfs.object_bomb, "a damaged PDF"),
        (xfa, "a form whose pages are drawn by a program"),
    ],
)
def test_says_what_was_found_and_what_is_allowed_instead(look, content, found):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    problem = look(content())
    assert isinstance(problem, Problem)
    assert problem.found.startswith(found)
    assert problem.allowed
    assert (problem.where, problem.key) == ("reports/papers/paper.pdf", "file of agenda item 5")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kilobytes


def test_a_paper_with_too_many_pages_is_refused(look):
    pdf = pdfs.plain()
    for _ in range(2001):
        pdf.pages.append(pdf.pages[0])
    assert look(pdf).found == "2002 pages"


def test_a_picture_of_a_wall_is_refused(look):
    pdf = pdfs.scan()
    pdf.pages[0].obj.Resources.XObject.Im0.Width = 100_000
    pdf.pages[0].obj.Resources.XObject.Im0.Height = 100_000
    assert look(pdf).found == "a picture of more dots than a paper needs"


def test_finds_a_good_paper_accessible(look, ours):
    assert look(pdfs.tagged(ours)) == Findings(2, True, "en", "Finance report", (), ())


def test_says_why_a_paper_is_not_accessible_and_how_to_mend_it(look, ours, tmp_path):
    scanned = look(pdfs.scan(2))
    assert not scanned.accessible
    words = accessibility_warning(
        Paper(AgendaItem(item="5", title="Finance"), tmp_path, "papers/scan.pdf"), scanned
    )
    for part in (
        "papers/scan.pdf",
        "item 5",
        "not tagged",
        "language",
        "pages 1, 2 are only a picture",
        "no title",
    ):
        assert part in words
    assert "Document structure tags for accessibility" in words


def test_a_paper_without_language_or_with_a_picture_without_words_is_not_accessible(look, ours, tmp_path):
    path = pdfs.put(tmp_path, "good.pdf", pdfs.tagged(ours))
    with pikepdf.open(path) as pdf:
        del pdf.Root["/Lang"]
        assert look(pdfs.saved(pdf)).reasons() == ("it does not say which language it is in",)
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure":
                del thing["/Alt"]
        assert not look(pdfs.saved(pdf)).accessible
