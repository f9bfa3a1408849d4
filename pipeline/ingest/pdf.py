"""The text layer of a PDF; a scan without one is for a reader of pictures, which this is not."""

from __future__ import annotations

import threading

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ingest.encodings import refuse_unmapped
from pipeline.ingest.source import Limits, Unreadable

#: What the library writes for a hyphen at a line's end.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
_ENCRYPTED = "password"
#: Lone spaces are passed over too, and may be; they are one piece of text in so many.
_FEW = 20
#: The library is not made for several threads at once.
_LOCK = threading.Lock()


def read_pdf(data: bytes, limits: Limits) -> tuple[str, list[str]]:
    """The text of a PDF, page after page, and warnings."""
    if not data:
        raise Unreadable("it is empty")
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if _ENCRYPTED in str(error).lower():
                raise Unreadable("it is encrypted") from error
            raise Unreadable(f"it is no PDF, damaged or cut short ({error})") from error
        try:
            return _text(document, limits)
        except pdfium.PdfiumError as error:
            raise Unreadable(f"it is damaged ({error})") from error
        finally:
            document.close()


def _text(document: pdfium.PdfDocument, limits: Limits) -> tuple[str, list[str]]:
    n_pages = len(document)
    if n_pages > limits.pdf_pages:
        raise Unreadable(f"it has {n_pages} pages, more than the {limits.pdf_pages} allowed")
    pages: list[str] = []
    bare: list[int] = []
    size = n_pieces = n_unseen = 0
    for number in range(n_pages):
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded().translate(_HYPHENS)
        text_page.close()
        on_page, unseen = _unseen(page)
        n_pieces, n_unseen = n_pieces + on_page, n_unseen + unseen
        page.close()
        size += len(text)
        if size > limits.page_bytes // 3:
            raise Unreadable(f"its text is longer than the {limits.page_bytes >> 20} MiB that one page may have")
        if text.strip():
            pages.append(text)
        else:
            bare.append(number + 1)
    if not pages:
        raise Unreadable("it has no text layer: a scan, which must go through character recognition first")
    whole = "\n".join(pages)
    refuse_unmapped(whole)
    warnings = []
    if bare:
        warnings.append(f"{len(bare)} of its {n_pages} pages have no text layer (page {_shown(bare)}).")
    if n_unseen * _FEW > n_pieces:
        warnings.append(f"{n_unseen} of {n_pieces} pieces of text may be lost: their font is not in the file.")
    return whole, warnings


def _unseen(page: pdfium.PdfPage) -> tuple[int, int]:
    """The pieces of text on a page, and how many of them the library passes over.

    It leaves out what it finds to have no width, and so lone characters of a font that is not in the file.
    """
    n_pieces = n_unseen = 0
    for piece in page.get_objects((pdfium_c.FPDF_PAGEOBJ_TEXT,)):
        n_pieces += 1
        left, _, right, _ = piece.get_bounds()
        if left == right and not pdfium_c.FPDFFont_GetIsEmbedded(pdfium_c.FPDFTextObj_GetFont(piece)):
            n_unseen += 1
    return n_pieces, n_unseen


def _shown(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
