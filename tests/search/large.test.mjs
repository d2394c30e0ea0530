// What a query loads on a large site: GONGBAO_LARGE names a built site of ten thousand pages, else there is nothing to test.
//   python3 bench/gen.py 5000 /dev/shm/corpus --only gongbao
//   gongbao --root /dev/shm/corpus/gongbao build --out /dev/shm/large --date 2026-01-31
//   GONGBAO_LARGE=/dev/shm/large node --test tests/search/
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { open } from './index.mjs';
import { find } from './oracle.mjs';

const site = process.env.GONGBAO_LARGE;
const MOST = 150_000;
const QUERIES = [
  ['项目'], ['工'], ['的'], ['鑫'], ['竣工'], ['竣工验收'], ['排水管道'], ['重点项目'], ['工作业'], ['地方政府专项债券'],
  ['抢晴好天气'], ['专项债券 竣工验收'], ['给排水 绿化工程 道路'], ['第17期'], ['p04179'], ['2020-944269'], ['364万元'],
  ['城东垃圾中转站'], ['竣工验收', ['town:t0001']], ['', ['category:c05', 'light:red']], ['工程', ['kind:news', 'year:2021']],
];

test('a query of ten thousand pages loads less than 150 kB and finds what a plain search finds', { skip: !site }, async function (t) {
  const folder = path.join(site, 'search');
  const documents = await open(folder).documents();
  for (const [query, filters] of QUERIES) {
    const index = open(folder);
    const results = await index.engine.search(query, filters);
    await results.more(10);
    const { number, sure } = results.count();
    const loaded = `${[query, ...(filters ?? [])].join(' ')}: ${sure ? '' : 'about '}${number} found, ${index.bytes} bytes, ${index.files.length} files`;
    t.diagnostic(loaded);
    assert.ok(index.bytes < MOST, loaded);
    const right = find(documents, query, filters);
    assert.ok(sure ? number === right.length : number >= right.length, `${loaded} instead of ${right.length}`);
    for (const own of results.shown) assert.ok(right.includes(own.route), `${query}: ${own.route}`);
    assert.equal(results.shown.length, Math.min(10, right.length), loaded);
  }
});
