"""What is seen of a paper's pages when they are drawn: free margins, and pages that are only pictures."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from boardpacks.packs.papers.look_process import look
from tests.packs.papers import pdfs

TOP = b"0 800 595 42 re f "
WHITE = b"1 g 0 0 595 842 re f 0 g "


@pytest.fixture
def seen(tmp_path):
    def looked(paper: pikepdf.Pdf) -> dict[str, Any]:
        return look(pdfs.put(tmp_path, "paper.pdf", paper))

    return looked


def _with(paper: pikepdf.Pdf, **keys: Any) -> pikepdf.Pdf:
    for key, value in keys.items():
        paper.pages[0].obj[f"/{key}"] = value
    return paper


def _form(opacity: float, bottom: int = 0, top: int = 842) -> pikepdf.Pdf:
    """A paper whose page draws a form over the whole of it, as opaque as said."""
    paper = pdfs.plain()
    form = paper.make_stream(b"0 0 595 842 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, bottom, 595, top])
    form.Group = Dictionary(S=Name.Transparency)
    resources: Any = paper.pages[0].obj.Resources
    resources.XObject, resources.ExtGState = Dictionary(F0=form), Dictionary(G0=Dictionary(ca=opacity))
    return _with(paper, Contents=paper.make_stream(b"/G0 gs /F0 Do"))


def _field(bottom: int) -> pikepdf.Pdf:
    paper = pdfs.form()
    annotations: Any = paper.pages[0].obj.Annots
    annotations[0].Rect = Array([100, bottom, 200, bottom + 20])
    return paper


def _scan(colour: int) -> pikepdf.Pdf:
    paper = pdfs.scan()
    resources: Any = paper.pages[0].obj.Resources
    resources.XObject.Im0.write(bytes([colour]) * 12)
    return paper


@pytest.mark.parametrize(
    ("paper", "free"),
    [
        (pdfs.plain, True),
        (lambda: pdfs.plain(at=(72, 830)), False),
        (lambda: pdfs.plain(at=(72, 4)), False),
        (lambda: pdfs.plain(content=b"BT /F1 3 Tf 300 835 Td (x) Tj ET "), False),
        (lambda: pdfs.plain(content=b"0.1 w 0 835 m 595 835 l S "), False),
        (lambda: pdfs.plain(content=b"0 800 595 13 re f "), True),
        (lambda: pdfs.plain(content=b"0 800 595 15 re f "), False),
        (lambda: pdfs.plain(content=WHITE), True),
        (lambda: pdfs.plain(content=TOP + WHITE), True),
        (lambda: pdfs.plain(content=TOP + b"1 g BT /F1 12 Tf 72 830 Td (shown) Tj ET 0 g "), False),
        (lambda: pdfs.plain(content=b"1 1 0.9 rg 0 0 595 842 re f 0 g "), False),
        (lambda: pdfs.plain(content=b"q 0 100 595 600 re W n 0 0 595 842 re f Q "), True),
        (lambda: _with(pdfs.plain(at=(72, 830)), CropBox=Array([0, 50, 595, 790])), True),
        (lambda: _with(pdfs.plain(at=(72, 775)), CropBox=Array([0, 50, 595, 790])), False),
        (lambda: _with(pdfs.plain(at=(72, 830)), UserUnit=2), False),
        (lambda: _form(1), False),
        (lambda: _form(0.5), False),
        (lambda: _form(0), True),
        (lambda: _form(1, 100, 700), True),
        (lambda: _field(300), True),
        (lambda: _field(820), False),
        (lambda: _scan(255), True),
        (lambda: _scan(128), False),
    ],
)
def test_margins_are_free_when_nothing_is_seen_in_them(seen, paper, free):
    assert seen(paper())["full"] == ([] if free else [1])


@pytest.mark.parametrize(("rotate", "across"), [(0, False), (90, True), (180, False), (270, True)])
def test_the_margins_are_those_of_the_page_as_it_is_shown(seen, rotate, across):
    sides = [seen(pdfs.plain("T", at=at, rotate=rotate))["full"] == [1] for at in ((2, 400), (587, 400))]
    ends = [seen(pdfs.plain("T", at=at, rotate=rotate))["full"] == [1] for at in ((72, 4), (72, 835))]
    assert (sides, ends) == ([across] * 2, [not across] * 2)


def test_a_page_that_cannot_be_drawn_counts_as_full(seen):
    assert seen(_with(pdfs.plain(), CropBox=Array([2000, 2000, 2100, 2100])))["full"] == [1]


def test_a_page_without_words_is_only_a_picture_and_an_empty_one_is_neither(seen):
    paper = pdfs.scan()
    words = pdfs.plain()
    paper.pages.append(words.pages[0])
    paper.add_blank_page(page_size=pdfs.A4)
    paper.pages[2].obj.Contents = paper.make_stream(b" ")
    assert seen(paper)["scans"] == [1]
