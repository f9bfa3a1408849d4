"""How much of damaged pages comes back: paragraphs, headlines, and which text stands under which headline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.stages.articles import Rules, read_page
from pipeline.stages.articles.building import Article
from tests.articles.damage import Damaged


@dataclass
class Restored:
    """Shares of some pages that came back; `grouped` is the B-cubed F of paragraphs in articles."""

    paragraphs: float
    pages_with_false_joints: float
    headlines: float
    under_their_headline: float
    grouped: float
    subheads: float

    def __str__(self) -> str:
        return " ".join(f"{name} {value:.3f}" for name, value in vars(self).items())


def restored(make: Callable[[int], Damaged], seeds: Iterable[int], rules: Rules) -> Restored:
    sums: defaultdict[str, float] = defaultdict(float)
    for seed in seeds:
        page = make(seed)
        articles = read_page(page.text, rules).articles
        sums["pages"] += 1
        _count(page, articles, sums)
    precision, recall = sums["precise"] / max(1, sums["placed"]), sums["recalled"] / sums["paragraphs"]
    return Restored(
        sums["whole"] / sums["paragraphs"],
        sums["false"] / sums["pages"],
        sums["heads"] / sums["articles"],
        sums["under"] / sums["articles"],
        2 * precision * recall / (precision + recall) if precision else 0.0,
        2 * sums["subheads"] / max(1, sums["subheads wanted"] + sums["subheads found"]) if sums["subheads wanted"] else 1.0,
    )


def _count(page: Damaged, articles: list[Article], sums: defaultdict[str, float]) -> None:
    wanted = [paragraph for article in page.articles for paragraph in article.paragraphs]
    place = {paragraph: n for n, article in enumerate(articles) for paragraph in article.text.split("\n")}
    sums["paragraphs"] += len(wanted)
    sums["whole"] += sum(paragraph in place for paragraph in wanted)
    sums["false"] += any(text and not any(text in paragraph for paragraph in wanted) for text in place)
    story = {paragraph: n for n, article in enumerate(page.articles) for paragraph in article.paragraphs if paragraph in place}
    both = Counter((story[paragraph], place[paragraph]) for paragraph in story)
    places = Counter(place[paragraph] for paragraph in story)
    stories = Counter({n: len(article.paragraphs) for n, article in enumerate(page.articles)})
    sums["placed"] += len(story)
    for paragraph, n in story.items():
        shared = both[n, place[paragraph]]
        sums["recalled"] += shared / stories[n]
        sums["precise"] += shared / places[place[paragraph]]
    texts = {(article.headline or "").replace(" ", ""): article.text for article in articles}
    for article in page.articles:
        sums["articles"] += 1
        text = texts.get(article.headline.replace(" ", ""))
        sums["heads"] += text is not None
        own = sum(paragraph in (text or "") for paragraph in article.paragraphs)
        sums["under"] += text is not None and own * 2 > len(article.paragraphs)
    subheads = Counter(subhead for article in page.articles for subhead in article.subheads)
    found = Counter(subhead for article in articles for subhead in article.subheads)
    sums["subheads wanted"] += subheads.total()
    sums["subheads found"] += found.total()
    sums["subheads"] += (subheads & found).total()
