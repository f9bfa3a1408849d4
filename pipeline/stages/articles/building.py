"""From drafts to articles: clean text, and for every character of it the place on the page it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.stages.articles import cleaning as clean
from pipeline.stages.articles.bylines import affiliation_of, names_of
from pipeline.stages.articles.drafts import Draft, Unit
from pipeline.stages.articles.families import Cleaning, Formats, Profile
from pipeline.stages.articles.items import Item, Role
from pipeline.text.strand import Strand

#: An article with less text than this in at most two paragraphs is a brief, and with a photographer's byline a photo.
BRIEF_LENGTH = 260
PHOTO_LENGTH = 400
_PHOTOGRAPHER = re.compile(r"(?:摄|摄影|摄影报道|供图)[）】]?$")
#: A headline's first word is a place when its text goes on to name that place with what it is.
_LABEL = re.compile(r"(?P<place>[一-鿿]{2,4})(?: |(?=“))")
_KIND_OF_PLACE = re.compile(r"(?:自治)?[区县市州盟旗镇乡]|经开区|高新区|新区")


@dataclass(slots=True)
class Segment:
    """A piece of an article and where it stands on the page, character for character."""

    kind: str
    paragraph: int
    start: int | None
    end: int | None
    raw_start: int
    raw_end: int
    text: str | None
    sewn: bool = False


@dataclass(slots=True)
class Article:
    """An article as the dataset has it."""

    kind: str
    headline: str | None = None
    kicker: str | None = None
    subheads: list[str] = field(default_factory=list)
    byline: str | None = None
    reporters: list[str] = field(default_factory=list)
    affiliation: str | None = None
    dateline: str | None = None
    captions: list[str] = field(default_factory=list)
    text: str = ""
    segments: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Trouble:
    """Something for the table of issues."""

    kind: str
    raw_start: int
    raw_end: int
    rule_id: str | None = None
    context: str | None = None


def build(
    drafts: Sequence[Draft], items: Sequence[Item], profile: Profile, formats: Formats, cleaning: Cleaning
) -> tuple[list[Article], list[Trouble]]:
    """The articles of a page, and the repairs made in their text."""
    order = {id(item): n for n, item in enumerate(items)}
    troubles: list[Trouble] = []
    doubled = clean.may_double([item.text for item in items], cleaning)
    return [_Building(draft, order, profile, formats, cleaning, troubles, doubled).run() for draft in drafts], troubles


class _Building:
    def __init__(
        self, draft: Draft, order: dict[int, int], profile: Profile, formats: Formats, cleaning: Cleaning, troubles: list[Trouble], doubled: bool
    ) -> None:
        self.draft = draft
        self.order = order
        self.profile = profile
        self.formats = formats
        self.cleaning = cleaning
        self.troubles = troubles
        self.doubled = doubled  # somewhere on the page as it stands
        self.article = Article(profile.kind)
        self.paragraphs: list[str] = []
        self.length = 0

    def run(self) -> Article:
        article, draft = self.article, self.draft
        before, after = self._bylines()
        article.kicker = self._lines("kicker", draft.title.kicker, 0)
        article.headline = self._lines("headline", draft.title.headline, 0)
        bylines = [self._line("byline", item.strand, 0) for item in before]
        titled = len(draft.title.subheads)
        for n, (kind, unit) in enumerate(draft.parts):
            if kind == "subhead":
                strand = draft.title.subheads[n] if n < titled else unit.head.strand
                article.subheads.append(self._line("subhead", strand, len(self.paragraphs)))
            elif kind == "caption":
                article.captions.append(self._line("caption", unit.head.strand, len(self.paragraphs)))
            elif kind == "table":
                self._append(clean.row(unit.head.strand), set())
            else:
                bylines += self._paragraph(unit)
        bylines += [self._line("byline", item.strand, len(self.paragraphs)) for item in after]
        article.text = "\n".join(self.paragraphs)
        self._describe(bylines)
        return article

    def _bylines(self) -> tuple[list[Item], list[Item]]:
        first = next((self.order[id(unit.head)] for kind, unit in self.draft.parts if kind == "body"), len(self.order))
        before = [item for item in self.draft.bylines if self.order[id(item)] < first]
        return before, [item for item in self.draft.bylines if self.order[id(item)] > first]

    def _lines(self, kind: str, strands: Sequence[Strand], paragraph: int) -> str | None:
        return " ".join(self._line(kind, strand, paragraph) for strand in strands) or None

    def _line(self, kind: str, strand: Strand, paragraph: int) -> str:
        strand = clean.display(strand)
        for start, end, raw in strand.pieces():
            self.article.segments.append(Segment(kind, paragraph, None, None, raw, raw + end - start, strand.text[start:end]))
        return strand.text

    def _paragraph(self, unit: Unit) -> list[str]:
        """Joins the pieces of a paragraph; gives the bylines that stood in it."""
        bylines: list[str] = []
        pieces: list[Strand] = []
        sewn: set[int] = set()
        for n, item in enumerate(unit.items):
            if item.lede is not None:
                bylines.append(self._line("byline", item.lede, len(self.paragraphs)))
            if n and item.text and self.order[id(item)] != self.order[id(unit.items[n - 1])] + 1:
                sewn.add(item.strand.raw_start)
            if item.text:
                pieces.append(item.strand)
        if pieces:
            strand = clean.body(Strand.join(pieces) if len(pieces) > 1 else pieces[0])
            if self.doubled or strand is not pieces[0]:
                strand, repairs = clean.undouble(strand, self.cleaning)
                self.troubles += [Trouble("doubled_character", r.raw_start, r.raw_end, r.rule_id, r.text) for r in repairs]
            self._append(strand, sewn)
        bylines += [self._line("byline", item.credit, len(self.paragraphs)) for item in unit.items if item.credit is not None]
        return bylines

    def _append(self, strand: Strand, sewn: set[int]) -> None:
        at = self.length
        for start, end, raw in strand.pieces():
            self.article.segments.append(Segment("body", len(self.paragraphs), at + start, at + end, raw, raw + end - start, None, raw in sewn))
        self.paragraphs.append(strand.text)
        self.length += len(strand.text) + 1

    def _describe(self, bylines: list[str]) -> None:
        article, draft = self.article, self.draft
        article.byline = " ".join(bylines) or None
        speakers = {clean.display(item.strand).text for item in draft.bylines if item.role is Role.SPEAKER}
        for byline in bylines:
            if byline not in speakers:
                article.reporters += [name for name in names_of(byline, self.formats) if name not in article.reporters]
        for caption in article.captions:
            if _PHOTOGRAPHER.search(caption):
                article.reporters += [name for name in names_of(caption, self.formats) if name not in article.reporters]
        article.affiliation = next((found for byline in bylines if (found := affiliation_of(byline, self.formats))), None)
        ledes = (item.dateline for kind, unit in draft.parts if kind == "body" for item in unit.items if item.dateline)
        article.dateline = next(ledes, None) or self._place_in_headline()
        article.kind = self._kind(bool(speakers))

    def _place_in_headline(self) -> str | None:
        """大足 in `大足 自来水进农家` when the text speaks of 大足区."""
        found = _LABEL.match(self.article.headline or "")
        if found is None:
            return None
        place = found["place"]
        for mention in re.finditer(place, self.article.text[:600]):
            if _KIND_OF_PLACE.match(self.article.text, mention.end()):
                return place
        return None

    def _kind(self, speaker: bool) -> str:
        article = self.article
        length, count = len(article.text), len(self.paragraphs)
        if self.profile.articles == "one":
            return self.profile.kind
        if speaker or (self.profile.articles == "speeches" and article.text and not article.headline):
            return "speech"
        if article.headline and self.formats.says("notice", article.headline):
            return "notice"
        credits = [article.byline or "", *article.captions]
        if length <= PHOTO_LENGTH and any(_PHOTOGRAPHER.search(credit) for credit in credits):
            return "photo"
        if not article.text and article.captions and not article.headline:
            return "photo"
        if length <= BRIEF_LENGTH and count <= 2 and self.profile.kind in ("brief", "news"):
            return "brief"
        return "brief" if self.profile.kind == "brief" and count <= 3 else "news"
