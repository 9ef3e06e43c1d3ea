"""A publisher on this machine, and who asks it without ever waiting."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
import trustme

from boardpacks.data.sources.answer_cache import AnswerCache
from boardpacks.data.sources.ask import Ask
from tests.data.sources.publisher import Publisher


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def publisher(authority: trustme.CA) -> Iterator[Publisher]:
    started = Publisher(authority.issue_cert("localhost"))
    yield started
    started.close()


@pytest.fixture
def trusted(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "answers")


@pytest.fixture
def waited() -> list[float]:
    """How long whoever asks would have waited to be polite."""
    return []


@pytest.fixture
def ask(
    cache: AnswerCache, trusted: ssl.SSLContext, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ask]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with (
        stamina.set_testing(True, attempts=5, cap=True),
        Ask(cache, trusted=trusted, timeout=20, sleep=waited.append) as asks,
    ):
        yield asks
