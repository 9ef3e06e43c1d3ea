"""What `boardpacks new system` is told: areas by name or code, the rest made up from those, faults with their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from boardpacks.new.answers import read_answers, slug
from boardpacks.new.area_table import AUTHORITIES, NoSuchArea, find_area, known_areas, peers_in
from boardpacks.params.values import Slug
from boardpacks.project.errors import InputError

TEN = (
    "Bolton",
    "Bury",
    "Manchester",
    "Oldham",
    "Rochdale",
    "Salford",
    "Stockport",
    "Tameside",
    "Trafford",
    "Wigan",
)


def test_every_area_has_a_code_of_its_own_and_a_region_that_is_there():
    areas = known_areas()
    assert len({area.code for area in areas}) == len(areas)
    regions = {area.code for area in areas if area.kind == "region"}
    assert len(regions) == 9
    assert {area.region for area in areas if area.kind in AUTHORITIES} == regions
    assert sum(area.kind in AUTHORITIES for area in areas) == 296
    assert sum(area.kind == "icb" for area in areas) == 42
    today = {area.code for area in areas if area.kind in AUTHORITIES}
    assert {area.successor for area in areas if area.successor} <= today


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Bolton", "E08000001"),
        ("E08000001", "E08000001"),
        ("bath & north east somerset", "E06000022"),
        ("St Helens", "E08000013"),
        ("Bristol", "E06000023"),
        ("Barnsley", "E08000038"),
        ("E08000016", "E08000038"),  # Barnsley until 2025
    ],
)
def test_an_authority_is_found_as_people_write_it(said: str, code: str):
    assert find_area(said, *AUTHORITIES).code == code


@pytest.mark.parametrize(
    ("said", "hint"),
    [("Bolten", "did you mean 'Bolton'?"), ("Carlisle", "part of Cumberland"), ("Atlantis", "code:")],
)
def test_what_is_no_authority_is_told_with_a_way_out(said: str, hint: str):
    with pytest.raises(NoSuchArea, match=hint.replace("?", r"\?")):
        find_area(said, *AUTHORITIES)


def test_the_rest_is_made_up_from_name_and_places():
    system = read_answers(None, {"name": "Greater Manchester Integrated Care Partnership", "places": TEN})
    assert (system.short_name, system.organisation) == ("Greater Manchester", "NHS Greater Manchester")
    assert [area.name for area in system.comparators] == ["England", "North West"]
    assert system.peers == "North West boroughs"
    assert [place.id for place in system.places] == [name.lower() for name in TEN]
    assert len(system.own) + len(system.others) == len(peers_in("E12000002"))


def test_places_may_be_made_of_several_and_lie_elsewhere(tmp_path: Path):
    file = tmp_path / "answers.yml"
    file.write_text(
        "name: Somewhere\nplaces:\n  - {name: Bolton & Bury, made_of: [Bolton, E08000002]}\n"
        "  - {code: W06000001, name: Ynys Môn}\nwords: {borough: county}\nbank_holidays: Wales\n",
        encoding="utf-8",
    )
    system = read_answers(file, {"name": "Elsewhere"})
    assert system.name == "Elsewhere"  # an option goes before the file
    assert [(place.id, [area.code for area in place.areas]) for place in system.places] == [
        ("bolton-and-bury", ["E08000001", "E08000002"]),
        ("ynys-mon", ["W06000001"]),
    ]
    assert system.answers.words.several == "counties"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("places: [Bolton]", ["name", "nothing"]),
        ("name: A\nplaces: [Bolten]", ["answers.yml, line 2: places[0]", "Bolten", "did you mean 'Bolton'?"]),
        ("name: A\nplaces: [Bolton, E08000001]", ["places[1]", "for the second time"]),
        ("name: A\nplaces: [Bolton]\ncolour: '#ffcc00'", ["colour", "a contrast of 1.5", "darker"]),
        ("name: A\nplaces: [Bolton]\ncolour: blue", ["colour", "blue", "such as '#005eb8'"]),
        ("name: A\nplaces: [Bolton]\nbank_holidays: France", ["bank_holidays", "France", "Scotland"]),
        ("name: A\nplaces: [Bolton]\ncomparators: [Narnia]", ["comparators[0]", "country or region"]),
        ("name: A\nplace: [Bolton]", ["place, an unknown key", "did you mean 'places'?"]),
        ("name: A|B\nplaces: [Bolton]", ["A|B", "write it in words"]),
        ("name: A\nplaces: [{name: X, code: E08000001, made_of: [Bury]}]", ["places[0]"]),
    ],
)
def test_a_fault_is_told_with_file_line_key_and_what_is_allowed(tmp_path: Path, text: str, told: list[str]):
    file = tmp_path / "answers.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_answers(file, {})
    assert all(words in str(error.value) for words in told), str(error.value)


@given(st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=5))
def test_any_name_gives_an_id_of_its_own(names: list[str]):
    taken = {"system"}
    made = [slug(name, taken) for name in names]
    assert len(set(made)) == len(made)
    assert all(TypeAdapter(Slug).validate_python(one) and one != "system" for one in made)
