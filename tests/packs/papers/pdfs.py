"""PDFs such as people hand in: good ones made by Typst, and bad ones made by hand."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from boardpacks.packs.papers.paper_limits import MOST_STREAM
from boardpacks.packs.render.includes import SourceText
from boardpacks.packs.render.typst_pdf import compile_pdf
from boardpacks.project.folder import Project

DATE = dt.date(2026, 12, 9)
A4 = (595, 842)

TAGGED = """
#set document(title: "{title}")
#set text(lang: "{lang}", font: "Inter")
#set page(numbering: "1")
= {title} <first>
See #link(<second>)[the second part of {title}] and #link("https://example.org")[the web].
#table(columns: 2, table.header[Name][Value], [One {title}], [2])
#pagebreak()
== Second part of {title} <second>
#figure(rect(fill: gradient.linear(red, blue)), alt: "A box", caption: [A box of {title}])
Back to #link(<first>)[the first part].
"""


def tagged(project: Project, title: str = "Finance report", lang: str = "en") -> bytes:
    """A paper of two pages with headings, a table, a picture, links and named destinations."""
    return compile_pdf(TAGGED.format(title=title, lang=lang), SourceText(project.reports, ()), DATE)


def plain(
    *words: str,
    size: tuple[float, float] = A4,
    rotate: int = 0,
    at: tuple[float, float] = (72, 400),
    pages: int = 1,
    content: bytes = b"",
) -> pikepdf.Pdf:
    """A paper without tags, as a simple program writes it."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        lines = words or (f"Plain page {number}",)
        drawn = b"BT /F1 12 Tf %d %d Td 14 TL " % at + b" ".join(
            b"(%s) Tj T*" % line.encode() for line in lines
        )
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content + drawn + b" ET")
        if rotate:
            page.obj.Rotate = rotate
    return pdf


def scan(pages: int = 1) -> pikepdf.Pdf:
    """A paper of pages that are only pictures."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=A4)
        picture = pdf.make_stream(b"\x80" * 12)
        _set_picture(picture)
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
        page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    return pdf


def _set_picture(picture: pikepdf.Stream) -> None:
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    picture.Width, picture.Height, picture.BitsPerComponent = 2, 2, 8


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def encrypted(user: str = "", owner: str = "secret") -> bytes:
    return saved(plain(), encryption=pikepdf.Encryption(user=user, owner=owner))


BLOCK = b" " * 10_000_000
BLOCKS = MOST_STREAM // len(BLOCK) + 2


def bomb() -> bytes:
    """A page whose drawing unpacks to more than any page needs."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(BLOCK) for _ in range(BLOCKS)) + packer.flush()
    pdf = plain()
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, packed)
    pdf.pages[0].obj.Contents.Filter = Name.FlateDecode
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def object_bomb() -> bytes:
    """A file whose list of objects is packed many thousand times over."""
    packer = zlib.compressobj(9)
    inner = b"5 0 << /Type /Catalog /Pages 6 0 R >>"
    packed = packer.compress(inner)
    for _ in range(BLOCKS):
        packed += packer.compress(BLOCK)
    packed += packer.flush()
    head = b"%PDF-1.7\n"
    stream = (
        b"4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj\n"
    )
    pages = b"6 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n"
    at, at_pages = len(head), len(head) + len(stream)
    rows = [(0, 0, 65535), *[(0, 0, 0)] * 3, (1, at, 0), (2, 4, 0), (1, at_pages, 0)]
    at_table = at_pages + len(pages)
    rows.append((1, at_table, 0))
    table = zlib.compress(
        b"".join(bytes([a]) + b.to_bytes(8, "big") + c.to_bytes(2, "big") for a, b, c in rows)
    )
    xref = (
        b"7 0 obj\n<< /Type /XRef /Size 8 /W [1 8 2] /Root 5 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at_table
    )
    return head + stream + pages + xref


def active() -> pikepdf.Pdf:
    """A paper with everything that could do something."""
    pdf = plain("Active paper", pages=2)
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('EXECUTED')"))
    launch = Dictionary(S=Name.Launch, F=String("EXECUTED.exe"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("run"), script])))
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=launch)
    rect = Array([100, 100, 200, 120])

    def link(action: Dictionary) -> Dictionary:
        return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=action)

    page.Annots = Array(
        [
            link(script),
            link(launch),
            link(Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))),
            link(Dictionary(S=Name.URI, URI=String("javascript:alert('EXECUTED')"))),
            link(Dictionary(S=Name.URI, URI=String("file:///etc/passwd"))),
            link(Dictionary(S=Name.SubmitForm, F=String("https://example.org/EXECUTED"))),
            link(Dictionary(S=Name.URI, URI=String("https://example.org/kept"), Next=script)),
            link(Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit]))),
            Dictionary(
                Type=Name.Annot, Subtype=Name.Movie, Rect=rect, Movie=Dictionary(F=String("EXECUTED.avi"))
            ),
            Dictionary(Type=Name.Annot, Subtype=Name.Screen, Rect=rect, A=Dictionary(S=Name.Rendition)),
            Dictionary(Type=Name.Annot, Subtype=Name.Highlight, Rect=rect, Contents=String("A comment")),
        ]
    )
    return pdf


def form() -> pikepdf.Pdf:
    """A paper with a form field that shows a word, and a script on it."""
    pdf = plain("Form paper")
    looks = pdf.make_stream(b"/Tx BMC q BT /F1 10 Tf 2 4 Td (Filled in) Tj ET Q EMC")
    looks.Type, looks.Subtype = Name.XObject, Name.Form
    looks.BBox, looks.Resources = Array([0, 0, 100, 20]), pdf.pages[0].obj.Resources
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String("Filled in"),
            Rect=Array([100, 300, 200, 320]),
            AP=Dictionary(N=looks),
            A=Dictionary(S=Name.JavaScript, JS=String("app.alert('EXECUTED')")),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return pdf


def with_attachment(name: str = "figures.csv", content: bytes = b"a,b\n") -> pikepdf.Pdf:
    pdf = plain("Paper with a file")
    pdf.attachments[name] = pikepdf.AttachedFileSpec(
        pdf, content, filename=name, mime_type="text/csv", description="", creation_date="", mod_date=""
    )
    return pdf


def with_names() -> pikepdf.Pdf:
    """A paper whose links and bookmarks lead to a named place called `second`, as other papers' do."""
    pdf = plain(pages=3)
    pdf.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String("second"), Array([pdf.pages[2].obj, Name.XYZ, 72, 700, None])]))
    )
    pdf.pages[0].obj.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 390, 200, 410]), Dest=String("second")
            )
        ]
    )
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Third page", 2))
    return pdf


def put(folder: Path, name: str, content: bytes | pikepdf.Pdf) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else saved(content))
    return path
