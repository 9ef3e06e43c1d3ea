"""Only what was made final, to the byte, is circulated."""

from __future__ import annotations

import json

import pytest

from boardpacks.circulation.final_edition import find_edition
from boardpacks.circulation.letters import plan_letters
from boardpacks.plan.plan import root_of
from boardpacks.project.errors import InputError
from tests.circulation.made import (
    DATE,
    a_calendar,
    a_meeting,
    an_edition,
    some_settings,
    write_final,
    write_sums,
)


def told(calendar, meeting, published) -> str:
    with pytest.raises(InputError) as caught:
        find_edition(calendar, meeting, published)
    return str(caught.value)


def test_the_board_pack_without_working_papers(published):
    edition = an_edition(published)
    (papers,) = edition.parts
    assert papers.part == "public"
    kinds = [file.kind for file in papers.files]
    assert kinds == ["pdf", "large-print", "html", "xlsx", "data", "facts"]
    assert all(file.path.is_file() for file in papers.files)
    assert edition.stem == "2026-12-09_alston_v1.0"


def test_part_two_comes_from_its_own_folder(published):
    edition = an_edition(published, parts=2)
    assert [papers.part for papers in edition.parts] == ["public", "confidential"]
    roots = [{file.path.parents[2] for file in papers.files} for papers in edition.parts]
    assert roots == [{published}, {root_of(published, "confidential")}]


def test_the_meeting_pack_goes_out_with_the_figures_of_the_board_pack(published):
    whole = write_final(published, "alston_meeting", kinds=("pdf", "addendum"))
    board = write_final(published)
    meeting = a_meeting((whole, board))
    (papers,) = find_edition(a_calendar(meeting), meeting, published).parts
    assert papers.pack == whole
    found = {file.kind: file.pack.slug for file in papers.files}
    assert found["pdf"] == found["addendum"] == "alston_meeting"
    assert {found[kind] for kind in ("html", "xlsx", "data", "facts", "large-print")} == {"alston"}
    assert "working-paper" not in found


def test_late_papers_and_what_was_put_right_both_go_out(published):
    whole = write_final(published, "alston_meeting", kinds=("pdf", "addendum"))
    board = write_final(published, kinds=("pdf", "addendum"))
    meeting = a_meeting((whole, board))
    edition = find_edition(a_calendar(meeting), meeting, published)
    (papers,) = edition.parts
    addenda = [file.pack.slug for file in papers.files if file.kind == "addendum"]
    assert addenda == ["alston_meeting", "alston"]
    (letter,) = plan_letters(edition, some_settings({"attach": ("addendum",)}))
    assert [each.words.split(": ")[1].split(",")[0] for each in letter.attached] == [
        "PDF with only the late papers",
        "PDF with only what has changed",
    ]


def test_a_draft_is_refused_with_the_way_out(published):
    meeting = a_meeting()
    message = told(a_calendar(meeting), meeting, published)
    assert "version 0.1, a draft" in message
    assert "a draft is never circulated" in message
    assert "boardpacks finalise alston/2026-12-09" in message


def test_while_a_correction_is_a_draft_nothing_goes_out(published):
    first = write_final(published)
    meeting = a_meeting((first,), corrections=({"kind": "correction", "reason": "Page 3."},))
    assert "version 1.1, a draft" in told(a_calendar(meeting), meeting, published)


def test_example_dates_are_refused(published):
    meeting = a_meeting((write_final(published),))
    assert "an example is never circulated" in told(a_calendar(meeting, example=True), meeting, published)


def test_the_newest_of_two_editions_goes_out(published):
    editions = [(write_final(published, version=version),) for version in ("1.0", "1.1")]
    meeting = a_meeting(*editions)
    edition = find_edition(a_calendar(meeting), meeting, published)
    assert edition.final.version == "1.1"
    assert {file.pack.version for papers in edition.parts for file in papers.files} == {"1.1"}


def test_a_superseded_edition_is_refused(published):
    first = write_final(published)
    write_final(published, version="1.10")
    meeting = a_meeting((first,))
    message = told(a_calendar(meeting), meeting, published)
    assert "superseded" in message
    assert "1.10" in message


def test_an_edition_that_is_not_there(published):
    pack = write_final(published.with_name("elsewhere"))
    meeting = a_meeting((pack,))
    message = told(a_calendar(meeting), meeting, published)
    assert "no published pack" in message
    assert "--out DIR" in message


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        (".pdf", lambda path: path.write_bytes(b"other"), "_v1.0.pdf was changed"),
        ("_data.csv", lambda path: path.unlink(), "_data.csv is missing"),
        ("manifest.json", lambda path: path.write_text("{ }"), "manifest.json was changed"),
        ("SHA256SUMS", lambda path: path.unlink(), "SHA256SUMS is missing or damaged"),
        ("SHA256SUMS", lambda path: path.write_text(f"{'0' * 64}  ../../secret\n"), "missing or damaged"),
        ("pack.json", lambda path: path.write_text("{}"), "pack.json is damaged"),
    ],
)
def test_a_changed_file_stops_everything(published, name, damage, said):
    meeting = a_meeting((write_final(published),))
    home = published / str(DATE) / "alston_v1.0"
    (path,) = [path for path in home.iterdir() if path.name.endswith(name) and "large" not in path.name]
    damage(path)
    assert said in told(a_calendar(meeting), meeting, published)


def test_a_pack_that_was_swapped_whole_is_not_what_was_made_final(published):
    meeting = a_meeting((write_final(published.with_name("other"), content=b"other"),))
    write_final(published)
    assert "other files than those that were made final" in told(a_calendar(meeting), meeting, published)


@pytest.mark.parametrize("change", [{"status": "draft"}, {"version": "0.9"}, {"slug": "brough"}])
def test_a_record_of_something_else(published, change):
    pack = write_final(published)
    home = published / str(DATE) / "alston_v1.0"
    record = json.loads((home / "pack.json").read_text()) | change
    (home / "pack.json").write_text(json.dumps(record))
    write_sums(home)
    meeting = a_meeting((pack,))
    assert "pack.json is of" in told(a_calendar(meeting), meeting, published)


def test_a_pack_of_part_two_in_the_public_folder_is_refused(published):
    pack = write_final(published, part="confidential")
    meeting = a_meeting((pack,))
    assert "for the confidential part" in told(a_calendar(meeting), meeting, published)


def test_a_file_name_that_leads_elsewhere_is_refused(published):
    pack = write_final(published)
    home = published / str(DATE) / "alston_v1.0"
    record = json.loads((home / "pack.json").read_text())
    record["files"][0]["name"] = "../../../secret.pdf"
    (home / "pack.json").write_text(json.dumps(record))
    write_sums(home)
    meeting = a_meeting((pack,))
    assert "pack.json is damaged" in told(a_calendar(meeting), meeting, published)


def test_finals_that_name_no_pack_of_the_board(published):
    meeting = a_meeting((write_final(published),))
    other = meeting.finals[0].model_copy(update={"packs": {"brough": "0" * 64}})
    meeting = meeting.model_copy(update={"finals": (other,)})
    message = told(a_calendar(meeting), meeting, published)
    assert "alston_meeting or alston" in message
