"""Makes names of files, artefacts and facts out of words: small letters, digits and single hyphens, and no more."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th"}
    | {"Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe", "ß": "ss", "'": None, "’": None}
)
"""Letters that have no accent to be left out, and apostrophes, which part no word."""
_CHANGED = re.compile(r"[^a-z0-9]+")


def plain_name(words: str, longest: int = 80) -> str:
    """Return words as a name: ``kings-lynn-west-norfolk`` of ``King's Lynn & West Norfolk``.

    Accents are left out, whatever else is no letter or digit becomes a hyphen, and what is too long ends with a whole
    word.

    Parameters
    ----------
    words
        What people call it.
    longest
        Letters that the name may have.

    Examples
    --------
    >>> from boardpacks.project.plain_name import plain_name
    >>> plain_name("Ynys Môn: adults who smoke")
    'ynys-mon-adults-who-smoke'
    >>> plain_name("Ŵyr y Dŵr", longest=6)
    'wyr-y'
    """
    plain = unicodedata.normalize("NFKD", words.translate(_LETTERS)).encode("ascii", "ignore").decode()
    whole = _CHANGED.sub("-", plain.lower()).strip("-") or "part"
    return whole if len(whole) <= longest else whole[: longest + 1].rpartition("-")[0] or whole[:longest]
