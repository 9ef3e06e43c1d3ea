"""Hands control charts over: each with the paragraph about it, its description, its facts and its summary line."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.chapter.cautions import caution_sentences, with_caution
from boardpacks.chapter.hand_over import show_figure, show_statement
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.xmr_facts import chart_facts, statement_facts, target_number
from boardpacks.chapter.xmr_series import Control
from boardpacks.chapter.xmr_words import note, opening, statement, summary_line, title
from boardpacks.charts.alt_text import About
from boardpacks.charts.svg import to_svg
from boardpacks.charts.theme import BESIDE
from boardpacks.charts.xmr import draw_spc
from boardpacks.charts.xmr_text import describe_spc
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Summary
from boardpacks.facts.wording import number, period
from boardpacks.params.indicator import Indicator


def show_controls(
    indicator: Indicator,
    controls: Sequence[Control],
    place: str,
    snapshot: Snapshot,
    *,
    heading: bool = False,
) -> None:
    """Hand over what an indicator measures and its targets, then a paragraph and a chart for each trust.

    Parameters
    ----------
    indicator
        The indicator.
    controls
        Its series, one a trust.
    place
        Id under which the facts go: a place's, or the system's.
    snapshot
        The published figures.
    heading
        Whether the words begin with the indicator's name as a level-3 heading.

    Examples
    --------
    >>> from boardpacks.chapter.show_xmr import show_controls
    >>> from boardpacks.chapter.xmr_series import control
    >>> waits = chapter.params.indicators["ae_four_hour"]
    >>> made = control(chapter.snapshot, waits, chapter.params.trust("RF4"))
    >>> show_controls(waits, [made], "havering", chapter.snapshot)
    Share of A&E attendances in which the patient is admitted, moved on or sent home within four
    hours. The standard is that of the NHS Constitution; the ambition is that of NHS England's ...
    """
    name = indicator.id.replace("_", "-")
    facts = statement_facts(controls[0], place, snapshot) if controls else []
    words = opening(indicator, controls[0] if controls else None, place)
    words = " ".join([words, *caution_sentences(control.care for control in controls)])
    words += "" if controls else " No figure is held here."
    show_statement(name, (f"### {indicator.name}\n\n" if heading else "") + words, facts=facts)
    for control in controls:
        which = control.trust.code.lower() if len(controls) > 1 else "trust"
        _show(control, f"{name}-{which}", place, snapshot)


def summary_of(control: Control) -> list[Summary]:
    """Return the line that a chart puts on the pack's summary, if it has something to say.

    Variation is no comparison with a benchmark, so that the verdict stays "not-compared".
    """
    line = summary_line(control)
    if line is None:
        return []
    told = Summary(
        verdict="not-compared",
        line=line,
        indicator=control.indicator.id,
        variation=control.chart.variation,
        assurance=control.chart.assurance,
    )
    return with_caution([told], control.care)


def _show(control: Control, name: str, place: str, snapshot: Snapshot) -> None:
    indicator = control.indicator
    show_statement(
        name,
        statement(control, place),
        facts=statement_facts(control, place, snapshot),
        summary=summary_of(control),
    )
    first, last = control.known[0].period, control.latest.period
    show_figure(
        f"{name}-chart",
        to_svg(
            draw_spc(
                control.chart,
                lambda value: _say(value, control),
                BESIDE,
                icons=indicator.no_limits is None,
            )
        ),
        title=title(control),
        note=f"{note(control)} {sources([indicator])}",
        alt=describe_spc(
            control.chart,
            About(indicator.name, control.trust.short_name, f"{period(first)} to {period(last)}"),
            lambda value: _say(value, control),
        ),
        facts=chart_facts(control, place, snapshot),
    )


def _say(value: float, control: Control) -> str:
    """Return a value in words; the target without needless decimals."""
    target = control.indicator.targets[0] if control.indicator.targets else None
    if target is not None and value == target.value:
        return target_number(target, control.indicator)
    return number(value, control.indicator)
