"""Each message is sent once, whatever breaks."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import socket

import pytest

from boardpacks.circulation.hold import AlreadySending, hold_circulation
from boardpacks.circulation.letters import plan_letters
from boardpacks.circulation.prepare import circulation_folder, prepare
from boardpacks.circulation.send_letters import plan_sending, send_letters
from boardpacks.circulation.sending_record import read_record
from boardpacks.circulation.tell import tell_plan, tell_sent
from boardpacks.params.notify import MailServer
from tests.circulation.made import an_edition, some_settings

THREE = (
    {"bcc": ({"name": "Di", "address": "di@example.org"},)},
    {"id": "second", "name": "Second", "to": ({"address": "ed@example.org"},)},
    {"id": "third", "name": "Third", "to": ({"address": "flo@example.org"},)},
)
NOW = dt.datetime(2026, 12, 2, 9, 30, tzinfo=dt.UTC)


def a_server(port: int, **changes) -> MailServer:
    return MailServer.model_validate({"host": "localhost", "port": port, "starttls": False} | changes)


@pytest.fixture
def ready(published):
    """Prepares a circulation, and sends it."""
    edition = an_edition(published)
    folder = circulation_folder(published, edition)

    class Ready:
        def __init__(self):
            self.folder = folder
            self.lists = THREE

        def plan(self, again=()):
            settings = some_settings(*self.lists)
            letters = plan_letters(edition, settings)
            done = prepare(edition, letters, settings, folder, when="2026-12-01T09:00:00Z", command="prepare")
            return plan_sending(done.letters, folder, again)

        def send(self, server, again=(), environment=None, **settings):
            return send_letters(
                self.plan(again),
                a_server(getattr(server, "port", server), **settings),
                folder,
                environment=environment or {},
                now=lambda: NOW,
                command="send",
                seconds=2.0,
            )

        def outcomes(self, *args, **settings):
            return [sent.outcome for sent in self.send(*args, **settings)]

        def events(self):
            return [
                (entry.list_id, entry.event) for entry in read_record(folder) if entry.event != "prepared"
            ]

    return Ready()


def closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port


def test_everybody_gets_it_once(ready, mail_server):
    server = mail_server()
    assert ready.outcomes(server) == ["sent", "sent", "sent"]
    assert [who for who, _ in server.messages] == [
        ["ann@example.org", "ben@example.org", "di@example.org"],
        ["ed@example.org"],
        ["flo@example.org"],
    ]
    assert ready.outcomes(server) == ["has it", "has it", "has it"]
    assert len(server.messages) == 3
    assert ready.events()[:2] == [("members", "sending"), ("members", "sent")]


def test_what_arrives_is_the_message_without_blind_copies(ready, mail_server):
    server = mail_server()
    ready.send(server)
    _, raw = server.messages[0]
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert (message["Bcc"], message["X-Unsent"]) == (None, None)
    assert b"di@example.org" not in raw
    assert message["Date"].datetime == NOW
    (pdf,) = message.iter_attachments()
    assert pdf.get_payload(decode=True) == b"alston pdf 1.0"
    entries = read_record(ready.folder)
    assert message["Message-ID"] == next(entry for entry in entries if entry.event == "sent").message_id


def test_a_server_that_refuses_one_address_leaves_the_others(ready, mail_server):
    server = mail_server(refuse=("ben@", "ed@"))
    first = ready.send(server)
    assert [sent.outcome for sent in first] == ["sent in part", "not sent", "sent"]
    assert "ben@example.org" in first[0].note
    assert server.messages[0][0] == ["ann@example.org", "di@example.org"]
    mended = mail_server()
    assert ready.outcomes(mended) == ["sent", "sent", "has it"]
    assert [who for who, _ in mended.messages] == [["ben@example.org"], ["ed@example.org"]]


def test_a_new_address_gets_it_and_the_others_not_again(ready, mail_server):
    server = mail_server()
    ready.send(server)
    to = ({"address": "ed@example.org"}, {"address": "new@example.org"})
    ready.lists = (THREE[0], {**THREE[1], "to": to}, THREE[2])
    assert ready.outcomes(server) == ["has it", "sent", "has it"]
    assert server.messages[-1][0] == ["new@example.org"]


def test_a_connection_that_breaks_leaves_no_doubt_untold(ready, mail_server):
    breaking = mail_server(breaks_at=2)
    first = ready.send(breaking)
    assert [sent.outcome for sent in first] == ["sent", "perhaps sent", "sent"]
    lines = "\n".join(tell_sent(first))
    assert "Second, part I: PERHAPS SENT" in lines
    assert "--again second" in lines
    server = mail_server()
    assert ready.outcomes(server) == ["has it", "perhaps sent", "has it"]
    assert server.messages == []
    assert ready.outcomes(server, again=("second",)) == ["has it", "sent", "has it"]
    assert [who for who, _ in server.messages] == [["ed@example.org"]]
    assert ready.outcomes(server) == ["has it", "has it", "has it"]


def test_a_run_that_was_killed_while_sending_is_in_doubt(ready, mail_server, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("boardpacks.circulation.send_letters.deliver", killed)
        with pytest.raises(KeyboardInterrupt):
            ready.send(1)
    assert ready.events() == [("members", "sending")]
    server = mail_server()
    assert ready.outcomes(server) == ["perhaps sent", "sent", "sent"]
    assert len(server.messages) == 2


def test_a_server_that_is_not_there_is_asked_once(ready, mail_server):
    sent = ready.send(closed_port())
    assert [each.outcome for each in sent] == ["not tried"] * 3
    assert "Connection refused" in sent[0].note
    assert ready.events() == [("members", "sending"), ("members", "not sent")]
    assert ready.outcomes(mail_server()) == ["sent"] * 3


def test_a_server_that_takes_no_content_is_told(ready, mail_server):
    sent = ready.send(mail_server(answers="554 looks like spam s3cret"))
    assert [each.outcome for each in sent] == ["not sent"] * 3
    assert sent[0].note == "localhost answered 554"


def test_a_password_goes_over_tls_only_and_is_never_shown(ready, mail_server, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = mail_server(certificate=certificate)
    login = {"starttls": True, "user": "me", "password_env": "PASS"}
    (first, *_) = wrong = ready.send(server, environment={"PASS": "s3cret-not-it"}, **login)
    assert first.note == "localhost refused the user or the password (535)"
    missing = ready.send(server, **login)
    assert missing[0].note == "the environment variable PASS is not set"
    assert ready.outcomes(server, environment={"PASS": "s3cret"}, **login) == ["sent"] * 3
    verbs = [command.split(" ")[0].upper() for command in server.commands]
    verbs = [verb for verb in verbs if verb != "EHLO"]
    assert verbs.count("AUTH") == 4
    assert all(verbs[number - 1] == "STARTTLS" for number, verb in enumerate(verbs) if verb == "AUTH")
    told = "\n".join([*tell_sent(wrong), (ready.folder / "record.jsonl").read_text()])
    assert "s3cret" not in told


def test_no_starttls_no_mail(ready, mail_server):
    server = mail_server()
    assert ready.outcomes(server, starttls=True) == ["not tried"] * 3
    assert server.messages == []


def test_a_dry_run_shows_everything_and_sends_nothing(ready, mail_server):
    server = mail_server()
    smtp = {"host": "localhost", "port": server.port, "user": "me", "password_env": "PASS"}
    text = "\n".join(tell_plan(ready.plan(), some_settings(*THREE, smtp=smtp)))
    for words in (
        f"localhost, port {server.port}, encrypted (STARTTLS), as me",
        "from     Secretariat <packs@example.org>",
        "to       Ann <ann@example.org>",
        "blind    Di <di@example.org>",
        "subject  Alston Board, 9 December 2026: papers, version 1.0",
        "file     2026-12-09_alston_board-pack_v1.0.pdf, 1 kB",
        "would go to ed@example.org",
        "Nothing was sent",
    ):
        assert words in text
    assert re.search(r"size     \d+ kB as a message", text)
    assert (server.commands, ready.events()) == ([], [])


def test_a_dry_run_says_who_has_it(ready, mail_server):
    ready.send(mail_server())
    text = "\n".join(tell_plan(ready.plan(), some_settings(*THREE, smtp={"host": "localhost"})))
    assert "has been sent to ann@example.org, ben@example.org, di@example.org" in text
    assert "would go" not in text


def test_the_end_says_who_has_it(ready, mail_server):
    lines = list(tell_sent(ready.send(mail_server(refuse=("ed@",)))))
    assert "Members, part I: sent" in lines
    assert "Second, part I: NOT SENT (localhost refused ed@example.org)" in lines
    assert "Those who do will not get it twice" in " ".join(lines)
    assert list(tell_sent(ready.send(mail_server())))[-1] == "Everybody has it."


def test_two_at_once_send_once(ready):
    ready.folder.mkdir(parents=True)
    busy = pytest.raises(AlreadySending, match="Nothing was sent")
    with hold_circulation(ready.folder), busy, hold_circulation(ready.folder):
        pass
    with hold_circulation(ready.folder):
        pass
