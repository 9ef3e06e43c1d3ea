"""The action log in the form: entered once, there in every form after, closed, and wrong cells by their name."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from boardpacks.meetings.form import write_form
from boardpacks.meetings.read_form import read_form
from boardpacks.meetings.write_calendar import changes, write_changes
from boardpacks.params.actions import Action
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError

WINTER, SPRING = dt.date(2026, 12, 9), dt.date(2027, 2, 10)
PLANS = "Education, health and care plans issued within 20 weeks"
ENTERED = {
    "Action log!A4": PLANS,
    "Action log!B4": "Find out why plans are late",
    "Action log!C4": "B. Sponsor",
    "Action log!D4": WINTER,
    "Action log!E4": "10 February 2027",
}
KEPT = Action(
    indicator="ehc_plans_20_weeks",
    action="Find out why plans are late",
    owner="B. Sponsor",
    agreed=WINTER,
    due=SPRING,
)


@pytest.fixture
def enter(fill, folder):
    """Return a function that reads a form into the calendar, and returns what has changed."""

    def entered(edit, **which):
        form = read_form(fill(edit, **which), load_params(folder))
        found = changes(form)
        if found:
            write_changes(form, folder)
        return [(one.label, one.before, one.after) for one in found]

    return entered


def calendar(folder):
    return load_params(folder).calendars["havering"]


def test_what_was_agreed_is_kept_for_the_board_and_in_every_later_form(enter, folder):
    comments = (folder / "meetings" / "havering.yml").read_text()

    assert enter(ENTERED) == [("Action log", "nothing", "1 open, 0 closed")]

    assert calendar(folder).actions == (KEPT,)
    assert (folder / "meetings" / "havering.yml").read_text().startswith(comments.rstrip())
    assert enter({}, number=1) == []
    assert enter({"Action log!F4": SPRING}, number=1) == [
        ("Action log", "1 open, 0 closed", "0 open, 1 closed")
    ]
    assert calendar(folder).actions == (KEPT.model_copy(update={"closed": SPRING}),)
    assert enter({}) == []


def test_a_second_action_leaves_the_first_as_it_was(enter, folder):
    enter(ENTERED)
    text = (folder / "meetings" / "havering.yml").read_text()
    marked = text.replace("owner: B. Sponsor", "owner: B. Sponsor # until spring")
    (folder / "meetings" / "havering.yml").write_text(marked)

    more = {
        "A5": "smoking_prevalence",
        "B5": "Ask the clinics",
        "C5": "C. Clinic",
        "D5": WINTER,
        "E5": SPRING,
    }
    enter({f"Action log!{cell}": value for cell, value in more.items()}, number=1)

    assert [one.indicator for one in calendar(folder).actions] == ["ehc_plans_20_weeks", "smoking_prevalence"]
    assert "# until spring" in (folder / "meetings" / "havering.yml").read_text()


def test_a_form_from_before_the_log_leaves_it_alone(enter, fill, folder):
    enter(ENTERED)
    path = fill()
    book = load_workbook(path)
    del book["Action log"]
    book.save(path)

    assert changes(read_form(path, load_params(folder))) == []


@pytest.mark.parametrize(
    ("cell", "value", "label", "found", "allowed"),
    [
        ("A4", "Education plans", "Measure", "'Education plans'", "the name of an indicator"),
        ("A4", None, "Measure", "nothing", ""),
        ("C4", None, "Owner", "nothing", ""),
        ("D4", "some day", "Agreed on", "'some day'", "a date"),
        ("E4", dt.date(2026, 12, 1), "By", "2026-12-01", "on or after 2026-12-09"),
        ("F4", dt.date(2026, 12, 1), "Closed on", "2026-12-01", "on or after 2026-12-09"),
    ],
)
def test_a_wrong_cell_is_named_once_by_sheet_cell_and_label(fill, folder, cell, value, label, found, allowed):
    path = fill({**ENTERED, f"Action log!{cell}": value})

    with pytest.raises(InputError) as caught:
        read_form(path, load_params(folder))

    (problem,) = caught.value.problems
    assert problem.where == f"form.xlsx, sheet Action log, cell {cell}"
    assert problem.key == label
    assert found in problem.found
    assert allowed in problem.allowed


def test_the_form_offers_every_measure_by_its_name(folder):
    params = load_params(folder)
    held = calendar(folder)
    names = {one.id: one.name for one in params.indicators.values()}

    book = load_workbook(io.BytesIO(write_form(held, held.meetings[0], names)))

    listed = {row[0].value for row in book["Measures"].iter_rows(min_row=4)}
    (choice,) = [rule for rule in book["Action log"].data_validations.dataValidation if rule.type == "list"]
    assert listed == set(names.values())
    assert choice.formula1 == f"Measures!$A$4:$A${3 + len(names)}"
