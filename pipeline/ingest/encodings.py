"""Bytes to text: the encoding under which a page reads as Chinese, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest.hanzi import likelihood, strangeness
from pipeline.ingest.source import Unreadable

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "utf-32"),
    (b"\xff\xfe", "utf-16-le", "utf-16"),
    (b"\xfe\xff", "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
#: Encodings in which Chinese pages come without a mark, and how much likelier the first are beforehand.
_PRIOR = {"utf-8": 0.0, "gb18030": -2.0, "big5": -4.0, "utf-16-le": -6.0, "utf-16-be": -8.0}
#: Names under which pages declare them.
_FAMILIES = {
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": "big5",
    "big5hkscs": "big5",
    "cp950": "big5",
    "utf16": "utf-16-le",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
}
#: Big5 and its two living extensions, narrowest first.
_BIG5 = ("big5", "cp950", "big5hkscs")
#: Two readings whose logarithms of likelihood differ by less than this cannot be told apart.
_CLEAR = 6.0
#: Prose is under 8.7 strange a character, a page in the wrong encoding over 11.9.
_IMPLAUSIBLE = 10.5
_PLAUSIBLE = 9.0
#: So many bytes are looked at first, and more where they do not make the encoding certain.
_GLANCE_BYTES = 2048
_CERTAIN = 200.0
_SAMPLE_BYTES = 1 << 16
_SAMPLE_CHARS = 1000
#: Fewer different characters than this may read as Chinese by chance.
_ENOUGH = 4
#: One character in so many may be lost (and one more: a page cut short) before a page is no longer worth reading.
_LOST_SHARE = 100
#: One character in so many may be a control character (and two more: a terminator) before a page is no text.
_CONTROL_SHARE = 100

_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r") + b"\x7f"
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file",
}
_MAGIC_START = re.compile(b"|".join(map(re.escape, _MAGIC)))
#: How text is spoilt on its way: written in the first encoding, read in the second, and saved so.
_SPOILT = (
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("gb18030", "latin-1"),
    ("gb18030", "cp1252"),
    ("utf-8", "gb18030"),
    ("big5", "gb18030"),
    ("gb18030", "big5"),
)
_BEYOND_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_ASCII = re.compile("[\x00-\x7f]+")


@dataclass(frozen=True)
class Reading:
    """Text with the encoding it was read in and what was odd about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def read_text(data: bytes, declared: str | None = None) -> Reading:
    """The text of a page, its line ends as they are; `Unreadable` says why there is none.

    `declared` is the encoding the page says it is in; it decides only where the bytes themselves leave it open.
    """
    _refuse_binary(data)
    reading = _read(data, _FAMILIES.get(re.sub(r"[-_]", "", declared.lower())) if declared else None)
    text, warnings = reading.text, list(reading.warnings)
    warnings += _losses(text)
    warnings += _controls(data if reading.encoding == "utf-8" else text.encode("utf-8", "replace"))
    _refuse_spoilt(text)
    return Reading(text, reading.encoding, tuple(warnings))


def sniff(head: bytes) -> str:
    """The likeliest encoding of a stream that begins like this."""
    for bom, encoding, _ in _BOMS:
        if head.startswith(bom):
            return encoding
    if b"\0" not in head and _HIGH_BYTE.search(head) is None:
        return "utf-8"
    return max(_PRIOR, key=lambda encoding: _score(head, encoding))


def _read(data: bytes, declared: str | None) -> Reading:
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            if text.count("\ufffd") <= _allowance(text):
                return Reading(text, name, _truncation(data[len(bom) :], encoding))
            data = data[len(bom) :]
            break
    if b"\0" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if len(data) == len(text) or (len(data) > 64 and _BEYOND_TWO_BYTES.search(text)):
                return Reading(text, "utf-8")
    return _likeliest(data, declared)


def _likeliest(data: bytes, declared: str | None) -> Reading:
    scores = _scores(data, _GLANCE_BYTES)
    best, second = _two_best(scores)
    if scores[best] - scores[second] < _CERTAIN:
        scores = _scores(data, _SAMPLE_BYTES)
        best, second = _two_best(scores)
    warnings: list[str] = []
    if declared is not None and declared != best:
        if scores[best] - scores[declared] < _CLEAR:
            best = declared
        else:
            warnings.append(f"The page says it is in {declared}, but reads as {best}.")
    elif scores[best] - scores[second] < _CLEAR and declared is None:
        warnings.append(f"The encoding is uncertain: read as {best}, but {second} is about as likely.")
    text, name = _decode(data, best)
    if _is_utf8(data):
        implausible = best != "utf-8" and _strangeness(_excerpt(text)) > _IMPLAUSIBLE
        if implausible:  # valid UTF-8 in another script is still text
            return Reading(data.decode("utf-8"), "utf-8")
    elif _strangeness(_excerpt(text)) > _IMPLAUSIBLE:
        if _n_controls(data) * _CONTROL_SHARE > len(data):
            raise Unreadable("it is binary, not text")
        raise Unreadable("no encoding reads it as Chinese text (tried UTF-8, GB18030, Big5 and UTF-16)")
    return Reading(text, name, (*warnings, *(_truncation(data, name) if "\ufffd" in text else ())))


def _scores(data: bytes, size: int) -> dict[str, float]:
    """How likely each encoding makes the first bytes, from the first that is not ASCII."""
    first = _HIGH_BYTE.search(data)
    start = first.start() if first and b"\0" not in data[: first.start()] else 0
    sample, even = data[start : start + size], data[start & ~1 :][:size]
    return {encoding: _score(even if encoding.startswith("utf-16") else sample, encoding) for encoding in _PRIOR}


def _two_best(scores: dict[str, float]) -> tuple[str, str]:
    best, second, *_ = sorted(scores, key=lambda encoding: -scores[encoding])
    return best, second


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _score(sample: bytes, encoding: str) -> float:
    return likelihood(sample.decode(encoding, "replace")) + _PRIOR[encoding]


def _decode(data: bytes, encoding: str) -> tuple[str, str]:
    """The text, and which member of the encoding's family reads all of it; what cannot be read is U+FFFD."""
    for name in _BIG5 if encoding == "big5" else (encoding,):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    return data.decode(encoding, "replace"), encoding


def _truncation(data: bytes, encoding: str) -> tuple[str, ...]:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 1 and error.start >= len(data) - 4:
            return ("It ends in the middle of a character: the file was cut short.",)
    return ()


def _allowance(text: str) -> int:
    return 1 + len(text) // _LOST_SHARE


def _losses(text: str) -> list[str]:
    """Characters that were lost when the page was decoded, or earlier: 锟斤拷 is U+FFFD read as GBK."""
    lost = text.count("\ufffd") + 2 * text.count("锟斤拷")
    if lost > _allowance(text):
        raise Unreadable(f"{lost} of {len(text)} characters are lost: wrongly encoded or damaged")
    question_marks = text.count("?")
    if question_marks > 20 and question_marks * 3 > len(text):
        raise Unreadable("most characters were replaced by question marks when it was saved")
    return [f"{lost} undecodable character{'s' if lost > 1 else ''} stand as U+FFFD."] if lost else []


def _controls(data: bytes) -> list[str]:
    n_controls = _n_controls(data)
    if n_controls > 2 + len(data) // _CONTROL_SHARE:
        raise Unreadable(f"it is binary, not text: {n_controls} of {len(data)} bytes are control characters")
    return [f"It holds {n_controls} control character{'s' if n_controls > 1 else ''}."] if n_controls else []


def _n_controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _refuse_binary(data: bytes) -> None:
    start = _MAGIC_START.match(data)
    if start:
        raise Unreadable(f"it is {_MAGIC[start[0]]}, not text")


def _excerpt(text: str) -> str:
    """A stretch from the first character beyond ASCII; these alone tell encodings apart."""
    first = _BEYOND_ASCII.search(text)
    return text[first.start() :][:_SAMPLE_CHARS] if first else ""


def _strangeness(text: str) -> float:
    return strangeness(_ASCII.sub("", text))


def _refuse_spoilt(text: str) -> None:
    """Text that was read in a wrong encoding and saved again: ä¸\xad国 for 中国.

    Writing it in the encoding it was read in gives back the bytes, less those that were lost; if they then read as
    Chinese, and better than before, that is what they were.
    """
    excerpt = _excerpt(text)
    strange = _strangeness(excerpt)
    if strange <= _PLAUSIBLE:
        return
    for written, read in _SPOILT:
        mended = _ASCII.sub("", excerpt.encode(read, "ignore").decode(written, "replace"))
        whole = mended.replace("\ufffd", "")
        if len(set(whole)) >= _ENOUGH and 2 * len(whole) > len(mended) and strangeness(whole) < min(_PLAUSIBLE, strange - 2):
            raise Unreadable(f"its characters are garbled: {written} text that was read as {read} and saved again")


def refuse_unmapped(text: str) -> None:
    """Text drawn from a document whose fonts do not say which characters they draw: private-use code points."""
    n_unmapped = sum(len(run) for run in _UNMAPPED.findall(text))
    if n_unmapped * 5 > len(text):
        raise Unreadable("its text layer is unreadable: the fonts do not say which characters they draw")
