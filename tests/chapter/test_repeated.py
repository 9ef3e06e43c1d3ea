"""No pack says a thing over and over: what is true of many measures is said once."""

from __future__ import annotations

import nbformat
import pytest

from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.folder import Project
from tests.chapter.conftest import Record
from tests.chapter.repeated import count_sentences, texts_of

MOST = 3


def test_no_sentence_stands_more_than_three_times_in_a_pack(
    all_records: dict[tuple[str, str], list[Record]], project: Project, params: Params
):
    fixed = [path.read_text("utf-8") for path in sorted((project.reports / "sections").glob("*.qmd"))]
    repeated: dict[tuple[str, str], int] = {}
    notebooks = {chapter.id: chapter.notebook for chapter in params.chapters}
    for place in (*params.places, SYSTEM):
        texts = list(fixed)
        for (chapter, where), records in all_records.items():
            if where == place:
                cells = nbformat.read(project.notebooks / f"{notebooks[chapter]}.ipynb", as_version=4).cells
                texts += [cell.source for cell in cells if cell.cell_type == "markdown"]
                texts += texts_of(records)
        counted = count_sentences(texts)
        assert len(counted) > 100
        repeated |= {(place, words): count for words, count in counted.items() if count > MOST}
    assert repeated == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "One thing is said. It is said again here. One thing is said.",
            {"One thing is said.": 2, "It is said again here.": 1},
        ),
        (
            'In [Havering]{fact="havering.x"} it **is** [better]{.verdict-better}.',
            {"In Havering it is better.": 1},
        ),
        ("# A heading of five words\n\n%, 2024. Source: ONS and somebody else.", {}),
        ("**These are the figures of it**:\n\n- The first of them is one", {"The first of them is one": 1}),
    ],
)
def test_what_counts_as_a_sentence(text: str, found: dict[str, int]):
    assert count_sentences([text]) == found
