from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import page as checker
import pikepdf
import pytest

from boardpacks.packs.check.check_pdf import pdf_faults
from boardpacks.packs.papers.make_meeting_packs import make_meeting_pack
from boardpacks.packs.papers.tags import elements
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.folder import Project
from tests.packs.papers import pdfs
from tests.packs.papers.conftest import merge_papers, papers_of, with_template


def text_of(path, page: int) -> str:
    command = ["pdftotext", "-raw", "-f", str(page), "-l", str(page), str(path), "-"]
    return " ".join(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())


def number_of(pdf: pikepdf.Pdf, page: pikepdf.Object) -> int:
    return [sheet.obj.objgen for sheet in pdf.pages].index(page.objgen) + 1


def links(pdf: pikepdf.Pdf, page: int) -> list[int]:
    """Return the page that each link on a page leads to."""
    annotations: Any = pdf.pages[page - 1].obj.get("/Annots", [])
    return [number_of(pdf, one.Dest[0]) for one in annotations if "/Dest" in one]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    found = []

    def walk(items: Any, level: int) -> None:
        for item in items:
            found.append((level, item.title, number_of(pdf, item.destination[0])))
            walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        walk(outline.root, 0)
    return found


def marks_of(pdf: pikepdf.Pdf, sheet: pikepdf.Page) -> list[int]:
    """Return the numbers of tagged content on a page, in the order in which it is drawn."""
    found = []
    for instruction in pikepdf.parse_content_stream(sheet, "BDC"):
        marked = instruction.operands[1]
        if isinstance(marked, pikepdf.Name):
            marked = sheet.obj.Resources.Properties[marked]
        if "/MCID" in marked:
            found.append(int(marked.MCID))
    return found


def content_of(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Dictionary, int, int]]:
    """Yield each piece of tagged content in reading order: its tag, its page and its number there."""
    for element in elements(pdf.Root.StructTreeRoot.K):
        kids = element.get("/K")
        for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                yield element, number_of(pdf, element.Pg), kid
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                yield element, number_of(pdf, kid.Pg if "/Pg" in kid else element.Pg), int(kid.MCID)


def assert_tags_fit(pdf: pikepdf.Pdf) -> None:
    """Every mark on every page leads to a tag and back, and so does every annotation."""
    numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    said = {(page, mcid): element.objgen for element, page, mcid in content_of(pdf)}
    drawn = {}
    for place, sheet in enumerate(pdf.pages, start=1):
        for mcid in marks_of(pdf, sheet):
            drawn[place, mcid] = numbers[int(sheet.obj.StructParents)][mcid].objgen
        for annotation in sheet.obj.get("/Annots", []):
            if "/StructParent" in annotation:
                tag = numbers[int(annotation.StructParent)]
                kids = tag.K if isinstance(tag.K, pikepdf.Array) else [tag.K]
                targets = [
                    kid.Obj.objgen for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
                ]
                assert annotation.objgen in targets
    assert drawn == said
    for element in elements(pdf.Root.StructTreeRoot.K):
        assert "/P" in element


def papers(ours: Project) -> tuple[bytes, ...]:
    """Two good papers, whose named places have the same names, and one in Welsh."""
    return (
        pdfs.tagged(ours, "Finance report"),
        pdfs.tagged(ours, "Estates report"),
        pdfs.tagged(ours, "Adroddiad", "cy"),
    )


@pytest.fixture(scope="module")
def good(ours, tmp_path_factory) -> Project:
    """The project whose meeting has these papers."""
    return with_template(ours, tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def accessible(good, ours):
    """A pack of good papers, which tests leave as it is."""
    return merge_papers(good, *papers(ours))


def test_a_pack_of_accessible_papers_keeps_to_pdf_ua(accessible, good):
    pdf, made = accessible
    assert pdf_faults(good.root / "merged.pdf") == []
    assert "/pdfuaid" not in str(made.warnings)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Havering meeting pack"
    assert made.warnings == ()


def test_agenda_links_and_page_numbers_are_those_of_the_pages(accessible, good):
    pdf, made = accessible
    assert made.pack.pages == len(pdf.pages) == 2 + 3 * 3
    dividers = [3, 6, 9]
    assert sorted(set(links(pdf, 2))) == dividers
    agenda = text_of(good.root / "merged.pdf", 2)
    assert re.findall(r"\d Paper \d – – (\d+)", agenda) == ["3", "6", "9"]
    for place_, title in zip(dividers, ("Paper 1", "Paper 2", "Paper 3"), strict=True):
        sheet = text_of(good.root / "merged.pdf", place_)
        assert f"Item {title[-1]}: {title}" in sheet
        assert f"Pages {place_ + 1} to {place_ + 2}" in sheet
        assert f"Page {place_} of 11" in sheet
        assert links(pdf, place_) == [2]  # back to the agenda


def test_each_page_of_a_paper_has_the_packs_number_beside_its_own(accessible, good):
    for number, item in ((4, 1), (5, 1), (7, 2), (8, 2), (10, 3), (11, 3)):
        words = text_of(good.root / "merged.pdf", number)
        assert f"Item {item}: Paper {item}" in words
        assert f"Meeting pack page {number} of 11" in words
        assert "DRAFT" in words
    assert "Second part of Estates report" in text_of(good.root / "merged.pdf", 8)


def test_every_word_of_every_paper_is_still_there(accessible, good):
    for item, first in ((1, 4), (2, 7), (3, 10)):
        for page in (1, 2):
            words = text_of(papers_of(good) / f"{item}.pdf", page)
            assert words
            assert words in text_of(good.root / "merged.pdf", first + page - 1)


def test_links_inside_papers_lead_to_their_own_pages_though_names_collide(accessible):
    pdf, _ = accessible
    for first in (4, 7, 10):
        assert links(pdf, first) == [first + 1]
        assert links(pdf, first + 1) == [first]
        addresses = [str(one.A.URI) for one in pdf.pages[first - 1].obj.Annots if "/A" in one]
        assert addresses == ["https://example.org"]


def test_bookmarks_have_an_item_each_and_the_papers_own_below(accessible):
    pdf, _ = accessible
    assert bookmarks(pdf)[:4] == [
        (0, "Agenda", 2),
        (0, "Item 1: Paper 1", 3),
        (1, "Finance report", 4),
        (2, "Second part of Finance report", 5),
    ]
    assert [one for one in bookmarks(pdf) if one[0] == 0][2:] == [
        (0, "Item 2: Paper 2", 6),
        (0, "Item 3: Paper 3", 9),
    ]
    assert pdf.Root.PageLabels.Nums[1].S == "/D"


def test_tags_fit_the_pages_and_are_read_in_their_order(accessible):
    pdf, _ = accessible
    assert_tags_fit(pdf)
    pages = [page for _, page, _ in content_of(pdf)]
    assert pages == sorted(pages)
    assert sorted(set(pages)) == list(range(1, 12))


def test_each_item_is_a_part_and_keeps_its_language(accessible):
    pdf, _ = accessible
    document = pdf.Root.StructTreeRoot.K
    parts = [kid for kid in document.K if kid.S == "/Part"]
    assert [str(part.T) for part in parts] == [f"Item {n}: Paper {n}" for n in (1, 2, 3)]
    assert [str(part.K[-1].get("/Lang", "")) for part in parts] == ["en", "en", "cy"]
    ids = [bytes(one.ID) for one in elements(document) if "/ID" in one]
    assert len(ids) == len(set(ids))


def test_the_same_papers_make_the_same_bytes(accessible, merge, ours):
    _, first = accessible
    _, again = merge(*papers(ours))
    assert first.pack.pdf == again.pack.pdf


def test_an_untagged_paper_takes_the_claim_away_but_can_be_read_aloud(merge, ours, place):
    pdf, made = merge(pdfs.tagged(ours), pdfs.plain("Words of the plain paper", pages=2), pdfs.scan())
    with pdf.open_metadata() as metadata:
        assert "pdfuaid:part" not in metadata
    assert [words.split(" (")[0] for words in made.warnings] == [
        "reports/papers/2026-12-09/havering/2.pdf",
        "reports/papers/2026-12-09/havering/3.pdf",
    ]
    assert_tags_fit(pdf)
    parts = [kid for kid in pdf.Root.StructTreeRoot.K.K if kid.S == "/Part"]
    assert [str(kid.S) for kid in parts[1].K[-1].K] == ["/P", "/P"]
    picture = parts[2].K[-1].K
    assert picture.S == "/Figure"
    assert "cannot be read aloud" in str(picture.Alt)
    assert "not fully accessible" in text_of(place.root / "merged.pdf", 6)
    assert "not fully accessible" not in text_of(place.root / "merged.pdf", 3)


WAYS_ROUND = [
    (size, rotate)
    for size in ((595, 842), (842, 595), (1191, 842), (612, 792))
    for rotate in (0, 90, 180, 270)
]


@pytest.fixture(scope="module")
def turned(ours, tmp_path_factory) -> Path:
    """A pack with a paper of pages of every size, turned in every way."""
    paper = pikepdf.new()
    for size, rotate in WAYS_ROUND:
        paper.pages.extend(pdfs.plain("Words", size=size, rotate=rotate, at=(200, 300)).pages)
    place = with_template(ours, tmp_path_factory.mktemp("turned"))
    merge_papers(place, paper)
    return place.root / "merged.pdf"


@pytest.mark.parametrize(
    ("page", "size", "rotate"), [(at, *way) for at, way in enumerate(WAYS_ROUND, start=4)]
)
def test_stamps_stand_the_right_way_up_and_on_the_page(turned, page, size, rotate):
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(turned), "-"]
    boxes = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    width, height = size if rotate % 180 == 0 else size[::-1]

    def at(word: str) -> list[float]:
        found = re.findall(
            rf'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">{word}<', boxes
        )
        return [float(value) for value in found[0]]

    item, marked = at("Item"), at("DRAFT")
    foot = at("Meeting")
    assert item[2] - item[0] > item[3] - item[1]  # wider than high: not on its side
    assert item[3] < height * 0.05
    assert foot[1] > height * 0.94
    assert item[0] < width * 0.2 < width * 0.8 < marked[2] <= width
    assert 0 <= item[1] < foot[3] <= height


def test_a_page_full_to_the_edge_is_made_a_little_smaller_and_others_are_left_alone(merge, place):
    pdf, _ = merge(pdfs.plain("Top line", at=(72, 830)), pdfs.plain("Middle", at=(72, 400)))
    boxes = []
    for page in (4, 6):
        command = [
            "pdftotext",
            "-bbox",
            "-f",
            str(page),
            "-l",
            str(page),
            str(place.root / "merged.pdf"),
            "-",
        ]
        boxes.append(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    def span(box: str, word: str) -> list[float]:
        found = re.findall(rf'yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">{word}<', box)
        return [float(value) for value in found[0]]

    assert span(boxes[0], "Top")[0] > span(boxes[0], "Item")[1]  # the stamp hides nothing
    assert b" cm" not in pdf.pages[5].Contents[0].read_bytes()
    assert b"0.9" in pdf.pages[3].Contents[0].read_bytes()


def test_links_move_with_a_page_that_was_made_smaller(merge):
    paper = pdfs.with_names()
    paper.pages[2].obj.Contents = paper.make_stream(b"0 0 595 842 re f")
    paper.pages[0].obj.Contents = paper.make_stream(b"0 0 595 842 re f")
    pdf, _ = merge(paper)
    link = pdf.pages[3].obj.Annots[0]
    assert number_of(pdf, link.Dest[0]) == 6
    scale = 1 - 2 * 28 / 842
    assert float(link.Dest[3]) == pytest.approx(700 * scale + (1 - scale) * 421, abs=0.1)
    assert float(link.Rect[1]) == pytest.approx(390 * scale + (1 - scale) * 421, abs=0.1)
    assert bookmarks(pdf)[-1] == (1, "Third page", 6)


def test_nothing_active_is_left_and_what_was_taken_out_is_said(merge, place):
    pdf, made = merge(pdfs.active())
    whole = pdfs.saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for word in (
        b"EXECUTED",
        b"/JavaScript",
        b"/Launch",
        b"/OpenAction",
        b"/SubmitForm",
        b"/AA",
        b"passwd",
        b"/Movie",
    ):
        assert word not in whole
    assert b"https://example.org/kept" in whole
    assert b"A comment" in whole
    assert links(pdf, 4) == [5]
    said = next(words for words in made.warnings if "taken out" in words)
    for words in (
        "a script",
        "a command that starts a program",
        "a film, sound or model",
        "a link to another file",
    ):
        assert words in said


def test_form_fields_become_what_they_show(merge, place):
    pdf, made = merge(pdfs.form())
    assert "Filled in" in text_of(place.root / "merged.pdf", 4)
    assert "/AcroForm" not in pdf.Root
    assert "/Annots" not in pdf.pages[3].obj
    assert any("1 form field (what they show is kept as text)" in words for words in made.warnings)


def test_attachments_of_two_papers_keep_names_of_their_own_but_programs_do_not(merge):
    pdf, made = merge(
        pdfs.with_attachment(content=b"one"),
        pdfs.with_attachment(content=b"two"),
        pdfs.with_attachment("run.exe", b"MZ"),
        pdfs.with_attachment("../../up.csv", b"up"),
    )
    found = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    assert found == {"item-1_figures.csv": b"one", "item-2_figures.csv": b"two", "item-4_up.csv": b"up"}
    assert any("the attached program run.exe" in words for words in made.warnings)


def test_layers_that_a_paper_hides_stay_hidden(merge):
    paper = pdfs.plain("Shown")
    group = paper.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Hidden"))
    paper.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([group]), D=pikepdf.Dictionary(OFF=pikepdf.Array([group]))
    )
    paper.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L0=group)
    paper.pages[0].obj.Contents = paper.make_stream(b"/OC /L0 BDC BT /F1 12 Tf 72 300 Td (Secret) Tj ET EMC")
    pdf, _ = merge(paper)
    joined = pdf.Root.OCProperties
    assert [one.objgen for one in joined.D.OFF] == [one.objgen for one in joined.OCGs]
    assert pdf.pages[3].obj.Resources.Properties.L0.objgen == joined.OCGs[0].objgen


def test_drawing_that_is_left_open_or_closed_too_often_does_not_move_the_stamp(merge, place):
    pdf, _ = merge(
        pdfs.plain("Open", content=b"q q 0.1 0 0 0.1 0 0 cm /X BMC "),
        pdfs.plain("Closed", content=b"Q Q EMC "),
    )
    for page in (4, 6):
        assert f"Meeting pack page {page} of 6" in text_of(place.root / "merged.pdf", page)
    assert_tags_fit(pdf)


def test_a_title_is_never_taken_for_markup(plan, place, folder, params_of):
    title = '#strong[x] "quoted" \\ $x$ <script>alert(1)</script> @ref *bold*'
    pdfs.put(folder, "a.pdf", pdfs.plain("Words"))
    made = make_meeting_pack(plan({"item": "1", "title": title, "file": "a.pdf"}), place, params_of, {})
    path = pdfs.put(place.root, "merged.pdf", made.pack.pdf)
    assert title in text_of(path, 3)
    with pikepdf.open(path) as pdf:
        assert bookmarks(pdf)[1][1] == f"Item 1: {title}"


def test_a_very_long_title_is_cut_in_the_stamp_only(plan, place, folder, params_of):
    title = "A long title of an item " * 12
    pdfs.put(folder, "a.pdf", pdfs.plain("Words"))
    made = make_meeting_pack(
        plan({"item": "1", "title": title.strip(), "file": "a.pdf"}), place, params_of, {}
    )
    path = pdfs.put(place.root, "merged.pdf", made.pack.pdf)
    assert title.strip() in text_of(path, 3)
    assert "…" in text_of(path, 4)
    assert "DRAFT" in text_of(path, 4)


def test_a_checker_that_reads_every_page_finds_no_fault_of_structure(accessible, good):
    report = checker.validate_pdf(good.root / "merged.pdf", profile=checker.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_tags_that_go_round_in_a_circle_or_lead_nowhere_do_no_harm(merge, ours, place):
    path = pdfs.put(place.root, "paper.pdf", pdfs.tagged(ours))
    with pikepdf.open(path) as paper:
        document = paper.Root.StructTreeRoot.K
        document = document[0] if isinstance(document, pikepdf.Array) else document
        first = document.K[0]
        first.K = pikepdf.Array(
            [*([first.K] if not isinstance(first.K, pikepdf.Array) else first.K), document, first]
        )
        lost = pikepdf.Dictionary(Type=pikepdf.Name.MCR, MCID=10**9, Pg=paper.pages[0].obj)
        document.K.append(paper.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, K=lost)))
        hostile = pdfs.saved(paper)
    pdf, _ = merge(hostile)
    assert_tags_fit(pdf)


def test_names_of_tags_that_two_papers_use_differently_stay_apart(merge, ours, place):
    lead = []
    for number, meaning in enumerate((pikepdf.Name.P, pikepdf.Name.Span)):
        path = pdfs.put(place.root, f"paper-{number}.pdf", pdfs.tagged(ours))
        with pikepdf.open(path) as paper:
            tree = paper.Root.StructTreeRoot
            if "/RoleMap" not in tree:
                tree.RoleMap = pikepdf.Dictionary()
            tree.RoleMap["/Lead"] = meaning
            next(one for one in elements(tree.K) if one.S == "/P").S = pikepdf.Name.Lead
            lead.append(pdfs.saved(paper))
    pdf, _ = merge(*lead)
    roles = pdf.Root.StructTreeRoot.RoleMap
    used = [str(one.S) for one in elements(pdf.Root.StructTreeRoot.K) if str(one.S).startswith("/Lead")]
    assert [str(roles[name]) for name in used] == ["/P", "/Span"]


def test_a_field_among_the_tags_is_read_in_its_place(merge, ours, place):
    path = pdfs.put(place.root, "form.pdf", pdfs.tagged(ours))
    with pikepdf.open(path) as paper:
        looks = paper.make_stream(b"0 0 10 10 re f")
        looks.BBox, looks.Resources = pikepdf.Array([0, 0, 10, 10]), pikepdf.Dictionary()
        field = paper.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="name",
                TU="Your name",
                Rect=pikepdf.Array([100, 300, 120, 320]),
                AP=pikepdf.Dictionary(N=looks),
            )
        )
        paper.pages[0].obj.Annots.append(field)
        paper.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        document = paper.Root.StructTreeRoot.K
        document = document[0] if isinstance(document, pikepdf.Array) else document
        tag = paper.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem,
                S=pikepdf.Name.Form,
                P=document,
                Pg=paper.pages[0].obj,
                K=pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=field),
            )
        )
        document.K = pikepdf.Array([document.K[0], tag, *list(document.K)[1:]])
        form = pdfs.saved(paper)
    pdf, _ = merge(form)
    assert_tags_fit(pdf)
    kinds = [str(one.S) for one in elements(pdf.Root.StructTreeRoot.K)]
    assert "/Form" not in kinds
    assert not any(one.get("/Subtype") == "/Widget" for one in pdf.pages[3].obj.get("/Annots", []))


def outcome(call: Callable[[], Any]) -> Any:
    """Return what a call gives, or the error that it tells the user."""
    try:
        return call()
    except BoardpacksError as error:
        return error


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.__setitem__("/MediaBox", pikepdf.Array([0, 0, 1, 1])),
        lambda page: page.__setitem__(
            "/Annots", pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=1)])
        ),
        lambda page: page.__setitem__("/Annots", pikepdf.Array([None, 7, pikepdf.Array()])),
        lambda page: page.__setitem__("/Resources", pikepdf.Array()),
        lambda page: page.__setitem__("/Rotate", pikepdf.Name.Wrong),
    ],
)
def test_a_paper_with_odd_parts_is_merged_or_refused_by_name(merge, spoil):
    paper = pdfs.plain("Odd")
    spoil(paper.pages[0].obj)
    found = outcome(lambda: merge(paper))
    if isinstance(found, InputError):
        assert found.problems[0].where == "reports/papers/2026-12-09/havering/1.pdf"
    else:
        assert len(found[0].pages) == 4
