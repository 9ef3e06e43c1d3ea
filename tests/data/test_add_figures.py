"""Figures are added to data/raw: in their place, over revised ones, and not at all where anything is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boardpacks.data.add_figures import add_figures
from boardpacks.data.export_figures import export_figures
from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.snapshot import Snapshot
from boardpacks.project.errors import InputError
from tests.raw import copy_few

HEADER = (
    "indicator_id,area_code,area_name,sex,period,period_start,period_months,"
    "value,lower_95,upper_95,count,denominator,note"
)
NEW = "smoking_prevalence,E09000016,Havering,Persons,2024,2024-01-01,12,10.1,8.0,12.4,,,"
OLD = "smoking_prevalence,E09000016,Havering,Persons,2012,2012-01-01,12,15.5,12,19,,,"

Add = Callable[..., object]


@pytest.fixture
def folder(raw: Path, tmp_path: Path) -> Path:
    """A copy of the publishers' figures of one priority, to be added to."""
    return copy_few(raw, tmp_path / "raw")


@pytest.fixture
def add(folder, params, tmp_path):
    """Add these lines to it."""

    def add_lines(*lines: str, header: str = HEADER, **how: Any):
        file = tmp_path / "mine.csv"
        file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return add_figures(folder, file, params, **how)

    return add_lines


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """The lines that are gone (-) or new (+), by file."""
    found = {}
    for name, text in after.items():
        old, new = before.get(name, "").splitlines(), text.splitlines()
        lines = [f"-{line}" for line in old if line not in new] + [
            f"+{line}" for line in new if line not in old
        ]
        if lines:
            found[name] = lines
    return found


def test_a_new_period_stands_behind_the_earlier_ones_and_no_other_line_changes(add, folder):
    before = contents(folder)
    (change,) = add(NEW).changes
    assert (change.new, change.revised, change.gone) == (1, 0, 0)
    assert change.lines == ("new period 2024, 1 area",)
    assert changed(before, contents(folder)) == {"long-term-conditions.csv": [f"+{NEW}"]}
    lines = contents(folder)["long-term-conditions.csv"].splitlines()
    earlier = lines[lines.index(NEW) - 1]
    assert earlier.startswith("smoking_prevalence,E09000016,Havering,Persons,20")


def test_a_revised_figure_takes_the_place_of_the_old_one_and_both_are_told(add, folder):
    before = contents(folder)
    added = add(OLD)
    ((words,),) = (change.lines for change in added.changes)
    assert words.startswith("1 revised: Havering 2012 ")
    assert words.endswith(" to 15.5")
    lines = changed(before, contents(folder))["long-term-conditions.csv"]
    assert [line[0] for line in lines] == ["-", "+"]
    assert lines[1] == f"+{OLD}"


def test_a_figure_that_stands_in_two_files_is_revised_in_both(add, folder, raw):
    both = next(
        line
        for line in (raw / "london-boroughs.csv").read_text("utf-8").splitlines()
        if line.startswith("hypertension_prevalence,E09000016")
    )
    cells = both.split(",")
    cells[7:10] = ["15.0", "14.8", "15.2"]
    before = contents(folder)
    add(",".join([*cells, "", "", ""]))
    assert set(changed(before, contents(folder))) == {"london-boroughs.csv", "long-term-conditions.csv"}


def test_the_same_figures_change_nothing(add, folder):
    add(NEW)
    before = contents(folder)
    again = add(NEW)
    assert (again.changes, again.files) == ((), ())
    assert contents(folder) == before


def test_a_dry_run_tells_and_writes_nothing(add, folder):
    before = contents(folder)
    added = add(NEW, write=False)
    assert added.files == ("long-term-conditions.csv",)
    assert contents(folder) == before


def test_an_area_keeps_the_name_that_it_has(add, folder):
    add(NEW.replace(",Havering,", ",London Borough of Havering,"))
    assert NEW in contents(folder)["long-term-conditions.csv"].splitlines()


def test_an_indicator_without_figures_gets_a_file_of_its_source(add, folder, params):
    for path in folder.glob("*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text(
            "".join(line for line in lines if not line.startswith("smoking_prevalence,")), "utf-8"
        )
    before = len(find_raw_files(folder).observations)
    assert add(NEW).files == ("ons-explore-local-statistics.csv",)
    assert contents(folder)["ons-explore-local-statistics.csv"] == f"{HEADER}\n{NEW}\n"
    assert len(find_raw_files(folder).observations) == before + 1


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (NEW.replace("10.1,8.0", "10.1,11"), "value"),
        (NEW.replace("10.1", "367"), "smoking_prevalence"),
        (NEW.replace("smoking", "smokin"), "indicator_id"),
        (NEW.replace("E09000016", "Havering"), "area_code"),
        (NEW.replace("2024-01-01", "1 January"), "period_start"),
        (NEW.replace("2024-01-01", "2012-01-01"), ""),
    ],
)
def test_what_is_wrong_is_named_by_the_users_own_file_and_nothing_is_written(add, folder, line, key):
    before = contents(folder)
    with pytest.raises(InputError) as caught:
        add(line)
    assert any(problem.where.startswith("mine.csv, line 2") for problem in caught.value.problems)
    assert key in str(caught.value)
    assert contents(folder) == before


def test_figures_under_a_policy_do_not_go_into_data_raw(folder, params, tmp_path):
    before = contents(folder)
    smoking = params.indicators["smoking_prevalence"].model_copy(update={"disclosure": "nhs-secondary-care"})
    under = params.model_copy(update={"indicators": {**params.indicators, smoking.id: smoking}})
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEADER}\n{NEW}\n")
    with pytest.raises(InputError, match="under the policy nhs-secondary-care"):
        add_figures(folder, file, under)
    assert contents(folder) == before


def test_a_missing_column_is_named(add):
    with pytest.raises(InputError, match="a column period_start"):
        add(NEW, header=HEADER.replace("period_start", "starts"))


def test_what_is_exported_is_what_data_raw_has(embedded: Snapshot, raw, params, tmp_path):
    out = tmp_path / "figures.csv"
    assert export_figures(embedded, out) == len(embedded.observations)
    assert out.read_text("utf-8").splitlines()[0] == HEADER
    assert add_figures(raw, out, params, write=False).changes == ()


def test_data_raw_without_figures_is_named(tmp_path):
    (tmp_path / "sources.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="1 CSV files, none of figures"):
        find_raw_files(tmp_path)


def test_raw_files_are_known_by_their_headers(raw, folder):
    found = find_raw_files(folder)
    assert found.observations[-1].name == "london-boroughs.csv", "it has no counts, so it comes last"
    assert found.small_areas == folder / "small-areas.csv"
    (folder / "again.csv").write_bytes((raw / "small-areas.csv").read_bytes())
    with pytest.raises(InputError, match=r"again\.csv and small-areas\.csv"):
        find_raw_files(folder)
