"""Checks all documents of a pack, as they are rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from boardpacks.packs.check.check_html import check_html
from boardpacks.packs.check.check_pdf import check_attachments, check_pdf
from boardpacks.packs.compose.attachments import Attachment
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.render.documents import PDFS


def check_documents(rendered: Mapping[str, Path], attachments: Sequence[Attachment]) -> None:
    """Raise CheckFailed with everything that the checks find wrong with a pack's documents.

    Parameters
    ----------
    rendered
        The document of each format.
    attachments
        The files that the PDF has to carry.
    """
    findings: list[str] = []
    for pdf in (rendered[kind] for kind in PDFS if kind in rendered):
        findings += dict.fromkeys([*check_pdf(pdf), *check_attachments(pdf, attachments)])
    if "html" in rendered:
        findings += check_html(rendered["html"])
    if findings:
        raise CheckFailed(findings)
