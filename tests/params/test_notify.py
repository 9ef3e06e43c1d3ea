"""Who is told of scheduled builds."""

from __future__ import annotations

import pytest

from boardpacks.params.load import load_notify, load_params
from boardpacks.project.errors import InputError
from tests.params.conftest import WriteParams

WHOLE = """\
email:
  host: smtp.example.org
  port: 2525
  starttls: true
  user: packs
  password_env: SMTP_PASSWORD
  from: packs@example.org
  to:
    - a@example.org
    - b+boards@example.org
  on: always
webhook:
  url_env: HOOK
"""


def test_nobody_by_default(write_params: WriteParams) -> None:
    assert load_notify(write_params()) is None


def test_everything(write_params: WriteParams) -> None:
    folder = write_params({"notify.yml": WHOLE})
    load_params(folder)
    notify = load_notify(folder)
    assert notify is not None
    assert notify.email is not None
    assert notify.webhook is not None
    assert (notify.email.sender, notify.email.to) == (
        "packs@example.org",
        ("a@example.org", "b+boards@example.org"),
    )
    assert (notify.email.on, notify.webhook.on) == ("always", "failure")
    assert notify.variables == ("SMTP_PASSWORD", "HOOK")


def test_mail_is_encrypted_unless_told_otherwise(write_params: WriteParams) -> None:
    notify = load_notify(
        write_params({"notify.yml": "email:\n  host: smtp\n  from: a@b.org\n  to: [a@b.org]\n"})
    )
    assert notify is not None
    assert notify.email is not None
    assert (notify.email.port, notify.email.starttls, notify.email.on) == (587, True, "failure")


def test_it_is_read_when_other_files_are_wrong_and_no_pack_depends_on_it(write_params: WriteParams) -> None:
    without = load_params(write_params())
    folder = write_params({"notify.yml": WHOLE})
    assert load_params(folder) == without
    (folder / "system.yml").write_text("nonsense")
    assert load_notify(folder) is not None


@pytest.mark.parametrize("content", ["", "email: [", "webhook:\n  url_env: hook\n"])
def test_a_fault_is_told(write_params: WriteParams, content: str) -> None:
    with pytest.raises(InputError, match=r"params/notify.yml, line"):
        load_notify(write_params({"notify.yml": content}))
