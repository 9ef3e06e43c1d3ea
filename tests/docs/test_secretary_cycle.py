"""The page that leads a secretary through a meeting is true: its steps and pictures are there."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS

PAGE = DOCS / "secretary-cycle.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = sorted(
    {*re.findall(r"^(boardpacks .+)$", TEXT, re.MULTILINE), *re.findall(r"`(boardpacks .+?)`", TEXT)}
)
PICTURES = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", TEXT)


def test_every_step_of_the_way_is_told() -> None:
    told = {" ".join(typed.split()[1:3]) for typed in COMMANDS} | {typed.split()[1] for typed in COMMANDS}
    assert told >= {"meeting form", "meeting read", "build", "finalise", "circulate", "verify"}
    assert set(re.findall(r"\]\(#([^)]*)\)", TEXT)) == {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^## (.*)$", TEXT, re.MULTILINE)
    }


def test_every_picture_is_there_small_and_told_in_words() -> None:
    assert 6 <= len(PICTURES) <= 9
    sizes = []
    for words, address in PICTURES:
        path = DOCS / address
        assert path.read_bytes().startswith(b"\x89PNG"), address
        assert len(words) > 40, address
        sizes.append(path.stat().st_size)
    assert max(sizes) < 150_000
    assert sum(sizes) < 900_000


def test_the_pages_of_secretaries_lead_to_it() -> None:
    for page in (DOCS.parent / "README.md", DOCS / "secretaries.md", DOCS / "life-cycle.md"):
        assert PAGE.name in page.read_text(encoding="utf-8"), page
