"""Every pattern of the models can be said in words."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import boardpacks.params
from boardpacks.params.model_words import PATTERNS

_PATTERN = re.compile(r'\bpattern=(?:r"([^"]+)"|([A-Z][A-Z0-9_]+))')


def test_every_pattern_has_words() -> None:
    used = set()
    for name in (one.name for one in pkgutil.iter_modules(boardpacks.params.__path__)):
        module = importlib.import_module(f"boardpacks.params.{name}")
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        used |= {found[1] or getattr(module, found[2]) for found in _PATTERN.finditer(source)}
    assert len(used) > 8
    assert used <= set(PATTERNS)
