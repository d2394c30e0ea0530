/* gongbao · search: an engine that loads only the parts of the index that a query needs, and the page that shows what it finds.
   The index is made of scripts, which pages opened from a disk may load too; src/search/ tells how it is made. */
(function () {
  'use strict';

  /* ── Reading: as src/search/fold.rs reads the pages ── */

  const HAN = /^[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const LETTER = /^[\p{Alphabetic}\p{N}]$/u;

  function plain(sign) {
    const code = sign.codePointAt(0);
    if (code >= 0xff01 && code <= 0xff5e) sign = String.fromCharCode(code - 0xfee0);
    if (code === 0x3000 || code === 0xa0) return ' ';
    const lower = sign.toLowerCase();
    return Array.from(lower).length === 1 ? lower : sign;
  }

  /* The tokens of a text: characters and words with their places; null between tokens that are not next to each other. */
  function tokens(text) {
    const found = [];
    let word = null, spaced = false, last = null;
    function push(token) {
      if (token && spaced && last && last.han === token.han) found.push(null);
      if (token || last) found.push(token);
      last = token;
      spaced = false;
    }
    function endWord() { if (word) push(word); word = null; }
    let at = 0;
    for (const sign of text) {
      const read = plain(sign), end = at + sign.length;
      if (HAN.test(read)) { endWord(); push({ text: read, han: true, from: at, to: end }); }
      else if (LETTER.test(read)) {
        if (!word) word = { text: '', han: false, from: at, to: end };
        word.text += read;
        word.to = end;
      } else { endWord(); if (read === ' ') spaced = true; else push(null); }
      at = end;
    }
    endWord();
    if (last === null) found.pop();
    return found;
  }

  /* A text to look for phrases in: its tokens in a row, and where each sign of the row is in the text. */
  function fold(text) {
    const places = [];
    let row = '';
    tokens(text).forEach(function (token) {
      const part = token ? token.text : '\n';
      row += part;
      for (let at = 0; at < part.length; at++) {
        // A folded word is as long as the word but for rare signs; those are marked as a whole.
        const same = token && part.length === token.to - token.from;
        places.push(!token ? null : same ? [token.from + at, token.from + at + 1] : [token.from, token.to]);
      }
    });
    return { row: row, places: places };
  }

  /* Whether a sign of a row is part of a word; halves of signs are of rare Chinese characters. */
  function isLetter(sign) { return sign !== undefined && !/[\n\ud800-\udfff]/.test(sign) && !HAN.test(sign); }

  /* Whether a word may be the beginning of a longer one: numbers are whole. */
  function isPrefix(token) { return !token.han && token.text.length > 1 && !/^\p{N}+$/u.test(token.text); }

  /* The terms of a query. A term is found where its tokens stand in a row; "…" holds several words together. */
  function parse(query) {
    const terms = [];
    const parts = query.match(/["“”][^"“”]+["“”]|[^\s"“”]+/g) || [];
    parts.forEach(function (part) {
      const read = tokens(part);
      while (read.length && !read[0]) read.shift();
      if (!read.length) return;
      const runs = [[]];
      read.forEach(function (token) { if (token) runs[runs.length - 1].push(token); else runs.push([]); });
      const end = read[read.length - 1];
      terms.push({ row: read.map(function (t) { return t ? t.text : '\n'; }).join(''), runs: runs, han: read[0].han, open: end.han || isPrefix(end), prefix: isPrefix(end) });
    });
    return terms;
  }

  /* Where a term stands in a folded text: from and to in the row. */
  function occurrences(term, folded) {
    const found = [];
    let at = folded.row.indexOf(term.row);
    while (at >= 0) {
      const to = at + term.row.length;
      const begins = term.han || !isLetter(folded.row[at - 1]);
      const ends = term.open || !isLetter(folded.row[to]);
      if (begins && ends) found.push([at, to]);
      at = folded.row.indexOf(term.row, at + 1);
    }
    return found;
  }

  /* ── Lists of documents: as src/search/posting.rs writes them ── */

  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const VALUES = new Uint8Array(128);
  for (let at = 0; at < 64; at++) VALUES[DIGITS.charCodeAt(at)] = at;

  /* A list: document → { titles: 0 or 1, hits }. Bits behind its end are zeros. */
  function decode(text) {
    let at = 0, digit = 0, left = 0;
    function bit() {
      if (left === 0) { digit = VALUES[text.charCodeAt(at++)]; left = 6; }
      return (digit >> --left) & 1;
    }
    function bits(count) { let number = 0; while (count-- > 0) number = number << 1 | bit(); return number; }
    /* Numbers of one kind: each is coded by how long those before it are. */
    function numbers() {
      let mean = 0;
      return function () {
        const expected = 31 - Math.clz32((mean >> 3) + 1);
        let length = expected;
        while (bit()) length++;
        const number = (1 << length | bits(length)) - (1 << expected);
        mean += number - (mean >> 3);
        return number;
      };
    }
    let count = 0, shift = 0, more;
    do { more = bit(); count |= bits(5) << shift; shift += 5; } while (more);
    const gap = numbers(), occurrence = numbers(), list = new Map();
    for (let document = 0; count-- > 0; document++) {
      const number = gap(), own = number & 1 ? occurrence() + 1 : 0;
      document += number >> 1;
      list.set(document, { titles: own & 1, hits: (own >> 1) + 1 });
    }
    return list;
  }

  /* What is in both lists. Of one phrase the rarest piece tells how often it occurs; of several terms, all do. */
  function both(a, b, join) {
    if (!a) return b;
    const found = new Map();
    a.forEach(function (own, document) {
      const other = b.get(document);
      if (other) found.set(document, join(own, other));
    });
    return found;
  }
  function samePhrase(a, b) { return { titles: Math.min(a.titles, b.titles), hits: Math.min(a.hits, b.hits) }; }
  function allTerms(a, b) { return { titles: a.titles + b.titles, hits: a.hits + b.hits }; }
  function onlyFirst(a) { return a; }

  const NOTHING = new Map();

  /* ── The engine ── */

  /* `load` takes the name of a part of the index and promises its data. */
  function engine(load) {
    const parts = new Map(), lists = new Map();
    function part(name, version) {
      if (!parts.has(name)) parts.set(name, load(name, version).catch(function (error) { parts.delete(name); throw error; }));
      return parts.get(name);
    }
    function manifest() { return part('manifest'); }

    function shardOf(starts, entry) {
      let low = 0, high = starts.length - 1;
      while (low < high) { const middle = (low + high + 1) >> 1; if (starts[middle] <= entry) low = middle; else high = middle - 1; }
      return low;
    }

    /* The list of a sequence of tokens; null if there is no such entry. */
    async function list(sequence) {
      const entry = sequence.join('');
      if (!lists.has(entry)) {
        const index = await manifest();
        const shard = await part('shards/' + shardOf(index.starts, entry), index.version);
        if (!Object.prototype.hasOwnProperty.call(shard, entry)) lists.set(entry, null);
        else if (shard[entry] === '=') lists.set(entry, await list(sequence.slice(0, -1)));
        else lists.set(entry, decode(shard[entry]));
      }
      return lists.get(entry);
    }

    /* The documents with a word that begins so. */
    async function beginning(prefix) {
      const index = await manifest(), found = new Map();
      const from = shardOf(index.starts, prefix), to = shardOf(index.starts, prefix + '\uffff');
      const numbers = [];
      for (let number = from; number <= to; number++) numbers.push(number);
      const shards = await Promise.all(numbers.map(function (number) { return part('shards/' + number, index.version); }));
      shards.forEach(function (shard) {
        Object.keys(shard).forEach(function (entry) {
          if (!entry.startsWith(prefix) || !Array.from(entry).every(isLetter)) return;
          decode(shard[entry]).forEach(function (own, document) {
            const other = found.get(document);
            found.set(document, other ? { titles: Math.max(own.titles, other.titles), hits: own.hits + other.hits } : own);
          });
        });
      });
      return found;
    }

    /* The documents that may have tokens in a row, and whether they all surely do. */
    async function row(sequence) {
      const index = await manifest(), longest = index.longest, count = sequence.length;
      let found = null, at = 0;
      for (;;) {
        const most = Math.min(longest, count - at);
        let length = most, own = null;
        while (length > 0 && !(own = await list(sequence.slice(at, at + length)))) length--;
        if (!own) return { found: NOTHING, sure: true };
        // What is in more than a few documents has all that follows it as entries: there is no such phrase.
        if (length < most && (length === 1 || own.size > index.few)) return { found: NOTHING, sure: true };
        found = both(found, own, samePhrase);
        if (at === 0 && length === count) return { found: found, sure: true };
        if (length < most || at + length === count || found.size <= index.few) return { found: found, sure: false };
        at = Math.min(at + length - 1, count - longest);
      }
    }

    /* The same of a run of tokens. Rare words stand alone, as longer entries with them would tell nothing more. */
    async function run(own, prefix) {
      const index = await manifest(), segments = [[]];
      let found = null;
      for (let at = 0; at < own.length; at++) {
        const token = own[at], opens = prefix && at === own.length - 1;
        const alone = opens ? await beginning(token.text) : token.han ? null : await list([token.text]);
        if (!token.han && !alone) return { found: NOTHING, sure: true };
        if (opens || (alone && alone.size <= index.few)) { found = both(found, alone, samePhrase); segments.push([]); }
        else segments[segments.length - 1].push(token.text);
      }
      if (own.length === 1 && found) return { found: found, sure: true };
      let sure = segments.length === 1;
      for (const segment of segments) {
        if (!segment.length) continue;
        const part = await row(segment);
        found = both(found, part.found, samePhrase);
        sure = sure && part.sure;
        if (!found.size) return { found: NOTHING, sure: true };
      }
      return { found: found, sure: sure };
    }

    async function find(term) {
      let found = null, sure = term.runs.length === 1;
      for (const own of term.runs) {
        const part = await run(own, term.prefix && own === term.runs[term.runs.length - 1]);
        found = both(found, part.found, samePhrase);
        sure = sure && part.sure;
        if (!found.size) return { found: NOTHING, sure: true };
      }
      return { found: found, sure: sure };
    }

    async function text(document) {
      const index = await manifest();
      const block = await part('texts/' + Math.floor(document / index.block), index.version);
      const own = block[document % index.block];
      return { route: own[0], title: own[1], text: own[2], date: own[3], facets: own[4].split(' ').filter(Boolean), lang: own[5] };
    }

    function order(a, b) { return b.titles - a.titles || b.hits - a.hits || b.document - a.document; }

    /* Finds the documents with all terms of a query that all filters let through: results to be read bit by bit. */
    async function search(query, filters) {
      const terms = parse(query);
      let found = null, sure = true;
      for (const term of terms) {
        const part = await find(term);
        found = both(found, part.found, allTerms);
        sure = sure && part.sure;
        if (!found.size) break;
      }
      for (const filter of filters || []) {
        if (found && !found.size) break;
        found = both(found, await list(['#' + filter]) || NOTHING, onlyFirst);
      }
      const queue = [];
      (found || NOTHING).forEach(function (own, document) { queue.push({ document: document, titles: own.titles, hits: own.hits }); });
      return results(terms, queue.sort(order), sure, (await manifest()).few);
    }

    function results(terms, queue, sure, few) {
      const shown = [];
      const isWhole = !sure && queue.length <= few;
      async function read(candidate) {
        const own = await text(candidate.document);
        const title = fold(own.title), body = fold(own.text);
        const hits = terms.map(function (term) { return [occurrences(term, title).length, occurrences(term, body).length]; });
        if (!hits.every(function (both) { return both[0] + both[1] > 0; })) return null;
        if (isWhole) candidate.hits = hits.reduce(function (sum, both) { return sum + both[0] + both[1]; }, 0);
        return Object.assign(own, candidate);
      }
      return {
        terms: terms,
        shown: shown,
        /* How many there are, and whether that is sure. */
        count: function () { return { number: shown.length + queue.length, sure: sure || !queue.length }; },
        /* Reads some more; those that turn out not to have a phrase are left out. */
        more: async function (count) {
          const before = shown.length;
          let patience = 3 * count;
          while (shown.length < before + count && queue.length && patience > 0) {
            const batch = queue.splice(0, before + count - shown.length);
            patience -= batch.length;
            (await Promise.all(batch.map(read))).forEach(function (own) { if (own) shown.push(own); });
          }
          if (isWhole) shown.sort(order);
          return shown.slice(before);
        },
      };
    }

    return { search: search, text: text, manifest: manifest };
  }

  /* ── Showing ── */

  /* How much of a long text is shown: a line or two. */
  function around(text) { return /[\u3400-\u9fff]/.test(text) ? 90 : 180; }

  /* The lines of a text are paragraphs, which end with a stop, and the values of fields, which do not. */
  function inOneLine(text) {
    return text.replace(/(.?)\n/g, function (all, before) {
      return before + (!before ? ' ' : /[。！？；：]/.test(before) ? '' : /[.!?;:]/.test(before) ? ' ' : ' · ');
    });
  }

  /* A text in stretches, marked where it has a term; if it is long, the stretch in which most terms are. */
  function excerpt(text, terms, isLong) {
    const folded = fold(text), marks = [];
    terms.forEach(function (term, number) {
      occurrences(term, folded).forEach(function (found) {
        const from = folded.places[found[0]], to = folded.places[found[1] - 1];
        marks.push({ from: from[0], to: to[1], term: number });
      });
    });
    marks.sort(function (a, b) { return a.from - b.from || b.to - a.to; });
    const start = isLong ? windowStart(text, marks) : 0;
    const end = isLong ? windowEnd(text, start) : text.length;
    const stretches = [];
    let at = start;
    function add(to, marked) {
      if (to <= at) return;
      const last = stretches[stretches.length - 1], own = inOneLine(text.slice(at, to));
      if (last && last.marked && marked) last.text += own; else stretches.push({ text: own, marked: marked });
      at = to;
    }
    if (start > 0) stretches.push({ text: '…', marked: false });
    marks.forEach(function (mark) {
      if (mark.to <= at || mark.from >= end) return;
      add(Math.min(mark.from, end), false);
      add(Math.min(mark.to, end), true);
    });
    add(end, false);
    if (end < text.length) stretches.push({ text: '…', marked: false });
    return stretches;
  }

  /* A window ends behind a word. */
  function windowEnd(text, start) {
    const end = Math.min(text.length, start + around(text)), cut = /\w+$/.exec(text.slice(start, end));
    return cut && cut.index > 0 && /^\w/.test(text.slice(end)) ? start + cut.index : end;
  }

  function windowStart(text, marks) {
    const width = around(text) - 15;
    let best = 0, most = 0;
    marks.forEach(function (mark, at) {
      const seen = new Set();
      for (let next = at; next < marks.length && marks[next].to <= mark.from + width; next++) seen.add(marks[next].term);
      if (seen.size > most) { most = seen.size; best = mark.from; }
    });
    if (best < 15) return 0;
    // A window begins where a sentence does, if one begins nearby; never in the middle of a sign.
    const before = text.slice(Math.max(0, best - 30), best);
    const sentence = Math.max.apply(null, ['。', '；', '\n', '. '].map(function (sign) { const at = before.lastIndexOf(sign); return at < 0 ? -1 : at + sign.length; }));
    const start = sentence >= 0 ? best - before.length + sentence : best - 15;
    return /[\udc00-\udfff]/.test(text[start]) ? start - 1 : start;
  }

  const api = { engine: engine, tokens: tokens, fold: fold, parse: parse, occurrences: occurrences, decode: decode, excerpt: excerpt };
  if (typeof module === 'object' && module.exports) { module.exports = api; return; }

  /* ── The page ── */

  const form = document.getElementById('search');
  if (!form) return;
  const input = form.elements.q, status = document.getElementById('search-status'), place = document.getElementById('search-results');
  const say = form.dataset, PAGE = 10;
  const searcher = engine(load(new URL(say.index, location.href).href));

  /* Loads a part as a script: the script hands its data to `gongbaoSearch`. */
  function load(folder) {
    const waiting = new Map();
    window.gongbaoSearch = function (name, data) { if (waiting.has(name)) waiting.get(name)(data); };
    return function (name, version) {
      return new Promise(function (resolve, reject) {
        const script = document.createElement('script');
        waiting.set(name, resolve);
        script.src = folder + name + '.js' + (version ? '?v=' + version : '');
        script.onload = function () { script.remove(); };
        script.onerror = function () { script.remove(); reject(new Error(name)); };
        document.head.appendChild(script);
      });
    };
  }

  function fill(message, values) { return message.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; }); }
  function make(tag, name, text) { const element = document.createElement(tag); if (name) element.className = name; if (text) element.textContent = text; return element; }
  function selects() { return Array.from(form.querySelectorAll('select[name]')); }
  function filters() { return selects().filter(function (select) { return select.value; }).map(function (select) { return select.name + ':' + select.value; }); }
  function called(facet) {
    const at = facet.indexOf(':'), select = form.elements[facet.slice(0, at)];
    const option = select && Array.from(select.options).find(function (option) { return option.value === facet.slice(at + 1); });
    return option ? option.textContent : '';
  }

  function written(stretches) {
    const all = document.createDocumentFragment();
    stretches.forEach(function (stretch) { all.appendChild(stretch.marked ? make('mark', '', stretch.text) : document.createTextNode(stretch.text)); });
    return all;
  }

  const MARKS = { green: '●', yellow: '▲', red: '■', none: '○' };
  function light(code) {
    const shown = make('span', 'light light-' + code), mark = make('span', 'light-mark', MARKS[code]);
    mark.setAttribute('aria-hidden', 'true');
    shown.appendChild(mark);
    shown.appendChild(make('span', 'light-word', called('light:' + code)));
    return shown;
  }

  function item(found, terms) {
    const li = make('li'), article = make('article', 'news-item'), div = make('div'), heading = make('h3'), link = make('a');
    const kicker = make('p', 'kicker');
    const facts = found.facets.filter(function (facet) { return /^(kind|town):/.test(facet); }).map(called).concat(found.date).filter(Boolean);
    kicker.textContent = facts.join(' · ');
    const colour = found.facets.find(function (facet) { return facet.startsWith('light:'); });
    if (colour) { kicker.appendChild(document.createTextNode(' ')); kicker.appendChild(light(colour.slice(6))); }
    link.href = say.root + found.route + (location.protocol === 'file:' && /(^|\/)$/.test(found.route) ? 'index.html' : '');
    if (found.lang) link.lang = found.lang;
    link.appendChild(written(excerpt(found.title, terms, false)));
    heading.appendChild(link);
    div.appendChild(kicker);
    div.appendChild(heading);
    if (found.text) { const summary = make('p', 'summary'); if (found.lang) summary.lang = found.lang; summary.appendChild(written(excerpt(found.text, terms, true))); div.appendChild(summary); }
    article.appendChild(div);
    li.appendChild(article);
    return li;
  }

  let asked = 0;

  async function show() {
    const turn = ++asked, query = input.value.trim(), chosen = filters();
    remember(query);
    if (!query && !chosen.length) { place.textContent = ''; status.textContent = ''; return; }
    try {
      const results = await searcher.search(query, chosen);
      if (turn !== asked) return;
      const first = await results.more(PAGE);
      if (turn !== asked) return;
      const list = make('ul', 'news-list');
      place.textContent = '';
      place.appendChild(list);
      extend(list, results, first);
    } catch (error) {
      if (turn === asked) status.textContent = say.failed;
    }
  }

  function extend(list, results, some) {
    some.forEach(function (found) { list.appendChild(item(found, results.terms)); });
    const count = results.count();
    status.textContent = !count.number ? say.none : fill(count.sure ? say.found : say.about, { n: count.number });
    if (count.number <= results.shown.length) return;
    const button = make('button', 'button plain', say.more);
    button.type = 'button';
    button.addEventListener('click', async function () {
      button.disabled = true;
      const turn = asked, more = await results.more(PAGE).catch(function () { return null; });
      if (turn !== asked) return;
      if (!more) { button.disabled = false; status.textContent = say.failed; return; }
      button.remove();
      const next = list.children.length;
      extend(list, results, more);
      const link = list.children[next] && list.children[next].querySelector('a');
      if (link) link.focus();
    });
    place.appendChild(button);
  }

  /* The query is in the address, so that it can be passed on. */
  function remember(query) {
    const wanted = new URLSearchParams();
    if (query) wanted.set('q', query);
    selects().forEach(function (select) { if (select.value) wanted.set(select.name, select.value); });
    try { history.replaceState(null, '', wanted.toString() ? '?' + wanted : location.pathname); } catch (error) { /* file:// may refuse */ }
  }

  let soon = 0;
  function later(wait) { clearTimeout(soon); soon = setTimeout(show, wait); }
  input.addEventListener('input', function (event) { if (!event.isComposing) later(150); });
  input.addEventListener('compositionend', function () { later(0); });
  form.addEventListener('change', function (event) { if (event.target !== input) later(0); });
  form.addEventListener('submit', function (event) { event.preventDefault(); later(0); });
  form.addEventListener('reset', function () { later(0); });

  /* By keyboard: / to the words, arrows through the results, Escape back. */
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target, links = Array.from(place.querySelectorAll('h3 a')), own = links.indexOf(at);
    const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) || at.isContentEditable;
    if (event.key === '/' && !isField) { event.preventDefault(); input.focus(); input.select(); }
    else if (event.key === 'ArrowDown' && (at === input || own >= 0) && links[own + 1]) { event.preventDefault(); links[own + 1].focus(); }
    else if (event.key === 'ArrowUp' && own >= 0) { event.preventDefault(); (own ? links[own - 1] : input).focus(); }
    else if (event.key === 'Escape' && own >= 0) { event.preventDefault(); input.focus(); }
    else if (event.key === 'Escape' && at === input && input.value) { event.preventDefault(); input.value = ''; later(0); }
  });

  new URLSearchParams(location.search).forEach(function (value, name) {
    const field = form.elements[name];
    if (field && (field === input || field.tagName === 'SELECT')) field.value = value;
  });
  if (input.value || filters().length) show();
})();
