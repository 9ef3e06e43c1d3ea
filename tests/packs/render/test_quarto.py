from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from pathlib import Path

import pypdfium2
import pytest

from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_pdf
from boardpacks.packs.render import engine, quarto
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.packs.render.quarto import QuartoEngine, QuartoError, find_quarto
from boardpacks.packs.render.source_error import RenderError
from boardpacks.project.errors import BoardpacksError
from tests.packs.render.conftest import DATE, copy_sample, elements


def test_auto_takes_the_bundled_engine_without_quarto(no_quarto):
    assert isinstance(engine("auto"), BundledEngine)


@pytest.mark.parametrize(
    "version", ["1.9.38", "0.9.630", "99.9.9-dev without a number first?", "not a version"]
)
def test_auto_takes_the_bundled_engine_when_quarto_is_too_old_or_odd(fake_quarto, version):
    fake_quarto(version=version, version_status=int(version.startswith("99")))
    assert isinstance(engine("auto"), BundledEngine)


@pytest.mark.parametrize(
    ("version", "parsed"), [("1.10.0", (1, 10, 0)), ("1.10.18", (1, 10, 18)), ("2.0.1-rc1", (2, 0, 1))]
)
def test_auto_takes_quarto_when_it_is_new_enough(fake_quarto, version, parsed):
    fake_quarto(version=version)
    found = engine("auto")
    assert isinstance(found, QuartoEngine)
    assert found.version == parsed
    assert found.name == "quarto " + ".".join(map(str, parsed))


def test_quarto_by_name_says_what_is_in_the_way(fake_quarto, tmp_path, monkeypatch):
    fake_quarto(version="1.9.38")
    with pytest.raises(BoardpacksError, match=r"is version 1\.9\.38; Quarto 1\.10\.0 or newer is needed"):
        engine("quarto")
    fake_quarto(version="who knows")
    with pytest.raises(BoardpacksError, match="does not tell its version"):
        engine("quarto")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(
        BoardpacksError, match=r"Quarto 1\.10\.0 or newer is not on the path.*--engine bundled"
    ):
        engine("quarto")


def test_an_unknown_engine_is_named_with_the_known_ones():
    with pytest.raises(
        BoardpacksError, match=r"No engine is called 'pandoc'\. Choose one of auto, quarto, bundled"
    ):
        engine("pandoc")


def test_quarto_is_called_with_the_extensions_own_formats_and_the_meetings_date(
    fake_quarto, sample, tmp_path, monkeypatch
):
    monkeypatch.setenv("QUARTO_PROFILE", "mine")
    log = fake_quarto()
    made = engine("quarto").render(sample, tmp_path / "out", ("pdf",), dt.date(2026, 12, 9))
    assert made["pdf"].read_text() == "made by the fake"
    note = json.loads(log.read_text())
    assert note["args"] == [
        *("render", "pack.qmd", "--to", "boardpack-typst"),
        *("--output", "pack.pdf", "--output-dir", "rendered"),
    ]
    assert note["epoch"] == "1796774400"
    assert (note["colour"], note["profile"]) == ("1", None), "no setting of the user's changes a pack"
    assert Path(note["cwd"]) != sample, "Quarto writes beside its source, so it gets a copy"
    assert not Path(note["cwd"]).exists(), "and the copy is gone afterwards"
    made = engine("quarto").render(sample, tmp_path / "out", ("html",), dt.date(2026, 12, 9))
    args = json.loads(log.read_text())["args"]
    assert args[2:4] == ["--to", "boardpack-html"]
    assert args[-2:] == ["--metadata", "toc-depth:3"], "in the page every heading is one level lower"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["pack.html", "pack.pdf"]


# What Quarto prints of any render before it comes to the point: the whole front sheet, any words in it.
METADATA = (
    """pandoc
  to: typst

metadata
  title: Brindlemere board pack
  summary: |
    error: the two layouts did not converge, said a member; an unknown font was used
    ERROR: none
  front-sheet:
"""
    + "    - label: Risks\n" * 100
)


def said_by(fake_quarto, sample, tmp_path, **fake) -> QuartoError:
    fake_quarto(**fake)
    with pytest.raises(QuartoError) as caught:
        engine("quarto").render(sample, tmp_path / "out", ("pdf",), DATE)
    assert len(str(caught.value).splitlines()) < 20, "it fits on a screen"
    assert "Risks" not in str(caught.value)
    return caught.value


def test_what_quarto_says_is_passed_on_from_its_first_error_with_the_command(fake_quarto, sample, tmp_path):
    stderr = (
        f"{METADATA}\x1b[91mERROR: something odd\nand why\x1b[39m\n\nStack trace:\n"
        + "    at x (y.js)\n" * 40
    )
    error = said_by(fake_quarto, sample, tmp_path, status=1, stderr=stderr, writes=False)
    assert str(error).startswith("pack.qmd: Quarto stopped: ERROR: something odd\n")
    assert "quarto render pack.qmd --to boardpack-typst" in str(error)
    assert "and why" in str(error)
    assert "\x1b" not in str(error)
    assert "at x" not in str(error)
    assert error.reason == "pack.qmd: Quarto stopped: ERROR: something odd"


TYPST = """[typst]: Compiling pack.typ to pack.pdf...error: {message}
    ┌─ pack.typ:375:5
    │
375 │ {line}
    │      ^^^^^^^
    = hint: look again

ERROR: error: {message}
    ┌─ pack.typ:375:5
    = hint: look again

ERROR: Typst compilation failed
"""


@pytest.mark.parametrize(
    ("message", "line", "told"),
    [
        (
            "failed to parse SVG (it ends too soon)",
            "x",
            "pack.qmd: a picture cannot be read (it ends too soon).",
        ),
        (
            "unknown variable: x",
            "x",
            "pack.qmd: Typst cannot make the PDF: unknown variable: x. Hint: look again.",
        ),
        (
            "missing alt text",
            "<fig-smoking>",
            "pack.qmd, line 41: a figure or formula has no words for people who cannot see it. Add fig-alt.",
        ),
        ("odd", "<fig-smoking>", "pack.qmd, line 41: Typst cannot make the PDF: odd. Hint: look again."),
    ],
)
def test_what_typst_finds_comes_in_the_words_of_the_bundled_engine(
    fake_quarto, sample, tmp_path, message, line, told
):
    stderr = METADATA + TYPST.format(message=message, line=line)
    error = said_by(fake_quarto, sample, tmp_path, status=1, stderr=stderr, writes=False)
    assert str(error) == told


@pytest.mark.parametrize(
    ("stderr", "told"),
    [
        (
            "[typst]: Compiling pack.typ to pack.pdf...warning: unknown font family: inter\n   ┌─ pack.typ:1:2\n",
            "pack.qmd: Typst made a faulty PDF: unknown font family: inter.",
        ),
        (
            "warning: layout did not converge within 5 attempts\n = hint: x\n",
            "pack.qmd: Typst made a faulty PDF: layout did not converge within 5 attempts.",
        ),
        (
            "\x1b[31mERROR (/tmp/x/source/_extensions/boardpack/markup.lua:81) late\n\x1b[39mOutput created\n",
            "_extensions/boardpack/markup.lua, line 81: the filter stopped: late",
        ),
    ],
)
def test_a_document_that_quarto_spoils_without_a_word_is_an_error(
    fake_quarto, sample, tmp_path, stderr, told
):
    error = said_by(fake_quarto, sample, tmp_path, stderr=METADATA + stderr)
    assert str(error) == told
    assert not (tmp_path / "out" / "pack.pdf").exists()


def test_words_of_the_pack_that_look_like_errors_are_none(fake_quarto, sample, tmp_path):
    fake_quarto(stderr=METADATA)
    assert engine("quarto").render(sample, tmp_path / "out", ("pdf",), DATE)


def test_fonts_that_are_missing_are_an_error_before_quarto_is_called(fake_quarto, sample, tmp_path):
    log = fake_quarto()
    (sample / "_extensions" / "boardpack" / "fonts" / "Inter-Bold.ttf").unlink()
    with pytest.raises(RenderError, match=r"fonts: the fonts are not there: Inter-Bold\.ttf"):
        engine("quarto").render(sample, tmp_path / "out", ("pdf",), DATE)
    assert not log.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no process groups")
def test_a_quarto_that_hangs_is_stopped_with_all_that_it_started(fake_quarto, sample, tmp_path, monkeypatch):
    fake_quarto()
    script = (
        f"[ $1 = --version ] && echo 1.10.18 && exit\n/bin/sleep 60 &\necho $! > {tmp_path}/child\nwait\n"
    )
    (tmp_path / "bin" / "quarto").write_text("#!/bin/sh\n" + script)
    monkeypatch.setattr(quarto, "TIME_LIMIT", 1)
    with pytest.raises(QuartoError, match="no result after 1 seconds"):
        engine("quarto").render(sample, tmp_path / "out", ("pdf",), DATE)
    child = int((tmp_path / "child").read_text())
    ends = time.monotonic() + 10
    while _runs(child) and time.monotonic() < ends:
        time.sleep(0.02)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_contents_without_a_number_of_levels_are_refused(sample, tmp_path):
    source = sample / "pack.qmd"
    source.write_text(source.read_text().replace("toc-depth: 2", "toc-depth: two"))
    with pytest.raises(RenderError, match=r"pack\.qmd: toc-depth: 'two' is not a number; 2 is usual"):
        engine("bundled").render(sample, tmp_path / "out", ("html",), DATE)


def test_a_quarto_that_leaves_nothing_is_an_error(fake_quarto, sample, tmp_path):
    fake_quarto(writes=False)
    with pytest.raises(QuartoError, match=r"left no pack\.html"):
        engine("quarto").render(sample, tmp_path / "out", ("html",), DATE)


def test_the_rules_hold_for_quarto_too_before_it_is_called(fake_quarto, small, tmp_path):
    log = fake_quarto()
    with pytest.raises(RenderError, match=r"pack\.qmd, line 13: the heading 'B' of level 3"):
        engine("quarto").render(small("# A\n\n### B"), tmp_path / "out", ("pdf",), DATE)
    assert not log.exists()


# With Quarto itself ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(tmp_path_factory, extension) -> dict[str, dict[str, Path]]:
    """The sample as each engine renders it."""
    found = find_quarto()
    if found is None:
        seen = shutil.which("quarto")
        pytest.skip("Quarto 1.10 or newer is not on the path" + (f"; {seen} is older" if seen else ""))
    folder = tmp_path_factory.mktemp("both")
    source = copy_sample(folder / "sample", extension)
    formats = ("pdf", "html", "large-print")
    return {
        "quarto": dict(found.render(source, folder / "quarto", formats, DATE)),
        "bundled": dict(BundledEngine().render(source, folder / "bundled", formats, DATE)),
    }


def words(pdf: Path) -> list[list[str]]:
    """Return the words of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().split() for page in document]


@pytest.mark.quarto
def test_the_documents_of_quarto_pass_every_check(both):
    made = both["quarto"]
    assert check_pdf(made["pdf"]) == []
    assert check_pdf(made["large-print"]) == []
    assert check_html(made["html"]) == []


@pytest.mark.quarto
@pytest.mark.parametrize("kind", ["pdf", "large-print"])
def test_quarto_and_the_bundled_engine_print_the_same_words_on_the_same_pages(both, kind):
    quartos, ours = (words(both[name][kind]) for name in ("quarto", "bundled"))
    assert len(quartos) == len(ours)
    for number, (one, other) in enumerate(zip(quartos, ours, strict=True), start=1):
        assert one == other, f"page {number}"


@pytest.mark.quarto
def test_quarto_and_the_bundled_engine_make_the_same_page(both):
    assert elements(both["quarto"]["html"].read_text()) == elements(both["bundled"]["html"].read_text())
