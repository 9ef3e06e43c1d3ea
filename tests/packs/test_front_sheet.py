from __future__ import annotations

import pytest

from boardpacks.packs.front_sheet import front_sheet, pack_title
from boardpacks.packs.pack_record import SnapshotRecord
from boardpacks.packs.records import Fact, Summary
from boardpacks.packs.section import Line, Section

STATED = SnapshotRecord(name="embedded", sha256="ab" * 32)
SECTIONS = [Section("a", "a", "Mental health", "sec-a", (), "", {}, (), ())]


def rows(plan, params, facts=()):
    return {row["label"]: row["content"] for row in front_sheet(plan, params, SECTIONS, facts, STATED)}


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
    assert found["Status"] == "Draft, version 0.1"
    assert found["Date"] == "9 December 2026"


def test_says_in_short_what_the_summary_counts(make, params, tmp_path):
    line = Line(Summary(**make.line("worse")), "sec-a")
    section = Section("a", "a", "Mental health", "sec-a", (), "", {}, (line,), ())

    told = front_sheet(make.plan(tmp_path), params, [section], (), STATED)

    (content,) = (row["content"] for row in told if row["label"] == "In short")
    assert content == (
        "**Of 1 measure in this pack, 0 are better than England, 0 are similar and 1 is worse.**"
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
    assert pack_title(make.plan(tmp_path, priorities=priorities), params) == title
