"""Moves dots on a line aside until all can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

ROOM = 1.05
"""How much further than they must two touching dots are moved apart."""


def swarm(positions: Sequence[float], diameter: float) -> list[float]:
    """Return how far each dot is moved off the line, so that none covers another: as little as can be.

    Parameters
    ----------
    positions
        Where the dots lie along the line.
    diameter
        Of every dot, in the same unit.

    Returns
    -------
    list of float
        In the same unit and in the order of `positions`; below 0 on one side of the line, above 0 on the other.
    """
    moved = [0.0] * len(positions)
    placed: list[tuple[float, float]] = []
    for dot in sorted(range(len(positions)), key=positions.__getitem__):
        near = [(positions[dot] - along, off) for along, off in placed if positions[dot] - along < diameter]
        moved[dot] = _nearest_free(near, diameter)
        placed.append((positions[dot], moved[dot]))
    return moved


def _nearest_free(near: Sequence[tuple[float, float]], diameter: float) -> float:
    """Return the smallest move that leaves all dots nearby free; they are told by their distance and move."""
    beside = [
        off + side * ROOM * sqrt(diameter**2 - apart**2)
        for number, (apart, off) in enumerate(near)
        for side in ((-1, 1) if number % 2 == 0 else (1, -1))
    ]
    return next(
        move
        for move in sorted([0.0, *beside], key=abs)
        if all(apart**2 + (move - off) ** 2 >= diameter**2 for apart, off in near)
    )
