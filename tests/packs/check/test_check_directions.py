"""Words of direction are those that the facts beside them bear out."""

from __future__ import annotations

import pytest

from boardpacks.facts.artefacts import Fact
from boardpacks.packs.check.check_directions import check_directions
from boardpacks.params.models import Params
from tests.packs.handed import (
    EARLIER,
    ENGLAND,
    HAVERING,
    NEWHAM,
    a_chart,
    a_statement,
    a_table,
    few_params,
    of_notebook,
    say,
)
from tests.packs.said import a_rank

FACTS = (HAVERING, ENGLAND, EARLIER, NEWHAM)
TREND = HAVERING.model_copy(
    update={"id": f"{HAVERING.id}.trend", "value": None, "display": "Decreasing and getting better"}
)
RANK = a_rank(HAVERING, 3)


def faults(artefact):
    return check_directions([of_notebook(artefact)], few_params())


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Havering is below England.", "Havering is above England."),
        ("Havering is lower than England.", "Havering is higher than England."),
        ("Havering is similar to England.", "Havering is worse than England."),
        ("Havering is similar to England.", "Havering is better than England."),
        ("Newham is worse than England.", "Newham is similar to England."),
        ("It is worse than England in Newham.", "It is worse than England in Havering."),
        ("In Havering it is lower than in 2022.", "In Havering it is higher than in 2022."),
        (
            "In Havering smoking fell from 12.3% to 10.9%.",
            "In Havering smoking rose from 12.3% to 10.9%.",
        ),
        ("the lowest 10.9, the highest 14.6", "the lowest 14.6, the highest 10.9"),
        ("Havering: recent trend: falling.", "Havering: recent trend: rising."),
        (
            "In Havering the recent trend (2019 to 2023) is falling.",
            "In Havering the recent trend (2019) is rising.",
        ),
        ("Havering: falling and getting better.", "Havering: falling and getting worse."),
        ("[Better]{.verdict-better}", "[Better]{.verdict-worse}"),
    ],
)
def test_a_direction_that_the_facts_contradict_is_named(true, false):
    for shown in (a_statement, lambda words, facts: a_chart(alt=words, facts=facts)):
        if "{." in true and shown is not a_statement:
            continue
        assert faults(shown(true, (*FACTS, TREND))) == []
        (fault,) = faults(shown(false, (*FACTS, TREND)))
        assert fault.startswith("own, cell 3: ")
        assert " says " in fault


def test_one_word_is_held_against_every_area_that_it_compares_with():
    london = ENGLAND.model_copy(
        update={
            "id": ENGLAND.id.replace(ENGLAND.area, "E12000007"),
            "area": "E12000007",
            "area_name": "London",
            "value": 9.0,
        }
    )
    both = (*FACTS, london)
    assert faults(a_statement("In Havering it is below England (11.6%) but above London (9.0%).", both)) == []
    (fault,) = faults(a_statement("In Havering it is below England (11.6%) and London (9.0%).", both))
    assert "says below London" in fault


@pytest.mark.parametrize(("verdict", "right"), [("Similar", True), ("Worse", False), ("Better", False)])
def test_a_verdict_in_a_row_is_that_of_its_area(verdict, right):
    row = ["Havering", say(HAVERING), say(ENGLAND), f"[{verdict}]{{.verdict-{verdict.lower()}}}"]
    table = a_table([row], ("Area", "Value", "England", "Verdict"))
    assert (faults(table) == []) is right


def test_a_rank_is_said_from_its_own_end():
    highest, lowest = RANK
    right = a_statement(
        f"In Havering {say(highest, '3rd')} highest, {say(lowest, '31st')} lowest.", [HAVERING, *RANK]
    )
    wrong = a_statement(f"In Havering {say(highest, '3rd')} lowest.", [HAVERING, *RANK])
    whole = a_statement(f"In Havering it is the {say(highest, '3rd lowest')} of all.", [HAVERING, *RANK])
    assert faults(right) == []
    assert all("which is highest or" in faults(one)[0] for one in (wrong, whole))


def test_what_is_denied_or_cannot_be_decided_is_left_alone():
    assert faults(a_statement("Havering is not above England.", FACTS)) == []
    assert faults(a_statement("Havering is above England.", [HAVERING])) == []


def with_walking() -> tuple[Params, list[Fact]]:
    """Params with a second indicator, and its figures of Havering and England."""
    params = few_params()
    walking = params.indicators["smoking_prevalence"].model_copy(
        update={"id": "walking", "name": "Adults who walk"}
    )
    walked = [
        fact.model_copy(
            update={"id": fact.id.replace("smoking_prevalence", "walking"), "indicator": "walking"}
        )
        for fact in (HAVERING, ENGLAND)
    ]
    return params.model_copy(update={"indicators": {**params.indicators, "walking": walking}}), walked


def test_what_is_too_old_to_be_compared_is_no_part_of_what_stands_before_it():
    text = "Havering. Better than England: adults who walk. Too old to be compared with England: adults who smoke."
    both, walked = with_walking()
    better = [walked[0].model_copy(update={"value": 1.0, "lower": 0.5, "upper": 1.5}), walked[1]]
    drawing = a_statement(text, [HAVERING, ENGLAND, *better])
    assert check_directions([of_notebook(drawing)], both) == []
    wrong = a_statement(
        text.replace("Too old to be compared with", "Worse than"), [HAVERING, ENGLAND, *better]
    )
    assert len(check_directions([of_notebook(wrong)], both)) == 1


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Worse than England: {0} (%), Newham, 14.6. Similar to England: {0} (%), Havering, 10.9.", 0),
        ("Worse than England: {0} (%), Havering, 10.9. Similar to England: {0} (%), Newham, 14.6.", 2),
        ("Worse than England: {0} (%), Newham, 14.6. {0} (%), Havering, 10.9.", 1),
    ],
)
def test_a_measure_of_two_areas_of_a_place_is_held_against_each(text: str, wrong: int):
    both, walked = with_walking()
    name = both.indicators["smoking_prevalence"].name
    alt = f"Spine chart of Havering & Newham. {text.format(name)}"
    spine = a_chart(alt=alt, facts=(HAVERING, NEWHAM, ENGLAND, *walked))
    assert len(check_directions([of_notebook(spine)], both)) == wrong
