"""Period labels sort by when they end."""

from __future__ import annotations

import pytest

from boardpacks.packs.changes.period_order import period_order


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2022", "2023"),
        ("2022/23", "2023/24"),
        ("1999/00", "2000/01"),
        ("2021 - 23", "2022 - 24"),
        ("2025-07", "2025-08"),
        ("2025-12", "2026-01"),
        ("2024/25", "2025"),
        ("2024", "2024/25"),
        ("2024/25 Q1", "2024/25 Q2"),
        ("2024/25 Q3", "2024/25 Q4"),
        ("2024 Q4", "2025 Q1"),
        ("latest", "1991"),
    ],
)
def test_the_later_period_sorts_behind(earlier, later):
    assert period_order(earlier) < period_order(later)
