"""What a stretch of a sentence can be to the reader of figures, as bits of one number."""

from __future__ import annotations

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
FLAT = 1 << 10
RATE = 1 << 11
BASIS = 1 << 12
THAN = 1 << 13
COMPARE = 1 << 14
LEVEL = 1 << 15
MOVED = 1 << 16
FROM = 1 << 17
EACH = 1 << 18
PART = 1 << 19
REST = 1 << 20
AFTER = 1 << 21
SHARE = 1 << 22
PORTION = 1 << 23
TARGET = 1 << 24
RANK = 1 << 25
FORECAST = 1 << 26
GOAL = 1 << 27
PLAN = 1 << 28
VERB = 1 << 29
ADVERB = 1 << 30
PREP = 1 << 31
LISTING = 1 << 32
NEEDY = 1 << 33
JOIN = 1 << 34
MEASURE = 1 << 35
PLAIN_HEADING = 1 << 36
PLAIN = 1 << 38
NOMINAL = 1 << 39
TIMED = 1 << 40
OWNED = 1 << 41
SHIFT = 1 << 42
INNER = 1 << 43
PULL = 1 << 44
REGAIN = 1 << 45
VACUOUS = 1 << 46
BEGINS = 1 << 47
NATIONAL = 1 << 48
AHEAD = 1 << 49

#: The roles by the name a rule writes; what is recognised upstream and punctuation are no roles of words.
ROLES: dict[str, int] = {name.lower(): mark for name, mark in list(globals().items()) if name.isupper() and isinstance(mark, int) and mark >= UP}

#: What may stand between an indicator and its figure.
LINKING = UP | DOWN | RATE | BASIS | LEVEL | MOVED | EACH | FORECAST | GOAL | ADVERB | TIME | FROM
