"""The scorecard of themes and foundations: how well each is measured, and what the latest figures say of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boardpacks.chapter.baselines import WHOLE_SYSTEM, started_from, stated_facts, stated_span
from boardpacks.chapter.hand_over import show_statement, show_table
from boardpacks.chapter.make_facts import each_once, fact_id
from boardpacks.chapter.measure import Measure
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import CLASSES, LABELS, listed
from boardpacks.params.models import Params
from boardpacks.params.strategy import Baseline, EvidenceStatus, Foundation, Theme
from boardpacks.stats.comparison import VERDICTS, Verdict

COUNTED = "counted from the verdicts of its indicators"
"""How the method of a number of verdicts begins."""
RESULTS = "results"
"""What stands for a verdict in the id of the number of all results."""
MOST_FIGURES = 1
"""Figures of the strategy that stand on the scorecard for one entry; the others are listed with the notes."""

STATUS: Mapping[EvidenceStatus, str] = {
    "measured": "Measured",
    "partly-measured": "Partly measured",
    "not-measured": "Not yet measured",
}
_ORDER: tuple[Verdict, ...] = tuple(dict.fromkeys(("worse", "similar", *VERDICTS)))


@dataclass(frozen=True)
class Evidence:
    """A theme or a foundation with the measures of its indicators: for one place, or for every place in turn."""

    entry: Theme | Foundation
    measures: Sequence[Measure]


def show_scorecard(
    themes: Sequence[Evidence], foundations: Sequence[Evidence], params: Params, pack: str
) -> None:
    """Hand over the scorecard: one row for each theme and each foundation.

    Parameters
    ----------
    themes, foundations
        The entries in the order of the params.
    params
        The system's params.
    pack
        Id of the place, or of the system, under which the facts go.
    """
    benchmark, whole = params.system.spoken_benchmark, params.system.short_name
    states_figures = params.baselines is not None
    columns = [
        Column("Theme or foundation", width=21),
        Column("Evidence", width=14),
        Column(f"Latest figures against {benchmark}", width=41),
        *([Column(f"Starting figure for {whole}", width=24)] if states_figures else []),
    ]
    rows, facts = [], []
    for evidence in (*themes, *foundations):
        entry, counts = evidence.entry, _counts(evidence)
        shown = _figures(entry, params)[:MOST_FIGURES]
        rows.append(
            [
                _name(entry),
                f"[{STATUS[entry.status]}]{{.evidence-{entry.status}}}",
                _latest(evidence, counts, pack),
                *([_stated(shown, params, pack)] if states_figures else []),
            ]
        )
        facts += _count_facts(evidence, counts, pack, params)
        facts += [fact for figure in shown for fact in stated_facts(figure, params, pack)]
    boroughs = {len(measure.place.boroughs) for one in (*themes, *foundations) for measure in one.measures}
    several = params.system.words.several
    each = f" Where {several} have figures of their own, each counts." if max(boroughs, default=1) > 1 else ""
    started = f" Starting figures are the strategy's own, for all of {whole}." if states_figures else ""
    show_table(
        "scorecard",
        columns,
        rows,
        title=f"Themes and foundations at a glance: {params.places[pack].name if pack in params.places else whole}",
        note=(
            f"Measured: figures here show it. Partly measured: they show a part. Not yet measured: none here does."
            f"{started}{each}"
        ),
        facts=each_once(facts),
    )


def show_notes(themes: Sequence[Theme], foundations: Sequence[Foundation], params: Params, pack: str) -> None:
    """Hand over what each theme and foundation means, what is not measured, and the strategy's other figures."""
    columns = [
        Column("Theme or foundation", width=22),
        Column("What it means", width=34),
        Column("What is not measured, and why", width=44),
    ]
    entries = [*themes, *foundations]
    rows = [[_name(one), one.means, one.gap or "Its indicators cover it."] for one in entries]
    show_table("notes", columns, rows, title="What each theme and foundation means", note="", facts=[])
    for foundation in foundations:
        if foundation.parts:
            show_table(
                f"{foundation.id}-parts",
                [Column("Area of work", width=26), Column("Why it is not measured", width=74)],
                [[f"**{part.name}**", part.gap] for part in foundation.parts],
                title=f"{foundation.name}: what it is about",
                note="",
                facts=[],
            )
    others = [figure for one in entries for figure in _figures(one, params)[MOST_FIGURES:]]
    if others:
        facts = [fact for figure in others for fact in stated_facts(figure, params, pack)]
        show_statement("other-figures", started_from(others, params, pack), facts=each_once(facts))


def _name(entry: Theme | Foundation) -> str:
    return f"Foundation: **{entry.name}**" if isinstance(entry, Foundation) else f"**{entry.name}**"


def _stated(figures: Sequence[Baseline], params: Params, pack: str) -> str:
    return "; ".join(f"{one.what}: {stated_span(one, params, pack)}" for one in figures) or "none stated"


def _figures(entry: Theme, params: Params) -> list[Baseline]:
    if params.baselines is None:
        return []
    known = {figure.id: figure for figure in params.baselines.figures}
    return [known[name] for name in entry.baselines]


def _counts(evidence: Evidence) -> dict[Verdict, list[str]]:
    """Return for each verdict the results that have it, each by its indicator's name.

    The boroughs that a verdict is about are named where the boroughs of a place have several. As on the pack's
    summary, an indicator that is not published for the place is one that is not compared.
    """
    found: dict[Verdict, list[str]] = {}
    one_place = _is_of_one_place(evidence)
    for measure in evidence.measures:
        if one_place and not measure.readings:
            found.setdefault("not-compared", []).append(_linked(measure))
        several = len({reading.verdict for reading in measure.readings}) > 1
        for reading in measure.readings:
            name = _linked(measure) + (f" ({reading.series.name})" if several else "")
            found.setdefault(reading.verdict, []).append(name)
    return {verdict: found[verdict] for verdict in _ORDER if verdict in found}


def _is_of_one_place(evidence: Evidence) -> bool:
    return len({measure.place.id for measure in evidence.measures}) == 1


def _linked(measure: Measure) -> str:
    """Return the indicator's name as a link to where the pack shows it."""
    return f"[{measure.indicator.name}](#indicator-{measure.indicator.id})"


def _latest(evidence: Evidence, counts: Mapping[Verdict, Sequence[str]], pack: str) -> str:
    if not evidence.measures:
        return "No measure here is linked to this"
    if not counts:
        return "No figure is held here"
    if _is_of_one_place(evidence):
        return "; ".join(
            f"{_marked(evidence, verdict, len(names), pack)}: {', '.join(dict.fromkeys(names))}"
            for verdict, names in counts.items()
        )
    every = sum(len(names) for names in counts.values())
    told = [_marked(evidence, verdict, len(names), pack) for verdict, names in counts.items()]
    names = dict.fromkeys(_linked(measure) for measure in evidence.measures)
    of_all = fact_span(str(every), _id(evidence, RESULTS, pack))
    return f"Of {of_all} results in the places {listed(told)}: {', '.join(names)}"


def _marked(evidence: Evidence, verdict: Verdict, count: int, pack: str) -> str:
    number = fact_span(str(count), _id(evidence, verdict, pack))
    return f"{number} [{LABELS[verdict].lower()}]{{.{CLASSES[verdict]}}}"


def _count_facts(
    evidence: Evidence, counts: Mapping[Verdict, Sequence[str]], pack: str, params: Params
) -> list[Fact]:
    """Return the number of results with each verdict, and of all, as facts without a source of their own."""
    if not counts:
        return []
    one = evidence.measures[0].place if _is_of_one_place(evidence) else None
    name = one.name if one else params.system.short_name
    told: dict[str, int] = {verdict: len(names) for verdict, names in counts.items()}
    if one is None:
        told[RESULTS] = sum(told.values())
    entry = evidence.entry
    state = hashlib.sha256(repr([(verdict, *names) for verdict, names in counts.items()]).encode())
    return [
        Fact(
            id=_id(evidence, verdict, pack),
            indicator=f"scorecard-{entry.id}",
            indicator_name=f"{entry.name}: {verdict.replace('-', ' ')}",
            area=_code(evidence),
            area_name=name,
            sex="Persons",
            period="latest",
            value=float(count),
            lower=None,
            upper=None,
            unit="results",
            display=str(count),
            source="",
            publisher="",
            licence="",
            series=state.hexdigest()[:16],
            method=f"{COUNTED}: {verdict}",
        )
        for verdict, count in told.items()
    ]


def _id(evidence: Evidence, verdict: str, pack: str) -> str:
    name = f"{evidence.entry.id}-{verdict}"
    return fact_id(pack, "scorecard", name, _code(evidence), "Persons", "latest")


def _code(evidence: Evidence) -> str:
    if not _is_of_one_place(evidence):
        return WHOLE_SYSTEM
    return "+".join(borough.code for borough in evidence.measures[0].place.boroughs)
