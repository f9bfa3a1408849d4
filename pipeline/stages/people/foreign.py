"""Names that are spelled out in Chinese characters: 米哈伊尔·戈尔巴乔夫, 买买提·艾力, 内塔尼亚胡."""

from __future__ import annotations

import re

#: Characters that transliterations are written with.
SOUNDS = (
    "阿艾爱埃安昂奥澳巴拜班邦贝本比彼别宾波伯博勃布查察车楚茨达代戴丹当道德登邓迪蒂丁东都杜顿多俄厄恩尔法凡范方菲费芬丰佛夫弗福盖甘刚高戈哥格根古瓜圭果哈海汉豪赫亨胡华怀惠霍基吉加贾简江杰捷金京久喀卡凯坎康考柯科可克肯孔库夸奎昆拉莱赖兰郎朗劳勒雷蕾黎礼李里理力立丽利莉连林琳隆娄卢鲁伦罗洛吕律马玛迈麦曼芒毛茅梅美门蒙孟米密缅敏明缪摩莫默姆木穆拿纳娜乃南内能妮尼涅宁纽农努诺女欧帕派潘庞培佩彭皮平珀朴普齐奇其恰切钦琴丘热仁日荣茹儒瑞若撒萨塞赛桑瑟森莎沙山尚舍申沈圣诗施什石史士思斯松苏素孙索塔泰坦汤唐陶特滕提田铁廷亭通图土托瓦万旺威韦维卫魏文翁沃乌吾伍武西希锡席夏香肖谢欣辛兴休许雅亚延扬杨耶叶伊依易意因英永尤于约泽曾扎詹章哲珍真芝治中朱兹子宗佐祖买热提孜孜力肉吐迪依木江合苏来古丽拜居麦布艳夏帕孜赛甫丁汗尼牙库尔班艾比热依旦白克买买苏里坦"
)
_SOUND = f"[{''.join(sorted(set(SOUNDS)))}]"
DOT = "[·•・‧∙⋅]"
#: A dotted name: spelled-out parts, initials allowed between the dots.
DOTTED = re.compile(rf"{_SOUND}{{1,8}}(?:{DOT}(?:[A-Z]\.?|{_SOUND}{{1,9}}))+")
LATIN = re.compile(r"[A-Z][a-z]+(?:[ ·][A-Z]\.)?(?:[ ·][A-Z][a-z]+){1,2}")
SPELLED = re.compile(rf"{_SOUND}{{3,9}}")
