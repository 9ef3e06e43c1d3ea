"""Adds a chapter to a project: a notebook that runs as it is, to be changed, and its entry in chapters.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from boardpacks.new.add_priority import behind_priorities
from boardpacks.new.change_project import known_params
from boardpacks.new.put_in import put_item, write_new
from boardpacks.params.models import Params
from boardpacks.params.select import select_priorities
from boardpacks.project.errors import InputError, Problem, near
from boardpacks.project.folder import Project

COMMAND = "boardpacks new chapter"
NAME = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
Scope = Literal["place", "system", "all"]
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

_OPEN = """\
import matplotlib.pyplot as plt
import seaborn as sns

from boardpacks import open_chapter

chapter = open_chapter({arguments})
indicator = chapter.params.indicators[measure]
data = chapter.frame(measure)  # a data frame of pandas: a row for each published figure
if (data.role == "place").any():  # one figure stands for all authorities of the place
    data = data[data.role != "borough"]
own = data[data.role != "comparator"]
if own.empty:
    chapter.say(f"No figures of “{{indicator.name}}” are held here for {{chapter.name}}.")"""
_TEXT = """\
## What the figures show

<!-- Say here what the board wants to know. No pack shows this note. -->"""
_CHART = """\
if not own.empty:
    figure, axes = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
    sns.lineplot(data, x="year", y="value", hue="area_name", marker="o", estimator=None, errorbar=None, ax=axes)
    axes.set_title(f"{indicator.name}, {indicator.unit}")
    axes.set(xlabel="Year in which the period begins", ylabel="")
    sns.move_legend(axes, "upper left", bbox_to_anchor=(1, 1), title=None)
    chapter.show_chart(
        axes, data=data, title=f"{indicator.name}: {chapter.name}",
        alt="Lines over time. " + chapter.describe(data),  # say what kind of picture it is, and what stands out
    )"""
_SENTENCES = """\
for name, series in own.groupby("area_name", sort=False):
    chapter.say(f"In {name}, “{indicator.name}” was {{latest}} in {{latest:period}}.", latest=series.iloc[-1].fact)"""


@dataclass(frozen=True)
class NewChapter:
    """What is said of a chapter. Its first analysis is of an ``indicator``."""

    name: str
    title: str
    scope: Scope
    priority: str | None = None
    indicator: str | None = None


def add_chapter(project: Project, chapter: NewChapter) -> None:
    """Write the notebook of a chapter and its entry.

    Raises
    ------
    InputError
        When there is such a chapter or notebook, or no such priority or indicator.
    """
    params = known_params(project)
    if not re.fullmatch(NAME, chapter.name):
        allowed = "small letters, digits and underscores, such as our_schools"
        raise InputError([Problem(COMMAND, "", chapter.name, allowed)])
    taken = [one.id for one in params.chapters]
    if chapter.name in taken:
        allowed = f"a chapter that is not there yet; there are {', '.join(taken)}"
        raise InputError([Problem(COMMAND, "", chapter.name, allowed)])
    priority = None if chapter.priority is None else select_priorities(params, [chapter.priority])[0]
    notebook = _notebook(chapter.scope, chapter.title, priority, _measure(chapter, priority, params))
    write_new(project.notebooks / f"{chapter.name}.ipynb", f"{nbformat.writes(notebook, indent=1)}\n")
    item = f"- notebook: {chapter.name}\n  scope: {chapter.scope}"
    item += f"\n  priority: {priority}" if priority else ""
    put_item(project.params / "chapters.yml", "", item, behind_priorities(params) if priority else None)


def _measure(chapter: NewChapter, priority: str | None, params: Params) -> str:
    """Return the measure of the first analysis: what was said, or the first that a priority is judged by."""
    known = [one.id for one in params.indicators.values() if one.areas == "boroughs"]
    if chapter.indicator is not None:
        if chapter.indicator not in known:
            hint = near(chapter.indicator, known)
            allowed = "an indicator of params/indicators/ with figures of places"
            raise InputError([Problem(COMMAND, "--indicator", chapter.indicator, allowed, hint)])
        return chapter.indicator
    priorities = [params.priorities[priority]] if priority else params.priorities.values()
    judged = [name for one in priorities for name in one.indicators if name in known]
    return [*judged, *known][0]


def _notebook(scope: Scope, title: str, priority: str | None, measure: str) -> nbformat.NotebookNode:
    place = (
        'place: str = "system"  # the whole system'
        if scope == "system"
        else 'place: str = ""  # a file name in params/places/; empty for the first'
    )
    parameters = [place, f'measure: str = "{measure}"  # an id of params/indicators/']
    if priority:
        parameters.insert(1, f'priority: str = "{priority}"  # a file name in params/priorities/')
    arguments = "place, priority=priority" if priority else "place"
    cells = [
        new_markdown_cell(f"# {title}"),
        new_code_cell("\n".join(parameters), metadata={"tags": ["parameters"]}),
        new_code_cell(_OPEN.format(arguments=arguments)),
        new_markdown_cell(_TEXT),
        new_code_cell(_CHART),
        new_code_cell(_SENTENCES),
    ]
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"{number:03}"  # the same command gives the same file
    notebook: nbformat.NotebookNode = new_notebook(cells=cells, metadata=METADATA)
    return notebook
