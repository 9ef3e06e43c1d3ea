"""Hand-written prose held against the pack's facts: true contradictions are caught, harmless sentences are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpacks.facts.artefacts import Statement
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.lint.check_prose import ProseContradicted, ProseFinding, check_prose, find_in_prose
from boardpacks.packs.lint.mentions import areas_named
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import ChapterContent
from tests.packs.conftest import a_plan
from tests.packs.said import a_chapter, a_rank, a_said, a_value, own_params

SMOKING = a_value("smoking_prevalence", 10.94, lower=6.7, upper=15.1)
OBESITY = a_value("adult_obesity", 31.2, period="2024/25", lower=28.0, upper=34.0)
EMPLOYMENT = a_value("employment_rate", 81.6, lower=76.9, upper=86.3)
ABSENCE = a_value("persistent_absence", 15.2, period="2024/25")
SUICIDE = a_value("suicide_rate", 7.6, period="2022 - 24", lower=5.7, upper=10.0)
PAY = a_value("median_weekly_pay", 772.2, period="2025-04", lower=750.0, upper=800.0)
EHC = a_value("ehc_plan_share", 5.0, period="2025", lower=4.9, upper=5.1)
SCREENED = a_value("cervical_screening_25_49", 70.4, period="2024", lower=70.0, upper=70.8)

SAID: tuple[Statement, ...] = (
    a_said(
        SMOKING,
        england=a_value("smoking_prevalence", 11.6, "England"),
        london=a_value("smoking_prevalence", 11.7, "London"),
        verdict="similar",
        earlier=a_value("smoking_prevalence", 14.0, period="2018", lower=13.0, upper=15.0),
        change="lower",
        trend="getting-better",
        direction="decreasing",
        more=(
            a_value("smoking_prevalence", 16.0, "Newham"),
            a_value("smoking_prevalence", 12.3, period="2022"),
        ),
    ),
    a_said(
        OBESITY,
        england=a_value("adult_obesity", 26.6, "England", "2024/25"),
        verdict="worse",
        trend="no-change",
        direction="no-significant-change",
    ),
    a_said(
        EMPLOYMENT,
        england=a_value("employment_rate", 76.0, "England"),
        london=a_value("employment_rate", 74.6, "London"),
        verdict="better",
        against_london="better",
        trend="getting-worse",
        direction="decreasing",
    ),
    a_said(ABSENCE, england=a_value("persistent_absence", 18.1, "England", "2024/25"), verdict="not-tested"),
    a_said(SUICIDE, more=a_rank(SUICIDE, 18, 32)),
    a_said(PAY, england=a_value("median_weekly_pay", 766.6, "England", "2025-04"), verdict="similar"),
    a_said(EHC, england=a_value("ehc_plan_share", 5.3, "England", "2025"), verdict="lower"),
    a_said(SCREENED, more=a_rank(SCREENED, 2)),
)


def check(chapter: ChapterContent, place: str = "havering") -> None:
    snapshot = SnapshotRecord(name="embedded", sha256="ab" * 32)
    check_prose(PackContent(a_plan(Path(), place=place), own_params(), [chapter], snapshot))


def found(prose: str, severity: str = "error", place: str = "havering") -> list[ProseFinding]:
    told = find_in_prose([a_chapter(prose, *SAID)], own_params(), place)
    return [one for one in told if one.severity == severity]


CONTRADICTIONS = [
    # numbers
    ("In Havering, 12.3% of adults smoke.", SMOKING),
    ("Smoking prevalence is 11.9 per cent.", SMOKING),
    ("Just 36.9% of adults live with obesity: adult obesity is common.", OBESITY),
    ("Adults living with obesity make up 34.5% of the total.", OBESITY),
    ("The employment rate is 76.0% in {place}.", EMPLOYMENT),
    ("The suicide rate is 8.8 per 100,000.", SUICIDE),
    ("Median gross weekly pay is £766.60.", PAY),
    ("The smoking prevalence of England is 10.9%.", SMOKING),
    ("Smoking prevalence was 10.9% in 2018.", SMOKING),
    ("More than 12% of adults smoke.", SMOKING),
    ("Fewer than 10% of adults smoke.", SMOKING),
    ("About 15% of adults smoke.", SMOKING),
    ("Adult obesity is high. It is 36.6% here.", OBESITY),
    # against England or London
    ("Smoking prevalence is higher than England.", SMOKING),
    ("Smoking prevalence is lower than in England.", SMOKING),
    ("Smoking prevalence is better than the England average.", SMOKING),
    ("Smoking is worse than in London.", SMOKING),
    ("Smoking prevalence is above England.", SMOKING),
    ("Adult obesity is better than England.", OBESITY),
    ("Adult obesity is similar to England.", OBESITY),
    ("Adult obesity is in line with the national average.", OBESITY),
    ("Adult obesity is lower than the national average.", OBESITY),
    ("Fewer adults live with obesity than in England.", OBESITY),
    ("Adult obesity is below England.", OBESITY),
    ("The employment rate is worse than England.", EMPLOYMENT),
    ("The employment rate is far lower than that of London.", EMPLOYMENT),
    ("The employment rate is the same as England.", EMPLOYMENT),
    ("More pupils are persistently absent than in England.", ABSENCE),
    ("The share of pupils who are persistently absent is worse than England.", ABSENCE),
    ("Pupils with an education, health and care plan: better than England.", EHC),
    ("The share of pupils with an education, health and care plan is larger than in England.", EHC),
    ("{fact adult_obesity} of adults live with obesity, which is better than England.", OBESITY),
    ("{fact adult_obesity} is a high figure. That is better than England.", OBESITY),
    ("Median gross weekly pay is higher than in England.", PAY),
    ("Smoking prevalence is higher than in Newham.", SMOKING),
    # time
    ("Smoking prevalence is rising.", SMOKING),
    ("Smoking has increased.", SMOKING),
    ("Smoking prevalence is unchanged.", SMOKING),
    ("Smoking is getting worse in Havering.", SMOKING),
    ("Smoking prevalence has risen since 2018.", SMOKING),
    ("Smoking prevalence rose between 2018 and 2022.", SMOKING),
    ("Adult obesity is falling.", OBESITY),
    ("Adult obesity is improving.", OBESITY),
    ("Adult obesity has worsened.", OBESITY),
    ("The employment rate is improving.", EMPLOYMENT),
    ("The employment rate has grown.", EMPLOYMENT),
    ("The employment rate is stable.", EMPLOYMENT),
    ("Smoking is falling, but the employment rate is rising.", EMPLOYMENT),
    # ranks
    ("Cervical screening coverage is the highest of the 33 London boroughs.", SCREENED),
    ("Cervical screening coverage is the lowest in London.", SCREENED),
    ("Cervical screening coverage at age 25 to 49 is the third highest in London.", SCREENED),
    ("The suicide rate is the lowest of the London boroughs.", SUICIDE),
    # places
    ("In Newham, 16.0% of adults smoke.", SMOKING),
    ("In Newham, 10.9% of adults smoke.", SMOKING),
]


@pytest.mark.parametrize(("prose", "fact"), CONTRADICTIONS)
def test_a_contradiction_is_caught_with_cell_place_sentence_and_fact(prose: str, fact):
    told = found(f"Some words before. {prose} Words after it.")
    assert len(told) == 1, told
    (one,) = told
    assert one.where == "notebooks/long_term_conditions.ipynb, cell 4, in the pack of Havering"
    assert one.sentence in prose
    assert one.fact.split(".")[1] == fact.indicator


HARMLESS = [
    "In {place}, {fact smoking_prevalence} of adults smoke, which is {fact smoking_prevalence verdict}.",
    "Smoking prevalence is similar to England.",
    "Smoking prevalence is in line with London.",
    "Smoking prevalence is below England.",
    "Smoking is falling.",
    "Smoking prevalence has fallen since 2018.",
    "Smoking prevalence fell between 2018 and 2022.",
    "Smoking prevalence has changed over the last ten years.",
    "Smoking prevalence rose in the 1990s.",
    "Smoking prevalence in England is rising.",
    "Smoking is lower than in Newham.",
    "We want smoking prevalence to be lower than in England.",
    "The aim is that smoking is falling by 2030.",
    "Smoking prevalence should be at 5% by 2030.",
    "Is smoking prevalence higher than in England?",
    "Smoking prevalence is not higher than in England.",
    "Smoking prevalence is no higher than in England.",
    "Smoking prevalence is hardly rising.",
    "Adult obesity is worse than England.",
    "Adult obesity is higher than the national average.",
    "More adults live with obesity than in England.",
    "Adult obesity is unchanged.",
    "Adult obesity has not changed.",
    "The employment rate is better than England, but it is falling.",
    "The employment rate is higher than in London.",
    "The share of pupils who are persistently absent is below England.",
    "Cervical screening coverage is the second highest of the London boroughs.",
    "Cervical screening coverage is the 2nd highest in London.",
    "Cervical screening coverage is among the highest in London.",
    "Cervical screening coverage is one of the best in London.",
    "The suicide rate is the 15th lowest of the London boroughs.",
    "Smoking costs the NHS 5% of its budget by some counts, adults or not.".replace("Smoking", "Tobacco"),
    "Smoking prevalence fell by 3 percentage points.",
    "Smokers are 2% more likely to fall ill.",
    "A 95% confidence interval is given for smoking prevalence.",
    "Half of GP appointments are for long-term conditions, more than in England.",
    "Care is better than in England.",
    "Air quality is getting worse.",
    "The best start in life matters, and so does a better place to live.",
    "## Outcome 1: Obesity falls, and north east London is smokefree by 2030",
    "### Adults who smoke",
    "Better access helps smokers quit.",
    "A rising population needs more homes.",
    "North east London is younger than England.",
    "NHS England publishes smoking prevalence.",
    "Smoking is more common among men than women.",
    "Adults who smoke are more likely than others to be ill.",
    "Smoking prevalence is 10.9%, with an interval of 6.7% to 15.1%.",
    "Smoking prevalence was 14.0% in 2018.",
    "Smoking prevalence is about 11%.",
    "More than 10% of adults smoke.",
    "England's smoking prevalence is 11.6%.",
    "Smoking prevalence is 10.9%, beside 11.6% in England and 16.0% in Newham.",
    "Newham differs: there 16.0% of adults smoke, and in Havering 10.9%.",
    "Depression is getting worse, and the number of GPs has fallen.",
    "`Smoking prevalence is rising` is what we wrote last year.",
    "```\nSmoking prevalence is rising.\n```",
    "Median gross weekly pay is £772.20.",
    "Life expectancy at birth is higher than in England.",
]


@pytest.mark.parametrize("prose", HARMLESS)
def test_a_harmless_sentence_passes(prose: str):
    assert found(prose) == []


@pytest.mark.parametrize(
    ("prose", "quote"),
    [
        ("In Havering, 10.9% of adults smoke.", "{fact smoking_prevalence}"),
        ("Smoking prevalence is about 11%.", "{fact smoking_prevalence}"),
        ("The suicide rate is 7.6 per 100,000.", "{fact suicide_rate}"),
    ],
)
def test_a_right_number_is_better_quoted(prose: str, quote: str):
    (one,) = found(prose, "warning")
    assert one.hint == f"quote it as {quote}"
    check(a_chapter(prose, *SAID))


@pytest.mark.parametrize(
    "prose",
    [
        "The share of pupils who are persistently absent is better than England.",
        "The suicide rate is rising.",
    ],
)
def test_what_no_statistic_says_is_a_warning(prose: str):
    assert found(prose) == []
    assert len(found(prose, "warning")) == 1


def test_an_older_figure_is_told_for_what_it_is():
    (one,) = found("In {place}, 12.3% of adults smoke.")
    assert one.says == "Havering 10.9% in 2023; 12.3% was the figure of 2022"


def test_prose_that_was_true_of_the_last_snapshot_stops_the_pack():
    prose = "In Havering, 10.9% of adults smoke, and smoking prevalence is similar to England."
    check(a_chapter(prose, SAID[0]))
    newer = a_said(
        a_value("smoking_prevalence", 9.1, period="2024", lower=8.0, upper=10.2),
        england=a_value("smoking_prevalence", 11.0, "England", "2024"),
        verdict="better",
    )
    with pytest.raises(ProseContradicted) as caught:
        check(a_chapter(prose, newer))
    told = str(caught.value)
    assert "2 sentences contradict the pack's own figures" in told
    assert "notebooks/long_term_conditions.ipynb, cell 4, in the pack of Havering" in told
    assert "Havering 9.1% in 2024" in told
    assert "havering.smoking_prevalence.E09000016.persons.2024" in told
    assert "{fact smoking_prevalence}" in told


def test_the_same_prose_is_judged_for_each_place():
    prose = "In {place}, adult obesity is worse than England."
    other = a_said(
        a_value("adult_obesity", 20.0, "Newham", "2024/25", 18.0, 22.0, pack="newham"),
        england=a_value("adult_obesity", 26.6, "England", "2024/25", pack="newham"),
        verdict="better",
        place="newham",
    )
    check(a_chapter(prose, *SAID))
    with pytest.raises(ProseContradicted, match="in the pack of Newham"):
        check(a_chapter(prose, other), "newham")


def test_a_place_of_two_boroughs_contradicts_only_where_both_do():
    def one(value: float, area: str, verdict: str) -> Statement:
        return a_said(
            a_value("adult_obesity", value, area, "2024/25", pack="city-and-hackney"),
            england=a_value("adult_obesity", 26.6, "England", "2024/25", pack="city-and-hackney"),
            verdict=verdict,
            place="city-and-hackney",
        )

    prose = a_chapter("Adult obesity is better than England.", one(15.0, "City of London", "better"))
    mixed = a_chapter(
        "Adult obesity is better than England.",
        one(15.0, "City of London", "better"),
        one(30.0, "Hackney", "worse"),
    )
    both = a_chapter("Adult obesity is better than England.", one(30.0, "Hackney", "worse"))
    for chapter, expected in ((prose, 0), (mixed, 0), (both, 1)):
        assert len(find_in_prose([chapter], own_params(), "city-and-hackney")) == expected


def test_a_publishers_name_for_the_boroughs_of_a_place_is_the_place():
    """It holds the names of two boroughs, of neither of which anything is said."""
    text = "In City of London and Hackney, and in City and Hackney, and in Hackney."
    assert [area.name for area in areas_named(text, own_params(), "havering")] == [
        "City and Hackney",
        "City and Hackney",
        "Hackney",
    ]
