"""Compiles one document with Typst, as a program of its own that imports nothing of ours.

What Typst remembers of a document, 100 MB for a pack, ends with the process, and so does a fault of Typst's. The
order is JSON on standard input: `text`, `root`, `fonts`, and `ppi` for a picture of each page or `timestamp` and
`standards` for a PDF. The answer is a line of JSON on standard output, with `warnings` and the `sizes` of what follows
it, the PDF or the pictures, or with `message`, `diagnostic` and `hints`.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> None:
    """Take the order, compile, and answer."""
    order = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
    compiler = typst.Compiler(input=order["text"].encode(), root=order["root"], font_paths=fonts)
    wanted = (
        {"format": "png", "ppi": order["ppi"]}
        if "ppi" in order
        else {"format": "pdf", "pdf_standards": order["standards"], "timestamp": order["timestamp"]}
    )
    made: list[bytes] = []
    try:
        found, warnings = compiler.compile_with_warnings(**wanted)
        made = found if isinstance(found, list) else [found] if found else []
        answer: dict[str, object] = {
            "warnings": [warning.message for warning in warnings],
            "sizes": [len(one) for one in made],
        }
    except typst.TypstError as error:
        answer = {"message": error.message, "diagnostic": error.diagnostic, "hints": error.hints}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    for one in made:
        sys.stdout.buffer.write(one)


if __name__ == "__main__":
    main()
