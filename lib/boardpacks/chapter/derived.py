"""Makes a number that an analyst worked out a fact, with its formula and the figures that went in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.chapter.fact_book import FactBook
from boardpacks.chapter.make_facts import worked_out
from boardpacks.data.observations import PUBLISHED
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import digits
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.plain_name import plain_name


@dataclass(frozen=True)
class Derived:
    """A number that was worked out.

    Parameters
    ----------
    name
        What it is, after the name of its first input's measure: ``mean of the boroughs``.
    value
        The number.
    formula
        How it was worked out, in words.
    unit
        Its unit; None for that of its inputs, an empty text for none.
    decimals
        How many are printed.
    ends
        Both ends of its 95% interval, if it has one.
    of
        The fact whose area it is of, where it is not of all its inputs together.
    """

    name: str
    value: float
    formula: str
    unit: str | None = None
    decimals: int = 1
    ends: tuple[float, float] | None = None
    of: Fact | None = None


def derive(told: Derived, inputs: Sequence[Fact], pack: str, params: Params, book: FactBook) -> Fact:
    """Return a worked-out number as a fact, and note it.

    Its area is that of its inputs, unless it says another. Where they are of several it is told of all of these areas
    together, which are called the place, if they are its boroughs, and else what params call peers.

    Raises
    ------
    BoardpacksError
        When there are no inputs, no finite number, or no words for what it is and how it was made.
    """
    _check(told, inputs)
    first = inputs[0]
    own = [fact for fact in inputs if fact.indicator == first.indicator]
    codes = list(dict.fromkeys(fact.area for fact in own))
    where = (first.area, first.area_name) if len(codes) == 1 else ("+".join(codes), _called(codes, params))
    if told.of is not None:
        where = (told.of.area, told.of.area_name)
    part = f".{told.of.area}" if told.of else ""
    unit = first.unit if told.unit is None else told.unit
    measures = list(dict.fromkeys(fact.indicator for fact in inputs))
    made = worked_out(
        first,
        ".".join([pack, *measures, "derived", plain_name(told.name)]) + part,
        told.name,
        float(told.value),
        display=_display(told, unit),
        method=f"{told.formula.rstrip('.')}; from {_inputs(inputs, book)}",
        unit=unit or "number",
        ends=told.ends or (None, None),
        where=where,
        period=book.when(own),
        series="+".join(dict.fromkeys(part for fact in inputs for part in fact.series.split("+"))),
    ).model_copy(update={"inputs": tuple(fact.id for fact in inputs)})
    book.note(made, book.start(min(own, key=book.start)))
    return made


def _check(told: Derived, inputs: Sequence[Fact]) -> None:
    if not inputs:
        raise BoardpacksError(
            f"derived {told.name!r}: found no figures that it is made from. Hand over data=, a frame or rows of one "
            "that hold figures"
        )
    if not told.name.strip() or not told.formula.strip() or told.formula.strip() == PUBLISHED:
        raise BoardpacksError(
            f"derived {told.name!r}: found formula={told.formula!r}. Say in words what the number is (name) and how "
            "it was worked out (formula)"
        )
    numbers = (told.value, *(told.ends or ()))
    if not all(abs(float(number)) < float("inf") for number in numbers):
        raise BoardpacksError(
            f"derived {told.name!r}: found {told.value!r}, which is no number. Leave out rows without a value "
            "(frame.dropna) before you calculate"
        )


def _display(told: Derived, unit: str) -> str:
    shown = digits(float(told.value), told.decimals)
    if unit == "%":
        return f"{shown}%"
    if unit == "£":
        return f"-£{shown[1:]}" if shown.startswith("-") else f"£{shown}"
    return f"{shown} {unit}".rstrip()


def _inputs(inputs: Sequence[Fact], book: FactBook) -> str:
    """Return the figures that went in: each measure with its period and its number of figures."""
    by_measure: dict[str, list[Fact]] = {}
    for fact in inputs:
        by_measure.setdefault(fact.indicator_name, []).append(fact)
    told = (
        f"{name}, {book.when(facts)}, {len(facts)} figure{'s' if len(facts) > 1 else ''}"
        for name, facts in by_measure.items()
    )
    return "; ".join(told)


def _called(codes: Sequence[str], params: Params) -> str:
    """Return what several areas are called together."""
    together = (
        place.name for place in params.places.values() if {one.code for one in place.boroughs} == set(codes)
    )
    return next(together, params.system.peers)
