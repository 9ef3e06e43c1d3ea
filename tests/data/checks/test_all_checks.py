"""The page of checks lists what the code checks."""

from __future__ import annotations

from boardpacks.data.checks.all_checks import CHECKS
from boardpacks.project.folder import Project


def test_the_page_lists_every_check_with_its_severity(checkout: Project):
    page = (checkout.root / "docs" / "data-checks.md").read_text(encoding="utf-8")
    rows = "\n".join(f"| `{check.name}` | {check.severity} | {check.finds} |" for check in CHECKS)
    assert rows in page, f"docs/data-checks.md has to hold these rows:\n{rows}"


def test_no_two_checks_have_one_name():
    assert len({check.name for check in CHECKS}) == len(CHECKS)
