"""What lies in the published folder: names, checksums, accessible documents, words instead of holes."""

from __future__ import annotations

import hashlib
import html
import json
import re
import sys
from pathlib import Path
from typing import Any

import page
import pytest

from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_pdf
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.plan.plan import plan_packs
from tests.documents import annex_of

pytestmark = pytest.mark.end_to_end


def _folder(built: Any, place: str) -> Path:
    folder: Path = next(result.published for result in built.results if result.plan.place == place)
    return folder


def _files(built: Any, ending: str) -> list[Path]:
    found = [path for result in built.results for path in result.published.glob(f"*{ending}")]
    return [path for path in found if "_working-paper_" not in path.name]


def test_every_place_and_the_system_have_a_pack(built: Any, request: pytest.FixtureRequest) -> None:
    every = [*built.params.places, "system"]
    assert [plan.place for plan in built.plans] == every
    wanted = every if request.config.getoption("--all") else ["havering", "system"]
    assert [result.plan.place for result in built.results] == wanted
    made = len(wanted)
    assert [result.failures for result in built.results] == [()] * made
    assert len(_files(built, ".pdf")) == len(_files(built, ".html")) == 2 * made
    assert len(_files(built, "_board-edition.docx")) == len(_files(built, "_data.csv")) == made


def test_names_are_predictable(built: Any) -> None:
    result = next(result for result in built.results if result.plan.place == "havering")
    date = result.plan.meeting.date.isoformat()
    assert result.published == built.out / date / "havering"
    stem = f"{date}_havering_board-pack_v0.1_DRAFT"
    assert {path.name for path in result.published.iterdir()} == {
        f"{stem}.pdf",
        f"{stem}.html",
        f"{stem}_board-edition.pdf",
        f"{stem}_board-edition.html",
        f"{stem}_board-edition.docx",
        f"{stem}_data.csv",
        f"{stem}_data.ods",
        f"{stem}_data.xlsx",
        f"{stem}_facts.json",
        *(f"{stem}_working-paper_{run.out.stem}.html" for run in result.plan.chapters),
        "manifest.json",
        "pack.json",
        "SHA256SUMS",
    }


def test_checksums_are_those_of_the_files(built: Any) -> None:
    for result in built.results:
        lines = (result.published / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        assert len(lines) >= 3
        for line in lines:
            digest, name = line.split(maxsplit=1)
            content = (result.published / name.lstrip("*")).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest


@pytest.mark.parametrize("place", ["system", pytest.param("", id="every", marks=pytest.mark.slow)])
def test_every_pdf_passes_all_rules_of_pdf_ua_1(built: Any, place: str) -> None:
    """All were checked before they were published; here we look that it is true."""
    paths = [path for path in _files(built, ".pdf") if place in path.name]
    assert len(paths) == 2 * (1 if place else len(built.results))
    for path in paths:
        report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
        assert [failure.rule_id for failure in report.failures] == [], path.name
        assert check_pdf(path) == [], path.name


def test_every_page_passes_the_checks_of_html(built: Any) -> None:
    for path in _files(built, ".html"):
        assert check_html(path) == [], path.name


def test_missing_figures_are_words(built: Any) -> None:
    for path in _files(built, ".html"):
        text = _text(path)
        found = re.findall(r"\b(?:nan|NaN|None|null|inf|NaT|undefined)\b.{0,40}", text)
        assert [words for words in found if not words.startswith("None ")] == [], path.name


def test_figures_missing_in_a_place_of_two_boroughs_are_words(built: Any) -> None:
    plan = next(plan for plan in built.plans if plan.place == "city-and-hackney")
    city = "".join(path.read_text("utf-8") for path in plan.folder.glob("source/sections/[0-9]*.qmd"))
    assert "not published" in city
    assert "no figure is published for the City of London" in city
    assert "No figure for City and Hackney is held here." in city
    assert "the sum of City of London and Hackney" in city


def test_a_gap_in_the_measures_is_said(built: Any) -> None:
    text = _text(annex_of(_folder(built, "havering"), ".html"))
    gaps = [o.gap for p in built.params.priorities.values() for o in p.outcomes if o.gap]
    assert len(gaps) > 10
    flat = " ".join(text.replace("’", "'").split())
    assert [gap for gap in gaps if " ".join(gap.replace("’", "'").split()) not in flat] == []


def test_the_library_lists_every_pack(built: Any) -> None:
    index = (built.out / "index.html").read_text(encoding="utf-8")
    for result in built.results:
        record = json.loads((result.published / "pack.json").read_text(encoding="utf-8"))
        assert record["pages"] == result.pages
        files = [*result.published.glob("*.pdf"), *result.published.glob("*.html")]
        page = built.out / "pages" / f"{record['meeting']}_{record['slug']}.html"
        assert f'href="pages/{page.name}"' in index
        own = page.read_text(encoding="utf-8")
        for path in files:
            assert f'href="../{path.relative_to(built.out).as_posix()}"' in own


def test_working_papers_say_nothing_of_the_machine_that_made_them(built: Any) -> None:
    papers = [path for result in built.results for path in result.published.glob("*_working-paper_*.html")]
    assert len(papers) == sum(len(result.plan.chapters) for result in built.results)
    for path in papers:
        text = path.read_text(encoding="utf-8")
        for folder in (built.project.root, built.out, Path.home(), Path(sys.prefix)):
            assert f"{folder}/" not in text, path.name
        assert not re.search(r"Traceback|Warning:|<script|https?://(?!www\.w3\.org/)", text), path.name


def test_example_dates_are_said_to_be_unconfirmed(built: Any) -> None:
    for path in _files(built, ".html"):
        assert "to be confirmed" in _text(path)


@pytest.mark.slow  # as tests/end_to_end/test_cluster.py and test_verify.py hold
def test_building_again_gives_the_same_bytes(built: Any, tmp_path: Path) -> None:
    plans = plan_packs(
        built.params, built.project, places=["city-and-hackney"], today=built.results[0].plan.meeting.date
    )
    order = BuildOrder(built.project, built.params, engine="bundled", out=tmp_path, workers=1)
    again = make_packs(plans, read_build_states(order), lambda event: None)
    first = next(result for result in built.results if result.plan.place == "city-and-hackney")
    assert again[0].published is not None
    assert first.published is not None
    for path in first.published.iterdir():
        assert (again[0].published / path.name).read_bytes() == path.read_bytes(), path.name


def _text(path: Path) -> str:
    """Return what a reader of the page sees, without drawings, styles and scripts."""
    content = re.sub(
        r"<(style|script|svg|head)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", content)))
