from __future__ import annotations

import pytest

from boardpacks.plan.shown_outcomes import plain_title


@pytest.mark.parametrize(
    "heading",
    [
        r"Outcome 2: Fewer \<19s smoke\* or are \_alone\_",
        "Fewer <19s smoke* or are _alone_",
        r"fewer \<19s **smoke\*** or are \_alone\_.",
    ],
)
def test_a_heading_is_its_outcomes_title_whatever_signs_it_holds(heading: str):
    assert plain_title(heading) == plain_title("Fewer <19s smoke* or are _alone_")
