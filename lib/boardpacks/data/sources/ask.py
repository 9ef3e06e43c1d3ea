"""Asks publishers' services, politely and over encrypted connections only. Nothing else here uses the network."""

from __future__ import annotations

import datetime as dt
import email.utils
import logging
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import ClassVar, Self

import httpx
import stamina

from boardpacks.data.sources.answer_cache import AnswerCache, Got
from boardpacks.project.errors import BoardpacksError

TIMEOUT = 60.0
"""Seconds without a sign of life after which an address is asked again."""
ATTEMPTS = 5
MOST_WAIT = 120.0
"""Seconds that a service may ask us to wait."""
PAUSE = 1.0
"""Seconds between two questions to the same host."""
MOST_BYTES = 400_000_000
MOST_MOVES = 5
FRESH = dt.timedelta(hours=6)
"""For how long an answer is taken as it is: a refresh that was stopped does not ask again for what it had."""

_TRY_AGAIN = {429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
_AGENT = f"boardpacks/{version('boardpacks')} (refreshes published statistics)"

logging.getLogger("stamina").addHandler(logging.NullHandler())  # a second attempt is no news


class NoAnswer(BoardpacksError):  # noqa: N818 - says what happened
    """A publisher's service did not answer, or not as it may."""

    exit_status: ClassVar[int] = 75

    def __init__(self, address: str, what: str, remedy: str = ""):
        super().__init__(f"{address}\n  answer   {what}" + (f"\n  remedy   {remedy}" if remedy else ""))
        self.what, self.remedy = what, remedy


class _Busy(Exception):  # noqa: N818 - says what happened
    """A status by which a service says that it may answer later, and after how many seconds."""

    def __init__(self, status: int, seconds: float | None):
        super().__init__(status)
        self.status, self.seconds = status, seconds


class Ask:
    """Asks addresses, one after the other.

    Parameters
    ----------
    cache
        Where answers are kept.
    trusted
        Whose certificates are trusted; by default those of the machine and those that come with Python.
    sleep, clock
        Stand-ins for tests.
    """

    def __init__(
        self,
        cache: AnswerCache,
        *,
        trusted: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._cache, self._sleep, self._clock = cache, sleep, clock
        self._client = httpx.Client(
            verify=trusted or _machines_own(),
            timeout=timeout,
            headers={"User-Agent": _AGENT},
            follow_redirects=False,
        )
        self._asked: dict[str, float] = {}
        self._out_of_reach: dict[bytes, NoAnswer] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, address: str) -> Got:
        """Return what an address answers.

        An answer of the last hours is taken as it is, an older one only if the publisher says that it still holds.

        Raises
        ------
        NoAnswer
            When there is none after several attempts, or it may not be taken: why, and what to do.
        """
        kept = self._cache.find(address)
        if kept and dt.datetime.now(dt.UTC) - kept.time < FRESH:
            return kept
        with _in_words(address):
            host = httpx.URL(address).netloc
        if away := self._out_of_reach.get(host):
            raise NoAnswer(address, away.what, away.remedy)
        try:
            return self._ask(address, kept)
        except NoAnswer as error:
            if isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
                self._out_of_reach[host] = error  # what else is asked of it need not wait for the same
            raise

    def keep(self, got: Got) -> None:
        """Keep an answer that could be read. What could not be is asked for anew the next time."""
        self._cache.keep(got)

    def _ask(self, address: str, kept: Got | None) -> Got:
        with _in_words(address):
            for attempt in stamina.retry_context(
                on=_again, attempts=ATTEMPTS, timeout=None, wait_initial=1, wait_max=30, wait_jitter=1
            ):
                with attempt:
                    return self._follow(address, kept)
        raise AssertionError("stamina raises when it gives up")

    def _follow(self, address: str, kept: Got | None) -> Got:
        here = httpx.URL(address)
        for _ in range(MOST_MOVES + 1):
            if here.scheme != "https":
                told = f"it leads to {here}, which is not encrypted"
                raise NoAnswer(
                    address, told, "Ask the publisher for the new address, and put it into params."
                )
            answer = self._once(here, kept)
            if isinstance(answer, httpx.URL):
                here = answer
                continue
            content, headers = answer
            now = dt.datetime.now(dt.UTC)
            if content is None:
                assert kept is not None
                return Got(address, kept.content, now, kept.etag, kept.last_modified)
            return Got(address, content, now, headers.get("etag", ""), headers.get("last-modified", ""))
        raise NoAnswer(address, f"it leads from one address to another more than {MOST_MOVES} times")

    def _once(self, url: httpx.URL, kept: Got | None) -> httpx.URL | tuple[bytes | None, httpx.Headers]:
        """Return the content (None where what was kept still holds) with its headers, or where it has moved to."""
        self._be_polite(url.host)
        marks = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified} if kept else {}
        headers = {name: mark for name, mark in marks.items() if mark}
        with self._client.stream("GET", url, headers=headers) as response:
            if response.status_code in _MOVED and (to := response.headers.get("location")):
                return url.join(to)
            if response.status_code == 304 and headers:
                return None, response.headers
            if response.status_code in _TRY_AGAIN:
                raise _Busy(response.status_code, _retry_after(response.headers.get("retry-after", "")))
            if response.status_code != 200:
                raise NoAnswer(str(url), *_status(response.status_code))
            content = bytearray()
            for part in response.iter_bytes():
                content += part
                if len(content) > MOST_BYTES:
                    raise NoAnswer(str(url), f"more than {MOST_BYTES // 1_000_000} MB")
            return bytes(content), response.headers

    def _be_polite(self, host: str) -> None:
        last = self._asked.get(host)
        if last is not None and (wait := last + PAUSE - self._clock()) > 0:
            self._sleep(wait)
        self._asked[host] = self._clock()


def _machines_own() -> ssl.SSLContext:
    context = httpx.create_ssl_context()
    context.load_default_certs()  # a proxy that looks into traffic has its certificate in the machine's store
    return context


def _again(error: Exception) -> bool | float:
    """Return whether, or after how many seconds, an address is asked again."""
    if isinstance(error, _Busy):
        if error.seconds is None:
            return True
        return error.seconds if error.seconds <= MOST_WAIT else False
    return isinstance(error, httpx.TransportError | httpx.DecodingError) and _certificate(error) is None


def _retry_after(header: str) -> float | None:
    if re.fullmatch("[0-9]{1,9}", header.strip()):
        return float(header)
    try:
        day = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (day - dt.datetime.now(dt.UTC)).total_seconds()) if day.tzinfo else None


def _certificate(error: BaseException) -> ssl.SSLCertVerificationError | None:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


def _status(status: int) -> tuple[str, str]:
    told = {
        401: ("it asks for a password (401)", "Ask the publisher: published figures need none."),
        403: ("access is refused (403)", "Ask your network's administrators, or the publisher."),
        404: ("there is nothing at this address (404)", "Look for the new address, and put it into params."),
        410: ("what was at this address is gone (410)", "Look for the new address, and put it into params."),
    }
    return told.get(status, (f"status {status}", "Try again later."))


@contextmanager
def _in_words(address: str) -> Iterator[None]:
    try:
        yield
    except _Busy as error:
        later = f", and asks for {error.seconds:,.0f} seconds" if error.seconds else ""
        told = "too many questions (429)" if error.status == 429 else f"out of order (status {error.status})"
        raise NoAnswer(address, f"{told}{later}", "Try again later.") from error
    except httpx.TimeoutException as error:
        raise NoAnswer(address, f"none in time, {ATTEMPTS} times", "Try again later.") from error
    except httpx.ProxyError as error:
        remedy = "Look at HTTPS_PROXY and NO_PROXY, or ask your network's administrators."
        raise NoAnswer(address, f"none, the proxy says: {error}", remedy) from error
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as error:
        raise NoAnswer(address, f"half of one, {ATTEMPTS} times", "Try again later.") from error
    except httpx.TransportError as error:
        certificate = _certificate(error)
        if certificate is None:
            raise NoAnswer(
                address, f"no connection: {error}", "Look at the network, or try again later."
            ) from error
        remedy = (
            "Nothing is taken without a valid certificate. Where a proxy of your network looks into traffic, "
            "SSL_CERT_FILE names the file of its certificate."
        )
        raise NoAnswer(address, f"no valid certificate: {certificate.verify_message}", remedy) from error
    except httpx.InvalidURL as error:
        raise NoAnswer(address, f"this is no address: {error}") from error
