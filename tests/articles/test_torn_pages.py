"""Whole pages of made-up papers whose paragraphs go on past captions and past other stories."""

from __future__ import annotations

import pytest

from pipeline.stages.articles import Rules, read_page


def _page(*blocks: str) -> str:
    return "\n\n".join(blocks)


#: Each page, and the paragraphs that were cut on it.
PAGES = {
    # A caption with its photographer, then the rest of the paragraph above it, cut inside a word.
    "past a caption": (
        _page(
            "枸杞红透黄河滩",
            "本报记者 纳小燕",
            "立秋一过，中宁县舟塔乡的枸杞进入采摘高峰。天还没亮，三百多名采摘工就打着头灯下了地，一串串红果落进竹筐，又送上村口的烘",
            "采摘工在枸杞园里忙碌。本报记者 纳小燕 摄",
            "干线，傍晚就能装箱发往外地。",
            "往年晾晒枸杞全看天色，一场连阴雨就要坏掉两成。如今村里建起了十二条热风烘干线，出干率稳定在四分之一，好果率超过九成五。",
            "羊倌老李的直播间",
            "本报记者 海志刚",
            "盐池县的李生宝放了四十年羊，去年秋天儿子给他在羊圈里支起一部手机，他对着镜头讲怎样看羊的牙口、怎样分辨滩羊和杂羊，没想到一个月涨了六万粉丝。",
            "现在老李每天收工以后播一个钟头，邻居家的羊肉也放在他的直播间里卖，今年已经卖出去一千三百多只。",
        ),
        [
            "立秋一过，中宁县舟塔乡的枸杞进入采摘高峰。天还没亮，三百多名采摘工就打着头灯下了地，一串串红果落进竹筐，又送上村口的烘干线，傍晚就能装箱发往外地。"
        ],
    ),
    # The rest of a paragraph stands under a whole story of another matter.
    "past a story": (
        _page(
            "渔港装上智慧眼",
            "本报讯（记者 符海燕）凌晨四点，临高县新盈渔港的调度室里，值班员盯着大屏幕上闪动的光点，每一个光点就是一条正在归航的渔船。"
            "去年冬天，县里给全部一千二百条渔船装上了北",
            "沉香树下读书声",
            "本报讯（记者 吴淑珍）屯昌县枫木镇的沉香园里有一间用旧仓库改成的书屋，放学以后，附近三个村的孩子都爱到这里写作业。"
            "书屋的主人是退休教师王凤梅，她把攒了半辈子的四千册图书都搬了过来。",
            "镇里帮书屋修好了屋顶，又添置了二十套桌椅。王凤梅说，只要还有一个孩子来，书屋的灯就一直亮着。",
            "斗终端，船到了哪里、遇没遇上风浪，岸上一清二楚。",
            "今年台风季，渔港提前召回渔船三百四十条，没有发生一起安全事故。渔民符亚福说，有了这双眼睛，家里人睡得着觉了。",
        ),
        [
            "凌晨四点，临高县新盈渔港的调度室里，值班员盯着大屏幕上闪动的光点，每一个光点就是一条正在归航的渔船。"
            "去年冬天，县里给全部一千二百条渔船装上了北斗终端，船到了哪里、遇没遇上风浪，岸上一清二楚。"
        ],
    ),
    # Two stories go on below, each behind a part of the other.
    "woven": (
        _page(
            "雪乡民宿提前满房",
            "本报记者 关长海",
            "离元旦还有半个月，海林市双峰林场的八十家民宿已经全部订满。店主冯淑云把火炕烧得滚热，窗台上摆着冻梨和黏豆包，就等南方的客",
            "铁路小站的最后一班岗",
            "本报记者 佟立新",
            "十二月二十日夜里十一点，扳道工孙德胜最后一次提着信号灯走上月台。从明天起，这个开了八十六年的小站不再办理客运，他也将调到二十公里外的枢纽",
            "人上门。",
            "林场今年新修了两条雪道，又把废弃的运木小火车改成了观光车，坐一趟只要三十元，孩子们坐了一圈还不肯下来。",
            "站去当班。",
            "孙德胜在小站守了二十九年，送走过出山的木头，也送走过上大学的孩子。他说，站撤了，铁轨还在，往后的火车会跑得更快。",
        ),
        [
            "离元旦还有半个月，海林市双峰林场的八十家民宿已经全部订满。店主冯淑云把火炕烧得滚热，窗台上摆着冻梨和黏豆包，就等南方的客人上门。",
            "十二月二十日夜里十一点，扳道工孙德胜最后一次提着信号灯走上月台。从明天起，这个开了八十六年的小站不再办理客运，他也将调到二十公里外的枢纽站去当班。",
        ],
    ),
    # News in brief, signed; the first goes on behind the second.
    "briefs": (
        _page(
            "# 婺源 油菜花田办起婚礼",
            "三月二十六日，十二对新人在江岭的梯田间举行集体婚礼，漫山遍野的油菜花成了最好的布景。县民政局把婚姻登记",
            "# 南丰 蜜橘皮变成香薰",
            "过去榨完汁就扔掉的橘皮，如今被南丰县一家企业收来提取精油，一吨橘皮能换四百元，全县有七十多户果农签了供货合同。（饶国平）",
            "处搬到了田头，新人当场就领到了证书。（胡彩云）",
            "# 瑞昌 剪纸走进幼儿园",
            "瑞昌市请来五位剪纸艺人到八所幼儿园授课，孩子们用彩纸剪出了青蛙、荷叶和月亮，作品挂满了走廊。（柯小莉）",
        ),
        [
            "三月二十六日，十二对新人在江岭的梯田间举行集体婚礼，漫山遍野的油菜花成了最好的布景。县民政局把婚姻登记处搬到了田头，新人当场就领到了证书。"
        ],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_was_cut_is_whole_again(name: str, rules: Rules) -> None:
    text, wanted = PAGES[name]
    paragraphs = [paragraph for article in read_page(text, rules).articles for paragraph in article.text.split("\n")]
    assert [paragraph for paragraph in wanted if paragraph not in paragraphs] == []


# Where stories are woven the rest of one may complete a word of the other, as 客|站 does above.
@pytest.mark.parametrize("name", [name for name in PAGES if name != "woven"])
def test_without_its_continuation_an_end_stays_open_and_is_told(name: str, rules: Rules) -> None:
    """What is left when the rest of a paragraph is missing goes on in nothing else, however plausible."""
    text, wanted = PAGES[name]
    blocks = text.split("\n\n")
    for paragraph in wanted:
        rest = next(block for block in blocks if paragraph.endswith(block.partition("（")[0]) and not paragraph.startswith(block[-40:]))
        page = read_page("\n\n".join(block for block in blocks if block != rest), rules)
        start = paragraph.removesuffix(rest.partition("（")[0])
        assert any(other.endswith(start) for article in page.articles for other in article.text.split("\n"))
        assert any(trouble.kind == "layout" for trouble in page.troubles)
