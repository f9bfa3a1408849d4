"""Make the tables of names: how much oftener a character serves as surname or given name than in ordinary text.

    python -m tools.names.tables --dictionary DICT.TXT --reports FOLDER --out rules/officials

DICT.TXT is the word list of the segmenter jieba (MIT licence), a word, its count and its tag a line: from it come
the common words and how often each character ends up in a name. `orders.tsv` beside this file holds what is written
down by hand; the reports say what ordinary text looks like where this project reads.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
#: Share of the bearers of all surnames, in percent, by rank: fits the published shares of the first 300 within a factor of two.
LARGEST, SLOPE, POWER = 7.2, 0.35, 1.1
#: Words rarer than this in the dictionary's own corpus are not kept.
RAREST_WORD = 60
#: Surnames so seldom anything else that what follows them in the word list is a given name.
CLEAREST = 60
TRANSLITERATION = frozenset("尔斯克拉巴布姆夫特耶")
NOT_IN_NAMES = frozenset("氏爷县镇帝王侯公师兵庄村河里府娘哥姐叔伯婆嫂家儿的了说道问叫")
FLOOR = 2e-5


def read_orders() -> dict[str, str]:
    lines = (HERE / "orders.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def read_dictionary(path: Path) -> list[tuple[str, int, str]]:
    out = []
    for line in path.read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        out.append((word, int(count), tag))
    return out


def shares(surnames: str) -> dict[str, float]:
    return {character: LARGEST / (1 + SLOPE * rank) ** POWER / 100 for rank, character in enumerate(surnames)}


def by_rank(order: str) -> dict[str, float]:
    return normalised({character: 1 / (1 + 0.02 * rank) for rank, character in enumerate(order)})


def normalised(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values()) or 1.0
    return {key: value / total for key, value in counts.items()}


def given_names(words: Iterable[tuple[str, int, str]], surnames: str) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Share of each character among single given names, and as first and last of double ones, in the word list."""
    clear = frozenset(character for character in surnames[:110] if character not in "于万金石白方龙武马高安田")
    names = [word for word, count, tag in words if tag in ("nr", "nrfg") and word[0] in clear and (len(word) == 3 or count < 400)]
    # A hero and his verb ("somebody laughed") stand in the list as names: a name's first two characters seldom go on in many ways.
    ways = Counter(name[:2] for name in names if len(name) == 3)
    single: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for name in names:
        if TRANSLITERATION & set(name[1:]) or NOT_IN_NAMES & set(name[1:]):
            continue
        if len(name) == 2:
            single[name[1]] += 1
        elif len(name) == 3 and ways[name[:2]] <= 3:
            first[name[1]] += 1
            last[name[2]] += 1
    return normalised(single), normalised(first), normalised(last)


def ordinary(words: Iterable[tuple[str, int, str]], reports: Path) -> dict[str, float]:
    """Share of each character in ordinary text, mostly as a word of its own.

    A character inside a longer word (习 in 学习) says little against a name: that the name would cut the word is
    weighed by itself.
    """
    alone: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for word, count, tag in words:
        if len(word) == 1:
            alone[word] += count
        if not tag.startswith("nr"):
            for character in word:
                anywhere[character] += count
    in_reports: Counter[str] = Counter()
    for path in sorted(reports.glob("*.md")):
        in_reports.update(character for character in path.read_text("utf-8") if "\u4e00" <= character <= "\u9fff")
    parts = ((0.6, normalised(alone)), (0.2, normalised(anywhere)), (0.1, normalised(in_reports)))
    characters = set().union(*(part for _, part in parts))
    return {character: sum(share * part.get(character, 0) for share, part in parts) + 1e-7 for character in characters}


def mixed(listed: Mapping[str, float], written: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    keys = listed.keys() | written.keys() | other.keys()
    return {key: 0.4 * listed.get(key, 0) + 0.5 * written.get(key, 0) + 0.1 * other.get(key, 0) for key in keys}


def is_name(word: str, tag: str, surname: Mapping[str, float], single: Mapping[str, float], compounds: frozenset[str]) -> bool:
    """Whether a word of the list is a person's name, which the table of common words leaves out."""
    if word[:2] in compounds and len(word) > 2:
        return True
    if not tag.startswith("nr"):
        return False
    if len(word) == 2:
        return surname.get(word[0], -9) + single.get(word[1], -9) > 2.5
    return len(word) == 3 and word[0] in surname


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dictionary", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    orders = read_orders()
    words = read_dictionary(args.dictionary)
    common = ordinary(words, args.reports)
    lists = given_names(words, orders["surname"])
    written = [by_rank(orders[key]) for key in ("single", "first", "last")]
    places = [mixed(lists[0], written[0], written[2]), mixed(lists[1], written[1], written[0]), mixed(lists[2], written[2], written[0])]

    def odds(share: Mapping[str, float], character: str, floor: float = FLOOR) -> float:
        return math.log((share.get(character, 0) + floor) / common.get(character, 1e-7))

    surname = {character: odds(shares(orders["surname"]), character, 0) for character in orders["surname"]}
    compounds = orders["compound"].split(" ")
    characters = sorted(common.keys() | places[0].keys() | places[1].keys() | places[2].keys())
    given = {character: tuple(odds(place, character) for place in places) for character in characters}
    # Rare characters add nothing that the default does not say.
    given = {character: values for character, values in given.items() if max(values) > -5 and common.get(character, 0) > 4e-7}
    single = {character: values[0] for character, values in given.items()}
    lines = [f"{character}\t{value:.2f}" for character, value in surname.items()] + [f"{word}\t" for word in compounds]
    write(args.out / "surnames.tsv", "surname\tlog_odds", lines)
    write(args.out / "given_names.tsv", "character\tsingle\tfirst\tlast", [f"{c}\t{v[0]:.1f}\t{v[1]:.1f}\t{v[2]:.1f}" for c, v in given.items()])
    kept = {
        word: count
        for word, count, tag in words
        if 2 <= len(word) <= 4 and count >= RAREST_WORD and word.isalpha() and not is_name(word, tag, surname, single, frozenset(compounds))
    }
    write(args.out / "words.tsv", "word\tlog10_count", [f"{word}\t{math.log10(count):.1f}" for word, count in sorted(kept.items())])


def write(path: Path, head: str, lines: list[str]) -> None:
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
