"""A small but complete params folder, so that a test changes one line and sees one fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

FILES: Mapping[str, str] = {
    "system.yml": """\
name: North Country Care System
short_name: north country
organisation: NHS North Country
ambition: Better health for all.
comparators:
  - code: E92000001
    name: England
  - code: E12000001
    name: North East
combined_areas:
  - code: E67000009
    name: Alston and Brough
    boroughs: [E06000001, E06000002]
trusts:
  - code: RAA
    name: Alston Hospitals
    short_name: Alston
peers: northern boroughs
snapshot: embedded
""",
    "places/alston.yml": """\
id: alston
name: Alston
boroughs:
  - code: E06000001
    name: Alston
trust: RAA
group: Fells
emphasis:
  - Many residents are older.
""",
    "places/brough.yml": """\
id: brough
name: Brough
boroughs:
  - code: E06000002
    name: Brough
trust: RAA
group: Fells
""",
    "priorities/wellbeing.yml": """\
id: wellbeing
name: Wellbeing
aim: Help people feel well.
order: 2
outcomes:
  - id: happier
    title: More people are happy
    indicators: [happiness, anxiety]
""",
    "priorities/work.yml": """\
id: work
name: Work
aim: Help people find work.
order: 1
outcomes:
  - id: more-jobs
    title: More people work
    indicators: [employment_rate]
  - id: kinder-jobs
    title: Jobs are kinder
    gap: Nobody measures it.
""",
    "indicators/mood.yml": """\
happiness:
  name: Happiness
  measures: Average score.
  unit: score 0-10
  decimals: 2
  polarity: high
  frequency: annual
  interval: published
  source: A survey
  publisher: ONS
  licence: OGL v3.0
anxiety:
  name: Anxiety
  measures: Average score.
  unit: score 0-10
  decimals: 2
  polarity: low
  frequency: annual
  interval: none
  source: A survey
  publisher: ONS
  licence: OGL v3.0
  fingertips_id: 22304
""",
    "indicators/jobs.yml": """\
employment_rate:
  name: Employment rate
  measures: Share of people in work.
  unit: "%"
  decimals: 1
  polarity: high
  frequency: annual
  interval: published
  source: A survey
  publisher: ONS
  licence: OGL v3.0
""",
    "meetings/alston.yml": """\
place: alston
board: Alston Board
example: true
meetings:
  - date: 2026-12-09
  - date: 2027-02-10
    draft: "0.2"
    front_sheet:
      item: "7"
""",
    "meetings/brough.yml": """\
place: brough
board: Brough Board
meetings:
  - date: 2026-12-09
""",
    "meetings/system.yml": """\
place: system
board: North Country Board
meetings:
  - date: 2026-12-09
""",
    "chapters.yml": """\
- notebook: place_profile
  scope: place
- notebook: wellbeing
  scope: place
  priority: wellbeing
  parameters:
    first_year: 2015
- notebook: system_overview
  scope: system
""",
}
"""Text of each file, by its path in params/."""

WriteParams = Callable[..., Path]


@pytest.fixture
def write_params(tmp_path: Path) -> WriteParams:
    """Return a function that writes the small params folder, with changes, and returns its path.

    Its argument maps a file to its new text or bytes, or to None to leave the file out.
    """

    def write(changes: Mapping[str, str | bytes | None] | None = None) -> Path:
        folder = tmp_path / "params"
        for name, content in {**FILES, **(changes or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write
