// Drawing charts as SVG; each is followed by the same numbers as a table for those who read rather than look.
"use strict";

(() => {
  const { h, svg, t } = zhengbao;
  const ROW = 24;

  /** The numbers of a chart as a table that opens below it. */
  function numbers(heads, rows) {
    return h("details", { class: "numbers" }, h("summary", null, t("as_table")),
      h("div", { class: "numbers-scroll", tabindex: 0, role: "region", "aria-label": t("as_table") }, h("table", null, h("thead", null, h("tr", null, heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", null, rows.map((row) => h("tr", null, row.map((cell, n) => h(n ? "td" : "th", n ? null : { scope: "row" }, cell))))))));
  }

  const legend = (entries) => h("ul", { class: "legend" }, entries.map(([name, label]) => h("li", null, h("span", { class: `swatch ${name}` }), label)));

  /** As many characters as fit; Chinese ones are twice as wide. */
  function fitted(text, width, size) {
    let room = width / size;
    let kept = "";
    for (const char of text) {
      room -= char.charCodeAt(0) > 255 ? 1 : 0.56;
      if (room < 1) return `${kept}…`;
      kept += char;
    }
    return text;
  }

  /**
   * Horizontal bars, stacked or on both sides of nought. A row is `{label, parts: [{value, name, title}], text, href, aside}`:
   * `text` stands at the bar's end and `aside` in a column of its own.
   */
  function bars(rows, { label, width, labelWidth = 180, asideWidth = 0, textWidth = 70 }) {
    const sums = rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + (value || 0), 0));
    const low = Math.min(0, ...sums);
    const high = Math.max(0, ...sums, low < 0 ? 0 : 1e-9);
    const left = labelWidth + asideWidth + (low < 0 ? textWidth : 6);
    const room = Math.max(40, width - left - textWidth);
    const x = (value) => left + ((value - low) / (high - low)) * room;
    const drawn = rows.map((row, n) => {
      const y = n * ROW;
      let sum = 0;
      const pieces = row.parts.filter(({ value }) => value).map(({ value, name, title }) => {
        const [a, b] = [x(sum), x(sum + value)].sort((one, other) => one - other);
        sum += value;
        return svg("rect", { x: a, y: y + 4, width: Math.max(1, b - a), height: ROW - 8, class: `bar ${name}` }, svg("title", null, title || String(value)));
      });
      const negative = sum < 0;
      const name = svg("text", { x: labelWidth - 4, y: y + ROW / 2, class: "label", "text-anchor": "end" }, svg("title", null, row.label), fitted(row.label, labelWidth - 8, 13));
      return svg("g", null,
        row.href ? svg("a", { href: row.href, class: "bar-link" }, name) : name,
        asideWidth ? svg("text", { x: labelWidth + asideWidth - 4, y: y + ROW / 2, class: "aside", "text-anchor": "end" }, row.aside || "") : null,
        pieces,
        row.text ? svg("text", { x: x(sum) + (negative ? -5 : 5), y: y + ROW / 2, class: "value", "text-anchor": negative ? "end" : "start" }, row.text) : null);
    });
    const height = rows.length * ROW + 2;
    return svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label },
      svg("line", { x1: x(0), x2: x(0), y1: 0, y2: height, class: "axis" }), drawn);
  }

  /** Round values that divide a range. */
  function ticks(low, high) {
    const rough = (high - low) / 4 || 1;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((n) => n * power).find((one) => one >= rough);
    const out = [];
    for (let n = Math.ceil(low / step); n <= Math.floor(high / step + 1e-9); n += 1) out.push(n * step);
    return out;
  }

  /** Lines over time. A series is `{name, label, points: [{at, value, title}]}`; `at` is when, for points and `periods` alike. */
  function lines(series, periods, { label, width, show }) {
    const height = 300;
    const [left, right, top, bottom] = [84, 20, 14, 30];
    const values = series.flatMap(({ points }) => points.map(({ value }) => value));
    const span = [Math.min(...values), Math.max(...values)];
    const low = span[0] > 0 && span[0] < span[1] / 2 ? 0 : span[0] - (span[1] - span[0]) * 0.08;
    const high = span[1] + (span[1] - low) * 0.06 || 1;
    const [first, last] = [periods[0].at, periods[periods.length - 1].at];
    const x = (at) => left + (last > first ? (at - first) / (last - first) : 0.5) * (width - left - right);
    const y = (value) => height - bottom - ((value - low) / (high - low || 1)) * (height - top - bottom);
    const grid = ticks(low, high).map((tick) => [
      svg("line", { x1: left, x2: width - right, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "grid" }),
      svg("text", { x: left - 8, y: y(tick), class: "tick", "text-anchor": "end" }, show(tick)),
    ]);
    // A name that would run into the one before is left out.
    let taken = -Infinity;
    const names = periods.map(({ at, label: name }) => {
      const half = name.length * 4;
      if (x(at) - half < taken) return null;
      taken = x(at) + half + 8;
      return svg("text", { x: Math.min(x(at), width - half), y: height - 10, class: "tick", "text-anchor": "middle" }, name);
    });
    const drawn = series.map(({ name, points }) => svg("g", { class: `series ${name}` },
      svg("polyline", { points: points.map(({ at, value }) => `${x(at)},${y(value)}`).join(" ") }),
      points.map(({ at, value, title }) => svg("circle", { cx: x(at), cy: y(value), r: 4 }, svg("title", null, title)))));
    return svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label }, grid, names, drawn);
  }

  zhengbao.drawing = { bars, lines, legend, numbers };
})();
