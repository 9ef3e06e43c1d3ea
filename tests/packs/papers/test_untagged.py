from __future__ import annotations

import subprocess

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from boardpacks.packs.papers.untagged import drop_marks
from tests.packs.papers import pdfs


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/Span <</ActualText (Hungary)>> BDC", "/Span << /ActualText (Hungary) >> BDC"),
        ("/Span <</MCID 4 /ActualText (Hungary)>> BDC", "/Span << /ActualText (Hungary) >> BDC"),
        ("/P <</MCID 4 /Lang (fr) /Alt (A box)>> BDC", "/P << /Alt (A box) /Lang (fr) >> BDC"),
        ("/Span <</E (Doctor)>> BDC", "/Span << /E (Doctor) >> BDC"),
        ("/Span /Both BDC", "/Span << /ActualText (Hungary) >> BDC"),
        ("/Span /Text BDC", "/Span /Text BDC"),
        ("/OC /Layer BDC", "/OC /Layer BDC"),
        ("/Artifact <</Type /Pagination>> BDC", "/Artifact << /Type /Pagination >> BDC"),
        ("/Artifact BMC", "/Artifact BMC"),
        ("/P <</MCID 4>> BDC", "/P BMC"),
        ("/P /Number BDC", "/P BMC"),
        ("/P /Nowhere BDC", "/P BMC"),
        ("7 BDC", "/Span BMC"),
    ],
)
def test_only_the_number_of_a_mark_goes(before, after):
    pdf = pdfs.plain()
    page = pdf.pages[0]
    page.obj.Resources.Properties = Dictionary(
        Both=pdf.make_indirect(Dictionary(MCID=1, ActualText=pdf.make_indirect(String("Hungary")))),
        Text=Dictionary(ActualText=String("Hungary")),
        Layer=pdf.make_indirect(Dictionary(Type=Name.OCG)),
        Number=Dictionary(MCID=2),
    )
    page.obj.Contents = pdf.make_stream(f"{before} (a) Tj EMC EMC".encode())
    drop_marks(pdf, page)
    assert page.obj.Contents.read_bytes().decode() == f"{after}\n(a) Tj\nEMC"


def test_words_in_place_of_what_is_drawn_reach_the_pack_from_pages_and_from_forms(merge, place):
    small = b"/Span <</ActualText (Hungary)>> BDC (hungary) Tj EMC"
    pdf = pdfs.plain()
    page = pdf.pages[0].obj
    form = pdf.make_stream(b"BT /F1 12 Tf 72 600 Td (In a form, ) Tj %s ET" % small)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, pikepdf.Array([0, 0, 595, 842])
    form.Resources = Dictionary(Font=page.Resources.Font)
    page.Resources.XObject = Dictionary(A=form)
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (France and ) Tj %s ET /A Do" % small)
    merge(pdf)
    words = subprocess.run(
        ["pdftotext", place.root / "merged.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "France and Hungary" in words
    assert "In a form, Hungary" in words
