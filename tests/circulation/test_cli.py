"""The command as a secretary types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from boardpacks.cli import app
from tests.circulation.made import DATE, write_final
from tests.params.conftest import FILES

CIRCULATION = """\
sender:
  name: Secretariat
  address: packs@example.org
lists:
  - id: members
    name: Members
    boards: [alston]
    to:
      - address: ann@example.org
    attach: [pdf]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose board in Alston has a final pack."""
    root = tmp_path / "project"
    digest = write_final(root / "reports" / "published").digest
    calendar = f"""\
place: alston
board: Alston Board
meetings:
  - date: {DATE}
    finals:
      - version: "1.0"
        date: 2026-12-01
        packs:
          alston: {digest}
  - date: 2027-02-10
"""
    for name, content in {**FILES, "meetings/alston.yml": calendar, "circulation.yml": CIRCULATION}.items():
        path = root / "params" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    return root


def run(*arguments: str):
    return CliRunner().invoke(app, ["circulate", *arguments], prog_name="boardpacks")


def smtp(project: Path, port: int) -> None:
    path = project / "params" / "circulation.yml"
    path.write_text(f"{CIRCULATION}smtp:\n  host: localhost\n  port: {port}\n  starttls: false\n")


def test_writes_and_sends_nothing(project):
    result = run(f"alston/{DATE}")
    assert result.exit_code == 0, result.output
    assert "reports/circulation/2026-12-09_alston_v1.0" in result.output
    assert "Nothing was sent. Open each .eml file" in result.output
    assert (project / "reports/circulation/2026-12-09_alston_v1.0/members_part-1.eml").is_file()
    record = project / "reports/circulation/2026-12-09_alston_v1.0/record.jsonl"
    assert json.loads(record.read_text())["command"] == "boardpacks circulate alston/2026-12-09"


def test_a_dry_run_then_the_sending_then_nothing_more(project, mail_server):
    server = mail_server()
    smtp(project, server.port)
    shown = run(f"alston/{DATE}", "--send")
    assert (shown.exit_code, server.messages) == (0, [])
    assert "What --send --yes would do:" in shown.output
    assert "Nothing was sent. To send it, add --yes." in shown.output
    sent = run(f"alston/{DATE}", "--send", "--yes")
    assert sent.exit_code == 0, sent.output
    assert "Everybody has it." in sent.output
    assert len(server.messages) == 1
    assert run(f"alston/{DATE}", "--send", "--yes").exit_code == 0
    assert len(server.messages) == 1
    assert run(f"alston/{DATE}", "--send", "--yes", "--again", "members").exit_code == 0
    assert len(server.messages) == 2


def test_ends_with_1_when_somebody_has_not_got_it(project, mail_server):
    smtp(project, mail_server(refuse=("ann@",)).port)
    result = run(f"alston/{DATE}", "--send", "--yes")
    assert result.exit_code == 1
    assert "NOT SENT (localhost refused ann@example.org)" in result.output


def test_finds_packs_that_were_published_elsewhere(project):
    elsewhere = project / "elsewhere" / "published"
    (project / "elsewhere").mkdir()
    (project / "reports" / "published").rename(elsewhere)
    assert run(f"alston/{DATE}").exit_code == 2
    result = run(f"alston/{DATE}", "--out", "elsewhere/published")
    assert result.exit_code == 0, result.output
    assert (project / "elsewhere/circulation/2026-12-09_alston_v1.0/record.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["alston/2027-02-10"], "a draft is never circulated"),
        (["alston/2027-02-11"], "did you mean '2027-02-10'?"),
        (["alstom"], "did you mean 'alston'?"),
        (["alston/2026-12-09", "--yes"], "--yes and --again go with --send"),
        (["alston/2026-12-09", "--send"], "smtp"),
        (["alston/2026-12-09", "--send", "--yes"], "send the drafts from your mail program"),
        (["alston/2026-12-09", "--send", "--again", "member"], "did you mean 'members'?"),
    ],
)
def test_wrong_input_ends_with_2(project, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_without_params_the_way_out_is_told(project):
    (project / "params" / "circulation.yml").unlink()
    result = run(f"alston/{DATE}")
    assert result.exit_code == 2
    assert "docs/circulation-example.yml" in result.output
    assert not (project / "reports" / "circulation").exists()


def test_a_draft_leaves_nothing_behind(project):
    assert run("alston/2027-02-10").exit_code == 2
    assert not (project / "reports" / "circulation").exists()
