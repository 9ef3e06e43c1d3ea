"""The board edition of a pack: who has one, that it is made, and what becomes of one that is too long."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pikepdf
import pytest
import typst

from boardpacks.packs.compose_pack import compose_pack
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.make_edition import SHAPES, edition_file, editions_of, make_edition
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.packs.render import engine
from tests.pdf_reading import read_sheets


@dataclass
class Press:
    """An engine whose every document has so many pages."""

    pages: int
    name: str = "press"
    seen: list[str] = field(default_factory=list)

    def render(self, source, out, formats, date):
        self.seen.append((source / "sections" / "priorities.qmd").read_text(encoding="utf-8"))
        out.mkdir(parents=True)
        path = out / "pack.pdf"
        path.write_bytes(typst.compile("\n#pagebreak()\n".join(["words"] * self.pages).encode()))
        return {"pdf": path}


@pytest.fixture
def content(make, params, chapter, tmp_path):
    def of(**plan):
        calendar = plan.pop("calendar", {})
        part = plan.pop("part", "public")
        made = make.plan(tmp_path, **plan)
        made = replace(made, part=part, calendar=made.calendar.model_copy(update=calendar))
        return PackContent(made, params, [read_chapter(chapter())], make.snapshot)

    return of


@pytest.fixture
def composed(content, make, tmp_path):
    return compose_pack(content(), make.root / "reports", tmp_path / "source")


@pytest.mark.parametrize(
    ("plan", "asked", "made"),
    [
        ({}, "both", "both"),
        ({}, "board", "board"),
        ({}, "annex", "annex"),
        ({"priorities": ("long-term-conditions",)}, "both", "annex"),
        ({"calendar": {"editions": "annex"}}, "both", "annex"),
        ({"calendar": {"editions": "annex"}}, "board", "annex"),
        ({"part": "confidential"}, "both", "annex"),
    ],
)
def test_which_documents_a_pack_has(content, make, plan, asked, made):
    pack = content(**plan)

    assert editions_of(pack, make.root / "reports", asked) == made
    assert bool(edition_file(pack, make.root / "reports", asked)) == (made == "both")


def test_a_project_without_the_template_has_the_annex_alone(content, tmp_path):
    assert editions_of(content(), tmp_path, "both") == "annex"


SMALLEST_IN_LARGE_PRINT = 11.5
"""Points."""


def test_an_edition_is_made_as_pdf_and_as_a_web_page_and_leads_to_its_annex(composed, make):
    plan = composed.text.pack.plan

    made = make_edition(
        plan, composed, engine("bundled"), make.root / "reports", ("pdf", "html", "large-print")
    )

    assert list(made) == ["edition", "edition-page", "edition-word", "edition-large-print"]
    page = made["edition-page"].read_text(encoding="utf-8")
    assert f'href="{plan.stem}.html#sec-' in page
    assert "What the board should know" in page
    with pikepdf.open(made["edition"]) as pdf:
        links = {str(link.A.URI) for sheet in pdf.pages for link in sheet.get("/Annots", []) if "/A" in link}
    assert any(link.startswith(f"{plan.stem}.pdf#nameddest=sec-") for link in links)
    sheets = read_sheets(made["edition-large-print"])
    assert {sheet.width > sheet.height for sheet in sheets} == {True}
    assert (
        min(size for sheet in sheets for mark in sheet.marks for size in mark.sizes)
        >= SMALLEST_IN_LARGE_PRINT
    )


def test_one_that_is_too_long_is_closed_up_then_tried_with_fewer_charts_and_refused_with_the_way_out(
    composed, make
):
    press = Press(13)

    with pytest.raises(CheckFailed, match=r"13 pages with 2 charts a priority.*12 at most.*editions: annex"):
        make_edition(composed.text.pack.plan, composed, press, make.root / "reports", ("pdf",))

    assert len(press.seen) == len(SHAPES)
