from __future__ import annotations

import random

import pytest

from boardpacks.facts.artefacts import Fact, Summary
from boardpacks.packs.compose.section import ChapterLine, Section
from boardpacks.packs.compose.summary import summary_markdown
from boardpacks.packs.compose.summary_lines import gather_lines
from boardpacks.params.assurance import Assurance, AssuranceRule, BoardAsk
from boardpacks.params.judging import JointFinding, Judging
from boardpacks.project.errors import BoardpacksError

ASSURANCE = Assurance(
    headings={
        "alert": BoardAsk(asks="The board acts on"),
        "assure": BoardAsk(asks="The board notes", limit=2),
    },
    rules=(
        AssuranceRule(then="alert", verdict=("worse",)),
        AssuranceRule(then="assure", verdict=("better",)),
    ),
)


def section(*summaries, title="Long-term conditions"):
    lines = tuple(ChapterLine(Summary(**summary), "sec-x") for summary in summaries)
    return Section(
        chapter="long_term_conditions",
        slug="long-term-conditions",
        title=title,
        anchor="sec-ltc",
        parts=(("Less *obesity*", "sec-ltc-less"),),
        text="",
        figures={},
        lines=lines,
        references=(),
    )


@pytest.fixture
def asking(params):
    return params.model_copy(update={"assurance": ASSURANCE})


def markdown(params, *summaries, facts=(), **section_of):
    return written([section(*summaries, **section_of)], params, facts)


def written(sections, params, facts=()):
    return summary_markdown(sections, params, gather_lines(sections, params, facts))


def bullets(text, title):
    part = text.partition(f"{title} {{")[2].partition("\n\n##")[0].partition("\n\n|")[0]
    return [line for line in part.splitlines() if line.startswith("- ")]


def test_leads_with_counts_three_lines_a_side_and_the_boards_asks(make, asking, snapshot):
    summaries = [
        make.line("worse", 1, trend="getting-worse"),
        make.line("better", 2, indicator="obesity"),
        make.line("better", 3, indicator="suicide", priority="mental-health"),
        make.line("similar", 4, indicator="a", trend="getting-worse"),
        make.line("not-tested", 5, indicator="b"),
        make.line("higher", 6, indicator="c", trend="increasing"),
        make.line(
            "not-compared", 7, indicator="d", priority=None, variation="concern-high", assurance="fails"
        ),
    ]

    assert markdown(asking, *summaries) == snapshot


def test_leads_the_systems_pack_with_what_is_true_of_most_places(make, asking, snapshot):
    places = ("Alston", "Brough", "Kendal", "Penrith")
    facts = [
        Fact(**make.fact(id=f"{name}.{area}", indicator=name, area=area, area_name=area, value=value))
        for name, value in (("smoking", 14.0), ("obesity", 12.0), ("suicide", 5.0))
        for area in places
    ]
    facts += [
        Fact(**make.fact(id=f"{name}.all", indicator=name, area="E92000001", area_name="England", value=9.0))
        for name in ("smoking", "obesity", "suicide")
    ]

    def line(name, verdict, *areas, **changes):
        ids = (*(f"{name}.{area}" for area in areas), f"{name}.all")
        words = f"{name.capitalize()}: {verdict} than England in {', '.join(areas)}"
        told = {"line": words, "indicator": name, "count": len(areas), "facts": ids}
        return make.line(verdict, **(told | changes))

    summaries = [
        line("smoking", "worse", "Alston"),
        line("smoking", "better", "Brough", "Kendal", "Penrith"),
        line("obesity", "worse", "Alston", "Brough", "Kendal"),
        line("suicide", "better", *places, priority="mental-health"),
    ]

    assert written([section(*summaries, title="Places side by side")], asking, facts) == snapshot


def test_params_without_rules_ask_nothing_of_the_board(make, params):
    assert "asked of the board" not in markdown(params, make.line())


def test_a_heading_without_a_line_says_so(make, asking):
    assert "**Assure.** No measure in this pack." in markdown(asking, make.line())


def test_names_as_many_as_the_limit_and_counts_the_rest(make, asking):
    text = markdown(asking, *[make.line("better", n, line=f"Measure {n}: 16.8%, better") for n in range(5)])

    assert "**Assure.** The board notes: [Measure 0](#sec-x); [Measure 1](#sec-x); and 3 more." in text


def test_every_alert_is_named_by_priority(make, asking):
    lines = [make.line("worse", n, line=f"Measure {n}: 16.8%, worse", indicator=f"m{n}") for n in range(30)]
    one = markdown(asking, *lines)
    two = markdown(
        asking, *lines, make.line("worse", line="Mood: low", indicator="m", priority="mental-health")
    )

    assert all(f"[Measure {n}](#sec-x)" in one.partition("**Alert.**")[2] for n in range(30))
    told = two.partition("**Alert.** The board acts on:\n\n")[2].splitlines()
    assert told[0] == "- Mental health: [Mood](#sec-x)"
    assert told[1].startswith("- Long-term conditions: [Measure 0](#sec-x); ")


def test_counts_what_falls_under_no_rule(make, asking):
    one = markdown(asking, make.line(), make.line("similar", 2, indicator="a"))
    two = markdown(asking, make.line(), make.line("similar", 2, indicator="a", count=7))

    assert "The other measure falls under none of these headings." in one
    assert "The other 7 results fall under none of these headings." in two


def test_names_the_places_that_a_line_is_true_of(make, asking):
    places = ("Alston", "Brough", "Kendal", "Penrith")
    facts = [Fact(**make.fact(id=name, area=name, area_name=name)) for name in places]
    facts.append(Fact(**make.fact(id="all", area="E92000001", area_name="England")))
    few = make.line(
        "better", line="Smoking: better than England in Alston and Brough", facts=("Alston", "Brough", "all")
    )
    many = make.line(
        "better",
        line="Obesity: better than England in Alston, Brough, Kendal and Penrith",
        indicator="obesity",
        facts=(*places, "all"),
    )
    own = make.line(line="Suicide: 9, worse than England (10)", indicator="suicide", facts=("Alston",))

    text = markdown(asking, few, many, own, facts=facts)

    assert "[Smoking (Alston, Brough)](#sec-x); [Obesity (Alston, Brough and 2 more)](#sec-x)." in text
    assert "[Suicide](#sec-x)." in text


def test_measures_of_one_cause_are_one_finding(make, asking):
    joined = JointFinding(name="Weight of adults", because="One question.", indicators=("obesity", "excess"))
    known = asking.model_copy(update={"judging": Judging(findings=(joined,))})
    lines = [
        make.line(line="Obesity: 1", indicator="obesity"),
        make.line(line="Excess: 2", indicator="excess", distance=0.5),
        make.line(line="Smoking: 3"),
        make.line("better", line="Mood: 4", indicator="mood"),
    ]

    text = markdown(known, *lines)

    assert "What is worse or stands out makes 2 findings, as measures of one cause count once." in text
    assert len(bullets(text, "Two things that need attention")) == 2
    assert "Excess: 2; also 1 more measure of weight of adults ([Long-term" in text
    assert "[Weight of adults (2 measures)](#sec-x); [Smoking](#sec-x)." in text.partition("**Alert.**")[2]
    assert "findings" not in markdown(asking, *lines)


def test_a_line_without_a_priority_stands_under_its_chapters_title(make, params):
    text = markdown(params, make.line(priority=None), title="Acute care")

    assert "([Acute care](#sec-x))" in text
    assert "| Acute care | 0 | 0 | 1 |" in text


def test_says_when_nothing_is_better_or_worse(make, params):
    assert "No measure is better than England.\n" in markdown(params, make.line("worse"))
    both = markdown(params, make.line("better", trend="no-change"))
    assert "No measure is worse than England or getting worse.\n" in both


def test_the_heading_says_better_only_of_what_is(make, params):
    better, moving = make.line("better"), make.line("similar", 2, indicator="a", trend="getting-better")
    assert "## One thing that is better {" in markdown(params, better)
    assert "## One thing that is better or getting better {" in markdown(params, moving)
    assert "## Two things that are better or getting better {" in markdown(params, better, moving)


def test_does_not_say_that_nothing_is_worse_when_nothing_could_be(make, params):
    assert "No measure is" not in markdown(params, make.line("not-tested"))


def test_is_the_same_in_whatever_order_chapters_ran(make, asking):
    lines = [
        make.line(verdict, number, indicator=indicator, priority=priority, trend=trend)
        for number, (verdict, indicator, priority, trend) in enumerate(
            [
                ("worse", "smoking", "long-term-conditions", "getting-worse"),
                ("worse", "obesity", "long-term-conditions", "no-change"),
                ("worse", "obesity", "long-term-conditions", "no-change"),
                ("better", "suicide", "mental-health", "getting-better"),
                ("similar", "other", "mental-health", "getting-better"),
                ("not-compared", "third", None, "not-calculated"),
            ]
        )
    ]
    first = [section(*lines[:3]), section(*lines[3:])]
    expected = written(first, asking)
    for seed in range(20):
        mixed = random.Random(seed).sample(lines, len(lines))
        sections = [section(*mixed[:3]), section(*mixed[3:])]
        assert written(sections[:: random.Random(seed).choice([1, -1])], asking) == expected


def test_the_table_stays_on_the_page_while_it_fits(make, asking):
    short = markdown(asking, make.line(), make.line("better", 2, indicator="obesity"))
    assert short.index("{#tbl-summary") < short.index("\n::::\n")
    words = "a measure with a name of many words " * 20
    long = markdown(
        asking,
        *[
            make.line(verdict, line=f"{words}: {verdict}", indicator=indicator)
            for indicator, verdict in (("smoking", "worse"), ("a", "worse"), ("obesity", "better"))
        ],
    )
    assert long.index("\n::::\n") < long.index("{#tbl-summary")


def test_counts_a_line_once_however_often_it_is_said(make, params):
    text = written([section(make.line()), section(make.line())], params)

    assert "Of 1 measure in this pack, none is better than England, none is similar and 1 is worse." in text


def test_says_so_when_boroughs_are_counted_one_by_one(make, params):
    text = markdown(params, make.line("worse", 1), make.line("better", 2))

    assert "Of 2 results in this pack" in text
    assert "Where boroughs have figures of their own, each counts." in text


def test_says_no_more_than_the_records(make, params):
    text = markdown(params, make.line("not-tested"))

    assert "This pack has 1 measure." in text
    assert "1 could not be judged." in text
    assert "than England" not in text.replace("compared with England", "")


def test_lists_the_chapters_when_none_has_a_line(params):
    assert markdown(params, title="Places | side by side") == (
        "The chapters of this pack set out the figures themselves:\n\n"
        "- [Places \\| side by side](#sec-ltc)\n    - [Less *obesity*](#sec-ltc-less)\n"
    )


def test_escapes_lines_from_data(make, asking):
    text = markdown(asking, make.line(line="[x](y) <script> $1 @a"))

    assert ". \\[x\\](y) \\<script\\> \\$1 \\@a ([Long-term conditions](#sec-x))" in text
    assert "[\\[x\\](y) \\<script\\> \\$1 \\@a](#sec-x)" in text


def test_refuses_a_priority_that_does_not_exist(make, params):
    with pytest.raises(BoardpacksError, match=r"long_term_conditions.*'wealth'.*mental-health"):
        markdown(params, make.line(priority="wealth"))


def test_refuses_a_line_that_rests_on_no_fact_of_the_pack(make, params):
    known = Fact(**make.fact())
    assert markdown(params, make.line(facts=(known.id,)), facts=[known])
    with pytest.raises(
        BoardpacksError, match=r"long_term_conditions.*'Measure 1: .*rests on havering\.other"
    ):
        markdown(params, make.line(facts=(known.id, "havering.other")), facts=[known])


def test_a_place_that_is_a_part_of_anothers_name_is_not_named_for_it(make, asking):
    facts = [Fact(**make.fact(id="Alston", area="Alston", area_name="Alston"))]
    line = make.line(line="Smoking: worse than England in Alstonby", facts=("Alston",))

    assert "[Smoking](#sec-x)" in markdown(asking, line, facts=facts)
