"""What becomes of one message at a mail server, told apart."""

from __future__ import annotations

import pytest

from boardpacks.params.notify import MailServer
from boardpacks.runs.send_mail import NoServer, NotSent, PerhapsSent, deliver

MESSAGE = b"Subject: Papers\r\n\r\nHello\r\n.\r\n..End\r\n"


def send(server, recipients=("a@example.org", "b@example.org"), **changes):
    settings = MailServer.model_validate(
        {"host": "localhost", "port": server.port, "starttls": False} | changes
    )
    return deliver(
        MESSAGE, settings, sender="packs@example.org", recipients=recipients, environment={}, seconds=2.0
    )


def test_the_message_arrives_as_it_is_for_the_addresses_of_the_envelope(mail_server):
    server = mail_server()
    assert send(server) == ()
    ((for_whom, body),) = server.messages
    assert for_whom == ["a@example.org", "b@example.org"]
    assert body.replace(b"\r\n..", b"\r\n.") == MESSAGE
    assert [command.split(" ")[0].upper() for command in server.commands][-1] == "QUIT"


def test_refused_addresses_are_returned(mail_server):
    server = mail_server(refuse=("b@",))
    assert send(server) == ("b@example.org",)
    assert server.messages[0][0] == ["a@example.org"]


def test_nobody_taken_nothing_sent(mail_server):
    server = mail_server(refuse=("a@", "b@"))
    with pytest.raises(NotSent, match=r"refused a@example\.org, b@example\.org") as caught:
        send(server)
    assert type(caught.value) is NotSent
    assert server.messages == []


def test_content_that_is_refused(mail_server):
    with pytest.raises(NotSent, match="localhost answered 552") as caught:
        send(mail_server(answers="552 too large"))
    assert type(caught.value) is NotSent


def test_a_connection_that_breaks_after_the_message_leaves_it_open(mail_server):
    with pytest.raises(PerhapsSent):
        send(mail_server(breaks_at=1))


@pytest.mark.parametrize("settings", [{"silent": True}, {}])
def test_a_server_that_cannot_be_used(mail_server, settings):
    server = mail_server(**settings)
    with pytest.raises(NoServer):
        send(server, starttls=True)
    assert server.messages == []
