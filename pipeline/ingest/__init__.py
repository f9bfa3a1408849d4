"""Files, folders, archives and tables of documents, turned into decoded pages."""

from pipeline.ingest.pages import Decoded, decode, doc_id_of, pages_table
from pipeline.ingest.source import DEFAULT_LIMITS, Limits, Source, WalkReport
from pipeline.ingest.walk import walk

__all__ = ["DEFAULT_LIMITS", "Decoded", "Limits", "Source", "WalkReport", "decode", "doc_id_of", "pages_table", "walk"]
