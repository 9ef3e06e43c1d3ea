"""Hands one message to a mail server, and says in words why it was not taken."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any

from boardpacks.params.notify import MailServer

SECONDS = 10.0
"""How long a server may take over each answer."""


class NotSent(Exception):  # noqa: N818 - says what did not happen; it never ends a build
    """A message was not sent; the reason names no secret."""


class NoServer(NotSent):
    """The server cannot be reached, or lets nobody in: the next message would fare no better."""


class PerhapsSent(NotSent):
    """The connection broke after the message had been handed over: nobody knows whether it was taken."""


def deliver(
    message: bytes,
    server: MailServer,
    *,
    sender: str,
    recipients: Sequence[str],
    environment: Mapping[str, str],
    seconds: float = SECONDS,
) -> tuple[str, ...]:
    """Hand a message to a mail server for some addresses, and return those that the server refused.

    Parameters
    ----------
    message
        Headers and content, with lines that end in CR and LF.
    sender, recipients
        Addresses of the envelope; what the headers say is not looked at.
    environment
        The environment variables, which hold the password.
    seconds
        How long the server may take over each answer.

    Raises
    ------
    NoServer
        When no message can be sent there now.
    PerhapsSent
        When nobody knows whether it was sent.
    NotSent
        When this message was not taken for anybody.
    """
    password = secret(server.password_env, environment) if server.password_env else ""
    with _explained(server), closing(_Session(server, seconds)) as session:
        if server.starttls:
            session.starttls(context=ssl.create_default_context())
        if server.user and password:
            session.login(server.user, password)
        refused = session.sendmail(sender, list(dict.fromkeys(recipients)), message)
        with suppress(OSError):  # what comes of the farewell changes nothing for a message that was taken
            session.quit()
    return tuple(refused)


def secret(name: str, environment: Mapping[str, str]) -> str:
    """Return what an environment variable holds.

    Raises
    ------
    NoServer
        When it is not set.
    """
    value = environment.get(name, "").strip()
    if not value:
        raise NoServer(f"the environment variable {name} is not set")
    return value


def reason(error: OSError) -> str:
    """Return in words why a connection failed."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    return error.strerror or type(error).__name__


class _Session(smtplib.SMTP):
    """A session in which a connection that breaks is told from one that breaks once the message is on its way."""

    def __init__(self, server: MailServer, seconds: float):
        super().__init__(server.host, server.port, socket.gethostname(), seconds)
        self._server = server

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand a message over."""
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            raise
        except OSError:  # smtplib's own errors are among them
            raise PerhapsSent(
                f"the connection to {self._server.host} broke while it took the message"
            ) from None


@contextmanager
def _explained(server: MailServer) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise NoServer(f"{server.host} refused the user or the password ({error.smtp_code})") from None
    except smtplib.SMTPNotSupportedError:
        raise NoServer(f"{server.host} offers no STARTTLS, or no way to log in that is known") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise NotSent(f"{server.host} refused {', '.join(error.recipients)}") from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise NotSent(f"{server.host} answered {error.smtp_code}") from None
    except smtplib.SMTPResponseException as error:
        raise NoServer(f"{server.host} answered {error.smtp_code}") from None
    except smtplib.SMTPServerDisconnected:
        raise NoServer(f"{server.host}, port {server.port}: no answer in time, or none at all") from None
    except OSError as error:
        raise NoServer(f"{server.host}, port {server.port}: {reason(error)}") from None
