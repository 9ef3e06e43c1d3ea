"""Tables: each cell is the figure of its own row and column, words where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.tables import NO_INTERVAL, NOT_COMPARABLE, show_latest
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import MIME
from boardpacks.facts.wording import LABELS, NOT_HELD, NOT_PUBLISHED, period
from boardpacks.params.models import Params
from boardpacks.stats.comparison import compare

Records = dict[tuple[str, str], list[dict[str, Any]]]
Outputs = list[dict[str, Any]]
WORDS = {NOT_HELD, NOT_PUBLISHED, NOT_COMPARABLE, NO_INTERVAL, "by borough", ""}


def tables(all_records: Records, ending: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for (_, place), records in all_records.items():
        for record in records:
            if record["kind"] == "table" and re.search(ending, record["name"]):
                yield place, record


FACT = re.compile(r"\[([^\[\]]+)\]\{fact=\"[^\"]+\"\}")


def words(cell: str) -> str:
    return FACT.sub(r"\1", cell)


def first_number(display: str) -> str:
    return display.partition(" ")[0]


def the_fact(record: dict[str, Any], indicator: str, area: str) -> dict[str, Any]:
    (found,) = (
        one for one in record["facts"] if (one["indicator_name"], one["area_name"]) == (indicator, area)
    )
    return dict(found)


def test_every_cell_of_places_side_by_side_is_its_own_places(all_records: Records, params: Params):
    checked = 0
    by_length = sorted((one.name for one in params.indicators.values()), key=len, reverse=True)
    for _, record in tables(all_records, r"-places\d?$|^places-"):
        if record["name"] == "deprivation-places":
            continue
        for column, label in enumerate([column["label"] for column in record["columns"]][1:], start=1):
            indicator = next(name for name in by_length if label.startswith(f"{name} ("))
            for row in record["rows"]:
                area, cell = row[0].strip("*"), words(row[column]).strip("*")
                if cell in WORDS or cell.startswith("in "):
                    continue
                number, older = re.fullmatch(r"(\S+)(?: \((.*)\))?", cell).groups()  # type: ignore[union-attr]
                fact = the_fact(record, indicator, area)
                assert number == first_number(fact["display"]), (label, row)
                assert bool(older) != label.endswith(f", {period(fact['period'])}")
                checked += 1
    assert checked > 500


def test_every_row_of_latest_figures_is_the_places_own(all_records: Records, params: Params):
    checked = 0
    polarity = {one.name: one.polarity for one in params.indicators.values()}
    additive = {one.name for one in params.indicators.values() if one.additive}
    for place, record in tables(all_records, "-latest$"):
        if place == "system":
            continue
        labels = [column["label"] for column in record["columns"]]
        own = params.places[place]
        assert own.trust is not None
        areas = [own.name, *(borough.name for borough in own.boroughs), params.trust(own.trust).short_name]
        for cells in record["rows"]:
            row = dict(zip(labels, cells, strict=True))
            if row["Value"] in (NOT_HELD, NOT_PUBLISHED):
                assert row["Period"] == ""
                continue
            indicator = max((name for name in polarity if row["Measure"].startswith(name)), key=len)
            named = [row["Area"]] if "Area" in row else []
            fact = next(
                one
                for one in record["facts"]
                if one["indicator_name"] == indicator and one["area_name"] in (named or areas)
            )
            assert words(row["Value"]) == first_number(fact["display"])
            england = [
                one["value"]
                for one in record["facts"]
                if (one["indicator_name"], one["area_name"]) == (indicator, "England")
                and one["period"] == fact["period"]
            ]
            benchmark = england[0] if england and indicator not in additive else None
            verdict = compare(fact["value"], fact["lower"], fact["upper"], benchmark, polarity[indicator])
            if verdict == "not-tested":
                verdict = fact.get("verdict", verdict)
            told = row.get("Against England", "[Not compared]")
            if told.startswith("[Too old]"):
                assert max(map(int, re.findall(r"20\d\d", fact["period"]))) <= 2025
                verdict = "too-old"
            elif fact["area"] in params.system.too_small:
                verdict = "not-compared"
            assert told.startswith(f"[{LABELS[verdict]}]")
            trend = [
                one["display"].lower()
                for one in record["facts"]
                if (one["indicator_name"], one["area_name"])
                == (f"{indicator}: recent trend", fact["area_name"])
            ]
            cell = row.get("Recent trend", "Not tested").lower()
            if trend in ([], ["no significant change"]):
                assert cell == ("no change" if trend else "not tested")
            else:
                assert cell[:-2] in trend[0] + " rising falling"
                assert (cell[-1] == "\u2197") == trend[0].startswith("increasing")
            checked += 1
    assert checked > 350


def test_the_own_row_is_bold_and_no_other(all_records: Records, params: Params):
    for place, record in tables(all_records, r"-places\d?$"):
        bold = {row[0].strip("*") for row in record["rows"] if row[0].startswith("**")}
        if place == "system":
            assert bold == set()
        else:
            own = params.places[place]
            assert bold
            assert bold <= {own.name, *(borough.name for borough in own.boroughs)}


def test_columns_that_say_nothing_are_left_out(all_records: Records):
    for _, record in tables(all_records, "-latest$"):
        for column, label in enumerate([column["label"] for column in record["columns"]]):
            if label not in ("Measure", "Area", "Period", "Value"):
                assert any(
                    row[column] not in WORDS | {"[Not compared]{.verdict-none}", "Not tested"}
                    for row in record["rows"]
                )


OpenPlace = Callable[..., Chapter]


def test_city_and_hackney_says_where_figures_are(shown: Outputs, open_place: OpenPlace):
    open_place("city-and-hackney", "long-term-conditions").places_table("hypertension-found")
    rows = {row[0]: row[1:] for row in shown[0][MIME]["rows"]}
    assert rows["**City and Hackney**"][0] == "**by borough**"
    assert rows["**Hackney**"][-1] == "**in City and Hackney**"


def test_a_place_without_figures_says_so(shown: Outputs, open_place: OpenPlace):
    open_place("city-and-hackney", "babies-children-young-people").latest_table("prevention")
    rows = {(row[0], row[1]): row for row in shown[0][MIME]["rows"]}
    assert rows["Children aged 4 to 5 living with obesity", "City and Hackney"][3] == NOT_HELD
    assert rows["Under-18 conceptions (per 1,000)", "City of London"][3] == NOT_PUBLISHED


@pytest.mark.parametrize("comparators", [1, 2])
def test_one_comparator_is_enough(shown: Outputs, calm: Params, snapshot: Snapshot, comparators: int):
    system = calm.system.model_copy(update={"comparators": calm.system.comparators[:comparators]})
    fewer = calm.model_copy(update={"system": system})
    chapter = Chapter(fewer, snapshot, fewer.places["city-and-hackney"], None)
    measures = [chapter.measure(name) for name in ("obesity_reception", "adult_obesity")]
    show_latest("latest", "Latest", measures, fewer, snapshot, about="Elsewhere")
    labels = [column["label"] for column in shown[0][MIME]["columns"]]
    assert labels[5:] == ["London", "England", "Against England", "Recent trend"][2 - comparators :]
