"""Writes what a meeting pack says of itself."""

from __future__ import annotations

import datetime as dt

import pikepdf

_KEPT = ("/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines", "/PageMode", "/PageLabels")
_ALSO_KEPT = ("/Names", "/AF", "/OCProperties", "/OutputIntents")


def write_metadata(pdf: pikepdf.Pdf, title: str, language: str, date: dt.date, *, accessible: bool) -> None:
    """Write title, language and date; that it keeps to PDF/UA-1 only where it is `accessible`."""
    root = pdf.Root
    for key in list(root.keys()):
        if key not in (*_KEPT, *_ALSO_KEPT):
            del root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    root.Lang = pikepdf.String(language)
    root.MarkInfo = pikepdf.Dictionary(Marked=True)
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    midnight = f"{date.isoformat()}T00:00:00Z"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
        metadata["dc:format"] = "application/pdf"
        metadata["xmp:CreateDate"] = midnight
        metadata["xmp:ModifyDate"] = midnight
        metadata["xmp:CreatorTool"] = "Boardpacks"
        if accessible:
            metadata["pdfuaid:part"] = "1"
