"""Digests of speeches: which headline and speaker belong to which text.

On such pages a column break may put the headline and the line that names the speaker under their text, or two blocks
away from it. The text gives them away: it names the speaker's own body in its first words, and repeats wording of its
headline.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.articles.drafts import Draft, Unit
from pipeline.stages.articles.families import Formats, Profile
from pipeline.stages.articles.items import Item, Role
from pipeline.stages.articles.titles import Title, read_title
from pipeline.stages.articles.wording import pairs

#: How far from its text a title may stand, in blocks, and what each block costs.
REACH = 6
STEP = 0.5
#: What it is worth to stand right before the text, as most titles of most pages do, or right after it.
USUAL_PLACE, OTHER_PLACE = 1.5, 0.3
#: What it is worth that a text stands there at all.
STANDS = 1.0
#: A title and a text with less in common are left alone.
ENOUGH = 0.9
#: How much of the beginning of a text is looked at for the speaker's body.
OPENING = 90
#: So many pairs of characters name a body; fewer may be no more than the name of its county.
PAIRS = 3
#: A piece goes on with a speech left open where the seam reads so well, and so much better than with any other.
SEAM, SEAM_MARGIN = 1.5, 1.0
#: A speech that begins with its speaker's own body names it in so many characters.
NAMED = 6
#: A paragraph in such need may well begin in mid-sentence.
LOOSE = 0.5
#: How a body's name ends.
_BODY = re.compile("[一-鿿]{2}[村镇乡区县局院校所站社会办委厂司店园场馆队]")
_TITLES = (Role.HEADING, Role.SPEAKER)
_ENUMERATION = re.compile(r"(?:^|[。；：，])(?:一是|首先|第一，|1\.)")


@dataclass(slots=True, eq=False)
class _Heading:
    """A headline and the line that names the speaker, and the blocks they stand between."""

    run: list[Item] = field(default_factory=list)
    speaker: Item | None = None
    place: int = 0


@dataclass(slots=True, eq=False)
class _Text:
    """A paragraph that may begin a speech."""

    unit: Unit
    place: int
    start: bool = False
    heading: _Heading | None = None


def group_speeches(units: Sequence[Unit], profile: Profile, formats: Formats) -> list[Draft]:
    """The speeches of a page, and what introduces them."""
    headings, texts, loose = _blocks(_paired(_unsewn(units)))
    spoken = [text for text in texts if not formats.says("note", text.unit.text[:OPENING])]
    _assign([heading for heading in headings if heading.speaker is not None or len(headings) == 1], spoken)
    drafts: list[tuple[int, Draft]] = []
    placed = {id(text.heading) for text in texts if text.heading is not None}
    current: Draft | None = None
    intro = next((heading for heading in headings if heading.speaker is None), None)
    for text in texts:
        if text.heading is None and text.unit.joins and (before := _goes_on_with(text.unit)) is not None:
            before.join(text.unit)
            continue
        if text.heading is not None:
            current = _draft(text.heading, text.unit.text, formats)
            drafts.append((text.place, current))
        elif current is None and intro is not None and id(intro) not in placed and intro.place < text.place:
            current = _draft(intro, text.unit.text, formats)
            placed.add(id(intro))
            drafts.append((text.place, current))
        elif current is None or _begins_another(current, text.unit, introduced=current.bylines == [] and bool(drafts)):
            current = Draft()
            drafts.append((text.place, current))
        current.parts.append(("table" if text.unit.role is Role.TABLE else "body", text.unit))
    for heading in headings:
        if id(heading) not in placed:
            _leave(heading, drafts, formats)
    for place, unit in loose:
        _hand_over(place, unit, drafts)
    return [draft for _, draft in sorted(drafts, key=lambda pair: pair[0]) if not draft.empty]


def _unsewn(units: Sequence[Unit]) -> list[Unit]:
    """The units, parted again where a speaker's own body opens what was taken for the rest of another speech; what begins in
    mid-sentence under it is that rest."""
    speakers = [_triples(unit.head.text) for unit in units if unit.role is Role.SPEAKER]
    counts = Counter(triple for triples in speakers for triple in triples)
    own = {triple: n for n, triples in enumerate(speakers) for triple in triples if counts[triple] == 1}
    opened = {speaker for unit in units if unit.role is Role.BODY for speaker in _opened_by(unit.head, own)}
    out: list[Unit] = []
    torn: Unit | None = None
    for place, unit in enumerate(units):
        at = next((n for n, item in enumerate(unit.items) if n and unit.role is Role.BODY and _opened_by(item, own) - opened), 0)
        below = next((after for after in units[place + 1 :] if after.role is Role.BODY), None)
        if at and below is not None and below.need >= LOOSE:
            opened |= _opened_by(unit.items[at], own)
            torn = Unit(unit.items[:at], unit.resumes, open=True)
            out += [torn, Unit(unit.items[at:], open=unit.open)]
        elif torn is not None and unit.role is Role.BODY and unit.need >= LOOSE:
            torn.join(unit)
            torn = None
        else:
            out.append(unit)
    return out


def _triples(text: str) -> set[str]:
    """The ends of the names of bodies, three characters each."""
    return {text[n : n + 3] for n in range(len(text) - 2) if _BODY.fullmatch(text[n : n + 3])}


def _opened_by(item: Item, own: dict[str, int]) -> set[int]:
    """The speakers whose bodies, and nobody else's, are named in the first words of a text."""
    return {own[triple] for triple in _triples(item.text[:NAMED]) if triple in own}


def _paired(units: Sequence[Unit]) -> list[Unit]:
    """The units, each title put beside its speaker where they stand in two rows, the titles first or the speakers."""
    out: list[Unit] = []
    run: list[Unit] = []
    for unit in [*units, None]:
        if unit is not None and unit.role in _TITLES:
            run.append(unit)
            continue
        half = len(run) // 2
        rows = [{one.role for one in part} for part in (run[:half], run[half:])]
        if half > 1 and len(run) == 2 * half and all(len(row) == 1 for row in rows) and rows[0] != rows[1]:
            run = [one for pair in zip(run[:half], run[half:], strict=True) for one in pair]
        out += run if unit is None else [*run, unit]
        run = []
    return out


def _blocks(units: Sequence[Unit]) -> tuple[list[_Heading], list[_Text], list[tuple[int, Unit]]]:
    headings: list[_Heading] = []
    texts: list[_Text] = []
    loose: list[tuple[int, Unit]] = []
    open_heading: _Heading | None = None
    speaker_first = _speaker_first(units)
    for place, unit in enumerate(units):
        if unit.role in _TITLES:
            speaks = unit.role is Role.SPEAKER
            named = open_heading is not None and open_heading.speaker is not None and not (open_heading.run == [] and _titles_from(units, place) != 1)
            # Where the speaker stands over the headline, a speaker begins the next title; else the next headline does.
            # One heading names one speaker, whatever stands around it.
            if open_heading is None or (speaks and open_heading.speaker is not None) or (speaks if speaker_first else named):
                open_heading = _Heading(place=place)
                headings.append(open_heading)
            if speaks:
                open_heading.speaker = unit.head
            else:
                open_heading.run.append(unit.head)
        elif unit.role in (Role.BODY, Role.TABLE):
            open_heading = None
            texts.append(_Text(unit, place))
        else:
            loose.append((place, unit))
    return headings, texts, loose


def _titles_from(units: Sequence[Unit], place: int) -> int:
    """How many titles stand here before the next speaker; 0 where none follows, and the titles are the last speaker's."""
    for n in range(place, len(units)):
        if units[n].role is not Role.HEADING:
            return n - place if units[n].role is Role.SPEAKER else 0
    return 0


def _speaker_first(units: Sequence[Unit]) -> bool:
    """Whether speakers stand over their headlines: most titles then begin with one, but for what heads the page."""
    firsts = [unit.role for n, unit in enumerate(units) if n and unit.role in _TITLES and units[n - 1].role not in _TITLES]
    return sum(role is Role.SPEAKER for role in firsts) * 2 > len(firsts)


def _assign(headings: Sequence[_Heading], texts: Sequence[_Text]) -> None:
    """Gives each heading the text that fits it best, if any does."""
    if not headings or not texts:
        return
    # Words that no text opens with, such as 党委副书记, do not tell one body from another.
    known = set().union(*(pairs(text.unit.text[:OPENING]) for text in texts))
    weights = _weights([pairs(_affiliation(heading)) & known for heading in headings], len(texts))
    text_weights = _weights([pairs(text.unit.text) for text in texts], 0)
    places = {text.place: n for n, text in enumerate(texts)}
    before_texts = sorted(places)
    likeness: dict[tuple[int, int], float] = {}
    for h, heading in enumerate(headings):
        after = next((n for n, place in enumerate(before_texts) if place > heading.place), len(before_texts))
        for n in range(max(0, after - REACH), min(len(texts), after + REACH)):
            likeness[h, n - after] = _likeness(heading, texts[n], weights, text_weights)
    # A title under the last text of the page can only be that text's, and where one title is, most are.
    following, preceding = (sum(likeness[h, at] + STANDS for h in range(len(headings)) if (h, at) in likeness) for at in (0, -1))
    usual = 0 if following >= preceding else -1
    scored: list[tuple[float, int, int]] = []
    for (h, offset), like in likeness.items():
        after = next((n for n, place in enumerate(before_texts) if place > headings[h].place), len(before_texts))
        place = USUAL_PLACE if offset == usual else OTHER_PLACE if offset in (0, -1) else 0.0
        distance = offset if offset >= 0 else -1 - offset
        scored.append((like + place - STEP * distance, h, after + offset))
    given: set[int] = set()
    for score, h, n in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if score < ENOUGH:
            break
        if h in given or texts[n].heading is not None:
            continue
        texts[n].heading = headings[h]
        given.add(h)


def _likeness(heading: _Heading, text: _Text, weights: dict[str, float], text_weights: dict[str, float]) -> float:
    body = text.unit.text
    opening = body[:OPENING]
    own = [pair for pair in pairs(_affiliation(heading)) if pair in weights]
    total = sum(weights[pair] for pair in own)
    found = [pair for pair in own if pair in opening]
    named = min(1.0, len(found) / PAIRS) * sum(weights[pair] for pair in found) / total if total else 0.0
    wording = pairs("".join(item.text for item in heading.run))
    total = sum(text_weights.get(pair, 1.0) for pair in wording)
    repeated = sum(text_weights.get(pair, 1.0) for pair in wording if pair in body) / total if total else 0.0
    return 3.0 * named + 1.5 * repeated


def _affiliation(heading: _Heading) -> str:
    return heading.speaker.text if heading.speaker is not None else ""


def _weights(sets: Sequence[set[str]], smooth: int) -> dict[str, float]:
    """How much a pair of characters tells: little when every line has it, as 书记 or the district's name."""
    counts = Counter(pair for pairs in sets for pair in pairs)
    total = max(len(sets), smooth)
    return {pair: math.log((total + 1) / count) for pair, count in counts.items()}


def _begins_another(current: Draft, unit: Unit, *, introduced: bool) -> bool:
    """Whether a paragraph without a heading is a speech that lost it: it counts 一是 again, as a speech does once."""
    if unit.role is Role.TABLE or not _ENUMERATION.search(unit.text):
        return False
    return introduced or any(_ENUMERATION.search(part.text) for kind, part in current.parts if kind == "body")


def _goes_on_with(unit: Unit) -> Unit | None:
    """The speech left open that a piece goes on with, where no other one reads nearly as well."""
    rivals = sorted(((score, n) for n, (before, score) in enumerate(unit.joins) if before.open), reverse=True)
    if not rivals or rivals[0][0] < SEAM or (len(rivals) > 1 and rivals[0][0] - rivals[1][0] < SEAM_MARGIN):
        return None
    return unit.joins[rivals[0][1]][0]


def _draft(heading: _Heading, text: str, formats: Formats) -> Draft:
    title = read_title(heading.run, text, formats, set()) if heading.run else Title()
    return Draft(title, [heading.speaker] if heading.speaker is not None else [])


def _leave(heading: _Heading, drafts: list[tuple[int, Draft]], formats: Formats) -> None:
    """A heading without a text stands alone where it is; one inside a speech is its subhead."""
    before = [entry for entry in drafts if entry[0] < heading.place]
    if heading.speaker is None and before:
        before[-1][1].parts.extend(("subhead", Unit([item])) for item in heading.run)
        return
    drafts.append((heading.place, _draft(heading, "", formats)))


def _hand_over(place: int, unit: Unit, drafts: list[tuple[int, Draft]]) -> None:
    """A caption or byline goes to the speech it stands in."""
    if not drafts:
        drafts.append((place, Draft()))
    drafts.sort(key=lambda pair: pair[0])
    draft = next((draft for at, draft in reversed(drafts) if at < place), drafts[0][1])
    if unit.role is Role.CAPTION:
        draft.parts.append(("caption", unit))
    else:
        draft.bylines.append(unit.head)
