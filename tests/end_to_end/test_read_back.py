"""Reads real packs back from their PDFs: contents, bookmarks, page numbers, reading order, margins and paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pikepdf
import pytest

from boardpacks.packs.render.bundled import BundledEngine
from tests.documents import annex_of
from tests.pdf_reading import Document, Element, Mark, Place, around, destination, read_tree

pytestmark = pytest.mark.end_to_end

A4 = (595.28, 841.89)
MILLIMETRE = 72 / 25.4
NARROWEST_SIDE = 20 * MILLIMETRE
HAIR = 2.0
"""Points by which a line's thickness, or a letter's foot, may reach beyond an edge."""

HEADINGS = {"H1": 1, "H2": 2, "H3": 3}
BLOCKS = {*HEADINGS, "P", "Figure", "Table", "L"}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(
            one, id=" ".join(one), marks=pytest.mark.slow if one == ("system", "large-print") else ()
        )
        for one in product(("havering", "system"), ("pdf", "large-print"))
    ],
)
def document(request: Any, built: Any, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A pack of the session's build; its large print is made of the same source."""
    place, kind = request.param
    result = next(result for result in built.results if result.plan.place == place)
    if kind == "pdf":
        return Document(annex_of(result.published))
    out = tmp_path_factory.mktemp("large")
    source = result.plan.folder / "source"
    return Document(BundledEngine().render(source, out, (kind,), result.plan.meeting.date)[kind])


def is_large(document: Document) -> bool:
    return document.sheets[0].width > document.sheets[0].height


def headings(document: Document) -> list[Element]:
    return [element for element in document.tree.walk() if element.role in HEADINGS]


def label(document: Document, page: int) -> str:
    return document.sheets[page - 1].label


# Contents and bookmarks --------------------------------------------------------------------------------------------


def test_every_line_of_the_contents_has_the_words_the_page_and_the_place_of_a_heading(document):
    lines = [element for element in document.tree.walk() if element.role == "TOCI"]
    known: dict[str, list[Place]] = {}
    for heading in headings(document):
        place = document.place(heading)
        known[document.text(heading)] = [*known.get(document.text(heading), ()), place]
    assert len(lines) > 15
    for line in lines:
        words, page = parts(document, line)
        (link,) = [link for element in line.walk() for link in element.links]
        leads_to = destination(document.pdf, link)
        there = [place for place in known[words] if place.page == leads_to.page]
        assert label(document, leads_to.page) == page, words
        assert min(abs(place.top - leads_to.top) for place in there) < 15, words


def parts(document: Document, line: Element) -> tuple[str, str]:
    """Return the words and the page number of a line of the contents."""
    words, page = (
        next(document.text(element) for element in line.walk() if element.role == role)
        for role in ("P", "Span")
    )
    return words, page


def test_the_contents_name_every_heading_of_two_levels_once_and_in_order(document):
    listed = [parts(document, element)[0] for element in document.tree.walk() if element.role == "TOCI"]
    of_two_levels = [document.text(one) for one in headings(document) if HEADINGS[one.role] < 3]
    rest = iter(of_two_levels)
    assert all(words in rest for words in listed)
    left_out = set(of_two_levels) - set(listed)
    chapters = [document.text(one) for one in headings(document) if one.role == "H1"]
    assert set(chapters) - set(listed) == {"Front sheet", "Contents"}
    assert len(left_out) < len(listed)


def test_every_bookmark_leads_to_the_heading_with_its_words(document):
    by_words: dict[str, list[tuple[int, float]]] = {}
    for heading in headings(document):
        place = document.place(heading)
        words = document.text(heading).replace("\u2019", "'")  # bookmarks have plain apostrophes
        by_words.setdefault(words, []).append((place.page, place.top))
    marked = list(bookmarks(document))
    assert len(marked) > 30
    for words, page, top in marked:
        assert any(where == page and abs(there - top) < 15 for where, there in by_words[words]), words
    assert [(page, -top) for _, page, top in marked] == sorted((page, -top) for _, page, top in marked)
    chapters = {document.text(one) for one in headings(document) if one.role == "H1"}
    assert chapters - {words for words, _, _ in marked} <= {"Contents"}


def bookmarks(document: Document) -> Iterator[tuple[str, int, float]]:
    stack: list[Any] = [document.pdf.Root.Outlines.get("/First")]
    while stack:
        node = stack.pop()
        place = destination(document.pdf, node)
        yield " ".join(str(node.Title).split()), place.page, place.top
        stack += [node[key] for key in ("/Next", "/First") if key in node]


# Pages -------------------------------------------------------------------------------------------------------------


def test_pages_are_labelled_as_their_feet_say(document):
    last = len(document.sheets)
    for sheet in document.sheets[1:]:
        said = "".join(mark.text for mark in sheet.marks if mark.artifact)
        assert f"Page {sheet.label} of {last}" in " ".join(said.split()), sheet.number
    assert [sheet.label for sheet in document.sheets] == [str(number) for number in range(1, last + 1)]


def test_all_pages_are_a4_and_upright_but_for_large_print(document):
    expected = A4[::-1] if is_large(document) else A4
    assert {(round(sheet.width, 2), round(sheet.height, 2)) for sheet in document.sheets} == {expected}
    assert all(int(sheet.obj.get("/Rotate", 0)) == 0 for sheet in document.pdf.pages)


def test_no_word_of_large_print_is_small(document):
    sizes = {size for sheet in document.sheets for mark in sheet.marks for size in mark.sizes}
    # Values in the tables of marks have 11.6, all other words 12 and more.
    assert min(sizes) >= (11.5 if is_large(document) else 6)


def test_nothing_reaches_into_the_margins(document):
    for sheet in document.sheets[1:]:
        # Drawings of a chart in pieces go on beyond its piece, out of sight; words do not.
        boxes = [
            box for mark in sheet.marks for box in mark.words + ([] if is_large(document) else mark.drawings)
        ]
        if not is_large(document):
            boxes = [box for box in boxes if not is_watermark(box, sheet.width)]
        left, lower, right, upper = around(boxes)
        assert left > NARROWEST_SIDE - HAIR, sheet.number
        assert right < sheet.width - NARROWEST_SIDE + HAIR, sheet.number
        assert lower > 8 * MILLIMETRE, (sheet.number, lower / MILLIMETRE)
        assert upper < sheet.height - 8 * MILLIMETRE, sheet.number


def is_watermark(box: tuple[float, float, float, float], width: float) -> bool:
    """Whether a letter is one of the draft mark's, which is turned and larger than any other."""
    return min(box[2] - box[0], box[3] - box[1]) > 60 and box[2] - box[0] < width / 2


# Reading order -----------------------------------------------------------------------------------------------------


def test_every_word_is_read_out_or_marked_as_running_matter(document):
    read = list(document.tree.content())
    assert len(read) == len(set(read)), "something is read out twice"
    known = set(read)
    lost = [
        (sheet.number, mark.text)
        for sheet in document.sheets
        for mark in sheet.marks
        if not mark.artifact and (sheet.number, mark.mcid) not in known
    ]
    assert lost == []


def test_the_tags_never_go_back_to_an_earlier_page(document):
    pages = [page for page, _ in document.tree.content()]
    assert pages == sorted(pages)
    assert set(pages) == {sheet.number for sheet in document.sheets}


def test_the_tags_of_no_pack_go_back_to_an_earlier_page(built):
    for result in built.results:
        with pikepdf.open(annex_of(result.published)) as pdf:
            pages = [page for page, _ in read_tree(pdf).content()]
            assert pages == sorted(pages), result.plan.place
            assert set(pages) == set(range(1, len(pdf.pages) + 1)), result.plan.place


def test_on_each_page_the_tags_follow_the_eye(document):
    wrong = []
    for (before, one), (after, next_one) in pairwise(blocks(document)):
        for page in sorted({mark.page for mark in one} & {mark.page for mark in next_one}):
            first, second = (
                around([mark.box for mark in marks if mark.page == page]) for marks in (one, next_one)
            )
            beside = first[2] <= second[0] + HAIR
            below = second[3] <= first[1] + 8
            if not (beside or below):
                wrong.append((page, before, after))
    assert wrong == []


def blocks(document: Document) -> Iterator[tuple[str, list[Mark]]]:
    """Yield what each outermost heading, paragraph, figure, table and list shows, in reading order."""

    def walk(element: Element) -> Iterator[Element]:
        for inner in element.inner:
            if inner.role in BLOCKS:
                yield inner
            elif inner.role not in {"TOC", "Title"}:
                yield from walk(inner)

    for element in walk(document.tree):
        marks = document.marks(element)
        if marks and marks[0].page > 1:
            yield f"{element.role} {document.text(element)[:40]}", marks
