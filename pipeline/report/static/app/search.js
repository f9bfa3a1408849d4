// Finding words in what the list says of pages, and in their full text, a piece at a time.
"use strict";

(() => {
  /** Width and case folded, every character kept, so that a place found is the same place in the text. */
  const fold = (text) => text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/[A-Z]/g, (char) => char.toLowerCase());

  /** Every place a word stands in a text, as `[start, end]` in the JavaScript string. */
  function every(text, word) {
    const found = [];
    if (!word) return found;
    const folded = fold(text);
    const sought = fold(word);
    for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + sought.length)) found.push([at, at + sought.length]);
    return found;
  }

  /** The places of a word in a page's articles: article, block, and where in the block. */
  function inArticles(articles, word, most) {
    const found = [];
    for (const [article, { blocks }] of articles.entries()) {
      for (const [block, [, text]] of blocks.entries()) {
        for (const [start, end] of every(text, word)) {
          found.push({ article, block, start, end, text });
          if (found.length >= most) return found;
        }
      }
    }
    return found;
  }

  /** Go through the full text; `act(page, places)` for each page that has the word, `progress(n, of)` after each piece. It stops when `stopped()`. */
  async function fullText(word, act, progress, stopped) {
    const { firsts } = zhengbao.summary;
    for (let piece = 0; piece < firsts.length; piece += 1) {
      const texts = await zhengbao.pieces.load(zhengbao.pieces.name("text", piece));
      if (stopped()) return;
      for (const [n, articles] of texts.entries()) {
        const places = inArticles(articles, word, 3);
        if (places.length) act(firsts[piece] + n, places);
      }
      progress(piece + 1, firsts.length);
    }
  }

  zhengbao.search = { fold, every, fullText };
})();
