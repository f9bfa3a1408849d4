"""HTML, PDF and DOCX become text that keeps blocks, headings and tables, and nothing else."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml

from pipeline.ingest import Limits, Source, decode
from pipeline.ingest.grids import Cell, drawn
from pipeline.ingest.markup import html_text
from tests.ingest.samples import PROSE, TRADITIONAL, pdf, read, word

PAGE = """<!DOCTYPE html><html><head><title>网站名</title><meta charset="%s"><style>p {color: red}</style><script>var a = "<p>假</p>";</script></head>
<body><nav><a href="/">首页</a></nav>
<div class="breadcrumb"><a href="/">首页</a> &gt; <a href="/n">新闻</a></div>
<article><h1>春耕<br>开始</h1><p>第一段&nbsp;有&ldquo;引号&rdquo;，
换了行。</p><p>第二段<b>加粗</b>。<!-- 注 --></p><div>第三段<br/>第四段</div></article>
<ul><li><a>旧闻一则</a></li><li><a>旧闻两则</a></li><li><a>旧闻三则</a></li></ul>
<div style="display: none">藏</div><footer>版权所有</footer></body></html>"""
LINES = ["# 春耕", "# 开始", "第一段\xa0有“引号”， 换了行。", "第二段加粗。", "第三段", "第四段"]


@pytest.mark.parametrize("codec", ["utf-8", "gb2312", "gb18030", "utf-16"])
def test_html_keeps_blocks_and_drops_the_rest(codec: str) -> None:
    decoded = read((PAGE % codec).encode(codec), "html")
    assert decoded.text.split("\n") == LINES
    assert decoded.warnings == ()


def test_html_that_declares_a_wrong_encoding_is_read_in_the_right_one() -> None:
    decoded = read((PAGE % "gb2312").encode("utf-8"), "html")
    assert (decoded.text.split("\n"), decoded.encoding) == (LINES, "utf-8")
    page = f'<meta charset="gbk"><p>{TRADITIONAL}</p>'
    decoded = read(page.encode("big5"), "html")
    assert decoded.encoding == "big5"
    assert "says it is in gb18030" in decoded.warnings[0]


def test_a_page_of_nothing_but_links_is_kept() -> None:
    assert html_text("<ul><li><a>甲</a><li><a>乙</a><li><a>丙</a></ul>") == "甲\n乙\n丙"


def test_a_story_inside_something_called_a_menu_is_kept() -> None:
    story = PROSE.strip().split("\n")[0] * 6
    assert html_text(f'<div class="main-nav"><p>{story}</p></div>') == story


def test_raised_digits_do_not_run_into_the_number() -> None:
    assert html_text("<p>建成<b>30</b>m<sup>2</sup>，排放CO<sub>2</sub>10吨<sup>[1]</sup></p>") == "建成30m²，排放CO₂10吨[1]"


def test_preformatted_lines_stay_apart() -> None:
    assert html_text("<pre>一  行\n  又一行\n</pre><p>一  段\n落</p>") == "一  行\n  又一行\n一 段 落"


TABLE = """<table><caption>表1 主要指标</caption>
<tr><td rowspan=2>指标</td><td rowspan="2">单位</td><td colspan=2>2021年</td></tr><tr><td>总量</td><td>增长（%）</td></tr>
<tr><td rowspan=2>用电量</td><td>亿千瓦时</td><td>12.5</td><td>-3.1</td></tr><tr><td>万元</td><td colspan=2>7,000</td></tr>
<tr><td colspan=4>注：快报数。</td></tr></table>"""


def test_a_table_is_drawn_with_its_header_in_one_row_and_every_row_complete() -> None:
    assert html_text(f"<p>如下：</p>{TABLE}<p>完。</p>").split("\n") == [
        "如下：",
        "表1 主要指标",
        "| 指标 | 单位 | 2021年 总量 | 2021年 增长（%） |",
        "| --- | --- | --- | --- |",
        "| 用电量 | 亿千瓦时 | 12.5 | -3.1 |",
        "| 用电量 | 万元 | 7,000 |  |",
        "注：快报数。",
        "完。",
    ]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    story = PROSE.strip().split("\n")[0] * 20
    assert html_text(f"<table><tr><td>左</td><td><p>{story}</p><p>又一段</p></td></tr></table>").split("\n") == ["左", story, "又一段"]
    outer = f"<table><tr><td>{TABLE}</td><td>旁</td></tr></table>"
    assert "| 用电量 | 万元 | 7,000 |  |" in html_text(outer).split("\n")


def test_cells_that_hold_bars_or_span_the_world() -> None:
    assert drawn([[Cell("甲|乙"), Cell("丙")], [Cell("1"), Cell("2", columns=10**9, rows=10**9)]])[0] == "| 甲\\|乙 | 丙 |" + "  |" * 199
    assert drawn([]) == []
    assert drawn([[Cell("")], [Cell(" ")]]) == []


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + "底",
        "<span>" * 100_000 + "底",
        "<b>" * 3_000 + "<p>底" * 30_000,
        "".join(f"<b id={number}>" for number in range(3_000)) + "<p>底" * 3_000,
        "<table><tr><td>" * 4_000 + "底",
        "<" * 300_000,
        "<a " * 100_000,
        "<!--" * 100_000,
        "&#" * 100_000 + "&amp;" * 100_000,
        "<p>底</p>" * 50_000,
    ],
)
def test_html_that_is_made_to_choke_does_not(html: str) -> None:
    decoded = read(html.encode(), "html")
    assert decoded.status in ("ok", "quarantined")


def test_the_text_layer_of_a_pdf_page_after_page() -> None:
    decoded = read(pdf(["山前日报\n第一版", "第二版，共12条。"]), "pdf")
    assert (decoded.text.split("\n"), decoded.encoding, decoded.warnings) == (["山前日报", "第一版", "第二版，共12条。"], None, ())


def test_a_scan_has_no_text_layer() -> None:
    assert "no text layer" in read(pdf(["", ""]), "pdf").warnings[0]
    mixed = read(pdf(["第一页", "", "第三页"]), "pdf")
    assert mixed.text == "第一页\n第三页"
    assert mixed.warnings == ("1 of its 3 pages have no text layer (page 2).",)


def test_text_that_the_pdf_library_passes_over_is_not_lost_silently() -> None:
    decoded = read(pdf(["第一页\n甲\n乙"]), "pdf")
    # Where the system has a font for them, the library reads the lone characters; where it has none, it says so.
    if "甲" not in decoded.text:
        assert decoded.warnings == ("2 of 3 pieces of text may be lost: their font is not in the file.",)
    else:
        assert (decoded.text, decoded.warnings) == ("第一页\n甲\n乙", ())


def test_pdf_limits() -> None:
    assert "3 pages, more than the 2" in decode(Source("a.pdf", pdf(["一"] * 3), "pdf"), Limits(pdf_pages=2)).warnings[0]
    assert "longer than" in decode(Source("a.pdf", pdf(["一二三四五六七八"]), "pdf"), Limits(page_bytes=20)).warnings[0]


def test_docx_keeps_paragraphs_headings_and_tables() -> None:
    decoded = read(word(["# 工作报告", "第一段。", "", "第二段\n换行"], [["指标", "总量（吨）"], ["稻谷", "12"]]), "docx")
    assert decoded.text.split("\n") == ["# 工作报告", "第一段。", "", "第二段", "换行", "| 指标 | 总量（吨） |", "| --- | --- |", "| 稻谷 | 12 |"]
    assert decoded.encoding is None


def test_docx_reads_what_stands_in_boxes_controls_and_revisions() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    body = document.element.body
    run = "<w:r><w:t>{}</w:t></w:r>"
    body.insert(0, parse_xml(f"<w:sdt {space}><w:sdtContent><w:p>{run.format('控件')}</w:p></w:sdtContent></w:sdt>"))
    changes = f"<w:ins w:id='1'>{run.format('增')}</w:ins><w:del w:id='2'><w:r><w:delText>删</w:delText></w:r></w:del>"
    changes += f"<w:hyperlink>{run.format('链')}</w:hyperlink>"
    body.insert(1, parse_xml(f"<w:p {space}>{changes}<w:r><w:tab/><w:t>后</w:t></w:r></w:p>"))
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run.format('框')}</w:p></w:txbxContent></w:pict></w:r>"
    body.insert(2, parse_xml(f"<w:p {space}>{run.format('框外')}{box}</w:p>"))
    sink = io.BytesIO()
    document.save(sink)
    assert read(sink.getvalue(), "docx").text.split("\n") == ["控件", "增链\t后", "框外", "框"]


def test_merged_cells_of_a_docx_table() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for y, row in enumerate([["类别", "数量", "增长"], ["粮食", "12", "3"], ["", "13", "4"]]):
        for x, cell in enumerate(row):
            table.cell(y, x).text = cell
    table.cell(1, 0).merge(table.cell(2, 0))
    sink = io.BytesIO()
    document.save(sink)
    assert read(sink.getvalue(), "docx").text.split("\n")[2:] == ["| 粮食 | 12 | 3 |", "| 粮食 | 13 | 4 |"]
