"""Tells the chapters of chapters.yml apart: each has an id, which it may leave out."""

from __future__ import annotations

from collections.abc import Iterator

from boardpacks.params.params_file import Document, KeyPath

Entry = tuple[Document, KeyPath, str]
"""A word in a file: the file, the way to it, and the word."""


def chapter_ids(document: Document) -> Iterator[Entry]:
    """Yield the id of each chapter, and where it gets it from.

    One that writes none is called as its notebook, with its priority behind it where several chapters are of that
    notebook.
    """
    notebooks = list(document.words("*", "notebook"))
    written = {path[0]: (path, word) for path, word in document.words("*", "id")}
    priorities = {path[0]: word for path, word in document.words("*", "priority")}
    named = [word for _, word in notebooks]
    for path, notebook in notebooks:
        number = path[0]
        if number in written:
            yield document, *written[number]
        elif named.count(notebook) > 1 and number in priorities:
            yield document, path, f"{notebook}_{priorities[number].replace('-', '_')}"
        else:
            yield document, path, notebook
