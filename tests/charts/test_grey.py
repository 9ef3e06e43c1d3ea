"""What a black-and-white printer leaves of the charts: whatever colour tells apart, something else does too."""

from __future__ import annotations

import re
from itertools import combinations, product

import pytest
from matplotlib.colors import to_rgb

from boardpacks.charts import bars, deciles, spine, spread
from boardpacks.charts.places import MARKS
from boardpacks.charts.theme import GREY, STYLES, TEXT
from boardpacks.charts.verdicts import TINTS
from boardpacks.charts.xmr import LEFT_OUT, LOOKS, PLEDGES, Look
from boardpacks.project.folder import Project
from boardpacks.stats.comparison import UNJUDGED

READABLE = 4.5
"""Contrast that WCAG 2.2 AA asks of words."""
SEEN = 3.0
"""Contrast that it asks of what is no word."""


def grey(colour: str) -> float:
    """Return how light a colour is once a printer has made it grey (ITU-R BT.601), from 0 to 1."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours in grey, by the formula of WCAG."""

    def light(colour: str) -> float:
        level = grey(colour)
        return level / 12.92 if level <= 0.04045 else float(((level + 0.055) / 1.055) ** 2.4)

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag_for_black_white_and_a_known_grey():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", ["white", *dict.fromkeys(TINTS.values())])
@pytest.mark.parametrize("ink", [TEXT, GREY])
def test_words_of_charts_are_readable_in_grey(ink, ground):
    assert contrast(ink, ground) >= READABLE


def test_words_of_packs_are_readable_in_grey(checkout: Project):
    template = (checkout.extension / "typst-template.typ").read_text(encoding="utf-8")
    table = re.search(r"#let colours = \((.*?)\n\)", template, re.DOTALL)
    assert table is not None
    known = dict(re.findall(r'([a-z]+): rgb\("(#[0-9A-F]{6})"\)', table[1]))
    assert {"ink", "grey", "blue", "red", "wash"} <= set(known)
    for ink, ground in product(set(known) - {"line", "wash"}, ("#FFFFFF", known["wash"])):
        assert contrast(known[ink], ground) >= READABLE, (ink, ground)


@pytest.mark.parametrize(("one", "other"), list(combinations(STYLES, 2)))
def test_lines_differ_in_dashes_or_marks(one, other):
    first, second = STYLES[one], STYLES[other]
    assert (first.dash, first.marker) != (second.dash, second.marker)
    assert contrast(first.colour, "white") >= SEEN


@pytest.mark.parametrize(("one", "other"), list(combinations(MARKS, 2)))
def test_verdicts_differ_in_shape_or_in_being_filled(one, other):
    if {one, other} <= UNJUDGED:
        assert MARKS[one] == MARKS[other], "they share one entry of the key"
        return
    (shape, _, fill), (shape2, _, fill2) = MARKS[one], MARKS[other]
    assert shape != shape2 or contrast(fill, fill2) >= SEEN


def test_points_of_monthly_charts_differ_in_shape_or_filling_or_letter():
    looks = [*LOOKS.values(), LEFT_OUT]
    for one, other in combinations(looks, 2):
        same_words = one.words == other.words and one.letter != other.letter
        assert same_words or one.marker != other.marker or contrast(one.fill, other.fill) >= SEEN
    assert all(contrast(look.edge, "white") >= SEEN for look in looks if isinstance(look, Look))


def test_signs_of_assurance_differ_and_are_readable_on_their_fill():
    shown = [pledge for pledge in PLEDGES.values() if pledge[0]]
    assert len({sign for sign, _, _ in shown}) == len(shown)
    assert all(contrast(fill or "white", ink) >= READABLE for _, fill, ink in shown)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        (bars.OWN, bars.OTHER, SEEN),
        (STYLES["place"].colour, deciles.OTHERS, SEEN),
        (STYLES["place"].colour, spread.OTHERS, SEEN),
        (spine.MIDDLE, spine.FURTHEST, 2.0),
        (spine.RIM, "white", SEEN),
    ],
    ids=["bars", "deciles", "spread", "spine", "rim of the spine"],
)
def test_shades_side_by_side_differ_in_grey(one, other, least):
    assert contrast(one, other) >= least
