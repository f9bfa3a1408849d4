"""Pages to articles: every story of a page put back together, cleaned, and tied to the page character by character."""

from pipeline.stages.articles.page import Front, Masthead, Page, Rules, clean, read_front, read_page
from pipeline.stages.articles.stage import STAGE

__all__ = ["STAGE", "Front", "Masthead", "Page", "Rules", "clean", "read_front", "read_page"]
