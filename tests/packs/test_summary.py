from __future__ import annotations

import pytest

from boardpacks.packs.records import Summary
from boardpacks.packs.section import Line, Section
from boardpacks.packs.summary import summary_markdown
from boardpacks.params.errors import BoardpacksError


def section(*summaries, title="Long-term conditions"):
    lines = tuple(Line(Summary(**summary), "sec-x") for summary in summaries)
    return Section(
        notebook="long_term_conditions",
        slug="long-term-conditions",
        title=title,
        anchor="sec-ltc",
        parts=(("Less *obesity*", "sec-ltc-less"),),
        text="",
        figures={},
        lines=lines,
        references=(),
    )


def test_leads_with_counts_and_lines(make, params, snapshot):
    summaries = [
        make.line("worse", 1),
        make.line("better", 2, indicator="obesity"),
        make.line("better", 3, indicator="suicide", priority="mental-health"),
        make.line("similar", 4, indicator="a"),
        make.line("not-tested", 5, indicator="b"),
        make.line("higher", 6, indicator="c"),
    ]

    assert summary_markdown([section(*summaries)], params) == snapshot


def test_shows_six_lines_and_counts_the_rest(make, params):
    text = summary_markdown([section(*[make.line("worse", number) for number in range(11)])], params)

    assert text.count("- Measure") == 6
    assert text.endswith("- and 5 more in the chapters\n\nNo measure is better than England.\n")


def test_hears_each_priority_before_one_speaks_twice(make, params):
    first = [make.line("worse", n, priority="mental-health", indicator="suicide") for n in range(9)]
    second = [make.line("worse", n) for n in range(20, 22)]

    text = summary_markdown([section(*second, *first)], params)

    shown = [line for line in text.splitlines() if line.startswith("- Measure")]
    assert [line.split(":")[0] for line in shown] == [f"- Measure {n}" for n in (0, 1, 2, 3, 20, 21)]


def test_orders_by_priority_and_outcome_whatever_the_chapters_order(make, params):
    summaries = [
        make.line("better", 1, indicator="unknown"),
        make.line("better", 2, indicator="obesity"),
        make.line("better", 3, indicator="smoking"),
        make.line("better", 4, indicator="suicide", priority="mental-health"),
    ]

    text = summary_markdown([section(*summaries)], params)

    shown = [line.split(":")[0] for line in text.splitlines() if line.startswith("- Measure")]
    assert shown == ["- Measure 4", "- Measure 3", "- Measure 2", "- Measure 1"]


def test_counts_a_line_once_however_often_it_is_said(make, params):
    text = summary_markdown([section(make.line()), section(make.line())], params)

    assert "Of 1 measure in this pack, 0 are better than England, 0 are similar and 1 is worse." in text


def test_says_so_when_boroughs_are_counted_one_by_one(make, params):
    text = summary_markdown([section(make.line("worse", 1), make.line("better", 2))], params)

    assert "Of 2 results in this pack" in text
    assert "Where boroughs have figures of their own, each counts." in text


def test_says_no_more_than_the_records(make, params):
    text = summary_markdown([section(make.line("not-tested"))], params)

    assert "This pack has 1 measure." in text
    assert "1 is shown without a judgement." in text
    assert "than England" not in text.replace("compared with England", "")


def test_lists_the_chapters_when_none_has_a_line(params):
    assert summary_markdown([section(title="Places | side by side")], params) == (
        "The chapters of this pack set out the figures themselves:\n\n"
        "- [Places \\| side by side](#sec-ltc)\n    - [Less *obesity*](#sec-ltc-less)\n"
    )


def test_escapes_lines_from_data(make, params):
    text = summary_markdown([section(make.line(line="[x](y) <script> $1 @a"))], params)

    assert "- \\[x\\](y) \\<script\\> \\$1 \\@a ([Long-term conditions](#sec-x))" in text


def test_refuses_a_priority_that_does_not_exist(make, params):
    with pytest.raises(BoardpacksError, match=r"long_term_conditions.*'wealth'.*mental-health"):
        summary_markdown([section(make.line(priority="wealth"))], params)
