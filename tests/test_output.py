"""What commands print: no command ends by it, and a fault of the program ends in words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from boardpacks.cli.ending import exit_statuses

ROOT = Path(__file__).parents[1]
SAYS = "from boardpacks.cli.output import print_anything; print_anything(); print('Łódź – é')"


def run(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        cwd=ROOT,
    )


@pytest.mark.parametrize(
    ("code_page", "printed"),
    [
        ("cp1252", b"\\u0141\xf3d\\u017a \x96 \xe9"),
        ("cp437", b"\\u0141\xa2d\\u017a \\u2013 \x82"),
        ("ascii", b"\\u0141\\xf3d\\u017a \\u2013 \\xe9"),
        ("latin-1", b"\\u0141\xf3d\\u017a \\u2013 \xe9"),
        ("utf-8", "Łódź – é".encode()),
    ],
)
def test_signs_that_a_code_page_lacks_are_written_by_their_number(code_page, printed):
    assert run(SAYS, PYTHONIOENCODING=code_page).stdout.strip() == printed


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_nobody_has_to_read_what_is_printed(unbuffered):
    more = "; [print('line', n) for n in range(50000)]; import os; os.write(2, b'went on')"
    process = subprocess.Popen(
        [sys.executable, "-c", SAYS + more],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b"went on"
    assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk_takes_only_what_is_printed_away():
    with Path("/dev/full").open("wb") as full:
        subprocess.run([sys.executable, "-c", SAYS], stdout=full, check=True, cwd=ROOT)


def test_a_board_s_name_is_printed_whatever_the_code_page(tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    place = tmp_path / "params" / "places" / "havering.yml"
    named = place.read_text(encoding="utf-8").replace("name: Havering", "name: Łódź")
    place.write_text(named, encoding="utf-8")
    code = "import sys; sys.argv = ['boardpacks', 'places']; from boardpacks.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u0141\xf3d\\u017a" in done.stdout


@pytest.mark.parametrize("error", [ZeroDivisionError("oh\nno"), RecursionError(), KeyError("a")])
def test_a_fault_of_the_program_says_what_was_done_and_where_its_trace_is(tmp_path, monkeypatch, error):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "system.yml").touch()
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()

    @app.command()
    def broken() -> None:
        with exit_statuses(state="The first letter was sent."):
            raise error

    done = CliRunner().invoke(app, [])
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0] == "A fault in boardpacks itself ended this command."
    assert lines[1].startswith(f"  {type(error).__name__}")
    assert lines[2].startswith("  trace ")
    assert lines[3] == "  state The first letter was sent."
    log = tmp_path / "reports" / "work" / "fault.log"
    assert "Traceback" in log.read_text()


def test_an_exit_status_of_a_command_stays_its_own():
    app = typer.Typer()

    @app.command()
    def ends() -> None:
        with exit_statuses():
            raise typer.Exit(3)

    assert CliRunner().invoke(app, []).exit_code == 3
