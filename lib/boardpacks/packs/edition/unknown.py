"""Writes what the pack does not know: outcomes without measures, figures too old to judge, and those not tested."""

from __future__ import annotations

from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import linked
from boardpacks.packs.markdown.escape import markdown_text


def unknown_markdown(gathered: Gathered, *, starts_a_page: bool = True) -> str:
    """Return the part of the last page on what is not known."""
    head = f"# What we do not know {{#sec-unknown{'' if starts_a_page else ' .continued'}}}"
    told = [*_outcomes(gathered), *_lines(gathered)]
    silence = ["Silence about a measure or an outcome is not good news."] if told else []
    return "\n\n".join([head, *silence, *told]) + "\n"


def _outcomes(gathered: Gathered) -> list[str]:
    rows = []
    shown = {line.summary.priority for line in gathered.lines}
    for priority in gathered.params.priorities.values():
        missing = [one.title for one in priority.outcomes if not one.indicators]
        if missing and priority.id in shown:
            rows.append(f"- **{markdown_text(priority.name)}:** {markdown_text('; '.join(missing))}")
    return ["**No measure here yet** of these outcomes of the strategy:", "\n".join(rows)] if rows else []


def _lines(gathered: Gathered) -> list[str]:
    """Return the measures that nothing is judged of, by the reason."""
    reasons = {
        "Too old for a board to rely on, and shown as history": ("too-old",),
        "Not tested or compared, and not standing out": ("not-tested", "not-compared"),
    }
    told = []
    for words, verdicts in reasons.items():
        own = [
            line
            for line in gathered.lines
            if line.summary.verdict in verdicts
            and not line.summary.stands_out
            and _is_silent(line)
            and gathered.is_shown(line)
        ]
        if own:
            names = "; ".join({line.summary.indicator: linked(gathered, line) for line in own}.values())
            told.append(f"**{words}:** {names}.")
    return told


def _is_silent(line: SummaryLine) -> bool:
    """Whether no control chart tells anything of a line either."""
    return line.summary.variation is None
