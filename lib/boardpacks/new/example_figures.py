"""Makes up figures for a first look at the packs of a new system. Whatever shows them says that they are made up."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boardpacks.params.system import Area
from boardpacks.stats.intervals import wilson

SOURCE = "made up, not published"
PUBLISHER = "Example figures"
LICENCE = "None: example figures"
YEARS = 6
Row = tuple[str, str, str, str, str, str, int, str, str, str, str, str, str]
"""A line of a tidy CSV file of figures."""


@dataclass(frozen=True)
class _Look:
    """What an indicator's figures are like: a middle, how far areas lie apart, the change in a year, who is counted."""

    middle: float
    apart: float
    yearly: float = 0.0
    counted: int = 0
    half_width: float = 0.0
    decimals: int = 1
    sex: str = "Persons"


LOOKS = {
    "population": _Look(250_000, 150_000, 1_500, decimals=0),
    "obesity_reception": _Look(9.8, 1.6, 0.05, 2_400),
    "obesity_year6": _Look(22.5, 4.0, 0.1, 2_600),
    "children_relative_poverty": _Look(23.0, 7.0, 0.4),
    "smoking_prevalence": _Look(12.5, 3.0, -0.5, 900),
    "adult_obesity": _Look(27.0, 4.5, 0.3, 1_400),
    "preventable_cvd_mortality": _Look(31.0, 9.0, 0.3, half_width=5.0),
    "healthy_life_expectancy_female": _Look(61.5, 3.0, -0.2, half_width=2.2, sex="Female"),
    "healthy_life_expectancy_male": _Look(61.0, 3.0, -0.2, half_width=2.2, sex="Male"),
    "employment_rate": _Look(74.5, 4.0, 0.1, 1_100),
    "economic_inactivity": _Look(22.0, 3.5, 0.1, 1_100),
    "wellbeing_satisfaction": _Look(7.45, 0.12, 0.0, half_width=0.12, decimals=2),
    "wellbeing_anxiety": _Look(3.2, 0.2, 0.02, half_width=0.2, decimals=2),
}
"""How each indicator of the starter looks."""


def example_rows(own: Sequence[Area], wholes: Sequence[Area], today: dt.date) -> Iterator[Row]:
    """Yield made-up figures of every indicator, area and year, the same whenever they are asked for.

    Parameters
    ----------
    own
        Authorities, whose figures lie apart.
    wholes
        Countries and regions, whose figures lie in the middle.
    today
        The latest year is the one before.
    """
    for indicator, look in LOOKS.items():
        for area in (*wholes, *own):
            apart = look.apart * (0.1 if area in wholes else 1.0)
            lean = apart * _chance(indicator, area.code)
            for back in range(YEARS - 1, -1, -1):
                year = today.year - 1 - back
                noise = 0.15 * apart * _chance(indicator, area.code, str(year))
                value = look.middle + lean + noise - back * look.yearly
                yield _row(indicator, look, area, year, value, is_whole=area in wholes)


def _row(indicator: str, look: _Look, area: Area, year: int, value: float, *, is_whole: bool) -> Row:
    if indicator == "population" and is_whole:
        value *= 60
    count = denominator = lower = upper = ""
    if look.counted:
        of = round(
            look.counted
            * (100 if is_whole else 1)
            * (1.5 + 0.4 * _chance(indicator, area.code, str(year), "of"))
        )
        cases = round(value / 100 * of)
        value = 100 * cases / of
        low, high = wilson(cases, of)
        lower, upper = (f"{100 * end:.{look.decimals + 2}f}" for end in (low, high))
        count, denominator = str(cases), str(of)
    elif look.half_width:
        half = look.half_width / (10 if is_whole else 1)
        lower, upper = (f"{value + side * half:.{look.decimals + 2}f}" for side in (-1, 1))
    said = f"{value:.{look.decimals + 2 if look.decimals else 0}f}"
    place = (indicator, area.code, area.name, look.sex, str(year), f"{year}-01-01", 12)
    return (*place, said, lower, upper, count, denominator, "")


def _chance(*seed: str) -> float:
    """Return a number from -1 to 1 that looks like chance and is always the same for its words."""
    digest = hashlib.sha256("/".join(seed).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**47 - 1
