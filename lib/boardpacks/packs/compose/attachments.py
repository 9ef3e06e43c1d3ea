"""The files that a pack's PDF carries inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FACTS_JSON = "facts.json"
"""Name of the file of facts in a pack's source, and in its PDF."""
WORKBOOK = "workbook.xlsx"
"""Name of the workbook in a pack's source, and in its PDF."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Relationship = Literal["source", "data", "alternative", "supplement"]


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF.

    Parameters
    ----------
    name
        Its name in the PDF and in the pack's source folder: letters, digits, dots and hyphens.
    content
        What is in it.
    mime_type
        What kind of file it is.
    description
        What readers are told of it, in plain words.
    relationship
        What it is to the document, in the terms of PDF/A-3.
    """

    name: str
    content: bytes
    mime_type: str
    description: str
    relationship: Relationship = "data"


def facts_attachment(content: bytes) -> Attachment:
    """Return the attachment of the pack's file of facts."""
    words = "Every number in this pack and where it comes from"
    return Attachment(FACTS_JSON, content, "application/json", words)


def workbook_attachment(content: bytes) -> Attachment:
    """Return the attachment of the pack's workbook for Excel."""
    return Attachment(WORKBOOK, content, XLSX, "Every number in this pack as an accessible workbook")


def attachments_metadata(attachments: Sequence[Attachment]) -> list[dict[str, object]]:
    """Return what a pack's metadata say of its attachments, for the template to attach them."""
    return [
        {
            "name": attachment.name,
            "mime-type": attachment.mime_type,
            "description": attachment.description,
            "relationship": attachment.relationship,
        }
        for attachment in attachments
    ]
