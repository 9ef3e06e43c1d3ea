from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from boardpacks.runs.note_events import Failure
from boardpacks.runs.notice import MOST_FAILURES, MOST_PACKS, word_notice

REPORT = Path("reports/runs/20261122T050000Z/report.html")


def test_what_was_built_what_failed_where_and_why(make_record):
    record = replace(make_record(), started="2026-11-22T05:00:00Z", seconds=72.0)
    notice = word_notice(record, REPORT)
    assert notice.subject == "Board packs: 1 pack published, 1 failed"
    assert notice.failed
    assert (
        notice.text
        == f"""\
A build began on 22 November 2026, 05:00 UTC and took 1 min 12 s.

Published (1):
  Newham, meeting on 2026-12-09, draft 0.1, 24 pages

Failed, not published (1):
  Havering, meeting on 2026-12-09, draft 0.1

What went wrong:
  work.ipynb, cell 7: draw()
    ValueError: no figures
    places  Havering

Report: {REPORT}

Exit status 1. Some pack failed; the others were published.
"""
    )


def test_facts_for_programs(make_record):
    facts = json.loads(json.dumps(word_notice(make_record(), REPORT).facts))
    assert (facts["outcome"], facts["exit_status"], facts["report"]) == ("failed", 1, str(REPORT))
    assert [pack["place"] for pack in facts["published"]] == ["newham"]
    assert [pack["place"] for pack in facts["failed"]] == ["havering"]
    assert facts["text"].startswith("Board packs: 1 pack published, 1 failed\n")


@pytest.mark.parametrize(
    ("exit_status", "subject", "failed"),
    [
        (0, "Board packs: 1 pack published", False),
        (2, "Board packs: nothing was built, because of wrong input", True),
        (130, "Board packs: the build was stopped", True),
    ],
)
def test_subjects(make_record, exit_status, subject, failed):
    notice = word_notice(make_record(exit_status), None)
    assert (notice.subject, notice.failed) == (subject, failed)
    assert "could not be written" in notice.text


def test_a_hundred_failures_fit(make_record):
    record = make_record()
    many = replace(
        record,
        packs=tuple(replace(record.packs[1], name=f"Place {n}") for n in range(300)),
        failures=tuple(Failure(f"fault {n}", ("A", "B")) for n in range(100)),
    )
    text = word_notice(many, REPORT).text
    assert f"... and {300 - MOST_PACKS} more" in text
    assert f"... and {100 - MOST_FAILURES} more in the report" in text
    assert len(text.splitlines()) < 80
