from __future__ import annotations

import email
import email.policy
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.params.notify import Email, Notify, Webhook
from boardpacks.runs.notice import Notice, word_notice
from boardpacks.runs.send_notice import compose_email, send_notice

PASSWORD = "p4ss-w0rd"
FAILED = Notice("Board packs: 1 failed", "Größe: é\n.\nEnd\n", {"outcome": "failed"}, failed=True)
FINE = replace(FAILED, failed=False)


def by_email(port: int, **changes) -> Notify:
    settings = {"host": "localhost", "port": port, "starttls": False, "from": "packs@example.org"}
    settings |= {"to": ("a@example.org", "b@example.org"), "on": "always"} | changes
    return Notify(email=Email.model_validate(settings))


def by_webhook(on: str = "always") -> Notify:
    return Notify(webhook=Webhook.model_validate({"url_env": "HOOK", "on": on}))


def closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port


def test_an_email_arrives_whole(mail_server, make_record):
    server = mail_server()
    notice = word_notice(make_record(name="Größenwahn"), Path("report.html"))
    assert send_notice(notice, by_email(server.port), {}) == []
    ((for_whom, body),) = server.messages
    assert for_whom == ["a@example.org", "b@example.org"]
    message = email.message_from_bytes(body, policy=email.policy.default)
    assert message["Subject"] == "Board packs: 1 pack published, 1 failed"
    assert message["From"] == "packs@example.org"
    assert message["To"] == "a@example.org, b@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == notice.text
    assert "Größenwahn" in notice.text


@pytest.mark.parametrize(
    ("on", "notice", "sent"),
    [("failure", FAILED, 1), ("failure", FINE, 0), ("always", FAILED, 1), ("always", FINE, 1)],
)
def test_on_failure_or_always(mail_server, web_server, on, notice, sent):
    mail, web = mail_server(), web_server()
    notify = Notify(email=by_email(mail.port, on=on).email, webhook=by_webhook(on).webhook)
    assert send_notice(notice, notify, {"HOOK": web.address}) == []
    assert (len(mail.messages), len(web.posts)) == (sent, sent)


def test_logs_in_over_tls_only(mail_server, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = mail_server(certificate=certificate)
    notify = by_email(server.port, starttls=True, user="me", password_env="PASS")
    assert send_notice(FAILED, notify, {"PASS": PASSWORD}) == []
    verbs = [command.split(" ")[0].upper() for command in server.commands]
    assert verbs.index("STARTTLS") < verbs.index("AUTH") < verbs.index("MAIL")
    assert len(server.messages) == 1


def test_a_wrong_password_is_told_without_it(mail_server, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = mail_server(certificate=certificate)
    notify = by_email(server.port, starttls=True, user="me", password_env="PASS")
    (warning,) = send_notice(FAILED, notify, {"PASS": "???not-it"})
    assert "localhost refused the user or the password (535)" in warning
    assert "not-it" not in warning


def test_a_certificate_that_is_not_trusted_gets_no_mail(mail_server, certificate):
    server = mail_server(certificate=certificate)
    (warning,) = send_notice(FAILED, by_email(server.port, starttls=True), {})
    assert "its certificate is not trusted" in warning
    assert server.messages == []


def test_a_server_without_starttls_gets_no_mail(mail_server):
    server = mail_server()
    (warning,) = send_notice(FAILED, by_email(server.port, starttls=True), {})
    assert "offers no STARTTLS" in warning
    assert server.messages == []


@pytest.mark.parametrize(
    ("refuse", "said", "sent"),
    [
        (("a@",), "refused a@example.org; the others have it", 1),
        (("a@", "b@"), "refused a@example.org, b@example.org", 0),
    ],
)
def test_refused_addresses_are_named(mail_server, refuse, said, sent):
    server = mail_server(refuse=refuse)
    (warning,) = send_notice(FAILED, by_email(server.port), {})
    assert said in warning
    assert len(server.messages) == sent


def test_a_mail_server_that_says_nothing_is_not_waited_for(mail_server):
    (warning,) = send_notice(FAILED, by_email(mail_server(silent=True).port), {}, seconds=0.3)
    assert "no answer in time" in warning


def test_a_mail_server_that_is_not_there():
    (warning,) = send_notice(FAILED, by_email(closed_port()), {})
    assert "Connection refused" in warning


@given(st.text(), st.text())
def test_no_text_can_add_a_header(subject, text):
    settings = by_email(25).email
    assert settings is not None
    message = compose_email(replace(FAILED, subject=f"Packs {subject}", text=text), settings)
    parsed = email.message_from_bytes(message.as_bytes(), policy=email.policy.SMTP)
    assert sorted(parsed.keys()) == sorted(message.keys())
    assert parsed["To"] == "a@example.org, b@example.org"


def test_a_webhook_gets_the_facts(web_server):
    server = web_server(204)
    assert send_notice(FAILED, by_webhook(), {"HOOK": server.address}) == []
    assert server.posts == [{"outcome": "failed"}]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "the environment variable HOOK is not set"),
        ("file:///etc/s3cret", "does not begin with https://"),
        ("http://", "no such server"),
        ("http://127.0.0.1:no/s3cret", "is not as it should be"),
        ("http://127.0.0.1/s3cret\r\nX: y", "is not as it should be"),
        ("http://127.0.0.1/s3cret z", "is not as it should be"),
    ],
)
def test_wrong_webhook_addresses_are_told_without_them(web_server, address, said):
    (warning,) = send_notice(FAILED, by_webhook(), {"HOOK": address})
    assert said in warning
    assert "s3cret" not in warning


@pytest.mark.parametrize("status", [302, 307, 403, 500])
def test_a_webhook_that_refuses(web_server, status):
    elsewhere = web_server()
    server = web_server(status, to=elsewhere.address)
    (warning,) = send_notice(FAILED, by_webhook(), {"HOOK": server.address})
    assert f"the server answered {status}" in warning
    assert "s3cret" not in warning
    assert elsewhere.paths == []


def test_a_webhook_that_is_not_there_or_says_nothing(web_server):
    (warning,) = send_notice(FAILED, by_webhook(), {"HOOK": f"http://127.0.0.1:{closed_port()}/"})
    assert "Connection refused" in warning
    (warning,) = send_notice(FAILED, by_webhook(), {"HOOK": web_server(silent=True).address}, seconds=0.3)
    assert "no answer in time" in warning


def test_one_way_that_fails_leaves_the_other(mail_server):
    server = mail_server()
    notify = Notify(email=by_email(server.port).email, webhook=by_webhook().webhook)
    warnings = send_notice(FAILED, notify, {})
    assert len(warnings) == 1
    assert len(server.messages) == 1


def test_a_fault_of_ours_is_a_warning_as_well(monkeypatch):
    monkeypatch.setattr("boardpacks.runs.send_notice._post", lambda *_: 1 / 0)
    assert send_notice(FAILED, by_webhook(), {}) == [
        "The notification by webhook was not sent: ZeroDivisionError."
    ]
