"""Deprived neighbourhoods: the pack's own place first, every place beside it."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.facts.artefacts import MIME
from tests.chapter.numbers import printed

Outputs = list[dict[str, Any]]

pytestmark = pytest.mark.usefixtures("no_drawing")


def records(shown: Outputs) -> tuple[dict[str, Any], ...]:
    return tuple(output[MIME] for output in shown)


def changed(chapter: Chapter, **deprivation: Any) -> Chapter:
    """The chapter with another index of deprivation, or with none."""
    index = chapter.params.system.deprivation
    new = index.model_copy(update=deprivation) if index is not None and deprivation else None
    system = chapter.params.system.model_copy(update={"deprivation": new})
    return Chapter(
        chapter.params.model_copy(update={"system": system}), chapter.snapshot, chapter.place, None
    )


def test_a_places_neighbourhoods_in_words(open_place: Any, shown: Outputs):
    open_place("havering").neighbourhoods()
    statement, figure, table = records(shown)
    assert printed(statement["markdown"]) == (
        "**6.5%** of the neighbourhoods of Havering are among the most deprived fifth of England, and **0.7%** among "
        "the most deprived tenth (Index of Multiple Deprivation 2025). In England as a whole these are one in five "
        "and one in ten. In north east London as a whole, 27.0% are in the most deprived fifth. By place the share "
        "runs from 6.5% in Havering to 45.4% in Newham.\n\n"
        "Of the 33,755 neighbourhoods of England, ranked from the most deprived, those of Havering run from number "
        "2,757 to number 33,677. The middle one is number 20,672: it is more deprived than 39% of England's "
        "neighbourhoods."
    )
    assert figure["alt"].startswith(
        "Bar chart of neighbourhoods among the most deprived fifth of England, places of north east London, 2025. "
        "Havering: 6.5%. The lowest value is 6.5% (Havering), the highest 45.4% (Newham)."
    )
    shares = [float(printed(row[2]).strip("*%")) for row in table["rows"][:-1]]
    assert shares == sorted(shares, reverse=True)
    assert table["rows"][-1][0] == "North east London"


def test_a_place_of_two_boroughs_has_the_neighbourhoods_of_both(open_place: Any, shown: Outputs):
    open_place("city-and-hackney").neighbourhoods()
    (row,) = (row for row in records(shown)[2]["rows"] if "City and Hackney" in row[0])
    assert [printed(cell) for cell in row[:3]] == ["**City and Hackney**", "**155**", "**38.7%**"]


def test_the_systems_words_are_about_the_whole_system(open_place: Any, shown: Outputs):
    open_place(None).neighbourhoods()
    statement, _, table = records(shown)
    assert printed(statement["markdown"]).startswith(
        "**27.0%** of the neighbourhoods of north east London are"
    )
    assert statement["markdown"].count("27.0%") == 1
    assert not [cell for row in table["rows"] for cell in row if "**" in cell]


def test_without_the_number_of_ranked_areas_only_ranks_are_said(open_place: Any, shown: Outputs):
    changed(open_place("havering"), ranked=None).neighbourhoods()
    said = printed(records(shown)[0]["markdown"])
    assert said.endswith("run from number 2,757 to number 33,677. The middle one is number 20,672.")


@pytest.mark.parametrize("ask", ["neighbourhoods", "deprivation", "inequality_slopes"])
def test_without_an_index_the_section_says_so_in_a_sentence(open_place: Any, shown: Outputs, ask: str):
    getattr(changed(open_place("havering")), ask)()
    assert [one["markdown"] for one in records(shown)] == ["No index of deprivation is held here."]
