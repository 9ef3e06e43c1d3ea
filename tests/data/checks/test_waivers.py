"""Severities and waivers of params/checks.yml: what they let through, and where they are wrong."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.data.checks.check_figures import Weighed
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.project.errors import BoardpacksError, InputError
from tests.data.checks.made import indicator, table, weighed

HEAD = "waivers:\n"
WAIVER = """  - check: {check}
    indicator: mood
    area: E09000016
    period: "2001"
    reason: The publisher confirmed it in writing.
    name: A. Analyst
    until: {until}
"""


def found(tmp_path: Path, text: str) -> Weighed:
    (tmp_path / "params").mkdir(exist_ok=True)
    (tmp_path / "params" / "checks.yml").write_text(text, "utf-8")
    own = load_figure_checks(tmp_path / "params")
    return weighed(table(31.0, 367.0, 32.0), indicator(), settings=own)


def test_without_the_file_nothing_is_let_through(tmp_path: Path):
    own = load_figure_checks(tmp_path)
    assert [f.check for f in weighed(table(367.0), indicator(), settings=own).stops] == ["out-of-range"]


def test_a_waiver_lets_through_what_it_names_and_is_told(tmp_path: Path):
    own = found(tmp_path, HEAD + WAIVER.format(check="out-of-range", until="2027-03-31"))
    assert [f.check for f in own.stops] == []
    assert [(waiver.name, count) for waiver, count in own.waived.items()] == [("A. Analyst", 1)]
    assert own.notices == ()


@pytest.mark.parametrize("word", ["off", "'off'", "warn"])
def test_a_severity_of_the_params_goes_before_the_checks_own(tmp_path: Path, word: str):
    own = found(tmp_path, f"severities:\n  out-of-range: {word}\n")
    assert "out-of-range" not in [f.check for f in own.stops]
    assert ("out-of-range" in [f.check for f in own.warnings]) == (word == "warn")


def test_an_expired_waiver_lets_nothing_through(tmp_path: Path):
    own = found(tmp_path, HEAD + WAIVER.format(check="out-of-range", until="2026-11-27"))
    assert [f.check for f in own.stops] == ["out-of-range"]
    assert list(map(str, own.notices)) == [
        "params/checks.yml, line 2: the waiver of out-of-range of mood, E09000016, 2001 ended on 2026-11-27: "
        "A. Analyst answers for it: renew it or take it out."
    ]


def test_a_waiver_that_nothing_matches_is_told_by_file_and_line(tmp_path: Path):
    one = WAIVER.format(check="out-of-range", until="2027-03-31")
    own = found(tmp_path, HEAD + one + WAIVER.format(check="spike", until="2027-03-31"))
    assert [notice.where for notice in own.notices] == ["params/checks.yml, line 9"]


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        (HEAD + WAIVER.format(check="out-of-rang", until="2027-03-31"), "line 2", "'out-of-range'"),
        ("severities:\n  spikes: off\n", "line 2", "'spike'"),
        ("severities:\n  spike: loud\n", "line 2", "stop"),
        (HEAD + "  - check: spike\n    indicator: mood\n", "line 2", "reason"),
        (HEAD + WAIVER.format(check="spike", until="soon"), "line 8", "soon"),
        ("waiver: []\n", "line 1", "waivers"),
        (
            HEAD + WAIVER.replace("A. Analyst", '" "').format(check="spike", until="2027-03-31"),
            "line 7",
            "word",
        ),
        (
            HEAD
            + WAIVER.replace("The publisher", "|\n      Two\n      lines").format(
                check="spike", until="2027-03-31"
            ),
            "line 6",
            "line",
        ),
    ],
)
def test_a_fault_of_the_file_is_told_by_line(tmp_path: Path, text: str, where: str, said: str):
    with pytest.raises(InputError) as error:
        found(tmp_path, text)
    assert f"params/checks.yml, {where}" in str(error.value)
    assert said in str(error.value)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(HEAD + WAIVER.format(check="spike", until="2027-03-31")).splitlines(),
                "severities:",
                "  spike: off",
                "  ? [a]",
                "- &a *a",
                "<<: *a",
                "!!python/object x",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=12,
).map("\n".join)


@given(text=LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_raises_anything_but_an_error_of_the_users(tmp_path: Path, text: str):
    with suppress(BoardpacksError):
        found(tmp_path, text.encode("utf-8", "replace").decode())
