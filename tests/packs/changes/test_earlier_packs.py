"""Which earlier packs a new one is compared with."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from boardpacks.packs.changes.earlier_packs import earlier_inputs, find_earlier
from boardpacks.packs.files.pack_manifest import MANIFEST
from boardpacks.packs.files.pack_record import PackRecord
from boardpacks.params.calendars import Meeting
from boardpacks.project.errors import BoardpacksError

from .published import publish

FINAL = {"version": "1.0", "date": dt.date(2026, 12, 1), "packs": {"havering": "ab" * 32}}
CORRECTING = {
    "finals": (FINAL,),
    "corrections": ({"kind": "correction", "reason": "A figure was wrong."},),
}


@pytest.fixture
def plan(make, tmp_path):
    return make.plan(tmp_path)


def names(published, plan) -> list[str]:
    return [earlier.folder for earlier in find_earlier(published, plan).named]


def test_without_an_earlier_pack_there_is_none(plan, facts, tmp_path):
    publish(tmp_path, facts.file(), "2026-12-09", status="draft", version="0.1")
    publish(tmp_path, facts.file(), "2027-02-10")

    assert names(tmp_path, plan) == []
    assert names(tmp_path / "nothing", plan) == []
    assert earlier_inputs(tmp_path, plan) == {"earlier pack": "none"}


def test_the_newest_final_edition_of_an_earlier_meeting_is_taken(plan, facts, tmp_path):
    publish(tmp_path, facts.file(), "2026-08-12", version="1.0")
    for version in ("1.0", "1.2", "1.10"):
        publish(tmp_path, facts.file(), "2026-10-14", version=version)

    assert names(tmp_path, plan) == ["2026-10-14/havering_v1.10"]


def test_a_final_edition_goes_before_a_newer_draft(plan, facts, tmp_path):
    publish(tmp_path, facts.file(), "2026-08-12")
    publish(tmp_path, facts.file(), "2026-10-14", status="draft", version="0.1")

    assert names(tmp_path, plan) == ["2026-08-12/havering_v1.0"]


def test_without_a_final_edition_the_newest_draft_is_taken(plan, facts, tmp_path):
    for date in ("2026-08-12", "2026-10-14"):
        publish(tmp_path, facts.file(), date, status="draft", version="0.1")

    assert names(tmp_path, plan) == ["2026-10-14/havering"]


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": "havering_mental-health", "priorities": ("Mental health",)},
        {"slug": "havering_part-2", "part": "confidential"},
        {"slug": "newham", "place": "newham"},
        {"slug": "havering_meeting", "kind": "meeting-pack"},
    ],
)
def test_only_packs_of_the_same_place_priorities_part_and_kind_count(plan, facts, tmp_path, changes):
    publish(tmp_path, facts.file(), **changes)

    assert names(tmp_path, plan) == []


@pytest.mark.parametrize("damage", ["changed", "gone", "record", "moved"])
def test_a_damaged_folder_is_passed_over(plan, facts, tmp_path, damage):
    publish(tmp_path, facts.file(), "2026-08-12")
    folder = publish(tmp_path, facts.file(), "2026-10-14")
    (file,) = folder.glob("*_facts.json")
    if damage == "changed":
        file.write_bytes(file.read_bytes().replace(b"10.9", b"11.9"))
    elif damage == "gone":
        file.unlink()
    elif damage == "record":
        (folder / "pack.json").write_text("{")
    else:
        folder.rename(folder.with_name("havering_v1.1"))

    assert names(tmp_path, plan) == ["2026-08-12/havering_v1.0"]


def test_the_inputs_of_a_pack_change_with_the_earlier_pack(plan, facts, tmp_path):
    publish(tmp_path, facts.file(), status="draft", version="0.1")
    draft = earlier_inputs(tmp_path, plan)
    publish(tmp_path, facts.file())
    final = earlier_inputs(tmp_path, plan)

    assert draft["earlier pack"].startswith("2026-10-14/havering ")
    assert final["earlier pack"].startswith("2026-10-14/havering_v1.0 ")


def test_an_edition_that_corrects_finds_the_one_before(make, facts, tmp_path):
    plan = make.plan(tmp_path, **CORRECTING)
    publish(tmp_path, facts.file())
    publish(tmp_path, facts.file(), "2026-12-09")

    assert names(tmp_path, plan) == ["2026-10-14/havering_v1.0", "2026-12-09/havering_v1.0"]
    assert earlier_inputs(tmp_path, plan)["pack that is corrected"].startswith("2026-12-09/havering_v1.0 ")


def break_facts(folder: Any) -> None:
    (file,) = folder.glob("*_facts.json")
    file.write_text("{}")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (None, "it is not there"),
        (break_facts, "2026-12-09_facts.json was changed after publishing"),
        (lambda folder: (folder / "pack.json").write_text("{"), "its pack.json is damaged"),
    ],
)
def test_without_the_edition_that_it_corrects_there_is_no_pack(make, facts, tmp_path, damage, said):
    plan = make.plan(tmp_path, **CORRECTING)
    if damage:
        damage(publish(tmp_path / "published", facts.file(), "2026-12-09"))

    with pytest.raises(BoardpacksError) as caught:
        find_earlier(tmp_path / "published", plan)

    assert f"published/2026-12-09/havering_v1.0 cannot be used: {said}." in str(caught.value)
    assert "Put that folder back as it was published" in str(caught.value)
    assert said in earlier_inputs(tmp_path / "published", plan)["pack that is corrected"]


def test_a_changed_manifest_is_not_believed(make, facts, tmp_path):
    plan = make.plan(tmp_path, **CORRECTING)
    folder = publish(tmp_path, facts.file(), "2026-12-09")
    corrected = find_earlier(tmp_path, plan).corrected
    assert corrected is not None
    assert corrected.manifest().order.place == "havering"
    (folder / MANIFEST).write_bytes(make.manifest(engine="another").as_bytes())

    with pytest.raises(BoardpacksError, match=r"manifest\.json was changed after publishing"):
        corrected.manifest()


MOVED = {
    "date": dt.date(2026, 12, 16),
    "moved_from": dt.date(2026, 12, 9),
    "finals": (FINAL | {"meeting": dt.date(2026, 12, 9)},),
    "corrections": CORRECTING["corrections"],
}


def test_a_meeting_that_was_moved_finds_its_edition_under_the_day_before(make, facts, tmp_path):
    publish(tmp_path, facts.file(), "2026-10-14")
    publish(tmp_path, facts.file(), "2026-12-09")
    plan = make.plan(tmp_path, **MOVED)

    assert names(tmp_path, plan) == ["2026-10-14/havering_v1.0", "2026-12-09/havering_v1.0"]


def test_the_next_meeting_is_not_compared_with_what_a_moved_one_left_behind(make, facts, tmp_path):
    """It was moved to an earlier day: the newest folder holds the edition that was superseded."""
    publish(tmp_path, facts.file(), "2026-12-09", version="1.1")
    publish(tmp_path, facts.file(), "2026-12-16")
    earlier = Meeting.model_validate(
        MOVED
        | {"date": dt.date(2026, 12, 9), "moved_from": dt.date(2026, 12, 16)}
        | {"finals": (FINAL | {"meeting": dt.date(2026, 12, 16)},)}
    )
    plan = make.plan(tmp_path, date=dt.date(2027, 2, 10))
    calendar = plan.calendar.model_copy(update={"meetings": (earlier, plan.meeting)})
    plan = dataclasses.replace(plan, calendar=calendar)

    assert names(tmp_path, plan) == ["2026-12-09/havering_v1.1"]


def test_an_edition_that_lies_under_another_day_is_named_with_the_way_out(make, facts, tmp_path):
    folder = publish(tmp_path, facts.file(), "2026-12-09")
    digest = PackRecord.model_validate_json((folder / "pack.json").read_bytes()).digest
    final = FINAL | {"packs": {"havering": digest}}
    plan = make.plan(tmp_path, date=dt.date(2026, 12, 16), **(CORRECTING | {"finals": (final,)}))

    with pytest.raises(BoardpacksError) as raised:
        find_earlier(tmp_path, plan)
    assert "write moved_from: 2026-12-09 below its date in params/meetings/havering.yml" in str(raised.value)
