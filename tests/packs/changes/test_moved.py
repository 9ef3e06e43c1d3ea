"""How a line has moved since the last meeting: new, worse, better or unchanged, by rule."""

from __future__ import annotations

import pytest

from boardpacks.facts.artefacts import Summary
from boardpacks.packs.changes.compare_packs import compare_facts
from boardpacks.packs.changes.moved import movements
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.assurance import Assurance, AssuranceRule, BoardAsk

ALERTS = Assurance(
    headings={"alert": BoardAsk(asks="The board acts on")},
    rules=(AssuranceRule(then="alert", verdict=("worse",)),),
)


@pytest.fixture
def moved(facts, params):
    """Return a function that says how a line on smoking moved from one pack to the next."""

    def told(then, now, *, areas=("Havering",), **changes):
        judged = {"verdict": "worse", "trend": "not-calculated", **changes}
        packs = [
            facts.file(*made, judgements=(facts.judgement("smoking", *(one.id for one in made), **words),))
            for made, words in (then, (now, judged))
        ]
        summary = Summary(
            indicator="smoking", priority="long-term-conditions", line="Adults who smoke: 1", **judged
        )
        line = SummaryLine(summary, "sec-x", "Long-term conditions", "smoking", (1, 0), (0.0, 0.0), areas)
        known = params.model_copy(update={"assurance": ALERTS})
        return movements([line], packs[0], compare_facts(*packs), known).get(line)

    return told


def test_what_needed_no_action_in_the_last_pack_is_new(facts, moved):
    same = (facts.fact(),)

    assert moved((same, {"verdict": "similar"}), same) == "New since the last meeting."


def test_the_same_judgement_of_the_same_figure_is_unchanged(facts, moved):
    same = (facts.fact(),)

    assert moved((same, {"verdict": "worse"}), same) == "Unchanged since the last meeting."


@pytest.mark.parametrize(
    ("trend", "word"), [("getting-worse", "Worse"), ("getting-better", "Better"), ("no-change", None)]
)
def test_a_judgement_that_changed_decides(facts, moved, trend, word):
    was = (facts.fact(value=9.0),), {"verdict": "worse", "trend": "no-change"}

    told = moved(was, (facts.fact(period="2024", value=12.0),), trend=trend)

    assert told == (
        f"{word} since the last meeting."
        if word
        else "A worse figure since the last meeting: 9.0% in 2023 then."
    )


@pytest.mark.parametrize(("now", "word"), [(12.0, "worse"), (7.0, "better")])
def test_else_the_figure_decides_and_the_earlier_one_is_given(facts, moved, now, word):
    was = (facts.fact(value=9.0),), {"verdict": "worse"}

    told = moved(was, (facts.fact(period="2024", value=now),))

    assert told == f"A {word} figure since the last meeting: 9.0% in 2023 then."


def test_a_newer_figure_that_is_the_same_is_unchanged(facts, moved):
    was = (facts.fact(value=9.0),), {"verdict": "worse"}

    assert moved(was, (facts.fact(period="2024", value=9.0),)) == "Unchanged since the last meeting."


def test_what_stood_out_before_is_not_new(facts, moved):
    same = (facts.fact(),)
    stands = {"verdict": "not-tested", "stands_out": ("sharp-change",)}

    assert moved((same, stands), same, **stands) == "Unchanged since the last meeting."


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("Alston", "Brough", "Kendal"), "Worse since the last meeting: in more places."),
        (("Alston", "Brough"), "In as many places as at the last meeting."),
    ],
)
def test_of_several_places_their_number_decides(facts, moved, places, words):
    then = tuple(facts.fact(area=name) for name in ("Alston", "Brough"))

    told = moved((then, {"verdict": "worse"}), tuple(facts.fact(area=name) for name in places), areas=places)

    assert told == words


def test_what_needs_no_action_has_not_moved(facts, moved):
    same = (facts.fact(),)

    assert moved((same, {"verdict": "worse"}), same, verdict="similar") is None
