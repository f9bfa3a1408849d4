// A table over all pages: sorted, filtered and shown a hundred rows at a time, whatever its length.
"use strict";

(() => {
  const { h, t } = zhengbao;
  const AT_ONCE = 100;
  const whole = (n) => zhengbao.format.number(n, 0);
  const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

  /** `>100`, `<=5`, `5..10` or a plain number, as a test. */
  function numberTest(words) {
    const range = /^\s*(-?[\d.]+)?\s*\.\.\s*(-?[\d.]+)?\s*$/.exec(words);
    if (range) return (value) => value !== null && (range[1] === undefined || value >= Number(range[1])) && (range[2] === undefined || value <= Number(range[2]));
    const [, sign, digits] = /^\s*([<>]=?|=)?\s*(-?[\d.]+)\s*$/.exec(words) || [];
    if (digits === undefined) return () => false;
    const limit = Number(digits);
    const tests = { ">": (v) => v > limit, ">=": (v) => v >= limit, "<": (v) => v < limit, "<=": (v) => v <= limit };
    return (value) => value !== null && (tests[sign] || ((v) => v === limit))(value);
  }

  /** `2023`, `2023-05` or `2022..2023-06`, as a test of days. */
  function dayTest(words) {
    const [from, to] = words.includes("..") ? words.split("..").map((part) => part.trim()) : [words.trim(), words.trim()];
    return (value) => value !== null && (!from || value >= from) && (!to || value.slice(0, to.length) <= to);
  }

  function textTest(words) {
    const sought = zhengbao.search.fold(words.trim());
    return (value) => value !== null && zhengbao.search.fold(String(value)).includes(sought);
  }

  const TESTS = { number: numberTest, day: dayTest, text: textTest, choice: (words) => (value) => String(value) === words };

  /**
   * A table in an element. `columns` are `{name, kind, show(get), value(get), label, choices}`: `value` is what is sorted and
   * filtered, `show` what is seen; `open(get)` is the address of a row's place in the text.
   */
  function make(element, kind, columns, open, note) {
    const data = new Map();
    const filters = new Map();
    let rows = 0;
    let chosen = [];
    let sorting = null;
    let first = 0;
    let ranks = new Map();

    const getter = (row) => (name) => (data.has(name) ? data.get(name)[row] : null);
    const valueOf = (column) => column.value || ((get) => get(column.name));

    async function read(names) {
      for (const name of names) data.set(name, []);
      await zhengbao.pieces.each(kind, (piece, n, of) => {
        for (const [name, values] of data) for (let row = 0; row < piece.n; row += 1) values.push(piece.get(name, row));
        rows += piece.n;
        if (n < of) {
          status(t("loading_rows", { n: whole(rows), of: whole(zhengbao.summary.tables[kind].rows) }));
          if (n === 1) update();
        }
      });
      update();
    }

    /** A number for each row that orders it; words are compared once each, not once a pair. */
    function ranked(column) {
      if (ranks.has(column.name) && ranks.get(column.name).length === rows) return ranks.get(column.name);
      const value = valueOf(column);
      const values = Array.from({ length: rows }, (_, row) => value(getter(row)));
      let out = values;
      if (column.kind !== "number") {
        const words = [...new Set(values.filter((one) => one !== null && one !== ""))].sort((a, b) => collator.compare(a, b));
        const order = new Map(words.map((word, n) => [word, n]));
        out = values.map((one) => (order.has(one) ? order.get(one) : null));
      }
      ranks.set(column.name, out);
      return out;
    }

    function choose() {
      const tests = [...filters].filter(([, words]) => words.trim()).map(([name, words]) => {
        if (name === "") {
          const test = textTest(words);
          const values = columns.map(valueOf);
          return (get) => values.some((value) => test(value(get)));
        }
        const column = columns.find((one) => one.name === name);
        const [test, value] = [TESTS[column.kind || "text"](words), valueOf(column)];
        return (get) => test(value(get));
      });
      chosen = [];
      for (let row = 0; row < rows; row += 1) {
        const get = getter(row);
        if (tests.every((test) => test(get))) chosen.push(row);
      }
      if (!sorting) return;
      const keys = ranked(columns.find(({ name }) => name === sorting.name));
      const way = sorting.down ? -1 : 1;
      chosen.sort((a, b) => (keys[a] === null ? (keys[b] === null ? a - b : 1) : keys[b] === null ? -1 : (keys[a] - keys[b]) * way || a - b));
    }

    function status(text) {
      element.querySelector(".table-status").textContent = text;
    }

    function update() {
      choose();
      first = 0;
      body();
    }

    function body() {
      const shown = chosen.slice(first, first + AT_ONCE);
      element.querySelector("tbody").replaceChildren(...shown.map((row) => {
        const get = getter(row);
        const cells = columns.map((column, n) => {
          const content = column.show ? column.show(get) : column.kind === "choice" ? zhengbao.word(get(column.name)) : get(column.name);
          const link = n === 0 ? h("a", { href: open(get), title: t("to_text") }, content || "—") : content;
          return h(n === 0 ? "th" : "td", { class: column.kind === "number" ? "number" : column.class, scope: n === 0 ? "row" : null }, link);
        });
        return h("tr", { on: { click: (event) => { if (!event.target.closest("a") && !getSelection().toString()) location.hash = open(get); } } }, cells);
      }));
      status(chosen.length ? t("rows_of", { from: whole(first + 1), to: whole(first + shown.length), n: whole(chosen.length) }) : t("no_rows"));
      element.querySelector(".back").disabled = first === 0;
      element.querySelector(".on").disabled = first + AT_ONCE >= chosen.length;
      for (const head of element.querySelectorAll("th[data-name]")) {
        head.setAttribute("aria-sort", sorting && sorting.name === head.dataset.name ? (sorting.down ? "descending" : "ascending") : "none");
      }
    }

    function turn(by) {
      first = Math.max(0, Math.min(first + by, chosen.length - 1));
      body();
      element.querySelector(".table-scroll").scrollTop = 0;
    }

    function sort(name) {
      sorting = sorting && sorting.name === name ? (sorting.down ? null : { name, down: true }) : { name, down: false };
      update();
    }

    const filtered = zhengbao.later(update, 150);

    function filter(column) {
      const label = t("filter", { name: column.label || zhengbao.column(column.name) });
      const kept = filters.get(column.name) || "";
      const act = (event) => {
        filters.set(column.name, event.target.value);
        filtered();
      };
      if (column.kind === "choice") {
        const options = column.choices.map((choice) => h("option", { value: choice, selected: choice === kept }, zhengbao.word(choice)));
        return h("select", { "aria-label": label, on: { change: act } }, h("option", { value: "" }, t("any")), options);
      }
      const hint = { number: t("number_hint"), day: t("date_hint") }[column.kind];
      return h("input", { type: "search", "aria-label": label, placeholder: hint, title: hint, value: kept, on: { input: act } });
    }

    /** The chosen rows as a file a spreadsheet opens; a cell that a spreadsheet would calculate is kept as text. */
    function download() {
      const quoted = (value) => {
        const text = value === null || value === undefined ? "" : String(value);
        const inert = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
        return `"${inert.replaceAll('"', '""')}"`;
      };
      const names = [...data.keys()].filter((name) => name !== "page" && name !== "row");
      const lines = chosen.map((row) => [zhengbao.list.page(data.get("page")[row]).get("path"), ...names.map((name) => data.get(name)[row])].map(quoted).join(","));
      const blob = new Blob(["\ufeff", ["path", ...names].join(","), "\r\n", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
      const link = h("a", { href: URL.createObjectURL(blob), download: `${kind}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }

    /** Ask one thing of one column, and nothing else. */
    function ask(name, words) {
      filters.clear();
      if (columns.some((column) => column.name === name)) filters.set(name, words);
    }

    function clear() {
      filters.clear();
      sorting = null;
      draw();
    }

    function draw() {
      const head = columns.map((column) => h("th", { scope: "col", "aria-sort": "none", class: column.kind === "number" ? "number" : column.class, data: { name: column.name } },
        h("button", { type: "button", class: "sort", title: (zhengbao.summary.columns[kind] || {})[column.name], on: { click: () => sort(column.name) } }, column.label || zhengbao.column(column.name))));
      element.replaceChildren(
        h("div", { class: "table-bar" }, note ? note() : null,
          h("input", { type: "search", class: "all", "aria-label": t("filter_all"), placeholder: t("filter_all"), value: filters.get("") || "", on: { input: (event) => { filters.set("", event.target.value); filtered(); } } }),
          h("button", { type: "button", on: { click: clear } }, t("clear")),
          h("button", { type: "button", on: { click: download } }, t("download")),
          h("span", { class: "table-status", role: "status" }),
          h("button", { type: "button", class: "back", on: { click: () => turn(-AT_ONCE) } }, t("previous")),
          h("button", { type: "button", class: "on", on: { click: () => turn(AT_ONCE) } }, t("next"))),
        h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": t(kind) },
          h("table", null, h("caption", { class: "unseen" }, t(kind)),
            h("thead", null, h("tr", null, head), h("tr", { class: "filters" }, columns.map((column) => h("td", { class: column.class }, filter(column))))),
            h("tbody"))));
      update();
    }

    return { read, draw, ask, all: () => Array.from({ length: rows }, (_, row) => getter(row)) };
  }

  zhengbao.table = { make };
})();
