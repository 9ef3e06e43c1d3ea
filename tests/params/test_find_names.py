from __future__ import annotations

from boardpacks.params.find_names import names_in
from boardpacks.params.load import load_params
from tests.params.conftest import FILES, WriteParams


def test_everything_that_has_a_name_is_found_and_no_other_text(write_params: WriteParams):
    params = load_params(write_params({}))
    found = set(names_in(params))
    assert {params.system.name, params.system.organisation, params.system.benchmark.name} <= found
    for place in params.places.values():
        assert {place.name, *(borough.name for borough in place.boroughs)} <= found
        assert place.group is None or place.group in found
    for indicator in params.indicators.values():
        assert {indicator.name, indicator.brief} <= found
        assert indicator.measures not in found
    for priority in params.priorities.values():
        assert {priority.name, *(outcome.title for outcome in priority.outcomes)} <= found
        assert priority.aim not in found


def test_an_optional_name_is_a_name(write_params: WriteParams):
    file = (
        "indicators/health.yml"
        if "indicators/health.yml" in FILES
        else next(f for f in FILES if "indic" in f)
    )
    text = FILES[file]
    first = next(line for line in text.splitlines() if line.startswith("  name: "))
    params = load_params(write_params({file: text.replace(first, f"{first}\n  short: A* grades", 1)}))
    assert "A* grades" in set(names_in(params))
