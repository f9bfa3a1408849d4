// The tables of facts, officials and issues, and the officials of each body.
"use strict";

(() => {
  const { h, t, format } = zhengbao;
  const list = () => zhengbao.list;
  const made = new Map();
  let byBody = false;

  const placed = (column) => (get) => [format.place(get(column), true), get(column)].filter(Boolean).join(" ") || null;
  const page = { name: "page", kind: "text", class: "page-cell", value: (get) => list().title(get("page")), show: (get) => list().title(get("page")) };
  const rule = { name: "rule_id", class: "rule-cell" };

  const COLUMNS = {
    facts: () => [
      { name: "indicator", class: "wide" },
      { name: "subject", value: (get) => get("subject") || get("organisation") },
      { name: "subject_code", class: "code", value: placed("subject_code"), show: (get) => (get("subject_code") ? h("span", { title: placed("subject_code")(get) }, format.place(get("subject_code")), " ", h("small", null, get("subject_code"))) : "") },
      { name: "value", kind: "number", show: (get) => (get("unit") === "rank" ? format.quantity(get("value"), "rank") : get("value") === null ? "" : format.quantity(get("value"), "")) },
      { name: "unit", class: "unit", show: (get) => (get("unit") === "rank" ? "rank" : get("unit")) },
      { name: "change_value", kind: "number", value: (get) => (get("change_value") === null ? null : get("change_direction") === "down" ? -get("change_value") : get("change_value")), show: (get) => h("span", { class: `change ${get("change_direction") || ""}` }, format.change(get("change_value"), get("change_unit"), get("change_direction"))) },
      { name: "change_basis", kind: "choice", choices: ["yoy", "mom", "qoq", "prev_year", "annual_avg", "ratio", "region", "plan", "other"] },
      { name: "period_start", label: zhengbao.column("period"), kind: "day", class: "when", show: (get) => format.period(get("period_start"), get("period_end")) },
      { name: "modality", kind: "choice", choices: ["actual", "target", "forecast"] },
      { name: "indicator_id", class: "id-cell", value: (get) => (get("indicator_id") ? `${format.indicator(get("indicator_id"))} ${get("indicator_id")}` : null), show: (get) => get("indicator_id") },
      rule,
      page,
    ],
    officials: () => [
      { name: "person" },
      { name: "title", class: "wide" },
      { name: "organisation", class: "wide" },
      { name: "post" },
      { name: "place_code", value: placed("place_code"), show: (get) => (get("place_code") ? h("span", null, format.place(get("place_code"), true), " ", h("small", null, get("place_code"))) : "") },
      { name: "status", kind: "choice", choices: ["incumbent", "appointed", "nominated", "former"] },
      { name: "person_id" },
      rule,
      page,
    ],
    issues: () => [
      { name: "text" },
      { name: "kind", kind: "choice", choices: Object.keys(zhengbao.summary.issues) },
      { name: "context", class: "wide" },
      { name: "stage" },
      rule,
      page,
    ],
  };
  const READ = {
    facts: ["page", "row", "indicator", "indicator_id", "subject", "subject_code", "organisation", "value", "unit", "change_value", "change_unit", "change_direction", "change_basis", "period_start", "period_end", "modality", "text", "rule_id"],
    officials: ["page", "row", "person", "person_id", "title", "organisation", "post", "place_code", "status", "rule_id"],
    issues: ["page", "row", "kind", "stage", "text", "context", "rule_id"],
  };

  const address = (kind) => (get) => list().link(get("page"), kind, get("row"));

  /** People by body and bodies by place: nested lists from the table's rows. */
  function bodies(rows) {
    const places = new Map();
    for (const get of rows) {
      const code = get("place_code") || "";
      const body = get("organisation") || "";
      if (!places.has(code)) places.set(code, new Map());
      if (!places.get(code).has(body)) places.get(code).set(body, new Map());
      const people = places.get(code).get(body);
      const who = get("person_id") || get("person");
      if (!people.has(who)) people.set(who, []);
      people.get(who).push(get);
    }
    return places;
  }

  function switcher(draw) {
    const button = (on, label) => h("button", { type: "button", "aria-pressed": String(byBody === on), on: { click: () => { byBody = on; draw(); } } }, t(label));
    return h("div", { class: "switch", role: "group", "aria-label": t("officials") }, button(false, "rows"), button(true, "by_body"));
  }

  function drawBodies(element, rows, draw) {
    const size = (people) => people.size;
    const total = (inPlace) => [...inPlace.values()].reduce((sum, people) => sum + people.size, 0);
    const posts = (mentions) => [...new Map(mentions.map((get) => [get("post") + get("status"), get])).values()];
    const person = (mentions) => h("li", null, h("b", null, mentions[0]("person")), posts(mentions).map((get) =>
      h("a", { href: address("officials")(get) }, get("post"), get("status") === "incumbent" ? null : h("i", null, zhengbao.word(get("status"))))));
    const body = ([name, people]) => h("section", { class: "body-card" }, h("h3", null, name || t("no_body"), people.size > 1 ? h("small", null, t("n_people", { n: people.size })) : null), h("ul", null, [...people.values()].map(person)));
    const place = ([code, inPlace], n) => h("details", { class: "place", open: n < 3 },
      h("summary", null, code ? `${format.place(code, true)} ` : t("no_place"), h("small", null, format.several(code, t("n_people", { n: total(inPlace) })))),
      h("div", { class: "body-list" }, [...inPlace].sort((a, b) => size(b[1]) - size(a[1])).map(body)));
    element.replaceChildren(h("div", { class: "table-bar" }, switcher(draw)),
      h("div", { class: "table-scroll by-body", tabindex: 0, role: "region", "aria-label": t("by_body") }, [...bodies(rows)].sort((a, b) => Boolean(b[0]) - Boolean(a[0]) || total(b[1]) - total(a[1])).map(place)));
  }

  /** Show one of the tables, its rows read the first time; `filter` is a column and the words asked of it. */
  async function show(kind, { fresh, filter } = {}) {
    const element = document.getElementById(`view-${kind}`);
    const draw = () => show(kind, { fresh: true });
    if (fresh) made.get(kind).columns.splice(0, Infinity, ...COLUMNS[kind]());
    if (!made.has(kind)) {
      const columns = COLUMNS[kind]();
      const table = zhengbao.table.make(element, kind, columns, address(kind), kind === "officials" ? () => switcher(draw) : null);
      made.set(kind, { table, columns });
      if (filter) table.ask(...filter);
      table.draw();
      await table.read(READ[kind]);
    } else if (fresh || filter) {
      if (filter) {
        byBody = false;
        made.get(kind).table.ask(...filter);
      }
      if (kind === "officials" && byBody) drawBodies(element, made.get(kind).table.all(), draw);
      else made.get(kind).table.draw();
    }
  }

  /** Rows of a table, read where that has not been done. */
  async function rows(kind) {
    if (!made.has(kind)) await show(kind);
    return made.get(kind).table.all();
  }

  zhengbao.tables = { show, rows, bodies, redraw: () => { for (const kind of made.keys()) show(kind, { fresh: true }); } };
})();
