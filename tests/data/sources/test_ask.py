"""Publishers' services fail in many ways: each has its retry, or its error in plain words."""

from __future__ import annotations

import datetime as dt
import email.utils
import ssl
from dataclasses import replace

import pytest
import stamina
import trustme

from boardpacks.data.sources.answer_cache import AnswerCache
from boardpacks.data.sources.ask import Ask, NoAnswer, _again, _Busy, _retry_after
from tests.data.sources.publisher import Publisher, Reply

GOOD = Reply(
    b"area,value\nE09000001,1\n", headers={"ETag": '"one"', "Last-Modified": "Thu, 01 Oct 2026 09:30:00 GMT"}
)
BUSY = {
    "too many questions": Reply(status=429, headers={"Retry-After": "7"}),
    "a fault of theirs": Reply(b"<html>", status=500),
    "out of order": Reply(status=503),
    "half a body": Reply(b"area,value\nE0900", half=True),
    "packed badly": Reply(b"not gzip", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("reply", BUSY.values(), ids=BUSY)
def test_what_passes_is_asked_again(publisher: Publisher, ask: Ask, reply: Reply) -> None:
    publisher.replies["/a.csv"] = [reply, reply, GOOD]
    got = ask.get(f"{publisher.root}/a.csv")
    assert got.content == GOOD.body
    assert (got.etag, len(publisher.asked)) == ('"one"', 3)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (BUSY["too many questions"], "too many questions (429), and asks for 7 seconds"),
        (BUSY["a fault of theirs"], "out of order (status 500)"),
        (BUSY["half a body"], "half of one, 5 times"),
    ],
)
def test_what_does_not_pass_ends_after_five_times(
    publisher: Publisher, ask: Ask, reply: Reply, words: str
) -> None:
    publisher.replies["/a.csv"] = [reply]
    with pytest.raises(NoAnswer) as raised:
        ask.get(f"{publisher.root}/a.csv")
    assert words in str(raised.value)
    assert "Try again later." in str(raised.value)
    assert len(publisher.asked) == 5


def test_silence_ends_too(
    publisher: Publisher, cache: AnswerCache, trusted: ssl.SSLContext, waited: list[float], ask: Ask
) -> None:
    publisher.replies["/a.csv"] = [Reply(silent=True)]
    address = f"{publisher.root}/a.csv"
    with (
        Ask(cache, trusted=trusted, timeout=0.05, sleep=waited.append) as hurried,
        pytest.raises(NoAnswer, match="none in time, 5 times"),
    ):
        hurried.get(address)
    publisher.replies["/a.csv"] = [GOOD]
    assert ask.get(address).content == GOOD.body


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "a password"), (403, "refused"), (404, "new address"), (410, "gone"), (418, "418")],
)
def test_what_another_question_does_not_mend_is_asked_once(
    publisher: Publisher, ask: Ask, status: int, words: str
) -> None:
    publisher.replies["/a.csv"] = [Reply(status=status)]
    with pytest.raises(NoAnswer, match=words):
        ask.get(f"{publisher.root}/a.csv")
    assert len(publisher.asked) == 1


def test_an_expired_certificate_is_refused_at_once(authority: trustme.CA, ask: Ask) -> None:
    then = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    expired = Publisher(
        authority.issue_cert("localhost", not_before=then, not_after=then + dt.timedelta(days=1))
    )
    try:
        with pytest.raises(NoAnswer) as raised:
            ask.get(f"{expired.root}/a.csv")
    finally:
        expired.close()
    assert "no valid certificate: certificate has expired" in str(raised.value)
    assert "SSL_CERT_FILE" in str(raised.value)
    assert expired.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(publisher: Publisher, cache: AnswerCache) -> None:
    with Ask(cache) as stranger, pytest.raises(NoAnswer, match="no valid certificate"):
        stranger.get(f"{publisher.root}/a.csv")
    assert publisher.asked == []


@pytest.mark.parametrize(
    "to", ["http://localhost:1/b.csv", "HTTP://127.0.0.1/b.csv", "ftp://localhost/b.csv"]
)
def test_a_way_out_of_the_encryption_is_not_followed(publisher: Publisher, ask: Ask, to: str) -> None:
    publisher.replies["/a.csv"] = [Reply(status=302, headers={"Location": to})]
    with pytest.raises(NoAnswer, match="not encrypted"):
        ask.get(f"{publisher.root}/a.csv")
    assert len(publisher.asked) == 1


def test_what_has_moved_is_followed_but_not_for_ever(publisher: Publisher, ask: Ask) -> None:
    publisher.replies["/a.csv"] = [Reply(status=301, headers={"Location": "/b.csv"})]
    publisher.replies["/b.csv"] = [GOOD]
    publisher.replies["/round"] = [Reply(status=307, headers={"Location": "/round"})]
    got = ask.get(f"{publisher.root}/a.csv")
    assert (got.address, got.content) == (f"{publisher.root}/a.csv", GOOD.body)
    with pytest.raises(NoAnswer, match="from one address to another"):
        ask.get(f"{publisher.root}/round")


def test_nobody_there_is_tried_five_times_once_and_no_address_never(ask: Ask, waited: list[float]) -> None:
    with pytest.raises(NoAnswer, match="no connection"):
        ask.get("https://localhost:1/a.csv")
    with pytest.raises(NoAnswer, match=r"b\.csv\n.*no connection"):
        ask.get("https://localhost:1/b.csv")
    with pytest.raises(NoAnswer, match="no address"):
        ask.get("https://localhost:x/a.csv")
    assert len(waited) == 4  # politely, between the five


def test_the_proxy_of_the_network_is_used_and_named(
    cache: AnswerCache, trusted: ssl.SSLContext, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://localhost:1")
    monkeypatch.setenv("NO_PROXY", "")
    with (
        stamina.set_testing(True, attempts=2),
        Ask(cache, trusted=trusted, sleep=waited.append) as ask,
        pytest.raises(NoAnswer) as raised,
    ):
        ask.get("https://statistics.example/a.csv")
    assert "statistics.example" in str(raised.value)
    assert "refused" in str(raised.value)  # by the proxy on this machine: the address itself does not exist


def test_an_answer_that_was_kept_is_not_asked_for_again_for_some_hours(
    publisher: Publisher, ask: Ask, cache: AnswerCache
) -> None:
    publisher.replies["/a.csv"] = [GOOD]
    address = f"{publisher.root}/a.csv"
    ask.keep(ask.get(address))
    assert ask.get(address).content == GOOD.body
    assert len(publisher.asked) == 1


def aged(cache: AnswerCache, address: str) -> None:
    kept = cache.find(address)
    assert kept is not None
    cache.keep(replace(kept, time=kept.time - dt.timedelta(days=30)))


def test_an_old_answer_is_taken_when_the_publisher_says_that_it_holds(
    publisher: Publisher, ask: Ask, cache: AnswerCache
) -> None:
    publisher.replies["/a.csv"] = [GOOD, Reply(status=304)]
    address = f"{publisher.root}/a.csv"
    first = ask.get(address)
    ask.keep(first)
    aged(cache, address)
    again = ask.get(address)
    assert again.content == first.content
    assert again.time >= first.time
    headers = publisher.asked[1][1]
    assert headers["If-None-Match"] == '"one"'
    assert headers["If-Modified-Since"] == GOOD.headers["Last-Modified"]


def test_a_newer_edition_takes_the_place_of_an_old_answer(
    publisher: Publisher, ask: Ask, cache: AnswerCache
) -> None:
    publisher.replies["/a.csv"] = [GOOD, Reply(b"newer")]
    address = f"{publisher.root}/a.csv"
    ask.keep(ask.get(address))
    aged(cache, address)
    assert ask.get(address).content == b"newer"


@pytest.mark.parametrize("ending", [".body", ".json"])
def test_a_damaged_answer_counts_as_none(
    publisher: Publisher, ask: Ask, cache: AnswerCache, ending: str
) -> None:
    publisher.replies["/a.csv"] = [GOOD]
    address = f"{publisher.root}/a.csv"
    ask.keep(ask.get(address))
    (file,) = cache._folder.glob(f"*{ending}")
    file.write_bytes(file.read_bytes()[:-3])
    assert ask.get(address).content == GOOD.body
    assert "If-None-Match" not in publisher.asked[1][1]


def test_one_host_is_asked_once_a_second(publisher: Publisher, ask: Ask, waited: list[float]) -> None:
    publisher.replies = {"/a.csv": [GOOD], "/b.csv": [GOOD]}
    ask.get(f"{publisher.root}/a.csv")
    assert waited == []
    ask.get(f"{publisher.root}/b.csv")
    assert len(waited) == 1
    assert 0 < waited[0] <= 1


def test_a_service_that_asks_to_wait_is_obeyed_up_to_two_minutes() -> None:
    assert _again(_Busy(429, 7.0)) == 7.0
    assert _again(_Busy(503, None)) is True
    assert _again(_Busy(429, 3600.0)) is False
    in_a_minute = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)
    seconds = _retry_after(email.utils.format_datetime(in_a_minute, usegmt=True))
    assert seconds is not None
    assert 50 < seconds <= 60
    assert _retry_after("soon") is None
    assert _retry_after("") is None
