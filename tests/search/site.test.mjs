// The search of the sample site: known questions and their answers, and any phrase of any page against a plain search.
// Run: node --test tests/search/   (SITE names the built sample site; else it is built, by the program that GONGBAO names)
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { open } from './index.mjs';
import { find } from './oracle.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const queries = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'queries.json'), 'utf8'));
const site = process.env.SITE ?? fs.mkdtempSync(path.join(os.tmpdir(), 'gongbao-search-'));
const documents = {};
const folder = (locale) => path.join(site, locale === 'en' ? 'en/search' : 'search');

before(async function () {
  const program = process.env.GONGBAO ?? path.join(root, 'target/debug/gongbao');
  if (!process.env.SITE) execFileSync(program, ['--root', root, 'build', '--out', site, '--date', '2023-05-05'], { stdio: 'ignore' });
  for (const locale of ['zh-CN', 'en']) documents[locale] = await open(folder(locale)).documents();
});
after(() => process.env.SITE || fs.rmSync(site, { recursive: true }));

const routes = (results) => results.shown.map((document) => document.route);

for (const { why, query, filters, found, not, first, locale = 'zh-CN' } of queries) {
  test(`${query} ${(filters ?? []).join(' ')} (${why})`, async function () {
    const own = routes(await open(folder(locale)).all(query, filters));
    for (const route of found) assert.ok(own.includes(route), `${route} is not among ${own}`);
    for (const route of not) assert.ok(!own.includes(route), `${route} is found`);
    if (first) assert.equal(own[0], first);
    assert.deepEqual(own.sort(), find(documents[locale], query, filters));
  });
}

test('any phrase of any page finds exactly the pages that have it', async function () {
  for (const locale of ['zh-CN', 'en']) {
    const index = open(folder(locale));
    for (const phrase of phrases(documents[locale], 400)) {
      const own = routes(await index.all(phrase)).sort();
      assert.deepEqual(own, find(documents[locale], phrase), phrase);
    }
  }
});

test('what is sure is right before any text was read', async function () {
  const index = open(folder('zh-CN'));
  for (const phrase of phrases(documents['zh-CN'], 400)) {
    const { number, sure } = (await index.engine.search(phrase)).count();
    const right = find(documents['zh-CN'], phrase).length;
    assert.ok(sure ? number === right : number >= right, `${phrase}: ${number} instead of ${right}`);
  }
});

test('results are in the same order whenever they are asked for, titles first, then hits', async function () {
  const index = open(folder('zh-CN'));
  const results = await index.all('产业园');
  const ranks = results.shown.map((own) => [own.titles, own.hits]);
  const sorted = ranks.toSorted((a, b) => b[0] - a[0] || b[1] - a[1]);
  assert.deepEqual(ranks, sorted);
  assert.deepEqual(routes(await open(folder('zh-CN')).all('产业园')), routes(results));
});

test('every result leads to a page', async function () {
  for (const document of [...documents['zh-CN'], ...documents.en]) {
    assert.ok(fs.existsSync(path.join(site, document.route, 'index.html')), document.route);
  }
});

/** Phrases of the texts, and phrases that are nearly in them; the same in every run. */
function phrases(documents, count) {
  let seed = 20230505;
  const random = (below) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below;
  const some = () => {
    const { text } = documents[random(documents.length)];
    const runs = text.match(/[\u4e00-\u9fff]{2,}/g);
    if (!runs) return some();
    const run = runs[random(runs.length)];
    const from = random(run.length - 1);
    return run.slice(from, from + 2 + random(6));
  };
  const all = [];
  while (all.length < count) {
    const phrase = some();
    // Every third is put together of two.
    all.push(random(3) ? phrase : phrase.slice(-2) + some().slice(0, 2));
  }
  return all;
}
