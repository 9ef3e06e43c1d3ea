"""The entries of "What to do": who is in it, what each says, and what becomes of an action."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.facts.artefacts import Fact, Summary
from boardpacks.packs.compose.judged import line_words
from boardpacks.packs.compose.section import ChapterLine, Section
from boardpacks.packs.compose.summary import summary_markdown
from boardpacks.packs.compose.summary_lines import gather_lines
from boardpacks.packs.compose.what_to_do import LABEL, needs_action, what_to_do_markdown
from boardpacks.params.actions import Action
from boardpacks.params.assurance import Assurance, AssuranceRule, BoardAsk
from boardpacks.params.judging import JointFinding, Judging
from boardpacks.params.system import Borough

ALERTS = Assurance(
    headings={"alert": BoardAsk(asks="The board acts on")},
    rules=(AssuranceRule(then="alert", verdict=("worse",)),),
)
OWN, ENGLAND, PEOPLE = "havering.smoking", "havering.smoking.england", "havering.smoking.people"
TO_FILL_IN = ["**Action:**", "**Owner:**", "**By:**"]
BY = "**By:** 10 February 2027."
WINTER, SPRING = dt.date(2026, 12, 9), dt.date(2027, 2, 10)


def agreed(indicator="smoking", what="Find out why", **changes):
    return Action(
        **{
            "indicator": indicator,
            "action": what,
            "owner": "A. Author",
            "agreed": WINTER,
            "due": SPRING,
            **changes,
        }
    )


@pytest.fixture
def write(make, params):
    """Return a function that writes the part for some lines of one chapter."""
    facts = [
        Fact(**make.fact(id=OWN)),
        Fact(**make.fact(id=ENGLAND, area="E92000001", area_name="England", value=9.1, display="9.1%")),
        Fact(**make.fact(id=PEOPLE, value=310.0, display="310", unit="adults")),
    ]

    def written(*summaries, actions=(), moved=None, lead=None, assurance=ALERTS, findings=()):
        section = section_of(*summaries)
        known = params.model_copy(update={"assurance": assurance, "judging": Judging(findings=findings)})
        if lead:
            priority = known.priorities["long-term-conditions"]
            outcomes = tuple(one.model_copy(update={"lead": lead}) for one in priority.outcomes)
            led = priority.model_copy(update={"outcomes": outcomes})
            known = known.model_copy(update={"priorities": {**known.priorities, priority.id: led}})
        entries = gather_lines([section], known, facts)
        told = None if moved is None else dict.fromkeys(entries, moved)
        return what_to_do_markdown(entries, [section], known, facts, actions, told)

    return written


def section_of(*summaries):
    lines = tuple(ChapterLine(Summary(**summary), "sec-x") for summary in summaries)
    return Section("ltc", "ltc", "Long-term conditions", "sec-ltc", (), "", {}, lines, ())


def rows(text):
    """Return the cells of each row of the table in a text, full stops and colons as they are printed."""
    text = re.sub(r"\\([:.])", r"\1", text)
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_an_entry_says_what_it_is_how_far_since_when_how_many_who_answers_and_how_it_moved(make, write):
    line = make.line(
        "worse",
        line="Adults who smoke: 10.9% in 2023, worse than England (9.1%)",
        facts=(OWN, ENGLAND),
        concern={"since": "2019", "people": PEOPLE, "words": "fewer adults who smoke in the year"},
    )

    text = write(line, lead="Director of public health", moved="New since the last meeting.")

    assert rows(text) == [
        [
            "[Worse]{.verdict-worse}. [Adults who smoke](#sec-x): 10.9% in 2023, worse than England (9.1%).",
            'Since 2019. About [310]{fact="havering.smoking.people"} fewer adults who smoke in the year. '
            "New since the last meeting.",
            "Director of public health",
        ],
        TO_FILL_IN,
    ]
    assert "| Since when behind England; at England's level; movement | Who answers |" in text
    assert f"{{#{LABEL} " in text


def test_what_is_not_known_is_not_mentioned(make, write):
    row, _ = rows(write(make.line("worse")))

    assert row[1:] == ["", ""]


def test_a_verdict_that_chance_may_explain_is_marked_as_on_the_summary(make, params):
    (entry,) = gather_lines([section_of(make.line("worse"))], params, ())
    known = params.model_copy(update={"assurance": ALERTS})
    uncertain = replace(entry, is_uncertain=True)

    row, _ = rows(what_to_do_markdown([uncertain], [], known, ()))

    assert row[0].startswith(f"{line_words(uncertain)}. ")
    assert f"- {line_words(uncertain)}. " in summary_markdown([], known, [uncertain])
    assert line_words(uncertain) == "[Worse]{.verdict-worse}, at 95% only"


WEIGHT = JointFinding(name="Weight", because="One question.", indicators=("obesity", "excess"))


def test_measures_of_one_cause_are_one_matter_and_each_is_named(make, write):
    lines = [
        make.line("worse", line="Obesity: 1", indicator="obesity", concern={"since": "2019"}),
        make.line("not-tested", line="Excess: 2", indicator="excess", stands_out=("last-of-peers",)),
        make.line("worse", line="Smoking: 3", concern={"since": "2021"}),
    ]

    told = rows(write(*lines, findings=(WEIGHT,), lead="Director of public health"))

    assert [row[:2] for row in told] == [
        ["[Worse]{.verdict-worse}. [Smoking](#sec-x): 3.", "Since 2021."],
        TO_FILL_IN[:2],
        ["**Weight.** [Worse]{.verdict-worse}. [Obesity](#sec-x): 1.", "Since 2019."],
        ["[Stands out]{.verdict-stands-out}. [Excess](#sec-x): 2.", ""],
        TO_FILL_IN[:2],
    ]


def test_an_action_on_one_of_several_measures_says_on_which(make, write):
    lines = [make.line("worse", line=f"{name}: 1", indicator=name) for name in ("obesity", "excess")]

    *_, row = rows(write(*lines, findings=(WEIGHT,), actions=(agreed("obesity"),)))

    assert row == ["**Action:** [Obesity](#sec-x): Find out why.", "**Owner:** A. Author.", BY]


def test_alerts_come_before_what_stands_out_and_the_better_side_last(make, write):
    lines = [
        make.line("not-tested", line="Ahead: 1", indicator="a", stands_out=("behind-peers",), beside="ahead"),
        make.line("not-tested", line="Far: 2", indicator="b", stands_out=("behind-peers",), distance=3.0),
        make.line("worse", line="Near: 3", indicator="c", distance=0.1),
        make.line("worse", line="Missed: 4", indicator="d", distance=0.0, misses_standard=True),
        make.line("worse", line="Middle: 5", indicator="e", distance=1.0),
    ]

    told = [
        re.findall(r"[A-Z][a-z]+(?=\]?(?:\(#sec-x\))?: \d)", row[0])[0] for row in rows(write(*lines))[::2]
    ]

    assert told == ["Missed", "Middle", "Near", "Far", "Ahead"]


def test_what_belongs_to_no_single_place_is_said_in_words_with_its_action(make, write):
    line = make.line("worse", line="Smoking: Alston (9.0%) and Brough (8.0%); England 7.0%", count=2)

    told = rows(write(line, lead="Director of public health", actions=(agreed(),)))

    assert told == [
        [
            "[Worse]{.verdict-worse}. [Smoking](#sec-x): Alston (9.0%) and Brough (8.0%); England 7.0%.",
            "Director of public health",
        ],
        ["**Action:** Find out why. **Owner:** A. Author. **By:** 10 February 2027.", ""],
    ]


def of_places(make, params, *told):
    """Return the rows of the table of places for some lines, each with its values by area."""
    names = {borough.code: place.name for place in params.places.values() for borough in place.boroughs}
    facts, lines = {}, []
    for summary, values in told:
        ids = []
        for area, value in values.items():
            id_ = f"system.{summary.get('indicator', 'smoking')}.{area}.persons.2023"
            name = names.get(area, "England")
            facts[id_] = Fact(
                **make.fact(id=id_, area=area, area_name=name, value=value, display=f"{value}%")
            )
            ids.append(id_)
        lines.append(make.line(**{"count": len(set(values) - {"E92000001"}), "facts": tuple(ids), **summary}))
    known = params.model_copy(update={"assurance": ALERTS})
    entries = gather_lines([section_of(*lines)], known, list(facts.values()))
    return rows(what_to_do_markdown(entries, [], known, list(facts.values())))


def test_places_stand_beside_each_other_and_only_those_concerned_have_a_number(make, params):
    (home,) = params.places.values()
    second, third = (f"E0600000{n}" for n in (1, 2))
    added = {
        code: home.model_copy(update={"id": code, "name": code, "boroughs": (Borough(code=code, name=code),)})
        for code in (second, third)
    }
    params = params.model_copy(update={"places": {**params.places, **added}})
    first = home.boroughs[0].code
    worse = ({"verdict": "worse"}, {first: 9.5, "E92000001": 7.0})
    out = (
        {"verdict": "not-tested", "stands_out": ("last-of-peers",), "cautioned": True},
        {second: 8.0, "E92000001": 7.0},
    )
    both = ({"verdict": "worse", "line": "Obesity: a", "indicator": "obesity"}, {first: 9.5, second: 9.1})

    told = of_places(make, params, worse, out, both)

    worse_row, out_row = [row for row in told if "smoking." in "".join(row)]
    name = params.indicators["smoking"].brief
    assert (worse_row[0], out_row[0]) == (
        f"[W]{{.verdict-worse}} {name}, 2023",
        f"[O]{{.verdict-stands-out}} {name}, 2023",
    )
    assert worse_row[1:4] == [f'**[9.5%]{{fact="system.smoking.{first}.persons.2023"}}**', "", ""]
    assert out_row[1:4] == ["", f'[8.0%]{{fact="system.smoking.{second}.persons.2023"}}†', ""]
    level = worse_row[4]
    assert level == '[7.0%]{fact="system.smoking.E92000001.persons.2023"}'


NAMES = st.sampled_from(["smoking", "obesity", "excess", "mood"])


@given(
    st.lists(
        st.tuples(
            NAMES, st.sampled_from(["worse", "better", "not-tested"]), st.booleans(), st.integers(1, 3)
        ),
        max_size=12,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_needs_action_is_left_out(make, params, told):
    """Each line's figures are in the part, and each measure that needs action is among the alerts or stands out."""
    known = params.model_copy(update={"assurance": ALERTS, "judging": Judging(findings=(WEIGHT,))})
    lines = [
        make.line(
            verdict,
            line=f"{name.capitalize()}: figure {at}x",
            indicator=name,
            count=count,
            stands_out=("behind-peers",) if out and verdict == "not-tested" else (),
        )
        for at, (name, verdict, out, count) in enumerate(told)
    ]
    entries = gather_lines([section_of(*lines)], known, ())

    text = what_to_do_markdown(entries, [], known, ())

    for entry in entries:
        figure = entry.summary.line.partition(": ")[2]
        assert (
            f"{figure}." in text.lower() or f"{figure}." in text.replace("Figure", "figure")
        ) == needs_action(entry, known)


def test_every_alert_and_all_that_stands_out_is_in_it_and_nothing_else(make, write):
    lines = [make.line("worse", n, line=f"Measure {n}: 16.8%", indicator=f"m{n}") for n in range(20)]
    lines += [make.line("not-tested", line="Odd: 1", indicator="obesity", stands_out=("last-of-peers",))]
    lines += [make.line("better", line="Fine: 1", indicator="obesity")]
    lines += [make.line("not-tested", line="Unknown: 1", indicator="obesity")]

    found = [row[0] for row in rows(write(*lines)) if row != TO_FILL_IN]

    assert len(found) == 21
    assert not any("Fine" in what or "Unknown" in what for what in found)


def test_lines_of_one_measure_are_one_matter(make, write):
    lines = [
        make.line("worse", line="Smoking: worse than England in Alston"),
        make.line("not-tested", line="Smoking: stands out in Brough", stands_out=("last-of-peers",)),
    ]

    told = rows(write(*lines, lead="Director of public health"))

    assert [(row[0], row[2]) for row in told] == [
        (
            "[Worse]{.verdict-worse}. [Smoking](#sec-x): worse than England in Alston.",
            "Director of public health",
        ),
        ("[Stands out]{.verdict-stands-out}. [Smoking](#sec-x): stands out in Brough.", ""),
        (TO_FILL_IN[0], TO_FILL_IN[2]),
    ]


def test_without_alerts_and_actions_there_is_nothing(make, write):
    assert write(make.line("better"), make.line("worse", indicator="obesity"), assurance=None) == ""


def test_open_actions_stand_below_their_matter_and_closed_ones_after_them(make, write):
    actions = (agreed(closed=SPRING, what="Count them."), agreed(), agreed(what="Ask"), agreed("obesity"))
    lines = (make.line("worse"), make.line("worse", line="Obesity: 1", indicator="obesity"))

    told = [row for row in rows(write(*lines, actions=actions)) if row[0].startswith("**")]

    assert [row[0] for row in told] == [
        "**Action:** Find out why.",
        "**Action:** Ask.",
        "**Closed** on 10 February 2027: Count them.",
        "**Action:** Find out why.",
    ]
    assert {tuple(row[1:]) for row in told} == {("**Owner:** A. Author.", BY)}


def test_a_measure_whose_actions_are_all_closed_has_room_for_a_new_one(make, write):
    _, room, closed = rows(write(make.line("worse"), actions=(agreed(closed=SPRING),)))

    assert room == TO_FILL_IN
    assert closed[0].startswith("**Closed**")


def test_an_action_outlives_the_alert_of_its_measure(make, write):
    told = rows(
        write(
            make.line("better", indicator="suicide", priority="mental-health"), actions=(agreed("suicide"),)
        )
    )

    assert [row[0] for row in told] == [
        "[Suicide rate](#sec-x): needs no action by the rules now.",
        "**Action:** Find out why.",
    ]


def test_what_a_board_wrote_is_printed_word_for_word(make, write):
    written = 'Ask *why* <b>|</b> [9]{fact="x"} [all](#indicator-smoking)'
    _, (told, *_) = rows(write(make.line("worse"), actions=(agreed(what=written),)))

    assert told.startswith(r"**Action:** Ask \*why\* \<b\>\|\</b\> \[9\] \{fact")
    assert "](#" not in told


def test_an_entry_begins_with_a_capital_where_only_the_target_is_judged(make, write):
    rules = (AssuranceRule(then="alert", assurance=("fails",)),)
    line = make.line("not-compared", line="A trust, waits: 78.3%; the standard is 95%", assurance="fails")
    ((what, *_), _) = rows(write(line, assurance=ALERTS.model_copy(update={"rules": rules})))
    assert what.startswith("Will consistently miss its target")
