"""Pages to test with, in every wrapping, whole and broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx

from pipeline.ingest import Decoded, Limits, Source, WalkReport, decode, walk

PROSE = "县里今年修了三条乡村公路，方便了八百多户群众出行。\n镇上的粮食收购站也重新开门，每天收购稻谷二十余吨。\n"
TRADITIONAL = "縣裡今年修了三條鄉村公路，方便了八百多戶群眾出行。\n鎮上的糧食收購站也重新開門，每天收購稻穀二十餘噸。\n"


def write(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def walked(*inputs: Path, limits: Limits | None = None, report: WalkReport | None = None) -> list[Source]:
    return list(walk(inputs, limits or Limits(), report))


def read(data: bytes, media: str = "txt") -> Decoded:
    return decode(Source(f"page.{media}", data, media))


def zipped(members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def encrypted(archive: bytes) -> bytes:
    """The same archive with the flag set that says its members need a password."""
    changed = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def pdf(pages: Sequence[str], *, locked: bool = False) -> bytes:
    """A PDF with a text layer in a Chinese font that is named, not embedded; an empty page has only a line drawn."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>")
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    objects.append(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200"
        b" /CapHeight 700 /StemV 80 >>"
    )
    kids = []
    for text in pages:
        lines = [f"1 0 0 1 50 {780 - 20 * row} Tm <{line.encode('utf-16-be').hex()}> Tj" for row, line in enumerate(text.splitlines())]
        content = ("BT /F1 12 Tf " + " ".join(lines) + " ET" if lines else "0 0 m 10 10 l S").encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    sink = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(sink))
        sink += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = len(sink)
    sink += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (b"11" * 32, b"22" * 32) if locked else b""
    return bytes(sink + b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, lock, xref))


def word(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        if paragraph.startswith("# "):
            document.add_heading(paragraph[2:], 1)
        else:
            document.add_paragraph(paragraph)
    if table:
        drawn = document.add_table(len(table), len(table[0]))
        for y, row in enumerate(table):
            for x, cell in enumerate(row):
                drawn.cell(y, x).text = cell
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()
