from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from boardpacks.charts import fonts
from boardpacks.charts.fonts import FILES, ensure_fonts
from boardpacks.project import signs

DIGITS = tuple(range(0x30, 0x3A))
FEW = fonts.Cut("Regular", 400, family=fonts.Family("Inter", "fontpkg-inter", DIGITS, DIGITS))


@pytest.fixture(scope="session")
def folder(checkout) -> Path:
    """The project's own fonts."""
    ensure_fonts(checkout.fonts)
    return Path(checkout.fonts)


@pytest.fixture
def ten(monkeypatch):
    """A recipe of ten figures and one cut, which takes a moment instead of many seconds."""
    monkeypatch.setattr(fonts, "CUTS", (FEW,))
    monkeypatch.setattr(fonts, "FILES", ("Inter-Regular.ttf", "Inter-Regular.woff2", "OFL.txt"))


SUBSETS = cache(fonts._subset)


@pytest.fixture
def few(ten, monkeypatch):
    """That recipe, with the large variable font read once for all tests."""
    monkeypatch.setattr(fonts, "_subset", SUBSETS)


def test_every_file_is_there_with_the_licence(folder):
    assert {path.name for path in folder.iterdir()} == {*FILES, "recipe.txt"}
    for family in fonts.FAMILIES:
        assert "SIL OPEN FONT LICENSE" in (folder / family.licence).read_text(encoding="utf-8").upper()


@pytest.mark.parametrize(
    ("file", "weight", "family", "typographic"),
    [
        ("Inter-Regular", 400, "Inter", None),
        ("Inter-SemiBold", 600, "Inter SemiBold", "Inter"),
        ("Inter-Bold", 700, "Inter", None),
        ("Inter-Italic", 400, "Inter", None),
        ("Cairo-Regular", 400, "Cairo", None),
        ("Heebo-Bold", 700, "Heebo", None),
    ],
)
def test_each_cut_is_static_and_named_so_that_every_program_finds_it(
    folder, file, weight, family, typographic
):
    for path in folder.glob(f"{file}.*"):
        font = TTFont(path)
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == weight
        assert font["name"].getDebugName(1) == family
        assert font["name"].getDebugName(16) == typographic
        assert font["name"].getDebugName(6) == file


def test_every_sign_that_packs_may_have_is_in_a_font_of_each_weight(folder):
    seen = {chr(code) for code in signs.SIGNS_THAT_SHOW}
    for weight in ("Regular", "Bold"):
        known = {chr(code) for path in folder.glob(f"*-{weight}.ttf") for code in TTFont(path).getBestCmap()}
        assert seen <= known, weight


def test_web_pages_carry_no_more_than_what_packs_are_written_in(folder):
    for path in folder.glob("*.woff2"):
        assert set(TTFont(path).getBestCmap()) <= set(signs.LATIN)
        assert path.stat().st_size < 40_000


def test_the_signs_of_a_pack_are_in_every_cut(folder):
    wanted = set("●◆○▲▼ŵÉ–—“”£€±≥≤−×½%0123456789…")
    for path in sorted(folder.glob("Inter-*.ttf")):
        assert wanted <= {chr(code) for code in TTFont(path).getBestCmap()}, path.name


def test_tabular_figures_leave_the_hyphen_alone(folder):
    font = TTFont(folder / "Inter-Regular.ttf")
    gsub, names = font["GSUB"].table, font.getBestCmap()
    changed: set[str] = set()
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    changed |= set(getattr(getattr(table, "ExtSubTable", table), "mapping", {}))
    assert names[ord("1")] in changed
    assert names[ord("-")] not in changed


def test_the_same_bytes_come_out_each_time(few, tmp_path, monkeypatch):
    ensure_fonts(tmp_path / "one")
    monkeypatch.setattr(fonts, "_subset", SUBSETS.__wrapped__)
    ensure_fonts(tmp_path / "two" / "deep")
    one, two = (
        {path.name: path.read_bytes() for path in part.iterdir()}
        for part in (tmp_path / "one", tmp_path / "two" / "deep")
    )
    assert one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"], "nothing else is left"


def test_complete_fonts_are_left_alone(few, tmp_path):
    ensure_fonts(tmp_path / "fonts")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "fonts").iterdir()}
    ensure_fonts(tmp_path / "fonts")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "fonts").iterdir()} == before


@pytest.mark.parametrize("spoil", ["Inter-Regular.woff2", "recipe.txt"])
def test_incomplete_fonts_are_made_anew(few, tmp_path, spoil):
    folder = tmp_path / "fonts"
    ensure_fonts(folder)
    whole = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / spoil).unlink()
    ensure_fonts(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole


def test_fonts_of_an_older_recipe_are_made_anew(few, tmp_path):
    ensure_fonts(tmp_path / "fonts")
    (tmp_path / "fonts" / "recipe.txt").write_text("0", encoding="utf-8")
    ensure_fonts(tmp_path / "fonts")
    assert (tmp_path / "fonts" / "recipe.txt").read_text(encoding="utf-8").strip() == fonts.RECIPE


def test_a_folder_with_fonts_is_passed_at_once_and_without_fonttools(folder):
    code = (
        "import sys; from pathlib import Path; from boardpacks.charts.fonts import ensure_fonts; "
        f"ensure_fonts(Path({str(folder)!r})); print('fontTools' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    start = time.process_time()
    ensure_fonts(folder)
    assert time.process_time() - start < 0.1


def _make_few(folder: Path) -> None:
    fonts.CUTS = (FEW,)  # type: ignore[assignment]
    fonts._subset = SUBSETS  # filled already: forked from this process
    fonts.FILES = ("Inter-Regular.ttf", "Inter-Regular.woff2", "OFL.txt")
    ensure_fonts(folder)


def test_several_processes_may_make_them_at_once(few, tmp_path):
    ensure_fonts(tmp_path / "before")
    folder = tmp_path / "fonts"
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        list(pool.map(_make_few, [folder] * 2))
    assert sorted(path.name for path in folder.iterdir()) == [
        "Inter-Regular.ttf",
        "Inter-Regular.woff2",
        "OFL.txt",
        "recipe.txt",
    ]
    assert TTFont(folder / "Inter-Regular.ttf")["OS/2"].usWeightClass == 400
    assert sorted(path.name for path in tmp_path.iterdir()) == ["before", "fonts"]
