"""Packs the files of a part into one zip with their checksums, the same to the byte each time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from boardpacks.circulation.final_edition import FinalEdition, PartPapers
from boardpacks.packs.files.pack_record import CHECKSUMS


def archive_name(edition: FinalEdition, papers: PartPapers) -> str:
    """Return ``2026-12-09_havering_v1.0.zip``, or ``..._part-2.zip`` for part II."""
    return f"{edition.stem}{'_part-2' if papers.part == 'confidential' else ''}.zip"


def archive(edition: FinalEdition, papers: PartPapers) -> bytes:
    """Return a zip of one folder: everything that goes to people, and ``SHA256SUMS``.

    The files are dated by the day on which the edition was made final.
    """
    folder = archive_name(edition, papers).removesuffix(".zip")
    sums = "".join(f"{file.record.sha256}  {file.record.name}\n" for file in papers.files)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in papers.files:
            zipped.writestr(
                _entry(f"{folder}/{file.record.name}", edition.final.date), file.path.read_bytes()
            )
        zipped.writestr(_entry(f"{folder}/{CHECKSUMS}", edition.final.date), sums.encode())
    return written.getvalue()


def _entry(name: str, date: dt.date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (date.year, date.month, date.day, 12, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # else it would tell Windows from others
    entry.external_attr = 0o644 << 16
    return entry
