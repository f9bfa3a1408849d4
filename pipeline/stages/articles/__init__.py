"""Pages to articles: every story of a page put back together, cleaned, and tied to the page character by character."""

from pipeline.stages.articles.page import Masthead, Page, Rules, choose_format, clean, read_masthead, read_page
from pipeline.stages.articles.stage import STAGE

__all__ = ["STAGE", "Masthead", "Page", "Rules", "choose_format", "clean", "read_masthead", "read_page"]
