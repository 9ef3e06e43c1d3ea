"""Sends prepared messages, each once: the record knows who has which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from boardpacks.circulation.compose_message import ready_to_send
from boardpacks.circulation.prepare import PreparedLetter, utc
from boardpacks.circulation.sending_record import Delivery, Event, add_entries, delivery, read_record
from boardpacks.params.notify import MailServer
from boardpacks.runs.send_mail import SECONDS, NoServer, NotSent, PerhapsSent, deliver

Outcome = Literal["sent", "has it", "sent in part", "not sent", "perhaps sent", "not tried"]
DONE: tuple[Outcome, ...] = ("sent", "has it")


@dataclass(frozen=True)
class Sending:
    """What sending a message comes to, or would.

    Parameters
    ----------
    prepared
        The message.
    waiting
        Addresses that have not got it.
    reached
        Addresses that have it by the record.
    unsure
        Addresses of which nobody knows: an earlier run broke off while it was sending.
    """

    prepared: PreparedLetter
    waiting: tuple[str, ...]
    reached: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """What came of a message; ``note`` says why where it was not sent."""

    prepared: PreparedLetter
    outcome: Outcome
    note: str = ""


def plan_sending(
    letters: Sequence[PreparedLetter], folder: Path, again: Collection[str] = ()
) -> tuple[Sending, ...]:
    """Return for each message who still has to get it, by the record.

    Parameters
    ----------
    again
        Ids of lists that get everything once more, whatever the record says.
    """
    entries = read_record(folder)
    plans = []
    for each in letters:
        known = delivery(entries, each.letter.message_id)
        if each.letter.to_list.id in again:
            known = Delivery()
        addresses = tuple(dict.fromkeys(each.letter.addresses))
        plans.append(
            Sending(
                each,
                tuple(a for a in addresses if a not in known.reached | known.unsure),
                tuple(a for a in addresses if a in known.reached),
                tuple(a for a in addresses if a in known.unsure),
            )
        )
    return tuple(plans)


def send_letters(
    plans: Sequence[Sending],
    server: MailServer,
    folder: Path,
    *,
    environment: Mapping[str, str],
    now: Callable[[], dt.datetime],
    command: str,
    seconds: float = SECONDS,
) -> tuple[Sent, ...]:
    """Send every message to those who have not got it, and return what came of each.

    Each step is in the record, on the disk, before the next one begins. A message that is refused leaves the others;
    when the server cannot be used at all, the rest is not tried.
    """
    done: list[Sent] = []
    stopped = ""
    for plan in plans:
        if not plan.waiting:
            outcome: Outcome = "perhaps sent" if plan.unsure else "has it"
            done.append(Sent(plan.prepared, outcome, _doubt(plan) if plan.unsure else ""))
        elif stopped:
            done.append(Sent(plan.prepared, "not tried", stopped))
        else:
            sent = _send(plan, server, folder, environment, now, command, seconds)
            done.append(sent)
            stopped = sent.note if sent.outcome == "not tried" else ""
    return tuple(done)


def _send(
    plan: Sending,
    server: MailServer,
    folder: Path,
    environment: Mapping[str, str],
    now: Callable[[], dt.datetime],
    command: str,
    seconds: float,
) -> Sent:
    letter = plan.prepared.letter
    moment = now()

    def note(event: Event, **more: object) -> None:
        update = {"event": event, "when": utc(now()), "command": command, "tried": plan.waiting, **more}
        add_entries(folder, [plan.prepared.entry.model_copy(update=update)])

    note("sending")
    try:
        refused = deliver(
            ready_to_send(letter, plan.prepared.cover, moment),
            server,
            sender=letter.settings.sender.address,
            recipients=plan.waiting,
            environment=environment,
            seconds=seconds,
        )
    except PerhapsSent as error:
        note("perhaps sent", note=str(error))
        return Sent(plan.prepared, "perhaps sent", str(error))
    except NotSent as error:
        note("not sent", note=str(error))
        return Sent(plan.prepared, "not tried" if isinstance(error, NoServer) else "not sent", str(error))
    reached = tuple(address for address in plan.waiting if address not in refused)
    note("sent", reached=reached, refused=refused)
    if refused:
        return Sent(plan.prepared, "sent in part", f"{server.host} refused {', '.join(refused)}")
    return Sent(plan.prepared, "sent", _doubt(plan) if plan.unsure else "")


def _doubt(plan: Sending) -> str:
    return f"an earlier run broke off; nobody knows whether it reached {', '.join(plan.unsure)}"
