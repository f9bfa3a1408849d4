"""Articles → sentences: where each ends, under which heading it stands, and who speaks in it."""

from pipeline.stages.sentences.cutting import cut
from pipeline.stages.sentences.rules import FAMILY, SpeechRules
from pipeline.stages.sentences.speakers import speakers
from pipeline.stages.sentences.stage import STAGE

__all__ = ["FAMILY", "STAGE", "SpeechRules", "cut", "speakers"]
