"""What a message says, part by part."""

from __future__ import annotations

import re

import pytest

from boardpacks.circulation.cover_note import Paragraph, cover_html, cover_text, word_cover
from boardpacks.circulation.final_edition import find_edition
from boardpacks.circulation.letters import plan_letters
from tests.circulation.made import (
    a_calendar,
    a_meeting,
    a_moved_edition,
    an_edition,
    some_settings,
    write_final,
)

BOTH = {"parts": ("public", "confidential"), "attach": ("pdf", "calendar")}


def covers(edition, changes=None, **settings):
    return [word_cover(letter) for letter in plan_letters(edition, some_settings(changes or {}, **settings))]


def test_says_what_when_where_and_whom_to_ask(published):
    contact = {"name": "Jo", "address": "jo@example.org", "phone": "020 7946 0000"}
    (cover,) = covers(an_edition(published), {"attach": ("pdf", "calendar")}, contact=contact)
    for text in (cover_text(cover), cover_html(cover)):
        for words in (
            "Wednesday 9 December 2026",
            "14:00 to 16:00",
            "Town Hall, Room 2",
            "1.0, final, of 1 December 2026",
            "Alston board pack: PDF, 12 pages",
            "2026-12-09_alston_v1.0_meeting.ics",
            "jo@example.org",
            "020 7946 0000",
        ):
            assert words in text
        assert "Confidential" not in text
        assert "Corrected" not in text


def test_what_is_not_known_is_to_be_confirmed(published):
    (cover,) = covers(an_edition(published, starts=None, ends=None, venue=None))
    assert dict(cover.rows)["Time"] == dict(cover.rows)["Venue"] == "To be confirmed"


def test_part_two_is_marked_and_nothing_of_it_is_in_part_one(published):
    agenda = (
        {"item": "1", "title": "Welcome", "purpose": "information"},
        {"item": "9", "title": "A dismissal", "part": "confidential"},
    )
    sheet = {"part": "confidential", "purpose": "decision", "recommendation": "Dismiss the director."}
    edition = an_edition(published, parts=2, agenda=agenda, front_sheet=sheet)
    public, private = covers(edition, BOTH)
    assert "Confidential." in cover_text(private)
    assert private.subject == "Alston Board, 9 December 2026: confidential papers (part II), version 1.0"
    assert "Dismiss the director." in cover_text(private)
    assert private.agenda == ("9. A dismissal",)
    assert public.agenda == ("1. Welcome (for information)",)
    for text in (cover_text(public), cover_html(public)):
        assert not re.search("dismiss|part.?(ii|2)|confidential", text, re.IGNORECASE)


def test_a_correction_says_what_changed_and_what_it_replaces(published):
    first = write_final(published)
    second = write_final(published, version="1.1", corrects="1.0", reason="Page 3 was of 2022.")
    meeting = a_meeting((first,), (second,))
    (cover,) = covers(find_edition(a_calendar(meeting), meeting, published))
    assert cover.subject == "Corrected: Alston Board, 9 December 2026: papers, version 1.1"
    text = cover_text(cover)
    assert "This is version 1.1. It puts something right: Page 3 was of 2022." in text
    assert "It replaces version 1.0 of 1 December 2026." in text
    assert "Please use only version 1.1 from now on." in text


def test_a_meeting_that_was_moved_says_for_which_day_it_was_called(published):
    (cover,) = covers(a_moved_edition(published))
    said = "The meeting was called for Wednesday 9 December 2026. It is now on Wednesday 16 December 2026."
    for text in (cover_text(cover), cover_html(cover)):
        assert said in text
        assert "It replaces version 1.0" in text


@pytest.mark.parametrize(
    ("kind", "subject", "said"),
    [
        ("correction", "Corrected: Alston Board", "It puts something right: Page 3."),
        ("addendum", "Added to: Alston Board", "It adds something: Page 3."),
        ("late-paper", "Late paper: Alston Board", "It adds a paper that came late: Page 3."),
    ],
)
def test_every_kind_of_later_edition_has_its_words(published, kind, subject, said):
    first = write_final(published)
    second = write_final(published, version="1.1", corrects="1.0", reason="Page 3.")
    meeting = a_meeting((first,), (second,), corrections=({"kind": kind, "reason": "Page 3."},))
    (cover,) = covers(find_edition(a_calendar(meeting), meeting, published))
    assert cover.subject.startswith(subject)
    assert said in cover_text(cover)


@pytest.mark.parametrize(
    ("recommendation", "asked"),
    [
        ("Note the pack.", [Paragraph("Note the pack.")]),
        (
            "The board is\nasked to:\n\n- **note** it;\n- agree\n  more.\n\nThank you.",
            [
                Paragraph("The board is asked to:", ("note it;", "agree more.")),
                Paragraph("Thank you."),
            ],
        ),
        ("1. Note it.\n2. Act.", [Paragraph("", ("Note it.", "Act."))]),
        ("Note that {fact smoking} smoke.", [Paragraph("The recommendation is on the front sheet.")]),
    ],
)
def test_what_the_board_is_asked(published, recommendation, asked):
    sheet = {"purpose": "assurance", "recommendation": recommendation}
    (cover,) = covers(an_edition(published, front_sheet=sheet))
    assert list(cover.asked) == [Paragraph("For assurance."), *asked]
    assert "{fact" not in cover_html(cover)


def test_nothing_is_asked_where_nobody_wrote_it(published):
    (cover,) = covers(an_edition(published))
    assert "asked" not in cover_text(cover)
    assert "asked" not in cover_html(cover)


def test_scripts_are_text_in_the_page(published):
    evil = '<script>alert("1")</script><img src=x onerror=y>'
    sheet = {"recommendation": evil}
    agenda = ({"item": "1", "title": evil},)
    edition = an_edition(published, board=evil, venue=evil, front_sheet=sheet, agenda=agenda)
    (cover,) = covers(edition, contact={"name": evil, "address": "a@example.org"})
    html = cover_html(cover)
    assert not re.search(r"<(script|img)", html)
    assert html.count("&lt;script&gt;") >= 5
    assert evil in cover_text(cover)


def test_the_page_needs_nothing_from_elsewhere_and_reads_well(published):
    link = {"public": "https://papers.example.org"}
    (cover,) = covers(an_edition(published), {"link": link})
    html = cover_html(cover)
    assert '<html lang="en-GB">' in html
    assert '<th scope="row"' in html
    assert not re.search(r"<(link|img|script|iframe|form)|src=|url\(|@import", html)
    addresses = re.findall(r'href="([^"]*)"', html)
    assert all(each.startswith(("https://papers.example.org/2026-12-09/", "mailto:")) for each in addresses)


def test_a_file_share_is_shown_as_people_know_it(published):
    (cover,) = covers(an_edition(published), {"attach": (), "link": {"public": r"\\files\packs"}})
    assert r"\\files\packs\2026-12-09\alston_v1.0" in cover_html(cover)
    assert r"\\files\packs\2026-12-09\alston_v1.0" in cover_text(cover)


def test_too_large_to_attach_is_said(published):
    link = {"public": "https://papers.example.org"}
    (cover,) = covers(an_edition(published), {"link": link}, megabytes=0.00001)
    assert "too large to attach" in cover_text(cover)
    assert "too large to attach" in cover_html(cover)
    assert "are ready" in cover.opening[0]
