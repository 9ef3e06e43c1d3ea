"""Titles of small charts: the finding in ten words or fewer, every number tied to its fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.facts.artefacts import Fact
from boardpacks.facts.spans import find_spans, without_spans
from boardpacks.packs.edition.chart_title import MOST_WORDS, chart_title, count_words
from tests.packs.conftest import a_fact, a_line
from tests.packs.edition.conftest import gather_in, value

OWN, ENGLAND, BEFORE = (
    value("smoking", 29.4),
    value("smoking", 46.4, "E92000001"),
    value("smoking", 94.3, period="2022"),
)


def ranked(fact, rank, of=32):
    parts = {"rank": of + 1 - rank, "rank-from-lowest": rank, "peers": of}
    return [
        Fact(
            **a_fact(
                id=f"{fact.id}.{part}", value=float(n), display=str(n), lower=None, upper=None, unit="rank"
            )
        )
        for part, n in parts.items()
    ]


def title(gathered, verdict, *facts, stands_out=(), others=()):
    line = a_line(verdict, facts=tuple(fact.id for fact in facts), stands_out=stands_out)
    pack = gathered([line], [*facts, *others])
    return chart_title(pack, pack.lines[0])


def test_what_stands_out_on_the_better_side_is_held_against_the_benchmark_and_not_ranked(gathered):
    line = a_line("not-tested", facts=(OWN.id, ENGLAND.id), stands_out=("last-of-peers",), beside="ahead")
    pack = gathered([line], [OWN, ENGLAND, *ranked(OWN, 3)])

    assert without_spans(chart_title(pack, pack.lines[0])) == "Adults who smoke: 29.4%, England 46.4%"


def test_a_figure_that_is_too_old_is_dated(gathered):
    assert without_spans(title(gathered, "too-old", OWN, ENGLAND)) == "Adults who smoke: 29.4% in 2023"


@pytest.mark.parametrize(
    ("verdict", "facts", "stands_out", "said"),
    [
        ("worse", (OWN, ENGLAND), (), "Adults who smoke: 29.4%, worse than England"),
        ("better", (OWN, ENGLAND), (), "Adults who smoke: 29.4%, better than England"),
        (
            "not-tested",
            (OWN, ENGLAND, BEFORE),
            ("sharp-change",),
            "Adults who smoke: 29.4%, after 94.3% in 2022",
        ),
        ("not-tested", (OWN, ENGLAND), (), "Adults who smoke: 29.4%, England 46.4%"),
        ("not-compared", (OWN,), (), "Adults who smoke: 29.4%"),
    ],
)
def test_a_title_says_what_was_judged(gathered, verdict, facts, stands_out, said):
    assert without_spans(title(gathered, verdict, *facts, stands_out=stands_out)) == said


def test_what_is_last_of_its_peers_says_its_rank_from_the_nearer_end(gathered):
    made = title(gathered, "not-tested", OWN, stands_out=("last-of-peers",), others=ranked(OWN, 3))

    assert without_spans(made) == "Adults who smoke: 3rd lowest of 32 boroughs"
    assert [span.fact for span in find_spans(made)] == [f"{OWN.id}.rank-from-lowest", f"{OWN.id}.peers"]


def test_a_line_without_a_value_of_its_own_has_the_measures_name_alone(gathered):
    assert title(gathered, "worse") == "Adults who smoke"


@given(
    words=st.lists(st.from_regex(r"[A-Z][a-z]{0,9}", fullmatch=True), min_size=1, max_size=14),
    verdict=st.sampled_from(("better", "worse", "similar", "not-tested", "not-compared")),
    with_benchmark=st.booleans(),
)
def test_no_title_has_more_than_ten_words_and_each_number_is_a_fact(
    words, verdict, with_benchmark, tmp_path_factory
):
    make = gather_in(tmp_path_factory.getbasetemp())
    facts = (OWN, ENGLAND) if with_benchmark else (OWN,)
    pack = make([a_line(verdict, facts=tuple(fact.id for fact in facts))], facts)
    named = pack.params.indicators["smoking"].model_copy(update={"name": " ".join(words)})
    pack.params.indicators["smoking"] = named  # type: ignore[index]

    made = chart_title(pack, pack.lines[0])

    assert 0 < count_words(made) <= MOST_WORDS
    known = {fact.id: fact for fact in facts}
    assert all(known[span.fact].display == span.words for span in find_spans(made))
