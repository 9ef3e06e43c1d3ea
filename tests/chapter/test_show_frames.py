"""What is handed over from frames: facts of rows, words that the checks of packs pass, and clear refusals."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

from boardpacks.chapter import describe_frame
from boardpacks.chapter.chapter import Chapter
from boardpacks.facts.artefacts import MIME, Artefact, Figure, Prose, Statement, Table, from_record
from boardpacks.facts.check_words import misstatements
from boardpacks.packs.check.check_directions import check_directions
from boardpacks.packs.check.check_drawings import check_drawings
from boardpacks.packs.check.check_numbers import check_numbers
from boardpacks.packs.check.check_place import check_place
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.project.errors import BoardpacksError

from .test_frames import FAR, chapter_of

Outputs = list[dict[str, Any]]


@pytest.fixture
def chapter() -> Chapter:
    return chapter_of("cedar")


def handed(shown: Outputs) -> Artefact:
    """Return the one artefact that was handed over."""
    (output,) = shown
    artefact = from_record(output[MIME])
    assert not isinstance(artefact, Prose)
    svg = output.get("image/svg+xml", "")
    return artefact.model_copy(update={"svg": svg}) if isinstance(artefact, Figure) else artefact


def faults(artefact: Artefact, chapter: Chapter) -> list[str]:
    """Return what every check of what a notebook hands over finds."""
    contents = [ChapterContent("own", "Own", (artefact,), {artefact.name: 3})]
    return [
        *misstatements(artefact),
        *check_place(contents, chapter.params, "cedar"),
        *check_numbers(contents, chapter.params),
        *check_directions(contents, chapter.params),
        *check_drawings(contents),
    ]


def in_inter(figure: Drawing) -> None:
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_fontfamily("Inter")


def a_scatter(chapter: Chapter, frame: pd.DataFrame, title: str = "Smoking and poverty", **how: Any) -> None:
    figure, axes = plt.subplots(layout="constrained")
    sns.scatterplot(frame, x="poverty", y="smoking", hue="role", style="role", ax=axes)
    in_inter(figure)
    chapter.show_chart(axes, data=frame, title=title, **({"alt": chapter.describe(frame)} | how))


def test_a_seaborn_chart_of_a_frame_passes_every_check(chapter: Chapter, shown: Outputs):
    a_scatter(chapter, chapter.frame(["smoking", "poverty"], "peers", wide=True))
    figure = handed(shown)
    assert isinstance(figure, Figure)
    assert faults(figure, chapter) == []
    assert figure.name == "smoking-and-poverty"
    assert figure.note == (
        "Adults with smoking: %, 2023. Adults with poverty: %, 2023. Source: An office (A survey)."
    )


def test_a_line_over_time_has_the_periods_in_its_note_and_description(chapter: Chapter, shown: Outputs):
    frame = chapter.frame("smoking")
    figure, axes = plt.subplots(layout="constrained")
    sns.lineplot(frame, x="year", y="value", hue="area_name", ax=axes)
    in_inter(figure)
    chapter.show_chart(
        figure, data=frame, title="Smoking", alt=chapter.describe(frame), note="A line an area."
    )
    artefact = handed(shown)
    assert isinstance(artefact, Figure)
    assert faults(artefact, chapter) == []
    assert artefact.note.startswith("A line an area. Adults with smoking: %, 2022 to 2023.")
    assert artefact.alt == (
        "Adults with smoking, 2022 to 2023. Cedar: 12.0% in 2022 and 11.0% in 2023. United Kingdom: 14.0% in 2023."
    )


def test_what_is_drawn_and_not_in_the_data_is_found(chapter: Chapter, shown: Outputs):
    frame = chapter.frame(["smoking", "poverty"], "peers", wide=True)
    a_scatter(chapter, frame.assign(smoking=frame.smoking * 10))
    assert any("plots" in fault for fault in faults(handed(shown), chapter))


def test_many_areas_are_described_by_their_ends(chapter: Chapter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(describe_frame, "MOST_TOLD", 3)
    assert chapter.describe(chapter.frame("smoking", "peers", latest=True)) == (
        "Adults with smoking, 2023. Cedar: 11.0%. United Kingdom: 14.0%. "
        f"Others: from 15.0% in Elm to 40.0% in Area {FAR}."
    )


def test_a_table_of_a_frame_says_the_facts_of_its_rows(chapter: Chapter, shown: Outputs):
    chapter.show_table(chapter.frame("smoking", latest=True), title="Adults who smoke")
    table = handed(shown)
    assert isinstance(table, Table)
    assert faults(table, chapter) == []
    assert [column.label for column in table.columns] == ["Area", "Adults with smoking", "95% interval"]
    assert table.rows[0][0] == "Cedar"
    assert "[11.0%]{fact=" in table.rows[0][1]
    assert table.rows[1][2] == "none"


def test_a_wide_table_and_columns_of_ones_own(chapter: Chapter, shown: Outputs):
    frame = chapter.frame(["smoking", "poverty"], wide=True)
    gap = chapter.derived(
        "less poverty",
        5.5,
        data=frame[frame.role == "place"],
        formula="the one less the other",
        unit="points",
    )
    frame["gap"] = pd.Series([gap, ""], dtype=object)
    columns = {"area_name": "Area", "smoking": "Smoke", "gap": "Gap"}
    chapter.show_table(frame, title="Two measures", columns=columns)
    table = handed(shown)
    assert isinstance(table, Table)
    assert faults(table, chapter) == []
    assert "5.5 points" in table.rows[0][2]
    assert gap in table.facts


def test_numbers_that_no_fact_holds_are_refused_in_a_table(chapter: Chapter):
    frame = chapter.frame("smoking").assign(rank=1)
    with pytest.raises(BoardpacksError, match="the column 'rank' has numbers that no fact holds"):
        chapter.show_table(frame, title="Ranks", columns={"area_name": "Area", "rank": "Rank"})
    with pytest.raises(BoardpacksError, match="found the column 'ranks', allowed are indicator, area"):
        chapter.show_table(frame, title="Ranks", columns={"ranks": "Rank"})
    with pytest.raises(BoardpacksError, match="table 'None': found no rows"):
        chapter.show_table(frame[:0], title="None")


def test_sentences_say_facts(chapter: Chapter, shown: Outputs):
    own = chapter.frame("smoking", latest=True).query("role == 'place'")
    chapter.say("In {place}, {own} smoked in {own:period} ({own:interval}, {own:area}).", own=own)
    statement = handed(shown)
    assert isinstance(statement, Statement)
    assert faults(statement, chapter) == []
    assert shown[0]["text/plain"] == "In Cedar, 11.0% smoked in 2023 (9.0% to 13.0%, Cedar)."
    assert statement.name == "in-smoked-in"


def test_sentences_may_be_called_by_the_name_of_an_area(chapter: Chapter, shown: Outputs):
    chapter.say("Nothing is known.", name="own Ŵyr & King's Lynn")
    assert handed(shown).name == "own-wyr-kings-lynn"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("In {area}.", r"found the placeholder \{area\}, allowed are place, own"),
        ("{own:value}", "found :value, allowed are :interval, :period and :area"),
        ("{all}", "all is 3 facts and not one"),
    ],
)
def test_a_wrong_placeholder_names_the_right_ones(chapter: Chapter, words: str, fault: str):
    frame = chapter.frame("smoking")
    numbers = {"own": frame.fact[0]} | ({"all": frame} if "all" in words else {})
    with pytest.raises(BoardpacksError, match=fault):
        chapter.say(words, **numbers)


def test_an_area_without_an_interval_says_so(chapter: Chapter):
    kingdom = chapter.frame("smoking").query("role == 'comparator'")
    with pytest.raises(BoardpacksError, match="has no interval"):
        chapter.say("{it:interval}", it=kingdom)


def test_a_frame_without_figures_cannot_be_described(chapter: Chapter):
    with pytest.raises(BoardpacksError, match="found a frame without figures"):
        chapter.describe(chapter.frame("smoking")[:0])
