"""The acute collaborative's chapter: everything that the params name is shown, and every number is a fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.xmr_series import RULES, control
from boardpacks.chapter.xmr_words import VARIATIONS
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import Params
from boardpacks.params.priority import Collaborative
from boardpacks.project.errors import BoardpacksError
from tests.chapter.numbers import printed, unexplained_numbers
from tests.chapter.test_xmr_series import STEADY, made

Record = dict[str, Any]
Records = dict[tuple[str, str], list[Record]]


@pytest.fixture
def acute(params: Params) -> Collaborative:
    return params.collaboratives["acute"]


@pytest.fixture
def shown_parts(all_records: Records) -> dict[str, Record]:
    """The records of the collaborative's chapter by name."""
    return {record["name"]: record for record in all_records["acute_collaborative", "system"]}


def slug(indicator: str) -> str:
    return indicator.replace("_", "-")


def test_what_is_charted_is_what_the_params_name(shown_parts: dict[str, Record], acute: Collaborative):
    charts = {name for name, record in shown_parts.items() if record["kind"] == "figure"}
    assert charts == {
        f"{slug(indicator)}-{trust.lower()}-chart" for indicator in acute.indicators for trust in acute.trusts
    }
    for name in charts:
        assert shown_parts[name.removesuffix("-chart")]["kind"] == "statement"


def test_another_systems_params_chart_their_own(open_place, params, acute, shown, no_drawing):
    fewer = acute.model_copy(
        update={"trusts": acute.trusts[:1], "pathways": acute.pathways[4:5], "priorities": ()}
    )
    chapter = open_place(None)
    other = params.model_copy(update={"collaboratives": {"acute": fewer}})
    view = Chapter(other, chapter.snapshot, None, None).collaborative("acute")
    view.glance()
    view.pathway(fewer.pathways[0].id)
    records = [output[MIME] for output in shown]
    assert len(records[0]["columns"]) == 2
    assert len(records[0]["rows"]) == len(fewer.indicators) == 3
    assert sum(record["kind"] == "figure" for record in records) == 3


def test_every_priority_and_pathway_is_listed_with_its_measures_or_its_gap(
    shown_parts: dict[str, Record], acute: Collaborative, params: Params
):
    for name, parts in (("priorities", acute.priorities), ("pathways", acute.pathways)):
        rows = shown_parts[name]["rows"]
        assert [row[0] for row in rows] == [part.title for part in parts]
        for row, part in zip(rows, parts, strict=True):
            for indicator in part.indicators:
                assert params.indicators[indicator].name.lower() in row[1].lower()
            assert part.gap is None or part.gap in row[1]
    gaps = {part.id for part in acute.parts if part.gap}
    assert gaps == {name.removesuffix("-gap") for name in shown_parts if name.endswith("-gap")}
    for part in acute.parts:
        if part.gap:
            assert part.gap in shown_parts[f"{part.id}-gap"]["markdown"]


def test_what_it_is_is_said(shown_parts: dict[str, Record], acute: Collaborative, params: Params):
    told = shown_parts["about"]["markdown"]
    assert acute.decisions in told
    assert acute.mutual_aid
    assert acute.mutual_aid.text in told
    assert acute.mutual_aid.source in told
    for words in (*acute.themes, *(params.trust(code).name for code in acute.trusts)):
        assert words in told


def test_the_trusts_at_a_glance_have_the_published_values(
    shown_parts: dict[str, Record], acute: Collaborative, params: Params, snapshot: Snapshot
):
    table = shown_parts["glance"]
    assert [column["label"] for column in table["columns"]][1:] == [
        params.trust(code).short_name for code in acute.trusts
    ]
    assert len(table["rows"]) == len(acute.indicators)
    displays = {fact["id"]: fact["display"] for fact in table["facts"]}
    for row, indicator in zip(table["rows"], acute.indicators, strict=True):
        assert row[0].startswith(params.indicators[indicator].name)
        for cell, code in zip(row[1:], acute.trusts, strict=True):
            found = control(snapshot, params.indicators[indicator], params.trust(code))
            assert found is not None
            display = displays[f"system.{indicator}.{code}.persons.{found.latest.period}"]
            assert printed(cell).startswith(f"**{display.split(' ')[0]}**")
            has_limits = params.indicators[indicator].no_limits is None
            assert (VARIATIONS[found.chart.variation].short in cell) == has_limits


def test_the_committee_is_told_every_special_cause_and_every_series_that_is_not_judged(
    shown_parts: dict[str, Record], acute: Collaborative, params: Params, snapshot: Snapshot
):
    lines = dict(re.findall(r"- \*\*(.*?):\*\* (.*)", shown_parts["committee"]["markdown"]))
    assert list(lines) == [
        "Special cause: concern",
        "Special cause: improvement",
        "Special cause: high or low, where neither is better",
        "Will consistently miss the standard if nothing changes",
        "Shown and not judged",
    ]
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in lines}
    for indicator in acute.indicators:
        for code in acute.trusts:
            one = control(snapshot, params.indicators[indicator], params.trust(code))
            assert one is not None
            assert one.chart.assurance != "passes"
            for name in lines:
                if (
                    (not one.is_judged and not one.indicator.no_limits and name == "Shown and not judged")
                    or (one.chart.assurance == "fails" and "miss" in name)
                    or (name.startswith("Special cause") and one.chart.variation.split("-")[0] in name)
                    or (one.chart.variation.startswith("neutral") and "neither" in name)
                ):
                    found[name].append((one.indicator.name, one.trust.short_name))
    for name, series in found.items():
        named = {measure for measure, _ in series}
        for measure in {params.indicators[indicator].name for indicator in acute.indicators}:
            listed = re.search(re.escape(measure) + r" \((.*?)\)", lines[name], re.IGNORECASE)
            assert (listed is not None) == (measure in named), (name, measure)
            if listed:
                trusts = {trust for its, trust in series if its == measure}
                told = listed[1].replace(" and ", ", ").split(", ")
                assert told == ["all trusts"] if len(trusts) == 3 else set(told) == trusts
        assert series or lines[name] == "No measure."


def test_facts_have_ids_of_their_own_and_name_the_rules(shown_parts: dict[str, Record]):
    facts = {fact["id"]: fact for fact in shown_parts["ae-four-hour-r1h"]["facts"]}
    base = max(
        name for name in facts if re.fullmatch(r"system\.ae_four_hour\.R1H\.persons\.\d{4}-\d\d", name)
    )
    assert facts[base]["method"] == "published"
    for part in ("mean", "lower-limit", "upper-limit", "months"):
        assert facts[f"{base}.{part}"]["method"] == f"XmR chart, {RULES.label}: {part}"
    assert facts[f"{base}.target-standard"]["value"] == 95
    assert facts["system.ae_four_hour.R1H.persons.2026-03.target-ambition"]["display"] == "78%"


def test_a_line_for_the_summary_carries_variation_and_assurance(shown_parts: dict[str, Record]):
    (line,) = shown_parts["ae-four-hour-rf4"]["summary"]
    assert (line["verdict"], line["variation"], line["assurance"]) == (
        "not-compared",
        "common-cause",
        "fails",
    )
    assert re.fullmatch(
        r"BHRUT, A&E attendances completed within four hours: [\d.]+% in [A-Z][a-z]+ 20\d\d; the standard is 95%",
        line["line"],
    )
    assert shown_parts["rtt-waiting-list-r1h"]["summary"] == []


def test_every_number_of_any_series_is_a_fact(monkeypatch, snapshot, share, shown, no_drawing, params):
    from boardpacks.chapter.show_xmr import show_controls  # noqa: PLC0415 - after drawing is left out

    wild: list[list[float | None]] = [
        [*STEADY, 90.0],
        [*STEADY[:8], None, *STEADY],
        list(STEADY[:12]),
        [100.0, None, 96.0, None, 98.0],
        [0.0],
    ]
    targeted = share.model_copy(update={"targets": params.indicators["ae_four_hour"].targets})
    for values in wild:
        found = made(monkeypatch, snapshot, targeted, values)
        assert found is not None
        monkeypatch.setattr(snapshot.__class__, "digest", lambda *arguments: "0" * 16)
        shown.clear()
        show_controls(targeted, [found], "system", snapshot, heading=True)
        records = [output[MIME] for output in shown]
        assert [record["kind"] for record in records] == ["statement", "statement", "figure"]
        for record in records:
            assert unexplained_numbers(record) == []


def test_a_place_shows_its_own_trust(all_records: Records, params: Params):
    for place in params.places.values():
        records = {record["name"]: record for record in all_records["place_profile", place.id]}
        for name in ("ae-four-hour-trust", "rtt-within-18-weeks-trust"):
            assert {fact["area"] for fact in records[name]["facts"]} == {place.trust}
            assert records[f"{name}-chart"]["kind"] == "figure"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda c: c.collaborative("acut"),
            "no collaborative 'acut': allowed are acute, .*did you mean 'acute'",
        ),
        (
            lambda c: c.collaborative("acute").pathway("cancr"),
            "no pathway 'cancr' of the acute collaborative: .*did you mean 'cancer'",
        ),
        (lambda c: c.collaborative("acute").priority("cancer"), "no priority 'cancer'"),
        (lambda c: c.control_chart("ae_four_hour"), "ask for a place's measures place by place"),
    ],
)
def test_what_does_not_exist_is_refused(ask: Callable[[Chapter], object], said: str, open_place):
    with pytest.raises(BoardpacksError, match=said):
        ask(open_place(None))


def test_a_collaborative_without_parts_says_so_in_a_sentence(
    open_place: Callable[..., Chapter], shown: list[dict[str, Any]]
):
    view = open_place(None).collaborative("community")
    view.priorities()
    view.pathways()
    assert [output[MIME]["markdown"] for output in shown] == [
        f"No {what} of the community collaborative are named here." for what in ("priorities", "pathways")
    ]
    assert (view.measured_pathways, view.measured_priorities, view.unmeasured) == ((), (), ())


def test_every_part_of_a_collaborative_is_shown_once(open_place: Callable[..., Chapter]):
    view = open_place(None).collaborative()
    own = view.collaborative
    told = [*view.measured_pathways, *view.measured_priorities, *view.unmeasured]
    assert len({part.id for part in told}) == len(told)
    # A priority whose measures all stand under pathways, and that lacks none, has nothing left to say
    silent = {part.id for part in (*own.pathways, *own.priorities)} - {part.id for part in told}
    shown_there = {name for pathway in own.pathways for name in pathway.indicators}
    assert all(
        set(part.indicators) <= shown_there and part.gap is None for part in own.parts if part.id in silent
    )
