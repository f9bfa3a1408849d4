"""Pages no one would write: bytes flipped, cut and glued, and shapes that drive readers into a corner."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

Maker = Callable[[random.Random], tuple[str, bytes]]


def _text(name: str, text: str) -> tuple[str, bytes]:
    return name, text.encode("utf-8", "surrogatepass")


def _zip(members: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def _pdf(draw: random.Random) -> bytes:
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 99999>>endobj\n"
    return body + bytes(draw.randrange(256) for _ in range(draw.randrange(400))) + b"\ntrailer<</Root 1 0 R>>\n%%EOF"


#: One page of each shape. None may crash a build, hang it or write outside its output.
SHAPES: tuple[Maker, ...] = (
    lambda draw: _text("nuls.txt", "区委书记\x00王小明\x00说：路修好了。\x00" * 40),
    lambda draw: _text("surrogates.txt", "三教镇\ud800修路12公里。\udfff" * 40),
    lambda draw: _text("line.txt", "三教镇修路12公里，投资3亿元，" * 2_000),
    lambda draw: ("huge.txt", b"a" * 1_200_000),
    lambda draw: _text("digits.txt", "1234567890" * 30_000),
    lambda draw: _text("thousands.txt", "123," * 8_000),
    lambda draw: _text("numerals.txt", "一二三四五六七八九十百千万亿" * 1_500),
    lambda draw: _text("brackets.txt", "（" * 10_000 + "）" * 10_000),
    lambda draw: _text("quotes.txt", "“" * 10_000 + "他说：“好。”" * 500),
    lambda draw: _text("names.txt", "出席会议的有" + "、".join(["王小明", "李秀英", "张建国"] * 1_500)),
    lambda draw: _text("rows.txt", "指标  本年  上年\n" + "产值  12.3  4.5\n" * 1_000),
    lambda draw: _text("table.md", "| 指标 | 数 |\n|---|---|\n" + "| 产值 | 12 |\n" * 1_000),
    lambda draw: _text("deep.html", "<div>" * 10_000 + "三教镇" + "</div>" * 10_000),
    lambda draw: _text("open.html", "<table><tr><td>" * 2_000 + "<script>x" * 100),
    lambda draw: _text("entities.html", "&#x110000;&#0;&amp" * 500 + "<![CDATA["),
    lambda draw: ("broken.pdf", _pdf(draw)),
    lambda draw: ("text.pdf", "这不是一个文件".encode()),
    lambda draw: ("broken.docx", _zip({"word/document.xml": b"<w:document><w:body>" + b"<w:p>" * 5_000})),
    lambda draw: ("entities.docx", _zip({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'})),
    lambda draw: ("bomb.zip", _zip({"big.txt": b"0" * 30_000_000})),
    lambda draw: ("outside.zip", _zip({"../outside.txt": "越界".encode(), "/outside.txt": b"1", "a/../../outside.txt": b"2"})),
    lambda draw: ("nested.zip", _zip({"a.zip": _zip({"b.zip": _zip({"c.zip": _zip({"d.txt": "深处".encode()})})})})),
    lambda draw: ("record.jsonl", b'{"text": "\\ud800"}\n{"text": ' + b"[" * 5_000 + b"\n{}\nnull\n"),
    lambda draw: ("cells.csv", 'text\n"一\x00二\n'.encode() + b'"' * 1_000),
)


def mutate(content: bytes, other: bytes, draw: random.Random) -> bytes:
    """A page with a few things done to it that happen to files."""
    out = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(out) + 1)
        match draw.randrange(8):
            case 0:
                for _ in range(draw.randint(1, 20)):
                    if out:
                        out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
            case 1:
                out = out[:at]
            case 2:
                out = out[:at] + bytearray(other[draw.randrange(len(other)) :])
            case 3:
                out[at:at] = bytes(draw.randint(1, 9))
            case 4:
                piece = bytes(out[at : at + draw.randint(1, 60)])
                out[at:at] = piece * draw.randint(2, 40)
            case 5:
                out[at:at] = draw.choice(_INSERTS).encode("utf-8", "surrogatepass")
            case 6:
                out = bytearray(bytes(out).replace(b"\n", draw.choice((b"", b"\r", b"\n\n", b"\x0b"))))
            case 7:
                text = list(out.decode("utf-8", "replace"))
                draw.shuffle(text)
                out = bytearray("".join(text[:600]).encode())
    return bytes(out)


_INSERTS = (
    "\ud800",
    "\ufeff",
    "\u202e",
    "（" * 50,
    "“" * 50,
    "9" * 400,
    "亿" * 200,
    "、" * 200,
    "1.2.3.4%至—-",
    "二〇二三年13月45日",
    "|" * 100,
    "<b><i>",
    "\u3000" * 80,
)


def mutated(pages: Path, n: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`n` pages made of those in a folder, by name."""
    draw = random.Random(seed)
    contents = [path.read_bytes() for path in sorted(pages.glob("*.txt"))]
    for k in range(n):
        yield f"m{k:05d}{draw.choice(('.txt', '.txt', '.txt', '.md', '.html'))}", mutate(draw.choice(contents), draw.choice(contents), draw)
