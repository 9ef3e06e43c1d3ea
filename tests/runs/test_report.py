from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from boardpacks.runs.report import KEPT, duration, result_words, run_page, write_report


def test_both_files_hold_the_same_build(make_record, tmp_path):
    record = make_record(asked={"--place": "havering, newham"})
    page = write_report(tmp_path / "runs", record, tmp_path)
    assert page.relative_to(tmp_path).as_posix() == f"runs/{re.sub('[-:]', '', record.started)}/report.html"
    facts = json.loads((page.parent / "report.json").read_bytes())
    assert facts["schema"] == 1
    assert facts["exit_status"] == 1
    assert facts["asked"] == {"--place": "havering, newham"}
    assert [pack["outcome"] for pack in facts["packs"]] == ["published", "failed"]
    html = page.read_text(encoding="utf-8")
    for words in (
        "1 pack published, 1 failed",
        "ValueError: no figures",
        "Havering",
        "24 pages",
        "2.5 s",
        "Not run",
    ):
        assert words in html
    assert sorted(path.name for path in page.parent.iterdir()) == ["report.html", "report.json"]


def test_text_is_printed_and_not_obeyed(make_record, tmp_path):
    nasty = "<script>alert(1)</script>\"'&"
    html = run_page(make_record(reason=nasty, name=nasty, problem=nasty, asked={nasty: nasty}), tmp_path)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 5


@pytest.mark.parametrize("exit_status", [0, 1, 2, 130])
def test_headings_ids_and_tags_are_in_order(make_record, tmp_path, exit_status):
    html = run_page(make_record(exit_status), tmp_path)
    open_tags: list[str] = []
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append(tag)
            if tag not in {"meta", "br"}:
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Reader().feed(html)
    assert open_tags == []
    headings = [int(tag[1]) for tag in seen if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    ids = re.findall(r' id="(.*?)"', html)
    assert len(set(ids)) == len(ids)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//|@import|<script|<link", html)


def test_a_build_with_no_packs_says_why(make_record, tmp_path):
    record = replace(make_record(2, "1 problem found:\nparams/places/x.yml"), packs=())
    html = run_page(record, tmp_path)
    assert "No pack was built" in html
    assert "params/places/x.yml" in html


def test_two_builds_in_one_second_have_reports_of_their_own(make_record, tmp_path):
    record = make_record()
    names = [write_report(tmp_path, record, tmp_path).parent.name for _ in range(3)]
    assert names == [names[0], f"{names[0]}-2", f"{names[0]}-3"]


def test_only_the_newest_are_kept_and_nothing_else_is_touched(make_record, tmp_path):
    record = make_record()
    (tmp_path / "mine").mkdir()
    (tmp_path / ".20200101T000000Z").mkdir()
    for hour in range(24):
        write_report(tmp_path, replace(record, started=f"2026-11-22T{hour:02}:00:00Z"), tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [*(f"20261122T{hour:02}0000Z" for hour in range(24 - KEPT, 24)), "mine"]


def test_a_report_that_cannot_be_written_leaves_nothing(make_record, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_report(tmp_path / "runs", make_record(), tmp_path)
    assert os.listdir(tmp_path / "runs") == []  # noqa: PTH208 - hidden ones as well


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ([], "No pack was built"),
        (["published"], "1 pack published"),
        (["published"] * 8, "8 packs published"),
        (["published"] * 7 + ["failed"], "7 packs published, 1 failed"),
        (["failed"], "1 pack failed"),
        (["published", "not finished", "not finished"], "1 pack published, 2 not finished"),
    ],
)
def test_result_in_words(make_record, outcomes, words):
    record = make_record()
    packs = tuple(replace(record.packs[0], outcome=outcome) for outcome in outcomes)
    assert result_words(replace(record, packs=packs)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0, "0.0 s"), (4.24, "4.2 s"), (59.94, "59.9 s"), (59.96, "1 min 0 s"), (60, "1 min 0 s"),
     (72.4, "1 min 12 s"), (3599.6, "1 h 0 min"), (7500, "2 h 5 min")],
)  # fmt: skip
def test_lengths_of_time_in_words(seconds, words):
    assert duration(seconds) == words


def test_the_report_says_what_ought_to_be_known_of_a_pack(make_record, tmp_path):
    record = make_record()
    pack = replace(
        record.packs[0], notice="Havering: made with the bundled engine, because Quarto failed: <x>"
    )
    html = run_page(replace(record, packs=(pack, *record.packs[1:])), tmp_path)
    assert "because Quarto failed: &lt;x&gt;" in html
