"""Finds who got an earlier edition and gets nothing of the new one: they would go on using the old papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from boardpacks.circulation.final_edition import FinalEdition
from boardpacks.circulation.letters import Letter
from boardpacks.circulation.sending_record import SendingEntry, read_record


def left_out(edition: FinalEdition, letters: Iterable[Letter], folder: Path) -> tuple[str, ...]:
    """Return the addresses, each with its version, that the records of earlier editions have and this one has not.

    Parameters
    ----------
    folder
        Where the edition's own circulation lies; those of earlier editions lie beside it.
    """
    now = {(letter.part, address.casefold()) for letter in letters for address in letter.addresses}
    missed: dict[str, str] = {}
    for final in edition.meeting.finals[:-1]:
        earlier = folder.with_name(
            f"{edition.meeting.date.isoformat()}_{edition.calendar.place}_v{final.version}"
        )
        for entry in _went_out(read_record(earlier)):
            for address in map(_address, (*entry.to, *entry.cc, *entry.bcc)):
                if (entry.part, address.casefold()) not in now:
                    missed[address] = f"{address} (version {final.version})"
    return tuple(missed.values())


def _went_out(entries: Iterable[SendingEntry]) -> Iterator[SendingEntry]:
    """Yield the last entry of each message, but for those that were withdrawn before we sent them."""
    messages: dict[str, list[SendingEntry]] = {}
    for entry in entries:
        messages.setdefault(entry.message_id, []).append(entry)
    for told in messages.values():
        if told[-1].event != "withdrawn" or any(entry.reached for entry in told):
            yield told[-1]


def _address(person: str) -> str:
    return person.rpartition("<")[2].removesuffix(">")
