// The list of pages and articles, and the search over them.
"use strict";

(() => {
  const { h, t, format } = zhengbao;
  const AT_ONCE = 100;
  const MOST = 300;

  const pages = [];
  const numbers = new Map();
  let shown = AT_ONCE;
  let query = "";
  let current = -1;
  let matches = null;
  let running = 0;
  let arrived = () => {};
  let begun;
  const first = new Promise((resolve) => { begun = resolve; });
  let element;

  /** Read the list in the background; the first pages are shown as soon as they are there. */
  async function read() {
    await zhengbao.pieces.each("pages", (rows) => {
      for (let row = 0; row < rows.n; row += 1) {
        const page = { n: pages.length, get: (name) => rows.get(name, row) };
        page.words = zhengbao.search.fold([page.get("path"), page.get("publication"), page.get("issue_date"), format.place(page.get("place_code"), true), ...page.get("headlines")].filter(Boolean).join("\n"));
        numbers.set(page.get("doc_id"), page.n);
        pages.push(page);
      }
      begun();
      arrived();
      if (!query) render();
    });
  }

  /** The page with this id, waiting for its part of the list where that is still to come. */
  function numbered(docId) {
    return new Promise((resolve) => {
      const look = () => {
        if (numbers.has(docId)) resolve(numbers.get(docId));
        else if (pages.length >= zhengbao.summary.tables.pages.rows) resolve(-1);
        else return false;
        return true;
      };
      if (!look()) {
        const before = arrived;
        arrived = () => {
          before();
          look();
        };
      }
    });
  }

  const link = (page, ...rest) => `#/pages/${[pages[page].get("doc_id"), ...rest].join("/")}`;
  const title = (page) => pages[page].get("path").split("/").pop();

  function about(page) {
    const { get } = pages[page];
    if (get("status") === "quarantined") return t("quarantined");
    return format.several(get("publication"), format.place(get("place_code")), get("issue_date"), t("n_articles", { n: get("headlines").length }), t("n_facts", { n: get("counts")[zhengbao.summary.layers.indexOf("facts")] }));
  }

  function excerpt({ text, start, end, article, block }, page) {
    const from = Math.max(0, start - 12);
    return h("li", null, h("a", { href: link(page, "text", [article, block, start, end].join("-")) },
      (from ? "…" : "") + text.slice(from, start), h("mark", null, text.slice(start, end)), text.slice(end, end + 24)));
  }

  function articles(page) {
    return h("ol", { class: "articles", "aria-label": t("list") }, pages[page].get("headlines").map((headline, n) =>
      h("li", null, h("a", { href: link(page, "article", n), title: headline }, headline || t("untitled")))));
  }

  function item(page, places) {
    const heads = query ? pages[page].get("headlines").flatMap((headline, n) => {
      const [place] = headline ? zhengbao.search.every(headline, query) : [];
      return place ? [h("li", null, h("a", { href: link(page, "article", n) }, headline.slice(0, place[0]), h("mark", null, headline.slice(...place)), headline.slice(place[1])))] : [];
    }) : [];
    const inText = (places || []).filter(({ text }) => !pages[page].get("headlines").includes(text)).map((place) => excerpt(place, page));
    return h("li", { class: page === current ? "current" : null },
      h("a", { class: "title", href: link(page), "aria-current": page === current ? "page" : null, title: pages[page].get("path") }, title(page)),
      h("span", { class: "about" }, about(page)),
      heads.length || inText.length ? h("ul", { class: "places" }, heads, inText) : null,
      page === current && !query ? articles(page) : null);
  }

  function render() {
    const body = element.querySelector(".items");
    const chosen = query ? [...matches.keys()].sort((a, b) => a - b) : pages.map((page) => page.n);
    const rest = chosen.length - shown;
    body.replaceChildren(...chosen.slice(0, shown).map((page) => item(page, query ? matches.get(page) : null)));
    if (rest > 0) {
      body.append(h("li", null, h("button", { type: "button", on: { click: () => { shown += AT_ONCE; render(); } } }, t("more", { n: Math.min(rest, AT_ONCE) }))));
    }
  }

  function status(text) {
    element.querySelector(".status").textContent = text;
  }

  const start = zhengbao.later(async () => {
    running += 1;
    const run = running;
    const word = element.querySelector("input").value.trim();
    query = word;
    shown = AT_ONCE;
    matches = new Map();
    if (!word) {
      status("");
      render();
      return;
    }
    const sought = zhengbao.search.fold(word);
    for (const page of pages) if (page.words.includes(sought)) matches.set(page.n, []);
    render();
    const full = () => matches.size >= MOST;
    if (word.length > 1 && !full()) {
      let [drawn, listed] = [0, matches.size];
      /** What is found is shown as it is found, but not more often than one can see. */
      const draw = () => {
        if (matches.size === listed || performance.now() - drawn < 250) return;
        [drawn, listed] = [performance.now(), matches.size];
        render();
      };
      await zhengbao.search.fullText(word,
        (page, places) => { matches.set(page, places); },
        (n, of) => { status(t("searching", { n, of })); draw(); },
        () => run !== running || full());
    }
    if (run !== running) return;
    render();
    status(full() ? t("more_than_found", { n: matches.size }) : matches.size ? t("n_found", { n: matches.size }) : t("none_found"));
  }, 180);

  /** Draw the list anew, in the language of the moment. */
  function draw() {
    element = document.getElementById("list");
    element.replaceChildren(
      h("div", { class: "search", role: "search" },
        h("input", { type: "search", id: "search", value: query, placeholder: t("search"), "aria-label": t("search"), autocomplete: "off", spellcheck: "false", on: { input: () => { status(""); start(); } } }),
        h("p", { class: "status", role: "status" })),
      h("ul", { class: "items", "aria-label": t("list") }));
    render();
  }

  function choose(page) {
    current = page;
    render();
    const chosen = element.querySelector(".current .title");
    if (chosen) chosen.scrollIntoView({ block: "nearest" });
  }

  zhengbao.list = { read, first: () => first, draw, choose, numbered, link, title, page: (n) => pages[n], size: () => pages.length, query: () => query };
})();
