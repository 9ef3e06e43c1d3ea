"""Who would go on using an earlier edition."""

from __future__ import annotations

import pytest

from boardpacks.circulation.final_edition import find_edition
from boardpacks.circulation.letters import plan_letters
from boardpacks.circulation.prepare import circulation_folder, prepare
from boardpacks.circulation.tell import tell_prepared
from tests.circulation.made import a_calendar, a_meeting, some_settings, write_final


@pytest.fixture
def circulated(published):
    """Circulates version 1.0 to some lists, then 1.1 to others."""
    first, second = (write_final(published, version=version) for version in ("1.0", "1.1"))

    def circulate(*lists, editions):
        meeting = a_meeting(*[(first,), (second,)][:editions])
        if editions == 1:
            (published / "2026-12-09" / "alston_v1.1").rename(published / "kept")
        edition = find_edition(a_calendar(meeting), meeting, published)
        if editions == 1:
            (published / "kept").rename(published / "2026-12-09" / "alston_v1.1")
        settings = some_settings(*lists)
        folder = circulation_folder(published, edition)
        return prepare(edition, plan_letters(edition, settings), settings, folder, when="now", command="c")

    return circulate


def test_whoever_is_on_no_list_any_more_is_named(circulated):
    assert (
        circulated({}, {"id": "x", "name": "X", "bcc": ({"address": "di@example.org"},)}, editions=1).left_out
        == ()
    )
    done = circulated({"to": ({"address": "ANN@example.org"},)}, editions=2)
    assert done.left_out == ("ben@example.org (version 1.0)", "di@example.org (version 1.0)")
    lines = list(tell_prepared(done))
    assert "  di@example.org (version 1.0)" in lines


def test_nobody_is_named_who_gets_it_or_whose_draft_was_withdrawn(circulated):
    circulated({}, {"id": "x", "name": "X", "to": ({"address": "di@example.org"},)}, editions=1)
    circulated({}, editions=1)
    done = circulated({}, editions=2)
    assert done.left_out == ()
    assert not any("earlier version" in line for line in tell_prepared(done))


def test_without_an_earlier_record_nobody_is_named(circulated):
    assert circulated({}, editions=2).left_out == ()
