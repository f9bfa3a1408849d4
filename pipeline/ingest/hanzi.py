"""How likely a string of characters is as written Chinese: the measure by which encodings are told apart.

Characters fall into tiers by how often Chinese prose uses them; Simplified and Traditional forms stand side by side,
because a page in either must look like Chinese. Read in the wrong encoding, the bytes of common characters become rare
ones, so a dozen bytes are usually enough to tell GBK from Big5 or UTF-16.
"""

from __future__ import annotations

#: The hundred most used characters of each script: four characters in ten of running text.
FIRST = (
    "的一年国國业業中大人在和建为是發发新全化市有成區区展进進設设生工实產實产地动個个加動以為会會力上于作於行推政高城家民公学不學体體等"
    "开開了制長务務长增用出时時重能經经保合主現理平入现到提持目面他部项項改強强資日创創后方资水後治代與与位要法文三省分月机機度造爲基"
)

#: The next four hundred of each: another four in ten.
SECOND = (
    "农農同对對施心之定量多萬企物点村事本万通點社下來来自第这服元场這其好总場安總电品電级級教及特深立快性路名西系科海质質升數共军軍小南"
    "战完坚期堅任府戰数利濟济过育斯過台道口里可程最美并而色外金前也由管億技達态統態达得被统子线線商东內内州规規支亿們型们五間兩域所标更"
    "集園间標東园十並两二联次聯運车車四投运北表革縣山鄉活領领各交优種当優员員乡當院县环鎮范環效就种明镇向關範打因此天关爾尔式世续續示常"
    "落计計流比源办医格辦划醫引亞接结積使亚結防融积劃收境放爭決决争至善游德我信臺风風都河导港意居者整導但精构遊群隊转營营批队將专構稳專"
    "将轉球克指类類护穩做步護着該局術广术應该相应校取廣費党約约然费原解站黨协網网林率准權布权華议帶华議江形協起正带米從鐵从空老先清馬组"
    "供策义委试無組铁義马選製題众情题獲调際无準选首获試始列字果均际稱近旅称賽监速赛調条受件模团條研單单極消认司團認些處处監综興界气氣极"
    "值兴門影门綜突或求控神星頭湖绿險问拉健巴险據士身綠養罗手传羅英直問养傳头變攻樂变維维干房节節乐別如超功据王女别則住羣户參则蘭確参障"
    "复視说培确普書抓兰督视已號严食书包号還嚴史百记記还職易层命才航职層土康備促扩擴她習备勢把属查古势屬想回貧破低预配习案贫預著验佈責驗"
    "岛每核島兒责灣湾助族龍斷智舉眾儿語语举礎卫非置評龙陽历尼少裝聚断沒報装础思阳没千报光它"
)

#: The next thousand of each: nearly all the rest.
THIRD = (
    "纪京评太歷双幹讓石反紀只固演降朝曾雙六論占圍让額围連污師论去段央片链依师難音很略療难佔價究连給给鏈需帝减八擊击蘇排疗香额貿价親招贸"
    "青復真再亲具福苏存減周知戶图圖洲感較承白料博納纳籌较修担故說即武官顯届显筹樣见觀足屆筑擔终病样底根終观張見築角药藥馆街审阿審张景志"
    "算素館密器奧息往奥除波初客班考卡织紅启牌识许織許红識困離离貫负衛财移互未贯財盖花容負蓋热律威响響愛继熱丽例守言派版爱繼零满滿补失座"
    "扶執剧便陸劇执扎括陆编漢室益越般田死九麗沙母歐欧補李編念汉覆材象切采庫边库話惠宗份遠远邊斗今话托銀走夫致己富戲测染川測畫银又戏黑画"
    "播充伊振压仍採良隨艺藝随必鬥印黄洛火哈告畝紧緊洋留壓吉樓楼皇挥套索七纽亦揮季木紐细父早亩徹征細擁彻獨牢退救堂黃独奖另獎拥奮碳察端序"
    "友证限奋噸裏飛脱臨宁且温帮盟那飞紮余餘幾幫几證疫左桥廠厂庭激兵遗衆看努寧宣右半售旧請希拓令遺辖请蒙轄换哥橋临塔寫写歲吨雲酒宜典措岸"
    "藏射照延舊警短輸岁換树曲檢油注款板樹冠薩植跨云歌萨男止啓津输貨货聲检声錄澳伦倫须船汽署狀税須灾像席瓦录鲁糧駐状森草銷驻望童徵销係佛"
    "聖粮章松圣勵魯探災励荣榮庆丹壯登逐階牙停恩廉繞阶异劳顺俄壮順曼急瑞绕異竞勞圈抗候役説败競旗巩鞏签谋遇觉藍伯敗債享虽待久永蓝況绩雖债"
    "豐幼覺况按顿股适末慧疾载頓购載予絕访差店丰拿購訪塞謀绝績附適微慶免堡码週杀何碼玛害姆殺贷援却轮溫距叶宽瑪迁述卻夏衞尽矿诺泰送諾寬租"
    "貸废葉春邦扬併休貴络脫沿冰献輪勒絡廢奇牛雷昌鱼誌训舰焦肉吸齐伤鼓毛遷毕魚莱獻訓寺礦胜儲衡储汇艦键秀萊判甚鲜鍵危畢贵傷乌票唯洁屋韩残"
    "束懷够介埃申殘讲汙宝勝贝簽怀韓词池潔违稅频饮牧貝幸講泉涉鮮灵寶盛複迪夠唱頻读詞址靈架揚杂齊乘潜轨雪刘累撑黎飲雄釋婚違峰甘轻潛妇授释"
    "刻简劉亡雜顶档脑頂厅讀副盤仅婦枢隆檔渐輕甲篇軌愿淮遭撐燃恶僅尾簡冲廳艾麦映盘煤腦拔麥侧烏宫幣靠漸假币樞郑濱镜践裡找滨归含氏隐宮耕願"
    "冷泛血乱亂烈歸礼託唐踐眼鏡跟惡闻弱返伐莫聞巨亮幅側掛餐诗禁垃圾庄循莊圆禮挂径宿付散岗封隱召圓罪贡徑猫詩辆诉繁珠訴耳爆嘉廷啟追缺弟輛"
    "弗齿陈貓顾似貢借订玩闲匯秘丁摩仁胡齒胞夺殖陳刚訂患夜洪梅讯么奪雨剛吃崗梁私避伍赋顧毒跑菲麼彩鄭喜宅枪塑閒辑錫勇凱拍谷摄籍訊凯尚陵杯"
    "欽练倍輯廊槍坡诊攝腊祖杭皮辛乾买衝厦弹茶恒抵谈朗阵賦鸟買湿浙談孙净銅穿臘错練铜盡侵彈乎邁柏紛郵钟透妻纷孫邮课廈姓迈迎杜診灭骨误鳥暴"
    "盾淨徒陣桑纲錯菜誤潮賓泽宾掌恆寻烟課乔钢诚孩冬晚喬驱澤缓犹尋貌纵驅佳叫某伏野滅谢呼溪苦劍晋浦猶剑損殊誠撤讨杰仪忠锡縱欢緩听恐漫傑览"
    "湯庙謝慈歡哲鋼汤炸氧吴討矛廟伸赫媒儀锦恢赵綱糖吳梯箱君损覽犯聽耗錦艰銜毁蒂邻坦艱丝绘脉鐘秋夢弃谱繪遍块橫迷泊酸趙赢估券抢横肅衔谐譜"
    "什辅誉玉卖搶梦钦肥秦拆輔芬脈若墨择奉偉荷宇软賣絲伟撫棄肃符暗藤軟握鄰肯岩翻硬峯床篮缩贏液擇凤紙浓勁捕湘虚縮孔厚宋諧挑豬猪註兼羊仙龄"
    "譽劲搬纸齡刺晉魔暖髮舞榜敌塊慢症逝否译俗帕爵洞虎籃震鳳腐濃拒虛崇偏儘袭骑兹沟隻替妥描董敵杨譯臣你耶敦饰抚俱畅襲颗溝赞鄂妹坛迹贴茲辞"
    "妃纯渡艇壇莎舍逃巡楊氢御墙裕飾桃粵畜顆阻背娛竹操冊册騎烧履粤默溼奏摘触暢娱尤純卷棚姐辭敢牆混衣迫宏裁熊纠貼栖莉铸途脚羽既陷觸针倉闭"
    "針味珍毀楚糾醒雅仓燒渔柯郎氫渠侨隶郡刊露棲壁械窗静腳呈壤倾煙敬拼傾挖毫辐坐苗竣凝徽輻彰沃滬丘隸尊沪剂靜拟滚礙麻漁碍藉奴殿赏句疑朋趋"
    "井渝閉猎雕僑捷诸鉴綿仰拜吞泥蓄賞粒厉坏徐趨獵佐赁莲壽葡賃遣邀赴偿衷"
)

#: Natural logarithms of the chance of one character of a tier.
_PUNCTUATION, _WIDE, _ASCII, _SIGN = -5.0, -6.5, -4.0, -9.0
_FIRST, _SECOND, _THIRD = -5.5, -7.0, -8.6
_LEVEL_1, _LEVEL_2, _RARE, _FOREIGN, _NEVER = -11.0, -13.5, -17.0, -15.0, -20.0


def _unlisted(character: str) -> float:
    """The tier of a character that is in none of the lists, from the block it is in."""
    code = ord(character)
    if 0x4E00 <= code <= 0x9FFF:
        try:
            lead = character.encode("gb2312")[0]
        except UnicodeEncodeError:
            return _LEVEL_1 - 1.0 if _is_big5_level_1(character) else _RARE
        return _LEVEL_1 if lead <= 0xD7 else _LEVEL_2
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xF900 or code >= 0x110000 - 0x20000 or not character.isprintable():
        return _NEVER
    return _RARE if 0x2E80 <= code < 0xFF00 or code >= 0x20000 else _FOREIGN


def _is_big5_level_1(character: str) -> bool:
    try:
        return 0xA4 <= character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


class _Likelihood(dict[str, float]):
    """Looked up a character at a time; what is in no list is worked out when it is first met."""

    def __missing__(self, character: str) -> float:
        value = self[character] = _unlisted(character)
        return value


_LIKELIHOOD = _Likelihood(
    {
        **dict.fromkeys(THIRD, _THIRD),
        **dict.fromkeys(SECOND, _SECOND),
        **dict.fromkeys(FIRST, _FIRST),
        **dict.fromkeys("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·\u3000", _PUNCTUATION),
        **{chr(code): _WIDE for code in range(0xFF01, 0xFF5F)},
        **{chr(code): _ASCII for code in range(0x20, 0x7F)},
        **dict.fromkeys("\t\n\r", _ASCII),
        **dict.fromkeys("\u00a0①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ℃％‰㎡○●■□▲△★☆◆◇※→×÷±～", _SIGN),
    }
)


def likelihood(text: str) -> float:
    """The natural logarithm of the chance that Chinese prose reads `text`; nearer to nought is likelier."""
    return sum(map(_LIKELIHOOD.__getitem__, text))


def strangeness(text: str) -> float:
    """How unlike Chinese its characters are on average: under 8.7 for prose, over 11.9 in the wrong encoding; 0 for none."""
    return -likelihood(text) / len(text) if text else 0.0
