"""Messages as an independent reader takes them apart, with the worst names that somebody could write."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import hashlib
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.circulation.compose_message import draft, ready_to_send
from boardpacks.circulation.cover_note import word_cover
from boardpacks.circulation.letters import plan_letters
from boardpacks.circulation.safe_text import one_line
from boardpacks.params.recipients import Contact, Person, Recipient
from tests.circulation.made import an_edition, some_settings

LONG = "Board of " + "Llanfairpwllgwyngyll " * 13 + "and so on here"
RTL = "מועצת הבריאות של צפון"
EMOJI = "Board 👩🏽‍⚕️ of health 🎉"
HOSTILE = (
    "Board\r\nBcc: thief@example.org",
    "Board\nX-Evil: 1\n\n<script>alert(1)</script>",
    "Board\u2028Bcc: thief@example.org",
    "Board\x0bSubject: other\x00\x1b[31m",
    "=?utf-8?q?Board=0D=0ABcc=3A_thief=40example.org?=",
    'A "quoted", <name@evil.org>; (comment) \\',
    "\u202eevil\u202c",
    LONG,
    "x" * 300,
    "é" * 300,
    RTL,
    EMOJI,
    "../../etc/passwd",
    '=cmd|"/C calc"!A0',
)


def parsed(raw: bytes) -> Any:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def letter_of(published: Path, *, board: str = "Alston Board", parts: int = 1, changes=None, **meeting):
    edition = an_edition(published, board=board, parts=parts, **meeting)
    return plan_letters(edition, some_settings(changes or {}))[-1]


def mailboxes(raw: bytes, header: str) -> list[tuple[str, str]]:
    """Return names and addresses by the older reader: the newer one of Python 3.11 splits long encoded names."""
    unfolded = email.message_from_bytes(raw, policy=email.policy.compat32)[header].replace("\r\n", "")
    pairs = getaddresses([unfolded])
    return [(str(make_header(decode_header(name))), address) for name, address in pairs]


def headers(raw: bytes) -> list[str]:
    return [line for line in raw.split(b"\r\n\r\n")[0].decode("ascii").split("\r\n") if line[0] != " "]


def test_a_draft_is_what_the_list_says(published):
    people = {"cc": ({"name": "Cy", "address": "cy@example.org"},), "bcc": ({"address": "di@example.org"},)}
    letter = letter_of(published, changes={**people, "attach": ("pdf", "xlsx", "calendar", "zip")})
    message = parsed(draft(letter, word_cover(letter)))
    assert message["X-Unsent"] == "1"
    assert message["From"] == "Secretariat <packs@example.org>"
    assert message["To"] == "Ann <ann@example.org>, ben@example.org"
    assert (message["Cc"], message["Bcc"]) == ("Cy <cy@example.org>", "di@example.org")
    assert message["Subject"] == "Alston Board, 9 December 2026: papers, version 1.0"
    assert message["Message-ID"] == letter.message_id
    attached = {part.get_filename(): part for part in message.iter_attachments()}
    assert [name.rpartition("_v1.0")[2] for name in attached] == [
        ".pdf",
        "_data.xlsx",
        ".zip",
        "_meeting.ics",
    ]
    for file in letter.attached:
        part = attached[file.name]
        assert part.get_content_type() == file.media_type
        assert hashlib.sha256(part.get_payload(decode=True)).hexdigest() == file.sha256


def test_answers_go_to_whom_readers_ask(published):
    edition = an_edition(published)
    contact = {"name": "Jo, secretary", "address": "jo@example.org"}
    (letter,) = plan_letters(edition, some_settings(contact=contact))
    message = parsed(draft(letter, word_cover(letter)))
    (found,) = message["Reply-To"].addresses
    assert (found.display_name, found.addr_spec) == ("Jo, secretary", "jo@example.org")
    (letter,) = plan_letters(edition, some_settings())
    assert parsed(draft(letter, word_cover(letter)))["Reply-To"] is None


def test_what_goes_out_has_no_trace_of_blind_copies(published):
    letter = letter_of(
        published, changes={"to": (), "bcc": ({"name": "Di Secret", "address": "di@example.org"},)}
    )
    now = dt.datetime(2026, 12, 2, 9, 30, tzinfo=dt.UTC)
    raw = ready_to_send(letter, word_cover(letter), now)
    message = parsed(raw)
    assert b"di@example.org" not in raw
    assert b"Di Secret" not in raw
    assert message["Bcc"] is None
    assert message["X-Unsent"] is None
    assert message["To"].groups[0].display_name == "undisclosed-recipients"
    assert message["Date"].datetime == now


def test_the_same_edition_gives_the_same_bytes(published, tmp_path):
    made = []
    for folder in (published, tmp_path / "again" / "published"):
        letter = letter_of(folder, changes={"attach": ("pdf", "zip", "calendar")})
        made.append(draft(letter, word_cover(letter)))
    assert made[0] == made[1]
    assert parsed(made[0])["Date"].datetime == dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def test_ascii_only_and_no_line_too_long(published):
    letter = letter_of(
        published, board=LONG[:270] + EMOJI, changes={"to": ({"name": RTL * 6, "address": "a@b.org"},)}
    )
    raw = draft(letter, word_cover(letter))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_board_name_or_title_adds_a_header(published, name):
    plain = letter_of(published.with_name("plain"))
    letter = letter_of(published, board=name, venue=name)
    raw = draft(letter, word_cover(letter))
    message = parsed(raw)
    assert message.keys() == parsed(draft(plain, word_cover(plain))).keys()
    assert [line.partition(":")[0] for line in headers(raw)][:6] == [
        "From", "To", "X-Unsent", "Subject", "Date", "Message-ID",
    ]  # fmt: skip
    assert message["Subject"] == f"{one_line(name)}, 9 December 2026: papers, version 1.0"
    assert message["To"] == "Ann <ann@example.org>, ben@example.org"
    html = message.get_body(("html",)).get_content()
    assert "<script" not in html
    assert "\u202e" not in html


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_display_name_adds_a_header_or_an_address(published, name):
    letter = letter_of(published)
    members = letter.to_list.model_copy(
        update={"to": (Recipient.model_construct(name=name, address="ann@example.org", large_print=False),)}
    )
    sender = Person.model_construct(name=name, address="packs@example.org")
    changed = {"sender": sender, "contact": Contact(address="packs@example.org")}
    letter = replace(letter, to_list=members, settings=letter.settings.model_copy(update=changed))
    raw = draft(letter, word_cover(letter))
    message = parsed(raw)
    for header, address in (("From", "packs@example.org"), ("To", "ann@example.org")):
        assert mailboxes(raw, header) == [(one_line(name), address)]
        assert [each.addr_spec for each in message[header].addresses] == [address]
    assert message["Bcc"] is None


@pytest.fixture(scope="module")
def a_letter(tmp_path_factory):
    return letter_of(tmp_path_factory.mktemp("reports") / "published")


@given(name=st.text(min_size=1, max_size=300), other=st.text(max_size=40))
def test_any_name_is_read_back_as_it_was(a_letter, name, other):
    people = tuple(
        Recipient.model_construct(name=words, address=address, large_print=False)
        for words, address in ((name, "ann@example.org"), (other, "ben@example.org"))
    )
    letter = replace(a_letter, to_list=a_letter.to_list.model_copy(update={"to": people}))
    cover = replace(word_cover(letter), subject=f"Papers {name} {other}")
    raw = draft(letter, cover)
    message = parsed(raw)
    assert message["Subject"] == one_line(cover.subject)
    assert [each.addr_spec for each in message["To"].addresses] == ["ann@example.org", "ben@example.org"]
    assert mailboxes(raw, "To") == [(one_line(name), "ann@example.org"), (one_line(other), "ben@example.org")]


@pytest.mark.parametrize(
    "name", [name for name in HOSTILE if any(ord(c) < 32 or c in "\u2028\u202e" for c in name)]
)
def test_params_refuse_names_that_steer(name):
    with pytest.raises(ValueError, match="name"):
        some_settings({"to": ({"name": name, "address": "a@b.org"},)})
    with pytest.raises(ValueError, match="name"):
        some_settings({"name": name})


@pytest.mark.parametrize(
    "address", ["a@b.org\r\nBcc: c@d.org", "a@b.org, c@d.org", "A <a@b.org>", "a@b.org\n", "../a"]
)
def test_params_refuse_addresses_that_are_more(address):
    with pytest.raises(ValueError, match="address"):
        some_settings({"to": ({"address": address},)})
