"""Says in plain lines what was prepared, what would be sent, and what was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpacks.circulation.compose_message import draft
from boardpacks.circulation.letters import Letter, person
from boardpacks.circulation.prepare import Prepared
from boardpacks.circulation.safe_text import count, one_line, size
from boardpacks.circulation.send_letters import DONE, Sending, Sent
from boardpacks.circulation.sending_record import RECORD, TABLE
from boardpacks.params.notify import MailServer
from boardpacks.params.recipients import Circulation
from boardpacks.project.dates import long_date
from boardpacks.project.folder import shown

NEXT = "Nothing was sent. Open each .eml file in your mail program, read it, and send it from there."


def tell_prepared(prepared: Prepared) -> Iterator[str]:
    """Yield what lies ready where, and for whom."""
    edition = prepared.edition
    date, final = long_date(edition.meeting.date), edition.final
    yield f"{one_line(edition.calendar.board)}, {date}: version {final.version}, final"
    yield ""
    for each in prepared.letters:
        letter = each.letter
        yield _heading(letter)
        yield f"  for    {_people(letter)}"
        yield f"  gets   {_brings(letter)}"
        yield f"  draft  {letter.name}.eml"
    yield ""
    state = "Written to" if prepared.new else "Nothing new: everything is there already, in"
    yield f"{state} {shown(prepared.folder)}:"
    for name in (*prepared.files, RECORD, TABLE):
        yield f"  {name}"
    for name in prepared.withdrawn:
        yield f"Deleted, because no list asks for it any more: {name}"
    if prepared.left_out:
        yield ""
        yield "These had an earlier version and get nothing of this one. Tell them, or put them on a list:"
        yield from (f"  {each}" for each in prepared.left_out)


def tell_plan(plans: Sequence[Sending], settings: Circulation) -> Iterator[str]:
    """Yield exactly what would go to whom."""
    assert settings.smtp is not None
    yield ""
    yield "What --send --yes would do:"
    yield f"  server   {_server(settings.smtp)}"
    yield f"  from     {person(settings.sender)}"
    for plan in plans:
        letter, cover = plan.prepared.letter, plan.prepared.cover
        yield ""
        yield _heading(letter)
        for label, people in (("to", letter.to), ("copy", letter.cc), ("blind", letter.bcc)):
            for each in people:
                yield f"  {label:<9}{person(each)}"
        yield f"  subject  {cover.subject}"
        for file in letter.attached:
            yield f"  file     {file.name}, {size(len(file.content))}"
        for link in letter.linked:
            yield f"  link     {link.address}"
        yield f"  size     {size(len(draft(letter, cover)))} as a message"
        for line in _state(plan):
            yield f"  now      {line}"
    yield ""
    yield "Nothing was sent. To send it, add --yes."


def tell_sent(sent: Sequence[Sent]) -> Iterator[str]:
    """Yield which lists have it and which have not."""
    yield ""
    for each in sent:
        said = f"{_heading(each.prepared.letter)}: {_OUTCOMES[each.outcome]}"
        yield f"{said} ({each.note})" if each.note else said
    yield ""
    if all(each.outcome in DONE for each in sent):
        yield "Everybody has it."
        return
    yield "Not everybody has it. Those who do will not get it twice: put right what is said above, then run the same "
    yield "command again."
    unsure = [each for each in sent if each.outcome == "perhaps sent"]
    for name in dict.fromkeys(each.prepared.letter.to_list.id for each in unsure):
        yield f"Ask somebody on the list {name}. If it did not arrive, add --again {name}."


_OUTCOMES = {
    "sent": "sent",
    "has it": "has it already",
    "sent in part": "SENT TO SOME ONLY",
    "not sent": "NOT SENT",
    "perhaps sent": "PERHAPS SENT",
    "not tried": "NOT SENT",
}


def _heading(letter: Letter) -> str:
    part = "part I" if letter.part == "public" else "part II, confidential"
    return f"{one_line(letter.to_list.name)}, {part}{', large print' if letter.large_print else ''}"


def _people(letter: Letter) -> str:
    named = ((letter.to, "address", "addresses"), (letter.cc, "copy", "copies"))
    said = [count(len(people), one, many) for people, one, many in named if people]
    if letter.bcc:
        said.append(count(len(letter.bcc), "blind copy", "blind copies"))
    return ", ".join(said)


def _brings(letter: Letter) -> str:
    said = []
    if letter.attached:
        whole = sum(len(file.content) for file in letter.attached)
        said.append(f"{count(len(letter.attached), 'file')} attached ({size(whole)})")
    if letter.linked:
        said.append(f"{count(len(letter.linked), 'file')} linked")
    too_large = "; too large to be attached" if letter.too_large else ""
    return " and ".join(said) + too_large


def _state(plan: Sending) -> Iterator[str]:
    if plan.waiting:
        yield f"would go to {', '.join(plan.waiting)}"
    if plan.reached:
        yield f"has been sent to {', '.join(plan.reached)}"
    if plan.unsure:
        yield f"may have been sent to {', '.join(plan.unsure)}: ask them"


def _server(server: MailServer) -> str:
    safe = "encrypted (STARTTLS)" if server.starttls else "NOT encrypted"
    user = f", as {one_line(server.user)}" if server.user else ", without a login"
    return f"{server.host}, port {server.port}, {safe}{user}"
