// The row behind a mention: every column, the rule that made it, and the ways on from there.
"use strict";

(() => {
  const { h, t, format } = zhengbao;
  // What says where the row stands comes after what it says.
  const WHERE = new Set(["fact_id", "doc_id", "article_id", "sentence_id", "start", "end", "raw_start", "raw_end", "raw_spans", "text"]);
  const LINKS = { quantity_id: "go_value", change_quantity_id: "go_change" };

  function shown(name, value) {
    if (Array.isArray(value)) return value.map((item) => (Array.isArray(item) ? item.join("–") : item)).join("；");
    if (typeof value === "number") return name.endsWith("start") || name.endsWith("end") ? String(value) : format.number(value, 6);
    if (name === "subject_code" || name === "place_code" || name === "code") return `${value} ${format.place(value)}`;
    return String(value);
  }

  /** One row as a list of its columns; `follow(ref)` goes to another row of the page. */
  function row(view, ref, follow) {
    const [layer, n] = zhengbao.page.parts(ref);
    const about = zhengbao.summary.columns[layer];
    const filled = [];
    const empty = [];
    for (const name of Object.keys(about)) {
      const value = view.value(layer, n, name);
      if (value === null || value === "" || (Array.isArray(value) && !value.length)) empty.push(name);
      else filled.push([name, value]);
    }
    const cell = ([name, value]) => {
      const target = LINKS[name] && layer === "facts" ? view.quantity(value) : null;
      const content = target ? h("button", { type: "button", class: "link", on: { click: () => follow(target) } }, t(LINKS[name])) : shown(name, value);
      return h("div", { class: name === "rule_id" ? "cell rule" : "cell", title: about[name] }, h("dt", null, zhengbao.column(name)), h("dd", null, content));
    };
    return [
      h("p", { class: `says ${layer}` }, format.line(layer, (name) => view.value(layer, n, name))),
      h("dl", null, filled.filter(([name]) => !WHERE.has(name)).map(cell)),
      h("dl", { class: "where" }, filled.filter(([name]) => WHERE.has(name)).map(cell)),
      empty.length ? h("p", { class: "empty" }, t("empty_columns"), empty.map((name) => zhengbao.column(name)).join(zhengbao.language() === "zh" ? "、" : ", ")) : null,
    ];
  }

  /** Show the rows behind a stretch of text, one at a time; `choose(ref)` selects another of them. */
  function show(element, view, refs, chosen, choose, close) {
    const tab = (ref) => {
      const [layer, n] = zhengbao.page.parts(ref);
      return h("button", { type: "button", class: `tab ${layer}`, "aria-pressed": String(ref === chosen), on: { click: () => choose(ref, refs) } },
        h("b", null, t(layer)), " ", view.value(layer, n, "text") || "");
    };
    element.replaceChildren(
      h("div", { class: "bar" }, h("div", { class: "tabs", role: "group", "aria-label": t("details") }, refs.map(tab)),
        h("button", { type: "button", class: "close", "aria-label": t("close"), on: { click: close } }, "×")),
      h("div", { class: "row", tabindex: 0, role: "region", "aria-label": t("details") }, row(view, chosen, (ref) => choose(ref, refs.includes(ref) ? refs : [ref, ...refs]))));
    element.hidden = false;
  }

  zhengbao.detail = { show };
})();
