"""Who is quoted: direct speech (“…”甲说。 甲说：“…”) and reported speech (甲强调，…), in an article's text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from pipeline.stages.sentences.cutting import Bounds
from pipeline.stages.sentences.rules import SpeechRules

PRONOUNS = ("他", "她")
OPENING = {"“": "”", "「": "」", "\N{QUOTATION MARK}": "\N{QUOTATION MARK}"}
CLOSING = {closer: opener for opener, closer in OPENING.items()}

_CLAUSE_START = re.compile(r"[^，,。！？!?；;：:…“”「」\"\n]*\Z")
_LEADING = re.compile(r"(?:据|另据|在|对此|其中|而|但|同时|随后|会上|会后|昨日|近日|日前|当天)+")
_LONGEST_CLAUSE = 45
_HAN = re.compile(r"[\u4e00-\u9fff]+\Z")
_FOREIGN_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+\Z")
_SAME_AS_BEFORE = re.compile(r"(?:该|这[位名个]|上述)[^，]{1,8}\Z")
#: A colon before a quotation, on the same line or in the next paragraph; and what stands before who is named by it: 棉农何秋菊：“…”
_COLON = re.compile("：\\n?“")
_BEFORE_NAMED = ("", "\n", *"。！？”】")
_LONGEST_TRANSCRIBED = 4
#: Between a closed quotation and the clause that reports it there may be one clause of circumstance: ”在田边，甲说。
_CIRCUMSTANCE = re.compile(r"[^，,。！？“”\n]{1,20}[，,]\Z")
_FARTHEST_PARAGRAPH = 5
#: So much of a paragraph is searched for the other mark of a quotation: on a page of openings each would be looked for to the end.
_LONGEST_QUOTE = 5_000
_MOST_ADVERBS = 3
#: How many of the last speakers 他 may mean when the sentence before names one of them.
_LAST_SPEAKERS = 5
#: How far back 他 may point. Nobody keeps a name in mind for longer than a page.
_LONGEST_MEMORY = 2000
#: What a quotation of speech ends with, before its closing mark.
_BEFORE_CLOSING = "。！？!?…，,～—’"


@dataclass(frozen=True)
class _Saying:
    """A clause that says somebody speaks."""

    clause: int
    verb: int
    end: int
    who: str


def speakers(text: str, bounds: Bounds, rules: SpeechRules) -> list[str | None]:
    """For each sentence of an article's text, who is quoted in it, or None."""
    out: list[str | None] = [None] * len(bounds)
    starts = [start for start, _ in bounds]
    quoted: list[tuple[int, int, str]] = []
    for saying in _sayings(text, rules):
        ranges = [*_quote_before(text, saying), *_quote_after(text, saying)]
        quoted += [(start, end, saying.who) for start, end in ranges]
        if not ranges and saying.end < len(text) and text[saying.end] in "，,：:":
            index = bisect_right(starts, saying.verb) - 1
            if index >= 0 and out[index] is None:
                out[index] = saying.who
    for start, end, who in reversed(quoted):
        for index in range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)):
            if bounds[index][1] > start:
                out[index] = who
    return out


def speaker_of_byline(byline: str, rules: SpeechRules) -> str | None:
    """The name at the end of the line over a speech (区委书记 王小明), spaces inside it (李　强) removed."""
    words = byline.split()
    if len(words) > 1 and len(words[-1]) == len(words[-2]) == 1:
        return "".join(words[-2:])
    if len(words) > 1 and 2 <= len(words[-1]) <= 4:
        return words[-1]
    return _name_at_end("".join(words), rules)


def _sayings(text: str, rules: SpeechRules) -> list[_Saying]:
    found: list[_Saying] = []
    verbs = {match.start(): match for match in rules.verb.finditer(text)}
    ends = {match.end() for match in verbs.values()}
    colons = {match.start() for match in _COLON.finditer(text)} - ends
    for verb in sorted({*verbs, *colons}):
        match = verbs.get(verb)
        end = match.end() if match else verb
        window = max(0, verb - _LONGEST_CLAUSE)
        start = _CLAUSE_START.search(text, window, verb)
        clause = start.start() if start else verb
        if clause == verb or (clause == window and window > 0):
            continue
        if match is None and text[clause - 1 : clause] not in _BEFORE_NAMED:
            continue
        if match is not None and match.group() in rules.beside and not _beside(text, clause, end):
            continue
        # Within a clause, as in “三线一单”管控要求, the start of what follows a quoted term is no place for a name.
        inside = clause > 1 and text[clause - 1] in CLOSING and text[clause - 2] not in _BEFORE_CLOSING
        who = _who(text[clause:verb], rules, inside) if match is not None else _named_in_full(text[clause:verb], rules)
        if who in PRONOUNS:
            who = _antecedent(text, clause, found, rules)
        elif who is not None and _SAME_AS_BEFORE.match(who):
            before = found[-1].who if found else ""
            who = before if before.endswith(who[-2:]) else who
        if who is not None:
            found.append(_Saying(clause, verb, end, who))
    return found


def _beside(text: str, clause: int, end: int) -> bool:
    """Whether a quotation stands right before a clause, after its colon, or alone in the next paragraph."""
    if text[end : end + 1] in ("：", ":"):
        return True
    if text[end : end + 1] not in ("。", "！", "!"):
        return False
    circumstance = _CIRCUMSTANCE.search(text, max(0, clause - 22), clause)
    first = circumstance.start() if circumstance else clause
    return text[first - 1 : first] in CLOSING or (text[end + 1 : end + 2] == "\n" and text[end + 2 : end + 3] in OPENING)


def _named_in_full(subject: str, rules: SpeechRules) -> str | None:
    """The name right before a colon; there must be one, with a post or the like before it."""
    foreign = _FOREIGN_NAME.search(subject)
    if foreign is None:
        return _name_at_end(subject, rules, inside=True)
    name = _after_post(foreign.group(), rules)
    return name if len(name) - name.rindex("·") <= _LONGEST_TRANSCRIBED + 1 else None


def _who(clause: str, rules: SpeechRules, inside: bool) -> str | None:
    """The speaker named at the end of a clause, before its verb: a name, a pronoun, or a role as stated."""
    lead = _LEADING.match(clause)
    return _before_adverbs(clause[lead.end() :] if lead else clause, rules, inside, _MOST_ADVERBS)


def _before_adverbs(subject: str, rules: SpeechRules, inside: bool, left: int) -> str | None:
    """The speaker a subject ends with, up to `left` adverbs after it left out: 何秋菊|一边摘豆角一边高兴地|说."""
    who = _named(subject, rules, inside)
    if who is not None or not left:
        return who
    for at in range(len(subject) - 1, 0, -1):
        if rules.adverbs.fullmatch(subject, at):
            who = _before_adverbs(subject[:at], rules, inside, left - 1)
            if who is not None:
                return who
    return None


def _named(subject: str, rules: SpeechRules, inside: bool) -> str | None:
    if subject in PRONOUNS:
        return subject
    foreign = _FOREIGN_NAME.search(subject)
    if foreign:
        # 买买提动情地: what follows the name is not told from it by its characters.
        last = subject.rindex("·") + 2
        end = next((at for at in range(last, len(subject)) if rules.adverbs.fullmatch(subject, at)), len(subject))
        return _after_post(subject[foreign.start() : end], rules)
    post = rules.post_after_name.search(subject)
    if post:
        name = _name_at_end(subject[: post.start()], rules, inside)
        if name:
            return name
        honorific = rules.honorific.search(subject)
        if honorific:
            return honorific.group()
    if rules.role.search(subject):
        return None if rules.no_role.search(subject) else subject
    return _name_at_end(subject, rules, inside)


def _after_post(name: str, rules: SpeechRules) -> str:
    first, _, rest = name.partition("·")
    cut = max((n + 1 for n, char in enumerate(first[:-1]) if char in rules.before_name), default=0)
    return f"{first[cut:]}·{rest}"


def _name_at_end(subject: str, rules: SpeechRules, inside: bool = False) -> str | None:
    """A name of two to four characters that begins with a surname, at the start of the subject or after a post's last character."""
    if subject[-1:] in rules.never_last:
        return None
    found = None
    for length in (3, 2, 4):
        at = len(subject) - length
        if at < 0 or subject[at:] in rules.never or not _HAN.match(subject, at):
            continue
        if not (subject[at : at + 2] in rules.surnames or (length < 4 and subject[at] in rules.surnames)):
            continue
        before = subject[at - 1 : at]
        if before == "的" and length == 2:
            continue
        if before == "、":
            return None  # 甲、乙表示: two speak
        free = before in rules.before_name or not _HAN.match(before) if before else not inside
        # 主任何岚 is 何岚, whatever 主 and 任 may be elsewhere; 主席席志强 has no other reading.
        if free and (found is None or found[0] in rules.before_name):
            found = subject[at:]
    return found


def _antecedent(text: str, clause: int, found: list[_Saying], rules: SpeechRules) -> str | None:
    """Whom 他 means: the last speaker of this paragraph; else the one person known to the article whom the sentence before names; else
    the one person with a post in this paragraph; else the speaker of the one before."""
    paragraph = text.rfind("\n", 0, clause) + 1
    spoke = found[-1] if found and found[-1].clause >= paragraph else None
    since = spoke.end if spoke is not None else paragraph
    if clause - since > _LONGEST_MEMORY:
        return None
    named = {match["name"] for match in rules.posted_name.finditer(text, since, clause)}
    if spoke is not None:
        return spoke.who if named <= {spoke.who} else None
    sentence = max(paragraph, *(text.rfind(stop, paragraph, max(clause - 1, paragraph)) + 1 for stop in "。！？"))
    known = {match["name"] for match in rules.posted_name.finditer(text, max(0, clause - _LONGEST_MEMORY), clause)}
    known |= {saying.who for saying in found[-_LAST_SPEAKERS:]}
    just_named = {name for name in known if text.find(name, sentence, clause) >= 0}
    if len(just_named) == 1:
        return just_named.pop()
    if named:
        return named.pop() if len(named) == 1 else None
    previous = text.rfind("\n", 0, max(paragraph - 1, 0)) + 1
    return found[-1].who if found and paragraph and found[-1].clause >= previous else None


def _quote_before(text: str, saying: _Saying) -> Bounds:
    """The quotation that closes just before the clause: “……。”甲说"""
    at = saying.clause
    if text[at - 1 : at] == "\n" and text[saying.end : saying.end + 2].rstrip("\n") in ("。", "！"):
        at -= 1  # the clause is a paragraph by itself
        return [(start, saying.end)] if (start := _closed_quote(text, at)) is not None else []
    if at and text[at - 1] in "，,":
        circumstance = _CIRCUMSTANCE.search(text, max(0, at - 22), at)
        at = circumstance.start() if circumstance else at
    if at != saying.clause and not (saying.end == len(text) or text[saying.end] in "。！!，,"):
        return []
    start = _closed_quote(text, at)
    return [(start, saying.end)] if start is not None else []


def _closed_quote(text: str, at: int) -> int | None:
    """Where the quotation of speech began that closes right before here."""
    if at < 3 or text[at - 1] not in CLOSING or text[at - 2] not in _BEFORE_CLOSING:
        return None
    return _quote_start(text, at - 1)


def _quote_after(text: str, saying: _Saying) -> Bounds:
    """The quotation that opens after the verb: 甲说：“……。”"""
    at = saying.end
    if at < len(text) and text[at] in "，,：:":
        at += 1
        at += text[at - 1 : at + 1] in ("：\n", ":\n")
    elif text[at : at + 2] in ("。\n", "！\n", "!\n"):
        at += 2  # …算起账来。 and the quotation alone in the next paragraph
        end = _quote_end(text, at) if text[at : at + 1] in OPENING else None
        return [(saying.clause, end)] if end is not None and text[end : end + 1] in ("", "\n") else []
    if at >= len(text) or text[at] not in OPENING:
        return []
    end = _quote_end(text, at)
    if end is None:
        return []
    whole = text[at - 1] in "：:\n" or any(mark in text[at:end] for mark in "。！？!?…，,")
    return [(saying.clause, end)] if whole else []  # 甲说，“放管服”改革… quotes a term, not a speech


def _quote_end(text: str, opener: int) -> int | None:
    """Where the quotation that opens here is over; one that runs on opens again at the head of each paragraph."""
    close = OPENING[text[opener]]
    at = opener
    for _ in range(_FARTHEST_PARAGRAPH):
        stop = text.find("\n", at, at + _LONGEST_QUOTE)
        stop = min(len(text), at + _LONGEST_QUOTE) if stop < 0 else stop
        depth = 0
        for match in re.finditer(f"[{text[opener]}{close}]", text[at:stop]):
            depth += 1 if match.start() == 0 or (match.group() != close) else -1
            if depth == 0:
                return at + match.end()
        if stop + 1 >= len(text) or text[stop] != "\n" or text[stop + 1] != text[opener]:
            return None
        at = stop + 1
    return None


def _quote_start(text: str, closer: int) -> int | None:
    """Where the quotation that closes here began, paragraphs back if they were left open."""
    opener = CLOSING[text[closer]]
    at = closer
    for _ in range(_FARTHEST_PARAGRAPH):
        furthest = max(0, at - _LONGEST_QUOTE)
        newline = text.rfind("\n", furthest, at)
        head = newline + 1 if newline >= 0 else furthest
        depth = 1
        start = None
        for n in range(at - 1, head - 1, -1):
            if text[n] == opener:
                depth -= 1
                if depth == 0:
                    start = n
                    break
            elif text[n] == text[closer]:
                depth += 1
        if start is None or start > head or newline < 0:
            return start
        previous = text.rfind("\n", 0, head - 1) + 1
        if text.count(opener, previous, head) != text.count(text[closer], previous, head) + 1 or opener == text[closer]:
            return start
        at = head - 1
    return None
