"""Who: every named person, and every post that is said of an official."""

from pipeline.stages.people.context import Context, Mention, PlaceSpan
from pipeline.stages.people.reading import read
from pipeline.stages.people.rules import FAMILY, Officials
from pipeline.stages.people.stage import STAGE, people_tables

__all__ = ["FAMILY", "STAGE", "Context", "Mention", "Officials", "PlaceSpan", "people_tables", "read"]
