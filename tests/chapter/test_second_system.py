"""A system that is not north east London's: nothing false is said because of other names, years and gaps in figures."""

from __future__ import annotations

import re
from typing import Any

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.facts.artefacts import MIME, Table
from boardpacks.facts.check_words import misstatements
from boardpacks.facts.spans import without_spans
from boardpacks.params.models import GapMeasure, Inequalities
from boardpacks.params.priority import Collaborative, Outcome
from boardpacks.params.strategy import Claim, Emphasis, Theme

from .second import (
    ALDER,
    BIRCH,
    CEDAR,
    ELM,
    KINGDOM,
    NORTH,
    Row,
    a_place,
    a_system,
    an_indicator,
    held,
    opened,
)

Outputs = list[dict[str, Any]]
BOTH = "alder-and-birch"
OTHERS = [f"E08000{number}" for number in range(801, 825)]
"""Boroughs of elsewhere, so that there are enough peers for ranks."""

SMOKING: list[Row] = [
    (ALDER, "2022", 10.0, 8.0, 12.0, 100, 1000),
    (BIRCH, "2022", 20.0, 18.0, 22.0, 200, 1000),
    (CEDAR, "2022", 30.0, 28.0, 32.0, 300, 1000),
    (ELM, "2021", 40.0, 38.0, 42.0, 400, 1000),
    (KINGDOM, "2021", 15.0, 14.9, 15.1),
    (KINGDOM, "2022", 15.0, 14.9, 15.1),
]
RATE = an_indicator("rate", unit="score 0-10", interval="published")
"""Its values are no count over a denominator, so that boroughs are never put together."""


def records(shown: Outputs) -> dict[str, dict[str, Any]]:
    return {output[MIME]["name"]: output[MIME] for output in shown}


def labels(table: dict[str, Any]) -> list[str]:
    return [column["label"] for column in table["columns"]]


def chapter_on(rows: list[Row], place: str | None = BOTH, **changes: Any) -> Chapter:
    params = a_system(an_indicator(**changes))
    return opened(params, held(params, {"smoking": rows}), place)


def with_peers(rows: list[Row], *years: str) -> list[Row]:
    return [
        *rows,
        *((code, year, float(n), n - 1.0, n + 1.0) for year in years for n, code in enumerate(OTHERS, 2)),
    ]


# names


@pytest.mark.parametrize(
    ("place", "boroughs"),
    [("Alder and Birch", (ALDER, BIRCH)), ("Greater Alder", (ALDER, BIRCH)), ("Alderbirch", (ALDER, BIRCH))],
)
def test_a_place_called_after_its_boroughs_still_says_which_borough_each_row_is_of(
    shown: Outputs, no_drawing: None, place: str, boroughs: tuple[str, ...]
):
    params = a_system(RATE, places=[a_place(place, *boroughs), a_place("Cedar", CEDAR)])
    rows: list[Row] = [(ALDER, "2022", 4.0, 3.0, 5.0), (BIRCH, "2022", 6.0, 5.0, 7.0), (CEDAR, "2022", 5.0)]
    opened(params, held(params, {"rate": rows}), next(iter(params.places))).latest_table("health")
    table = records(shown)["health-latest"]
    assert labels(table)[1] == "Area"
    assert [row[1] for row in table["rows"]] == ["Alder", "Birch"]
    assert misstatements(Table.model_validate_json(_json(table))) == []


def test_the_column_of_areas_is_left_out_only_where_every_row_is_of_the_titles_area(
    shown: Outputs, no_drawing: None
):
    chapter_on(SMOKING, "cedar").latest_table("health")
    chapter_on(SMOKING).latest_table("health")
    assert ["Area" in labels(output[MIME]) for output in shown] == [False, False]


def test_a_trusts_measure_without_figures_is_the_trusts_and_not_the_places(shown: Outputs, no_drawing: None):
    params = a_system(an_indicator(), an_indicator("waits", areas="trusts", interval="none"))
    params = params.model_copy(
        update={
            "priorities": {
                "living": params.priorities["living"].model_copy(
                    update={"outcomes": (Outcome(id="health", title="Health", indicators=("smoking",)),)}
                )
            }
        }
    )
    chapter = opened(params, held(params, {"smoking": SMOKING, "waits": [("RX9", "2022", 1.0)]}), "cedar")
    chapter.trust_table()
    chapter.show("waits")
    table, words = records(shown)["trust-latest"], records(shown)["waits"]["markdown"]
    assert [judged["area_name"] for judged in table["judgements"]] == ["Forest"]
    assert "Cedar" not in str(table["rows"])
    assert "No figure for Forest is held here." in words


def _json(record: dict[str, Any]) -> str:
    import json  # noqa: PLC0415

    return json.dumps({key: value for key, value in record.items() if key != "schema"})


# verdicts


@pytest.mark.parametrize("unit", ["%", "per 100", "per 1,000"])
def test_without_published_intervals_no_place_is_judged_whatever_it_is_made_of(unit: str):
    scale = 10 if unit == "per 1,000" else 1
    rows: list[Row] = [
        (area, year, value * scale, float("nan"), float("nan"), *counts)
        for area, year, value, _, _, *counts in SMOKING
    ]
    params = a_system(an_indicator(interval="none", unit=unit))
    chapter = opened(params, held(params, {"smoking": rows}), None)
    found = [chapter.measure("smoking", place).readings[0] for place in params.places.values()]
    assert {reading.verdict for reading in found} == {"not-tested"}
    assert {(reading.latest.lower, reading.latest.upper) for reading in found} == {(None, None)}


def test_intervals_that_the_publisher_gives_are_made_for_boroughs_put_together_too():
    reading = chapter_on(SMOKING).measure("smoking").readings[0]
    assert reading.latest.value == pytest.approx(15.0)
    assert reading.verdict == "similar"
    assert reading.latest.lower is not None


# one period


def test_a_rank_of_another_year_than_the_columns_is_no_rank(shown: Outputs, no_drawing: None):
    chapter_on(with_peers(SMOKING, "2021", "2022"), None).ranks_table("living")
    (table,) = (record for name, record in records(shown).items() if "ranks" in name)
    cells = {row[0]: without_spans(row[1]) for row in table["rows"]}
    assert labels(table)[1].startswith("Adults with smoking, 2022")
    assert re.match(r"(\d+(st|nd|rd|th) )?(high|low)est \(quarter \d\)", cells["Cedar"])
    assert cells["Elm"] == "not ranked (latest figure: 40.0% in 2021)"


def test_words_about_the_places_name_the_year_of_an_older_figure(shown: Outputs, no_drawing: None):
    chapter_on(SMOKING, None).rug("living")
    words = records(shown)["living-compared"]
    assert "Cedar; Elm (2021)" in words["markdown"] or "Cedar and Elm (2021)" in words["markdown"]
    assert any(re.search(r"; in 2021: Elm \([0-9.]+%\)", line["line"]) for line in words["summary"])


def test_the_range_in_a_description_is_of_one_year(shown: Outputs, no_drawing: None):
    chapter_on(SMOKING, None).places_chart("health")
    alt = records(shown)["health-places-chart"]["alt"]
    assert "2022: from 15.0% in Alder and Birch to 30.0% in Cedar" in alt
    assert "Older: 40.0% in Elm (2021)." in alt


def test_places_worse_in_an_older_year_do_not_count_for_the_measure_that_is_worse_in_most(no_drawing: None):
    from boardpacks.chapter.show_multiples import choose_multiples  # noqa: PLC0415

    years = [str(year) for year in range(2016, 2022)]
    old: list[Row] = [(area, year, 40.0, 38.0, 42.0) for area in (CEDAR, ELM) for year in years]
    old += [(KINGDOM, year, 15.0, 14.9, 15.1) for year in [*years, "2022"]]
    old += [(ALDER, "2022", 15.0, 13.0, 17.0, 150, 1000), (BIRCH, "2022", 15.0, 13.0, 17.0, 150, 1000)]
    now: list[Row] = [
        (area, year, 40.0, 38.0, 42.0) for area in (CEDAR, ELM) for year in [*years, "2022"]
    ] + [(KINGDOM, "2022", 41.0, 40.9, 41.1)]
    now[-2] = (ELM, "2022", 50.0, 48.0, 52.0)
    params = a_system(an_indicator("old"), an_indicator("now"))
    chapter = opened(params, held(params, {"old": old, "now": now}), None)
    both = [
        (indicator, [chapter.measure(indicator.id, place) for place in params.places.values()])
        for indicator in params.indicators.values()
    ]
    chosen = choose_multiples(both)
    assert chosen is not None
    assert chosen[0].id == "now"


def test_boroughs_of_several_years_are_set_among_their_peers_of_the_newest(shown: Outputs, no_drawing: None):
    rows: list[Row] = [(ALDER, "2021", 4.0, 3.0, 5.0), (BIRCH, "2022", 6.0, 5.0, 7.0)]
    params = a_system(RATE)
    opened(params, held(params, {"rate": with_peers(rows, "2021", "2022")}), BOTH).show("rate")
    assert ", 2022, among 25 northern boroughs." in records(shown)["rate-spread"]["note"]


# captions


def note_of(shown: Outputs, name: str) -> str:
    return str(records(shown)[name]["note"])


BARE: list[Row] = [row[:3] for row in SMOKING]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (SMOKING, "Bars: 95% confidence interval. "),
        (BARE, None),
        ([*BARE[:2], *SMOKING[2:]], ", where there is one. "),
    ],
)
def test_a_chart_of_places_speaks_of_intervals_as_far_as_it_draws_some(
    shown: Outputs, no_drawing: None, rows: list[Row], said: str | None
):
    chapter_on(rows, None, unit="score 0-10").places_table("health")
    chapter = chapter_on(rows, None, unit="score 0-10")
    from boardpacks.chapter.show_measure import show_places  # noqa: PLC0415

    shown.clear()
    show_places(
        "chart", "Places", [chapter._all_places("smoking")], "system", chapter.snapshot, chapter.params
    )
    note = note_of(shown, "chart")
    assert ("interval" in note) == (said is not None)
    assert said is None or said in f"{note} "


def test_a_chart_of_places_names_the_marks_and_lines_that_it_draws(shown: Outputs, no_drawing: None):
    chapter_on(SMOKING, None).places_chart("health")
    note = note_of(shown, "health-places-chart")
    assert note.startswith("Diamond: worse; open circle: similar.")
    assert "Dotted line: United Kingdom." in note
    assert "Dashed line" not in note


@pytest.mark.parametrize(
    ("intervals", "said"),
    [(("a", "b", "c"), True), ((), False), (("b",), False), (("a", "c"), False), (("b", "c"), True)],
)
def test_a_trend_is_shaded_only_where_two_years_in_a_row_have_intervals(
    shown: Outputs, no_drawing: None, intervals: tuple[str, ...], said: bool
):
    years = dict(zip("abc", ("2020", "2021", "2022"), strict=True))
    rows: list[Row] = [
        (ALDER, year, 4.0, 3.0, 5.0) if name in intervals else (ALDER, year, 4.0)
        for name, year in years.items()
    ]
    rows += [(BIRCH, year, 6.0) for year in years.values()]
    params = a_system(RATE)
    opened(params, held(params, {"rate": rows}), BOTH).show("rate")
    assert ("Shaded: 95% confidence interval of Alder." in note_of(shown, "rate-trend")) == said


def test_a_spread_without_an_interval_speaks_of_none(shown: Outputs, no_drawing: None):
    bare: list[Row] = [row[:3] for row in with_peers([(CEDAR, "2022", 6.0)], "2022")]
    chapter_on(bare, "cedar").show("smoking")
    note = note_of(shown, "smoking-spread")
    assert "interval" not in note


@pytest.mark.parametrize(("rows", "said"), [(SMOKING, True), (BARE, False)])
def test_bars_of_a_gap_speak_of_intervals_only_with_some(
    shown: Outputs, no_drawing: None, rows: list[Row], said: bool
):
    following(chapter_on(rows, None), chart="bars").borough_gaps()
    assert ("95% confidence interval" in note_of(shown, "smoking-places-bars")) == said


def following(chapter: Chapter, **changes: Any) -> Chapter:
    """Return the chapter with params that follow the gap of its indicator."""
    measure = GapMeasure(indicator="smoking", reason="It matters.", **changes)
    inequalities = Inequalities(population="smoking", measures=(measure,), not_published="Nothing else.")
    params = chapter.params.model_copy(update={"inequalities": inequalities})
    return Chapter(params, chapter.snapshot, chapter.place, chapter.priority)


def test_a_rug_without_dashes_does_not_explain_them(shown: Outputs, no_drawing: None):
    chapter_on(SMOKING, None).rug("living")
    assert note_of(shown, "living-rug").startswith("Source")
    shown.clear()
    chapter_on(SMOKING[2:], None).rug("living")
    assert note_of(shown, "living-rug").startswith("A dash: no figure of its own. Source")


# words


def test_a_benchmark_with_an_article_reads_well(shown: Outputs, no_drawing: None):
    rows: list[Row] = [*SMOKING, (NORTH, "2022", 31.0, 30.9, 31.1)]
    chapter_on(rows, "cedar").show("smoking")
    words = without_spans(records(shown)["smoking"]["markdown"])
    assert "worse than the United Kingdom (15.0%)" in words.replace("Worse", "worse")
    assert "similar to the North West (31.0%)" in words.replace("Similar", "similar")
    assert records(shown)["smoking"]["summary"][0]["line"].endswith("worse than the United Kingdom (15.0%)")


def test_a_place_called_after_its_boroughs_is_not_made_of_itself(shown: Outputs):
    chapter_on(SMOKING).about()
    assert records(shown)["about"]["markdown"].startswith(
        "Alder and Birch is one place of boroughs that plan together, and one of 3 places"
    )


def test_the_only_place_of_a_system_is_called_so(shown: Outputs):
    params = a_system(an_indicator(), places=[a_place("Cedar", CEDAR)])
    opened(params, held(params, {"smoking": SMOKING}), "cedar").about()
    assert ", and the only place of the forest." in records(shown)["about"]["markdown"]


def test_without_baselines_no_starting_figure_is_spoken_of(shown: Outputs):
    params = a_system(an_indicator()).model_copy(
        update={"themes": (Theme(id="fair", name="Fairness", means="Fair.", indicators=("smoking",)),)}
    )
    opened(params, held(params, {"smoking": SMOKING}), None).scorecard()
    assert "tarting" not in str(records(shown)["scorecard"])


@pytest.mark.parametrize(
    ("peers", "among", "bears"),
    [
        ("northern boroughs", "northern boroughs", True),
        ("Northland boroughs", "Northland", True),
        ("Northland boroughs", "North", False),
        ("boroughs of the North", "the North", False),
    ],
)
def test_a_stated_rank_is_borne_out_only_among_the_very_areas_that_are_ranked(
    shown: Outputs, peers: str, among: str, bears: bool
):
    emphasis = Emphasis(
        text="It smokes most.", indicators=("smoking",), claim=Claim(end="highest", among=among)
    )
    params = a_system(an_indicator(), places=[a_place("Cedar", CEDAR, emphasis=(emphasis,))])
    params = params.model_copy(update={"system": params.system.model_copy(update={"peers": peers})})
    opened(params, held(params, {"smoking": with_peers(SMOKING, "2022")}), "cedar").emphasis()
    assert ("which bears this out" in records(shown)["emphasis-1"]["markdown"]) == bears


# what is not there


def test_without_small_areas_one_sentence_says_so(shown: Outputs):
    chapter = chapter_on(SMOKING)
    chapter.deprivation()
    chapter.neighbourhoods()
    assert [output[MIME]["markdown"] for output in shown] == [
        "No figures are held for the small areas of Alder and Birch.",
        "No figures are held for the small areas of the forest.",
    ]


def test_places_without_small_areas_are_named_beside_those_that_have_some(shown: Outputs, no_drawing: None):
    params = a_system(an_indicator())
    areas = [("E01000001", CEDAR, 1, 5, 60.0), ("E01000002", CEDAR, 9, 900, 6.0)]
    opened(params, held(params, {"smoking": SMOKING}, areas), "elm").neighbourhoods()
    words = records(shown)["neighbourhoods-places"]["markdown"]
    assert "No figures are held for the small areas of Elm." in words
    assert [row[0].strip("*") for row in records(shown)["deprivation-places"]["rows"]] == [
        "Cedar",
        "The forest",
    ]
    assert "largest" not in records(shown)["deprivation-places-chart"]["title"]


def test_a_place_or_a_system_without_figures_says_so_and_fails_nowhere(shown: Outputs, no_drawing: None):
    elsewhere: list[Row] = [("E08000999", "2022", 3.0)]
    for place in ("elm", BOTH):
        chapter = chapter_on(elsewhere, place)
        for method in (chapter.spine, chapter.ranks_table):
            method()
        chapter.show("smoking")
        chapter.latest_table("health")
        assert f"No figure for {chapter.name} is held here." in records(shown)["smoking"]["markdown"]
        shown.clear()
    chapter = chapter_on(elsewhere, None)
    chapter.rug("living")
    chapter.ranks_table("living")
    chapter.multiples("living")
    chapter.places_chart("health")
    following(chapter).borough_gaps()
    following(chapter).inequality_slopes()
    told = [record["markdown"] for record in records(shown).values() if record["kind"] == "statement"]
    assert [words.partition(" ")[0] for words in told] == ["No"] * 4


def test_a_collaborative_without_figures_or_trusts_says_so(shown: Outputs):
    params = a_system(an_indicator()).model_copy(
        update={"collaboratives": {"acute": Collaborative(id="acute", name="acute", about="Hospitals.")}}
    )
    acute = opened(params, held(params, {"smoking": SMOKING}), None).collaborative("acute")
    acute.about()
    acute.glance()
    acute.committee()
    assert [output[MIME]["markdown"] for output in shown][1:] == [
        "No figure is held for the trusts of the acute collaborative."
    ] * 2


def test_a_place_is_set_among_the_systems_boroughs_and_not_those_of_elsewhere(
    shown: Outputs, no_drawing: None
):
    elsewhere: list[Row] = [(code, "2022", 90.0, 88.0, 92.0) for code in OTHERS[:5]]
    chapter_on([*SMOKING, *elsewhere], "cedar").spine()
    spine = records(shown)["living-spine"]
    assert "among the boroughs of the forest" in spine["title"]
    assert {fact["area_name"] for fact in spine["facts"]} <= {"Alder", "Birch", "Cedar", "United Kingdom"}


def test_boroughs_that_the_params_call_otherwise_than_the_publisher_have_one_name(
    shown: Outputs, no_drawing: None
):
    rows = with_peers(SMOKING, "2022")
    params = a_system(an_indicator())
    borough = params.places["cedar"].boroughs[0].model_copy(update={"name": "Cedar Vale"})
    renamed = params.places["cedar"].model_copy(update={"name": "Cedar Vale", "boroughs": (borough,)})
    params = params.model_copy(update={"places": {**params.places, "cedar": renamed}})
    chapter = opened(params, held(params, {"smoking": rows}), "cedar")
    chapter.show("smoking")
    chapter.spine()
    chapter.places_table("health")
    names = {fact["area_name"] for output in shown for fact in output[MIME]["facts"] if fact["area"] == CEDAR}
    assert names == {"Cedar Vale"}
