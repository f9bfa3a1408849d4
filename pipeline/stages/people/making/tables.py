"""Make the tables of names: how much oftener a character serves as surname or given name than in ordinary text.

The sources are the word list of the segmenter jieba (MIT licence), a word, its count and its tag a line, which gives the
common words and how often each character ends up in a name; the dictionary CC-CEDICT (CC BY-SA 4.0), which tells words
from proper names and persons from places; `orders.tsv` beside this file, which holds what is written
down by hand; and reports, which say what ordinary text looks like where this project reads.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.stages.people.arrays import NEVER

HERE = Path(__file__).parent
#: Share of the bearers of all surnames, in percent, by rank: fits the published shares of the first 300 within a factor of two.
LARGEST, SLOPE, POWER = 7.2, 0.35, 1.1
#: Words rarer than this in the dictionary's own corpus are not kept.
RAREST_WORD = 25
TRANSLITERATION = frozenset("尔斯克拉巴布姆夫特耶")
NOT_IN_NAMES = frozenset("氏爷县镇帝王侯公师兵庄村河里府娘哥姐叔伯婆嫂家儿的了说道问叫")
FLOOR = 2e-5
WORD = re.compile("[\u4e00-\u9fff]{2,4}")
#: What a compound surname scores, and a Japanese one, which may be a place's name as well.
COMPOUND, JAPANESE = 6.0, 3.5
#: Function words and verbs of saying close no name, though historical names in the word list do end in some.
NO_NAMES = "到会要能想并及去等地得些么个们这那很更最在的了是从向对把被但而也都就还又再不没着过说诉称问讲谈让给使将"
#: Characters of which spelled names are mostly made, to tell them in the word list.
SOUNDS = frozenset("斯尔克拉尼姆夫布特诺莱德巴卡奥伊罗洛塔蒂迪托维埃弗塞萨佩格蒙穆茨赫霍库耶阿乌努亚勒雷里利马鲁伦")
#: How much a part of a Tibetan, Mongolian, Uygur or Yi name written down by hand counts beside a word of the list.
UNIT_WEIGHT = 12
#: The same for a person's name of the glossary.
GLOSSED_WEIGHT = 3
#: A person's name of the glossary whose characters sound like a spelled name this much on average is one.
SOUNDING_NAME = 0.8
DOTS = re.compile("[·・]")
#: Words of the list tagged as names all of whose characters sound like a spelled name at least this much are such names.
SOUNDING = 0.0
#: Spelled places are told by the list's tags, from this count on.
LEAST_PLACE = 40
#: What follows a person's name in reports.
ADDRESS = re.compile(r"新时代|总书记|书记|同志|主席|总理|思想|理论|省长|市长|院士|\*?\*?[ 　）)\n]")
#: In how many reports a sequence must stand, by length, to be ordinary; and how its counts compare to the word list's.
LEAST_REPORTS = {2: 3, 3: 4}
REPORTS_TO_WORDS = 20
#: What a word counts for that a labelled corpus or the gazetteer vouches for.
LABELLED = 320
#: Characters that close the names of things and places, and no spelled name.
THING_ENDS = frozenset("河湖山州语杯街教学纪胶国城市县区村镇路号牌奖江港湾岛省人族军队派党酒病法车机")


#: An entry of the glossary: traditional, simplified, pinyin, what it means; and what meanings of persons' names say.
ENTRY = re.compile(r"^\S+ (\S+) \[(.*?)\] /(.*)/\s*$", re.M)
OF_PERSONS = re.compile(r"\((?:male |female )?(?:name|given name|surname|personal name|person name)\)|[Ss]urname|\((?:c\. )?\d{3,4}(?: BC)?-")
#: What a word counts for that the glossary alone vouches for.
GLOSSED = 25


def read_orders() -> dict[str, str]:
    lines = (HERE / "orders.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def read_dictionary(path: Path) -> list[tuple[str, int, str]]:
    out = []
    for line in path.read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        out.append((word, int(count), tag))
    return out


@dataclass(frozen=True)
class Glossary:
    """What a dictionary of the language says its entries are: words, names of persons, names of other things."""

    words: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Glossary:
        """From a file in the form of CC-CEDICT, where proper names are spelled with a capital."""
        kinds: dict[str, set[str]] = {"words": set(), "persons": set(), "things": set()}
        for entry in ENTRY.finditer(path.read_text("utf-8")):
            word, pinyin, gloss = entry.groups()
            kind = "words" if pinyin[0].islower() else "persons" if OF_PERSONS.search(gloss) else "things"
            kinds[kind].add(word)
        return cls(*(frozenset(kinds[kind]) for kind in ("words", "persons", "things")))


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


def ordinary_sequences(reports: Path, surname: Mapping[str, float]) -> dict[str, int]:
    """Sequences of two and three characters that begin with a surname and yet run through many reports: 容缺, 荣膺, 林草.

    Whoever is named in many reports (leaders of the nation) is mostly addressed there, and left out.
    """
    seen: Counter[str] = Counter()
    within: Counter[str] = Counter()
    addressed: Counter[str] = Counter()
    for path in sorted(reports.glob("*.md")):
        text = path.read_text("utf-8")
        found: Counter[str] = Counter()
        for match in re.finditer(rf"(?=([{''.join(surname)}])([一-龥])([一-龥]?))", text):
            at = match.start()
            for length in (2, 3):
                if match.group(3) or length == 2:
                    found[text[at : at + length]] += 1
                    if ADDRESS.match(text, at + length) or (length == 2 and ADDRESS.match(text, at + 3)):
                        addressed[text[at : at + length]] += 1
        seen.update(found)
        within.update(found.keys())
    return {
        word: REPORTS_TO_WORDS * count for word, count in seen.items() if within[word] >= LEAST_REPORTS[len(word)] and addressed[word] * 5 < count
    }


def spelled(
    words: Iterable[tuple[str, int, str]], units: list[str], glossed: Iterable[str], common: Mapping[str, float]
) -> dict[str, tuple[float, ...]]:
    """How much oftener each character opens, continues and closes a spelled name than it stands in ordinary text."""
    first: Counter[str] = Counter()
    middle: Counter[str] = Counter()
    last: Counter[str] = Counter()
    names = [w for w, _, tag in words if len(w) >= 3 and tag in ("nr", "nrt", "ns", "nz") and sum(c in SOUNDS for c in w) >= len(w) - 1]
    told = [part for name in glossed for part in DOTS.split(name) if sum(c in SOUNDS for c in part) * 2 >= len(part) > 1]
    for name in [*names, *GLOSSED_WEIGHT * told, *UNIT_WEIGHT * units]:
        first[name[0]] += 1
        last[name[-1]] += name[-1] not in "都不"
        middle.update(name[1:-1] if len(name) > 2 else name)
    shares = [normalised(counts) for counts in (first, middle, last)]
    out = {}
    for character in first.keys() | middle.keys() | last.keys():
        values = tuple(math.log((share.get(character, 0) + 3e-5) / common.get(character, 1e-7)) for share in shares)
        if max(values) > -2.5:
            out[character] = (values[0], values[1], NEVER) if character in THING_ENDS else values
    return out


def sounding(word: str, sounds: Mapping[str, tuple[float, ...]]) -> float:
    """How much its characters sound like a spelled name, on average."""
    return sum(sounds.get(character, (NEVER, NEVER))[1] for character in word) / len(word)


def spelled_names(glossed: Glossary, orders: Mapping[str, str], sounds: Mapping[str, tuple[float, ...]]) -> set[str]:
    """Given and family names of other tongues, as they are spelled: what dictionaries and lists have, taken apart at the dots."""
    parts = {part for name in glossed.persons for part in DOTS.split(name)}
    foreign = {part for part in parts if len(part) >= 2 and sounding(part, sounds) > SOUNDING_NAME}
    listed = {name for key in ("foreign", "units") for name in orders[key].split(" ") if len(name) >= 2}
    return (foreign | listed) - glossed.words - glossed.things


def labelled_words(corpus: Path) -> set[str]:
    """Words of an IOB2 file that are no part of a person's name, however much the word list takes them for one: 陆军, 英勇."""
    out: set[str] = set()
    names: set[str] = set()
    for line in corpus.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 2 and WORD.fullmatch(cells[1]):
            (names if cells[2].endswith("PER") else out).add(cells[1])
    return out - names


def short_names(places: Path) -> set[str]:
    """Short names of counties and cities, many of which look like a person's: 高淳, 邵东."""
    lines = (places / "divisions.tsv").read_text("utf-8").splitlines()[1:]
    return {short for short in (line.split("\t")[2] for line in lines) if WORD.fullmatch(short)}


def mixed(listed: Mapping[str, float], written: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    keys = listed.keys() | written.keys() | other.keys()
    return {key: 0.4 * listed.get(key, 0) + 0.5 * written.get(key, 0) + 0.1 * other.get(key, 0) for key in keys}


class NameLike:
    """Tells the words of the list that are persons' names, which the table of common words leaves out; its tags are not to be trusted."""

    def __init__(
        self,
        words: Iterable[tuple[str, int, str]], surname: Mapping[str, float], given: Mapping[str, tuple[float, ...]],
        compounds: list[str], sounds: Mapping[str, tuple[float, ...]],
    ) -> None:  # fmt: skip
        self._words = {word for word, count, tag in words if len(word) == 2 and count >= RAREST_WORD and not tag.startswith("nr")}
        self._sounds = sounds
        self._surname, self._given, self._compounds = surname, given, frozenset(compounds)

    def __call__(self, word: str, tag: str) -> bool:
        nothing = (-9.0, -9.0, -9.0)
        if word[:2] in self._compounds or (tag.startswith("nr") and all(self._sounds.get(c, nothing)[1] > SOUNDING for c in word)):
            return True
        surname = self._surname.get(word[0], -9)
        if len(word) == 2:
            return tag.startswith("nr") and surname + self._given.get(word[1], nothing)[0] > 3.5
        if len(word) != 3 or surname < -5:
            return False
        odds = self._given.get(word[1], nothing)[1] + self._given.get(word[2], nothing)[2]
        return tag.startswith("nr") or (surname > 0.5 and odds > 0 and word[:2] not in self._words and word[1:] not in self._words)


def make(dictionary: Path, glossary: Path, corpus: Path, reports: Path, gazetteer: Path, folder: Path) -> None:
    """Write surnames, given names, spelled names and common words into the folder."""
    orders = read_orders()
    words = read_dictionary(dictionary)
    glossed = Glossary.read(glossary)
    common = ordinary(words, reports)
    lists = given_names(words, orders["surname"])
    written = [by_rank(orders[key]) for key in ("single", "first", "last")]
    places = [mixed(lists[0], written[0], written[2]), mixed(lists[1], written[1], written[0]), mixed(lists[2], written[2], written[0])]

    def odds(share: Mapping[str, float], character: str, floor: float = FLOOR) -> float:
        return math.log((share.get(character, 0) + floor) / common.get(character, 1e-7))

    surname = {character: odds(shares(orders["surname"]), character, 0) for character in orders["surname"]}
    compounds = orders["compound"].split(" ")
    characters = sorted(common.keys() | places[0].keys() | places[1].keys() | places[2].keys())
    given = {character: tuple(odds(place, character) for place in places) for character in characters if "\u4e00" <= character <= "\u9fff"}
    for character in NO_NAMES:
        given[character] = NEVER, given[character][1], NEVER
    sounds = spelled(words, [*orders["units"].split(" "), *orders["foreign"].split(" ")], glossed.persons, common)
    namelike = NameLike(words, surname, given, compounds, sounds)
    lines = [f"{character}\t{value:.2f}" for character, value in surname.items()] + [f"{word}\t{COMPOUND}" for word in compounds]
    lines += [f"{word}\t{JAPANESE}" for word in orders["japanese"].split(" ") if word not in compounds]
    write(folder / "surnames.tsv", "surname\tlog_odds", lines)
    write(folder / "given_names.tsv", "character\tsingle\tfirst\tlast", [f"{c}\t{v[0]:.1f}\t{v[1]:.1f}\t{v[2]:.1f}" for c, v in given.items()])
    counted = {word: count for word, count, _ in words}
    kept = {word: max(counted.get(word, 0), GLOSSED) for word in glossed.words | glossed.things - glossed.persons if WORD.fullmatch(word)}
    for word, count, tag in words:
        if WORD.fullmatch(word) and count >= RAREST_WORD and not namelike(word, tag) and word not in glossed.persons:
            kept.setdefault(word, count)
    for word in [*labelled_words(corpus), *short_names(gazetteer)]:
        kept[word] = max(kept.get(word, 0), LABELLED)
    kept.update({word: count for word, count in counted.items() if len(word) == 1 and count > 2})
    for word, count in ordinary_sequences(reports, surname).items():
        kept[word] = max(kept.get(word, 0), count)
    listed = {word for word, count, tag in words if tag in ("ns", "nt") and count >= LEAST_PLACE and all(c in sounds for c in word)}
    places_ = {word for word in listed | glossed.things if 2 <= len(word) <= 8 and sounding(word, sounds) > SOUNDING_NAME} - glossed.persons
    write(folder / "spelled_places.tsv", "place", sorted(places_))
    write(folder / "spelled_names.tsv", "name", sorted(spelled_names(glossed, orders, sounds)))
    lines = [f"{character}\t" + "\t".join(f"{value:.1f}" for value in values) for character, values in sorted(sounds.items())]
    write(folder / "spelled.tsv", "character\tfirst\tmiddle\tlast", lines)
    write(folder / "words.tsv", "word\tlog10_count", [f"{word}\t{math.log10(count):.1f}" for word, count in sorted(kept.items())])


def write(path: Path, head: str, lines: list[str]) -> None:
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
