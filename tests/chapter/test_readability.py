"""Every sentence that the packs say is plain: a reading age of 12 to 14."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import nbformat
import pytest

from boardpacks.params.models import Params
from boardpacks.project.folder import Project
from tests.chapter.conftest import Record
from tests.chapter.readability import grade, syllables

AGE = 5
"""A reader's age less the school grade."""
OLDEST, OLDEST_ALONE = 12.5, 16.5
"""The reading age that a chapter's statements may ask for together, and one of them alone.

A short sentence that has to name a learning disability or a service has no room for short words.
"""


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("share", 1),
        ("babies", 2),
        ("weighed", 1),
        ("tested", 2),
        ("London", 2),
        ("England", 2),
        ("figure", 2),
        ("people", 2),
        ("confidence", 3),
        ("similar", 3),
        ("deprivation", 4),
        ("social", 2),
        ("10.9%", 1),
        ("2023/24", 1),
        ("self-harm", 2),
    ],
)
def test_syllables_are_counted(word: str, count: int):
    assert syllables(word) == count


def test_the_grade_is_the_published_formula():
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45, abs=0.005)
    # As Wikipedia gives it: grade 11.3
    hard = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade(hard) == pytest.approx(11.3, abs=1.0)


def test_marks_and_bold_leads_are_no_words():
    assert grade("**Economic inactivity.** The [cat]{.verdict-better} sat on the mat.") == grade(
        "The cat sat on the mat."
    )


@pytest.fixture(scope="session")
def without_names(params: Params) -> Callable[[str], str]:
    """Put a short name in place of those of areas, which readers know and nobody can make simpler."""
    names = [area.name for area in params.boroughs()]
    names += [place.name for place in params.places.values()]
    names += [name for trust in params.system.trusts for name in (trust.name, trust.short_name)]
    longest_first = sorted(names, key=len, reverse=True)

    def replaced(text: str) -> str:
        return re.sub("|".join(map(re.escape, longest_first)), "Bow", text)

    return replaced


def test_every_chapter_is_plain(
    all_records: Mapping[tuple[str, str], list[Record]], without_names: Callable[[str], str]
):
    too_hard = {}
    for chapter, records in all_records.items():
        told = [without_names(record["markdown"]) for record in records if record["kind"] == "statement"]
        ages = {text: grade(text) + AGE for text in told}
        together = grade("\n".join(told)) + AGE
        alone = {text: age for text, age in ages.items() if age > OLDEST_ALONE}
        # one statement by itself is no text to take the average of
        if (len(told) > 1 and together > OLDEST) or alone:
            too_hard[chapter] = round(together, 1), alone
    assert too_hard == {}


def test_descriptions_of_charts_are_plain(
    all_records: Mapping[tuple[str, str], list[Record]], without_names: Callable[[str], str]
):
    for chapter, records in all_records.items():
        told = [without_names(record["alt"]) for record in records if record["kind"] == "figure"]
        assert not told or grade("\n".join(told)) + AGE <= OLDEST, chapter


def test_the_prose_of_the_notebooks_is_plain(checkout: Project):
    for notebook in sorted(checkout.notebooks.glob("*.ipynb")):
        cells = nbformat.read(notebook, as_version=4).cells
        prose = [
            line
            for cell in cells
            if cell.cell_type == "markdown"
            for line in cell.source.splitlines()
            if not line.startswith("#")
        ]
        assert grade("\n".join(prose)) + AGE <= OLDEST_ALONE, notebook.name
