// One page: its raw text and its articles side by side, every mention marked in both.
"use strict";

(() => {
  const { h, t, format } = zhengbao;
  const hidden = new Set();
  let view = null;

  const parts = (ref) => {
    const [layer, row] = ref.split(":");
    return [layer, Number(row)];
  };

  /** What the pieces say of one page, and ways to ask. */
  function opened(n, articles, marks) {
    const layers = new Map(Object.entries(marks.layers).map(([name, packed]) => [name, { ...zhengbao.pieces.table(packed), at: packed.at }]));
    const document_ = zhengbao.pieces.table(marks.document);
    const heads = zhengbao.pieces.table(marks.articles);
    const quantities = new Map();
    for (let row = 0; row < layers.get("quantities").n; row += 1) quantities.set(layers.get("quantities").get("quantity_id", row), `quantities:${row}`);
    /** A column of a row; those that join tables are made from where the row stands. */
    const value = (layer, row, name) => {
      const rows = layers.get(layer);
      const at = rows.at[row];
      if (name === "doc_id") return document_.get("doc_id", 0);
      if (!["article_id", "sentence_id", "start", "end"].includes(name)) return rows.get(name, row);
      if (!at) return null;
      const [sentence, article] = marks.sentences[at[0]];
      return { article_id: heads.get("article_id", article), sentence_id: sentence, start: at[1], end: at[2] }[name];
    };
    return {
      n, articles, layers, value, raw: marks.raw, starts: marks.articles.starts, sentences: marks.sentences,
      document: (name) => document_.get(name, 0),
      quantity: (id) => quantities.get(id),
      pieces: { raw: new Map(), text: new Map() },
    };
  }

  const rawSpans = (rows, row) => {
    const spans = rows.get("raw_spans", row);
    if (spans) return spans;
    const start = rows.get("raw_start", row);
    return start === null ? [] : [[start, rows.get("raw_end", row)]];
  };

  function remember(registry) {
    return (ref, piece) => {
      if (!registry.has(ref)) registry.set(ref, []);
      registry.get(ref).push(piece);
    };
  }

  const named = (words, layers) => `${words.replace(/\s+/g, "")} (${layers.map((layer) => t(layer)).join(", ")})`;

  function rawPane() {
    const spans = [];
    for (const [layer, rows] of view.layers) {
      for (let row = 0; row < rows.n; row += 1) {
        for (const [start, end] of rawSpans(rows, row)) if (end > start) spans.push({ start, end, layer, ref: `${layer}:${row}` });
      }
    }
    const text = h("div", { class: "rawtext", lang: "zh-Hans" });
    zhengbao.marking.fill(text, view.raw, spans, remember(view.pieces.raw), named);
    return text;
  }

  function articlePane(word) {
    const spans = view.articles.map(({ blocks }) => blocks.map(() => []));
    for (const [layer, rows] of view.layers) {
      for (const [row, at] of rows.at.entries()) {
        if (!at || at[2] <= at[1]) continue;
        const [, article, block, offset] = view.sentences[at[0]];
        spans[article][block].push({ start: offset + at[1], end: offset + at[2], layer, ref: `${layer}:${row}` });
      }
    }
    let hits = 0;
    return view.articles.map(({ kind, blocks }, article) => {
      const body = blocks.map(([part, text], block) => {
        const element = h(part === "headline" ? "h3" : part === "subhead" ? "h4" : "p", { class: part });
        const points = (at) => [...text.slice(0, at)].length;
        const found = zhengbao.search.every(text, word).map(([start, end]) => ({ start: points(start), end: points(end), layer: "found", ref: `found:${hits++}`, key: [article, block, start, end].join("-") }));
        for (const hit of found) view.hits.set(hit.key, hit.ref);
        zhengbao.marking.fill(element, text, spans[article][block].concat(found), remember(view.pieces.text), named);
        return element;
      });
      const start = view.starts[article];
      const jump = h("button", { type: "button", class: "link number", on: { click: () => start !== null && toRaw(start) } }, t("article", { n: article + 1 }));
      return h("article", { lang: "zh-Hans", data: { article } }, h("p", { class: "kind" }, jump, " ", zhengbao.word(kind)), body);
    });
  }

  /** Bring a place of the raw page into view: the piece of text that holds it. */
  function toRaw(point) {
    const holder = document.querySelector(".rawtext");
    let before = 0;
    for (const node of [...holder.childNodes]) {
      const length = [...node.textContent].length;
      if (before + length > point) {
        const range = document.createRange();
        const leaf = node.nodeType === Node.TEXT_NODE ? node : node.firstChild;
        range.setStart(leaf, [...leaf.data].slice(0, point - before).join("").length);
        const pane = holder.closest(".pane-body");
        pane.scrollTop += range.getBoundingClientRect().top - pane.getBoundingClientRect().top - 8;
        return;
      }
      before += length;
    }
  }

  function facts() {
    const words = ["publication", "issue_date", "place_code", "format", "n_chars"].map((name) => {
      const value = view.document(name);
      if (value === null) return null;
      const shown = name === "place_code" ? format.place(value, true) : name === "n_chars" ? format.number(value, 0) : value;
      return h("span", { title: zhengbao.summary.columns.documents[name] }, h("i", null, t(name)), " ", shown);
    });
    return h("div", { class: "about" }, words, (view.document("warnings") || []).map((warning) => h("span", { class: "warning" }, warning)));
  }

  function toggles() {
    const box = (layer) => h("label", { class: `toggle ${layer}` },
      h("input", { type: "checkbox", checked: !hidden.has(layer), on: { change: (event) => { hidden[event.target.checked ? "delete" : "add"](layer); paint(); } } }),
      h("span", null, t(layer), " ", h("b", null, String(view.layers.get(layer).n))));
    return h("fieldset", { class: "toggles" }, h("legend", { class: "unseen" }, t("show_layers")), zhengbao.summary.layers.filter((layer) => layer !== "officials").map(box));
  }

  function paint() {
    const element = document.getElementById("page");
    for (const layer of [...zhengbao.summary.layers, "found"]) element.classList.toggle(`show-${layer}`, !hidden.has(layer === "officials" ? "people" : layer));
  }

  function draw(word) {
    const element = document.getElementById("page");
    view.pieces = { raw: new Map(), text: new Map() };
    view.hits = new Map();
    const beside = (step, name) => {
      const other = view.n + step;
      return other >= 0 && other < zhengbao.list.size() ? h("a", { class: "step", href: zhengbao.list.link(other), "aria-label": `${t(name)} ${zhengbao.list.title(other)}`, title: zhengbao.list.title(other) }, step < 0 ? "‹" : "›") : null;
    };
    const pane = (name, content) => h("section", { class: `pane ${name}`, "aria-label": t(name) },
      h("h2", null, t(name), " ", h("small", null, t(`${name}_hint`))),
      h("div", { class: "pane-body", tabindex: 0, role: "group", "aria-label": `${t(name)}: ${t("keys_hint")}` }, content));
    element.replaceChildren(
      h("header", { class: "page-head" }, h("div", { class: "page-title" }, beside(-1, "previous"), h("h2", { title: view.document("path") }, zhengbao.list.title(view.n)), beside(1, "next"), facts()), toggles()),
      h("div", { class: "panes" }, pane("raw", rawPane()), pane("rebuilt", articlePane(word))),
      h("aside", { class: "detail", id: "detail", "aria-label": t("details"), hidden: true }));
    paint();
    for (const one of element.querySelectorAll(".pane-body")) {
      const first = one.querySelector(".mark");
      if (first) first.tabIndex = 0;
    }
  }

  /** Open a page; `word` is marked wherever it stands. */
  async function open(n, word) {
    if (view && view.n === n && view.word === word && document.querySelector("#page .panes")) return true;
    const piece = zhengbao.list.page(n).get("piece");
    const load = (kind) => zhengbao.pieces.load(zhengbao.pieces.name(kind, piece));
    const [texts, marks] = await Promise.all([load("text"), load("marks")]);
    const at = n - zhengbao.summary.firsts[piece];
    view = { ...opened(n, texts[at], marks[at]), word };
    draw(word);
    zhengbao.list.choose(n);
    return true;
  }

  function center(pieces) {
    if (!pieces || !pieces.length) return;
    const pane = pieces[0].closest(".pane-body");
    const [box, frame] = [pieces[0].getBoundingClientRect(), pane.getBoundingClientRect()];
    if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
  }

  /** Select a row: its characters stand out in both panes and are brought into view, and its columns are shown. */
  function select(ref, refs) {
    const element = document.getElementById("page");
    for (const piece of element.querySelectorAll(".selected, .related")) piece.classList.remove("selected", "related");
    const [layer, row] = parts(ref);
    for (const registry of Object.values(view.pieces)) for (const piece of registry.get(ref) || []) piece.classList.add("selected");
    if (layer === "facts") {
      const change = view.quantity(view.value("facts", row, "change_quantity_id"));
      for (const registry of Object.values(view.pieces)) for (const piece of registry.get(change) || []) if (!piece.classList.contains("selected")) piece.classList.add("related");
    }
    if (layer !== "found") zhengbao.detail.show(document.getElementById("detail"), view, refs || [ref], ref, choose, close);
    for (const registry of Object.values(view.pieces)) center(registry.get(ref));
    if (layer !== "found") zhengbao.say(format.line(layer, (name) => view.value(layer, row, name)));
  }

  function choose(ref, refs) {
    select(ref, refs);
    const [layer, row] = parts(ref);
    zhengbao.go(zhengbao.list.link(view.n, layer, row));
  }

  function close() {
    document.getElementById("detail").hidden = true;
    for (const piece of document.querySelectorAll("#page .selected, #page .related")) piece.classList.remove("selected", "related");
    const focus = document.querySelector("#page .pane.rebuilt .mark[tabindex='0']");
    if (focus) focus.focus({ preventScroll: true });
    zhengbao.go(zhengbao.list.link(view.n));
  }

  const ORDER = () => zhengbao.summary.layers;
  const refsOf = (piece) => piece.dataset.refs.split(" ").filter((ref) => !ref.startsWith("found"))
    .sort((a, b) => ORDER().indexOf(parts(a)[0]) - ORDER().indexOf(parts(b)[0]));

  /** Select what a link names: a row of a layer, an article, or a place found. */
  function reveal(layer, name) {
    if (layer === "article") {
      const article = document.querySelector(`#page article[data-article="${Number(name)}"]`);
      if (!article) return;
      const pane = article.closest(".pane-body");
      pane.scrollTop += article.getBoundingClientRect().top - pane.getBoundingClientRect().top - 4;
      if (view.starts[Number(name)] !== null) toRaw(view.starts[Number(name)]);
    } else if (layer === "text") {
      const ref = view.hits.get(name);
      if (ref) select(ref);
      const [article, block, start] = name.split("-").map(Number);
      const before = view.sentences.filter((sentence) => sentence[1] === article && sentence[2] === block && sentence[3] <= start);
      if (before.length) toRaw(before[before.length - 1][4]);
    } else if (view.layers.has(layer) && Number(name) < view.layers.get(layer).n) {
      const ref = `${layer}:${Number(name)}`;
      const pieces = view.pieces.text.get(ref) || view.pieces.raw.get(ref);
      const refs = pieces ? refsOf(pieces[0]) : [];
      select(ref, refs.includes(ref) ? refs : [ref]);
    }
  }

  function step(piece, by) {
    const all = [...piece.closest(".pane-body").querySelectorAll(".mark.begins")];
    const at = all.findIndex((other) => other === piece || other.compareDocumentPosition(piece) & Node.DOCUMENT_POSITION_PRECEDING);
    const here = at < 0 ? all.length - 1 : at;
    const next = all[all[here] === piece || by < 0 ? here + by : here];
    if (next) focusOn(next);
  }

  function focusOn(piece) {
    for (const other of piece.closest(".pane-body").querySelectorAll(".mark[tabindex='0']")) other.tabIndex = -1;
    piece.tabIndex = 0;
    piece.focus();
  }

  /** The short line beside the pointer or the focus. */
  function tip(piece) {
    const element = document.getElementById("tip");
    const refs = piece ? refsOf(piece) : [];
    element.hidden = !refs.length;
    if (!refs.length) return;
    element.replaceChildren(...refs.map((ref) => {
      const [layer, row] = parts(ref);
      return h("p", { class: layer }, h("b", null, t(layer)), " ", format.line(layer, (name) => view.value(layer, row, name)), h("code", null, view.value(layer, row, "rule_id")));
    }));
    const box = piece.getBoundingClientRect();
    const below = box.bottom + element.offsetHeight + 8 < innerHeight;
    element.style.left = `${Math.max(8, Math.min(box.left, innerWidth - element.offsetWidth - 8))}px`;
    element.style.top = `${below ? box.bottom + 6 : box.top - element.offsetHeight - 6}px`;
  }

  function listen() {
    const element = document.getElementById("page");
    const mark = (event) => event.target.closest && event.target.closest(".mark");
    element.addEventListener("click", (event) => {
      const piece = mark(event);
      const refs = piece ? refsOf(piece) : [];
      if (!refs.length) return;
      focusOn(piece);
      choose(refs[0], refs);
    });
    element.addEventListener("mouseover", (event) => tip(mark(event)));
    element.addEventListener("mouseleave", () => tip(null));
    element.addEventListener("focusin", (event) => tip(mark(event)));
    element.addEventListener("scroll", () => tip(null), true);
    element.addEventListener("keydown", (event) => {
      const piece = mark(event);
      if (event.key === "Escape") {
        tip(null);
        if (!document.getElementById("detail").hidden) close();
      }
      if (!piece) return;
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (by) step(piece, by);
      else if (event.key === "Enter" || event.key === " ") {
        const refs = refsOf(piece);
        if (refs.length) choose(refs[0], refs);
      } else return;
      event.preventDefault();
    });
  }

  zhengbao.page = { open, reveal, listen, parts, redraw: () => view && draw(view.word), current: () => (view ? view.n : -1) };
})();
