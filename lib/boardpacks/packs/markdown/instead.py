"""What to write in place of what packs do not show."""

from __future__ import annotations

import re

_TAG = re.compile(r"<\s*/?\s*(?P<name>[A-Za-z][A-Za-z0-9-]*)")

_TAGS = {
    "b": "**bold** words between two asterisks",
    "strong": "**bold** words between two asterisks",
    "i": "*italic* words between single asterisks",
    "em": "*italic* words between single asterisks",
    "s": "~~struck~~ words between two tildes",
    "del": "~~struck~~ words between two tildes",
    "code": "`code` between back quotes",
    "pre": "a line of three back quotes before and after the code",
    "a": "a link, [words](https://...)",
    "img": "a picture with its description, ![what it shows](picture.png)",
    "table": "a Markdown table with lines of |, or show_table in a code cell",
    "ul": "lines that begin with -",
    "ol": "lines that begin with 1.",
    "li": "lines that begin with - or 1.",
    "p": "a blank line between paragraphs",
    "hr": "a line of three asterisks",
    "sup": "the sign itself, such as \u00b2, or words",
    "sub": "the sign itself, such as \u2082, or words",
    "h1": "a heading that begins with #",
    "h2": "a heading that begins with ##",
    "h3": "a heading that begins with ###",
}

NO_FORMULA = "words: packs have no formulas. A dollar sign is \\$, code stands between back quotes"
NO_TEX = "words: packs do not read TeX. Code stands between back quotes"
NO_TASKS = (
    "a plain list: packs have no boxes to tick. Begin the items with words such as 'Done:' and 'To do:'"
)
NO_SHORTCODE = "words: shortcodes belong in the texts of reports/"
LINKS = (
    "a link to a web address (https://...), an e-mail address (mailto:...) or a label of the pack (#sec-...)"
)
PICTURES = "a PNG or JPEG picture, pasted into the cell or lying beside the notebook"


def instead_of_html(markup: str) -> str:
    """Return what may stand in place of HTML."""
    found = _TAG.match(markup)
    known = _TAGS.get(found["name"].lower()) if found else None
    return f"{known}: packs read no HTML but <br>" if known else "Markdown: packs read no HTML but <br>"
