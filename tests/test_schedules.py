"""The ready files and examples of docs/scheduling.md are true."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from boardpacks.cli import app
from boardpacks.params.load import load_notify
from boardpacks.runs.log import KEYS
from boardpacks.runs.statuses import MEANINGS

DOCS = Path(__file__).parents[1] / "docs"
SCHEDULES = DOCS / "schedules"


def command(name: str) -> list[str]:
    """Return the arguments with which a ready file calls boardpacks."""
    text = (SCHEDULES / name).read_text()
    found = re.search(r"^(?!#).*(?:bin/boardpacks build|ARGS=\")\s*([^>;\"\n]*)", text, re.MULTILINE)
    assert found is not None
    return shlex.split(found[1])


@pytest.mark.parametrize("name", ["boardpacks.service", "crontab", "github-actions.yml"])
def test_a_ready_file_calls_boardpacks_with_options_that_there_are(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = command(name)
    assert arguments[:2] == ["--due", "--log"]
    result = CliRunner().invoke(app, ["build", *arguments])
    assert "No project found" in result.stderr, "the options are known, so only the project is missing"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_the_timer_goes_off_on_working_days_at_five():
    line = re.search(r"^OnCalendar=(.*)$", (SCHEDULES / "boardpacks.timer").read_text(), re.MULTILINE)
    assert line is not None
    asked = ["systemd-analyze", "calendar", "--iterations=5", line[1]]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert len(re.findall(r"(?:Next elapse|Iter\. #\d|Iteration #\d): (?:Mon|Tue|Wed|Thu|Fri) ", said)) == 5


def test_ci_builds_on_working_days_and_keeps_what_was_made():
    workflow = YAML(typ="safe", pure=True).load((SCHEDULES / "github-actions.yml").read_text())
    assert workflow["on"]["schedule"] == [{"cron": "0 5 * * 1-5"}]
    steps = workflow["jobs"]["packs"]["steps"]
    assert steps[-1]["if"] == "always()"
    assert "reports/runs" in steps[-1]["with"]["path"]


def test_the_example_of_notifications_loads(tmp_path):
    page = (DOCS / "scheduling.md").read_text()
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "notify.yml").write_text(example)
    notify = load_notify(tmp_path)
    assert notify is not None
    assert notify.variables == ("BOARDPACKS_SMTP_PASSWORD", "BOARDPACKS_WEBHOOK_URL")


def test_every_exit_status_and_every_key_of_the_log_is_explained():
    page = (DOCS / "scheduling.md").read_text()
    assert {int(status) for status in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)} == set(MEANINGS)
    assert all(f"`{key}`" in page for key in KEYS)
