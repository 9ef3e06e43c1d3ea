"""Themes, foundations and baseline figures: optional files, and a status that follows from the evidence."""

from __future__ import annotations

import pytest

from boardpacks.params.load import load_params
from boardpacks.params.strategy import Emphasis, Theme
from tests.params.conftest import WriteParams
from tests.params.test_wrong_params import FIGURES, THEME


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        ({"indicators": ("happiness",)}, "measured"),
        ({"indicators": ("happiness",), "gap": "Not by age."}, "partly-measured"),
        ({"gap": "Nobody counts it."}, "not-measured"),
    ],
)
def test_a_status_follows_from_indicators_and_gap(evidence: dict[str, object], status: str) -> None:
    theme = Theme.model_validate({"id": "joy", "name": "Joy", "means": "People are glad.", **evidence})
    assert theme.status == status


def test_a_system_can_do_without_them(write_params: WriteParams) -> None:
    params = load_params(write_params())
    assert (params.themes, params.foundations, params.baselines) == ((), (), None)


def test_they_are_loaded_in_the_order_of_their_files(write_params: WriteParams) -> None:
    second = THEME.replace("fairness", "joy").replace("Fairness", "Joy") + "  baselines: [residents]\n"
    part = "  parts:\n    - name: Staff\n      gap: Nobody counts it.\n"
    files = {
        "themes.yml": THEME + second,
        "foundations.yml": THEME.replace("airness", "unds") + part,
        "baselines.yml": FIGURES,
    }
    params = load_params(write_params(files))
    assert [theme.id for theme in params.themes] == ["fairness", "joy"]
    assert [part.name for part in params.foundations[0].parts] == ["Staff"]
    assert params.baselines is not None
    (figure,) = params.baselines.figures
    assert (figure.value, figure.printed, figure.chapter) == (2_000_000, "over 2 million", "place_profile")


def test_an_emphasis_may_be_plain_text(write_params: WriteParams) -> None:
    assert load_params(write_params()).places["alston"].emphasis == (
        Emphasis(text="Many residents are older."),
    )
