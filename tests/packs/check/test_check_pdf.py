from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_attachments, check_pdf, stub_pages
from boardpacks.packs.compose.attachments import Attachment
from boardpacks.packs.render import typst_pdf
from boardpacks.packs.render.includes import SourceText
from boardpacks.packs.render.typst_pdf import compile_pdf
from boardpacks.project.folder import Project
from tests.packs.render.conftest import DATE, SAMPLE

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Pack</title><style>p { color: red }</style></head>
<body><h1>Pack</h1><h2 id="a">Part</h2><p>None of the areas is Nancy's. <a href="#a">Part</a>
<a href="https://example.org">elsewhere</a></p>
<table><tr><th scope="col">Area</th></tr><tr><td>1.2</td></tr></table>
<svg role="img" aria-label="A line"><path d="M0 0"/></svg><br><img src="data:image/png;base64,AA" alt="x">
</body></html>
"""


def html(folder: Path, old: str = "", new: str = "") -> list[str]:
    assert old in GOOD
    path = folder / "pack.html"
    path.write_text(GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8")
    return check_html(path)


def test_a_good_page_passes(tmp_path):
    assert html(tmp_path) == []


def test_an_answer_on_the_front_sheet_may_be_none_and_a_value_may_not(tmp_path):
    sheet = '<section class="front-sheet"><dl><div><dt>Risks</dt><dd><p>None</p></dd></div></dl></section>'
    assert html(tmp_path, "<br>", sheet) == []
    (fault,) = html(tmp_path, "<br>", f"{sheet}<p>None</p>")
    assert "'None' where a value belongs" in fault


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (' lang="en-GB"', "", "pack.html: no language is set"),
        ("<title>Pack</title>", "<title> </title>", "pack.html: no title is set"),
        ("<h1>Pack</h1>", "<h1>Pack</h1><h1>Again</h1>", "pack.html: 2 first-level headings instead of one"),
        (
            '<h1>Pack</h1><h2 id="a">Part</h2>',
            '<b id="a">Part</b>',
            "pack.html: 0 first-level headings instead of one",
        ),
        (
            '<h2 id="a">Part</h2>',
            '<h3 id="a">Part</h3>',
            "pack.html, line 3: a heading of level 3 follows level 1",
        ),
        ('<th scope="col">Area</th>', "<td>Area</td>", "pack.html, line 5: a table without header cells"),
        (
            "<h1>Pack</h1>",
            "<h2>Table of contents</h2><h1>Pack</h1>",
            "pack.html, line 3: the first heading is of level 2",
        ),
        (
            '<th scope="col">Area</th>',
            '<th scope="col">Area</th><th>Value</th>',
            "pack.html, line 5: a table with 1 header cells that do not say what they head (scope)",
        ),
        (' aria-label="A line"', "", "line 6: a picture (svg) without words for people who cannot see it"),
        (' alt="x"', ' alt=""', "line 6: a picture (img) without words for people who cannot see it"),
        (' role="img"', "", "line 6: a drawing (svg) without role='img' and a name"),
        ("<p>", '<p id="a">', "line 3: the id 'a' is used twice"),
        ('href="#a"', 'href="#b"', "line 3: the link #b leads nowhere"),
        ("<style>", '<link rel="stylesheet" href="https://example.org/x.css"><style>', "from the network"),
        (
            "<br>",
            '<script src="//example.org/x.js"></script>',
            "script loads //example.org/x.js from the network",
        ),
        ("color: red", "background: url(https://example.org/x.png)", "loads https://example.org/x.png"),
        ("<p>", '<p style="background:url(//example.org/x.png)">', "p loads //example.org/x.png"),
        (">1.2<", ">nan<", "line 5: 'nan' where a value belongs"),
        (">1.2<", ">None<", "line 5: 'None' where a value belongs"),
        (">1.2<", ">nan% of adults<", "'nan' where a value belongs: 'nan% of adults'"),
        ('aria-label="A line"', 'aria-label="The value is NaN."', "'NaN' where a value belongs"),
    ],
)
def test_each_fault_of_a_page_is_named_with_its_line(tmp_path, old, new, said):
    found = html(tmp_path, old, new)
    assert len(found) == 1, found
    assert said in found[0]


@pytest.fixture
def make_pdf(checkout: Project, tmp_path: Path) -> Callable[[str], Path]:
    """Compiles Typst text and returns the file."""
    ensure_fonts(checkout.fonts)
    (tmp_path / "_extensions").mkdir()
    (tmp_path / "_extensions" / "boardpack").symlink_to(checkout.extension)
    shutil.copyfile(SAMPLE / "figures" / "north.svg", tmp_path / "line.svg")

    def make(body: str) -> Path:
        head = '#set document(title: "T")\n#set text(lang: "en", region: "GB", font: "Inter")\n= A\n'
        path = tmp_path / "pack.pdf"
        path.write_bytes(compile_pdf(head + body, SourceText(tmp_path, ()), DATE))
        return path

    return make


def test_a_good_pdf_passes(make_pdf):
    words = "Many words. " * 40
    assert check_pdf(make_pdf(f'{words}\n#pagebreak()\n{words}\n#image("line.svg", alt: "A line.")')) == []


def test_a_page_with_two_words_is_found_and_a_page_with_a_picture_is_not(make_pdf):
    picture = '#image("line.svg", alt: "A line.")'
    path = make_pdf(f"Words.\n#pagebreak()\nTwo words.\n#pagebreak()\n{picture}")
    assert stub_pages(path) == [2]


def test_a_short_chapter_has_a_right_to_its_page_and_three_lines_have_not(make_pdf):
    path = make_pdf("Words.\n#pagebreak()\n" + "Words.\n\n" * 6 + "#pagebreak()\n" + "Words.\n\n" * 3)
    assert stub_pages(path) == [3]


def test_a_page_of_many_short_texts_is_full_and_one_of_as_many_artefacts_is_not(make_pdf):
    many = "#for _ in range(40) [Word. #linebreak()]"
    path = make_pdf(f"Words.\n#pagebreak()\n{many}\n#pagebreak()\n#pdf.artifact[{many}]\nTwo words.")
    assert stub_pages(path) == [3]


def test_running_lines_do_not_fill_a_page(make_pdf):
    path = make_pdf('#set page(header: "A running line. " * 40)\nWords.\n#pagebreak()\nTwo words.')
    assert 2 in stub_pages(path)


def test_a_table_without_header_cells_is_found(make_pdf):
    assert check_pdf(make_pdf("#table(columns: 2, [a], [b], [c], [d])")) == [
        "pack.pdf: table 1: no header cell"
    ]


def spoil(path: Path, change) -> list[str]:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return check_pdf(path)


@pytest.mark.parametrize("words", [None, "   "])
def test_a_figure_that_lost_its_words_is_found(make_pdf, words):
    def change(pdf):
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj:
                if words is None:
                    del obj["/Alt"]
                else:
                    obj.Alt = pikepdf.String(words)

    found = spoil(make_pdf('#image("line.svg", alt: "A line.")'), change)
    assert "pack.pdf: figure 1: no words for people who cannot see it" in found


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("/Lang", "no language is set"),
        ("/Outlines", "no bookmarks"),
        ("/ViewerPreferences", "PDF/UA-1 rule PDFUA1-VIEWER-PREFERENCES-001"),
        ("/StructTreeRoot", "PDF/UA-1 rule PDFUA1-STRUCT-TREE-ROOT-001"),
        ("/Metadata", "PDF/UA-1 rule PDFUA1-METADATA-STRUCTURE-001"),
        ("/MarkInfo", "PDF/UA-1 rule PDFUA1-"),
    ],
)
def test_a_pdf_that_lost_a_part_is_found(make_pdf, key, said):
    def change(pdf):
        del pdf.Root[key]

    assert any(line.startswith(f"pack.pdf: {said}") for line in spoil(make_pdf("Words."), change))


FACTS = Attachment("facts.json", b"{}", "application/json", "Facts")
ATTACH = (
    '#pdf.attach("facts.json", relationship: "data", mime-type: "application/json", description: "Facts")'
)


def test_a_pdf_that_lost_the_archive_standard_is_found_with_and_without_attachments(
    make_pdf, tmp_path, monkeypatch
):
    """Typst, when it is asked for PDF/UA-1 alone, attaches files without saying what they are."""
    monkeypatch.setattr(typst_pdf, "STANDARDS", ["ua-1"])
    (tmp_path / "facts.json").write_text("{}")
    path = make_pdf(f"{ATTACH}\nWords.")
    assert check_pdf(path) == ["pack.pdf: it does not say that it keeps to PDF/A-3a"]
    assert check_attachments(path, [FACTS]) == [
        "pack.pdf: facts.json is attached as None, not as the document's data"
    ]


def test_words_in_another_font_are_found(make_pdf):
    def change(pdf):
        for part in pdf.objects:
            if isinstance(part, pikepdf.Dictionary) and "/BaseFont" in part:
                part["/BaseFont"] = pikepdf.Name("/ABCDEF+LibertinusSerif-Regular")

    found = spoil(make_pdf("Words."), change)
    assert "pack.pdf: words are set in LibertinusSerif-Regular, which is no font of the packs" in found


def test_what_is_no_pdf_and_no_text_is_a_finding_like_any_other(tmp_path):
    path = tmp_path / "pack.pdf"
    path.write_text("made by a fake")
    (found,) = check_pdf(path)
    assert found.startswith("pack.pdf: it cannot be read as a PDF")
    assert check_attachments(path, [FACTS]) == [found]
    (tmp_path / "pack.html").write_bytes(b"\xff\xfe<html>")
    assert check_html(tmp_path / "pack.html") == ["pack.html: it is not UTF-8 text"]


def test_a_stream_of_a_wrong_length_is_found(make_pdf):
    path = make_pdf("Words.")
    whole = path.read_bytes()
    length = re.search(rb"/Length (\d+)", whole)
    assert length is not None
    shorter = str(int(length[1]) - 2).encode().rjust(len(length[1]), b"0")
    path.write_bytes(whole[: length.start(1)] + shorter + whole[length.end(1) :])
    assert any("stream" in line for line in check_pdf(path))


def test_the_pdf_has_to_carry_the_packs_own_facts(make_pdf, tmp_path):
    (tmp_path / "facts.json").write_text("{}")
    path = make_pdf(f"{ATTACH}\nWords.")

    assert check_attachments(path, [FACTS]) == []
    other = replace(FACTS, content=b"{ }")
    assert check_attachments(path, [other]) == ["pack.pdf: the attached facts.json is not the pack's"]
    assert check_attachments(make_pdf("Words."), [FACTS]) == ["pack.pdf: facts.json is not attached"]


def test_every_attachment_is_looked_at_and_no_other_is_there(make_pdf, tmp_path):
    for name in ("facts.json", "workbook.xlsx"):
        (tmp_path / name).write_text("{}")
    path = make_pdf(f"{ATTACH}\n{ATTACH.replace('facts.json', 'workbook.xlsx')}\nWords.")

    assert check_attachments(path, [FACTS]) == [
        "pack.pdf: workbook.xlsx is attached, but is no file of the pack"
    ]
    assert check_attachments(path, [FACTS, replace(FACTS, name="workbook.xlsx", mime_type="a/b")]) == [
        "pack.pdf: workbook.xlsx is attached as application/json, not as a/b"
    ]


def test_an_attachment_says_what_it_is(make_pdf, tmp_path):
    (tmp_path / "facts.json").write_text("{}")
    path = make_pdf(f"{ATTACH.replace('data', 'supplement', 1)}\nWords.")

    assert check_attachments(path, [replace(FACTS, description="Numbers")]) == [
        "pack.pdf: facts.json is attached as /Supplement, not as the document's data",
        "pack.pdf: the attached facts.json is described as 'Facts'",
    ]


def test_breaches_of_pdf_a_are_named_where_it_is_claimed(make_pdf):
    def change(pdf):
        with pdf.open_metadata() as metadata:
            metadata["pdfaid:conformance"] = "B"

    assert any(line.startswith("pack.pdf: PDF/A-3a rule ") for line in spoil(make_pdf("Words."), change))
