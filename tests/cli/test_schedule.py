from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.console import Console

from boardpacks.cli.schedule import nothing_due, packs_due, print_due
from boardpacks.packs.files.pack_record import PackRecord, SnapshotRecord, file_record
from boardpacks.project.errors import InputError

# Every place of the project meets first on 9 December 2026, an example date, with papers due on 1 December.
FIRST = dt.date(2026, 12, 1)


def publish(folder, place: str, version: str = "0.1") -> None:
    record = PackRecord(
        title="Pack",
        place=place,
        place_name=place,
        slug=place,
        priorities=(),
        board="Board",
        meeting=dt.date(2026, 12, 9),
        example=True,
        part="public",
        status="draft",
        version=version,
        pages=None,
        files=(file_record("pack.csv", "data", b""),),
        snapshot=SnapshotRecord(name="embedded", sha256=None),
        engine="bundled",
    )
    path = folder / "2026-12-09" / place / "pack.json"
    path.parent.mkdir(parents=True)
    path.write_text(record.model_dump_json())


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def text(params, folder, on, within=7, **options) -> str:
    console = Console(file=io.StringIO(), width=80, **options)
    print_due(params, folder, on, within, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_what_is_due_fits_a_terminal(params, tmp_path, snapshot):
    publish(tmp_path, "havering")
    publish(tmp_path, "newham", version="0.0")
    (tmp_path / "2026-12-09" / "redbridge").mkdir()
    (tmp_path / "2026-12-09" / "redbridge" / "pack.json").write_text("damaged")
    shown = text(params, tmp_path, FIRST - days(2))
    assert shown == snapshot
    assert max(map(len, shown.splitlines())) <= 80


def test_overdue_is_said(params, tmp_path):
    publish(tmp_path, "havering")
    lines = text(params, tmp_path, FIRST + days(1)).splitlines()
    status = {line.split()[0]: line[63:].strip() for line in lines[1:-2]}
    assert (status["havering"], status["newham"]) == ("built, draft 0.1", "overdue")


def test_a_pipe_gets_plain_text(params, tmp_path):
    assert "\x1b" not in text(params, tmp_path, FIRST)


def test_real_dates_have_no_mark(params, tmp_path):
    calendars = {
        place: calendar.model_copy(update={"example": False}) for place, calendar in params.calendars.items()
    }
    assert "*" not in text(params.model_copy(update={"calendars": calendars}), tmp_path, FIRST)


@pytest.mark.parametrize(
    ("on", "within", "published", "found"),
    [
        (FIRST - days(8), 7, [], []),
        (FIRST - days(8), 8, [], ["havering", "newham"]),
        (FIRST - days(7), 7, ["havering"], ["havering", "newham"]),  # newest figures until the papers go out
        (FIRST, 7, ["havering"], ["havering", "newham"]),
        (FIRST + days(1), 7, ["havering"], ["newham"]),  # what was circulated stays
        (dt.date(2026, 12, 9), 7, [], ["havering", "newham"]),
        (dt.date(2026, 12, 10), 7, [], []),
    ],
)
def test_what_a_scheduled_build_makes(params, tmp_path, on, within, published, found):
    for place in published:
        publish(tmp_path, place)
    due = packs_due(params, tmp_path, on, within, ["havering", "newham"])
    assert [pack.place for pack in due] == found


def test_a_new_edition_is_built_after_the_papers_were_due(params, tmp_path):
    publish(tmp_path, "havering", version="0.0")
    assert len(packs_due(params, tmp_path, FIRST + days(1), 7, ["havering"])) == 1


def test_an_unknown_place(params, tmp_path):
    with pytest.raises(InputError, match="havering"):
        packs_due(params, tmp_path, FIRST, 7, ["havring"])


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (
            dt.date(2026, 11, 22),
            "Nothing to build: no papers are due within 7 days of 22 November 2026. "
            "Next: 8 packs, due on 1 December 2026.",
        ),
        (
            dt.date(2026, 12, 2),
            "Nothing to build: no papers are due within 7 days of 2 December 2026 that are not published "
            "already. Next: the pack of waltham-forest, due on 26 January 2027.",
        ),
        (
            dt.date(2030, 1, 1),
            "Nothing to build: no papers are due within 7 days of 1 January 2030. "
            "No calendar has a later meeting.",
        ),
    ],
)
def test_nothing_due_says_what_comes_next(params, on, words):
    assert nothing_due(params, on, 7) == words
