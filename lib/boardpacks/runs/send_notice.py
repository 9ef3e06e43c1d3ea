"""Sends the notice of a build by e-mail and to a webhook."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from http.client import HTTPException
from typing import Any

from boardpacks.params.notify import Email, Notify, Webhook
from boardpacks.runs.notice import Notice
from boardpacks.runs.send_mail import SECONDS, NotSent, deliver, reason, secret


def send_notice(
    notice: Notice, notify: Notify, environment: Mapping[str, str], *, seconds: float = SECONDS
) -> list[str]:
    """Send a notice to everybody who is to be told, and return what went wrong, one line each.

    Parameters
    ----------
    notify
        Who is told, and whether of failures only.
    environment
        The environment variables, which hold the secrets.
    seconds
        How long a server may take over each answer.
    """
    ways: list[tuple[str, str, Callable[[], None]]] = []
    if (email := notify.email) is not None:
        ways.append(("e-mail", email.on, lambda: _send_email(notice, email, environment, seconds)))
    if (webhook := notify.webhook) is not None:
        ways.append(("webhook", webhook.on, lambda: _post(notice, webhook, environment, seconds)))
    warnings = []
    for name, on, send in ways:
        if on == "failure" and not notice.failed:
            continue
        try:
            send()
        except NotSent as error:
            warnings.append(f"The notification by {name} was not sent: {error}.")
        except Exception as error:  # the build stands whatever happens; other words may hold a secret
            warnings.append(f"The notification by {name} was not sent: {type(error).__name__}.")
    return warnings


def compose_email(notice: Notice, email: Email) -> EmailMessage:
    """Return the notice as a message. Addresses are checked with the params, and the subject is one line."""
    message = EmailMessage()
    message["Subject"] = " ".join(notice.subject.split())
    message["From"] = email.sender
    message["To"] = ", ".join(email.to)
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=email.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text)
    return message


def _send_email(notice: Notice, email: Email, environment: Mapping[str, str], seconds: float) -> None:
    message = compose_email(notice, email)
    refused = deliver(
        message.as_bytes(policy=message.policy.clone(linesep="\r\n")),
        email,
        sender=email.sender,
        recipients=email.to,
        environment=environment,
        seconds=seconds,
    )
    if refused:
        raise NotSent(f"{email.host} refused {', '.join(refused)}; the others have it")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nowhere: an address that has moved has to be put right."""
        return


def _post(notice: Notice, webhook: Webhook, environment: Mapping[str, str], seconds: float) -> None:
    address = secret(webhook.url_env, environment)
    if not address.startswith(("https://", "http://")):
        raise NotSent(f"the address in {webhook.url_env} does not begin with https://")
    content = json.dumps(notice.facts).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "boardpacks"}
    try:
        request = urllib.request.Request(address, content, headers, method="POST")
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=seconds):
            return
    except urllib.error.HTTPError as error:
        error.close()
        raise NotSent(f"the server answered {error.code}") from None
    except urllib.error.URLError as error:
        cause = error.reason
        raise NotSent(reason(cause) if isinstance(cause, OSError) else "no such server") from None
    except OSError as error:
        raise NotSent(reason(error)) from None
    except (HTTPException, ValueError):
        raise NotSent(f"the address in {webhook.url_env}, or the answer, is not as it should be") from None
