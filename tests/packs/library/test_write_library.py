"""The library: its first page, its files, and what it makes of folders that are not as they should be."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.library.published_packs import read_packs
from boardpacks.packs.library.write_library import write_library
from tests.packs.library.shelve import ENDINGS, SMALL, facts, history, judgement, shelve

FEBRUARY = dt.date(2027, 2, 10)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


@pytest.fixture
def page(published, params, tmp_path):
    def write(part="public", **system) -> str:
        changed = params.system.model_copy(update=system)
        return write_library(published, changed, tmp_path / "no-fonts", part).read_text(encoding="utf-8")

    return write


def body(html: str) -> str:
    return html[html.index("<body>") : html.index("<script>")]


def pages(published: Path) -> dict[str, str]:
    found = [published / "index.html", *sorted((published / "pages").glob("*.html"))]
    return {path.relative_to(published).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_every_page_has_the_systems_own_colour(published, page):
    shelve(published)
    page(colour="#4b2e83")
    for name, html in pages(published).items():
        assert "--blue: #4b2e83; --dark: #311e55" in html, name
        assert "#005eb8" not in html, name


def test_the_page_of_two_meetings(published, page, snapshot):
    shelve(published, example=True, missing=("author", "sponsor"))
    shelve(published, slug="havering_mental-health", priorities=("Mental health",), pages=1)
    shelve(
        published,
        place="system",
        place_name="Exampleshire Integrated Care System",
        status="final",
        version="1.0",
    )
    shelve(published, meeting=FEBRUARY)

    assert body(page()) == snapshot


def test_the_same_packs_give_the_same_pages_and_none_is_written_again(published, page):
    history(published)
    page()
    before = {path: path.stat().st_mtime_ns for path in published.rglob("*.html")}
    inodes = {path: path.stat().st_ino for path in published.rglob("*.html")}

    page()

    assert {path: path.stat().st_mtime_ns for path in published.rglob("*.html")} == before
    assert {path: path.stat().st_ino for path in published.rglob("*.html")} == inodes


def test_newest_meeting_first_the_meeting_pack_before_all_and_the_system_before_the_places(published, page):
    shelve(published)
    shelve(published, place="system", place_name="Exampleshire")
    shelve(published, slug="havering_meeting", kind="meeting-pack")
    shelve(published, meeting=FEBRUARY)

    html = page()

    assert re.findall(r"<time datetime=\"(.*?)\"", html) == ["2027-02-10", "2026-12-09"]
    assert re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a></h3>", html) == [
        "Havering",
        "Havering: all papers of the meeting",
        "Exampleshire",
        "Havering",
    ]


def test_each_pack_is_listed_once_with_its_other_editions(published, page):
    history(published)
    shelve(published, place="newham", place_name="Newham", meeting=FEBRUARY)

    html = page()

    assert html.count('<li class="pack"') == 2
    for anchor in ("meeting-2026-12-09", "place-havering", "place-newham"):
        assert html.count(f'id="{anchor}"') == 1
    assert html.count('<a href="pages/2026-12-09_havering.html">') == 1
    assert 'data-status="final superseded"' in html
    assert "Version 1.0, superseded" in html
    assert "Version 0.1, superseded" in html


def test_a_pack_says_in_one_line_what_it_found(published, page):
    told = facts(
        judgement("Suicide: worse than England", heading="alert"),
        judgement("Smoking: better than England", "better", heading="assure"),
        judgement("Plans: 3rd lowest", "not-tested", count=2, stands_out=["behind-peers"], heading="advise"),
    )
    shelve(published, dict.fromkeys(ENDINGS, b"x") | {"facts": told})
    shelve(published, dict(SMALL) | {"facts": facts(judgement("Suicide: worse"))}, place="older")

    html = page()

    found = [plain(line) for line in re.findall(r'<p class="found">(.*?)</p>', html)]
    assert found == [
        "1 alert: Havering · 2 stand out · 1 better",
        "1 worse: Havering · 0 stand out · 0 better · 24 pages",
    ]
    assert '_board-edition.html#what-to-do">1 alert' in html
    assert next(plain(link) for link in re.findall(r'<ul class="reads">(.*?)</ul>', html, re.DOTALL)) == (
        "Board edition: Havering board pack Board edition, PDF, 1 kB: Havering board pack "
        "Evidence annex: Havering board pack All files: Havering board pack"
    )


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_every_link_of_every_page_leads_to_a_file_and_an_id(published, page):
    history(published)
    shelve(published, slug="havering_meeting", kind="meeting-pack")
    page()

    made = pages(published)
    targets = {(name, link) for name, html in made.items() for link in re.findall(r'href="([^"]+)"', html)}

    assert len(targets) > 40
    for name, link in targets:
        path, _, anchor = link.partition("#")
        there = (published / name).parent / unquote(path) if path else published / name
        assert there.resolve().is_file(), (name, link)
        if anchor and there.parent.name in ("published", "pages"):  # the documents are not real ones
            assert f'id="{anchor}"' in there.read_text(encoding="utf-8"), (name, link)


def test_nothing_is_wrong_with_any_page(published, page):
    history(published)
    shelve(published, place="newham", missing=("author",))
    page()

    paths = [published / "index.html", *(published / "pages").glob("*.html")]
    assert len(paths) == 7  # each of the two places has an address that leads to its newest pack, too
    assert [fault for path in paths for fault in check_html(path)] == []


def test_says_when_there_is_nothing_yet(page):
    html = page()

    assert "No pack has been published yet." in html
    assert "<form" not in html


def test_pages_of_packs_that_are_gone_go_too_and_other_files_stay(published, page):
    folder = shelve(published)
    shelve(published, place="newham")
    page()
    (published / "pages" / "my-notes.html").write_text("mine")
    shutil.rmtree(folder)

    page()

    assert sorted(path.name for path in (published / "pages").glob("*")) == [
        "2026-12-09_newham.html",
        "assets",
        "my-notes.html",
        "newest_newham.html",
    ]


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
        ("missing", "havering_v0.1.pdf is missing"),
        ("changed", "havering_v0.1.pdf was changed after publishing"),
        ("moved", "2026-12-09/newham: its pack.json is of 2026-12-09/havering"),
    ],
)
def test_leaves_a_damaged_pack_out_and_says_so(published, page, how, note):
    shelve(published, meeting=FEBRUARY)
    damage(shelve(published), how)

    html = page()

    assert html.count('<li class="pack"') == 1
    assert note in html
    assert sorted(path.name for path in (published / "pages").glob("*.html")) == [
        "2027-02-10_havering.html",
        "newest_havering.html",
    ]


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"slug": "x" * 200}, "its name is too long"),
        ({"slug": "a b", "place": "a b"}, "other signs than letters"),
        ({"place": '"><script>', "slug": "havering"}, "other signs than letters"),
        ({"version": "1.0<b>"}, "its version is not like 1.0"),
    ],
)
def test_leaves_out_what_could_not_be_an_address(published, page, changes, note):
    shelve(published, **changes)

    html = page()

    assert note in html
    assert '<li class="pack"' not in html


def test_passes_over_files_hidden_folders_and_its_own_pages(published, page):
    folder = shelve(published)
    shutil.copytree(folder, folder.with_name(".havering.old"))
    (published / "notes.txt").write_text("x")
    (published / "2026-12-09" / "notes.txt").write_text("x")
    page()

    packs, notes = read_packs(published)

    assert (len(packs), notes) == (1, [])


def test_text_is_printed_and_not_obeyed(published, page):
    hostile = "<script>alert(1)</script>\"'&"
    shelve(
        published,
        title=hostile,
        place_name=hostile,
        board=hostile,
        priorities=(hostile,),
        reason=hostile,
        missing=(hostile,),
    )
    (published / "2026-12-09" / "<img src=x>").mkdir()

    html = page(organisation="<b>NHS & co</b>")

    for name, text in pages(published).items():
        assert text.count("<script") == (1 if name == "index.html" or "newest_" in name else 0)
        assert "<img" not in text
        assert "&lt;b&gt;NHS &amp; co&lt;/b&gt;" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;" in html


def test_long_names_emoji_and_writing_from_right_to_left(published, page):
    shelve(published, place_name="Ñ" * 300, title="لوحة القيادة 🏥 \u202eevil", board="b" * 300)

    html = page()
    own = pages(published)["pages/2026-12-09_havering.html"]

    assert "Ñ" * 300 in html
    assert '<h1 dir="auto">لوحة القيادة 🏥 evil</h1>' in own
    assert "\u202e" not in html + own


def test_needs_nothing_from_elsewhere_and_shares_its_fonts(published, params, tmp_path):
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for name in ("Inter-Regular.woff2", "Inter-SemiBold.woff2", "Inter-Bold.woff2", "OFL.txt"):
        (fonts / name).write_bytes(b"font")
    shelve(published)

    write_library(published, params.system, fonts)

    for name, html in pages(published).items():
        found = re.findall(r"url\(([^)]*)\)", html)
        assert len(found) == 3
        assert all(((published / name).parent / address).is_file() for address in found)
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//|@import|<link(?! rel=\"alternate\")", html)
        assert "Content-Security-Policy\" content=\"default-src 'none';" in html
        assert len(html) < 25_000


def test_the_filter_is_the_only_script_and_the_page_works_without_it(published, page):
    shelve(published)

    html = page()

    assert re.findall(r"script-src ([^\"]*)\"", html)[0].startswith("'sha256-")
    assert '<details class="find" id="finder" hidden>' in html
    assert 'aria-live="polite"' in html


def test_public_and_confidential_packs_never_meet(published, page):
    shelve(published, slug="havering_part-2", part="confidential", title="Secret matters")
    shelve(published, title="Open matters")

    public = page()
    assert "1 confidential pack lies here and should not: move it away" in public
    assert all("Secret" not in text and "part-2" not in text for text in pages(published).values())

    page(part="confidential")
    made = pages(published)
    assert list(made) == [
        "index.html",
        "pages/2026-12-09_havering_part-2.html",
        "pages/newest_havering.html",
    ]
    assert all("<strong>Confidential.</strong>" in text for text in made.values())
    assert all("Open matters" not in text for text in made.values())


def test_headings_and_landmarks_are_in_order(published, page):
    history(published)
    (shelve(published, meeting=FEBRUARY) / "pack.json").unlink()
    page()
    for html in pages(published).values():
        seen: list[str] = []
        open_tags: list[str] = []

        class Reader(HTMLParser):
            def handle_starttag(self, tag, attrs, seen=seen, open_tags=open_tags):
                seen.append(tag)
                if tag not in {"meta", "br", "input", "link"}:
                    open_tags.append(tag)

            def handle_endtag(self, tag, open_tags=open_tags):
                assert open_tags.pop() == tag

        Reader().feed(html)

        assert open_tags == []
        assert [tag for tag in seen if re.match(r"h\d", tag)][:2] in (["h1", "h2"], ["h1"])
        assert (seen.count("main"), seen.count("header"), seen.count("footer")) == (1, 1, 1)
        assert '<html lang="en-GB">' in html
        assert len(set(re.findall(r' id="(.*?)"', html))) == len(re.findall(r' id="(.*?)"', html))


def test_a_page_that_cannot_be_written_leaves_the_earlier_one(published, page, monkeypatch):
    shelve(published)
    before = page()
    shelve(published, place="newham")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        page()

    assert (published / "index.html").read_text(encoding="utf-8") == before
    assert not list(published.rglob("*.new"))
