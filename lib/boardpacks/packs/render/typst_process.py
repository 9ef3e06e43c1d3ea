"""Compiles one document with Typst, as a program of its own that imports nothing of ours.

What Typst remembers of a document, 100 MB for a pack, ends with the process, and so does a fault of Typst's. The
order is JSON on standard input: `text`, `root`, `fonts`, `timestamp` and `standards`. The answer is a line of JSON on
standard output, with `warnings` or with `message`, `diagnostic` and `hints`, and after it the PDF.
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
    pdf: object = b""
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=order["standards"], timestamp=order["timestamp"]
        )
        answer: dict[str, object] = {"warnings": [warning.message for warning in warnings]}
    except typst.TypstError as error:
        answer = {"message": error.message, "diagnostic": error.diagnostic, "hints": error.hints}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    if isinstance(pdf, bytes):
        sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
