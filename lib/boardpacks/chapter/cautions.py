"""What publishers caution of a figure: what is said of it, and whether the figure may be an alert on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from boardpacks.charts.alt_text import inside
from boardpacks.data.observations import Valued
from boardpacks.facts.artefacts import Summary
from boardpacks.facts.wording import capital, listed, sentence
from boardpacks.params.handling import Caution
from boardpacks.params.indicator import Indicator

WITH_CAUTION = "to be read with caution"


@dataclass(frozen=True)
class Care:
    """How a figure is to be read.

    ``cautions`` are those that concern it or what it is compared with; ``rests_on_it`` tells whether one concerns the
    figure itself, or those that its judgement rests on: then nobody is alerted by it alone.
    """

    cautions: tuple[Caution, ...] = ()
    rests_on_it: bool = False


NO_CARE = Care()


def care_for(
    indicator: Indicator,
    latest: Valued,
    judged_by: Iterable[Valued],
    beside: Iterable[Valued],
    remarks: Sequence[str] = (),
) -> Care:
    """Return how the latest figure of a series is to be read.

    Parameters
    ----------
    indicator, latest
        The indicator and the figure.
    judged_by
        The figures that its judgement rests on: the benchmark's, or all peers' where it stands out among them.
    beside
        The other figures that it is shown with.
    remarks
        What a publisher's remark says where a figure is to be read with caution.
    """
    resting = [latest, *judged_by]
    shown = [*resting, *beside]
    cautions = tuple(one for one in indicator.cautions if _concerns(one, shown))
    doubtful = any(words.lower() in latest.note.lower() for words in remarks)
    return Care(cautions, doubtful or any(_concerns(one, resting) for one in cautions))


def _concerns(caution: Caution, figures: Iterable[Valued]) -> bool:
    return any(caution.concerns(one.period, one.area) for one in figures)


def caution_sentences(cares: Iterable[Care]) -> list[str]:
    """Return each caution once, in whole sentences, with where the publisher says so."""
    each = dict.fromkeys(caution for care in cares for caution in care.cautions)
    return [f"**{capital(WITH_CAUTION)}** ({caution.source}): {sentence(caution.text)}" for caution in each]


def caution_note(told: Iterable[tuple[Indicator, str, Care]]) -> str:
    """Return the words that name what is to be read with caution below a table or a chart, if anything is.

    Parameters
    ----------
    told
        Each figure's indicator, area and care: areas are named where not all of an indicator's are concerned.
    """
    areas: dict[str, dict[str, bool]] = {}
    for indicator, area, care in told:
        areas.setdefault(inside(indicator.name), {})[area] = care.rests_on_it
    names = []
    for name, concerned in areas.items():
        own = [area for area, rests in concerned.items() if rests]
        if own:
            names.append(name if len(own) == len(concerned) else f"{name} ({listed(own)})")
    return f"{capital(WITH_CAUTION)}: {'; '.join(names)}. " if names else ""


def with_caution(lines: Iterable[Summary], care: Care) -> list[Summary]:
    """Return lines of the summary that say where their figures are to be read with caution."""
    if not care.rests_on_it:
        return list(lines)
    return [
        line.model_copy(update={"line": f"{line.line}; {WITH_CAUTION}", "cautioned": True}) for line in lines
    ]
