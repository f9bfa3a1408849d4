// The page of charts: indicators, facts by kind, how much was read, officials by body.
"use strict";

(() => {
  const { h, t, format, drawing } = zhengbao;
  const TOP = 20;
  const BODIES = 15;
  const MODALITIES = ["actual", "target", "forecast"];
  let drawn = false;

  /** The address of the rows behind a bar. */
  const rows = (kind, column, words) => `#/${kind}/${column}/${encodeURIComponent(words)}`;

  const card = (name, ...content) => h("section", { class: `card ${name}`, "aria-labelledby": `card-${name}` },
    h("h2", { id: `card-${name}` }, t(`chart_${name}`)), h("p", { class: "note" }, t(`chart_${name}_about`)), content);

  function ofFacts(width) {
    const by = new Map();
    for (const [indicator, modality, n] of zhengbao.summary.facts) {
      if (!by.has(indicator)) by.set(indicator, Object.fromEntries(MODALITIES.map((one) => [one, 0])));
      by.get(indicator)[modality] += n;
    }
    const total = (counts) => MODALITIES.reduce((sum, one) => sum + counts[one], 0);
    const known = [...by].filter(([id]) => id !== null).sort((a, b) => total(b[1]) - total(a[1]) || (a[0] < b[0] ? -1 : 1));
    const parts = (counts) => MODALITIES.map((one) => ({ value: counts[one], name: one, title: `${zhengbao.word(one)} ${counts[one]}` }));
    const rest = known.slice(TOP).reduce((sum, [, counts]) => Object.fromEntries(MODALITIES.map((one) => [one, sum[one] + counts[one]])), Object.fromEntries(MODALITIES.map((one) => [one, 0])));
    const shown = known.slice(0, TOP).map(([id, counts]) => ({ label: format.indicator(id), href: rows("facts", "indicator_id", id), parts: parts(counts), text: String(total(counts)) }));
    const all = MODALITIES.map((one) => [one, [...by.values()].reduce((sum, counts) => sum + counts[one], 0)]);
    return card("facts",
      drawing.legend(all.map(([one, n]) => [one, `${zhengbao.word(one)} ${format.number(n, 0)}`])),
      drawing.bars(shown, { label: t("chart_facts"), width, labelWidth: Math.min(220, width * 0.4) }),
      h("p", { class: "note" }, format.several(known.length > TOP && `${t("other_indicators", { n: known.length - TOP })} ${format.number(total(rest), 0)}`, by.has(null) && `${t("no_catalogue")} ${format.number(total(by.get(null)), 0)}`)),
      drawing.numbers([t("indicator"), ...MODALITIES.map(zhengbao.word)], known.map(([id, counts]) => [format.indicator(id), ...MODALITIES.map((one) => String(counts[one]))])));
  }

  function ofDigits(width) {
    const digits = Object.entries(zhengbao.summary.digits);
    const total = digits.reduce((sum, [, n]) => sum + n, 0);
    const share = (n) => `${format.number(total ? (100 * n) / total : 0, 2)}%`;
    const order = ["quantity", "time", "ordinal", "name", "left_out", "unread"];
    const shown = order.map((reading) => [reading, zhengbao.summary.digits[reading]]);
    return card("digits",
      h("p", { class: "big" }, t("read_share", { share: share(total - zhengbao.summary.digits.unread), n: format.number(zhengbao.summary.digits.unread, 0) })),
      drawing.bars(shown.map(([reading, n]) => ({ label: zhengbao.word(reading), parts: [{ value: n, name: `reading-${reading}`, title: `${zhengbao.word(reading)} ${n}` }], text: `${format.number(n, 0)} · ${share(n)}` })), { label: t("chart_digits"), width, labelWidth: 130, textWidth: 130 }));
  }

  function ofIssues(width) {
    const kinds = Object.entries(zhengbao.summary.issues);
    return card("issues", kinds.length
      ? drawing.bars(kinds.map(([kind, n]) => ({ label: zhengbao.word(kind), href: rows("issues", "kind", kind), parts: [{ value: n, name: "issue", title: `${kind} ${n}` }], text: String(n) })), { label: t("chart_issues"), width, labelWidth: 130 })
      : h("p", { class: "note" }, "0"));
  }

  function ofBodies(width, officials) {
    const counts = [];
    for (const [code, bodies] of zhengbao.tables.bodies(officials)) for (const [body, people] of bodies) if (body) counts.push([body, code, people.size]);
    counts.sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
    const own = new Set(officials.filter((get) => !get("organisation")).map((get) => get("person_id"))).size;
    return card("bodies",
      drawing.bars(counts.slice(0, BODIES).map(([body, code, n]) => ({ label: body, href: rows("officials", "organisation", body), parts: [{ value: n, name: "people", title: format.several(body, format.place(code, true), t("n_people", { n })) }], text: format.several(String(n), format.place(code)) })), { label: t("chart_bodies"), width, labelWidth: Math.min(220, width * 0.45), textWidth: 110 }),
      own ? h("p", { class: "note" }, `${t("no_body")} ${t("n_people", { n: own })}`) : null,
      drawing.numbers([zhengbao.column("organisation"), t("place"), t("n_people", { n: "" })], counts.map(([body, code, n]) => [body, format.place(code, true), String(n)])));
  }

  async function show() {
    const element = document.getElementById("view-charts");
    if (drawn) return;
    await zhengbao.series.read();
    const officials = await zhengbao.tables.rows("officials");
    // Charts are as wide as there is room, so they are drawn only where they are seen.
    if (element.hidden) return;
    drawn = true;
    const room = Math.min(1280, element.clientWidth - 40);
    const wide = room > 900;
    const [full, half] = [room - 36, (wide ? (room - 16) / 2 : room) - 36];
    const series = h("div", { class: "series-body" });
    element.replaceChildren(h("div", { class: "cards" }, card("series", series), ofFacts(half), h("div", { class: "column" }, ofDigits(half), ofIssues(half), ofBodies(half, officials))));
    zhengbao.series.draw(series, full);
  }

  function redraw() {
    drawn = false;
    if (!document.getElementById("view-charts").hidden) show();
  }

  zhengbao.charts = { show, redraw };
})();
