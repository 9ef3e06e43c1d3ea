"""The Word document of a source: what it says first, what it keeps of the pack's markup, and that its bytes stay."""

from __future__ import annotations

import time
import zipfile

import pytest

from boardpacks.packs.check.check_docx import check_docx
from boardpacks.packs.check.docx_words import W, read_docx, words
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.packs.render.source_error import RenderError
from boardpacks.packs.render.word_styles import word_styles
from tests.packs.render.conftest import DATE

MILLIMETRES = 170
"""Between the margins of a page."""

EDITION = """---
title: Brindlemere board pack
lang: en-GB
fig-cap-location: top
tbl-cap-location: top
pack:
  meeting: 9 December 2026
  day: 9 December 2026
  board: Brindlemere Board
  version: '0.2'
  status: DRAFT
  edition: true
  annex: {pdf: annex.pdf, html: annex.html}
  headlines:
  - {value: '[29%]{fact="a"}', words: '**Plans:** lower.', kind: attention}
  front-sheet:
  - {label: Author, content: To follow}
  - {label: Recommendation, content: "The board is asked to:\\n\\n1. note it\\n", wide: true}
---

# Summary

Of [87]{fact="b"} measures, [Plans](annex:sec-plans) are [Worse]{.verdict-worse}; see @tbl-all.

::: {.large-print}
For large print.
:::

# Scorecard {#sec-scorecard}

| Measure | Value | Line | England | Board |
| :--- | ---: | :--- | ---: | :--- |
| Plans | 29% | []{.spark points="0,1 50,2 100,3"} | incomparable | |

: {tbl-colwidths="[40,10,30,10,10]"}

:::: {.charts}

::: {.chart}

**Plans: 29%**

![](figures/north.svg){fig-alt="Line chart of the north & its years."}

:::

::::

## Details

| Name | Number |
| :--- | ---: |
| One | 1 |

: All of them {#tbl-all}
"""


def word_of(source, folder):
    return BundledEngine().render(source, folder / "out", ("docx",), DATE)["docx"]


@pytest.fixture
def document(small, tmp_path):
    return word_of(small(EDITION, front=""), tmp_path)


def said(path, style):
    return [words(one) for own, one in read_docx(path.read_bytes()).paragraphs() if own == style]


def test_it_passes_its_check_and_says_first_that_the_pdf_is_the_authority(document):
    first = next(words(one) for _, one in read_docx(document.read_bytes()).paragraphs())

    assert check_docx(document) == []
    assert first.startswith("This Word copy is for comments only. The PDF of the same name is the authority")
    assert said(document, "Title") == ["Brindlemere board pack"]
    assert said(document, "Subtitle") == ["Brindlemere Board · board edition for 9 December 2026 · draft 0.2"]


def test_front_sheet_and_findings_come_before_the_summary(document):
    order = ["What the board should know", "Front sheet", "Summary", "Scorecard"]
    rows = [
        [words(cell) for cell in row.iter("{*}tc")]
        for row in read_docx(document.read_bytes()).tables()[0].iter("{*}tr")
    ]

    assert said(document, "Heading1") == order
    assert rows == [
        ["Item", "Details"],
        ["Author", "To follow"],
        ["Recommendation", "The board is asked to: note it"],
    ]


def test_what_only_a_pdf_or_a_page_can_show_is_not_there(document):
    parts = read_docx(document.read_bytes())
    heads = [[words(cell) for cell in table.find("{*}tr").iter("{*}tc")] for table in parts.tables()]

    assert heads == [["Item", "Details"], ["Measure", "Value", "England", "Board"], ["Name", "Number"]]
    assert "For large print" not in parts.text()
    assert "Of 87 measures, Plans are Worse; see Table 1." in parts.text()
    assert not list(parts.body.iter("{*}hyperlink"))[1:]  # the one leads to the table


def test_columns_keep_their_widths_and_have_room_for_their_longest_words(document):
    table = read_docx(document.read_bytes()).tables()[1]
    widths = [int(column.get(f"{W}w")) for column in table.iter("{*}gridCol")]
    measure, value, england, board = (width / sum(widths) for width in widths)

    assert measure > england > value
    assert value == pytest.approx(board, abs=0.01)
    assert england * MILLIMETRES > len("incomparable") * 2.2


def test_a_table_of_many_columns_has_small_letters_and_little_room_beside_them(small, tmp_path):
    places = [
        "Barking and Dagenham",
        "Hackney",
        "Havering",
        "Newham",
        "Redbridge",
        "Tower Hamlets",
        "Waltham Forest",
    ]
    lines = [
        "# Summary",
        "",
        "| Measure | " + " | ".join(places) + " |",
        "| :--- " + "| ---: " * len(places) + "|",
        "| Unemployment | " + " | ".join(["**23.4%**"] * len(places)) + " |",
        "",
        ': {tbl-colwidths="[23,11,11,11,11,11,11,11]"}',
    ]
    source = EDITION.partition("# Summary")[0] + "\n".join(lines)
    document = word_of(small(source, front=""), tmp_path)
    table = read_docx(document.read_bytes()).tables()[1]

    assert next(table.iter("{*}tblStyle")).get(f"{W}val") == "WideTable"
    assert said(document, "WideTableCell")[1:3] == ["Barking and Dagenham", "Hackney"]
    with zipfile.ZipFile(document) as archive:
        styles = archive.read("word/styles.xml").decode()
    assert all(f'w:styleId="{name}"' in styles for name in ("WideTable", "WideTableCell"))


def test_a_chart_stays_on_the_page_of_its_title(document):
    assert said(document, "CaptionedFigure") == ["Plans: 29%"]
    with zipfile.ZipFile(document) as archive:
        styles = archive.read("word/styles.xml").decode()
    own = styles.partition('w:styleId="CaptionedFigure"')[2].partition("</w:style>")[0]
    assert "<w:keepNext />" in own


def test_a_chart_is_a_png_of_its_own_size_with_its_words(document, small):
    drawing = (small(EDITION, front="") / "figures" / "north.svg").read_text(encoding="utf-8")
    points = float(drawing.partition('viewBox="')[2].partition('"')[0].split()[2])
    parts = read_docx(document.read_bytes())

    assert parts.spoken() == ["Line chart of the north & its years."]
    wide = int(next(parts.body.iter("{*}extent")).get("cx"))
    assert wide == pytest.approx(points * 12_700, rel=0.01)
    with zipfile.ZipFile(document) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"]


def test_the_same_source_and_date_give_the_same_bytes(document, small, tmp_path):
    time.sleep(2)  # the smallest step of a zip's times
    word_styles.cache_clear()
    assert word_of(small(EDITION, front=""), tmp_path / "again").read_bytes() == document.read_bytes()


def test_what_is_wrong_with_the_source_is_told_with_its_line(small, tmp_path):
    with pytest.raises(RenderError, match=r"pack\.qmd.*gone\.svg does not exist"):
        word_of(small(EDITION.replace("north.svg", "gone.svg"), front=""), tmp_path)
