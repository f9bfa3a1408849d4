"""Sentences → words, by spacy-pkuseg through spaCy's Chinese tokenizer. Nothing else depends on how words are cut."""

from pipeline.stages.tokens.stage import FAMILY, LEXICONS, STAGE

__all__ = ["FAMILY", "LEXICONS", "STAGE"]
