// A plain search through all texts, written without a look at the engine: what is to be found, and what is not.

const HAN = '\\u3005-\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff';

/** Full-width forms as plain ones, small letters, no space between Chinese and other signs. */
export function plain(text) {
  const folded = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).toLowerCase();
  return folded.replace(new RegExp(`(?<=[${HAN}]) +(?=[a-z0-9])|(?<=[a-z0-9]) +(?=[${HAN}])`, 'g'), '');
}

/** What a query asks for: its words, and the words that quotes hold together. */
function wanted(query) {
  return (query.match(/"[^"]+"|[^\s"]+/g) || []).map((word) => plain(word.replaceAll('"', '')));
}

function holds(text, word) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const begins = !/^[a-z0-9]/.test(word) || !/[a-z0-9]/.test(text[at - 1] ?? '');
    const isNumber = /(^|[^a-z0-9])[0-9]+$/.test(word) || /^[a-z]$/.test(word);
    const ends = !isNumber || !/[a-z0-9]/.test(text[at + word.length] ?? '');
    if (begins && ends) return true;
  }
  return false;
}

/** The routes of the documents that hold all words of a query and have all facets. */
export function find(documents, query, filters = []) {
  const words = wanted(query);
  return documents
    .filter((document) => filters.every((filter) => document.facets.includes(filter)))
    .filter((document) => words.every((word) => holds(document.plain ??= `${plain(document.title)}\n${plain(document.text)}`, word)))
    .map((document) => document.route)
    .sort();
}
