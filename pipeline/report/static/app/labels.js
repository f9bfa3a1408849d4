// Every word of the report itself, in Chinese and English, and the Chinese names of columns and of the values they may hold.
"use strict";

(() => {
  const WORDS = {
    skip: ["跳到正文", "Skip to content"],
    views: ["视图", "Views"],
    pages: ["页面", "Pages"],
    facts: ["数据", "Facts"],
    officials: ["任职", "Officials"],
    issues: ["待核", "Issues"],
    charts: ["图表", "Charts"],
    quantities: ["数量", "Quantities"],
    times: ["时间", "Times"],
    people: ["人名", "People"],
    places: ["地名", "Places"],
    found: ["检索", "Found"],
    switch_language: ["Switch to English", "切换到中文"],
    language_name: ["English", "中文"],
    search: ["检索标题、路径与全文", "Search titles, paths, text"],
    searching: ["正在检索全文 {n}/{of} …", "Searching the full text {n}/{of} …"],
    n_found: ["{n} 个页面", "{n} pages"],
    more_than_found: ["已列出前 {n} 个页面；请缩小范围", "The first {n} pages; say more to narrow them down"],
    none_found: ["没有找到", "Nothing found"],
    more: ["再列 {n} 个", "{n} more"],
    list: ["页面与文章", "Pages and articles"],
    n_articles: ["{n} 篇", "{n} articles"],
    n_facts: ["{n} 条数据", "{n} facts"],
    publication: ["报刊", "Publication"],
    issue_date: ["日期", "Date"],
    place_code: ["地区", "Place"],
    format: ["体例", "Format"],
    n_chars: ["字数", "Characters"],
    article: ["第 {n} 篇", "Article {n}"],
    untitled: ["（无标题）", "(no headline)"],
    raw: ["原文", "Page as decoded"],
    rebuilt: ["还原的文章", "Articles rebuilt"],
    raw_hint: ["原始页面文本，一字未改", "nothing changed"],
    rebuilt_hint: ["断行接回，繁简与全半角归一", "broken lines joined, scripts and widths folded"],
    show_layers: ["显示", "Show"],
    quarantined: ["未能读取", "could not be read"],
    opening: ["正在打开 …", "Opening …"],
    no_such_page: ["没有这个页面", "There is no such page"],
    piece_missing: ["缺少文件 {name}；请重新生成报告", "The file {name} is missing; make the report again"],
    close: ["关闭", "Close"],
    details: ["详情", "Details"],
    rule: ["规则", "Rule"],
    go_change: ["变化量", "the change"],
    go_value: ["数值", "the value"],
    empty_columns: ["空列：", "Empty: "],
    keys_hint: ["方向键移到前后标注，回车查看", "Arrow keys move between mentions, Enter opens one"],
    previous: ["上一页", "Previous"],
    next: ["下一页", "Next"],
    rows_of: ["第 {from}–{to} 行，共 {n} 行", "Rows {from}–{to} of {n}"],
    no_rows: ["没有符合条件的行", "No row fits"],
    loading_rows: ["已读入 {n}/{of} 行 …", "{n} of {of} rows read …"],
    filter: ["筛选 {name}", "Filter {name}"],
    filter_all: ["筛选所有列", "Filter all columns"],
    clear: ["清除筛选", "Clear filters"],
    any: ["全部", "any"],
    number_hint: [">100 或 5..10", ">100 or 5..10"],
    date_hint: ["2023-01..", "2023-01.."],
    download: ["下载 CSV", "Download CSV"],
    to_text: ["查看原文", "Show in the text"],
    as_table: ["表格", "Table"],
    by_body: ["按机构", "By body"],
    rows: ["明细", "Rows"],
    n_people: ["{n} 人", "{n} people"],
    no_body: ["（职务自含机构）", "(the post names its own body)"],
    no_place: ["（地点不详）", "(place not known)"],
    nation: ["全国", "Nation"],
    ranked: ["第{n}位", "rank {n}"],
    pp: ["个百分点", "pp"],
    vague: ["不定", "vague"],
    deictic: ["依上下文", "from context"],
    chart_series: ["指标：地区与时期", "Indicators by place and period"],
    chart_series_about: ["来自 panel：同一指标、地区、时期的说法合并后的水平与增速", "From panel: level and growth of each indicator, place and period, statements merged"],
    chart_facts: ["数据按指标与性质", "Facts by indicator and modality"],
    chart_facts_about: ["出现最多的指标；实绩、目标与预计分色", "The indicators stated most; reached, set as a goal, expected"],
    chart_digits: ["覆盖：每个数字读成了什么", "Coverage: what every digit was read as"],
    chart_digits_about: ["页面中的阿拉伯数字，一个不少", "Every Arabic digit on the pages is in one of these"],
    chart_issues: ["待核的种类", "Issues by kind"],
    chart_issues_about: ["没有读懂的、核对不符的、有意略去的，都在这里", "What was not understood, does not add up, or was left out on purpose"],
    chart_bodies: ["官员按机构", "Officials by body"],
    chart_bodies_about: ["每个机构有多少位不同的人", "How many different people each body has"],
    by_place: ["看一个地区", "One place"],
    by_indicator: ["看一个指标", "One indicator"],
    place: ["地区", "Place"],
    indicator: ["指标", "Indicator"],
    period: ["时期", "Period"],
    measure: ["内容", "Measure"],
    level: ["水平", "Level"],
    growth: ["增速", "Growth"],
    length: ["时期长度", "Length of period"],
    disagree: ["各处说法不一", "sources disagree"],
    n_sources: ["{n} 页", "{n} pages"],
    no_panel: ["还没有可比的指标", "No comparable indicators yet"],
    no_catalogue: ["（未入指标表）", "(not in the catalogue)"],
    other_indicators: ["（其余 {n} 个指标）", "({n} more indicators)"],
    read_share: ["{share} 的数字已读，{n} 个待核", "{share} of digits read, {n} in issues"],
  };

  /** Values that columns may hold. */
  const VALUES = {
    actual: ["实绩", "actual"], target: ["目标", "target"], forecast: ["预计", "forecast"],
    yoy: ["同比", "year on year"], mom: ["环比（月）", "month on month"], qoq: ["环比（季）", "quarter on quarter"], prev_year: ["较上年末", "on the previous year"],
    annual_avg: ["年均", "annual average"], ratio: ["倍比", "ratio"], region: ["与他地相比", "against a region"], plan: ["与计划相比", "against the plan"], other: ["其他", "other"],
    up: ["上升", "up"], down: ["下降", "down"], flat: ["持平", "flat"],
    incumbent: ["在任", "incumbent"], appointed: ["新任", "appointed"], nominated: ["提名", "nominated"], former: ["原任", "former"],
    official: ["官员", "official"], reporter: ["记者", "reporter"],
    exact: ["确数", "exact"], about: ["约", "about"], at_least: ["至少", "at least"], at_most: ["至多", "at most"], more_than: ["超过", "more than"], less_than: ["不足", "less than"], nearly: ["近", "nearly"],
    province: ["省级", "province"], city: ["地级", "city"], county: ["县级", "county"], township: ["乡级", "township"], village: ["村级", "village"], zone: ["开发区", "zone"],
    region: ["区域", "region"], foreign: ["国外", "foreign"], nation: ["国家", "nation"],
    unread_number: ["未读数字", "unread number"], unknown_unit: ["未知单位", "unknown unit"], unresolved_place: ["未定地名", "unresolved place"], unresolved_time: ["未定时间", "unresolved time"],
    doubled_character: ["重字", "doubled character"], furniture: ["版面附字（略去）", "furniture, left out"], layout: ["版面", "layout"], decoding: ["解码", "decoding"], check_failed: ["核对不符", "check failed"], metadata: ["说明有误", "metadata"],
    quantity: ["数量", "quantity"], time: ["时间", "time"], ordinal: ["序数", "ordinal"], name: ["名称与编号", "name or identifier"], left_out: ["略去的版面附字", "furniture, left out"], unread: ["未读（待核）", "unread, in issues"],
    news: ["新闻", "news"], speech: ["讲话", "speech"], brief: ["简讯", "brief"], notice: ["公告", "notice"], photo: ["图片", "photo"],
    headline: ["标题", "headline"], kicker: ["肩题", "kicker"], byline: ["署名", "byline"], subhead: ["小标题", "subhead"], caption: ["图说", "caption"],
    ok: ["正常", "ok"], true: ["是", "yes"], false: ["否", "no"],
    year: ["全年", "year"], half: ["半年", "half-year"], quarter: ["季度", "quarter"], month: ["月", "month"], to_date: ["年内累计", "year to date"], years: ["多年", "years"],
  };

  const COLUMNS = {
    doc_id: "页面号", article_id: "文章号", sentence_id: "句子号", start: "句中起", end: "句中止", raw_start: "原文起", raw_end: "原文止", raw_spans: "原文各段", text: "文字", rule_id: "规则",
    path: "路径", sha256: "校验和", encoding: "编码", format: "体例", publication: "报刊", issue_date: "出版日期", issue_date_method: "日期来源", date_earliest: "不早于", place_code: "地区代码",
    place_code_method: "地区来源", n_chars: "字数", status: "状态", warnings: "提示", person: "姓名", person_id: "人物号", role: "身份", title: "职务全称", organisation: "机构", post: "职务",
    name: "全称", code: "代码", level: "层级", deictic: "指代", nested: "嵌套", method: "判定方法", province: "省", city: "市", county: "县", township: "乡镇",
    start_date: "起日", end_date: "止日", granularity: "粒度", vague: "不定", anchor: "参照", quantity_id: "数量号", number_text: "数字", unit_text: "单位原文", low: "下限", high: "上限",
    value: "数值", unit: "单位", dimension: "量纲", base_value: "基本单位值", base_unit: "基本单位", qualifier: "限定", fact_id: "数据号", subject: "主体", subject_code: "主体代码",
    indicator: "指标", indicator_id: "标准指标", change_quantity_id: "变化量号", change_low: "变化下限", change_high: "变化上限", change_value: "变化", change_unit: "变化单位",
    change_basis: "比较基准", change_direction: "方向", period_text: "时期原文", period_start: "期初", period_end: "期末", rank: "位次", rank_scope: "排名范围", target_share: "完成目标%",
    modality: "性质", checks: "核对", kind: "种类", stage: "环节", context: "上下文", page: "页面", period: "时期",
  };

  let language = "zh";
  try {
    language = localStorage.getItem("zhengbao.language") === "en" ? "en" : "zh";
  } catch {
    // A browser may keep no storage for files; the choice then lasts as long as the page.
  }
  const said = (pair, fallback) => (pair ? pair[language === "zh" ? 0 : 1] : fallback);

  zhengbao.language = () => language;

  /** A phrase of the report, its {names} filled in. */
  zhengbao.t = (key, values) => said(WORDS[key], key).replace(/\{(\w+)\}/g, (_, name) => values[name]).replace(/^1 (\w+)s$/, "1 $1");

  /** A value a column may hold, in the reader's language; what is not known is shown as it is. */
  zhengbao.word = (value) => (value === null ? "" : said(Object.hasOwn(VALUES, value) ? VALUES[value] : null, String(value).replaceAll("_", " ")));

  /** A column's name; in English it is the one the dataset has. */
  zhengbao.column = (name) => (language === "zh" && COLUMNS[name]) || name;

  /** Put the words into the fixed parts of the page. */
  zhengbao.relabel = () => {
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    for (const element of document.querySelectorAll("[data-label]")) element.textContent = zhengbao.t(element.dataset.label);
    for (const element of document.querySelectorAll("[data-aria]")) element.setAttribute("aria-label", zhengbao.t(element.dataset.aria));
    document.getElementById("language").textContent = zhengbao.t("language_name");
  };

  zhengbao.switchLanguage = () => {
    language = language === "zh" ? "en" : "zh";
    try {
      localStorage.setItem("zhengbao.language", language);
    } catch {
      // See above.
    }
    zhengbao.relabel();
  };
})();
