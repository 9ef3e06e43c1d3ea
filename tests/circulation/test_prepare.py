"""What lies ready after preparing, and the record of it."""

from __future__ import annotations

import csv
import hashlib
import json
import re

import pytest

from boardpacks.circulation.letters import plan_letters
from boardpacks.circulation.prepare import circulation_folder, prepare
from boardpacks.circulation.sending_record import read_record
from boardpacks.circulation.tell import tell_prepared
from boardpacks.project.errors import BoardpacksError
from tests.circulation.made import an_edition, some_settings

WHEN = "2026-12-01T09:30:00Z"


def prepared(edition, published, *lists, when=WHEN, **changes):
    settings = some_settings(*lists, **changes)
    folder = circulation_folder(published, edition)
    return prepare(
        edition,
        plan_letters(edition, settings),
        settings,
        folder,
        when=when,
        command="boardpacks circulate alston",
    )


def contents(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_lies_beside_the_published_packs_and_not_among_them(published):
    edition = an_edition(published, parts=2)
    done = prepared(edition, published, {"parts": ("public", "confidential")})
    assert done.folder == published.parent / "circulation" / "2026-12-09_alston_v1.0"
    assert set(contents(done.folder)) == {
        "members_part-1.eml",
        "members_part-2.eml",
        "2026-12-09_alston_v1.0.zip",
        "2026-12-09_alston_v1.0_part-2.zip",
        "2026-12-09_alston_v1.0_meeting.ics",
        "2026-12-09_alston_v1.0_papers-due.ics",
        "record.jsonl",
        "record.csv",
    }
    for name, digest in done.files.items():
        assert hashlib.sha256((done.folder / name).read_bytes()).hexdigest() == digest


def test_the_record_says_what_was_prepared_for_whom(published):
    edition = an_edition(published)
    done = prepared(
        edition, published, {"bcc": ({"address": "di@example.org"},), "link": {"public": "https://x.org"}}
    )
    (line,) = (done.folder / "record.jsonl").read_text().splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["when"], entry["version"]) == ("prepared", WHEN, "1.0")
    assert entry["command"] == "boardpacks circulate alston"
    assert (entry["to"], entry["bcc"]) == (["Ann <ann@example.org>", "ben@example.org"], ["di@example.org"])
    pdf, *linked = entry["files"]
    assert pdf["sha256"] == hashlib.sha256(b"alston pdf 1.0").hexdigest()
    assert pdf["address"] is None
    assert all(each["address"].startswith("https://x.org/2026-12-09/") for each in linked)
    assert entry["draft_sha256"] == done.files["members_part-1.eml"]
    (row,) = csv.DictReader((done.folder / "record.csv").read_text("utf-8-sig").splitlines())
    assert row["List"] == "Members"
    assert row["To"] == "Ann <ann@example.org>; ben@example.org"
    assert pdf["sha256"] in row["Files"]


def test_a_second_run_changes_nothing(published):
    edition = an_edition(published)
    first = prepared(edition, published)
    before = contents(first.folder)
    second = prepared(edition, published, when="2026-12-02T10:00:00Z")
    assert contents(first.folder) == before
    assert (second.new, second.withdrawn) == ((), ())
    assert any("Nothing new" in line for line in tell_prepared(second))


def test_a_changed_list_is_added_to_the_record(published):
    edition = an_edition(published)
    first = prepared(edition, published)
    before = (first.folder / "record.jsonl").read_bytes()
    to = ({"address": "ann@example.org"}, {"address": "new@example.org"})
    second = prepared(edition, published, {"to": to}, when="2026-12-02T10:00:00Z")
    assert second.new == ("members_part-1.eml",)
    after = (first.folder / "record.jsonl").read_bytes()
    assert after.startswith(before)
    assert [entry.to for entry in read_record(first.folder)] == [
        ("Ann <ann@example.org>", "ben@example.org"),
        ("ann@example.org", "new@example.org"),
    ]


def test_a_draft_that_no_list_asks_for_is_withdrawn(published):
    edition = an_edition(published)
    first = prepared(edition, published, {}, {"id": "others", "name": "Others"})
    (first.folder / "note to myself.eml").write_text("mine")
    second = prepared(edition, published)
    assert second.withdrawn == ("others_part-1.eml",)
    assert not (first.folder / "others_part-1.eml").exists()
    assert (first.folder / "note to myself.eml").exists()
    assert [entry.event for entry in read_record(first.folder)] == ["prepared", "prepared", "withdrawn"]
    assert any("others_part-1.eml" in line for line in tell_prepared(second))


def test_a_draft_that_was_deleted_or_changed_is_written_again(published):
    edition = an_edition(published)
    first = prepared(edition, published)
    before = contents(first.folder)["members_part-1.eml"]
    (first.folder / "members_part-1.eml").write_text("other")
    assert prepared(edition, published).new == ("members_part-1.eml",)
    assert contents(first.folder)["members_part-1.eml"] == before


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", " =1+1"])
def test_no_cell_of_the_table_is_a_formula(published, name):
    edition = an_edition(published, board=name)
    to = ({"address": "ben@example.org"}, {"name": name, "address": "-ann@example.org"})
    done = prepared(edition, published, {"name": name, "to": to})
    rows = list(csv.reader((done.folder / "record.csv").read_text("utf-8-sig").splitlines()))
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@\t\r]", cell)]
    assert any(name.strip() in cell for cell in rows[1])
    assert not [part for cell in rows[1] for part in cell.split(";") if re.match(r"\s*[=+\-@]", part)]


def test_no_name_leads_out_of_the_folder(published):
    edition = an_edition(published, board="../../evil")
    done = prepared(edition, published, {"name": "../../evil"})
    names = {path.name for path in published.parent.parent.rglob("*")}
    assert not [name for name in names if "evil" in name]
    assert {path.parent for path in done.folder.rglob("*")} == {done.folder}
    with pytest.raises(ValueError, match="id"):
        some_settings({"id": "../evil"})


def test_a_damaged_record_stops_it(published):
    edition = an_edition(published)
    done = prepared(edition, published)
    with (done.folder / "record.jsonl").open("a") as file:
        file.write('{"event": "pre')
    with pytest.raises(BoardpacksError, match="line 2: the record is damaged"):
        prepared(edition, published)


def test_says_what_lies_ready(published):
    edition = an_edition(published, parts=2)
    bcc = ({"address": "di@example.org"},)
    lines = list(
        tell_prepared(prepared(edition, published, {"parts": ("public", "confidential"), "bcc": bcc}))
    )
    text = "\n".join(lines)
    assert lines[0] == "Alston Board, 9 December 2026: version 1.0, final"
    assert "Members, part II, confidential" in text
    assert "2 addresses, 1 blind copy" in text
    assert "1 file attached (1 kB)" in text
    assert "members_part-2.eml" in text
