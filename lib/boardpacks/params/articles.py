"""Says how the name of an area stands inside a sentence: some names take an article there."""

from __future__ import annotations

import re

_WITH_ARTICLE = re.compile(
    r"(?:United|Isles? of|Republic of|City of|County of|East of|West of|North of|South of)\b.*"
    r"|(?:Greater |Inner |Outer )?(?:North|South|East|West)(?:[ -](?:East|West))?"
    r"|.*\b(?:Kingdom|Isles|Islands|Midlands|region|average|North|South|East|West)"
)
"""Countries, islands and regions that are called after a union, a direction or a common noun."""


def with_article(name: str) -> str:
    """Return a name as it stands inside a sentence: ``the United Kingdom``, ``the North West``, ``England``."""
    if name.casefold().startswith("the "):
        return f"the {name[4:]}"
    return f"the {name}" if _WITH_ARTICLE.fullmatch(name) else name
