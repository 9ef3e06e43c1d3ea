"""Composes a message: headers that nothing can break out of, text, HTML and attachments, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from email.header import Header
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from boardpacks.circulation.cover_note import CoverNote, cover_html, cover_text
from boardpacks.circulation.letters import Letter
from boardpacks.circulation.safe_text import one_line
from boardpacks.params.recipients import Person

LONGEST = 76
"""Characters of a header's line."""

_NOBODY_NAMED = "undisclosed-recipients:;"


def draft(letter: Letter, cover: CoverNote) -> bytes:
    """Return the message as a file that mail programs open as a draft, with everybody it is for."""
    noon = dt.datetime.combine(letter.edition.final.date, dt.time(12), dt.UTC)
    return _message(letter, cover, noon, {"X-Unsent": "1", "Bcc": _mailboxes(letter.bcc)})


def ready_to_send(letter: Letter, cover: CoverNote, now: dt.datetime) -> bytes:
    """Return the message as it goes out: dated, and without any trace of those who get a blind copy."""
    return _message(letter, cover, now, {})


def _message(letter: Letter, cover: CoverNote, date: dt.datetime, more: dict[str, str]) -> bytes:
    settings = letter.settings
    answered = [settings.asked] if settings.asked.address != settings.sender.address else []
    headers = {
        "From": _mailboxes([settings.sender]),
        "Reply-To": _mailboxes(answered),
        "To": _mailboxes(letter.to) or _NOBODY_NAMED,
        "Cc": _mailboxes(letter.cc),
        **more,
        "Subject": _text(one_line(cover.subject)),
        "Date": format_datetime(date),
        "Message-ID": letter.message_id,
        "MIME-Version": "1.0",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    return head.encode("ascii") + _content(letter, cover).as_bytes()


def _mailboxes(people: Sequence[Person]) -> str:
    """Return people's names and addresses, one on each line."""
    return ",\r\n ".join(_mailbox(one_line(who.name or ""), who.address) for who in people)


def _mailbox(name: str, address: str) -> str:
    if _is_plain(name):
        return _folded(formataddr((name, address)))
    return f"{_folded(name, 'utf-8')}\r\n <{address}>"


def _text(text: str) -> str:
    return _folded(text, "us-ascii" if _is_plain(text) else "utf-8")


def _is_plain(text: str) -> bool:
    """Whether it is ASCII that can be folded between its words, and nothing in it looks as if it were encoded."""
    return text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) < LONGEST // 2


def _folded(text: str, charset: str = "us-ascii") -> str:
    """Return a text as a header's value: folded, and encoded as RFC 2047 has it unless it is ASCII.

    EmailMessage would do that too, but in Python 3.11 it decodes what looks encoded, so that a name can add a header,
    and puts spaces into long names.
    """
    return Header(text, charset, maxlinelen=LONGEST, header_name="Reply-To").encode(linesep="\r\n")


def _content(letter: Letter, cover: CoverNote) -> MIMEPart:
    """Return the content with its own headers; the boundaries between parts are derived, not random."""
    mark = hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]
    content = MIMEPart(SMTP)
    content.make_alternative(boundary=f"=_words_{mark}")
    for text, subtype in ((cover_text(cover), "plain"), (cover_html(cover), "html")):
        content.add_alternative(text, subtype=subtype, cte="quoted-printable")
    if letter.attached:
        content.make_mixed(boundary=f"=_files_{mark}")
    for file in letter.attached:
        kind, _, subtype = file.media_type.partition("/")
        params = {"charset": "utf-8"} if kind == "text" else {}
        content.add_attachment(file.content, kind, subtype, filename=file.name, params=params)
    return content
