"""Says in sentences what a chart shows, from the very data that it draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from boardpacks.params.articles import with_article
from boardpacks.stats.comparison import Verdict

Say = Callable[[float], str]
"""Turns a value into words, with its unit and rounding: 10.94 into "10.9%"."""

RELATIONS: dict[Verdict, str] = {
    "worse": "Worse than",
    "better": "Better than",
    "similar": "Similar to",
    "higher": "Higher than",
    "lower": "Lower than",
    "not-tested": "Not tested against",
    "not-compared": "Not compared with",
    "too-old": "Too old to be compared with",
}
"""In the order in which a text says them: what needs attention first."""


@dataclass(frozen=True)
class About:
    """What a chart is about: the measure, the place or places, and the period or periods, each in words."""

    what: str
    where: str
    when: str

    def __post_init__(self) -> None:
        if not all(part.strip() for part in (self.what, self.where, self.when)):
            raise ValueError("a description has to name the measure, the place and the period")


def opening(kind: str, about: About) -> str:
    """Return the first sentence of a description: the kind of chart, then what, where and when.

    Parameters
    ----------
    kind
        The kind of chart, such as ``Bar chart``.
    about
        What the chart is about.
    """
    return f"{kind} of {inside(about.what)}, {about.where}, {about.when}."


def extremes(values: Sequence[tuple[str, float]], say: Say) -> str:
    """Return which areas are lowest and highest as printed, in one sentence.

    Parameters
    ----------
    values
        Name and value of each area that has one.
    say
        Turns a value into words; values with the same words count as equal.
    """
    if not values:
        return "No figure is held here."
    ordered = sorted(values, key=lambda pair: pair[1])
    low, high = say(ordered[0][1]), say(ordered[-1][1])
    if len(ordered) == 1:
        return f"{ordered[0][0]}: {low}."
    if low == high:
        return f"All {len(ordered)} have the same value, {low}."
    lowest, highest = ([name for name, value in values if say(value) == end] for end in (low, high))
    return f"The lowest value is {low} ({listed(lowest)}), the highest {high} ({listed(highest)})."


def verdicts(told: Sequence[tuple[str, Verdict]], benchmark: str) -> str:
    """Return one sentence for each verdict that occurs, with the names it is true of.

    Parameters
    ----------
    told
        Name and verdict of each area or measure, in the order in which they are to be said.
    benchmark
        What they are compared with.
    """
    groups, other = by_verdict(told).items(), with_article(benchmark)
    return " ".join(f"{RELATIONS[verdict]} {other}: {listed(names)}." for verdict, names in groups)


def by_verdict(told: Iterable[tuple[str, Verdict | None]]) -> dict[Verdict, list[str]]:
    """Return the names that each verdict is true of, for those that occur; what needs attention comes first."""
    pairs = list(told)
    groups = {verdict: [name for name, own in pairs if own == verdict] for verdict in RELATIONS}
    return {verdict: names for verdict, names in groups.items() if names}


def without(names: Sequence[str]) -> str:
    """Return the sentence that names what has no figure, or nothing where all have one."""
    return f"No figure: {listed(names)}." if names else ""


def paragraph(*sentences: str) -> str:
    """Return the sentences that are not empty, as one paragraph."""
    return " ".join(sentence for sentence in sentences if sentence)


def listed(words: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``; with semicolons where a part has a comma or an "and" of its own."""
    if len(words) == 1:
        return words[0]
    if any(", " in word or " and " in word for word in words):
        return "; ".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def inside(name: str) -> str:
    """Return a name as it stands inside a sentence: an abbreviation or a figure at its start keeps its capitals."""
    first = name.split(maxsplit=1)[0]
    return name if first.upper() == first else name[:1].lower() + name[1:]
