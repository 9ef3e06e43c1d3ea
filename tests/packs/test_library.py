from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from boardpacks.packs.library import read_packs, write_library
from boardpacks.packs.pack_record import SnapshotRecord
from boardpacks.packs.publish import FinishedPack, publish_pack


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


@pytest.fixture
def add(make, tmp_path, published):
    """Publish a small pack."""

    def publish(
        title: str = "Havering board pack", pages: int = 24, size: int = 412_300, extra=None, **meeting
    ) -> Path:
        pdf = tmp_path / "pack.pdf"
        pdf.write_bytes(b"x" * size)
        plan = make.plan(tmp_path, **meeting)
        pack = FinishedPack(
            plan=plan,
            title=title,
            priorities=("Mental health",) if plan.priorities else (),
            snapshot=SnapshotRecord(name="embedded", sha256=make.hash),
            engine="bundled",
            pages=pages,
            rendered={"pdf": pdf},
            data=b"fact_id\n",
            facts=b"{}\n",
            manifest=make.manifest(),
            extra=extra or {},
        )
        return publish_pack(pack, published)

    return publish


@pytest.fixture
def page(published, params, tmp_path):
    def write(**system) -> str:
        changed = params.system.model_copy(update=system)
        return write_library(published, changed, tmp_path / "no-fonts").read_text(encoding="utf-8")

    return write


def body(html: str) -> str:
    return html[html.index("<body>") :]


def test_the_page_of_two_meetings(add, page, snapshot):
    add()
    add(priorities=("mental-health",), size=1_240_000, pages=1)
    add(place="system", title="Exampleshire board pack", status="final", example=False)
    add(date=dt.date(2027, 2, 10))

    assert body(page()) == snapshot


def test_workbooks_are_named_by_the_programs_that_open_them(add, page):
    add(extra={"xlsx": b"x" * 240_000, "ods": b"o" * 140_000})

    html = page()
    for words, ending in (
        ("Workbook, Excel, 240 kB", "_data.xlsx"),
        ("Workbook, OpenDocument, 140 kB", "_data.ods"),
    ):
        link = re.search(rf'<a[^>]*href="[^"]*{ending}"[^>]*>(.*?)</a>', html, re.DOTALL)
        assert link is not None
        assert words in " ".join(re.sub("<[^>]+>", " ", link[1]).split())


def test_the_same_packs_give_the_same_page(add, page):
    add()

    assert page() == page()


def test_newest_meeting_first_and_the_system_before_the_places(add, page):
    add()
    add(place="system")
    add(date=dt.date(2027, 2, 10))

    html = page()

    assert re.findall(r"<time datetime=\"(.*?)\"", html) == ["2027-02-10", "2026-12-09"]
    assert re.findall(r"<h3>(.*?)</h3>", html) == [
        "Havering",
        "Exampleshire Integrated Care System",
        "Havering",
    ]


def test_every_link_leads_to_a_file(add, page, published):
    add()

    links = re.findall(r'href="([^#"]+)"', page())

    assert len(links) == 4
    assert all((published / link).is_file() for link in links)


def test_says_when_there_is_nothing_yet(page):
    assert "No pack has been published yet." in page()


def damage(folder: Path, how: str) -> None:
    record = folder / "pack.json"
    pdf = next(folder.glob("*.pdf"))
    if how == "no pack.json":
        record.unlink()
    elif how == "damaged":
        record.write_text('{"title": ')
    elif how == "not as agreed":
        record.write_text(json.dumps(json.loads(record.read_text()) | {"pages": "many"}))
    elif how == "outside":
        record.write_text(record.read_text().replace(pdf.name, "../../secret.pdf"))
    elif how == "binary":
        record.write_bytes(b"\xff\xfe\x00")
    elif how == "missing":
        pdf.unlink()
    elif how == "changed":
        pdf.write_bytes(b"something else")
    elif how == "moved":
        folder.rename(folder.with_name("newham"))


@pytest.mark.parametrize(
    ("how", "note"),
    [
        ("no pack.json", "2026-12-09/havering: it holds no pack.json"),
        ("damaged", "2026-12-09/havering: its pack.json is damaged"),
        ("not as agreed", "2026-12-09/havering: its pack.json is damaged"),
        ("outside", "2026-12-09/havering: its pack.json is damaged"),
        ("binary", "2026-12-09/havering: its pack.json is damaged"),
        ("missing", "board-pack_v0.1_DRAFT.pdf is missing"),
        ("changed", "board-pack_v0.1_DRAFT.pdf was changed after publishing"),
        ("moved", "2026-12-09/newham: its pack.json is of 2026-12-09/havering"),
    ],
)
def test_leaves_a_damaged_pack_out_and_says_so(add, page, how, note):
    add(date=dt.date(2027, 2, 10))
    damage(add(), how)

    html = page()

    assert html.count("<h3>") == 1
    assert note in html


def test_passes_over_files_and_hidden_folders(add, published):
    folder = add()
    shutil.copytree(folder, folder.with_name(".havering.old"))
    (published / "notes.txt").write_text("x")
    (published / "2026-12-09" / "notes.txt").write_text("x")

    packs, notes = read_packs(published)

    assert (len(packs), notes) == (1, [])


def test_text_is_printed_and_not_obeyed(add, page, published):
    add(title="<script>\"&'")
    (published / "2026-12-09" / "<img src=x>").mkdir()

    html = page(organisation="<b>NHS & co</b>")

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;b&gt;NHS &amp; co&lt;/b&gt;" in html


def test_needs_nothing_from_elsewhere(add, published, params, tmp_path):
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "Inter-Bold.woff2").write_bytes(b"font")
    add()

    html = write_library(published, params.system, fonts).read_text(encoding="utf-8")

    assert "url(data:font/woff2;base64,Zm9udA==)" in html
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//|@import|<script|<link", html)


def test_headings_and_landmarks_are_in_order(add, page):
    add()
    (add(date=dt.date(2027, 2, 10)) / "pack.json").unlink()
    seen: list[str] = []
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append(tag)
            if tag not in {"meta", "br"}:
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    html = page()
    Reader().feed(html)

    assert open_tags == []
    assert [tag for tag in seen if re.match(r"h\d", tag)] == ["h1", "h2", "h3", "h2"]
    assert (seen.count("main"), seen.count("header"), seen.count("footer")) == (1, 1, 1)
    assert '<html lang="en-GB">' in html
    assert len(set(re.findall(r'id="(.*?)"', html))) == len(re.findall(r'id="(.*?)"', html))


def test_a_page_that_cannot_be_written_leaves_the_earlier_one(add, page, published, monkeypatch):
    before = page()
    add()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        page()

    assert (published / "index.html").read_text(encoding="utf-8") == before
