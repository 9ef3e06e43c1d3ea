from __future__ import annotations

import subprocess

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from boardpacks.packs.papers import assemble
from boardpacks.project.errors import InputError
from tests.packs.papers import pdfs


def odd(**parts: object) -> pikepdf.Pdf:
    """Return a paper whose page says these things of itself."""
    pdf = pdfs.plain("Odd words")
    for name, value in parts.items():
        pdf.pages[0].obj[f"/{name}"] = value
    return pdf


def resources_are_a_stream() -> pikepdf.Pdf:
    pdf = pdfs.plain()
    page = pdf.pages[0].obj
    form = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (Odd words) Tj ET")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 900])
    form.Resources = pdf.make_stream(b"")
    form.Resources.Font = page.Resources.Font
    page.Resources = Dictionary(XObject=Dictionary(A=form))
    page.Contents = pdf.make_stream(b"/A Do")
    return pdf


def kids_with_nothing() -> pikepdf.Pdf:
    pdf = odd()
    pdf.Root.Pages.Kids.append(None)
    pdf.Root.Pages.Count = 2
    return pdf


def root(**parts: object) -> pikepdf.Pdf:
    pdf = odd()
    for name, value in parts.items():
        pdf.Root[f"/{name}"] = value
    return pdf


def bookmarks_in_a_ring() -> pikepdf.Pdf:
    pdf = odd()
    first = pdf.make_indirect(Dictionary(Title=4))
    first.Next = first.First = first
    pdf.Root.Outlines = Dictionary(First=first)
    return pdf


def test_odd_papers_that_readers_show_are_in_the_pack(merge, place):
    papers = [
        resources_are_a_stream(),
        kids_with_nothing(),
        bookmarks_in_a_ring(),
        odd(Annots=Dictionary(A=1)),
        odd(Annots=Array([None, 1, Name.X, Dictionary()])),
        odd(MediaBox=Array([String("a"), 0, Name.X, 1])),
        odd(Rotate=Name.X, UserUnit=String("a"), Group=3, StructParents=Name.X),
        root(AcroForm=4, Names=Dictionary(Dests=4, EmbeddedFiles=3), Metadata=3),
        root(StructTreeRoot=Dictionary(K=4, RoleMap=3), OCProperties=Dictionary(OCGs=Array([None, 3]), D=3)),
    ]
    pdf, _ = merge(*papers)
    words = subprocess.run(
        ["pdftotext", place.root / "merged.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert words.count("Odd words") == len(papers)
    assert len(pdf.pages) == 2 + 2 * len(papers)


def field_in_no_place() -> pikepdf.Pdf:
    pdf = pdfs.form()
    pdf.pages[0].obj.Annots[0].Rect = String("x")
    pdf.pages[0].obj.Annots[0].AP.N.BBox = 3
    return pdf


def pattern_without_a_matrix() -> pikepdf.Pdf:
    pdf = odd()
    page = pdf.pages[0].obj
    page.Resources.Pattern = Dictionary(Q=Dictionary(Matrix=3))
    page.Contents = pdf.make_stream(b"0 0 595 842 re f BT /F1 12 Tf 72 700 Td (Odd words) Tj ET")
    return pdf


def test_every_paper_that_cannot_be_inserted_is_named_with_its_item_and_no_other(merge):
    with pytest.raises(InputError) as raised:
        merge(pdfs.plain(), field_in_no_place(), root(AF=3), pattern_without_a_matrix())
    folder = "reports/papers/2026-12-09/havering"
    assert [(problem.where, problem.key) for problem in raised.value.problems] == [
        (f"{folder}/{number}.pdf", f"file of agenda item {number}") for number in (2, 3, 4)
    ]
    assert raised.value.problems[0].found.startswith("a damaged PDF")


@pytest.mark.parametrize("error", [MemoryError, UnicodeDecodeError])
def test_an_error_of_any_kind_after_a_paper_was_inserted_names_that_paper(merge, monkeypatch, error):
    saved = assemble._saved

    def fails(pdf: pikepdf.Pdf) -> bytes:
        if any(page.obj.get("/Odd") for page in pdf.pages):
            raise error(*(("utf-8", b"", 0, 1, "") if error is UnicodeDecodeError else ()))
        return saved(pdf)

    monkeypatch.setattr(assemble, "_saved", fails)
    monkeypatch.setattr("boardpacks.packs.papers.neutralise._PAGE_KEYS", _KEPT)
    with pytest.raises(InputError) as raised:
        merge(pdfs.plain(), odd(Odd=True))
    assert [problem.where.rpartition("/")[2] for problem in raised.value.problems] == ["2.pdf"]


_KEPT = ("/Type", "/Contents", "/Resources", "/MediaBox", "/Odd")
