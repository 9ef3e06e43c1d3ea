"""Every indicator of the project, from its params."""

from __future__ import annotations

from pathlib import Path

from boardpacks.params.indicator import Indicator
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from reference.markdown import as_code, page, table

GOOD = {"high": "higher is better", "low": "lower is better", "none": "not judged"}


def indicators_page(params_folder: Path) -> str:
    """Return the page of indicators: by priority and outcome, then those that belong to none."""
    params = load_params(params_folder)
    shown: set[str] = set()
    parts = []
    for priority in params.priorities.values():
        parts.append(f"## {priority.name}")
        for outcome in priority.outcomes:
            shown |= set(outcome.indicators)
            gap = f"Not measured: {outcome.gap}" if outcome.gap else ""
            parts += [f"### {outcome.title}", _rows(params, outcome.indicators), gap]
    others = [name for name in params.indicators if name not in shown]
    parts += ["## Of no one outcome", _rows(params, others)]
    return page(
        "Indicators",
        f"The {len(params.indicators)} indicators of {params.system.name}, as `params/` has them. The id is what "
        "notebooks, texts and `params/` call an indicator by.",
        *parts,
    )


def _rows(params: Params, names: list[str] | tuple[str, ...]) -> str:
    return table(
        ("Id", "What it is", "Unit", "Judged", "Published"),
        (_row(params.indicators[name]) for name in names),
    )


def _row(one: Indicator) -> tuple[str, ...]:
    about = f"**{one.name}**. {one.measures}"
    return as_code(one.id), about, one.unit, GOOD[one.polarity], f"{one.frequency}, {one.publisher}"
