"""The dataset card: what the outputs are, in the form Hugging Face's `datasets` and its readers know."""

from __future__ import annotations

import yaml

from pipeline.contract.datasets import COMMON_NAMES, CONTRACT_VERSION, DATASETS, Dataset

#: What a reader gets who asks for no table by name.
DEFAULT = "facts"
LICENSE = "apache-2.0"
LANGUAGE = "zh"
ABOUT = (
    "Pages of Chinese local newspapers and government reports as tables: articles put back together, officials with their posts, "
    "places with their codes, numbers with their units, and facts, each tied to what it measures, for whom and when."
)

_WHAT = f"""\
# Zhengbao outputs · 政报数据集

{ABOUT} Every row points to the exact characters of the page it came from.

各地报纸和政府报告整理成表：文章、官员与职务、地名与代码、数量与单位，以及“谁、何时、什么指标、多少、怎么变”的事实。每一行都指回原文的确切字符。

Built by `make all`, or `zhengbao build PAGES --output outputs`. In the repository are only this card, the data dictionary
([DATASETS.md](DATASETS.md)) and the Croissant description ([croissant.json](croissant.json)); all three are generated from the schemas
(`zhengbao datasets --card FILE --markdown FILE --croissant FILE`). `manifest.json` beside the tables says what was read, what was
rebuilt and why, with versions, rule fingerprints and row counts. `report/index.html` is the report page.

## Reading a table

Each dataset is a folder of Parquet files and a configuration of this card:

    import pandas as pd
    facts = pd.read_parquet("outputs/facts")

    from datasets import load_dataset
    facts = load_dataset("outputs", "facts", split="train")

"""

_HOW = """\
## How the tables join

`doc_id`, `article_id`, `sentence_id` are those of `documents`, `articles` and `sentences`; `quantity_id` and `change_quantity_id` of
`facts` are rows of `quantities`; `fact_ids` of `panel` are rows of `facts`; codes are those of GB/T 2260. Offsets count Unicode
code points: `start, end` in the sentence's `text`, `raw_start, raw_end` in the page's.

## Where it comes from, and its limits

The text is that of the pages that were read; whoever publishes tables made of them sees to the rights in those pages. The licence
named above is that of the project and of what it adds. People are named as the pages name them, in public roles or not; whoever
publishes `people` sees to what the law says of personal data. No value is guessed: what could not be read or resolved is null, or a
row of `issues`. Rules and models make mistakes all the same; each row's `rule_id` says which, and `zhengbao evaluate` how often.
"""


def as_card() -> str:
    """The card as a Markdown page with its front matter."""
    front = {
        "license": LICENSE,
        "language": [LANGUAGE],
        "pretty_name": "Zhengbao outputs (政报)",
        "tags": ["government", "newspapers", "statistics", "officials", "china"],
        "configs": [_config(dataset) for dataset in DATASETS.values()],
    }
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
    tables = "\n\n".join(_table(dataset) for dataset in DATASETS.values())
    return f"---\n{head}---\n\n{_WHAT}## The tables (contract version {CONTRACT_VERSION})\n\n{_common()}\n\n{tables}\n\n{_HOW}"


def _config(dataset: Dataset) -> dict[str, object]:
    config: dict[str, object] = {"config_name": dataset.name, "data_files": f"{dataset.name}/*.parquet"}
    return {**config, "default": True} if dataset.name == DEFAULT else config


def _common() -> str:
    return f"Every row that is a mention begins with {_listed(COMMON_NAMES)}: where it stands, and the rule that made it."


def _table(dataset: Dataset) -> str:
    names = [column.name for column in dataset.columns]
    mention = set(COMMON_NAMES) <= set(names)
    own = [name for name in names if not (mention and name in COMMON_NAMES)]
    beside = "Beside the common ones: " if mention else "Columns: "
    return f"**`{dataset.name}`**: one row per {dataset.row}. {dataset.about} {beside}{_listed(own)}."


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
