"""The table in docs/crash-safety.md lists what is tested, and every fault that it lists is."""

from __future__ import annotations

from pathlib import Path

from .faults import FAULTS

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "crash-safety.md"
ELSEWHERE = {
    "build killed at any step of publishing": (
        "packs/publish/test_publish_pack.py",
        "a_kill_at_any_step_is_put_right",
    ),
    "receipt or result of an earlier build damaged": (
        "packs/test_incremental.py",
        "what_is_damaged_is_made_again",
    ),
    "published file changed or missing": (
        "packs/test_incremental.py",
        "a_published_pack_that_is_not_as_it_was_is_published_again",
    ),
    "Typst dies or hangs": (
        "packs/render/test_typst_pdf.py",
        "a_typst_that_dies_or_hangs_costs_one_document",
    ),
    "cache entry corrupted": ("packs/test_incremental.py", "a_damaged_cache_entry_is_dropped_and_said"),
    "warm process killed": (
        "execute/warm/test_warm_crashes.py",
        "when_the_warm_process_is_killed_its_chapters_run_again_and_later_ones_are_warm",
    ),
}


def test_the_page_lists_every_fault_with_its_outcome():
    table = PAGE.read_text(encoding="utf-8").partition("## Every fault that is tested")[2]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    assert rows[0] == ["Fault", "Outcome"]
    assert dict(rows[2:]) == FAULTS
    assert len(FAULTS) >= 30


def test_every_fault_is_injected_by_a_test():
    tests = "".join(
        path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py") if path != Path(__file__)
    )
    untested = [name for name in FAULTS if f'"{name}"' not in tests and name not in ELSEWHERE]
    assert untested == []
    for file, test in ELSEWHERE.values():
        assert f"def test_{test}(" in (HERE.parent / file).read_text(encoding="utf-8")
