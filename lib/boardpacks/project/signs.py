"""The signs that packs can show. A sign without a font would be a box on paper: it is refused where it stands."""

from __future__ import annotations

import unicodedata

LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x149),
    *range(0x14A, 0x180),  # Latin-1 and Latin Extended-A: names of people and places
    *(0x1E80, 0x1E81, 0x1E82, 0x1E83, 0x1E84, 0x1E85, 0x1EF2, 0x1EF3),  # Welsh
    *range(0x2010, 0x2028),
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044),
    *range(0x2070, 0x2072),
    *range(0x2074, 0x208F),
    *(0x20AC, 0x2116, 0x2122),
    *range(0x2190, 0x219A),  # arrows
    *(0x2206, 0x2211, 0x2212, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x2126, 0x03BC, 0x03C3),
    *(0x25A0, 0x25A1, 0x25B2, 0x25B3, 0x25BC, 0x25BD, 0x25B6, 0x25C0, 0x25C6, 0x25C7, 0x25CB, 0x25CF),
    *(0x2605, 0x2606, 0x2713, 0x2717, 0x26A0),
)
"""What packs are written in; web pages carry a font with these."""

MORE = (
    *range(0x0180, 0x01C4),
    *range(0x01C5, 0x0250),  # Latin Extended-B
    *range(0x0300, 0x0305),
    *range(0x0306, 0x030B),
    *(0x030C, 0x030F, 0x031B, 0x0323, 0x0326, 0x0327, 0x0328),  # combining marks
    *range(0x0384, 0x038B),
    0x038C,
    *range(0x038E, 0x03A2),
    *range(0x03A3, 0x03CF),  # Greek
    *range(0x0400, 0x047A),
    *range(0x048A, 0x049E),
    *range(0x04A0, 0x0500),  # Cyrillic
    *range(0x1E00, 0x1E9C),
    *range(0x1E9E, 0x1F00),  # Vietnamese, and transcriptions
)
"""More that the packs' own font has."""

ARABIC = (
    *(0x060C, 0x061B, 0x061F),
    *range(0x0621, 0x063B),
    *range(0x0640, 0x0657),
    *range(0x0660, 0x0672),
    *(
        0x0679,
        0x067E,
        0x0686,
        0x0688,
        0x0691,
        0x0698,
        0x06A9,
        0x06AF,
        0x06BA,
        0x06BE,
        0x06C1,
        0x06C2,
        0x06C3,
        0x06CC,
    ),
    *(0x06D2, 0x06D3, 0x06D4),
    *range(0x06F0, 0x06FA),
)
"""Arabic, Persian and Urdu; the words run from right to left."""
HEBREW = (*range(0x05B0, 0x05BD), *(0x05BE, 0x05BF, 0x05C1, 0x05C2, 0x05C7), *range(0x05D0, 0x05EB))
"""Hebrew, with the points of vowels; the words run from right to left."""

BETWEEN = (0x09, 0x0A, 0x0D, 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F)
"""Signs that show nothing of themselves: breaks, joiners, and marks of direction."""

SIGNS_THAT_SHOW = frozenset((*LATIN, *MORE, *ARABIC, *HEBREW)) - frozenset(BETWEEN)
SIGNS = frozenset(map(chr, (*SIGNS_THAT_SHOW, *BETWEEN)))
ALLOWED = "letters of the Latin, Greek, Cyrillic, Arabic and Hebrew scripts, digits and usual punctuation"

MOST_NAMED = 5
"""How many signs a message names."""


def foreign_signs(text: str) -> tuple[str, ...]:
    """Return the signs of `text` that no font of the packs has, each once and in order; none if all can be shown.

    A letter with a mark counts as the one sign that they make together, if there is one.
    """
    if text.isascii() and text.isprintable():
        return ()
    signs = unicodedata.normalize("NFC", text)
    if set(signs) <= SIGNS:  # nearly always, and much quicker than to look at each
        return ()
    return tuple(dict.fromkeys(sign for sign in signs if sign not in SIGNS))


def named(signs: tuple[str, ...]) -> str:
    """Return signs in words, such as ``😀 (U+1F600, grinning face)``; one that cannot be seen by its name alone."""
    more = f" and {len(signs) - MOST_NAMED} more" if len(signs) > MOST_NAMED else ""
    return ", ".join(map(_named, signs[:MOST_NAMED])) + more


def _named(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, "").lower() or "a sign without a name"
    seen = unicodedata.category(sign)[0] not in {"C", "M", "Z"}
    return f"{sign} ({code}, {name})" if seen else f"{code} ({name})"
