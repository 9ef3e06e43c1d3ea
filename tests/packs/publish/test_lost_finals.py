"""Final packs on the shelf of which no calendar knows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boardpacks.packs.files.pack_record import PACK_JSON, PackRecord
from boardpacks.packs.library.published_packs import sort_packs
from boardpacks.packs.publish.lost_finals import lost_finals
from tests.packs.library.shelve import shelve

TODAY = dt.date(2026, 12, 2)


def record(folder: Any) -> PackRecord:
    return PackRecord.model_validate_json((folder / PACK_JSON).read_bytes())


@pytest.fixture
def known(params, make, tmp_path):
    """Return params whose calendar has the meeting with these final packs."""

    def made(*records: PackRecord) -> Any:
        final = {"version": "1.0", "date": TODAY, "packs": {one.slug: one.digest for one in records}}
        plan = make.plan(tmp_path, **({"finals": (final,)} if records else {}))
        return params.model_copy(update={"calendars": {"havering": plan.calendar}})

    return made


def test_a_final_pack_that_its_calendar_names_is_not_lost(known, tmp_path):
    folder = shelve(tmp_path, status="final")
    shelve(tmp_path)
    assert list(lost_finals(tmp_path, known(record(folder)), TODAY)) == []


@pytest.mark.parametrize(
    "changes", [{}, {"place": "romford"}, {"part": "confidential", "slug": "havering_part-2"}]
)
def test_a_final_pack_of_a_coming_meeting_that_no_calendar_names_is_told(known, tmp_path, changes):
    published = tmp_path / "published"
    shelve(
        published if "part" not in changes else tmp_path / "published-confidential", status="final", **changes
    )
    (problem,) = lost_finals(published, known(), TODAY)
    assert problem.where == f"params/meetings/{changes.get('place', 'havering')}.yml"
    assert problem.key == "meeting on 2026-12-09"
    assert "2026-12-09/" in problem.found
    assert "moved_from" in problem.hint


def test_a_meeting_that_was_held_may_go_and_a_damaged_pack_is_the_librarys_to_tell(known, tmp_path):
    shelve(tmp_path, status="final", meeting=dt.date(2026, 11, 25))
    (shelve(tmp_path, status="final") / PACK_JSON).write_text("{")
    assert list(lost_finals(tmp_path, known(), TODAY)) == []


def test_the_library_shows_what_was_made_before_a_move_as_superseded(tmp_path):
    first = record(shelve(tmp_path, status="final"))
    moved: dict[str, Any] = {
        "meeting": dt.date(2026, 12, 16),
        "moved_from": dt.date(2026, 12, 9),
        "corrects": "1.0",
    }
    second = record(shelve(tmp_path, status="final", version="1.1", **moved))
    (pack,), _ = sort_packs([first, second], "public")
    assert [(one.record.version, one.state, one.page) for one in pack.editions] == [
        ("1.1", "final", "2026-12-16_havering.html"),
        ("1.0", "superseded", "2026-12-09_havering_v1.0.html"),
    ]
    assert pack.editions[1].newer == second
