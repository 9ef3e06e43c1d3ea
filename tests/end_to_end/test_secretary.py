"""A meeting's papers from the form to a late correction, as a secretary makes them: every step by its command."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from boardpacks.circulation.sending_record import read_record
from boardpacks.packs.check.check_confidential import document_text
from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_pdf, pdf_faults
from boardpacks.packs.files.pack_record import read_sound_pack
from boardpacks.params.calendars import Meeting
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project
from tests.end_to_end import secretary
from tests.end_to_end.secretary import HELD, NOTE, REASON, Walk, walk_cycle
from tests.end_to_end.short import short_project

pytestmark = pytest.mark.end_to_end

WATERMARK = "DRAFT"
OWN_PDFS = (
    ("draft", "havering", "_DRAFT"),
    ("draft", "havering", "_DRAFT_board-edition"),
    ("draft", "havering", "_DRAFT_large-print"),
    ("draft", "havering", "_board-edition_large-print"),
    ("second draft", "havering", "v0.2_DRAFT"),
    ("final", "havering_v1.0", "_v1.0"),
    ("final", "havering_v1.0", "_v1.0_board-edition"),
    ("final", "havering_v1.0", "_v1.0_large-print"),
    ("final", "havering_v1.0", "_board-edition_large-print"),
    ("correction", "havering", "v1.1_DRAFT"),
    ("correction", "havering", "_addendum"),
    ("final again", "havering_v1.1", "_v1.1"),
    ("final again", "havering_v1.1", "_v1.1_large-print"),
    ("final again", "havering_v1.1", "_board-edition_large-print"),
    ("final again", "havering_v1.1", "_addendum"),
)
MERGED_PDFS = (
    ("draft", "havering_meeting", "_DRAFT"),
    ("final", "havering_meeting_v1.0", "_v1.0"),
    ("correction", "havering_meeting", "meeting-pack_v1.1_DRAFT"),
    ("correction", "havering_meeting", "late-papers_v1.1_DRAFT"),
    ("final again", "havering_meeting_v1.1", "meeting-pack_v1.1"),
    ("final again", "havering_meeting_v1.1", "late-papers_v1.1"),
)
"""Every PDF met on the way, by step, folder and how its name ends."""


@pytest.fixture(scope="module")
def walk(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The whole way, walked once."""
    root = tmp_path_factory.mktemp("secretary")
    project = short_project(project_copy, root / "project", *secretary.LEFT_OUT)
    (project.params / "chapters.yml").write_text(secretary.CHAPTERS, encoding="utf-8")
    (project.params / "meetings" / "havering.yml").write_text(secretary.CALENDAR, encoding="utf-8")
    (project.params / "circulation.yml").write_text(secretary.CIRCULATION, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        patch.setenv("COLUMNS", "120")
        patch.setenv("NO_COLOR", "1")
        yield walk_cycle(project, root / "kept")


def pages(pdf: Path) -> list[str]:
    """Return the words of each page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [opened[number].get_textpage().get_text_bounded() for number in range(len(opened))]


def words(pdf: Path) -> str:
    return " ".join(document_text(pdf).split())


def meeting(walk: Walk) -> Meeting:
    return load_params(walk.project.params).calendars["havering"].meetings[0]


def message(walk: Walk, version: str, name: str) -> EmailMessage:
    raw = (walk.outbox / f"{HELD}_havering_v{version}" / f"{name}.eml").read_bytes()
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def text(parsed: EmailMessage) -> str:
    body = parsed.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def attached(parsed: EmailMessage) -> dict[str, bytes]:
    found = {}
    for part in parsed.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[str(part.get_filename())] = content
    return found


def published_sums(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_the_form_says_what_is_to_follow(walk: Walk) -> None:
    first, second = walk.said["read"], walk.said["second read"]
    assert "Still to follow: Sponsor, Previously considered by, Conflicts of interest, " in first
    assert "    now  16:30\n" in first
    assert "Nothing is to follow any more." in second
    assert "# the winter meeting" in walk.calendar.read_text(encoding="utf-8")


def test_a_draft_says_so_on_every_page_of_every_pdf(walk: Walk) -> None:
    for step, pack, ending in (*OWN_PDFS, *MERGED_PDFS):
        pdf = walk.pdf(step, pack, ending)
        is_draft = step in {"draft", "second draft", "correction"}
        assert ("_DRAFT" in pdf.name) == is_draft
        marked = [WATERMARK in page for page in pages(pdf)]
        assert marked == [is_draft] * len(marked), f"{step}: {pdf.name}"


def test_what_was_left_empty_is_to_follow(walk: Walk) -> None:
    draft, second = (words(walk.pdf(step, "havering", "_DRAFT")) for step in ("draft", "second draft"))
    assert "Sponsor To follow" in draft
    assert "To follow" not in second
    assert "Sponsor B. Sponsor, Place Director" in second
    assert "Conflicts of interest None" in second


def test_the_summary_quotes_the_packs_own_figure(walk: Walk) -> None:
    assert re.search(
        r"In Havering, \d+\.\d% of adults smoke\.", words(walk.pdf("draft", "havering", "_DRAFT"))
    )


def test_nothing_unfit_is_made_final(walk: Walk) -> None:
    assert "example" in walk.said["example refused"]
    refused = walk.said["draft refused"]
    assert "to follow: Sponsor, Previously considered by, Conflicts of interest, " in refused
    unread = walk.said["unread refused"]
    assert "The draft on the shelf is not what would be made final" in unread
    assert "Havering: changed: meeting and front sheet" in unread
    assert not list(walk.folder("draft refused", "").glob("*_v*"))


def test_a_reviewers_note_stays(walk: Walk) -> None:
    for step in ("second draft", "final", "correction", "final again"):
        (note,) = walk.folder(step, "havering").glob("*.txt")
        assert note.read_text(encoding="utf-8") == NOTE


def test_final_editions_are_registered_and_never_change(walk: Walk) -> None:
    held = meeting(walk)
    assert [(final.version, str(final.date)) for final in held.finals] == [
        ("1.0", "2026-12-01"),
        ("1.1", "2026-12-03"),
    ]
    for final in held.finals:
        for slug, digest in final.packs.items():
            assert (
                read_sound_pack(walk.project.published / HELD / f"{slug}_v{final.version}").digest == digest
            )
    assert {*held.finals[0].packs} == {*held.finals[1].packs} == {"havering", "havering_meeting"}
    for pack in ("havering_v1.0", "havering_meeting_v1.0"):
        then, now = (
            {path.name: path.read_bytes() for path in walk.folder(step, pack).iterdir()}
            for step in ("final", "verified")
        )
        assert then == now
    assert "up to date as final 1.0" in walk.said["final built again"]


def test_a_draft_goes_to_nobody(walk: Walk) -> None:
    for step in ("draft not circulated", "correction not circulated"):
        assert "a draft is never circulated" in walk.said[step]
    assert sorted(path.name for path in walk.outbox.iterdir()) == [
        f"{HELD}_havering_v1.0",
        f"{HELD}_havering_v1.1",
    ]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_messages_bring_what_was_published(walk: Walk, version: str) -> None:
    shelf = walk.project.published / HELD
    sums = published_sums(shelf / f"havering_v{version}")
    sums |= published_sums(shelf / f"havering_meeting_v{version}")
    members = message(walk, version, "members_part-1")
    assert members["To"] == '"Ann Example, chair" <ann@example.org>'
    files = attached(members)
    calendar = files.pop(f"{HELD}_havering_v{version}_meeting.ics")
    assert b"DTSTART;TZID=Europe/London:20261209T140000" in calendar
    expected = [f"{HELD}_havering_meeting-pack_v{version}.pdf"]
    if version == "1.1":
        expected += [
            f"{HELD}_havering_late-papers_v1.1.pdf",
            f"{HELD}_havering_board-pack_v1.1_addendum.pdf",
        ]
    assert list(files) == expected
    large = attached(message(walk, version, "members_part-1_large-print"))
    assert f"{HELD}_havering_board-pack_v{version}_board-edition_large-print.pdf" in large
    assert f"{HELD}_havering_board-pack_v{version}_large-print.pdf" in large
    for name, content in (files | large).items():
        assert name.endswith(".ics") or hashlib.sha256(content).hexdigest() == sums[name]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_links_lead_to_what_was_published(walk: Walk, version: str) -> None:
    public = message(walk, version, "public-interest_part-1")
    assert (public["To"], public["Bcc"]) == ("undisclosed-recipients:;", "reader@example.org")
    assert attached(public) == {}
    linked = re.findall(r"https://papers\.example\.org/packs/(\S+)", text(public))
    assert len(linked) == {"1.0": 9, "1.1": 11}[version]
    for address in linked:
        assert (walk.project.published / address).is_file()


def test_archive_calendar_and_record_lie_beside_the_messages(walk: Walk) -> None:
    for version in ("1.0", "1.1"):
        folder = walk.outbox / f"{HELD}_havering_v{version}"
        with zipfile.ZipFile(folder / f"{folder.name}.zip") as archive:
            (sums,) = [name for name in archive.namelist() if name.endswith("SHA256SUMS")]
            lines = archive.read(sums).decode().splitlines()
            home = sums.removesuffix("SHA256SUMS")
            for digest, name in (line.split("  ") for line in lines):
                assert hashlib.sha256(archive.read(home + name)).hexdigest() == digest
        assert b"BEGIN:VCALENDAR" in (folder / f"{folder.name}_papers-due.ics").read_bytes()
        entries = read_record(folder)
        assert [entry.event for entry in entries] == ["prepared"] * 3
        assert {entry.version for entry in entries} == {version}
        assert all((folder / entry.draft).is_file() for entry in entries)


def test_a_paper_that_is_missing_stops_the_meeting_pack_only(walk: Walk) -> None:
    said = walk.said["late paper missing"]
    assert f"reports/papers/{HELD}/havering/Winter plan.pdf: file of agenda item 3" in said
    assert read_sound_pack(walk.folder("late paper missing", "havering")).version == "1.1"
    assert not walk.folder("late paper missing", "havering_meeting").exists()


def test_the_correction_says_what_has_changed(walk: Walk) -> None:
    folder = walk.folder("final again", "havering_v1.1")
    record = read_sound_pack(folder)
    assert (record.corrects, record.reason, str(record.finalised)) == ("1.0", REASON, "2026-12-03")
    for pdf in ("havering_v1.1", "havering_meeting_v1.1"):
        assert "What changed since version 1.0" in words(walk.pdf("final again", pdf, "pack_v1.1"))
    addendum = words(walk.pdf("final again", "havering_v1.1", "_addendum"))
    assert "Version 1.1 replaces version 1.0" in addendum
    assert "Now C. Sponsor, Place Director Before B. Sponsor, Place Director" in addendum
    assert "Now None Before BAF 3, unequal access to care" in addendum
    late = words(walk.pdf("final again", "havering_meeting_v1.1", "late-papers_v1.1"))
    assert "Second part of Winter plan" in late
    assert "Finance report" not in late


def test_the_messages_of_the_correction_say_what_has_changed(walk: Walk) -> None:
    members = message(walk, "1.1", "members_part-1")
    assert str(members["Subject"]).startswith("Corrected: Havering Place Partnership Board, 9 December 2026")
    assert f"This is version 1.1. It puts something right: {REASON}" in text(members)
    assert "It replaces version 1.0 of 1 December 2026." in text(members)
    assert "replaces" not in text(message(walk, "1.0", "members_part-1"))


def test_the_superseded_edition_cannot_be_circulated(walk: Walk) -> None:
    said = walk.said["superseded not circulated"]
    assert "version 1.0, superseded" in said
    assert "the newest edition, which is 1.1" in said


def test_the_library_leads_from_the_superseded_edition_to_the_new_one(walk: Walk) -> None:
    site = walk.project.published / "pages"
    for pack in ("havering", "havering_meeting"):
        earlier = (site / f"{HELD}_{pack}_v1.0.html").read_text(encoding="utf-8")
        assert "superseded" in earlier.lower()
        assert f'href="{HELD}_{pack}.html"' in earlier
        newest = (site / f"{HELD}_{pack}.html").read_text(encoding="utf-8")
        assert f"{HELD}_{pack}_v1.0.html" in newest
        assert "1.1" in newest
    assert check_html(site / f"{HELD}_havering.html") == []


def test_the_corrected_pack_can_be_made_again_to_the_byte(walk: Walk) -> None:
    assert "Rebuilt in a clean folder, all the same" in walk.said["verified"]


@pytest.mark.parametrize(("step", "pack", "ending"), OWN_PDFS)
def test_every_pdf_of_ours_is_accessible(walk: Walk, step: str, pack: str, ending: str) -> None:
    assert check_pdf(walk.pdf(step, pack, ending)) == []


@pytest.mark.parametrize(("step", "pack", "ending"), MERGED_PDFS)
def test_every_merged_pdf_is_accessible(walk: Walk, step: str, pack: str, ending: str) -> None:
    pdf = walk.pdf(step, pack, ending)
    assert pdf_faults(pdf) == []
    with pikepdf.open(pdf) as opened, opened.open_metadata() as metadata:
        assert metadata.get("pdfuaid:part") == "1"
