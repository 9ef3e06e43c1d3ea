"""What is wrong with a Word document is found, and what it says is read for the other gates."""

from __future__ import annotations

import io
import zipfile

import pytest

from boardpacks.packs.check.check_confidential import document_text
from boardpacks.packs.check.check_docx import AUTHORITY, check_docx
from boardpacks.packs.check.finished_pieces import pieces_of

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
CORE = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Pack</dc:title></c>'
STYLES = (
    f"<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
)
RELATIONS = '<r><Relationship Type="x/image" Target="a.png"/></r>'


def paragraph(text, style="BodyText"):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def table(*rows, head="<w:trPr><w:tblHeader/></w:trPr>"):
    def row(cells, properties=""):
        return f"<w:tr>{properties}{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"

    return f"<w:tbl>{row(rows[0], head)}{''.join(map(row, rows[1:]))}</w:tbl>"


FIRST = paragraph(f"{AUTHORITY}.")
HEADING = paragraph("Summary", "Heading1")
PICTURE = '<w:p><w:r><w:drawing><wp:docPr descr="A chart of smoking."/></w:drawing></w:r></w:p>'
SILENT = PICTURE.replace("A chart of smoking.", " ")
TABLE = table(["Measure", "Value"], ["Smoking", "12%"])
GOOD = FIRST + HEADING + PICTURE + TABLE


@pytest.fixture
def document(tmp_path):
    def make(body=GOOD, **parts):
        path = tmp_path / "pack.docx"
        written = {"core": CORE, "styles": STYLES, "relations": RELATIONS} | parts
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
            archive.writestr("docProps/core.xml", written["core"])
            archive.writestr("word/styles.xml", written["styles"])
            archive.writestr("word/_rels/document.xml.rels", written["relations"])
        return path

    return make


def test_a_good_document_has_no_fault(document):
    assert check_docx(document()) == []


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"body": HEADING + FIRST}, "its first line does not say that the PDF is the authority: 'Summary'"),
        ({"core": CORE.replace("Pack", " ")}, "no title is set"),
        ({"styles": STYLES.replace('w:val="en-GB"', "")}, "no language is set"),
        ({"body": FIRST}, "no heading"),
        ({"body": GOOD + paragraph(" ", "Heading1")}, "a heading of level 1 without words"),
        ({"body": GOOD + paragraph("Deep", "Heading3")}, "the heading 'Deep' of level 3 follows level 1"),
        (
            {"body": GOOD + SILENT},
            "picture 2: no words for people who cannot see it",
        ),
        (
            {"relations": RELATIONS.replace("/>", ' TargetMode="External"/>')},
            "a picture is loaded from a.png",
        ),
        ({"body": GOOD + table(["A"], ["b"], head="")}, "table 2: no header row"),
        ({"body": GOOD + table(["A", " "], ["b", "c"])}, "table 2: a column without a name"),
    ],
)
def test_each_fault_is_named_alone(document, spoilt, said):
    assert check_docx(document(**spoilt)) == [f"pack.docx: {said}"]


def test_what_is_no_word_document_is_said_to_be_none(tmp_path):
    path = tmp_path / "pack.docx"
    for content in (b"%PDF-1.7", empty_zip()):
        path.write_bytes(content)
        assert check_docx(path) == ["pack.docx: it cannot be read as a Word document"]


def empty_zip():
    held = io.BytesIO()
    zipfile.ZipFile(held, "w").close()
    return held.getvalue()


def test_other_gates_read_sentences_rows_words_for_pictures_and_properties(document):
    path = document(GOOD + paragraph("Few smoke. Fewer drink."))
    pieces = list(pieces_of(path.name, path.read_bytes()))
    said = {piece.text: piece.about for piece in pieces}

    assert {"Smoking | 12%", "Few smoke.", "Fewer drink.", "A chart of smoking.", "Pack"} <= set(said)
    assert said["Smoking | 12%"] == "Summary"
    assert "12%" not in said  # the cell stands in its row
    for words in ("Few smoke. Fewer drink.", "A chart of smoking.", "Pack", "12%"):
        assert words in document_text(path)
