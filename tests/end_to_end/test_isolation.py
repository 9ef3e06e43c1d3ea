"""No pack contains another place's figure where its own belongs, although packs are built at the same time."""

from __future__ import annotations

import re
from typing import Any

import pytest

from boardpacks.params.models import Params
from tests.end_to_end.conftest import Record

pytestmark = pytest.mark.end_to_end


def _own_areas(params: Params, place: str) -> set[str]:
    own = params.places[place]
    codes = {borough.code for borough in own.boroughs}
    combined = {area.code for area in params.system.combined_areas if set(area.boroughs) == codes}
    assert own.trust is not None
    return codes | combined | {own.trust, "+".join(borough.code for borough in own.boroughs)}


def _of_all_places(params: Params) -> set[str]:
    """Areas whose figures may stand in any place's pack: what places are held against, and the system's own."""
    return {area.code for area in (*params.system.comparators, *params.system.own_areas)}


def test_the_packs_were_built_at_the_same_time(built: Any) -> None:
    assert built.most_at_once > 1


def test_every_fact_names_the_pack_that_says_it(records: list[Record]) -> None:
    for record in records:
        assert all(fact["id"].startswith(f"{record.place}.") for fact in record.content["facts"]), str(record)


def test_statements_say_only_the_own_place_and_the_comparators(records: list[Record], built: Any) -> None:
    statements = [
        r
        for r in records
        # The name of what sets the places side by side says so
        if r.content["kind"] == "statement" and r.place != "system" and "-places" not in r.content["name"]
    ]
    assert len(statements) > 7 * 50
    boroughs = {borough.code for borough in built.params.boroughs()}
    for record in statements:
        allowed = _own_areas(built.params, record.place) | _of_all_places(built.params) | {"SYSTEM"}
        if record.content["name"].startswith("emphasis-"):
            allowed |= boroughs  # one that states a rank names the boroughs that are ahead
        assert {fact["area"] for fact in record.content["facts"]} <= allowed, str(record)


def test_trends_and_latest_tables_hold_only_the_own_place_and_the_comparators(
    records: list[Record], built: Any
) -> None:
    own = [r for r in records if r.place != "system" and r.content["name"].endswith(("-trend", "-latest"))]
    assert len(own) > 7 * 40
    for record in own:
        allowed = _own_areas(built.params, record.place) | _of_all_places(built.params)
        assert {fact["area"] for fact in record.content["facts"]} <= allowed, str(record)


def test_words_of_a_chart_name_its_own_place_and_no_other(records: list[Record], built: Any) -> None:
    names = {
        place.id: {place.name, built.params.trust(place.trust).short_name, *(b.name for b in place.boroughs)}
        for place in built.params.places.values()
    }
    whole = {area.code: area.name for area in built.params.system.own_areas}
    charts = [r for r in records if r.place != "system" and r.content["name"].endswith(("-trend", "-spread"))]
    assert len(charts) > 7 * 40
    for record in charts:
        # A measure of the whole system is drawn for it, not for a place.
        of_all = {whole[fact["area"]] for fact in record.content["facts"] if fact["area"] in whole}
        for words in (record.content["title"], record.content["alt"]):
            assert any(name in words for name in of_all or names[record.place]), f"{record}: {words}"
            others = set().union(*(found for place, found in names.items() if place != record.place))
            strangers = others - names[record.place]
            said = {name for name in strangers if re.search(rf"\b{re.escape(name)}\b", words)}
            assert not said, f"{record}: {words}"


def test_the_own_row_of_each_table_of_places_is_the_marked_one(records: list[Record], built: Any) -> None:
    tables = [
        r
        for r in records
        if r.content["kind"] == "table"
        and r.place != "system"
        and r.content["columns"][0]["label"] == "Place"
    ]
    assert len(tables) >= len(built.params.places)
    for record in tables:
        place = built.params.places[record.place]
        marked = {row[0].strip("*") for row in record.content["rows"] if row[0].startswith("**")}
        assert marked, str(record)
        assert marked <= {place.name, *(borough.name for borough in place.boroughs)}, str(record)


def test_published_documents_carry_their_own_title(built: Any) -> None:
    for result in built.results:
        html = next(result.published.glob("*_DRAFT.html")).read_text(encoding="utf-8")
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
        assert title is not None
        assert result.plan.place_name in title[1]
