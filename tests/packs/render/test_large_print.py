from __future__ import annotations

from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from boardpacks.packs.check.check_pdf import check_pdf
from boardpacks.packs.render.bundled import BundledEngine
from tests.packs.render.conftest import DATE, copy_sample
from tests.pdf_reading import Document

A4_ON_ITS_SIDE = (841.89, 595.28)
BODY = 18.0
SMALLEST = 12.0

TALL = (
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="468pt" height="900pt" viewBox="0 0 468 900">'
    + "".join(
        f'<text x="10" y="{20 + 30 * row}" style="font-size: 8.5px; font-family: Inter">Row {row}</text>'
        f'<rect x="200" y="{12 + 30 * row}" width="150" height="10" style="fill: #003087"/>'
        for row in range(29)
    )
    + "</svg>"
)


@pytest.fixture(scope="module")
def sample_in_large_print(tmp_path_factory, extension) -> Document:
    folder = tmp_path_factory.mktemp("large")
    source = copy_sample(folder / "sample", extension)
    return Document(BundledEngine().render(source, folder / "out", ("large-print",), DATE)["large-print"])


def render(source: Path, out: Path) -> Document:
    return Document(BundledEngine().render(source, out, ("large-print",), DATE)["large-print"])


def test_passes_every_check(sample_in_large_print):
    assert sample_in_large_print.path.name == "pack_large-print.pdf"
    assert check_pdf(sample_in_large_print.path) == []


def test_every_page_is_a4_on_its_side(sample_in_large_print):
    sizes = {(round(sheet.width, 2), round(sheet.height, 2)) for sheet in sample_in_large_print.sheets}
    assert sizes == {A4_ON_ITS_SIDE}


def test_no_word_is_small_and_most_are_large(sample_in_large_print):
    marks = [mark for sheet in sample_in_large_print.sheets for mark in sheet.marks]
    assert min(size for mark in marks for size in mark.sizes) >= SMALLEST
    paragraphs = [e for e in sample_in_large_print.tree.walk() if e.role == "P" and e.depth == 2]
    letters: Counter[float] = Counter()
    for mark in (mark for element in paragraphs for mark in sample_in_large_print.marks(element)):
        letters[max(mark.sizes, default=BODY)] += len(mark.text)
    assert letters.most_common(1)[0][0] == BODY
    assert sum(count for size, count in letters.items() if size >= 16) > 0.9 * letters.total()


def test_no_word_stands_beside_a_chart(small, tmp_path):
    words = "Somewhat more than a few words. " * 6
    document = render(
        small(
            "# Chapter {#sec-a}\n\n:::: {.beside}\n\n::: {.words}\n" + words + "\n:::\n\n"
            '![A chart.](figures/north.svg){#fig-a fig-alt="A map."}\n\n::::\n'
        ),
        tmp_path / "out",
    )
    paragraph = next(e for e in document.tree.walk() if e.role == "P" and "Somewhat" in document.text(e))
    figure = next(e for e in document.tree.walk() if e.role == "Figure")
    last, first = document.marks(paragraph)[-1], document.marks(figure)[0]
    assert (last.page, -last.box[1]) < (first.page, -first.box[3])
    assert max(mark.box[2] for mark in document.marks(paragraph)) > 0.8 * A4_ON_ITS_SIDE[0]


def test_words_for_large_print_stand_there_alone(small, tmp_path):
    source = small(
        "# Chapter {#sec-a}\n\n::: {.large-print}\nOnly large.\n:::\n\n"
        "::: {.not-in-large-print}\nOnly usual.\n:::\n\nBoth have this.\n"
    )
    made = BundledEngine().render(source, tmp_path / "out", ("pdf", "html", "large-print"), DATE)
    usual, large = (Document(made[kind]) for kind in ("pdf", "large-print"))
    said = [" ".join(doc.text(doc.tree).split()) for doc in (usual, large)]
    said.append(made["html"].read_text(encoding="utf-8"))
    assert ["Only large." in text for text in said] == [False, True, False]
    assert ["Only usual." in text for text in said] == [True, False, True]
    assert ["Both have this." in text for text in said] == [True, True, True]


def test_large_print_changes_nothing_of_the_other_documents(small, tmp_path):
    source = small("# Chapter {#sec-a}\n\nWords.\n")
    alone = BundledEngine().render(source, tmp_path / "alone", ("pdf", "html"), DATE)
    beside = BundledEngine().render(source, tmp_path / "beside", ("pdf", "html", "large-print"), DATE)
    for kind in ("pdf", "html"):
        assert alone[kind].read_bytes() == beside[kind].read_bytes()


def test_a_chart_too_tall_for_a_page_goes_on_over_the_page_with_each_row_whole_and_once(small, tmp_path):
    source = small(
        '# Chapter {#sec-a}\n\n![All rows.](figures/tall.svg){#fig-a fig-alt="Rows of \\"bars\\"."}\n'
    )
    (source / "figures" / "tall.svg").write_text(TALL, encoding="utf-8")
    document = render(source, tmp_path / "out")
    assert check_pdf(document.path) == []
    figures = [element for element in document.tree.walk() if element.role == "Figure"]
    assert len(figures) > 1
    assert figures[0].alt == 'Rows of "bars".'
    assert [figure.alt for figure in figures[1:]] == [
        f'The chart goes on, part {number} of {len(figures)}. Rows of "bars".'
        for number in range(2, len(figures) + 1)
    ]
    rows = "".join(document.text(figure) for figure in figures).split("Row")[1:]
    assert [int(row) for row in rows] == list(range(29))
    words = [box for figure in figures for mark in document.marks(figure) for box in mark.words]
    assert min(box[1] for box in words) > 0
    assert max(box[3] for box in words) < A4_ON_ITS_SIDE[1]


def test_the_facts_are_attached_to_it_too(small, tmp_path):
    attached = "{name: facts.json, mime-type: application/json, description: Facts, relationship: data}"
    front = f'---\ntitle: "Small pack"\nlang: en-GB\npack:\n  attachments:\n    - {attached}\n---\n\n'
    source = small("# Chapter {#sec-a}\n\nWords.\n", front)
    (source / "facts.json").write_text("{}", encoding="utf-8")
    with pikepdf.open(render(source, tmp_path / "out").path) as pdf:
        assert pdf.attachments["facts.json"].get_file().read_bytes() == b"{}"


@pytest.mark.parametrize("kind", ["pdf", "large-print"])
@pytest.mark.parametrize(("wide", "tall"), [(331, 346), (468, 900), (468, 2000), (120, 1500), (900, 1400)])
def test_no_chart_is_larger_than_what_its_page_has_room_for(small, tmp_path, kind, wide, tall):
    source = small(
        "# Chapter {#sec-a}\n\n## What the figures show\n\n"
        '![A chart without rows.](figures/whole.svg){#fig-a fig-alt="A frame."}\n'
    )
    (source / "figures" / "whole.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{tall}pt" viewBox="0 0 {wide} {tall}">'
        f'<rect x="1" y="1" width="{wide - 2}" height="{tall - 2}" style="fill: #003087"/></svg>',
        encoding="utf-8",
    )
    document = Document(BundledEngine().render(source, tmp_path / "out", (kind,), DATE)[kind])
    figure = next(e for e in document.tree.walk() if e.role == "Figure")
    (box,) = {box for mark in document.marks(figure) for box in mark.drawings}
    sheet = document.sheets[document.marks(figure)[0].page - 1]
    margin = 50
    assert min(box[:2]) >= margin
    assert box[2] <= sheet.width - margin
    assert box[3] <= sheet.height - margin
    assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(wide / tall, rel=0.03)
