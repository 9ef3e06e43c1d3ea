from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_pdf
from boardpacks.packs.render import engine
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.packs.render.source_error import RenderError
from tests.packs.render.conftest import DATE, FRONT, copy_sample

LONG = ("Brindlemere and the Upper Fennshire Villages of Saint Mary-under-the-Hill " * 5)[:300]


@pytest.fixture(scope="module")
def page(rendered) -> str:
    return str(rendered["html"].read_text(encoding="utf-8"))


def pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def bookmarks(path: Path) -> list[tuple[str, int]]:
    """Title and page number of every bookmark."""
    with pikepdf.open(path) as pdf:
        numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages, start=1)}
        found: list[tuple[str, int]] = []

        def walk(items):
            for item in items:
                where = item.destination if item.destination is not None else item.action.D
                found.append((item.title, numbers[where[0].objgen]))
                walk(item.children)

        with pdf.open_outline() as outline:
            walk(outline.root)
        return found


def pdf_of(source: Path, out: Path) -> Path:
    return BundledEngine().render(source, out, ("pdf",), DATE)["pdf"]


def html_of(source: Path, out: Path) -> str:
    return BundledEngine().render(source, out, ("html",), DATE)["html"].read_text(encoding="utf-8")


def test_the_sample_passes_every_check(rendered):
    assert check_pdf(rendered["pdf"]) == []
    assert check_html(rendered["html"]) == []


def test_the_same_source_gives_the_same_bytes_in_another_folder(rendered, tmp_path, extension):
    source = copy_sample(tmp_path / "elsewhere" / "deeper", extension)
    again = BundledEngine().render(source, tmp_path / "out", ("pdf", "html"), DATE)
    assert {kind: path.read_bytes() for kind, path in again.items()} == {
        kind: path.read_bytes() for kind, path in rendered.items()
    }


def test_several_threads_render_at_once(rendered, tmp_path, extension):
    sources = [copy_sample(tmp_path / f"source-{number}", extension) for number in range(4)]
    shared = BundledEngine()

    def one(source: Path) -> bytes:
        return shared.render(source, tmp_path / f"out-{source.name}", ("pdf",), DATE)["pdf"].read_bytes()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(one, sources)) == {rendered["pdf"].read_bytes()}


def test_nothing_is_left_behind(sample, tmp_path):
    def listing(folder: Path) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = listing(sample)
    BundledEngine().render(sample, tmp_path / "out", ("pdf", "html"), DATE)
    assert listing(sample) == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["pack.html", "pack.pdf"]


def test_only_the_wanted_format_is_made(sample, tmp_path):
    made = engine("bundled").render(sample, tmp_path / "out", ("html",), DATE)
    assert list(made) == ["html"]
    assert not (tmp_path / "out" / "pack.pdf").exists()


def test_a_failed_render_leaves_the_old_pack_alone(small, tmp_path):
    out = tmp_path / "out"
    old = pdf_of(small("# A\n\nWords."), out).read_bytes()
    with pytest.raises(RenderError):
        pdf_of(small("# A\n\n@fig-gone"), out)
    assert (out / "pack.pdf").read_bytes() == old


def test_the_pdf_is_dated_by_the_meeting(small, tmp_path):
    path = BundledEngine().render(small("# A\n\nWords."), tmp_path, ("pdf",), dt.date(2027, 3, 4))["pdf"]
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20270304000000")


def test_the_pdf_has_title_language_and_bookmarks(rendered):
    with pikepdf.open(rendered["pdf"]) as pdf:
        assert str(pdf.Root["/Lang"]) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "Brindlemere board pack"
    titles = [title for title, _ in bookmarks(rendered["pdf"])]
    assert titles[:4] == ["Front sheet", "Summary", "Longer, healthier lives", "Fewer people smoke"]


def test_figures_keep_their_words_in_the_pdf(rendered):
    with pikepdf.open(rendered["pdf"]) as pdf:
        words = [
            str(obj["/Alt"]) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj
        ]
    assert any(text.startswith("Line chart: smoking in Brindlemere fell from 16.8%") for text in words)


def test_a_chapter_starts_a_new_page_unless_it_would_leave_one_nearly_empty(small, tmp_path):
    lines = "Words that fill a line. " * 20 + "\n\n"
    body = f"# One\n\nShort.\n\n# Two\n\n{lines * 8}# Three\n\nShort.\n"
    where = dict(bookmarks(pdf_of(small(body), tmp_path)))
    assert where["One"] == where["Two"] == 1
    assert where["Three"] == 2


def test_many_chapters_still_get_right_page_numbers(small, tmp_path):
    body = "".join(f"# Chapter {n}\n\n{'Words that fill a line. ' * 20 * (n % 3 + 1)}\n\n" for n in range(30))
    path = pdf_of(small(body, front=FRONT.replace("---\n\n", "toc: true\n---\n\n")), tmp_path)
    assert check_pdf(path) == []


def test_long_names_and_texts_stay_on_their_pages(small, tmp_path):
    front = (
        f'---\ntitle: "{LONG}"\nsubtitle: "{LONG}"\ndate: "{LONG[:80]}"\nlang: en-GB\ntoc: true\npack:\n'
        f'  organisation: "{LONG}"\n  system: "{LONG}"\n  board: "{LONG}"\n  status: DRAFT\n  version: "0.1"\n'
        f'  cover: true\n  front-sheet:\n    - label: "{LONG[:60]}"\n      content: "{LONG * 12}"\n---\n\n'
    )
    cell = "many words in one cell " * 200
    table = f"| A | B |\n|---|---|\n| x | {cell} |\n\n: {LONG} "
    body = f"# {LONG}\n\n{'endless' * 40}\n\n{table}" + '{#tbl-x tbl-colwidths="[80,20]"}\n'
    made = BundledEngine().render(small(body, front=front), tmp_path / "out", ("pdf", "html"), DATE)
    assert check_pdf(made["pdf"]) == []
    assert check_html(made["html"]) == []
    assert _widest(made["pdf"]) < 595


def _widest(path: Path) -> float:
    """The rightmost place, in points, at which any line of text starts."""
    with pikepdf.open(path) as pdf:
        return max(
            float(step.operands[4])
            for sheet in pdf.pages
            for step in pikepdf.parse_content_stream(sheet)
            if str(step.operator) == "Tm"
        )


def test_a_final_pack_shows_no_draft(sample, tmp_path):
    pack = sample / "pack.qmd"
    pack.write_text(pack.read_text(encoding="utf-8").replace('  status: "DRAFT"\n', ""), encoding="utf-8")
    assert "DRAFT" not in html_of(sample, tmp_path)


def test_the_page_is_one_file(page):
    assert not re.findall(r'(?:src|href)="(?!#|https://example\.org/figures|data:)[^"]*"', page)
    assert page.count("data:font/woff2;base64,") == 4


def test_verdicts_keep_their_words_and_hide_their_shapes(page):
    shapes = dict(
        re.findall(
            r'<span class="verdict-(\w+)"><span class="verdict-shape"\s+aria-hidden="true">(.)\u00a0</span>',
            page,
        )
    )
    assert shapes == {"better": "●", "worse": "◆", "similar": "○", "higher": "▲", "lower": "▼"}
    assert '<span class="verdict-none">Not published for this place</span>' in page


def test_figures_have_their_caption_first_their_words_and_their_number(page):
    figure = re.search(r'<figure id="fig-smoking".*?</figure>', page, re.DOTALL)
    assert figure is not None
    text = figure[0]
    assert text.index("<figcaption") < text.index("<svg")
    assert "Figure\u00a01." in text
    assert 'role="img" aria-label="Line chart: smoking in Brindlemere fell' in text
    assert '<span class="figure-note">Adults who smoke' in text
    assert "<text" in text, "the words of a chart stay text"


def test_ids_inside_charts_are_unique(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    used = set(re.findall(r"url\(#([^)]+)\)", page)) | set(re.findall(r'xlink:href="#([^"]+)"', page))
    assert used
    assert used <= set(ids)


def test_references_lead_to_what_they_name(page):
    assert re.search(r'<a href="#tbl-measures"\s+class="cross-reference">Table\u00a01</a>', page)
    assert re.search(r'<a href="#fig-smoking"\s+class="cross-reference">Figure\u00a01</a>', page)
    assert re.search(r'<a href="#sec-method"\s+class="cross-reference">Method and data</a>', page)


def test_tables_name_their_columns_and_rows_and_keep_their_widths(page):
    table = re.search(r'<figure id="tbl-measures".*?</figure>', page, re.DOTALL)
    assert table is not None
    assert table[0].count('scope="col"') == 4
    assert table[0].count('scope="row"') == 6
    assert re.findall(r'<col style="width: (\d+)%"', table[0]) == ["44", "17", "14", "25"]
    assert 'style="text-align: right;">10.9</td>' in table[0]


def test_callouts_get_their_titles_and_never_become_headings(page):
    titles = re.findall(r'<div class="callout-title">\s*<p>(.*?)</p>', page)
    assert titles == [
        "Important: A decision is wanted",
        "Warning: Provisional figures",
        "Note",
        "Tip: How to read a verdict",
    ]
    assert not re.search(r"<h\d[^>]*>A decision is wanted", page)


def test_content_for_one_format_stays_out_of_the_other(page):
    assert "in the web page only" in page
    assert "in the PDF only" not in page
    assert "not in the web page" not in page


def test_a_page_break_breaks_the_page(small, tmp_path):
    path = pdf_of(small("# A\n\nOne.\n\n{{< pagebreak >}}\n\nTwo.\n"), tmp_path)
    assert pages(path) == 2


def test_keep_together_moves_to_the_next_page_as_a_whole(small, tmp_path):
    lines = "Words that fill a line. " * 20 + "\n\n"
    inner = f"### Kept\n\n{lines * 4}"
    body = f"# A\n\n## B\n\n{lines * 4}::: {{.keep-together}}\n{inner}:::\n"
    assert dict(bookmarks(pdf_of(small(body), tmp_path)))["Kept"] == 2
    loose = dict(bookmarks(pdf_of(small(body.replace(".keep-together", ".loose")), tmp_path)))
    assert loose["Kept"] == 1


def test_keep_together_taller_than_a_page_breaks_all_the_same(small, tmp_path):
    lines = "Words that fill a line. " * 20 + "\n\n"
    path = pdf_of(small(f"# A\n\n::: {{.keep-together}}\n{lines * 30}:::\n"), tmp_path)
    assert pages(path) == 4


def test_a_photograph_goes_into_the_page(small, tmp_path):
    source = small('# A\n\n![C](figures/dot.png){#fig-x fig-alt="A dot."}\n')
    (source / "figures" / "dot.png").write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
            "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
        )
    )
    assert '<img src="data:image/png;base64,' in html_of(source, tmp_path)


def test_a_sign_that_the_font_lacks_is_said_in_plain_words(small, tmp_path):
    with pytest.raises(RenderError) as error:
        pdf_of(small("# A\n\nDone \u2611 well."), tmp_path)
    assert str(error.value) == (
        "pack.qmd, line 13: packs cannot show \u2611 (U+2611, ballot box with check). Use letters of the Latin, "
        "Greek, Cyrillic, Arabic and Hebrew scripts, digits and usual punctuation."
    )


def test_a_drawing_that_cannot_be_read_is_said_in_plain_words(small, tmp_path):
    source = small('# A\n\n![C](figures/bad.svg){#fig-x fig-alt="x"}\n')
    (source / "figures" / "bad.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(RenderError, match=r"pack\.qmd.*(picture|drawing).*cannot be read"):
        pdf_of(source, tmp_path)


def test_missing_fonts_and_a_missing_extension_are_plain_errors(small, tmp_path):
    source = small("# A\n\nWords.")
    (source / "_extensions" / "boardpack" / "fonts" / "Inter-Bold.ttf").unlink()
    with pytest.raises(RenderError, match=r"the fonts are not there: Inter-Bold\.ttf"):
        pdf_of(source, tmp_path)
    (source / "_extensions" / "boardpack" / "_extension.yml").unlink()
    with pytest.raises(RenderError, match="no _extensions/boardpack"):
        pdf_of(source, tmp_path)


def test_a_heading_goes_to_the_next_page_with_its_table(small, tmp_path):
    lines = "Words that fill a line. " * 20 + "\n\n"
    rows = "".join(f"| Area {number} | {number} |\n" for number in range(12))
    table = f"| Area | Value |\n|:---|---:|\n{rows}\n: Values. {{#tbl-x}}\n"
    path = pdf_of(small(f"# A\n\n{lines * 5}## Kept with its table\n\n{table}"), tmp_path)
    assert dict(bookmarks(path))["Kept with its table"] == 2


def test_a_long_table_goes_on_over_the_page(small, tmp_path):
    rows = "".join(f"| Area {number} | {number} |\n" for number in range(90))
    path = pdf_of(small(f"# A\n\n| Area | Value |\n|:---|---:|\n{rows}\n: Values. {{#tbl-x}}\n"), tmp_path)
    assert pages(path) == 3
    assert check_pdf(path) == []


def test_a_column_is_as_wide_as_its_longest_word(small, tmp_path):
    table = "| Area | Value |\n|:---|---:|\n| North | incomparable |\n\n"
    page = html_of(small(f'# A\n\n{table}: Values. {{#tbl-x tbl-colwidths="[95,5]"}}\n'), tmp_path)
    first, second = (int(width) for width in re.findall(r'<col style="width: (\d+)%"', page))
    assert second >= 15
    assert first + second in {99, 100, 101}
