from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pypandoc  # type: ignore[import-untyped]
import pytest

from boardpacks.facts.artefacts import Fact, Summary
from boardpacks.packs.compose.front_sheet import front_sheet
from boardpacks.packs.compose.section import ChapterLine, Section
from boardpacks.packs.compose.summary_lines import gather_lines
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.params.agenda import field_label

STATED = SnapshotRecord(name="embedded", sha256="ab" * 32)
SECTIONS = [Section("a", "a", "Mental health", "sec-a", (), "", {}, (), ())]


def rows(plan, params, facts=()):
    return {
        row["label"]: row["content"]
        for row in front_sheet(PackContent(plan, params, [], STATED), SECTIONS, facts)
    }


def test_leaves_what_is_missing_to_follow(make, params, tmp_path, snapshot):
    facts = [Fact(**make.fact()), Fact(**make.fact(id="b", period="2010 - 12"))]

    assert rows(make.plan(tmp_path), params, facts) == snapshot


def test_shows_what_the_secretary_wrote(make, params, tmp_path):
    sheet = make.front_sheet(
        item="7", title="Health | wealth", author="A_B", recommendation="Please:\n\n1. **note** it"
    )

    found = rows(make.plan(tmp_path, front_sheet=sheet, example=False), params)

    assert found["Agenda item"] == "7"
    assert found["Title"] == "Health \\| wealth"
    assert found["Author"] == "A\\_B"
    assert found["Recommendation"] == "Please:\n\n1. **note** it\n"
    assert found["Date and time"] == "9 December 2026. Time: to follow"


FULL = {
    "item": "7",
    "author": "A. Author",
    "sponsor": "B. Sponsor",
    "purpose": "decision",
    "recommendation": "Agree.",
    "executive_summary": "All is well.",
    "previously_considered_by": "Executive",
    "conflicts_of_interest": "None",
    "risks": "BAF 3",
    "equality_impact": "None",
    "financial_implications": "None",
    "legal_implications": "None",
}


def test_a_full_sheet_leaves_nothing_to_follow(make, params, tmp_path):
    held = {"starts": "14:00", "ends": "16:30", "venue": "Town Hall"}

    plan = make.plan(tmp_path, front_sheet=make.front_sheet(**FULL), **held, example=False)
    found = rows(plan, params)

    assert plan.meeting.missing == ()
    assert "to follow" not in str(found).lower()
    assert found["Date and time"] == "9 December 2026, 14:00 to 16:30"
    assert found["Venue"] == "Town Hall"
    assert found["Purpose"] == "For decision"
    assert found["Risks and board assurance framework"] == "BAF 3"
    assert found["Part"] == "Part I, held in public"
    assert found["Status"] == "Draft, version 0.1"


@pytest.mark.parametrize("field", [*FULL, "starts", "venue"])
def test_each_missing_detail_is_to_follow_and_keeps_the_pack_a_draft(make, params, tmp_path, field):
    held = {"starts": "14:00", "ends": None, "venue": "Town Hall"}
    sheet = make.front_sheet(**{key: text for key, text in FULL.items() if key != field})
    held.pop(field, None)

    plan = make.plan(tmp_path, front_sheet=sheet, **held)
    found = rows(plan, params)

    assert plan.meeting.missing == (field,)
    assert str(found).lower().count("to follow") == 2
    assert found["Status"] == (
        "Draft, version 0.1. It stays a draft until the one detail still to follow is filled in."
    )


def test_the_private_part_is_called_confidential(make, params, tmp_path):
    plan = replace(make.plan(tmp_path), part="confidential")

    assert rows(plan, params)["Part"] == "Part II, held in private: **confidential**"


@pytest.mark.parametrize(
    "field", ["title", "author", "sponsor", "recommendation", "executive_summary", "risks"]
)
def test_markup_is_printed_and_never_obeyed(make, params, tmp_path, field):
    hostile = (
        "<script>alert(1)</script> `x`{=html} {{< include /etc/passwd >}} $x$ #panic() [a](javascript:b)"
    )
    sheet = make.front_sheet(**{field: hostile})

    content = rows(make.plan(tmp_path, front_sheet=sheet), params)[field_label(field)]

    html = pypandoc.convert_text(content, "html", format="markdown")
    assert "<script" not in html
    assert "href" not in html
    assert "math" not in html
    assert unescape(re.sub(r"<[^>]+>", "", html)).split() == hostile.split()
    assert "#panic()" not in pypandoc.convert_text(content, "typst", format="markdown").replace(
        "\\#panic", ""
    )


def test_says_in_short_what_the_summary_counts(make, params, tmp_path):
    line = ChapterLine(Summary(**make.line("worse")), "sec-a")
    section = Section("a", "a", "Mental health", "sec-a", (), "", {}, (line,), ())

    told = front_sheet(
        PackContent(make.plan(tmp_path), params, [], STATED),
        [section],
        (),
        gather_lines([section], params, ()),
    )

    (content,) = (row["content"] for row in told if row["label"] == "In short")
    assert content == (
        "**Of 1 measure in this pack, none is better than England, none is similar and 1 is worse.**"
    )
    assert "In short" not in rows(make.plan(tmp_path), params)


def test_an_item_number_does_not_become_a_list(make, params, tmp_path):
    sheet = make.front_sheet(title="7. Any other business", author="- nobody")

    found = rows(make.plan(tmp_path, front_sheet=sheet), params)

    assert found["Title"] == "7\\. Any other business"
    assert found["Author"] == "\\- nobody"


def test_the_system_has_places_instead_of_boroughs(make, params, tmp_path):
    found = rows(make.plan(tmp_path, place="system"), params)

    assert found["Places"] == "Havering"
    assert "Boroughs" not in found
    assert "Local emphasis" not in found


@pytest.mark.parametrize(
    ("priorities", "title"),
    [
        ((), "Havering board pack"),
        (("mental-health",), "Havering board pack: Mental health"),
        (
            ("mental-health", "long-term-conditions"),
            "Havering board pack: Mental health and Long-term conditions",
        ),
    ],
)
def test_title_names_the_priorities_of_a_partial_pack(make, params, tmp_path, priorities, title):
    assert make.plan(tmp_path, priorities=priorities).title == title
