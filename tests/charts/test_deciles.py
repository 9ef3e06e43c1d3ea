"""Small areas by tenth of deprivation: ten bars with their counts."""

from __future__ import annotations

import pytest
from matplotlib.patches import Rectangle

from boardpacks.charts.deciles import draw_deciles
from boardpacks.charts.svg import to_svg

pytestmark = pytest.mark.usefixtures("look")


@pytest.mark.parametrize(
    "counts", [list(range(10)), [0] * 10, [5, *[0] * 9], [10**6] * 10], ids=["rising", "none", "one", "many"]
)
def test_ten_bars_each_with_its_count(counts: list[int]):
    figure = draw_deciles(counts)
    (axes,) = figure.axes
    assert [bar.get_height() for bar in axes.patches if isinstance(bar, Rectangle)] == counts
    assert [text.get_text() for text in axes.texts] == [f"{count:,}" for count in counts]
    names = [label.get_text() for label in axes.get_xticklabels()]
    assert names[0] == "most\ndeprived tenth"
    assert names[-1] == "least\ndeprived tenth"
    assert "nan" not in to_svg(figure)


def test_the_most_deprived_fifth_is_set_apart():
    colours = [bar.get_facecolor() for bar in draw_deciles([3] * 10).axes[0].patches]
    assert colours[0] == colours[1]
    assert colours[2] == colours[9]
    assert colours[1] != colours[2]


def test_other_than_ten_counts_are_refused():
    with pytest.raises(ValueError, match="shape mismatch"):
        draw_deciles([1, 2, 3])
