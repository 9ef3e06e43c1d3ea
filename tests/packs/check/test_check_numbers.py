"""Every number and period of an artefact is held by a fact, wherever it stands and whoever wrote it."""

from __future__ import annotations

import pytest

from boardpacks.packs.check.check_numbers import check_numbers
from tests.packs.handed import (
    EARLIER,
    ENGLAND,
    HAVERING,
    NEWHAM,
    SMOKING,
    a_chart,
    a_statement,
    a_table,
    few_params,
    found_in,
    of_notebook,
    say,
)
from tests.packs.said import a_value

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
BOTH_YEARS = (HAVERING, EARLIER)
QUARTERS = (a_value(SMOKING, 12.3, period="2023/24 Q4"), a_value(SMOKING, 10.9, period="2024/25 Q1"))
MONTHS = (
    a_value(SMOKING, 12.3, period="Nov 2023 to Jan 2024"),
    a_value(SMOKING, 10.9, period="Feb to Apr 2024"),
)
YEARS = (a_value(SMOKING, 12.3, period="2019/20-21/22"), a_value(SMOKING, 10.9, period="2020/21-22/23"))


@pytest.mark.parametrize(
    "artefact",
    [
        a_statement(f"In Havering {say(HAVERING)} of adults smoke, in England {say(ENGLAND)}."),
        a_statement("In Havering 10.9% of adults smoked in 2023; the interval runs from 8.6 to 13.2."),
        a_statement("In Havering 12.3% of adults smoked in 2022.", BOTH_YEARS),
        a_table([["Havering", say(HAVERING)], ["England", "11.6%"]]),
        a_table([["2022", "12.3%"], ["2023", "10.9%"]], ("Year", "Havering"), BOTH_YEARS, "Adults who smoke"),
        a_table([["Havering", "12.3%", "10.9%"]], ("Area", "2022", "2023"), BOTH_YEARS, "Adults who smoke"),
        a_table([["Havering", say(HAVERING, "8.6% to 13.2%")]], ("Area", "95% interval")),
        a_chart(),
        a_chart(svg=SVG.format("<title>Havering 10.9%</title>")),
        a_statement("Two of the boroughs have no figure."),
        a_statement("The recent trend is not tested: no figures between 2021 and 2023."),
        a_statement(
            "In Havering 10.9% of adults smoked in 2024/25 Q1; it was 12.3% in 2023/24 Q4.", QUARTERS
        ),
        a_statement("In Havering 10.9% of adults smoked in February to April 2024.", MONTHS),
        a_statement("In Havering 12.3% of adults smoked in November 2023 to January 2024.", MONTHS),
        a_statement("In Havering 10.9% of adults smoked in 2020/21 to 2022/23.", YEARS),
        a_statement("In Havering 10.9% smoke, the same as England (11.6%), but the interval is 8.6 to 13.2."),
    ],
)
def test_what_the_facts_hold_passes(artefact):
    assert found_in(artefact) == []


@pytest.mark.parametrize(
    "words",
    [
        "In Havering, 45.3% of adults smoke.",
        "In Havering 45.3 per cent of adults smoke.",
        "In Havering 1 in 5 adults smoke.",
        "Smoking costs Havering £1,234.",
        "In Havering 1,234.5 adults smoke.",
        "In Havering 12 to 14% of adults smoke.",
        "In Havering 12–14% of adults smoke.",
        "### Havering: 45%\n\nWords.",
        "In Havering 109% of adults smoke.",
        "In Havering 1.09% of adults smoke.",
        "In Havering -10.9% of adults smoke.",
        "In Havering \u221210.9% of adults smoke.",
        "In Havering £10.9 of adults smoke.",
        "In Havering 10.9 per 1,000 adults smoke.",
        "In Havering 10.9 times as many adults smoke.",
        "In Havering 10.9% of adults smoked in 2019.",
        "There are no figures between 1985 and 2023.",
        "In Havering 10.9% of adults smoked in 2023/24.",
        "In Havering 11.6% of adults smoke.",
        "In England 10.9% of adults smoke.",
        "In Havering **45**.3% of adults smoke.",
        "In Havering `45.3%` of adults smoke.",
        "Havering is 3rd of 32.",
        "In Havering 10.9%/45.3% smoke.",
        "In Havering it was 45.3 in Q3 2024.",
        "In Havering £2 million is spent.",
        "In Havering \uff14\uff15% of adults smoke.",
    ],
)
def test_a_number_or_a_period_that_no_fact_holds_is_named(words):
    faults = check_numbers([of_notebook(a_statement(words))], few_params())
    assert faults
    assert all(fault.startswith("own, cell 3: statement 'words': says ") for fault in faults)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("one in five adults smoke", "one in five"),
        ("One out of every ten adults smokes", "One out of every ten"),
        ("half of all adults smoke", "half of"),
        ("a third of adults smoke", "a third of"),
        ("nearly three quarters of adults smoke", "three quarters"),
        ("twenty-five per cent of adults smoke", "twenty-five per cent"),
        ("twelve percent of adults smoke", "twelve percent"),
        ("forty-five adults smoke", "forty-five"),
        ("ten times as many adults smoke", "ten times"),
        ("smoking doubled", "doubled"),
        ("¼ of adults smoke", "¼"),
    ],
)
def test_numbers_in_words_are_refused_since_no_fact_can_hold_them(words, named):
    statement, chart = a_statement(f"In Havering {words}."), a_chart(alt=f"Bars. Havering: {words}.")
    for artefact in (statement, chart, a_table([["Havering", words]])):
        (fault,) = check_numbers([of_notebook(artefact)], few_params())
        assert f"says {named!r} in " in fault
        assert "give it in figures" in fault


def test_texts_of_params_and_stated_figures_may_have_numbers_in_words():
    known = few_params()
    smoking = known.indicators[SMOKING].model_copy(update={"measures": "Who miss at least one in ten days."})
    params = known.model_copy(update={"indicators": {SMOKING: smoking}})
    assert check_numbers([of_notebook(a_statement("Who miss at least one in ten days."))], params) == []
    assert check_numbers([of_notebook(a_statement("In Havering one in ten days."))], params)
    stated = HAVERING.model_copy(
        update={"display": "one in five", "method": "stated", "lower": None, "upper": None}
    )
    assert found_in(a_statement("In Havering one in five.", [stated])) == []
    assert found_in(a_statement("The middle half of London boroughs.")) == []


@pytest.mark.parametrize(
    "table",
    [
        a_table([["Havering", "45.3%"]]),
        a_table([["Havering", "-10.9%"]]),
        a_table([["Havering", "11.6%"], ["England", "10.9%"]]),
        a_table([["Havering", say(ENGLAND)], ["England", say(HAVERING)]]),
        a_table([["Havering", say(HAVERING)]], ("Area", "45.3% smoke")),
        a_table([["Havering", say(HAVERING)]], ("Area", "2019")),
        a_table([["2019", say(HAVERING)]], ("Year", "Havering")),
        a_table([["Havering", say(HAVERING)]], title="45.3% of adults smoke"),
        a_table([["Havering", say(HAVERING)]], note="In 2019 it was more."),
        a_table([["Newham", "10.9%"]]),
        a_table([["2022", "10.9%"], ["2023", "12.3%"]], ("Year", "Havering"), BOTH_YEARS, "Adults who smoke"),
        a_table([["Havering", "10.9%", "12.3%"]], ("Area", "2022", "2023"), BOTH_YEARS, "Adults who smoke"),
        a_table([["Havering", say(HAVERING, "8.6%")]]),
    ],
)
def test_each_part_of_a_table_is_held(table):
    assert found_in(table)


@pytest.mark.parametrize(
    "chart",
    [
        a_chart(alt="Bars. Havering 45.3%."),
        a_chart(alt="Bars. Newham 10.9%."),
        a_chart(alt="Bars. Havering 11.6%, England 10.9%."),
        a_chart(alt="Bars from 2019."),
        a_chart(title="45.3% of adults smoke"),
        a_chart(note="Havering, 2019"),
        *(
            a_chart(svg=SVG.format(drawn))
            for drawn in (
                "<text>45.3%</text>",
                "<text>Share of 45 adults</text>",
                "<text><tspan>45</tspan><tspan>.3%</tspan></text>",
                "<title>Havering 45.3%</title>",
                "<g><desc>Havering 45.3%</desc></g>",
                '<g aria-label="Havering 45.3%"/>',
                '<g xlink:title="45.3%"/>',
            )
        ),
    ],
)
def test_each_part_of_a_chart_is_held(chart):
    assert found_in(chart)


def test_an_artefact_with_numbers_and_no_facts_tells_which_call_makes_one():
    for artefact in (
        a_statement("In Havering, 45.3% of adults smoke.", ()),
        a_table([["Havering", "45.3%"]], facts=()),
        a_chart(alt="Havering 45.3%.", title="Adults who smoke", facts=()),
    ):
        (fault,) = check_numbers([of_notebook(artefact)], few_params())
        assert "'45.3%'" in fault or "'2023'" in fault
        assert "chapter.say(" in fault
        assert "chapter.derived(...)" in fault


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("In Havering 10.9% of adults smoked in 2023/24 Q4.", QUARTERS),
        ("In Havering 10.9% of adults smoked in 2024/25 Q2.", QUARTERS),
        ("In Havering 12.3% of adults smoke.", QUARTERS),
        ("In Havering 10.9% of adults smoked in May to July 2024.", MONTHS),
        ("In Havering 12.3% of adults smoked in February to April 2024.", MONTHS),
        ("In Havering 12.3% of adults smoke.", MONTHS),
        ("In Havering 10.9% of adults smoked in 2019/20 to 2021/22.", YEARS),
    ],
)
def test_quarters_and_periods_of_several_months_or_years_are_told_apart(words, facts):
    assert found_in(a_statement(words, facts))


def test_a_number_of_another_area_or_an_older_period_is_no_answer():
    faults = check_numbers(
        [of_notebook(a_statement("In Havering 12.3% of adults smoke.", BOTH_YEARS))], few_params()
    )
    assert "that is the figure of 2022, which is not the newest: name the period" in faults[0]
    swapped = a_statement("Havering 14.6%, Newham 10.9%.", (HAVERING, NEWHAM))
    assert [fault.rpartition("but ")[2] for fault in check_numbers([of_notebook(swapped)], few_params())] == [
        "no fact of Havering holds that number",
        "no fact of Newham holds that number",
    ]


def test_a_lost_minus_is_found_and_words_may_stand_for_it():
    change = HAVERING.model_copy(update={"value": -2.3, "lower": None, "upper": None, "display": "-2.3%"})
    assert found_in(a_statement("In Havering it is 2.3% lower than a year ago.", [change])) == []
    assert found_in(a_statement("In Havering the change was -2.3%.", [change])) == []
    assert found_in(a_statement("In Havering the change was 2.3%.", [change]))
