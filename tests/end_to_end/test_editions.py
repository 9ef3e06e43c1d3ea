"""The real board editions say no sentence over and over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.chapter.repeated import count_sentences
from tests.conftest import MADE

MOST = 3
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\{[^{}]*\}")


def pages_of(folder: Path) -> list[str]:
    """Return the composed pages of an edition without the descriptions of its pictures and without tables."""
    texts = [path.read_text("utf-8") for path in sorted((folder / "edition" / "sections").glob("*.qmd"))]
    return [
        "\n".join(line for line in _PICTURE.sub("", text).splitlines() if not line.startswith("|"))
        for text in texts
    ]


def test_no_sentence_stands_more_than_three_times_in_an_edition(built: Any):
    repeated: dict[tuple[str, str], int] = {}
    made = [plan for plan in built.plans if (plan.folder / "edition").is_dir()]
    assert len(made) >= len(MADE)
    for plan in made:
        counted = count_sentences(pages_of(plan.folder))
        assert len(counted) > 50
        said = {words.strip("*"): count for words, count in counted.items()}
        repeated |= {(plan.place, words): count for words, count in said.items() if count > MOST}
    assert {words for _, words in repeated} <= {"What success means to residents"}  # a heading in bold
