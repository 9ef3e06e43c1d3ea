"""Text that nobody expects: other scripts, signs that cannot be seen, markup, and names without end."""

from __future__ import annotations

from html.parser import HTMLParser

import pikepdf
import pytest

from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_pdf
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.packs.render.source_error import RenderError
from tests.packs.render.conftest import DATE
from tests.pdf_reading import Document

WORDS = (
    "Plain words that fill the page with more than two lines, so that nobody takes it for an empty one. " * 12
)
PARTS = {
    "arabic": "مجلس شراكة هافرينغ",
    "urdu": "ہیورنگ بورڈ، ۱۲٪",
    "hebrew": "מועצת הַאבֶרינג",
    "both ways": "Board شراكة (2026) שלום 12% end",
    "greek and cyrillic": "Ελένη Παπαδοπούλου, Тарас Шевченко, Đặng Thị Nguyễn",
    "marks of their own": "e\u0301 n\u0303 q\u0323\u0301",
    "unseen": "a\u200bb\u200cc\u200dd\u200ee\u200ff soft\u00adhyphen",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "typst": '#panic("x") #import "x": * $x$ #sys.version \\ ] [ } {',
    "pandoc": "{{< include /etc/passwd >}} ![x](http://example.org/x.png) `code`{=html} [x](javascript:alert(1))",
    "formula": "=cmd|' /C calc'!A0",
    "path": "../../etc/passwd",
    "long": ("Brindlemere and the Upper Fennshire Villages of Saint Mary-under-the-Hill " * 5)[:300],
    "one long word": "Llanfairpwllgwyngyll" * 15,
}


def source_of(small, text: str):
    """A pack that has the text wherever a name can stand: cover, running lines, contents, table, chart."""
    safe = markdown_text(text)
    front = (
        f"---\ntitle: {yaml(safe)}\nlang: en-GB\ntoc: true\npack:\n  organisation: {yaml(safe)}\n"
        f"  system: {yaml(safe)}\n  board: {yaml(safe)}\n  cover: true\n  status: DRAFT\n---\n\n"
    )
    body = (
        f"# {safe} {{#sec-a}}\n\n{safe} and **{safe}**. {WORDS}\n\n"
        f"| {safe.replace('|', chr(92) + '|')} | B |\n|---|---|\n| {safe.replace('|', chr(92) + '|')} | 1 |\n\n"
        f'![{safe}](figures/named.svg){{#fig-a fig-alt="A chart."}}\n'
    )
    folder = small(body, front)
    drawn = ("Board" if name_mixes_in_charts(text) else text)[:60].replace("&", "&amp;").replace("<", "&lt;")
    (folder / "figures" / "named.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="313pt" height="60pt" viewBox="0 0 313 60">'
        f'<text x="10" y="30" style="font-size: 8.5px; font-family: \'Inter\'">{drawn}</text></svg>',
        encoding="utf-8",
    )
    return folder


def name_mixes_in_charts(text: str) -> bool:
    """Whether Typst could not draw it in a chart: see the test of the error."""
    return "شراكة (" in text


def yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("name", PARTS)
def test_a_name_of_any_kind_makes_sound_documents(small, tmp_path, name):
    source = source_of(small, PARTS[name])
    made = BundledEngine().render(source, tmp_path / "out", ("pdf", "html", "large-print"), DATE)
    assert check_pdf(made["pdf"]) == []
    assert check_pdf(made["large-print"]) == []
    assert check_html(made["html"]) == []
    page = Executed()
    page.feed(made["html"].read_text(encoding="utf-8"))
    assert page.found == []
    assert "root:x:" not in made["html"].read_text(encoding="utf-8")


class Executed(HTMLParser):
    """Finds what a browser would run or load, but for the page's own script."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += [f"{tag} {name}" for name, value in attrs if name.startswith("on")]
        self.found += [f"{tag} {value}" for name, value in attrs if (value or "").startswith("javascript:")]
        self.found += [tag for _ in [1] if tag in {"iframe", "object", "embed"}]
        self.found += [f"{tag} {value}" for name, value in attrs if name == "src" and value in {"x", "x.png"}]

    def handle_data(self, data):
        if self.lasttag == "script" and data.strip() == "alert(1)":
            self.found.append(data)


@pytest.mark.parametrize("name", ["arabic", "hebrew", "both ways", "greek and cyrillic"])
def test_words_of_other_scripts_are_words_in_the_pdf_and_not_boxes(small, tmp_path, name):
    pdf = BundledEngine().render(source_of(small, PARTS[name]), tmp_path / "out", ("pdf",), DATE)["pdf"]
    read = "".join(mark.text for sheet in Document(pdf).sheets for mark in sheet.marks)
    for sign in set(PARTS[name]) - {" "}:
        assert sign in read, hex(ord(sign))


def test_a_font_is_in_the_pdf_only_where_its_script_is(small, tmp_path):
    engine = BundledEngine()
    plain = engine.render(source_of(small, "Havering"), tmp_path / "plain", ("pdf", "html"), DATE)
    other = engine.render(source_of(small, PARTS["both ways"]), tmp_path / "other", ("pdf", "html"), DATE)
    assert {"Cairo", "Heebo"} & fonts_of(plain["pdf"]) == set()
    assert {"Cairo", "Heebo"} <= fonts_of(other["pdf"])
    assert abs(other["html"].stat().st_size - plain["html"].stat().st_size) < 2_000


def fonts_of(path) -> set[str]:
    with pikepdf.open(path) as pdf:
        names = [
            str(part.get("/FontName", "")) for part in pdf.objects if isinstance(part, pikepdf.Dictionary)
        ]
    return {name.partition("+")[2].partition("-")[0] for name in names}


@pytest.mark.parametrize("text", ["Havering 😀", "漢字", "Hav\u202eering", "Hav\ufeffering", "Hav\x07ering"])
def test_a_sign_that_no_font_has_is_named_with_file_and_line(small, tmp_path, text):
    source = small(f"# Chapter {{#sec-a}}\n\nFirst line.\n\n{text}\n")
    with pytest.raises(RenderError) as error:
        BundledEngine().render(source, tmp_path / "out", ("html",), DATE)
    (fault,) = error.value.faults
    line = (source / "pack.qmd").read_text(encoding="utf-8").split("\n").index(text) + 1
    assert fault.where == f"pack.qmd, line {line}"
    assert fault.message.startswith("packs cannot show ")


def test_arabic_and_latin_words_in_one_line_of_a_chart_are_named_and_not_left_out(small, tmp_path):
    source = source_of(small, "Board")
    drawing = source / "figures" / "named.svg"
    drawing.write_text(drawing.read_text(encoding="utf-8").replace("Board", "Board شراكة"), encoding="utf-8")
    with pytest.raises(RenderError, match="a chart has Arabic and Latin words in one line"):
        BundledEngine().render(source, tmp_path / "out", ("pdf",), DATE)
