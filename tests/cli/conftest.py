"""What tests of commands that ask publishers share."""

from __future__ import annotations

import datetime as dt
from typing import Self

import pytest

from boardpacks.data.sources.answer_cache import Got
from boardpacks.data.sources.ask import NoAnswer


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What is answered, by a part of the address; nobody else answers."""
    known: dict[str, str] = {}

    class Stand:
        def __init__(self, cache: object):
            pass

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def get(self, address: str) -> Got:
            for part, text in known.items():
                if part in address:
                    return Got(address, text.encode(), dt.datetime.now(dt.UTC))
            raise NoAnswer(address, "out of order (status 503)", "Try again later.")

        def keep(self, got: Got) -> None:
            pass

    monkeypatch.setattr("boardpacks.data.sources.ask.Ask", Stand)
    return known
