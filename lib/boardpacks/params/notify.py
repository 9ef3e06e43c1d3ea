"""Typed models of who is told of scheduled builds."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from boardpacks.params.values import Line, Model

ADDRESS = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
"""An e-mail address in ASCII. It holds nothing that could begin a header of its own."""
HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"
VARIABLE = r"^[A-Z][A-Z0-9_]*$"
"""The name of an environment variable."""
Address = Annotated[str, Field(pattern=ADDRESS, max_length=254)]
Host = Annotated[str, Field(pattern=HOST, max_length=253)]
Variable = Annotated[str, Field(pattern=VARIABLE, max_length=100)]


class MailServer(Model):
    """A mail server that takes messages. The password is in an environment variable, never here."""

    host: Host
    """Its name."""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    """Its port."""
    starttls: bool = True
    """Whether the connection is encrypted."""
    user: Line | None = None
    """Who logs in; left out for a server without a login."""
    password_env: Variable | None = None
    """The environment variable that holds the password."""

    @model_validator(mode="after")
    def _password_kept_safe(self) -> Self:
        if (self.user is None) != (self.password_env is None):
            raise ValueError("user and password_env together, or neither")
        if self.password_env is not None and not self.starttls:
            raise ValueError("starttls: true with a password, which would be sent in the open otherwise")
        return self


class Email(MailServer):
    """How a mail server is asked to send a message, and to whom."""

    sender: Annotated[Address, Field(alias="from")]
    """Who the message is from."""
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=50)]
    """Who gets it."""
    on: Literal["failure", "always"] = "failure"
    """After a build that failed, or always."""


class Webhook(Model):
    """An address that a message is posted to. The address is a secret, so a variable holds it."""

    url_env: Variable
    """The environment variable that holds the address."""
    on: Literal["failure", "always"] = "failure"
    """After a build that failed, or always."""


class Notify(Model):
    """Who is told of scheduled builds, and when (``params/notify.yml``, which may be missing)."""

    email: Email | None = None
    """A message by mail."""
    webhook: Webhook | None = None
    """A message to a chat program."""

    @model_validator(mode="after")
    def _somebody(self) -> Notify:
        if self.email is None and self.webhook is None:
            raise ValueError("email, webhook or both; without notifications leave the file out")
        return self

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the environment variables that hold its secrets."""
        named = (self.email and self.email.password_env, self.webhook and self.webhook.url_env)
        return tuple(name for name in named if name)
