"""Facts quoted on a front sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boardpacks.packs.compose.fill_sheet import NOT_HERE, fill_sheet, sheet_texts
from boardpacks.packs.lint.check_prose import find_in_prose
from boardpacks.project.errors import InputError
from tests.packs.said import a_chapter, a_said, a_value, own_params

CHAPTERS = [
    a_chapter(
        "Nothing.",
        a_said(
            a_value("smoking_prevalence", 10.94),
            england=a_value("smoking_prevalence", 11.6, "England"),
            verdict="similar",
        ),
    )
]


def a_plan(make, tmp_path, summary, **changes):
    sheet = make.front_sheet(executive_summary=summary, recommendation="Note {fact smoking_prevalence}.")
    return replace(make.plan(tmp_path, front_sheet=sheet), **changes)


def test_summary_and_recommendation_say_the_figures_of_the_pack(make, tmp_path):
    plan = a_plan(make, tmp_path, "In {place}, {fact smoking_prevalence} smoke. That is all.")

    sheet = fill_sheet(plan, CHAPTERS, own_params()).meeting.front_sheet

    assert sheet.executive_summary == "In Havering, 10.9% smoke. That is all."
    assert sheet.recommendation == "Note 10.9%."


def test_a_quote_of_nothing_is_refused_with_its_field(make, tmp_path):
    plan = a_plan(make, tmp_path, "So {fact smoking_prevalnce} smoke.")

    with pytest.raises(InputError) as caught:
        fill_sheet(plan, CHAPTERS, own_params())

    (problem,) = caught.value.problems
    assert problem.where == "params/meetings/havering.yml, executive summary of 2026-12-09"
    assert problem.key == "{fact smoking_prevalnce}"
    assert "smoking_prevalence" in problem.hint


@pytest.mark.parametrize("change", [{"priorities": ("mental-health",)}, {"part": "confidential"}])
def test_a_part_of_a_pack_leaves_out_what_it_does_not_show(make, tmp_path, change):
    other = next(name for name in own_params().indicators if name != "smoking_prevalence")
    plan = a_plan(make, tmp_path, f"First. So {{fact {other}}} do. Last.", **change)
    alone = a_plan(make, tmp_path, f"So {{fact {other}}} do.", **change)

    assert fill_sheet(plan, CHAPTERS, own_params()).meeting.front_sheet.executive_summary == "First.  Last."
    assert fill_sheet(alone, CHAPTERS, own_params()).meeting.front_sheet.executive_summary == NOT_HERE
    with pytest.raises(InputError):
        fill_sheet(replace(plan, priorities=(), part="public"), CHAPTERS, own_params())


def test_the_lint_reads_the_front_sheet(make, tmp_path):
    plan = a_plan(make, tmp_path, "In Havering, 25.0% of adults smoke.")

    (finding,) = find_in_prose(CHAPTERS, own_params(), "havering", sheet_texts(plan))

    assert finding.severity == "error"
    assert "executive summary of 2026-12-09" in finding.where
