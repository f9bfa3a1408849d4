"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.sentences import cut


def pieces(text: str, **options: object) -> list[str]:
    return [text[start:end] for start, end in cut(text, **options)]  # type: ignore[arg-type]


# Each sentence is parted from the next by a bar, which is not in the text.
CASES = [
    "路修好了。|灯也亮了！|谁来养护？",
    "一是修路。|二是架桥；三是通水。",
    "会上印发《办法》（试行）和“十条”。|各村照办。",
    "村里办起“水上（含滩涂）牧场”。|鱼也多了。",
    "全年降雨1.5毫米，增长3.5%。|气温12.5度。",
    "会议7:30开始，地点见http://a.example/?id=1。|请准时。",
    "U.S. Steel与No. 3高炉签约。|仪式简短。",
    "买买提·艾力来了。|约翰·史密斯也来了。",
    "1.加强排水。|2.加强巡查。",
    "一行人看了桃园、茶园……等基地。|随后座谈。",
    "桃子、李子、杏子……|摊位前挤满了人。",
    "桃子、李子……的香味。",
    "他问“路修好了吗？”的时候，天还没亮。|后来亮了。",
    "标语写着“今天修路！明天通车！”和“感谢支持！”。|字很大。",
    "“路修好了。|灯也亮了。”",
    "“路修好了。”|新的一年，大家盼着通水。",
    "“路修好了！”|“真快！”",
    "“路修好了。|灯也亮了。”张三丰说。|众人点头。",
    "“路修好了。”村主任张三丰说，“灯也亮了。|水也通了。”|众人点头。",
    "“路修好了。”在村口，张三丰告诉记者。|众人点头。",
    "“路修好了。”|张三丰说：“灯也亮了。”",
    "李梅说：“路修好了。|灯也亮了。”|众人点头。",
    "大家高呼“一定修好路。”|随后散会。",
    "今年（前三季度很好。四季度更好。）收成不错。|明年再看。",
    "收成不错。|（本报记者供稿。）|明年再看。",
    "《路在何方？桥在何方？》一书出版。|印数不多。",
    "（本文有删节。）|第二天放晴。",
    "真的吗？！|真的！！！|好。",
    "这样行吗?|可以!|好.",
    "| 指标 | 数值。 | 备注！ |",
    "<tr><td>甲。</td></tr>|<tr><td>乙。</td></tr>",
    '他说:"路修好了。|灯也亮了。"|众人点头。',
    "没有句号的一行",
    "（未合的括号里有一句。|又一句。",
    "“未合的引号里有一句。|又一句。",
]


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str, speech_rules) -> None:  # type: ignore[no-untyped-def]
    if case.startswith("| "):
        assert pieces(case, reports=speech_rules.reports) == [case]
        return
    wanted = case.split("|")
    assert pieces("".join(wanted), reports=speech_rules.reports) == wanted


TEXTS = st.text(alphabet='路灯 桥说张三，。！？…；：“”‘’（）《》.?!"13aU、\N{IDEOGRAPHIC SPACE}|', max_size=60)


@given(TEXTS)
def test_sentences_cover_the_text_in_order(text: str) -> None:
    at = 0
    for start, end in cut(text):
        assert start >= at and end > start
        assert not text[at:start].strip()
        assert not text[start].isspace() and not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


PARTS = st.lists(
    st.sampled_from(
        [
            "路修好了。",
            "灯亮了！",
            "“水通了。桥也通了。”",
            "他问“通了吗？”的话。",
            "（一季度。）",
            "收成（很好。）不错，",
            "……等地，",
            "《谁？》上市。",
            "张三丰说：",
        ]
    ),
    max_size=8,
)


@given(PARTS)
def test_a_sentence_cut_again_is_one_sentence(parts: list[str]) -> None:
    for piece in pieces("".join(parts)):
        assert pieces(piece) == [piece]
