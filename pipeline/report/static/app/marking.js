// Marking stretches of text: mentions overlap, so text is cut wherever one begins or ends and each piece carries all that cover it.
"use strict";

(() => {
  /** From offsets in code points, which the datasets count, to offsets in a JavaScript string. */
  function offsets(text) {
    if (!/[\ud800-\udbff]/.test(text)) return (at) => at;
    const starts = [];
    let at = 0;
    for (const char of text) {
      starts.push(at);
      at += char.length;
    }
    starts.push(at);
    return (n) => starts[n];
  }

  /**
   * Fill an element with text and marks. A span is `{start, end, layer, ref}`; `made(ref, element)` is told of every
   * piece of a mark, and `label(refs)` names a piece for those who hear it.
   */
  function fill(element, text, spans, made, label) {
    const at = offsets(text);
    const edges = new Set([0, text.length]);
    const opens = new Map();
    for (const span of spans) {
      const placed = { ...span, from: at(span.start), to: at(span.end) };
      edges.add(placed.from).add(placed.to);
      if (!opens.has(placed.from)) opens.set(placed.from, []);
      opens.get(placed.from).push(placed);
    }
    const order = [...edges].sort((a, b) => a - b);
    let open = [];
    for (let n = 0; n + 1 < order.length; n += 1) {
      const [from, to] = [order[n], order[n + 1]];
      open = open.filter((span) => span.to > from).concat(opens.get(from) || []);
      const words = text.slice(from, to);
      if (!open.length) {
        element.append(words);
        continue;
      }
      const layers = [...new Set(open.map((span) => span.layer))];
      const ends = [open.some((span) => span.from === from) && "begins", open.some((span) => span.to === to) && "ends"].filter(Boolean);
      const refs = [...new Set(open.map((span) => span.ref))];
      const piece = zhengbao.h("span", { class: ["mark", ...layers, ...ends].join(" "), role: "button", tabindex: -1, data: { refs: refs.join(" ") } }, words);
      piece.setAttribute("aria-label", label(words, layers));
      for (const ref of refs) made(ref, piece);
      element.append(piece);
    }
  }

  zhengbao.marking = { fill };
})();
