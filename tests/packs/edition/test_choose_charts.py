"""Which charts stand on a priority's page: alerts first by distance, one that is better, two kinds, nothing too old."""

from __future__ import annotations

from boardpacks.packs.edition.choose_charts import choose_charts, distance
from tests.packs.conftest import a_line, some_params
from tests.packs.edition.conftest import chart, value

NAMES = ("one", "two", "three", "four", "five", "six")


def pack_of(gathered, verdicts, kinds=None, gaps=None, **lines):
    """Return a pack with a measure for each verdict, each further from England than the one before."""
    known = some_params()
    indicators = {name: known.indicators["smoking"].model_copy(update={"id": name}) for name in NAMES}
    outcome = known.priorities["long-term-conditions"].outcomes[0]
    outcomes = tuple(outcome.model_copy(update={"id": f"o-{n}", "indicators": (n,)}) for n in NAMES)
    priority = known.priorities["long-term-conditions"].model_copy(update={"outcomes": outcomes})
    facts, summaries, charts = [], [], []
    for at, (name, verdict) in enumerate(zip(NAMES, verdicts, strict=False)):
        gap = gaps[at] if gaps else at + 1.0
        own = [value(name, 50.0 + gap), value(name, 50.0, "E92000001")]
        facts += own
        summaries.append(
            a_line(verdict, at, indicator=name, facts=tuple(f.id for f in own), **lines.get(name, {}))
        )
        charts.append(chart(f"{name}-{kinds[at] if kinds else 'trend'}", *own))
    return gathered(summaries, facts, charts, indicators=indicators, priorities={priority.id: priority})


def chosen(pack, most=4):
    return [one.line.summary.indicator for one in choose_charts(pack, pack.lines, most)]


def test_alerts_go_first_by_their_distance_and_one_that_is_better_is_kept_a_place(gathered):
    pack = pack_of(gathered, ("worse", "worse", "worse", "worse", "better", "better"))

    assert chosen(pack) == ["four", "three", "two", "six"]


def test_a_sharp_change_goes_before_a_level(gathered):
    pack = pack_of(
        gathered,
        ("not-tested", "not-tested"),
        one={"stands_out": ("sharp-change",)},
        two={"stands_out": ("behind-peers",)},
    )

    assert chosen(pack) == ["one", "two"]


def test_a_figure_that_is_too_old_has_no_chart(gathered):
    assert chosen(pack_of(gathered, ("too-old", "similar"))) == ["two"]


def test_there_are_two_kinds_of_chart_where_there_can_be_and_the_better_one_stays(gathered):
    kinds = ("spread", "trend", "trend", "trend", "trend")
    pack = pack_of(gathered, ("worse", "worse", "worse", "worse", "better"), kinds)

    assert chosen(pack) == ["four", "three", "one", "five"]


def test_distance_is_told_in_units_of_the_spread_of_the_areas(gathered):
    own, england = value("smoking", 30.0), value("smoking", 20.0, "E92000001")
    areas = [value("smoking", 18.0 + n, f"E0900000{n}") for n in range(1, 6)]
    pack = gathered([a_line("worse", facts=(own.id, england.id))], [own, england, *areas])

    near, far = distance(pack, pack.lines[0]), 10.0

    assert 0 < near < far  # ten points from England, and the middle half of the areas spans more than one
