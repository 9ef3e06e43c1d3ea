"""Facts: stable ids, each observation once, nothing unpublished."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isnan
from typing import Any

import pytest
from statsmodels.stats.proportion import proportion_confint

from boardpacks.chapter.make_facts import fact, fact_id, facts_of, peer_facts
from boardpacks.data.observations import Observation, area_series
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.models import Params
from boardpacks.stats.among_peers import spread

Records = dict[tuple[str, str], list[dict[str, Any]]]


def test_a_fact_is_the_published_value(snapshot: Snapshot, params: Params):
    latest = area_series(snapshot, "smoking_prevalence", "E09000016").latest
    assert latest is not None
    made = fact(latest, params.indicators["smoking_prevalence"], "havering", snapshot)
    assert made.model_dump() == {
        "id": "havering.smoking_prevalence.E09000016.persons.2023",
        "indicator": "smoking_prevalence",
        "indicator_name": "Adults who smoke",
        "area": "E09000016",
        "area_name": "Havering",
        "sex": "Persons",
        "period": "2023",
        "value": latest.value,
        "lower": latest.lower,
        "upper": latest.upper,
        "unit": "%",
        "display": f"{latest.value:.1f}%",
        "source": "ONS Explore Local Statistics",
        "publisher": "ONS Annual Population Survey",
        "licence": "OGL v3.0",
        "series": snapshot.digest("smoking_prevalence", "E09000016"),
        "method": "published",
    }


def test_what_is_not_published_is_no_fact(snapshot: Snapshot, params: Params):
    indicator = params.indicators["smoking_prevalence"]
    series = area_series(snapshot, indicator.id, "E09000016")
    assert series.latest is not None
    gap = Observation(**vars(series.latest) | {"value": None})
    twice = [None, gap, series.latest, series.latest]
    assert len(facts_of(twice, indicator, "havering", snapshot)) == 1


def test_standing_facts_tell_ranks_and_quartiles(snapshot: Snapshot, params: Params):
    indicator = params.indicators["smoking_prevalence"]
    latest = area_series(snapshot, indicator.id, "E09000016").latest
    assert latest is not None
    found = peer_facts(latest, spread(2.0, [1.0, 2.0, 4.0, 5.0]), indicator, "havering", snapshot)
    assert {one.id.rpartition(".")[2]: one.display for one in found} == {
        "rank": "3",
        "rank-from-lowest": "2",
        "peers": "4",
        "lower-quartile": "1.8%",
        "upper-quartile": "4.3%",
    }
    assert all(one.lower is None and one.method != "published" for one in found)
    assert len({one.id for one in found}) == 5


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("mood", "E09000001", "Persons", "2023"), "here.mood.E09000001.persons.2023"),
        (("mood", "E09000001", "Female", "2022 - 24"), "here.mood.E09000001.female.2022-24"),
        (("mood", "E09000001+E09000012", "Male", "2024/25"), "here.mood.E09000001+E09000012.male.2024-25"),
    ],
)
def test_ids(parts: tuple[str, ...], expected: str):
    assert fact_id("here", *parts) == expected


def test_ids_of_the_packs_are_well_formed_and_mean_one_thing(all_records: Records):
    form = re.compile(
        r"[a-z-]+\.[a-z0-9_]+(\.[a-z0-9-]+)?\.[A-Z0-9+]+\.(persons|female|male)\.[0-9A-Za-z-]+(\.[0-9a-z-]+)?$"
        r"|[a-z-]+\.[a-z0-9_]+\.(gap|most-deprived-end|least-deprived-end|slope-index|relative-index)"
        r"\.[0-9a-z-]+$"
    )
    known: dict[str, dict[str, Any]] = {}
    for (_, place), records in all_records.items():
        for record in records:
            ids = [one["id"] for one in record["facts"]]
            assert len(ids) == len(set(ids)), (place, record["name"])
            for one in record["facts"]:
                assert form.match(one["id"]), one["id"]
                assert one["id"].startswith(f"{place}.")
                assert known.setdefault(one["id"], one) == one
    assert len(known) > 5000


def _wilson(value: float, row: Mapping[Any, Any]) -> tuple[float, float]:
    """Return Wilson's interval of a percentage as statsmodels has it."""
    base, count = row["denominator"], row["count"]
    count = value * base / 100 if isnan(count) else count
    lower, upper = proportion_confint(count, base, method="wilson")
    return 100 * lower, 100 * upper


def test_every_published_fact_of_the_packs_is_in_the_snapshot(all_records: Records, snapshot: Snapshot):
    table = snapshot.observations.set_index(["indicator", "area", "sex", "period"])
    columns = ["value", "lower_95", "upper_95", "count", "denominator"]
    held = table[columns].to_dict("index")
    compared = 0
    for records in all_records.values():
        for record in records:
            for one in record["facts"]:
                if one["method"] != "published":
                    continue
                row = held[one["indicator"], one["area"], one["sex"], one["period"]]
                assert one["value"] == row["value"]
                if "limits_by" in one:
                    assert (one["lower"], one["upper"]) == pytest.approx(_wilson(one["value"], row))
                    continue
                for limit, column in (("lower", "lower_95"), ("upper", "upper_95")):
                    assert one[limit] == row[column] or (one[limit] is None and row[column] != row[column])
                compared += 1
    assert compared > 10_000
