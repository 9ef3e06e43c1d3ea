from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from boardpacks.packs.files.pack_record import PACK_JSON, PackRecord, file_record
from boardpacks.packs.publish.portal_limits import check_limits, warn_of_limits
from boardpacks.params.calendars import PortalLimits
from boardpacks.plan.events import PackResult


@pytest.fixture
def record(make) -> PackRecord:
    return PackRecord(
        title="Havering board pack",
        place="havering",
        place_name="Havering",
        slug="havering",
        priorities=(),
        board="Havering Place Partnership Board",
        meeting=dt.date(2026, 12, 9),
        example=False,
        part="public",
        status="draft",
        version="0.1",
        pages=69,
        files=(
            file_record("a.pdf", "pdf", b"x" * 2_000_001),
            file_record("a_large-print.pdf", "large-print", b"x" * 2_500_000),
            file_record("a_data.csv", "data", b"x" * 10),
        ),
        snapshot=make.snapshot,
        engine="bundled",
    )


@pytest.mark.parametrize(
    "limits",
    [
        PortalLimits(),
        PortalLimits(pages=69),
        PortalLimits(megabytes=2.5),
        PortalLimits(pages=100, megabytes=3),
    ],
)
def test_a_pack_within_the_limits_is_fine(record, limits):
    assert check_limits(record, limits) == []


def test_too_many_pages_are_named_with_the_limit_and_what_to_do(record):
    assert check_limits(record, PortalLimits(pages=68)) == [
        "a.pdf has 69 pages, and the board's limit is 68: leave chapters out of the pack, "
        "or set limits.pages in params/meetings/havering.yml"
    ]


def test_each_file_that_is_too_large_is_named_and_never_as_small_as_the_limit(record):
    lines = check_limits(record, PortalLimits(megabytes=2))
    assert [line.partition(":")[0] for line in lines] == [
        "a.pdf has 2.01 MB, and the board's limit is 2 MB",
        "a_large-print.pdf has 2.5 MB, and the board's limit is 2 MB",
    ]
    assert "hand it out apart from the portal" in lines[1]


def test_a_pack_without_a_pdf_has_no_pages_to_count(record):
    assert check_limits(record.model_copy(update={"pages": None}), PortalLimits(pages=1)) == []


def test_published_packs_are_looked_at_and_failed_ones_are_not(make, record, tmp_path):
    plan = make.plan(tmp_path)
    plan = replace(plan, calendar=plan.calendar.model_copy(update={"limits": PortalLimits(pages=1)}))
    (tmp_path / PACK_JSON).write_text(record.model_dump_json(), encoding="utf-8")
    made, failed = PackResult(plan, tmp_path, (), 69), PackResult(plan, None, (), None)
    assert len(warn_of_limits([made, failed])) == 1
    assert warn_of_limits([failed]) == []


def test_without_limits_nothing_is_read(make, tmp_path):
    assert warn_of_limits([PackResult(make.plan(tmp_path), tmp_path / "none", (), 69)]) == []
