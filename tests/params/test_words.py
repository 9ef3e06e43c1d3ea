"""Every pattern of the models can be said in words."""

from __future__ import annotations

from pathlib import Path

from boardpacks.params import models
from boardpacks.params.words import PATTERNS


def test_every_pattern_has_words() -> None:
    source = Path(models.__file__).read_text(encoding="utf-8")
    used = {line.split('pattern=r"')[1].split('"')[0] for line in source.splitlines() if 'pattern=r"' in line}
    assert used
    assert used <= set(PATTERNS)
