"""Who is quoted."""

from __future__ import annotations

import pytest

from pipeline.stages.sentences import SpeechRules, cut, speakers
from pipeline.stages.sentences.speakers import speaker_of_byline


def spoken(text: str, rules: SpeechRules) -> list[str | None]:
    bounds = []
    at = 0
    for paragraph in text.split("\n"):
        bounds += [(at + start, at + end) for start, end in cut(paragraph, rules.reports)]
        at += len(paragraph) + 1
    return speakers(text, bounds, rules)


CASES = [
    ("天晴了。“路修好了。灯也亮了。”村民张大山说。众人点头。", [None, "张大山", "张大山", None]),
    ("“路修好了。”镇党委书记、主任孙明表示，“灯也亮了。水也通了。”众人点头。", ["孙明", "孙明", None]),
    ("李梅说：“路修好了。灯也亮了。”众人点头。", ["李梅", "李梅", None]),
    ("县长江成与强调，要把路修好。会议还讨论了别的事。", ["江成与", None]),
    ("会议强调，要把路修好。文件指出，要快。", [None, None]),
    ("“路修好了。”县交通局相关负责人介绍，下月通车。该负责人表示，灯也会亮。", ["县交通局相关负责人", "县交通局相关负责人"]),
    ("4月2日，县委书记赵明前往河西镇调研。他强调，要把路修好。", [None, "赵明"]),
    ("县委书记赵明与县长钱亮前往河西镇调研。他强调，要把路修好。", [None, None]),
    ("买买提·艾力说：“桃子熟了。”", ["买买提·艾力"]),
    ("“路修好了。\n“灯也亮了。”张大山说。", ["张大山", "张大山"]),
    ("张大山说：“路修好了。\n“灯也亮了。”\n众人点头。", ["张大山", "张大山", None]),
    ("严格落实“多规合一”管控要求，不许占田。这是我们的庄严承诺，一定兑现。", [None, None]),
    ("项目主任任志强介绍，工期过半。", ["任志强"]),
    ("周明一脸自豪地说：“灯亮了。”", ["周明"]),
    ("李小梅笑着告诉记者，灯亮了。", ["李小梅"]),
    ("主任严肃地指出，灯没亮。", [None]),
    ("张大山、李小梅分别表示，灯亮了。", [None]),
    ("刘某某（左一）说：“灯亮了。”", ["刘某某"]),
    ("赵明在河西区（东部）新城建设现场调研时强调，要快。", ["赵明"]),
    ("在钱亮看来，灯亮得正好。", ["钱亮"]),
    ("谈起明年，种粮大户孙满囤信心满满：“再种一百亩。争取丰收。”众人点头。", ["孙满囤", "孙满囤", None]),
    ("昨日，市民郑先生告诉记者，灯亮了。", ["郑先生"]),
    ("副县长、县公安局局长魏青山主持会议并强调，要快。", ["魏青山"]),
    ("“路修好了，”周明说，“灯也亮了。”众人点头。", ["周明", None]),
    ("欧阳春晓在致辞中指出，工期过半。", ["欧阳春晓"]),
    ("“灯亮了。”\n村民柏长顺回忆说。", ["柏长顺", "柏长顺"]),
    ("“灯亮了。”\n村民柏长顺回忆说，路也修好了。", [None, "柏长顺"]),
    ("市人大代表韦秀兰：\n“灯亮了。路也修好了。”\n众人点头。", ["韦秀兰", "韦秀兰", "韦秀兰", None]),
    ("棉农何秋菊：“灯亮了。”", ["何秋菊"]),
    ("大门上有四个字：“灯火长明。”", [None]),
    ("墙上写着村规：\n“灯要早关。”", [None, None]),
    ("谈到明年，养蜂人邵春来信心满满。\n“再添五十箱。”\n众人点头。", ["邵春来", "邵春来", None]),
    ("养蜂人邵春来信心满满。\n“再添五十箱。”一位游客说。", [None, "一位游客"]),
    ("县里开会部署防汛。\n“要把责任落到人头。”\n会议结束。", [None, None, None]),
    ("“灯亮了。”提起路灯，村民薄云霞赞不绝口。", ["薄云霞"]),
    ("她叫周明月，是村里的医生。周明月常说：“灯要常亮。”", [None, "周明月"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_cases(text: str, wanted: list[str | None], speech_rules: SpeechRules) -> None:
    assert spoken(text, speech_rules) == wanted


@pytest.mark.parametrize(
    ("byline", "name"),
    [("河西区委常委、副区长 王小明", "王小明"), ("河西区财政局局长 李 强", "李强"), ("河西镇镇长周立新", "周立新"), ("河西区财政局", None)],
)
def test_the_speaker_of_a_speech_stands_in_its_byline(byline: str, name: str | None, speech_rules: SpeechRules) -> None:
    assert speaker_of_byline(byline, speech_rules) == name
