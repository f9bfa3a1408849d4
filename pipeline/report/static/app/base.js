// What every other file builds on: one name for the program, and making elements.
// Text only ever becomes text: no element is made from markup, so nothing a page says can run.
"use strict";

const zhengbao = {};

(() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** An element: `on` holds listeners, `data` the data attributes, everything else is an attribute; children are elements or text. */
  function make(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (name === "data") Object.assign(element.dataset, value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== false) element.append(child);
    }
    return element;
  }

  zhengbao.h = (tag, attributes, ...children) => make(document.createElement(tag), attributes, children);
  zhengbao.svg = (tag, attributes, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

  /** Do something once the calls for it have paused. */
  zhengbao.later = (act, pause) => {
    let timer = 0;
    return (...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => act(...values), pause);
    };
  };

  /** Tell those who hear the page what happened. */
  zhengbao.say = (text) => {
    document.getElementById("said").textContent = text;
  };
})();
