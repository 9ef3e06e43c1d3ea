"""The pages of a board edition: no alert is left out, every measure is in the scorecard, links lead to the annex."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from boardpacks.facts.spans import find_spans
from boardpacks.packs.edition.board_scorecard import scorecard_markdown
from boardpacks.packs.edition.board_summary import board_summary_markdown
from boardpacks.packs.edition.front_page import front_rows, headlines
from boardpacks.packs.edition.priority_page import NONE, priority_page_markdown
from boardpacks.packs.edition.spark import spark
from boardpacks.packs.edition.unknown import unknown_markdown
from boardpacks.params.priority import Success
from tests.packs.conftest import a_line, some_params
from tests.packs.edition.conftest import chart, value


@pytest.mark.parametrize("count", [1, 5, 30])
def test_every_alert_is_named_in_the_summary_however_many_there_are(gathered, count):
    known = some_params()
    smoking = known.indicators["smoking"]
    indicators = {
        f"m{n}": smoking.model_copy(update={"id": f"m{n}", "short": f"Alert {n}"}) for n in range(count)
    }
    lines = [a_line("worse", n, indicator=f"m{n}") for n in range(count)]
    text = board_summary_markdown(gathered(lines, indicators={**known.indicators, **indicators}))

    asked = text.partition("What is asked of the board")[2]
    assert all(f"[Alert {n}](annex:sec-x)" in asked for n in range(count))
    assert text.count("| ") >= count


def test_the_system_is_told_whose_result_it_is_assured_of(gathered, monkeypatch):
    own, england = value("smoking", 8.6), value("smoking", 11.5, "E92000001")
    pack = gathered([a_line("better", facts=(own.id, england.id))], [own, england])
    named = "The board is asked to assure: [Adults who smoke](annex:sec-x)"
    assert f"{named}." in board_summary_markdown(pack)
    monkeypatch.setattr(type(pack), "is_system", True)
    assert f"{named} (Havering)." in board_summary_markdown(pack)


def test_the_scorecard_has_each_line_with_its_value_and_judgement_as_facts_and_words(gathered):
    own, england = value("smoking", 10.9), value("smoking", 11.6, "E92000001")
    earlier = [value("smoking", 12.0 + n, period=f"{2019 + n}") for n in range(3)]
    lines = [a_line("worse", facts=(own.id, england.id)), a_line("not-tested", 2, indicator="obesity")]

    text = scorecard_markdown(gathered(lines, [own, england, *earlier]))

    assert [(span.words, span.fact) for span in find_spans(text)] == [
        ("10.9%", own.id),
        ("11.6%", england.id),
    ]
    assert "[Worse]{.verdict-worse} | **Alert** |" in text
    assert "[Obesity](annex:sec-x)" in text
    assert "Moved" not in text
    assert text.count(".spark") == 1


def test_a_measure_that_stands_out_is_never_called_untested_alone(gathered):
    text = scorecard_markdown(gathered([a_line("not-tested", stands_out=("behind-peers",))]))

    assert "[Stands out]{.verdict-stands-out} | Advise |" in text


def test_a_spark_line_is_on_a_scale_of_its_own_and_needs_three_figures():
    series = [value("smoking", float(n), period=f"{2010 + n}") for n in (1, 3, 2)]

    assert spark(series) == '[]{.spark points="0,100 50,0 100,50"}'
    assert spark(series[:2]) == ""


def test_a_priority_page_says_what_residents_should_be_able_to_say_and_which_measures_bear_on_it(gathered):
    own = value("smoking", 10.9)
    success = (
        Success(says="I am helped", indicators=("smoking",)),
        Success(says="I am heard"),
        Success(says="I am safe", gap="It is published by practice only."),
    )
    priority = some_params().priorities["long-term-conditions"].model_copy(update={"success": success})
    pack = gathered([a_line("worse", facts=(own.id,))], [own], [chart("smoking-trend", own)])

    text = priority_page_markdown(pack, priority, 4)

    assert "“I am helped” [[Adults who smoke](annex:sec-x).]{.bears}" in text
    assert f"“I am heard” [{NONE}]{{.bears}}" in text
    assert f"“I am safe” [{NONE} It is published by practice only.]{{.bears}}" in text
    assert '![](figures/ltc/smoking-trend.svg){fig-alt="A chart of something."}' in text


def test_a_priority_without_charts_goes_on_below_the_one_before_it(gathered):
    own = value("smoking", 10.9)
    priority = some_params().priorities["long-term-conditions"]
    bare = gathered([a_line("worse", facts=(own.id,))], [own])
    drawn = gathered([a_line("worse", facts=(own.id,))], [own], [chart("smoking-trend", own)])

    assert "{#sec-long-term-conditions .continued}" in priority_page_markdown(bare, priority, 4, follows=True)
    for pack, follows in ((bare, False), (drawn, True)):
        text = priority_page_markdown(pack, priority, 4, follows=follows)
        assert "{#sec-long-term-conditions}" in text


def test_nothing_of_a_priority_vanishes_from_its_page(gathered):
    own, other = value("smoking", 10.9), value("obesity", 20.0)
    pack = gathered(
        [a_line("worse", facts=(own.id,)), a_line("similar", 2, indicator="obesity", facts=(other.id,))],
        [own, other],
    )

    text = priority_page_markdown(pack, pack.params.priorities["long-term-conditions"], 4)

    assert "Adults who smoke" in text
    assert "[Obesity](annex:sec-x)" in text
    assert priority_page_markdown(pack, pack.params.priorities["mental-health"], 4) == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (a_line("worse"), "Its only measure is worse than England."),
        (a_line("better"), "Its only measure is better than England."),
        (a_line("not-tested", stands_out=("behind-peers",), beside="behind"), "Its only measure stands out."),
        (a_line("not-compared"), "Its only measure is not known to be better or worse than England."),
    ],
)
def test_a_priority_with_one_measure_is_told_in_the_singular(gathered, line, says):
    pack = gathered([line])
    text = priority_page_markdown(pack, pack.params.priorities["long-term-conditions"], 4)
    assert f"\n{says}\n" in text
    assert not re.search(r"\b1 (of|measure)", text)


def test_the_front_sheet_has_findings_by_rule_and_nothing_technical(gathered):
    own, england = value("smoking", 10.9), value("smoking", 9.1, "E92000001")
    line = "Adults who smoke: 10.9% in 2023, worse than England (9.1%)"
    pack = gathered([a_line("worse", line=line, facts=(own.id, england.id))], [own, england])

    (headline,) = headlines(pack)

    assert headline["value"] == f'[10.9%]{{fact="{own.id}"}}'
    assert headline["words"].startswith("**Adults who smoke:** in 2023, worse than England")
    assert not re.search(r"[0-9a-f]{12}", " ".join(str(row["content"]) for row in front_rows(pack)))


def test_what_is_not_known_names_each_silent_measure_once(gathered):
    lines = [a_line("too-old"), a_line("not-tested", 2, indicator="obesity"), a_line("worse", 3)]

    text = unknown_markdown(gathered(lines))

    assert text.count("[Adults who smoke]") == 1
    assert "**Not tested or compared, and not standing out:** [Obesity](annex:sec-x)." in text


def test_what_stands_out_on_the_better_side_is_named_apart(gathered):
    lines = [
        a_line("not-tested", stands_out=("behind-peers",), beside="ahead"),
        a_line("not-tested", 2, indicator="obesity", stands_out=("behind-peers",), beside="behind"),
    ]
    pack = gathered(lines)

    text = priority_page_markdown(pack, pack.params.priorities["long-term-conditions"], 4)

    stands_out = "[Stands out]{.verdict-stands-out}"
    assert f"{stands_out}: [Obesity](annex:sec-x)" in text
    assert f"{stands_out} on the better side of England: [Adults who smoke](annex:sec-x)" in text


def test_figures_of_an_area_too_small_to_be_compared_are_in_the_annex_alone(gathered):
    own, small = value("smoking", 10.9), value("obesity", 20.0, "E09000001")
    lines = [
        a_line("worse", facts=(own.id,)),
        a_line("not-compared", 2, indicator="obesity", facts=(small.id,)),
    ]
    known = some_params().system.model_copy(update={"too_small": ("E09000001",)})
    pack = gathered(lines, [own, small], [chart("obesity-spread", small)], system=known)
    priority = pack.params.priorities["long-term-conditions"]

    pages = [priority_page_markdown(pack, priority, 4), scorecard_markdown(pack), unknown_markdown(pack)]

    assert "Obesity" not in "".join(pages)


def test_a_verdict_that_does_not_hold_among_so_many_comparisons_is_marked_on_the_scorecard(gathered):
    pack = gathered([a_line("worse")])
    uncertain = replace(pack, lines=[replace(line, is_uncertain=True) for line in pack.lines])

    assert "[Worse]{.verdict-worse}‡" in scorecard_markdown(uncertain)
    assert "‡ at 95% only" in scorecard_markdown(uncertain)
    assert "‡" not in scorecard_markdown(pack)
