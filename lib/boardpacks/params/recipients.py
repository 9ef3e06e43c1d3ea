"""Typed models of who gets the papers of which meetings, and how."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from boardpacks.params.agenda import Part
from boardpacks.params.notify import Address, MailServer
from boardpacks.params.values import Model, Slug

ALL_BOARDS = "all"
"""Stands for every board where a list says whose papers it gets."""

HEADER_TEXT = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+$"
"""One line of text without characters that steer what is shown: it may stand in a message's headers."""
HeaderText = Annotated[str, Field(pattern=HEADER_TEXT, max_length=300)]

BASE_ADDRESS = (
    r"^(https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>\"@?#\\]*)?"
    r"|\\\\[^\x00-\x1f<>\"|?*/]+|[A-Za-z]:\\[^\x00-\x1f<>\"|?*/]*|/[^\x00-\x1f<>\"\\]*)$"
)
"""A web address without a login, a folder of a file share (``\\\\server\\share``), of a drive, or of a Unix machine."""
BaseAddress = Annotated[str, Field(pattern=BASE_ADDRESS, max_length=500)]

FileChoice = Literal[
    "pdf",
    "html",
    "edition",
    "edition-page",
    "edition-large-print",
    "large-print",
    "addendum",
    "xlsx",
    "ods",
    "data",
    "facts",
    "changes",
    "zip",
    "calendar",
]
"""What can be attached: files of a pack by their kind, all of them in one zip, and the meeting's calendar entry."""


class Person(Model):
    """Somebody with an e-mail address."""

    name: HeaderText | None = None
    """Shown before the address."""
    address: Address
    """The e-mail address."""


class Recipient(Person):
    """Somebody on a list."""

    large_print: bool = False
    """Whether they get the PDF in large print, in a message of their own."""


class Contact(Person):
    """Whom readers ask."""

    phone: HeaderText | None = None
    """Their telephone number."""


class Links(Model):
    """Where the folders of published packs can be reached."""

    public: BaseAddress | None = None
    """Those of part I."""
    confidential: BaseAddress | None = None
    """Those of part II, which lie in a folder of their own."""

    @model_validator(mode="after")
    def _apart(self) -> Links:
        if self.public is None and self.confidential is None:
            raise ValueError("public, confidential or both; without links leave the key out")
        if self.public == self.confidential:
            raise ValueError("another address for part II: it lies in a folder of its own")
        return self

    def base(self, part: Part) -> str | None:
        """Return where the packs of a part can be reached, if anywhere."""
        return self.public if part == "public" else self.confidential


class DistributionList(Model):
    """People who get the papers of some boards."""

    id: Slug
    """In small letters with hyphens."""
    name: HeaderText
    """What it is called."""
    boards: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Ids of places, system, or all."""
    parts: Annotated[tuple[Part, ...], Field(min_length=1)] = ("public",)
    """The parts of a meeting whose papers they get."""
    to: tuple[Recipient, ...] = ()
    """Who gets them."""
    cc: tuple[Recipient, ...] = ()
    """Who gets a copy."""
    bcc: tuple[Recipient, ...] = ()
    """Who gets a copy that others do not see."""
    attach: tuple[FileChoice, ...] = ()
    """What is attached."""
    link: Links | None = None
    """What is not attached is linked, where there is a link."""

    @model_validator(mode="after")
    def _can_be_sent(self) -> DistributionList:
        if not self.recipients:
            raise ValueError("an address at least, under to, cc or bcc")
        addresses = [recipient.address.casefold() for recipient in self.recipients]
        twice = next((each for each in addresses if addresses.count(each) > 1), None)
        if twice is not None:
            raise ValueError(f"each address once in a list; {twice} stands there more than once")
        for part in self.parts:
            if not self.attach and (self.link is None or self.link.base(part) is None):
                raise ValueError(f"attach, or link.{part}: without either they would get nothing")
        return self

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Everybody on the list."""
        return (*self.to, *self.cc, *self.bcc)

    def gets(self, place: str, part: Part) -> bool:
        """Whether the list gets a part of the papers of a place's board."""
        return part in self.parts and (place in self.boards or ALL_BOARDS in self.boards)


class Circulation(Model):
    """Who gets the papers of meetings, and how (``params/circulation.yml``, which may be missing)."""

    sender: Person
    """Who messages are from."""
    contact: Contact | None = None
    """Whom readers ask; the sender where it is left out."""
    megabytes: Annotated[float, Field(gt=0, le=1000)] = 20.0
    """How large the files attached to one message may be together, in millions of bytes."""
    smtp: MailServer | None = None
    """The mail server; without it messages are only written, as drafts."""
    lists: Annotated[tuple[DistributionList, ...], Field(min_length=1)]
    """Who gets what."""

    @property
    def asked(self) -> Contact:
        """Whom readers ask: the sender, unless somebody else is named."""
        return self.contact or Contact(name=self.sender.name, address=self.sender.address)
