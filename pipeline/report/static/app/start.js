// Where the report begins: which view the address names, the language, the keys.
"use strict";

(() => {
  const VIEWS = ["pages", "facts", "officials", "issues", "charts"];
  let handled = null;

  /** Change the address without opening what it names: it is open. */
  zhengbao.go = (address) => {
    handled = address;
    if (location.hash !== address) location.replace(address);
  };

  async function route() {
    const address = location.hash || "#/pages";
    if (address === handled) return;
    handled = address;
    const [name, ...rest] = address.slice(2).split("/");
    const view = VIEWS.includes(name) ? name : "pages";
    for (const one of VIEWS) document.getElementById(`view-${one}`).hidden = one !== view;
    for (const link of document.querySelectorAll("nav a")) link.toggleAttribute("aria-current", false);
    document.querySelector(`nav a[data-view="${view}"]`).setAttribute("aria-current", "page");
    document.title = `${zhengbao.t(view)} · 政报 zhengbao`;
    if (view === "charts") await zhengbao.charts.show();
    else if (view !== "pages") await zhengbao.tables.show(view, { filter: rest.length === 2 ? [rest[0], decoded(rest[1])] : null });
    else await openPage(...rest);
  }

  /** Words from an address; what is no encoding of words is taken as it stands. */
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  async function openPage(docId, layer, row) {
    const number = docId ? await zhengbao.list.numbered(docId) : Math.max(0, zhengbao.page.current());
    if (number < 0) {
      document.getElementById("page").replaceChildren(zhengbao.h("p", { class: "note" }, zhengbao.t("no_such_page")));
      return;
    }
    await zhengbao.page.open(number, zhengbao.list.query());
    document.title = `${zhengbao.list.title(number)} · 政报 zhengbao`;
    if (layer) zhengbao.page.reveal(layer, row);
  }

  function counts() {
    for (const element of document.querySelectorAll("[data-count]")) element.textContent = zhengbao.format.number(zhengbao.summary.rows[element.dataset.count], 0);
  }

  /** A fault is said where it can be seen, not only in the console. */
  function failed(error) {
    document.getElementById("said").textContent = error.message;
    document.getElementById("page").replaceChildren(zhengbao.h("p", { class: "note", role: "alert" }, error.message));
    throw error;
  }

  function redraw() {
    zhengbao.list.draw();
    const open = handled;
    zhengbao.page.redraw();
    zhengbao.tables.redraw();
    zhengbao.charts.redraw();
    handled = null;
    if (open) route().catch(failed);
  }

  function keys(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    const view = document.querySelector(".view:not([hidden])");
    const field = view.querySelector("input[type='search']");
    if (field) field.focus();
  }

  async function start() {
    zhengbao.relabel();
    zhengbao.summary = await zhengbao.pieces.load("summary");
    counts();
    zhengbao.list.draw();
    zhengbao.page.listen();
    document.getElementById("language").addEventListener("click", () => {
      zhengbao.switchLanguage();
      redraw();
    });
    window.addEventListener("hashchange", () => route().catch(failed));
    window.addEventListener("resize", zhengbao.later(() => zhengbao.charts.redraw(), 200));
    document.addEventListener("keydown", keys);
    const reading = zhengbao.list.read();
    await zhengbao.list.first();
    await route();
    await reading;
  }

  start().catch(failed);
})();
