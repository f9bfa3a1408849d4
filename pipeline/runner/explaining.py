"""What the pipeline makes of a text, as a tree: page, article, sentence, each mention with the rule that made it,
and what was not read with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipeline.rulebook import Rulebook
from pipeline.rulebook.sources import RuleSources
from pipeline.runner.memory import run_in_memory, text_source
from pipeline.runner.plan import Plan
from pipeline.runner.unread import left_out

Row = dict[str, Any]

#: What is told of a mention, by dataset.
TOLD: Mapping[str, tuple[str, ...]] = {
    "people": ("person", "role"),
    "officials": ("title", "organisation", "post", "place_code", "status"),
    "places": ("name", "code", "level", "method"),
    "times": ("start_date", "end_date", "granularity", "anchor"),
    "quantities": ("value", "unit", "dimension", "qualifier"),
    "facts": (
        *("indicator", "indicator_id", "subject", "subject_code", "organisation", "value", "unit", "change_value", "change_unit"),
        *("change_basis", "change_direction", "period_start", "period_end", "rank", "rank_scope", "target_share", "modality", "checks"),
    ),
}


@dataclass
class Branch:
    """One line of the tree: what it is, its text, its values, the rule behind it, and what hangs on it."""

    kind: str
    text: str
    values: list[tuple[str, str]] = field(default_factory=list)
    rule_id: str | None = None
    about: str = ""
    place: str = ""
    branches: list[Branch] = field(default_factory=list)


def tree_of(text: str, plan: Plan, *, date: str | None = None, home: str | None = None) -> Branch:
    """The tree of one text, read as a page."""
    rulebook = plan.rulebook()
    tables = run_in_memory([text_source("text", text, date=date, place_code=home)], plan.chosen(), rulebook)
    return _Tree(tables, rulebook).page()


class _Tree:
    """Puts the rows of one page together."""

    def __init__(self, tables: Mapping[str, pa.Table], rulebook: Rulebook) -> None:
        self.rows = {name: table.to_pylist() for name, table in tables.items()}
        self.rulebook = rulebook
        self.sources = RuleSources(rulebook.root)

    def page(self) -> Branch:
        page = self.rows["documents"][0]
        values = [(name, _said(page[name])) for name in ("format", "publication", "issue_date", "place_code") if page[name] is not None]
        branch = Branch("page", f"{page['n_chars']} characters", values)
        by_article = _by(self.rows["sentences"], "article_id")
        for article in self.rows["articles"]:
            told = [(name, _said(article[name])) for name in ("byline", "dateline") if article[name]]
            one = Branch("article", article["headline"] or "(no headline)", [("kind", article["kind"]), *told])
            one.branches = [self._sentence(sentence) for sentence in by_article[article["article_id"]]]
            branch.branches.append(one)
        branch.branches += [self._issue(row) for row in self.rows["issues"] if row["sentence_id"] is None]
        return branch

    def _sentence(self, sentence: Row) -> Branch:
        told = [(name, _said(sentence[name])) for name in ("section", "speaker") if sentence[name]]
        branch = Branch(sentence["kind"], sentence["text"], told)
        own = {name: [row for row in self.rows.get(name, ()) if row["sentence_id"] == sentence["sentence_id"]] for name in (*TOLD, "issues")}
        posts, facts = _by(own["officials"], "start"), _by(own["facts"], "start")
        parts: list[tuple[int, Branch]] = []
        for name in ("people", "places", "times", "quantities"):
            for row in own[name]:
                mention = self._mention(name, row)
                if name == "people":
                    mention.branches = [self._mention("officials", post) for post in posts.pop(row["start"], ())]
                if name == "quantities":
                    mention.branches = [self._mention("facts", fact) for fact in facts.pop(row["start"], ())] or self._why_no_fact(row, own["facts"])
                parts.append((row["start"], mention))
        parts += [(row["start"], self._mention("officials", row)) for rows in posts.values() for row in rows]
        parts += [(row["start"], self._mention("facts", row)) for rows in facts.values() for row in rows]
        for unread in left_out(sentence["text"], own, self.rulebook):
            parts.append((unread.start, self._with_rule(Branch("not read", unread.text, [("why", unread.why)]), unread.rule_id)))
        parts += [(row["start"] or 0, self._issue(row)) for row in own["issues"]]
        branch.branches = [part for _, part in sorted(parts, key=lambda pair: pair[0])]
        return branch

    def _mention(self, dataset: str, row: Row) -> Branch:
        values = [(name, _said(row[name])) for name in TOLD[dataset] if row[name] is not None and row[name] != []]
        values += [(name, "yes") for name in ("nested", "deictic", "vague") if row.get(name)]
        return self._with_rule(Branch(dataset, row["text"], values), row["rule_id"])

    def _why_no_fact(self, row: Row, facts: list[Row]) -> list[Branch]:
        """A quantity that is no fact's value: the change of one, an ordinal, or a number no indicator was found for."""
        of = next((fact for fact in facts if fact["change_quantity_id"] == row["quantity_id"]), None)
        if of is not None:
            return [Branch("part of", of["text"], [("the change of", of["indicator"])])]
        if row["dimension"] == "ordinal":
            return [Branch("no fact", "", [("why", "an ordinal says which one, not how many")])]
        if any(fact["quantity_id"] == row["quantity_id"] for fact in facts):
            return []
        return [Branch("no fact", "", [("why", "no words here name what it measures")])]

    def _issue(self, row: Row) -> Branch:
        values = [("kind", row["kind"])] + ([("context", row["context"])] if row["context"] else [])
        return self._with_rule(Branch("issue", row["text"] or "", values), row["rule_id"])

    def _with_rule(self, branch: Branch, rule_id: str | None) -> Branch:
        if rule_id is not None:
            branch.rule_id = rule_id
            source = self.sources.get(rule_id)
            if source is not None:
                branch.about, branch.place = source.about, source.place(self.rulebook.root)
        return branch


def _by(rows: list[Row], column: str) -> defaultdict[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
