"""What the chapter on health inequalities follows: optional, checked with the other files."""

from __future__ import annotations

import pytest

from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError
from tests.params.conftest import FILES, WriteParams
from tests.params.test_wrong_params import GAPS

ALSTON, BROUGH = "places/alston.yml", "places/brough.yml"


def tiled(alston: str, brough: str) -> dict[str, str]:
    """Both places with a tile for their borough, or without where it is empty."""
    made = {}
    for file, name, tile in ((ALSTON, "Alston", alston), (BROUGH, "Brough", brough)):
        line = f"    name: {name}\n"
        made[file] = FILES[file].replace(line, line + (f"    tile: {tile}\n" if tile else ""))
    return made


def test_a_system_without_the_file_has_no_such_params(write_params: WriteParams) -> None:
    assert load_params(write_params()).inequalities is None


def test_measures_groups_and_defaults(write_params: WriteParams) -> None:
    found = load_params(write_params({"inequalities.yml": GAPS})).inequalities
    assert found is not None
    assert [(one.indicator, one.chart) for one in found.measures] == [
        ("happiness", None),
        ("anxiety", "bars"),
    ]
    assert [(one.id, one.first.name, one.second.indicator) for one in found.groups] == [
        ("mood", "Glad", "anxiety")
    ]
    assert (found.population, found.fewest_residents) == ("employment_rate", 0)


def test_tiles(write_params: WriteParams) -> None:
    params = load_params(
        write_params({**tiled("[0, 1]", "[0, 2]"), "inequalities.yml": GAPS.replace("bars", "map")})
    )
    assert [borough.tile for borough in params.boroughs()] == [(0, 1), (0, 2)]


@pytest.mark.parametrize(
    ("alston", "brough", "where", "found"),
    [
        ("[0, 1]", "[0, 1]", "params/places/brough.yml, line 6", "line 6 has already"),
        ("[0, 1]", "", "params/places/brough.yml, line 4", "no tile"),
        ("", "[0, 1]", "params/places/alston.yml, line 4", "no tile"),
    ],
)
def test_tiles_stand_apart_and_for_every_borough(
    write_params: WriteParams, alston: str, brough: str, where: str, found: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_params(write_params(tiled(alston, brough)))
    (problem,) = caught.value.problems
    assert problem.where == where
    assert found in problem.found


def test_the_project_gives_a_reason_for_every_measure_and_a_tile_for_every_borough(params: Params) -> None:
    assert params.inequalities is not None
    for one in params.inequalities.measures:
        assert one.reason.endswith("."), one.indicator
        assert params.indicators[one.indicator].areas == "boroughs"
        assert params.indicators[one.indicator].polarity != "none"
    assert all(borough.tile for borough in params.boroughs())
