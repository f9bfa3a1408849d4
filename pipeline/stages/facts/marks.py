"""What a stretch of a sentence can be to the reader of figures, as bits of one number."""

from __future__ import annotations

# A number of at most thirty bits is one digit to Python and quick to compare: what is asked of every atom comes first.

# Recognised upstream.
FIGURE = 1 << 0
TIME = 1 << 1
PLACE = 1 << 2

# Punctuation.
CUT = 1 << 3
SEP = 1 << 4
OPEN = 1 << 5
CLOSE = 1 << 6
NOTE = 1 << 7

# Words: the roles that cues of `rules/facts` may have.
UP = 1 << 8
DOWN = 1 << 9
RATE = 1 << 10
BASIS = 1 << 11
THAN = 1 << 12
COMPARE = 1 << 13
LEVEL = 1 << 14
MOVED = 1 << 15
FROM = 1 << 16
EACH = 1 << 17
PART = 1 << 18
AFTER = 1 << 19
FORECAST = 1 << 20
GOAL = 1 << 21
PLAN = 1 << 22
VERB = 1 << 23
NOMINAL = 1 << 24
ADVERB = 1 << 25
PREP = 1 << 26
LISTING = 1 << 27
NEEDY = 1 << 28
JOIN = 1 << 29

# Roles asked of few atoms, or of words alone.
FLAT = 1 << 30
REST = 1 << 31
SHARE = 1 << 32
PORTION = 1 << 33
TARGET = 1 << 34
RANK = 1 << 35
MEASURE = 1 << 36
PLAIN_HEADING = 1 << 37
PLAIN = 1 << 38
TIMED = 1 << 39
OWNED = 1 << 40
SHIFT = 1 << 41
INNER = 1 << 42
PULL = 1 << 43
REGAIN = 1 << 44
VACUOUS = 1 << 45
BEGINS = 1 << 46
NATIONAL = 1 << 47
AHEAD = 1 << 48
DIFFER = 1 << 49
PER = 1 << 50

#: Roles that are asked of phrases alone: a word that has no other is found, so that no shorter word is found in it, and makes no atom.
OF_PHRASES = REST | MEASURE | PLAIN_HEADING | PLAIN | TIMED | OWNED | VACUOUS | BEGINS | NATIONAL

#: The roles by the name a rule writes; what is recognised upstream and punctuation are no roles of words.
ROLES: dict[str, int] = {name.lower(): mark for name, mark in list(globals().items()) if name.isupper() and isinstance(mark, int) and mark >= UP}

#: What may stand between an indicator and its figure.
LINKING = UP | DOWN | RATE | BASIS | LEVEL | MOVED | EACH | FORECAST | GOAL | ADVERB | TIME | FROM
