// Data comes in pieces, each a script that calls `put`: a page opened from a file may not fetch, but may load scripts.
"use strict";

(() => {
  const KEY = /^[a-z]+(\/\d{4,})?$/;
  const KEPT = 60;
  const address = (key) => {
    if (!KEY.test(key)) throw new TypeError(`no piece is called ${key}`);
    return `data/${key}.js`;
  };
  // Where the browser enforces it, this policy is the only way to name a script, and it names none but pieces.
  const policy = window.trustedTypes ? window.trustedTypes.createPolicy("zhengbao-pieces", { createScriptURL: address }) : { createScriptURL: address };

  const loaded = new Map();
  const waiting = new Map();

  function load(key) {
    if (loaded.has(key)) {
      const piece = loaded.get(key);
      loaded.delete(key);
      loaded.set(key, piece);
      return piece;
    }
    const piece = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(key, resolve);
      script.onerror = () => {
        loaded.delete(key);
        reject(new Error(zhengbao.t("piece_missing", { name: `data/${key}.js` })));
      };
      script.onload = () => script.remove();
      script.src = policy.createScriptURL(key);
      document.head.append(script);
    });
    loaded.set(key, piece);
    // The one looked at longest ago goes first.
    if (loaded.size > KEPT) loaded.delete(loaded.keys().next().value);
    return piece;
  }

  function put(key, content) {
    const resolve = waiting.get(key);
    waiting.delete(key);
    if (resolve) resolve(content);
  }

  const name = (kind, n) => `${kind}/${String(n).padStart(4, "0")}`;

  /** A packed table with `get(column, row)`; a column that is absent has no values. */
  function table(packed) {
    const readers = new Map();
    for (const [column, values] of Object.entries(packed.columns)) {
      readers.set(column, Array.isArray(values) ? (row) => values[row] : (row) => values.words[values.index[row]]);
    }
    return {
      n: packed.n,
      get(column, row) {
        const read = readers.get(column);
        const value = read ? read(row) : null;
        return value === undefined ? null : value;
      },
    };
  }

  /** All rows of a table that is in pieces, handed over a piece at a time. */
  async function each(kind, act) {
    const { pieces } = zhengbao.summary.tables[kind];
    for (let n = 0; n < pieces; n += 1) act(table(await load(name(kind, n))), n + 1, pieces);
  }

  zhengbao.pieces = { load, put, name, table, each };
})();
