"""Working papers: what they show of an executed notebook, and what they never show."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from boardpacks.facts.artefacts import MIME, Prose, to_record
from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.library.working_papers import paper_title, working_papers
from boardpacks.packs.read.read_notebook import read_chapter

ENDING = "_working-paper_long_term_conditions.html"


@pytest.fixture
def paper(make, params, tmp_path):
    """Makes the working paper of a notebook of some cells."""

    def write(cells, **meeting) -> str:
        plan = make.plan(tmp_path, **meeting)
        make.notebook(plan.chapters[0].out, cells)
        papers = working_papers(make.content(plan, read_chapter(plan.chapters[0].out)), tmp_path)
        assert list(papers) == [ENDING]
        return papers[ENDING].decode()

    return write


def stream(name: str, text: str) -> dict[str, str]:
    return {"output_type": "stream", "name": name, "text": text}


def test_shows_prose_statement_chart_and_table(paper, make):
    html = paper(
        [
            "# Long-term conditions\n\nHow {place} is doing.",
            [make.statement() | {"text/markdown": "In Havering **10.9%** of adults smoke."}],
            [make.figure()],
            [make.table() | {"text/html": "<table><caption>Smoking by borough</caption></table>"}],
        ]
    )

    assert "<h1>Working paper: Long-term conditions</h1>" in html
    assert html.count("<h1") == 1
    assert "How Havering is doing." in html
    assert "<strong>10.9%</strong> of adults smoke." in html
    assert 'alt="Line chart of smoking in Havering."' in html
    assert "<caption>Smoking by borough</caption>" in html
    assert "Havering Board, 9 December 2026 (example date, to be confirmed)" in html


def test_code_is_folded_and_highlighted(paper):
    html = paper(["# A title", []])

    assert re.search(
        r"<details id=\"cell-2\"><summary>Code of cell 2</summary>.*show.*</details>", html, re.DOTALL
    )


def test_a_reference_leads_to_the_chart_and_an_indicator_keeps_its_words_only(paper, make):
    html = paper(
        [
            "# A title\n\nSee @fig-smoking-trend, @fig-of-another-chapter and [smoking](#indicator-smoking).",
            [make.figure()],
        ]
    )

    assert 'See <a href="#smoking-trend">the chart</a>, the chart and smoking.' in html
    assert '<figure id="smoking-trend">' in html


def test_a_drawing_is_a_picture_with_no_ids_on_the_page_and_a_font_that_every_reader_has(paper, make):
    words = '<text id="a" style="font-family: \'Inter\'">50% é</text>'
    svg = f'<svg width="468pt" xmlns="http://www.w3.org/2000/svg">{words}</svg>'
    html = paper(["# A title", [make.figure("one") | {"image/svg+xml": svg}]])

    (source,) = re.findall(r'<img src="([^"]*)"', html)
    assert source.startswith("data:image/svg+xml;charset=utf-8,<svg width=%22468pt%22")
    assert "font-family: Inter, Arial, Helvetica, sans-serif" in source
    assert "50%25 é" in source
    assert 'style="min-width: 499px"' in html


def test_nothing_is_wrong_with_the_page(paper, make, tmp_path):
    page = tmp_path / "paper.html"
    page.write_text(paper(["# A title", "## Part", [make.figure(), make.statement()]]), encoding="utf-8")

    assert check_html(page) == []


HOSTILE = "<script>alert(1)</script>"


def test_what_a_title_prose_or_output_holds_is_never_run(paper, make):
    html = paper(
        [
            "# A title",
            [
                {
                    "text/markdown": f"{HOSTILE} <img src=x onerror=alert(1)> [x](javascript:alert(1)) <!-- note -->"
                },
                {"text/markdown": "<!-- note\nnote -->\n\n[x](data:text/html,y)"},
                make.figure(title=HOSTILE, note=HOSTILE, alt=f'">{HOSTILE}'),
                {"text/html": f"<b onclick=alert(1)>bold</b>{HOSTILE}<iframe src=//example.org></iframe>"},
                {"image/png": f'AAAA">{HOSTILE}'},
                {"text/plain": HOSTILE},
                stream("stdout", HOSTILE),
            ],
        ],
        place="havering",
    )

    assert "<script" not in html
    assert not re.search(r"<[^>]*\son(?:click|error)=", html)
    assert "<iframe" not in html
    assert "note --" not in html
    assert not re.search(r"href=.(?:javascript|data):", html)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in html


def test_says_nothing_of_the_machine(paper, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "not to be seen")
    home = Path.home()
    html = paper(
        [
            "# A title",
            [
                stream("stderr", f"{tmp_path}/lib/x.py:12: UserWarning: beware"),
                stream("stdout", f"read {tmp_path}/data/a.csv\n"),
                {"text/plain": f"PosixPath('{home}/notes')"},
            ],
        ]
    )

    assert "UserWarning" not in html
    assert str(tmp_path) not in html
    assert f"{home}/" not in html
    assert "read …/data/a.csv" in html
    assert "not to be seen" not in html


def test_the_same_notebook_gives_the_same_bytes_and_an_empty_one_a_page(paper, make):
    cells = ["# A title", [make.figure(), make.statement(), {"text/plain": "1"}]]

    assert paper(cells) == paper(cells)
    assert "<h1>Working paper: A title</h1>" in paper(["# A title"])


def test_papers_made_at_once_are_those_made_one_after_another(make, params, tmp_path):
    def one(number: int) -> bytes:
        plan = make.plan(tmp_path / str(number))
        text = f"# Chapter {number}\n\n" + "\n\n".join(f"- **{number}**" for _ in range(50))
        make.notebook(plan.chapters[0].out, [text, [make.figure(title=f"Chart {number}")]])
        return working_papers(make.content(plan, read_chapter(plan.chapters[0].out)), tmp_path)[ENDING]

    alone = [one(number) for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(one, range(12))) == alone


def test_parameters_of_the_run_are_named(paper, make, tmp_path, params):
    plan = make.plan(tmp_path)
    path = make.notebook(plan.chapters[0].out, ["# A title", [], []])
    notebook = json.loads(path.read_text())
    notebook["cells"][1]["metadata"] = {"tags": ["injected-parameters"]}
    path.write_text(json.dumps(notebook))

    html = working_papers(make.content(plan, read_chapter(path)), tmp_path)[ENDING].decode()

    assert "<summary>Parameters of this run</summary>" in html
    assert "<summary>Code of cell 2</summary>" in html
    assert "<summary>Code of cell 3</summary>" not in html


def test_says_whether_it_is_a_draft(paper):
    assert "◇</span> Draft</span> Version 0.1" in paper(["# A title"])


def test_its_title_is_told_of_a_damaged_one_its_file_name(paper, tmp_path):
    path = tmp_path / f"2026-12-09_havering_board-pack_v1.0{ENDING}"
    path.write_text(paper(['# Long-term conditions & "more"']), encoding="utf-8")
    assert paper_title(path) == 'Long-term conditions & "more"'

    path.write_bytes(b"\xff")
    assert paper_title(path) == "Long term conditions"


def test_markdown_that_code_hands_over_is_filled_in_and_the_title_stands_once(paper):
    def prose(markdown: str) -> dict[str, object]:
        record = to_record(Prose(kind="prose", markdown=markdown))
        return {"text/markdown": markdown, MIME: record}

    html = paper([[prose("# A title\n\nHow {place} is doing."), prose("## A part of {place}")]])
    assert html.count("A title</h1>") == 1
    assert "How Havering is doing." in html
    assert "A part of Havering</h2>" in html
    assert "{place}" not in html
