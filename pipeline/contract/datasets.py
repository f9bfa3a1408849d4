"""Every dataset of the contract, declared once: its columns, their types and what they mean.

The writer checks rows against these declarations, the data dictionary is generated from them, and no schema
is inferred anywhere. A column's description is kept in the Arrow field's metadata, so it travels in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

CONTRACT_VERSION = "1"

STRING = pa.string()
TEXTS = pa.list_(pa.string())
INT = pa.int32()
NUMBER = pa.float64()
FLAG = pa.bool_()
DAY = pa.date32()
SPAN = pa.struct([pa.field("start", INT), pa.field("end", INT)])
SEGMENT = pa.struct(
    [
        pa.field("kind", STRING),
        pa.field("paragraph", INT),
        pa.field("start", INT),
        pa.field("end", INT),
        pa.field("raw_start", INT),
        pa.field("raw_end", INT),
        pa.field("text", STRING),
        pa.field("sewn", FLAG),
    ]
)


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in words a reader of the data needs, and one example value."""

    name: str
    type: pa.DataType
    about: str
    example: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def field(self) -> pa.Field:
        metadata = {"description": self.about}
        if self.example:
            metadata["example"] = self.example
        if self.allowed:
            metadata["allowed"] = " ".join(self.allowed)
        return pa.field(self.name, self.type, nullable=not self.required, metadata=metadata)


@dataclass(frozen=True)
class Dataset:
    """One folder of Parquet files: a row for each `row`, described by `about`."""

    name: str
    row: str
    about: str
    columns: tuple[Column, ...]
    key: str | None = None
    order: tuple[str, ...] = ()

    @cached_property
    def schema(self) -> pa.Schema:
        return pa.schema(
            [column.field for column in self.columns],
            metadata={
                "zhengbao.contract": CONTRACT_VERSION,
                "zhengbao.dataset": self.name,
                "description": f"One row per {self.row}. {self.about}",
            },
        )

    def empty(self) -> pa.Table:
        return self.schema.empty_table()

    def table(self, columns: Mapping[str, Iterable[object]]) -> pa.Table:
        """A table of this dataset from plain columns; a column left out is null in every row."""
        unknown = set(columns) - {column.name for column in self.columns}
        if unknown:
            raise KeyError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        schema = self.schema
        n_rows = next((len(values) for values in columns.values()), 0)  # type: ignore[arg-type]
        arrays = []
        for field in schema:
            values = columns.get(field.name)
            if values is None:
                arrays.append(pa.nulls(n_rows, field.type))
            elif isinstance(values, (pa.Array, pa.ChunkedArray)):
                arrays.append(values if values.type == field.type else values.cast(field.type))
            else:
                arrays.append(pa.array(values, type=field.type, from_pandas=True))
        return pa.table(arrays, schema=schema)


def _c(
    name: str,
    type_: pa.DataType,
    about: str,
    example: str = "",
    *,
    required: bool = False,
    allowed: str = "",
) -> Column:
    return Column(name, type_, about, example, required, tuple(allowed.split()))


DOC = _c("doc_id", STRING, "The page it is on; joins to `documents`.", "5f0c2b7e9a1d4c33", required=True)
ARTICLE = _c("article_id", STRING, "The article it is in; joins to `articles`.", "5f0c2b7e9a1d4c33-a02", required=True)
SENTENCE = _c("sentence_id", STRING, "The sentence it is in; joins to `sentences`.", "5f0c2b7e9a1d4c33-a02-s005", required=True)
RULE = _c("rule_id", STRING, "The rule or model that made the row, as `family/id`.", "quantities/money.yuan", required=True)
RAW = (
    _c("raw_start", INT, "Where it starts in `documents.text`, in Unicode code points.", "491", required=True),
    _c("raw_end", INT, "Where it ends in `documents.text` (exclusive); the range is the smallest that covers it.", "497", required=True),
    _c(
        "raw_spans",
        pa.list_(SPAN),
        "Only where it was sewn together from distant places: each place's start and end; `raw_start, raw_end` cover the first.",
        "{start: 491, end: 495}; {start: 902, end: 904}",
    ),
)

#: What every row of a mention-level table carries first.
COMMON = (
    DOC,
    ARTICLE,
    SENTENCE,
    _c("start", INT, "Where it starts in the sentence's `text`.", "12", required=True),
    _c("end", INT, "Where it ends in the sentence's `text` (exclusive).", "18", required=True),
    *RAW,
    _c("text", STRING, "Its characters as cleaned.", "12.7亿元", required=True),
    RULE,
)
COMMON_NAMES = tuple(column.name for column in COMMON)

PERSON_ID = _c("person_id", STRING, "The same for mentions of the same person on any page; namesakes differ.", "p-1f27c0a94be2")
CHANGE_BASES = "yoy mom qoq prev_year annual_avg ratio region plan other"

DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        Dataset(
            "documents",
            "input page",
            "What was read, decoded but otherwise unchanged, and where and when it was published.",
            (
                _c(
                    "doc_id",
                    STRING,
                    "The page's id, derived from its content: the same page has the same id anywhere.",
                    "5f0c2b7e9a1d4c33",
                    required=True,
                ),
                _c(
                    "path",
                    STRING,
                    "Where it was read from, relative to the input given; the part after `#` is the record in a table or archive.",
                    "seeds/page.txt",
                    required=True,
                ),
                _c(
                    "sha256",
                    STRING,
                    "SHA-256 of the input's bytes.",
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    required=True,
                ),
                _c("encoding", STRING, "The encoding it was decoded with; null where it has none (PDF, DOCX) or could not be decoded.", "utf-8"),
                _c("format", STRING, "The kind of report it was read as, one of `rules/formats`.", "district_newspaper"),
                _c("publication", STRING, "The newspaper's or report's name.", "缙云报"),
                _c("issue_date", DAY, "The day it was published, or null where it cannot be known.", "2023-07-25"),
                _c("issue_date_method", STRING, "Where `issue_date` comes from.", "manifest", allowed="manifest record masthead text none"),
                _c("date_earliest", DAY, "The earliest day it can have been published, from the latest past date it names.", "2023-07-24"),
                _c(
                    "place_code",
                    STRING,
                    "Home place: the six-digit code of the place the page belongs to; null where there is no single one.",
                    "500118",
                ),
                _c("place_code_method", STRING, "Where `place_code` comes from.", "text", allowed="manifest record masthead text none"),
                _c("n_chars", INT, "Length of `text` in code points.", "3333", required=True),
                _c("text", STRING, "The page decoded, line ends as `\\n`, nothing else changed.", "# 全区上半年经济稳中有进…", required=True),
                _c(
                    "status",
                    STRING,
                    "`quarantined` where it could not be read; then `text` is empty and `warnings` say why.",
                    "ok",
                    required=True,
                    allowed="ok quarantined",
                ),
                _c("warnings", TEXTS, "What was odd about reading it, one sentence each.", "the manifest has no line for it"),
            ),
            key="doc_id",
        ),
        Dataset(
            "articles",
            "article, in reading order",
            "The page's stories put back together.",
            (
                _c("article_id", STRING, "The article's id.", "5f0c2b7e9a1d4c33-a02", required=True),
                DOC,
                _c("ordinal", INT, "Its place in the page's reading order, from 1.", "2", required=True),
                _c("kind", STRING, "What kind of piece it is.", "news", required=True, allowed="news speech brief notice photo"),
                _c("headline", STRING, "Its title line or lines, joined by a space; null where the page lost it.", "全区上半年经济稳中有进"),
                _c("kicker", STRING, "The line or lines over or under the headline.", "——我区重点项目建设见闻"),
                _c("subheads", TEXTS, "Headings inside the article, in order.", "工业回升向好"),
                _c("byline", STRING, "The line or phrase that says who wrote or gives the piece.", "记者 王小明"),
                _c("reporters", TEXTS, "Names of its reporters, correspondents and photographers.", "王小明"),
                _c("affiliation", STRING, "The newsroom, or the speaker's posts, named in the byline.", "区融媒体中心"),
                _c("dateline", STRING, "The place or day line it opens with.", "本报讯"),
                _c("place_code", STRING, "Code of the place its dateline or headline puts it in, where that is not the page's.", "500117"),
                _c("captions", TEXTS, "Captions of its photos, in order.", "工人在车间装配齿轮。"),
                _c("text", STRING, "Clean body text: Simplified, one width, one paragraph a line.", "上半年，全区经济稳中有进…", required=True),
                _c(
                    "segments",
                    pa.list_(SEGMENT),
                    "Where each piece of it stands on the page. Within a segment clean and raw characters correspond one to one. "
                    "`kind` is headline, kicker, byline, subhead, caption or body; `paragraph` counts body paragraphs from 0 (for the others: the paragraph "
                    "it stands before); `start, end` are in `text` where it is body, else null and the clean characters are in `text` of the segment; "
                    "`sewn` marks a piece fetched from elsewhere on the page to continue the one before.",
                    "{kind: body, paragraph: 0, start: 0, end: 24, raw_start: 18, raw_end: 42, text: null, sewn: false}",
                    required=True,
                ),
            ),
            key="article_id",
        ),
        Dataset(
            "sentences",
            "sentence",
            "Also headlines, bylines and captions, each as its own sentence, told apart by `kind`.",
            (
                _c("sentence_id", STRING, "The sentence's id.", "5f0c2b7e9a1d4c33-a02-s005", required=True),
                ARTICLE,
                DOC,
                _c("ordinal", INT, "Its place in the article, from 1.", "5", required=True),
                _c("kind", STRING, "What it is part of.", "body", required=True, allowed="headline kicker byline subhead caption body"),
                _c("paragraph", INT, "The paragraph it is in, from 0.", "1", required=True),
                _c("section", STRING, "The subhead or heading it stands under.", "工业回升向好"),
                _c("start", INT, "Where it starts in the article's `text`; null where it is no body.", "120"),
                _c("end", INT, "Where it ends in the article's `text` (exclusive); null where it is no body.", "161"),
                *RAW,
                _c("text", STRING, "The sentence as cleaned.", "1-6月，全区规上企业研发投入12.7亿元。", required=True),
                _c("speaker", STRING, "Who is quoted in it, as named in the text.", "张伟"),
            ),
            key="sentence_id",
        ),
        Dataset(
            "tokens",
            "sentence",
            "Words as cut by spacy-pkuseg with the project's lexicon.",
            (SENTENCE, ARTICLE, DOC, _c("words", TEXTS, "The sentence's words in order.", "全区; 规上; 企业; 研发; 投入", required=True)),
            key="sentence_id",
        ),
        Dataset(
            "people",
            "mention of a person's name",
            "Everyone named, officials or not.",
            (
                *COMMON,
                _c("person", STRING, "The name, spaces removed.", "李强", required=True),
                PERSON_ID,
                _c(
                    "role",
                    STRING,
                    "Holder of a public post, journalist of the piece, or somebody else.",
                    "official",
                    required=True,
                    allowed="official reporter other",
                ),
            ),
        ),
        Dataset(
            "officials",
            "person mention and post",
            "The posts a mention states; the span is the name's.",
            (
                *COMMON,
                _c("person", STRING, "The name, spaces removed.", "李强", required=True),
                PERSON_ID,
                _c("title", STRING, "Organisation and post run together, as stated.", "永川区财政局局长", required=True),
                _c("organisation", STRING, "The body; empty where the post names its own (区长).", "永川区财政局"),
                _c("post", STRING, "The post in it.", "局长", required=True),
                _c("place_code", STRING, "Code of the body's place, or null.", "500118"),
                _c(
                    "status",
                    STRING,
                    "Whether the post is held, just given, proposed or left.",
                    "incumbent",
                    required=True,
                    allowed="incumbent appointed nominated former",
                ),
            ),
        ),
        Dataset(
            "places",
            "mention and place",
            "A two-place short form (川渝) has a row for each of its places.",
            (
                *COMMON,
                _c("name", STRING, "Full official name.", "永川区", required=True),
                _c(
                    "code",
                    STRING,
                    "Six-digit code (GB/T 2260); below the county the county's; null for a region, a foreign place or one not resolved.",
                    "500118",
                ),
                _c(
                    "level",
                    STRING,
                    "Level of the place.",
                    "county",
                    required=True,
                    allowed="province city county township village zone region foreign nation",
                ),
                _c("deictic", FLAG, "Resolved from context: 我区, 全市.", "false", required=True),
                _c("nested", FLAG, "Part of the longer name of something else: 永川区 in 永川区财政局.", "false", required=True),
                _c("method", STRING, "How it was resolved.", "full_name", required=True),
                _c("province", STRING, "Name of its province.", "重庆市"),
                _c("city", STRING, "Name of its city or prefecture.", "成都市"),
                _c("county", STRING, "Name of its county or district.", "永川区"),
                _c("township", STRING, "Name of its township, town or street.", "双石镇"),
            ),
        ),
        Dataset(
            "times",
            "time expression",
            "Resolved to a closed interval of days; what cannot be resolved has null dates.",
            (
                *COMMON,
                _c("start_date", DAY, "First day; null where open or unknown.", "2023-01-01"),
                _c("end_date", DAY, "Last day; null where open or unknown.", "2023-06-30"),
                _c(
                    "granularity",
                    STRING,
                    "The unit it speaks in.",
                    "month",
                    required=True,
                    allowed="day week month quarter half year years plan season hour other",
                ),
                _c("vague", FLAG, "No dates are meant: 近日, 近年来.", "false", required=True),
                _c("anchor", STRING, "What it was resolved against.", "issue_date", allowed="text issue_date dateline report_year sentence none"),
            ),
        ),
        Dataset(
            "quantities",
            "number with its unit",
            "Ordinals are rows too, with `dimension` `ordinal`, so that every number is accounted for.",
            (
                _c("quantity_id", STRING, "The quantity's id; `facts` point to it.", "5f0c2b7e9a1d4c33-q491", required=True),
                *COMMON,
                _c("number_text", STRING, "The number as written.", "12.7亿", required=True),
                _c("unit_text", STRING, "The unit or classifier as written; empty where it stands elsewhere or is left out.", "元"),
                _c("low", NUMBER, "The value, or the low end of a range, with 十百千万亿 multiplied out.", "1270000000"),
                _c("high", NUMBER, "The value, or the high end of a range.", "1270000000"),
                _c("value", NUMBER, "The one number to compute with: `low` where it equals `high`, else the middle.", "1270000000"),
                _c("unit", STRING, "Unit in its common form: ISO code for money, %, pp, 倍, rank, a unit or a classifier.", "CNY", required=True),
                _c("dimension", STRING, "What kind of thing it measures.", "money", required=True),
                _c("base_value", NUMBER, "The value in the base unit of its dimension.", "1270000000"),
                _c("base_unit", STRING, "Base unit of its dimension.", "CNY"),
                _c(
                    "qualifier",
                    STRING,
                    "How sure or how bounded it is said to be.",
                    "exact",
                    required=True,
                    allowed="exact about at_least at_most more_than less_than nearly",
                ),
            ),
            key="quantity_id",
        ),
        Dataset(
            "facts",
            "indicator, subject and period",
            "One observation; its level, change, rank and share of a target are fields of the one row. The span is the value's, or the change's where there is no value.",
            (
                _c("fact_id", STRING, "The fact's id; `panel` points to it.", "5f0c2b7e9a1d4c33-q491-f1", required=True),
                *COMMON,
                _c("subject", STRING, "Whom or what it is about, as stated.", "全区"),
                _c("subject_code", STRING, "Code of the place it is about (the nation: 100000).", "500118"),
                _c("organisation", STRING, "The organisation it is about, where it is about one.", "永川区财政局"),
                _c("indicator", STRING, "What was measured, as stated.", "规上企业研发投入", required=True),
                _c("indicator_id", STRING, "Canonical indicator from `rules/indicators`, or null.", "rd_spending_above_scale"),
                _c("quantity_id", STRING, "The value's row in `quantities`; null where only a change is stated.", "5f0c2b7e9a1d4c33-q491"),
                _c("low", NUMBER, "Low end of the value.", "1270000000"),
                _c("high", NUMBER, "High end of the value.", "1270000000"),
                _c("value", NUMBER, "The one number to compute with.", "1270000000"),
                _c("unit", STRING, "The value's unit.", "CNY"),
                _c(
                    "qualifier",
                    STRING,
                    "How sure or bounded the value is said to be.",
                    "exact",
                    allowed="exact about at_least at_most more_than less_than nearly",
                ),
                _c("change_quantity_id", STRING, "The change's row in `quantities`.", "5f0c2b7e9a1d4c33-q502"),
                _c("change_low", NUMBER, "Low end of the change, not negative.", "22.6"),
                _c("change_high", NUMBER, "High end of the change, not negative.", "22.6"),
                _c("change_value", NUMBER, "The change to compute with, not negative.", "22.6"),
                _c("change_unit", STRING, "Its unit: %, pp, 倍 or the value's own.", "%"),
                _c("change_basis", STRING, "Against what it changed.", "yoy", allowed=CHANGE_BASES),
                _c("change_direction", STRING, "Which way it went.", "up", allowed="up down flat"),
                _c("period_text", STRING, "The period as stated.", "1-6月"),
                _c("period_start", DAY, "First day of the period.", "2023-01-01"),
                _c("period_end", DAY, "Last day of the period.", "2023-06-30"),
                _c("rank", NUMBER, "Its place in a ranking.", "2"),
                _c("rank_scope", STRING, "Among whom it is ranked.", "全市"),
                _c("target_share", NUMBER, "Percent of a target that is reached.", "69.91"),
                _c("modality", STRING, "Reached, set as a goal, or expected.", "actual", required=True, allowed="actual target forecast"),
                _c(
                    "checks",
                    TEXTS,
                    "What was checked against other figures: `passed:…` or `failed:…` with the numbers.",
                    "passed:rate 45 of 50 is 90%",
                ),
            ),
            key="fact_id",
        ),
        Dataset(
            "panel",
            "place, indicator and period",
            "Facts of canonical indicators that say the same thing, merged across sentences and pages.",
            (
                _c("subject_code", STRING, "Code of the place.", "500118", required=True),
                _c("indicator_id", STRING, "Canonical indicator.", "gdp", required=True),
                _c("unit", STRING, "Unit of `value`; null where only changes are stated.", "CNY"),
                _c("period_start", DAY, "First day of the period.", "2023-01-01"),
                _c("period_end", DAY, "Last day of the period.", "2023-12-31"),
                _c("value", NUMBER, "The value that most sources state.", "1270000000"),
                _c("change_value", NUMBER, "The change, negative where it went down.", "5.1"),
                _c("change_basis", STRING, "Against what it changed.", "yoy", allowed=CHANGE_BASES),
                _c("n_sources", INT, "How many pages say so.", "2", required=True),
                _c("agree", FLAG, "Whether they agree.", "true", required=True),
                _c("fact_ids", TEXTS, "The facts merged.", "5f0c2b7e9a1d4c33-q491-f1", required=True),
            ),
        ),
        Dataset(
            "issues",
            "thing the pipeline could not read",
            "Nothing disappears silently: what was seen and not understood stands here.",
            (
                _c("kind", STRING, "What kind of trouble.", "unread_number", required=True),
                _c("stage", STRING, "The stage that reports it.", "figures", required=True),
                DOC,
                _c("article_id", STRING, "The article it is in, where it is in one.", "5f0c2b7e9a1d4c33-a02"),
                _c("sentence_id", STRING, "The sentence it is in, where it is in one.", "5f0c2b7e9a1d4c33-a02-s005"),
                _c("start", INT, "Where it starts in the sentence's `text`.", "12"),
                _c("end", INT, "Where it ends in the sentence's `text` (exclusive).", "15"),
                _c("raw_start", INT, "Where it starts in `documents.text`.", "491"),
                _c("raw_end", INT, "Where it ends in `documents.text` (exclusive).", "494"),
                _c("text", STRING, "The characters concerned.", "36砻"),
                _c("context", STRING, "What stands around them, or what is wrong in words.", "修好水碾36砻，新修道路"),
                _c("rule_id", STRING, "The rule that noticed it, where one did.", "quantities/unit.unknown"),
            ),
        ),
    )
}
