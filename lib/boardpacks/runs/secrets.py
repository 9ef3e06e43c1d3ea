"""Keeps secrets, and characters that a terminal obeys, out of what is written about a build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

Clean = Callable[[str], str]

HIDDEN = "[hidden]"
SHORTEST = 8
"""Length from which the value of a variable that sounds like a secret is taken for one."""

_SOUNDS_SECRET = re.compile(r"PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL|WEBHOOK")
_LOGIN_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]+@")
_TERMINAL_CODE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def cleaner(environment: Mapping[str, str], names: Iterable[str] = ()) -> Clean:
    """Return a function that cleans a text.

    Parameters
    ----------
    environment
        The environment variables: values of those that sound like a secret (a password, a token, a key) are
        hidden wherever they occur.
    names
        Variables that are secrets whatever they sound like.

    Returns
    -------
    Callable
        Replaces secrets, and logins in web addresses, by ``[hidden]``, and takes control characters out.
    """
    named = {environment[name] for name in names if environment.get(name)}
    sounding = {
        value
        for name, value in environment.items()
        if len(value) >= SHORTEST and _SOUNDS_SECRET.search(name.upper())
    }
    secrets = {form for value in named | sounding for form in (value, quote(value, safe=""))}
    longest_first = sorted(secrets, key=len, reverse=True)

    def clean(text: str) -> str:
        for secret in longest_first:
            text = text.replace(secret, HIDDEN)
        text = _LOGIN_IN_ADDRESS.sub(f"{HIDDEN}@", text)
        text = _CONTROL.sub(" ", _TERMINAL_CODE.sub("", text))
        return text.encode("utf-8", "backslashreplace").decode("utf-8")

    return clean
