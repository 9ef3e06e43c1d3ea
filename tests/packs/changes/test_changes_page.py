"""The page "What has changed since the last pack": its words, its order, and that it stays one page."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.changes.changes_page import changes_markdown, counted_words
from boardpacks.packs.changes.compare_packs import compare_facts
from boardpacks.packs.files.changes_file import PackComparison, Since, SinceLast
from boardpacks.packs.render.bundled import BundledEngine

from .conftest import ENGLAND, a_facts_file, a_judgement, a_record


@pytest.fixture
def render(checkout, tmp_path) -> Callable[[str], int]:
    """Print Markdown as a document of its own, and count its pages; numbers lead nowhere in it."""
    ensure_fonts(checkout.fonts)

    def pages(body: str) -> int:
        folder = tmp_path / "source"
        shutil.copytree(checkout.extension, folder / "_extensions" / "boardpack")
        head = "title: Pack\nlang: en-GB\nfig-cap-location: top\ntbl-cap-location: top\npack: {cover: true}\n"
        (folder / "pack.qmd").write_text(f"---\n{head}---\n\n{body}", encoding="utf-8")
        made = BundledEngine().render(folder, tmp_path / "out", ("pdf",), dt.date(2026, 12, 9))
        with pikepdf.open(made["pdf"]) as pdf:
            return len(pdf.pages) - 1

    return pages


def since(status: Any = "final") -> Since:
    version = "1.0" if status == "final" else "0.1"
    return Since(
        title="Havering board pack",
        meeting=dt.date(2026, 10, 14),
        status=status,
        version=version,
        folder="2026-10-14/havering",
        facts="ab" * 32,
    )


def page(then: Any, now: Any, status: Any = "final", anchors: Any = None) -> str:
    last = SinceLast(since=since(status), changes=compare_facts(then, now))
    return changes_markdown(last, now, anchors or {}, place="Havering", benchmark="England")


def some_of_everything() -> tuple[Any, Any]:
    """Return two packs that differ in every kind."""
    smoking, obesity = a_record(), a_record("obesity", value=20.0)
    newer = a_record(period="2024", value=12.5)
    revised = a_record("obesity", value=23.0)
    then = a_facts_file(
        smoking, a_record(area=ENGLAND), obesity, judgements=(a_judgement("smoking", smoking.id),)
    )
    line = a_judgement("smoking", newer.id, verdict="worse", trend="getting-worse")
    now = a_facts_file(
        smoking,
        newer,
        a_record(area=ENGLAND),
        revised,
        a_record("suicide"),
        judgements=(line,),
        definitions={"obesity": {"definition": "Share of people of any age."}},
    )
    return then, now


def test_the_page_as_it_is(snapshot):
    anchors = {"smoking": "sec-health-adults-who-smoke", "obesity": "sec-health-obesity"}

    assert page(*some_of_everything(), anchors=anchors) == snapshot


def test_a_draft_is_called_a_draft(facts):
    words = page(facts.file(), facts.file(), status="draft")

    assert (
        "with the draft of the one for the meeting on 14 October 2026 (version 0.1), as there is no" in words
    )
    assert "**No judgement, figure or method of this place has changed since.**" in words


def test_figures_of_other_areas_alone_are_not_listed(facts):
    then = facts.file()
    now = facts.file(*then.facts, facts.fact(area=facts.england, period="2024"))

    assert "|" not in page(then, now)


def test_a_measure_without_a_place_in_the_pack_is_not_linked(facts):
    words = page(*some_of_everything())

    assert "](#" not in words
    assert "| Adults who smoke |" in words


def test_a_name_that_would_be_markup_is_printed_word_for_word(facts):
    names = {"smoking": {"name": "Smokers](http://x) | <b>"}}
    then = facts.file(facts.fact(name="Smokers](http://x) | <b>"), definitions=names)
    now = facts.file(*then.facts, facts.fact(period="2024"), definitions=names)

    assert r"| Smokers\](http\://x) \| \<b\> |" in page(then, now)


@pytest.mark.parametrize(
    ("was", "now", "cells"),
    [
        (
            {"trend": "getting-better"},
            {},
            "| [Similar]{.verdict-similar}, getting better | [Similar]{.verdict-similar}, no trend can be told |",
        ),
        (
            {"verdict": "not-tested", "trend": "no-change"},
            {"verdict": "not-tested", "trend": "getting-worse"},
            "| No significant change | Getting worse |",
        ),
        (
            {"verdict": "not-compared", "variation": "concern-low", "assurance": "hit-or-miss"},
            {"verdict": "not-compared", "variation": "common-cause", "assurance": "fails"},
            "| A change for the worse, may meet or miss its target | Will consistently miss its target, "
            "no special cause |",
        ),
        (
            {"verdict": "not-compared"},
            {"verdict": "worse"},
            "| Not compared | [Worse]{.verdict-worse} |",
        ),
    ],
)
def test_both_judgements_are_told_alike(facts, was, now, cells):
    fact = facts.fact()
    then, later = (
        facts.file(fact, judgements=(facts.judgement("smoking", fact.id, **of),)) for of in (was, now)
    )

    assert cells in page(then, later)


def test_judgements_come_first_and_what_is_left_out_is_counted(facts):
    names = [f"measure_{number:02}" for number in range(60)]
    told = [facts.fact(name) for name in names]
    newer = [facts.fact(name, period="2024") for name in names]
    lines = [facts.judgement(name, fact.id, verdict="worse") for name, fact in zip(names, newer, strict=True)]

    words = page(facts.file(*told), facts.file(*told, *newer, judgements=tuple(lines)))

    listed = [int(count) for count in re.findall(r", (\d+) of 60\.", words)]
    left = int(re.findall(r"(\d+) more changes are not listed here", words)[0])
    assert len(listed) == 2
    assert listed[0] > listed[1]
    assert sum(listed) + left == 120
    assert words.index("Judgements that have changed") < words.index("New figures")


@pytest.mark.parametrize(("count", "words_each"), [(60, 1), (60, 12), (60, 60), (3, 60)])
def test_the_page_is_never_more_than_one(facts, render, count, words_each):
    long = {f"m{number}": {"name": f"{number} " + "words " * words_each} for number in range(count)}
    told = [facts.fact(name) for name in long]
    newer = [facts.fact(name, period="2024", unit="per 100,000", display="10.9 per 100,000") for name in long]
    revised = [facts.fact(name, value=22.0) for name in long]
    lines = tuple(
        facts.judgement(fact.observation.indicator, fact.id, verdict="worse", trend="getting-worse")
        for fact in newer
    )
    now = facts.file(*revised, *newer, judgements=lines, definitions=long)

    words = page(facts.file(*told, definitions=long), now)

    assert sum(line.startswith("| ") for line in words.splitlines()) >= 4, "something is listed"
    assert render(words) == 1


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ({}, "**No judgement, figure or method of this place has changed since.**"),
        ({"judgements": 1}, "**1 judgement has changed.**"),
        ({"judgements": 2, "figures": 1}, "**2 judgements have changed.** There is 1 new figure."),
        (
            {"figures": 3, "measures": 2},
            "**No judgement has changed.** There are 3 new figures and 2 new measures.",
        ),
    ],
)
def test_how_much_has_changed_is_counted(facts, kinds, words):
    then, now = some_of_everything()
    found = compare_facts(then, now)
    some = {kind: getattr(found, kind)[:1] * number for kind, number in kinds.items()}

    assert counted_words(PackComparison(**some)) == words
