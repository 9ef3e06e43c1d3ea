"""Composes a message to the byte: headers that nothing can break out of, text, HTML and attachments."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from email.header import Header
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime

from boardpacks.circulation.cover_note import CoverNote, cover_html, cover_text
from boardpacks.circulation.letters import Letter
from boardpacks.circulation.safe_text import one_line
from boardpacks.params.recipients import Circulation, Person

LONGEST = 76
"""Characters of a header's line."""

_LONGEST_NAME = "Reply-To: "
"""Room for the longest name of a header that holds addresses."""
_NOBODY_NAMED = "undisclosed-recipients:;"


def draft(letter: Letter, cover: CoverNote) -> bytes:
    """Return the message as a file that mail programs open as a draft, with everybody it is for."""
    noon = dt.datetime.combine(letter.edition.final.date, dt.time(12), dt.UTC)
    return _message(letter, cover, noon, [("X-Unsent", "1"), *_addressed("Bcc", letter.bcc)])


def ready_to_send(letter: Letter, cover: CoverNote, now: dt.datetime) -> bytes:
    """Return the message as it goes out: dated, and without any trace of those who get a blind copy."""
    return _message(letter, cover, now, [])


def _message(letter: Letter, cover: CoverNote, date: dt.datetime, more: Iterable[tuple[str, str]]) -> bytes:
    to = _addressed("To", letter.to) or [("To", _NOBODY_NAMED)]
    headers = [
        *_addressed("From", [letter.settings.sender]),
        *_addressed("Reply-To", _answered(letter.settings)),
        *to,
        *_addressed("Cc", letter.cc),
        *more,
        ("Subject", _unstructured(cover.subject, "Subject")),
        ("Date", format_datetime(date)),
        ("Message-ID", letter.message_id),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return head.encode("ascii") + _content(letter, cover)


def _answered(settings: Circulation) -> list[Person]:
    """Return who gets the answers, where that is not the sender."""
    return [settings.asked] if settings.asked.address != settings.sender.address else []


def _addressed(name: str, people: Sequence[Person]) -> list[tuple[str, str]]:
    """Return a header of addresses, one on each line; none where there is nobody."""
    return [(name, ",\r\n ".join(_mailbox(each) for each in people))] if people else []


def _mailbox(who: Person) -> str:
    name = one_line(who.name or "")
    if not name:
        return who.address
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    shown = f'"{_folded(quoted, len(_LONGEST_NAME))}"' if _is_plain(name) else _encoded(name, _LONGEST_NAME)
    return f"{shown}\r\n <{who.address}>"


def _unstructured(text: str, header: str) -> str:
    text = one_line(text)
    return _folded(text, len(header) + 2) if _is_plain(text) else _encoded(text, header)


def _is_plain(text: str) -> bool:
    """Whether it is ASCII that can be folded between its words, and nothing in it looks as if it were encoded."""
    return text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) < LONGEST // 2


def _folded(text: str, used: int = 0) -> str:
    """Return a text folded between its words; `used` characters of its first line are taken."""
    rows, room = [""], LONGEST - used
    for word in text.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > room:
            rows.append("")
            room = LONGEST
        rows[-1] += f" {word}" if rows[-1] else word
    return "\r\n ".join(rows)


def _encoded(text: str, header: str) -> str:
    """Return a text as encoded words of RFC 2047, folded; they hold letters, digits and a few signs only."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return Header(text, "utf-8", maxlinelen=LONGEST, header_name=header).encode(linesep="\r\n")


def _content(letter: Letter, cover: CoverNote) -> bytes:
    """Return the content with its own headers; the boundaries between parts are derived, not random."""
    mark = hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]
    words = MIMEPart(SMTP)
    words.make_alternative(boundary=f"=_words_{mark}")
    words.attach(_text(cover_text(cover), "plain"))
    words.attach(_text(cover_html(cover), "html"))
    if not letter.attached:
        words["MIME-Version"] = "1.0"
        return words.as_bytes()
    whole = MIMEPart(SMTP)
    whole["MIME-Version"] = "1.0"
    whole.make_mixed(boundary=f"=_files_{mark}")
    whole.attach(words)
    for file in letter.attached:
        maintype, _, subtype = file.media_type.partition("/")
        part = MIMEPart(SMTP)
        part.set_content(
            file.content, maintype=maintype, subtype=subtype, filename=file.name, params=_params(maintype)
        )
        whole.attach(part)
    return whole.as_bytes()


def _text(text: str, subtype: str) -> MIMEPart:
    part = MIMEPart(SMTP)
    part.set_content(text, subtype=subtype, charset="utf-8", cte="quoted-printable")
    return part


def _params(maintype: str) -> dict[str, str]:
    return {"charset": "utf-8"} if maintype == "text" else {}
