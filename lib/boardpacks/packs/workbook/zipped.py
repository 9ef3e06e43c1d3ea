"""Names the files of a zip archive so that the same content gives the same bytes."""

from __future__ import annotations

import zipfile

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that an archive can give its files: theirs say nothing."""


def zip_entry(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """Return the entry of a file: without a date of its own, and alike on every system.

    Parameters
    ----------
    stored
        Whether the content is left as it is, not compressed.
    """
    entry = zipfile.ZipInfo(name, ZIP_DATE)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
