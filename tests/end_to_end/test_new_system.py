"""The tutorial from nothing to a pack, with real figures; and systems of one place and of 42 with difficult names."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner

from boardpacks.cli import app
from boardpacks.new.answers import read_answers
from boardpacks.new.write_system import write_system
from boardpacks.project.folder import Project
from tests.kept_warm import KeptWarm
from tests.raw import rows_of
from tests.together import Once

pytestmark = pytest.mark.end_to_end

FIGURES = Path(__file__).with_name("second_system")
PAGE = Path(__file__).parents[2] / "docs" / "new-system.md"
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
LONG = ("boardpacks build",)
"""Commands that run with --all only: it makes eleven packs."""
INSTALLING = ("python3 ", "source ", "pip ")
"""How lines begin that were typed before the tests began."""
OF_ANOTHER = re.compile(r"\bLondon\b|Havering|\b[Bb]oroughs?\b|\bone priorities\b|than United Kingdom")
DIFFICULT = (
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "The Royal Borough of Windsor & Maidenhead, Bracknell Forest & the Thames Valley Place",
    "King's Lynn & West Norfolk",
    "Curraghmore’s “Old” Quarter",
    "St. Helens",
    "Ynys Môn",
    "Ŵyr y Dŵr",
    "Łódź Lane",
    "Øresund Green",
    "Bournemouth, Christchurch & Poole",
    "O'Connor's Field",
    "Kingston upon Hull, City of",
)


@dataclass(frozen=True)
class Walked:
    """What came of the tutorial: the project, and what each command said."""

    project: Project
    said: dict[str, str]


def text_of(pdf: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@pytest.fixture(scope="session")
def walked(once: Once, kept_warm: KeptWarm, request: pytest.FixtureRequest) -> Walked:
    every = request.config.getoption("--all")

    def walk(folder: Path) -> tuple[Project, dict[str, str]]:
        said: dict[str, str] = {}
        here = folder
        for language, text in BLOCKS:
            if language == "text":  # asks publishers: tests/cli/test_new_indicator.py has answers of theirs
                continue
            if language == "yaml":
                (here / "answers.yml").write_text(f"{text}figures: {FIGURES}\n", encoding="utf-8")
                continue
            if language == "text":  # what the last command says
                assert text in [*said.values()][-1]
                continue
            for typed in text.splitlines():
                if typed.startswith(INSTALLING):
                    continue
                if typed.startswith("cd "):
                    here /= typed.removeprefix("cd ")
                elif every or typed not in LONG:
                    with standing_in(here):
                        result = CliRunner().invoke(app, shlex.split(typed)[1:], prog_name="boardpacks")
                    assert result.exit_code == 0, f"{typed}\n{result.output}"
                    said[typed] = result.output
        return Project(here), said

    with kept_warm.used():
        return Walked(*once("tutorial", walk))


def test_every_command_of_the_tutorial_does_what_it_says(walked: Walked):
    assert "All is well: 10 places" in walked.said["boardpacks params check"]
    assert "Bolton" in walked.said["boardpacks places --project ."]
    assert walked.said["boardpacks build --place system"].count("published") >= 1
    after = CliRunner().invoke(app, ["params", "check", "--project", str(walked.project.root)])
    assert "All is well: 11 places, 4 priorities, 10 indicators, 7 chapters, 12 packs." in after.output


def test_the_board_reads_the_figures_as_they_were_published(walked: Walked):
    text = text_of(next(walked.project.published.glob("*/bolton/*DRAFT.pdf")))
    latest = {
        row["indicator_id"]: row for row in rows_of(FIGURES / "figures.csv") if row["area_name"] == "Bolton"
    }
    for indicator in ("smoking_prevalence", "preventable_cvd_mortality", "healthy_life_expectancy_male"):
        assert f"{float(latest[indicator]['value']):.1f}" in text, indicator


def test_the_packs_have_no_word_of_another_system(walked: Walked):
    pdfs = sorted(walked.project.published.glob("*/*/*.pdf"))
    assert pdfs
    for pdf in pdfs:
        text = text_of(pdf)
        assert "Greater Manchester" in text
        assert "districts" in text or "board-edition" in pdf.name  # where nothing is ranked it names none
        assert not (found := OF_ANOTHER.search(text)), text[found.start() - 80 : found.end() + 80]
        assert "made up" not in text
    for page in walked.project.published.glob("*/*/*.html"):
        text = re.sub(r"<(style|script|pre).*?</\1>|<[^>]*>", " ", page.read_text("utf-8"), flags=re.DOTALL)
        assert not (found := OF_ANOTHER.search(text)), (
            f"{page.name}: {text[found.start() - 80 : found.end() + 80]}"
        )


def made(folder: Path, **answers: object) -> Project:
    return write_system(read_answers(None, answers), folder / "made", dt.date(2026, 11, 28))


def build(project: Project, *words: str) -> str:
    with standing_in(project.root):
        result = CliRunner().invoke(app, ["build", "--engine", "bundled", *words], prog_name="boardpacks")
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.slow
def test_one_place_is_a_system_with_packs(tmp_path: Path):
    project = made(
        tmp_path,
        name="Isle of Wight Care Partnership",
        places=("Isle of Wight",),
        comparators=("United Kingdom",),
        words={"borough": "council area"},
    )
    build(project)
    assert "made up" in text_of(next(project.published.glob("*/isle-of-wight/*DRAFT.pdf")))
    found = {path.name for path in project.published.glob("*/*") if path.is_dir()}
    assert {"isle-of-wight", "system"} <= found


@pytest.mark.slow
def test_42_places_with_difficult_names_have_a_readable_system_pack(tmp_path: Path):
    names = [*DIFFICULT, *(f"Place {letter}{end}" for letter in "ABCDEFGHIJKLMNO" for end in "xy")]
    places = tuple(
        {"code": f"E0700{number:04}", "name": name} for number, name in enumerate(names, start=1001)
    )
    assert len(places) == 42
    project = made(
        tmp_path, name="Great North & West", places=places, comparators=("Wales",), peers="northern councils"
    )
    build(project, "--place", "system")
    (pack,) = project.published.glob("*/system")
    text = re.sub(r"\s+", " ", text_of(next(pack.glob("*DRAFT.pdf"))))
    page = next(pack.glob("*DRAFT.html")).read_text("utf-8")
    facts = json.loads(next(pack.glob("*_facts.json")).read_text("utf-8"))
    held = {fact["area_name"] for fact in facts["facts"]}
    for name in names:
        assert name.replace("&", "&amp;") in page or name in page, name
        assert name in held, name
    assert all(name in text for name in names[2:] if len(name) < 30)
