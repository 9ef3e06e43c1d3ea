"""Which list gets what."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.circulation.final_edition import find_edition
from boardpacks.circulation.letters import plan_letters
from boardpacks.project.errors import InputError
from tests.circulation.made import a_calendar, a_meeting, an_edition, some_settings, write_final

ALL = ("edition", "edition-large-print", "pdf", "large-print", "xlsx")

LINK = {"public": "https://papers.example.org/packs/", "confidential": r"\\files\part 2"}


def kinds(letter) -> list[str]:
    return [file.name.rpartition("_v1.0")[2] for file in letter.attached]


def told(edition, settings) -> str:
    with pytest.raises(InputError) as caught:
        plan_letters(edition, settings)
    return str(caught.value)


def test_a_list_gets_what_it_asks_for(published):
    (letter,) = plan_letters(an_edition(published), some_settings({"attach": ("xlsx", "pdf")}))
    assert kinds(letter) == [".pdf", "_data.xlsx"]
    assert letter.linked == ()
    assert letter.addresses == ("ann@example.org", "ben@example.org")
    assert letter.attached[0].content == b"alston pdf 1.0"


def test_a_list_not_marked_confidential_never_gets_part_two(published):
    edition = an_edition(published, parts=2)
    lists: tuple[dict[str, Any], ...] = (
        {},
        {"id": "board", "name": "Board", "parts": ("public", "confidential")},
        {"id": "x", "name": "X"},
    )
    letters = plan_letters(edition, some_settings(*lists))
    assert [letter.name for letter in letters] == [
        "members_part-1",
        "board_part-1",
        "board_part-2",
        "x_part-1",
    ]
    for letter in letters:
        names = " ".join(file.name for file in letter.attached)
        assert ("part-2" in names) == (letter.name == "board_part-2")


def test_a_list_of_another_board_gets_nothing(published):
    message = told(an_edition(published), some_settings({"boards": ("brough",)}))
    assert "no list for alston, part I" in message
    assert "members (brough)" in message


def test_all_boards(published):
    assert len(plan_letters(an_edition(published), some_settings({"boards": ("all",)}))) == 1


def test_readers_of_large_print_get_it_in_a_message_of_their_own(published):
    to = ({"address": "ann@example.org"}, {"address": "cy@example.org", "large_print": True})
    usual, large = plan_letters(an_edition(published), some_settings({"to": to, "attach": ("pdf", "xlsx")}))
    assert (usual.addresses, kinds(usual)) == (("ann@example.org",), [".pdf", "_data.xlsx"])
    assert (large.addresses, kinds(large)) == (("cy@example.org",), ["_large-print.pdf", "_data.xlsx"])
    assert large.name == "members_part-1_large-print"
    assert usual.message_id != large.message_id


@pytest.mark.parametrize(
    ("attach", "there", "got"),
    [
        (("edition",), ALL, ["_board-edition_large-print.pdf"]),
        (("edition", "pdf"), ALL, ["_board-edition_large-print.pdf", "_large-print.pdf"]),
        (("xlsx",), ALL, ["_board-edition_large-print.pdf", "_data.xlsx"]),
        (("edition",), ("edition", "pdf", "large-print"), ["_board-edition.pdf", "_large-print.pdf"]),
        (("pdf",), ("pdf", "large-print"), ["_large-print.pdf"]),
    ],
)
def test_large_print_takes_the_place_of_each_pdf_and_the_board_edition_always_comes(
    published, attach, there, got
):
    to = ({"address": "cy@example.org", "large_print": True},)
    (letter,) = plan_letters(an_edition(published, kinds=there), some_settings({"to": to, "attach": attach}))
    assert kinds(letter) == got


def test_large_print_of_the_board_pack_comes_beside_the_meeting_pack(published):
    meeting = a_meeting((write_final(published, "alston_meeting", kinds=("pdf",)), write_final(published)))
    to = ({"address": "cy@example.org", "large_print": True},)
    edition = find_edition(a_calendar(meeting), meeting, published)
    (letter,) = plan_letters(edition, some_settings({"to": to}))
    assert [file.name for file in letter.attached] == [
        "2026-12-09_alston_meeting_meeting-pack_v1.0.pdf",
        "2026-12-09_alston_board-pack_v1.0_large-print.pdf",
    ]


def test_large_print_that_is_not_there(published):
    edition = an_edition(published, kinds=("pdf",))
    to = ({"address": "cy@example.org", "large_print": True},)
    message = told(edition, some_settings({"to": to}))
    assert "large-print, which alston_v1.0 does not have" in message
    assert "large_print: true" in message
    assert "large-print, which" in told(
        edition, some_settings({"to": to, "attach": (), "link": {"public": LINK["public"]}})
    )


def test_a_file_that_the_pack_does_not_have(published):
    message = told(an_edition(published, kinds=("pdf",)), some_settings({"attach": ("pdf", "ods")}))
    assert "lists[0].attach" in message
    assert "ods, which alston_v1.0 does not have" in message


def test_an_addendum_comes_only_where_there_is_one(published):
    (letter,) = plan_letters(an_edition(published), some_settings({"attach": ("pdf", "addendum", "changes")}))
    assert kinds(letter) == [".pdf"]


def test_what_is_not_attached_is_linked(published):
    edition = an_edition(published, parts=2)
    settings = some_settings({"parts": ("public", "confidential"), "link": LINK})
    public, private = plan_letters(edition, settings)
    assert [link.file.kind for link in public.linked] == ["large-print", "html", "xlsx", "data"]
    base = "https://papers.example.org/packs/2026-12-09/alston_v1.0"
    assert public.linked[1].url == f"{base}/2026-12-09_alston_board-pack_v1.0.html"
    assert private.linked[1].address == (
        r"\\files\part 2\2026-12-09\alston_part-2_v1.0\2026-12-09_alston_part-2_board-pack_v1.0.html"
    )
    assert private.linked[1].url.startswith("file://files/part%202/2026-12-09/alston_part-2_v1.0/")
    assert not any("part-2" in link.url or "files" in link.url for link in public.linked)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://x.org/a b", None),
        ("http://intranet:8080/packs", "http://intranet:8080/packs/2026-12-09/"),
        ("P:\\packs", "file:///P:/packs/2026-12-09/"),
        ("/mnt/our packs", "file:///mnt/our%20packs/2026-12-09/"),
        ("javascript:alert(1)", None),
        ("https://user:secret@x.org/", None),
        ('https://x.org/"><script>', None),
        ("data:text/html,x", None),
        ("https://x.org/\r\nBcc: a@b.org", None),
    ],
)
def test_addresses_of_links(published, base, url):
    if url is None:
        with pytest.raises(ValueError, match="public"):
            some_settings({"attach": (), "link": {"public": base}})
        return
    (letter,) = plan_letters(an_edition(published), some_settings({"attach": (), "link": {"public": base}}))
    assert letter.linked[0].url.startswith(url)


def test_too_large_is_linked_where_there_is_a_link(published):
    edition = an_edition(published)
    settings = some_settings(
        {"attach": ("pdf", "zip", "calendar"), "link": {"public": LINK["public"]}}, megabytes=0.0001
    )
    (letter,) = plan_letters(edition, settings)
    assert letter.too_large
    assert [file.name.rpartition("_")[2] for file in letter.attached] == ["meeting.ics"]
    assert letter.linked[0].file.kind == "pdf"


def test_too_large_without_a_link_is_told(published):
    message = told(an_edition(published), some_settings({"attach": ("pdf", "zip")}, megabytes=0.0001))
    assert "for Members" in message
    assert "at most 0.0001 MB" in message
    assert "give the list a link" in message


def test_every_problem_is_told_at_once(published):
    lists = ({"attach": ("ods",)}, {"id": "x", "name": "X", "attach": ("addendum", "ods", "xlsx")})
    message = told(an_edition(published, kinds=("pdf",)), some_settings(*lists))
    assert message.startswith("3 problems found")


def test_identity_follows_edition_list_and_part_only(published):
    edition = an_edition(published)
    (first,) = plan_letters(edition, some_settings())
    (second,) = plan_letters(edition, some_settings({"attach": ("xlsx",)}, megabytes=5.0))
    (other,) = plan_letters(edition, some_settings({"id": "others"}))
    assert first.message_id == second.message_id != other.message_id
    assert first.message_id.endswith("@example.org>")
