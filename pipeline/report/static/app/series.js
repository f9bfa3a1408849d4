// Indicators by place and period: one place's figures of a period, or one indicator across places and periods.
"use strict";

(() => {
  const { h, t, format, drawing } = zhengbao;
  const PLACES = 8;
  const state = { view: null, place: null, period: null, indicator: null, measure: null, length: null };
  let rows = null;

  /** How long a period is, so that like is compared with like. */
  function length(start, end) {
    if (!start || !end) return "other";
    const months = (Number(end.slice(0, 4)) - Number(start.slice(0, 4))) * 12 + Number(end.slice(5, 7)) - Number(start.slice(5, 7)) + 1;
    if (!start.endsWith("-01")) return "other";
    if (months > 12) return "years";
    return { 12: "year", 6: "half", 3: "quarter", 1: "month" }[months] || (start.slice(5) === "01-01" ? "to_date" : "other");
  }

  async function read() {
    if (rows) return;
    rows = [];
    await zhengbao.pieces.each("panel", (piece) => {
      for (let n = 0; n < piece.n; n += 1) {
        const get = (name) => piece.get(name, n);
        const [start, end] = [get("period_start"), get("period_end")];
        rows.push({ place: get("subject_code"), indicator: get("indicator_id"), unit: get("unit"), value: get("value"), change: get("change_value"), basis: get("change_basis"), agree: get("agree"), sources: get("n_sources"), end: end || "", start: start || "", period: format.period(start, end), length: length(start, end) });
      }
    });
  }

  /** Distinct values with how many rows have them, the commonest first. */
  function counted(among, key) {
    const counts = new Map();
    for (const row of among) counts.set(key(row), (counts.get(key(row)) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  }

  function chooser(name, options, shown, redraw) {
    if (!options.includes(state[name])) [state[name]] = options;
    return h("label", null, t(name), " ", h("select", { data: { control: name }, on: { change: (event) => { state[name] = event.target.value; redraw(`[data-control="${name}"]`); } } },
      options.map((option) => h("option", { value: option, selected: option === state[name] }, shown(option)))));
  }

  const growth = (change) => (change === null ? "" : `${change > 0 ? "+" : ""}${format.number(change, 2)}%`);

  /** One place in one period: every indicator's level in figures and its growth as a bar. */
  function ofPlace(width, redraw) {
    const places = counted(rows, (row) => row.place).map(([code]) => code);
    const place = chooser("place", places, (code) => `${format.place(code, true)} ${code}`, redraw);
    const here = rows.filter((row) => row.place === state.place);
    const periods = counted(here, (row) => `${row.start}|${row.end}`).map(([key]) => key);
    const period = chooser("period", periods, (key) => format.period(...key.split("|")), redraw);
    const chosen = here.filter((row) => `${row.start}|${row.end}` === state.period)
      .sort((a, b) => (a.change === null) - (b.change === null) || (b.change || 0) - (a.change || 0) || (a.indicator < b.indicator ? -1 : 1));
    const bars = chosen.map((row) => ({
      label: format.indicator(row.indicator),
      href: `#/facts/indicator_id/${encodeURIComponent(row.indicator)}`,
      aside: format.quantity(row.value, row.unit) + (row.agree ? "" : " *"),
      parts: [{ value: row.change, name: row.change < 0 ? "down" : "up", title: format.several(zhengbao.word(row.basis), growth(row.change)) }],
      text: growth(row.change),
    }));
    const label = `${format.place(state.place, true)} ${format.period(...(state.period || "|").split("|"))}`;
    return [h("div", { class: "controls" }, place, period),
      drawing.bars(bars, { label, width, labelWidth: Math.min(250, width * 0.3), asideWidth: 130 }),
      chosen.some((row) => !row.agree) ? h("p", { class: "note" }, "* ", t("disagree")) : null,
      drawing.numbers([t("indicator"), t("level"), t("growth"), zhengbao.column("change_basis"), zhengbao.column("n_sources")],
        chosen.map((row) => [format.indicator(row.indicator), format.quantity(row.value, row.unit), growth(row.change), zhengbao.word(row.basis), String(row.sources)]))];
  }

  /** One indicator: a line a place over its periods, or bars where there is one period only. */
  function ofIndicator(width, redraw) {
    const indicators = counted(rows, (row) => row.indicator);
    const many = new Map(indicators);
    // What is stated with its growth most often is the best to compare first.
    if (!many.has(state.indicator)) [[state.indicator]] = [...counted(rows.filter((row) => row.change !== null), (row) => row.indicator), ...indicators];
    const indicator = chooser("indicator", indicators.map(([id]) => id), (id) => `${format.indicator(id)} (${many.get(id)})`, redraw);
    const said = (name) => rows.filter((row) => row.indicator === state.indicator && row[name] !== null).length;
    const measure = chooser("measure", ["growth", "level"].filter((one) => said(one === "growth" ? "change" : "value")), t, redraw);
    const key = state.measure === "growth" ? "change" : "value";
    let chosen = rows.filter((row) => row.indicator === state.indicator && row[key] !== null);
    const lengths = counted(chosen, (row) => row.length).map(([one]) => one);
    const controls = [indicator, measure];
    if (lengths.length) controls.push(chooser("length", lengths, zhengbao.word, redraw));
    chosen = chosen.filter((row) => row.length === state.length);
    // Levels in another unit are another scale; the unit said most often is shown.
    const [unit] = counted(chosen, (row) => row.unit)[0] || [null];
    if (key === "value") chosen = chosen.filter((row) => row.unit === unit);
    const show = (value) => (key === "change" ? growth(value) : format.quantity(value, unit));
    const label = `${format.indicator(state.indicator)} ${t(state.measure)}`;
    const starts = [...new Set(chosen.map((row) => `${row.end}|${row.start}`))].sort();
    const periods = starts.map((one) => ({ at: Date.parse(one.split("|")[0]), label: format.period(...one.split("|").reverse()) }));
    const table = drawing.numbers([t("place"), t("period"), t(state.measure), zhengbao.column("n_sources")],
      chosen.map((row) => [format.place(row.place, true), row.period, show(row[key]), String(row.sources)]));
    const head = h("div", { class: "controls" }, controls);
    if (!chosen.length) return [head, h("p", { class: "note" }, t("no_panel"))];
    const by = new Map();
    for (const row of chosen) by.set(row.place, [...(by.get(row.place) || []), row]);
    if (starts.length === 1) {
      const bars = [...chosen].sort((a, b) => b[key] - a[key]).slice(0, 30).map((row) => ({ label: format.place(row.place, true), parts: [{ value: row[key], name: row[key] < 0 ? "down" : "up", title: show(row[key]) }], text: show(row[key]) }));
      return [head, h("p", { class: "note" }, periods[0].label), drawing.bars(bars, { label, width, textWidth: 110 }), table];
    }
    const shown = [...by].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, PLACES);
    const series = shown.map(([code, points], n) => ({
      name: `series-${n}`,
      label: format.place(code, true),
      points: points.sort((a, b) => (a.end < b.end ? -1 : 1)).map((row) => ({ at: Date.parse(row.end), value: row[key], title: format.several(format.place(code, true), row.period, show(row[key])) })),
    }));
    return [head, drawing.legend(series.map(({ name, label: place }) => [name, place])), drawing.lines(series, periods, { label, width, show }), table];
  }

  /** Draw the card into an element; `focus` names the control to return to. */
  function draw(element, width, focus) {
    if (!rows.length) {
      element.replaceChildren(h("p", { class: "note" }, t("no_panel")));
      return;
    }
    // An indicator that many places or periods state asks to be compared; else a place asks to be described.
    if (!state.view) state.view = counted(rows, (row) => row.indicator)[0][1] > 3 ? "by_indicator" : "by_place";
    const redraw = (control) => draw(element, width, control);
    const button = (view) => h("button", { type: "button", "aria-pressed": String(state.view === view), data: { control: view }, on: { click: () => { state.view = view; redraw(`[data-control="${view}"]`); } } }, t(view));
    element.replaceChildren(h("div", { class: "switch", role: "group" }, button("by_place"), button("by_indicator")), ...(state.view === "by_place" ? ofPlace : ofIndicator)(width, redraw).filter(Boolean));
    if (focus) element.querySelector(focus).focus();
  }

  zhengbao.series = { read, draw };
})();
