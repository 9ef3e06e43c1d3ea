"""What opens a priority: spine charts, ranks, tartan rugs and small multiples, each from the published figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from boardpacks.chapter import show_multiples as multiples_module
from boardpacks.chapter import show_rug as rug_module
from boardpacks.chapter import show_spine as spine_module
from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.measure import measure
from boardpacks.chapter.periods import years
from boardpacks.chapter.show_multiples import choose_multiples
from boardpacks.chapter.show_spine import MOST_ROWS
from boardpacks.chapter.side_by_side import dealt
from boardpacks.charts.multiples import Multiples
from boardpacks.charts.rug import Rug
from boardpacks.charts.spine import Spine
from boardpacks.data.observations import Valued, peer_values
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import MIME
from boardpacks.facts.wording import rank_words
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError
from tests.chapter.numbers import printed

Outputs = list[dict[str, Any]]
CITY = "E09000001"
"""The City of London, where too few people live for it to be ranked."""
OpenPlace = Callable[..., Chapter]
LONG_TERM, CHILDREN = "long-term-conditions", "babies-children-young-people"

pytestmark = pytest.mark.usefixtures("no_drawing")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is given to be drawn."""
    found: list[Any] = []
    for module, name in (
        (spine_module, "draw_spine"),
        (rug_module, "draw_rug"),
        (multiples_module, "draw_multiples"),
    ):
        monkeypatch.setattr(module, name, lambda what, *_: found.append(what))
    return found


def records(shown: Outputs) -> list[dict[str, Any]]:
    return [output[MIME] for output in shown]


def test_a_spine_has_a_row_for_every_measure_of_the_priority(
    shown: Outputs, open_place: OpenPlace, drawn: list[Spine], params: Params
):
    open_place("havering", LONG_TERM).spine()
    rows = [row.name.partition(" (")[0] for spine in drawn for row in spine.rows]
    indicators = [params.indicators[i] for i in params.priorities[LONG_TERM].indicators]
    assert sorted(rows) == sorted(i.name for i in indicators if i.areas == "boroughs")
    first, *_, last = [record["name"] for record in records(shown)]
    assert (first, last) == (f"{LONG_TERM}-spine", f"{LONG_TERM}-spine-all")


def test_a_spine_says_which_boroughs_its_bars_are_of(
    shown: Outputs, open_place: OpenPlace, drawn: list[Spine], snapshot: Snapshot
):
    open_place("havering", LONG_TERM).spine()
    *here, among_all = drawn
    assert {one.peers for one in here} == {"boroughs of north east London"}
    assert among_all.peers == "London boroughs"
    own = [row for one in here for row in one.rows]
    assert all(len(row.peers) < 20 <= len(other.peers) for row in own for other in among_all.rows)
    smoking = next(row for row in own if row.name == "Adults who smoke")
    peers = peer_values(snapshot, "smoking_prevalence", "2023", "E09000016")
    assert smoking.peers == tuple(peer.value for peer in peers if peer.area != CITY)
    assert (smoking.verdict, smoking.say(smoking.value or 0)) == ("similar", "10.9%")
    assert smoking.benchmark is not None
    assert smoking.say(smoking.benchmark) == "11.6%"
    assert all(row.benchmark is None for row in among_all.rows)
    assert len(records(shown)) == len(drawn)


def test_a_spine_has_all_that_it_draws_as_facts(shown: Outputs, open_place: OpenPlace, drawn: list[Spine]):
    open_place("havering", LONG_TERM).spine()
    for record, spine in zip(records(shown), drawn, strict=True):
        values = [fact["value"] for fact in record["facts"]]
        for row in spine.rows:
            assert {row.value, row.benchmark, *row.peers} - {None} <= set(values)


def test_boroughs_with_figures_of_their_own_have_a_row_each(
    shown: Outputs, open_place: OpenPlace, drawn: list[Spine]
):
    open_place("city-and-hackney", LONG_TERM).spine()
    names = [row.name for spine in drawn for row in spine.rows]
    assert [name for name in names if name.startswith("Adults who smoke")] == [
        "Adults who smoke, City of London",
        "Adults who smoke, Hackney",
    ]


def test_a_measure_without_a_figure_says_so(shown: Outputs, open_place: OpenPlace, drawn: list[Spine]):
    open_place("city-and-hackney", "babies-children-young-people").spine()
    missing = [row.name for spine in drawn for row in spine.rows if row.value is None]
    assert missing == [
        "Children aged 4 to 5 living with obesity",
        "Children aged 10 to 11 living with obesity",
        "Babies breastfed at 6 to 8 weeks",
    ]
    alts = [record["alt"] for record in records(shown)]
    assert any("No figure: children aged 4 to 5 living with obesity" in alt for alt in alts)


@pytest.mark.parametrize(
    ("rows", "sizes"), [(0, []), (1, [1]), (MOST_ROWS, [13]), (14, [7, 7]), (27, [9, 9, 9]), (16, [8, 8])]
)
def test_many_rows_are_dealt_over_charts_of_nearly_equal_size(rows: int, sizes: list[int]):
    assert [len(part) for part in dealt([None] * rows, MOST_ROWS)] == sizes


def test_a_places_ranks_are_recounted_from_the_published_figures(
    shown: Outputs, open_place: OpenPlace, snapshot: Snapshot
):
    open_place("newham", LONG_TERM).ranks_table()
    (table,) = records(shown)
    values = sorted(
        o.value
        for o in peer_values(snapshot, "physically_active_adults", "2024/25", "E09000025")
        if o.area != CITY
    )
    own = next(
        o.value
        for o in peer_values(snapshot, "physically_active_adults", "2024/25", "E09000025")
        if o.area_name == "Newham"
    )
    rank = sum(value > (own or 0) for value in values) + 1
    rows = [[printed(cell) for cell in row] for row in table["rows"]]
    (row,) = [row for row in rows if row[0] == "Physically active adults"]
    lowest = sum(value < (own or 0) for value in values) + 1
    words = rank_words(min(rank, lowest), "highest" if rank <= lowest else "lowest")
    assert row[3] == f"{words} of {len(values)}"
    assert row[4] == str(next(q for q, last in enumerate((8, 16, 24, 32), start=1) if rank <= last))
    high_blood_pressure = next(row for row in rows if "high blood pressure" in row[0])
    assert high_blood_pressure[3].split()[-3] in ("highest", "lowest")


def test_the_systems_ranks_have_a_row_a_place_and_leave_out_what_has_none(
    shown: Outputs, open_place: OpenPlace
):
    open_place(None).ranks_table(LONG_TERM)
    (table,) = records(shown)
    assert [column["label"].partition(",")[0] for column in table["columns"][1:]] == [
        "Physically active adults",
        "Cervical screening coverage at age 25 to 49",
        "Flu vaccination at age 65 and over",
        "Patients with high blood pressure on GP registers",
    ]
    assert "(of 32)" in table["columns"][1]["label"]
    assert "(of 32)" in table["columns"][4]["label"]
    cells = {row[0]: row[1:] for row in table["rows"]}
    assert all("(quarter " in cell for cell in cells["Newham"])


@pytest.mark.parametrize("place", ["havering", None])
def test_a_priority_without_ranks_says_so(shown: Outputs, open_place: OpenPlace, place: str | None):
    open_place(place).ranks_table("employment-workforce")
    (statement,) = records(shown)
    assert statement["markdown"] == (
        "No measure of this priority has figures for all London boroughs, so nothing is ranked."
    )


def test_a_rug_has_each_places_verdict_and_value(
    shown: Outputs, open_place: OpenPlace, drawn: list[Rug], params: Params, snapshot: Snapshot
):
    open_place(None).rug(LONG_TERM)
    rows, areas = [row for rug in drawn for row in rug.rows], drawn[0].areas
    assert [row.name for row in rows] == [
        params.indicators[i].name for i in params.priorities[LONG_TERM].indicators
    ]
    for row, indicator in zip(rows, params.priorities[LONG_TERM].indicators, strict=True):
        found = measure(snapshot, params, params.indicators[indicator], params.places["havering"])
        assert row.cells[areas.index("Havering")].verdict == found.readings[0].verdict


def test_a_rug_says_where_a_figure_may_be_older(shown: Outputs, open_place: OpenPlace, drawn: list[Rug]):
    open_place(None).rug(LONG_TERM)
    rows, areas = [row for rug in drawn for row in rug.rows], drawn[0].areas
    periods = {row.name: row.period for row in rows}
    assert periods["Cancers diagnosed at stage 1 or 2"] == "2022 or the latest before"
    assert periods["Adults who smoke"] == "2023"
    cancer = next(row for row in rows if row.name.startswith("Cancers"))
    older, current = (cancer.cells[areas.index(name)] for name in ("Waltham Forest", "Havering"))
    assert (older.verdict, older.words) == ("worse", "")  # its latest is of 2021
    assert current.words.endswith("%")


def test_a_rugs_words_name_places_and_its_lines_rest_on_their_facts(shown: Outputs, open_place: OpenPlace):
    open_place(None).rug(LONG_TERM)
    statement = records(shown)[0]
    assert statement["markdown"].startswith(
        "[Worse]{.verdict-worse} than England:\n\n- Adults living with obesity: Barking and Dagenham.\n- "
    )
    known = {fact["id"]: fact for fact in statement["facts"]}
    for line in statement["summary"]:
        areas = [known[id_]["area_name"] for id_ in line["facts"]]
        assert line["count"] == sum(name != "England" for name in areas)
        assert all(name in line["line"] for name in areas if line["verdict"] in ("better", "worse"))


def test_a_rugs_words_name_the_places_that_get_better_and_no_others(
    shown: Outputs, calm: Params, snapshot: Snapshot
):
    chapter = Chapter(calm, snapshot, None, None)
    chapter.rug(CHILDREN)
    markdown = records(shown)[0]["markdown"]
    told = markdown.partition("Getting better:")[2].partition("\n\n- ")[2].partition("\n\n")[0]
    expected = []
    for name in calm.priorities[CHILDREN].indicators:
        readings = [r for place in calm.places.values() for r in chapter.measure(name, place).readings]
        places = [r.series.name for r in readings if r.trend and r.trend.meaning == "better"]
        if places:
            expected.append((calm.indicators[name].name, places))
    assert expected
    lines = ("- " + told).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"- {name}" for name, _ in expected]
    for line, (_, places) in zip(lines, expected, strict=True):
        assert sorted(re.split(", | and ", line.split(": ")[1].rstrip("."))) == sorted(
            part for place in places for part in place.split(" and ")
        )


def test_multiples_show_the_measure_that_is_worse_in_most_places(
    shown: Outputs, open_place: OpenPlace, drawn: list[Multiples]
):
    open_place(None).multiples(LONG_TERM)
    (figure,) = records(shown)
    assert figure["name"] == "cervical-screening-50-64-multiples"
    assert "the one that is worse than England in the most places" in figure["note"]
    (multiples,) = drawn
    assert multiples.benchmark is not None
    assert multiples.benchmark.name == "England"
    assert len(multiples.places) == 7
    assert "2024" in figure["alt"]
    values = {fact["value"] for fact in figure["facts"]}
    assert all(point.value in values for place in multiples.places for point in place.points if point.value)


def test_of_measures_alike_the_first_of_the_params_is_shown(params: Params, snapshot: Snapshot):
    def compared(*names: str) -> list[Any]:
        return [
            (
                params.indicators[name],
                [
                    measure(snapshot, params, params.indicators[name], place)
                    for place in params.places.values()
                ],
            )
            for name in names
        ]

    chosen = choose_multiples(compared("low_birth_weight", "infant_mortality"))
    assert chosen is not None
    assert chosen[0].id == "low_birth_weight"
    assert choose_multiples(compared("mmr_two_doses", "physically_active_adults")) is None


@pytest.mark.parametrize("ask", [lambda c: c.rug(), lambda c: c.ranks_table(), lambda c: c.multiples()])
def test_a_chapter_on_no_priority_has_to_name_one(open_place: OpenPlace, ask: Callable[[Chapter], None]):
    with pytest.raises(BoardpacksError, match="reports on no priority: name one"):
        ask(open_place(None))


def test_an_unknown_priority_is_answered_with_those_there_are(open_place: OpenPlace):
    with pytest.raises(BoardpacksError, match="no priority 'long-term': allowed are babies"):
        open_place(None).rug("long-term")


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["2023"], "2023"),
        (["2024/25"], "2024/25"),
        (["2022 - 24"], "2022 to 2024"),
        (["2024/25", "2022 - 24"], "2022 to 2024"),
        (["2019", "2025-04"], "2019 to 2025"),
        ([], "no period"),
    ],
)
def test_the_years_of_many_measures(periods: list[str], said: str):
    made = [
        Valued("a", "E1", "A", "Persons", period, dt.date(2020, 1, 1), 12, 1.0, None, None)
        for period in periods
    ]
    assert years(made) == said
