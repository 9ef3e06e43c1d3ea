"""Facts that the snapshot does not have, and areas under another's name, stop a pack."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.data.contents import SnapshotContents
from boardpacks.packs.check.check_facts import area_names, check_facts
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.params.system import Area, CombinedArea

OWN, NEWHAM = ("2023", "Persons", "a" * 16), ("2023", "Persons", "b" * 16)


@pytest.fixture
def contents(make) -> SnapshotContents:
    """A snapshot of one year of smoking in two boroughs."""
    held = {"smoking": {"E09000016": (OWN,), "E09000025": (NEWHAM,)}}
    return SnapshotContents(make.hash, held, {}, {}, {}, {})


@pytest.fixture
def check(make, params, contents, tmp_path):
    def found(**changes: Any) -> list[str]:
        own = {"series": contents.digest(("series", "smoking", "E09000016"))}
        record = make.statement(markdown="Words.", facts=[make.fact(**own | changes)])
        path = make.notebook(tmp_path / "long_term_conditions.ipynb", ["# A", "Words.", [record]])
        return check_facts([read_chapter(path)], params, contents)

    return found


def test_figures_of_the_snapshot_pass(check, contents):
    newham = "havering.smoking.E09000025.persons.2023"
    series = contents.digest(("series", "smoking", "E09000025"))
    assert check() == []
    assert check(id=newham, area="E09000025", area_name="Newham", series=series) == []
    both = f"{contents.digest(('series', 'smoking', 'E09000016'))}+{series}"
    assert check(area="E09000016+E09000025", area_name="Both", series=both, method="sum of two") == []


def test_figures_that_the_snapshot_does_not_have_are_named_with_notebook_and_cell(check):
    (found,) = check(series="0" * 16)

    assert found.startswith(
        "long_term_conditions, cell 3: statement 'smoking': the fact havering.smoking.E09000016.persons.2023 is made "
        "from figures that are not those of the snapshot for E09000016"
    )


def test_the_figures_of_another_area_are_caught(check):
    newham = "havering.smoking.E09000025.persons.2023"
    (found,) = check(id=newham, area="E09000025", area_name="Newham")

    assert "not those of the snapshot for E09000025" in found


def test_an_area_under_anothers_name_is_caught(check):
    (found,) = check(area_name="Newham")

    assert found.endswith("calls E09000016 Newham; params call it Havering")


def test_what_neither_params_nor_snapshot_know_is_taken_as_it_is(check):
    assert check(indicator="deprivation", series="0" * 16) == []


def test_a_fault_is_told_once_where_it_is_shown_first(make, params, contents, tmp_path):
    fact = make.fact(series="0" * 16)
    path = make.notebook(
        tmp_path / "n.ipynb", ["# A", [make.figure(facts=[fact])], [make.table(facts=[fact])]]
    )

    (found,) = check_facts([read_chapter(path)], params, contents)
    assert found.startswith("n, cell 2: figure 'smoking-trend'")


def test_a_place_of_two_boroughs_lends_its_name_to_both_together(params):
    both = (Area(code="E09000001", name="City"), Area(code="E09000012", name="Hackney"))
    place = params.places["havering"].model_copy(update={"name": "City and Hackney", "boroughs": both})
    combined = CombinedArea(code="E67000001", name="Combined", boroughs=("E09000001", "E09000012"))
    system = params.system.model_copy(update={"combined_areas": (combined,)})
    names = area_names(params.model_copy(update={"places": {"x": place}, "system": system}))

    assert names["E09000001"] == {"City"}
    assert names["E09000001+E09000012"] == {"City and Hackney"}
    assert names["E67000001"] == {"Combined", "City and Hackney"}
