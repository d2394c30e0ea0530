// Reads the index of a built site as the page does, by running its scripts, and counts what that loads.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { createRequire } from 'node:module';

const root = path.resolve(import.meta.dirname, '../..');
export const search = createRequire(import.meta.url)(path.join(root, 'themes/default/static/search.js'));

/** The index in a folder, `public/search` or `public/en/search`. */
export function open(folder) {
  const index = { bytes: 0, files: [] };
  index.engine = search.engine(async function (name) {
    const script = fs.readFileSync(path.join(folder, name + '.js'), 'utf8');
    index.bytes += Buffer.byteLength(script);
    index.files.push(name);
    let data;
    vm.runInNewContext(script, { gongbaoSearch: (own, given) => { if (own === name) data = JSON.parse(JSON.stringify(given)); } });
    if (data === undefined) throw new Error(`${name} hands over no data`);
    return data;
  });
  /** All results, each checked against its text. */
  index.all = async function (query, filters) {
    const results = await index.engine.search(query, filters);
    while (results.count().number > results.shown.length) await results.more(50);
    return results;
  };
  /** All documents. */
  index.documents = async function () {
    const { documents } = await index.engine.manifest();
    return Promise.all(Array.from({ length: documents }, (_, at) => index.engine.text(at)));
  };
  return index;
}
