"""Projects for tests that look at how packs come about: the real one, with a shorter chapter."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from boardpacks.project.folder import Project
from tests.frozen import copy_contents

OF_OTHER_CHAPTERS = ("baselines.yml", "foundations.yml", "themes.yml")
"""Params that belong to chapters which shorter projects do without."""
CHAPTERS = """\
- notebook: long_term_conditions
  scope: place
  priority: long-term-conditions
- notebook: mental_health
  scope: place
  priority: mental-health
- notebook: system_overview
  scope: system
"""
SHOWN = {
    "long-term-conditions": ("smoking_prevalence", "healthy_life_expectancy_male"),
    "mental-health": ("wellbeing_satisfaction", "wellbeing_worthwhile"),
}


def short_project(project: Project, root: Path, *left_out: str) -> Project:
    """Copy a project with two short chapters of priorities, and the system's overview."""
    copied = copy_project(project, root, *OF_OTHER_CHAPTERS, *left_out)
    (copied.params / "chapters.yml").write_text(CHAPTERS, encoding="utf-8")
    for priority, indicators in SHOWN.items():
        _shorten(copied, priority, indicators)
    return copied


def copy_project(project: Project, root: Path, *left_out: str) -> Project:
    """Copy a project, but what was built in it and the params that are left out."""
    ignored = shutil.ignore_patterns("work", "published*", "runs", *left_out)
    for name in ("params", "data", "notebooks", "reports"):
        shutil.copytree(project.root / name, root / name, ignore=ignored)
    copied = Project(root)
    copy_contents(project, copied)
    return copied


def _shorten(project: Project, priority: str, indicators: tuple[str, ...]) -> None:
    """Judge a priority by these indicators alone, and give its chapter a notebook of its own, which tests edit."""
    params = project.params / "priorities" / f"{priority}.yml"
    judged = yaml.safe_load(params.read_text(encoding="utf-8"))
    outcomes = []
    for outcome in judged["outcomes"]:
        kept = [one for one in outcome.get("indicators", ()) if one in indicators]
        if kept:
            outcomes.append(
                {key: value for key, value in outcome.items() if key != "gap"} | {"indicators": kept}
            )
    shown = {"outcomes": outcomes, "introduction": "Two measures, which this chapter shows."}
    params.write_text(yaml.safe_dump(judged | shown, allow_unicode=True), encoding="utf-8")
    shutil.copyfile(
        project.notebooks / "priority.ipynb", project.notebooks / f"{priority.replace('-', '_')}.ipynb"
    )
