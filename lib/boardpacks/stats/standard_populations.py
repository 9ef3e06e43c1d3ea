"""Standard populations: the age structures that directly standardised rates are weighted by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StandardPopulation:
    """An age structure that rates are standardised to.

    ``ages`` holds the first age of each band, ascending; the last band has no end. ``weights`` holds the standard
    people in each band.
    """

    name: str
    source: str
    ages: tuple[int, ...]
    weights: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.ages) != len(self.weights) or not self.ages:
            raise ValueError(f"{self.name}: {len(self.ages)} ages for {len(self.weights)} weights")
        if list(self.ages) != sorted(set(self.ages)) or any(not weight > 0 for weight in self.weights):
            raise ValueError(f"{self.name}: ages must ascend and weights be above 0")

    def between(self, youngest: int, oldest: int | None = None) -> StandardPopulation:
        """Return the bands from age `youngest` up to and including age `oldest` (None: no end).

        Raises
        ------
        ValueError
            Where an age lies within a band, which then cannot be cut.
        """
        ends = (*(age - 1 for age in self.ages[1:]), None)
        chosen = [
            (age, weight)
            for age, end, weight in zip(self.ages, ends, self.weights, strict=True)
            if age >= youngest and (oldest is None or (end is not None and end <= oldest))
        ]
        words = f"aged {youngest} and over" if oldest is None else f"aged {youngest} to {oldest}"
        if youngest not in self.ages or oldest not in ends or not chosen:
            raise ValueError(f"{self.name} has no bands that make up people {words}")
        ages, weights = zip(*chosen, strict=True)
        return StandardPopulation(f"{self.name}, {words}", self.source, ages, weights)


EUROPEAN_2013 = StandardPopulation(
    name="European Standard Population 2013",
    source="Eurostat (2013), Revision of the European Standard Population; under 1 and 1 to 4 joined, to 90 and over",
    ages=tuple(range(0, 95, 5)),
    weights=(
        *(5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000),
        *(7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000),
    ),
)
"""What age-standardised rates in England are standardised to since 2014; 100,000 people in five-year bands."""
