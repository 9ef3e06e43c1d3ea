"""Writes the params of a new system, with comments that say what to put in their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from boardpacks.new.answers import NewSystem
from boardpacks.new.example_figures import LICENCE, PUBLISHER, SOURCE
from boardpacks.new.place_files import calendar_text, example_dates, place_text
from boardpacks.new.starter import starter_findings, starter_inequalities, starter_priorities, starter_text
from boardpacks.new.yaml_text import entry, flow, folded, value
from boardpacks.params.own_words import COLOUR
from boardpacks.params.system import SYSTEM

SNAPSHOT = "embedded"


def params_files(system: NewSystem, indicators: Collection[str], today: dt.date) -> dict[str, str]:
    """Return the text of every file in params/, by its path there.

    Parameters
    ----------
    system
        What is known of the system.
    indicators
        Those of the starter that have figures.
    today
        The first meetings are some weeks after it.
    """
    files = {
        "system.yml": _system(system),
        "chapters.yml": _chapters(system, indicators),
        "indicators/starter.yml": _indicators(indicators, example=system.answers.figures is None),
        "assurance.yml": starter_text("assurance.yml"),
        "judging.yml": _judging(indicators),
    }
    files |= {f"places/{place.id}.yml": place_text(place) for place in system.places}
    files |= {f"priorities/{name}.yml": text for name, text in _priorities(indicators)}
    boards = {place.id: (f"{place.name} Board", place.name) for place in system.places}
    boards[SYSTEM] = (f"{system.organisation} Board", system.short_name)
    dates = example_dates(today, system.answers.bank_holidays)
    benchmark, made_up = system.comparators[0].name, system.answers.figures is None
    for place, (board, name) in boards.items():
        files[f"meetings/{place}.yml"] = calendar_text(place, board, name, dates, benchmark, made_up=made_up)
    if follows_gaps(system, indicators):
        files["inequalities.yml"] = _inequalities(indicators)
    return files


def follows_gaps(system: NewSystem, indicators: Collection[str]) -> bool:
    """Whether there is anything that the chapter on inequalities could say."""
    wanted = {one.indicator for one in starter_inequalities().measures}
    return len(system.own) > 1 and "population" in indicators and bool(wanted & set(indicators))


def _system(system: NewSystem) -> str:
    answers, words = system.answers, system.answers.words
    text = (
        "# The system whose places the packs are for. docs/params.md explains every key.\n"
        f"name: {value(system.name)}\nshort_name: {value(system.short_name)}\n"
        f"organisation: {value(system.organisation)}\nambition: {folded(system.ambition, 2)}\n"
        "# The first is the benchmark: better, similar and worse refer to it.\ncomparators:\n"
        + "".join(entry(area.code, area.name, 2) for area in system.comparators)
        + f"# What the peers of the {words.several} are called in charts.\npeers: {value(system.peers)}\n"
    )
    text += f"# What the local authorities are called.\nwords:\n  borough: {value(words.borough)}\n"
    text += f"  boroughs: {value(words.several)}\n"
    text += f"# Whose bank holidays are no working days.\nbank_holidays: {answers.bank_holidays}\n"
    if answers.colour != COLOUR:
        text += f'# What headings and links are printed in.\ncolour: "{answers.colour}"\n'
    return text + (
        "# Times in which figures were out of the ordinary: no trend or change starts or ends in one.\nshocks:\n"
        "  - name: the pandemic\n    since: 2020-01-01\n    until: 2021-12-31\n"
        f"# Folder of the snapshot in data/snapshots/ that the packs are made from.\nsnapshot: {SNAPSHOT}\n"
    )


def _chapters(system: NewSystem, indicators: Collection[str]) -> str:
    text = (
        "# The chapters of the packs, in the order in which they appear. Each is a notebook in notebooks/.\n"
        "# scope place: once for every place. scope system: once, in the system's pack. scope all: both.\n"
        "- notebook: place_profile\n  scope: place\n- notebook: system_overview\n  scope: system\n"
    )
    if follows_gaps(system, indicators):
        text += "- notebook: health_inequalities\n  scope: all\n"
    for name, _ in _priorities(indicators):
        text += f"- notebook: priority\n  id: {name.replace('-', '_')}\n  scope: place\n  priority: {name}\n"
    return text


def _indicators(indicators: Collection[str], *, example: bool) -> str:
    text = starter_text("indicators.yml")
    head, *parts = text.split("\n\n")
    comment, _, first = head.partition("\npopulation:")
    blocks = [f"population:{first}", *parts]
    kept = [block.strip("\n") for block in blocks if block.partition(":")[0] in indicators]
    if example:
        comment += (
            "\n# The figures are made up until you put real ones in: docs/new-system.md says how. Then put the lines in"
            "\n# place that say where real ones come from."
        )
        kept = [_marked(block) for block in kept]
    return f"{comment}\n" + "\n\n".join(kept) + "\n"


def _marked(block: str) -> str:
    """Return an indicator whose figures are made up: the lines for real ones stand beside what is said of these."""
    made_up = {"source": SOURCE, "publisher": PUBLISHER, "licence": LICENCE}
    lines = []
    for line in block.splitlines():
        key = line.strip().partition(":")[0]
        if key in made_up and line.startswith(f"  {key}:"):
            lines.append(f"  {key}: {value(made_up[key])} # {line.strip()}")
        else:
            lines.append(line)
    return "\n".join(lines)


def _priorities(indicators: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of every priority; an outcome without a figure says so."""
    for one in starter_priorities():
        text = (
            f"id: {one.id}\nname: {value(one.name)}\naim: {value(one.aim)}\norder: {one.order}\n"
            "# Each outcome has indicators, a gap that says what no figure here shows, and why, or both.\noutcomes:\n"
        )
        for outcome in one.outcomes:
            held = [name for name in outcome.indicators if name in indicators]
            gap = outcome.gap or (None if held else "No figure of it is held here yet.")
            text += f"  - id: {outcome.id}\n    title: {value(outcome.title)}\n"
            text += f"    indicators: {flow(held)}\n" if held else ""
            text += f"    gap: {value(gap)}\n" if gap else ""
        yield one.id, text


def _judging(indicators: Collection[str]) -> str:
    head, _, _ = starter_text("judging.yml").partition("# Measures of one cause")
    joint = [
        f"  - name: {one.name}\n    because: {value(one.because)}\n    indicators: {flow(held)}\n"
        for one in starter_findings()
        if len(held := [name for name in one.indicators if name in indicators]) > 1
    ]
    told = "# Measures of one cause. A summary counts them as one finding; `because` is for whoever changes the list.\n"
    return head + (f"{told}findings:\n{''.join(joint)}" if joint else "")


def _inequalities(indicators: Collection[str]) -> str:
    text, followed = starter_text("inequalities.yml"), starter_inequalities()
    for one in followed.measures:
        if one.indicator not in indicators:
            chart = f"    chart: {one.chart}\n" if one.chart else ""
            text = text.replace(f"  - indicator: {one.indicator}\n    reason: {one.reason}\n{chart}", "")
    if not {side.indicator for pair in followed.groups for side in (pair.first, pair.second)} <= set(
        indicators
    ):
        before, _, rest = text.partition("groups:\n")
        text = f"{before}not_published:{rest.partition('not_published:')[2]}"
    return text
