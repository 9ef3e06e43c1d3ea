"""Every source, asked over a real connection: the same figures twice, and no figure lost whatever goes wrong."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.data.checks.check_figures import default_severities
from boardpacks.data.refresh import HeldFigures, Refreshed, refresh, sources_by_id
from boardpacks.data.sources.ask import Ask
from boardpacks.data.sources.source import Asked
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.models import Params
from boardpacks.params.refreshing import SOURCE_IDS
from boardpacks.project.errors import InputError
from tests.data.sources.publisher import Publisher, Reply
from tests.data.sources.small_answers import ALL, AREAS

HELD = pd.DataFrame(
    [
        ("population", area, "Persons", "1999", pd.Timestamp("1999-01-01"), 12, 1.0, 1.0, 1.0, 1.0, 1.0, "")
        for area in AREAS
    ],
    columns=[
        *("indicator", "area", "sex", "period", "period_start", "period_months"),
        *("value", "lower_95", "upper_95", "count", "denominator", "note"),
    ],
)
UNCHECKED = CheckSettings(
    severities=dict.fromkeys(default_severities(), "off"),
    severity_lines=dict.fromkeys(default_severities(), 1),
)
"""One indicator stands for all kinds of figures here."""
FOUND = {
    name: [
        (*figure[:2], *(None if n is None else round(n, 4) for n in figure[2:])) for figure in small.figures
    ]
    for name, small in ALL.items()
}
TABLES = [name for name, small in ALL.items() if name not in ("nhse-cancer", "fingertips-next")]


@pytest.fixture
def asking(params: Params, publisher: Publisher, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    """Refresh one indicator from a source whose publisher is this machine."""

    def refreshed(name: str, *replies: Reply) -> Refreshed:
        small, module = ALL[name], sources_by_id()[name]
        what = small.refresh(**({"files": (f"{publisher.root}/x",)} if "files" in small.asking else {}))
        if "files" not in small.asking and not module.ADDRESS.startswith(publisher.root):  # type: ignore[attr-defined]
            path = urlsplit(module.ADDRESS).path  # type: ignore[attr-defined]
            query = module.ADDRESS.partition("?")[2]  # type: ignore[attr-defined]
            monkeypatch.setattr(module, "ADDRESS", f"{publisher.root}{path}{'?' if query else ''}{query}")
        (request,) = module.requests(what)
        publisher.replies[request.address.removeprefix(publisher.root)] = list(replies)
        indicator = params.indicators["population"].model_copy(update={"refresh": what})
        one = params.model_copy(update={"indicators": {"population": indicator}})
        return refresh(one, HeldFigures(HELD, {}), ask, UNCHECKED)

    return refreshed


def seen(refreshed: Refreshed) -> list[tuple[object, ...]]:
    return [(row.area, row.period, row.value, row.count, row.denominator) for row in refreshed.rows]


def test_every_source_of_params_is_there_and_has_a_small_answer() -> None:
    assert tuple(sources_by_id()) == SOURCE_IDS
    assert set(ALL) == set(SOURCE_IDS)


@pytest.mark.parametrize("name", ALL)
def test_the_same_answer_gives_the_same_figures_twice(name: str, asking, publisher: Publisher) -> None:
    first = asking(name, Reply(ALL[name].content))
    assert seen(first) == FOUND[name]
    assert (first.failures, first.new) == ((), first.rows)
    again = asking(name, Reply(status=500))
    assert again.rows == first.rows
    assert [a.sha256 for a in again.answers] == [a.sha256 for a in first.answers]
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    "bad",
    [
        Reply(status=429, headers={"Retry-After": "3"}),
        Reply(b"<html>no</html>", status=500),
        Reply(b"half", half=True),
    ],
    ids=["429", "500", "half"],
)
def test_what_passes_costs_no_figure(name: str, bad: Reply, asking) -> None:
    assert seen(asking(name, bad, bad, Reply(ALL[name].content))) == FOUND[name]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Reply(b"<!doctype html><html><title>Maintenance</title>"), ""),
        (Reply(b""), ""),
        (Reply(status=404), "404"),
        (Reply(status=302, headers={"Location": "http://elsewhere.example/x"}), "not encrypted"),
        (Reply(status=503), "status 503"),
    ],
    ids=["a page", "nothing", "404", "http", "503"],
)
def test_what_does_not_pass_is_a_failure_that_brings_nothing(
    name: str, bad: Reply, words: str, asking
) -> None:
    found = asking(name, bad)
    assert (found.rows, found.answers) == ((), ())
    (failure,) = found.failures
    assert failure.source == name
    assert words in failure.reason
    assert "localhost" in failure.reason


def reading(name: str, content: bytes, **changes: object):
    what = ALL[name].refresh(**changes)
    return sources_by_id()[name].read(content, Asked("i", what, AREAS, "https://publisher.example/file"))


@pytest.mark.parametrize("name", TABLES)
def test_a_renamed_or_missing_column_is_named(name: str) -> None:
    small = ALL[name]
    renamed = small.content.replace(small.column.encode(), b"Something else", 1)
    with pytest.raises(InputError) as raised:
        reading(name, renamed)
    assert small.column in str(raised.value)


@pytest.mark.parametrize("name", TABLES)
def test_the_order_of_columns_does_not_matter(name: str) -> None:
    records = list(csv.reader(io.StringIO(ALL[name].content.decode("utf-8-sig"))))
    width = max(map(len, records))
    turned = io.StringIO()
    csv.writer(turned).writerows([*record, *[""] * (width - len(record))][::-1] for record in records)
    assert reading(name, turned.getvalue().encode()).figures == reading(name, ALL[name].content).figures


@pytest.mark.parametrize("name", TABLES)
def test_another_encoding_is_refused_and_utf_16_is_read(name: str) -> None:
    text = ALL[name].content.decode("utf-8-sig")
    assert reading(name, text.encode("utf-16")).figures == reading(name, ALL[name].content).figures
    with pytest.raises(InputError, match=r"byte 0x9c|byte 0xa3"):
        reading(name, ALL[name].content + "£,œ".encode("cp1252"))


@pytest.mark.parametrize("name", TABLES)
def test_an_answer_that_was_cut_off_is_refused(name: str) -> None:
    lines = ALL[name].content.rstrip().splitlines(keepends=True)
    with pytest.raises(InputError):
        reading(name, b"".join([*lines[:-1], lines[-1][: len(lines[-1]) // 3]]))


JUNK = (
    b'"',
    b",",
    b"\n",
    b"\0",
    b"\xff",
    b"1e400",
    b"nan",
    b"[x]",
    b"13",
    b"Q5",
    b"P0Y",
    b"E1",
    b"",
    "²".encode(),
)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), length=st.integers(0, 9), junk=st.sampled_from(JUNK) | st.binary(max_size=6))
def test_whatever_has_happened_to_an_answer_it_is_read_or_refused(
    name: str, at: float, length: int, junk: bytes
) -> None:
    content = ALL[name].content
    start = int(at * len(content))
    told = ""
    try:
        reading(name, content[:start] + junk + content[start + length :])
    except InputError as error:
        told = str(error)
    assert len(told.splitlines()) <= 6
