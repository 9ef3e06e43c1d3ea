from __future__ import annotations

import datetime as dt
import json
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from boardpacks.packs.checks import check_html, check_pdf
from boardpacks.packs.render import engine
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.packs.render.errors import RenderError
from boardpacks.packs.render.quarto import QuartoEngine, QuartoError, find_quarto
from boardpacks.params.errors import BoardpacksError
from tests.packs.render.conftest import DATE

# Stands in for Quarto where the adapter's own decisions are tested: it tells a version, notes how it was called,
# and writes the file that it was asked for.
FAKE_QUARTO = """#!{python}
import json, os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("{version}")
    sys.exit({version_status})
note = {{"args": sys.argv[1:], "epoch": os.environ.get("SOURCE_DATE_EPOCH"), "cwd": os.getcwd()}}
pathlib.Path(r"{log}").write_text(json.dumps(note))
sys.stderr.write({stderr!r})
if {writes}:
    target = pathlib.Path(sys.argv[sys.argv.index("--output-dir") + 1])
    target.mkdir()
    (target / sys.argv[sys.argv.index("--output") + 1]).write_text("made by the fake")
sys.exit({status})
"""


@pytest.fixture
def fake_quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Puts a fake executable called quarto, and nothing else of that name, on the path."""

    def install(version="1.10.18", status=0, stderr="", writes=True, version_status=0) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        log = tmp_path / "called.json"
        program = folder / "quarto"
        program.write_text(
            FAKE_QUARTO.format(
                python=sys.executable,
                version=version,
                version_status=version_status,
                log=log,
                stderr=stderr,
                writes=writes,
                status=status,
            )
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder))
        return log

    return install


@pytest.fixture
def no_quarto(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


def test_auto_takes_the_bundled_engine_without_quarto(no_quarto):
    assert isinstance(engine("auto"), BundledEngine)


@pytest.mark.parametrize(
    "version", ["1.8.27", "0.9.630", "99.9.9-dev without a number first?", "not a version"]
)
def test_auto_takes_the_bundled_engine_when_quarto_is_too_old_or_odd(fake_quarto, version):
    fake_quarto(version=version, version_status=int(version.startswith("99")))
    assert isinstance(engine("auto"), BundledEngine)


@pytest.mark.parametrize(
    ("version", "parsed"), [("1.9.0", (1, 9, 0)), ("1.10.18", (1, 10, 18)), ("2.0.1-rc1", (2, 0, 1))]
)
def test_auto_takes_quarto_when_it_is_new_enough(fake_quarto, version, parsed):
    fake_quarto(version=version)
    found = engine("auto")
    assert isinstance(found, QuartoEngine)
    assert found.version == parsed
    assert found.name == "quarto " + ".".join(map(str, parsed))


def test_quarto_by_name_says_what_is_in_the_way(fake_quarto, tmp_path, monkeypatch):
    fake_quarto(version="1.8.27")
    with pytest.raises(BoardpacksError, match=r"is version 1\.8\.27; Quarto 1\.9\.0 or newer is needed"):
        engine("quarto")
    fake_quarto(version="who knows")
    with pytest.raises(BoardpacksError, match="does not tell its version"):
        engine("quarto")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(
        BoardpacksError, match=r"Quarto 1\.9\.0 or newer is not on the path.*--engine bundled"
    ):
        engine("quarto")


def test_an_unknown_engine_is_named_with_the_known_ones():
    with pytest.raises(
        BoardpacksError, match=r"No engine is called 'pandoc'\. Choose one of auto, quarto, bundled"
    ):
        engine("pandoc")


def test_quarto_is_called_with_the_extensions_own_formats_and_the_meetings_date(
    fake_quarto, sample, tmp_path
):
    log = fake_quarto()
    made = engine("quarto").render(sample, tmp_path / "out", ("pdf",), dt.date(2026, 12, 9))
    assert made["pdf"].read_text() == "made by the fake"
    note = json.loads(log.read_text())
    assert note["args"] == [
        *("render", "pack.qmd", "--to", "boardpack-typst"),
        *("--output", "pack.pdf", "--output-dir", "rendered"),
    ]
    assert note["epoch"] == "1796774400"
    assert Path(note["cwd"]) != sample, "Quarto writes beside its source, so it gets a copy"
    assert not Path(note["cwd"]).exists(), "and the copy is gone afterwards"
    made = engine("quarto").render(sample, tmp_path / "out", ("html",), dt.date(2026, 12, 9))
    assert "boardpack-html" in json.loads(log.read_text())["args"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["pack.html", "pack.pdf"]


def test_what_quarto_says_is_passed_on_with_the_command(fake_quarto, sample, tmp_path):
    fake_quarto(status=1, stderr="ERROR: something odd\n", writes=False)
    with pytest.raises(QuartoError) as error:
        engine("quarto").render(sample, tmp_path / "out", ("pdf",), DATE)
    assert error.value.stderr == "ERROR: something odd"
    assert "quarto render pack.qmd --to boardpack-typst" in str(error.value)
    assert "ERROR: something odd" in str(error.value)


def test_a_quarto_that_leaves_nothing_is_an_error(fake_quarto, sample, tmp_path):
    fake_quarto(writes=False)
    with pytest.raises(QuartoError, match=r"left no pack\.html"):
        engine("quarto").render(sample, tmp_path / "out", ("html",), DATE)


def test_the_rules_hold_for_quarto_too_before_it_is_called(fake_quarto, small, tmp_path):
    log = fake_quarto()
    with pytest.raises(RenderError, match=r"pack\.qmd, line 13: the heading 'B' of level 3"):
        engine("quarto").render(small("# A\n\n### B"), tmp_path / "out", ("pdf",), DATE)
    assert not log.exists()


@pytest.mark.quarto
def test_quarto_renders_the_sample(sample, tmp_path):
    found = find_quarto()
    if found is None:
        seen = shutil.which("quarto")
        pytest.skip("Quarto 1.9 or newer is not on the path" + (f"; {seen} is older" if seen else ""))
    made = found.render(sample, tmp_path / "out", ("pdf", "html"), DATE)
    assert check_pdf(made["pdf"]) == []
    assert [line for line in check_html(made["html"]) if "network" in line] == []
