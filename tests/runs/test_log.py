from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from boardpacks.project.errors import BoardpacksError
from boardpacks.runs.log import KEYS, open_log


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_event_is_a_line_of_json_with_the_same_keys(tmp_path):
    path = tmp_path / "logs" / "build.log"
    with open_log(str(path), str, print) as log:
        log("build-started")
        log(
            "chapter-finished",
            place="havering",
            chapter="work",
            seconds=1.5,
            outcome="failed",
            message='a "b"\nc é',
        )
    first, second = lines(path)
    assert list(first) == list(second) == list(KEYS)
    assert (first["event"], first["place"]) == ("build-started", None)
    assert (second["seconds"], second["message"]) == (1.5, 'a "b"\nc é')
    when = dt.datetime.fromisoformat(str(second["time"]))
    assert when.utcoffset() == dt.timedelta(0)
    assert abs(dt.datetime.now(dt.UTC) - when) < dt.timedelta(minutes=1)


def test_a_log_is_added_to(tmp_path):
    path = tmp_path / "build.log"
    for event in ("one", "two"):
        with open_log(str(path), str, print) as log:
            log(event)
    assert [line["event"] for line in lines(path)] == ["one", "two"]


def test_the_error_stream(capsys):
    with open_log("-", str, print) as log:
        log("build-started")
    said = capsys.readouterr()
    assert (said.out, json.loads(said.err)["event"]) == ("", "build-started")


def test_no_log_by_default(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with open_log(None, str, print) as log:
        log("build-started", place="havering")
    assert (list(tmp_path.iterdir()), *capsys.readouterr()) == ([], "", "")


def test_texts_are_cleaned(tmp_path):
    path = tmp_path / "build.log"
    with open_log(str(path), lambda text: text.replace("word", "[hidden]"), print) as log:
        log("warning", message="the word", seconds=1.0)
    assert lines(path)[0]["message"] == "the [hidden]"


def test_a_log_that_cannot_be_opened_is_wrong_input(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(BoardpacksError, match="cannot be opened"),
        open_log(str(tmp_path / "file" / "log"), str, print),
    ):
        pass


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a full disk of Linux")  # noqa: PTH110
def test_a_full_disk_is_told_once_and_stops_nothing():
    warnings: list[str] = []
    with open_log("/dev/full", str, warnings.append) as log:
        log("one")
        log("two")
    assert len(warnings) == 1
    assert "No space left" in warnings[0]
