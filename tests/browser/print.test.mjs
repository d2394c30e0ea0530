// Issues and town bulletins print as documents: text, pages, nothing beyond the margins.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { context, none, screenshots, start } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const folder = join(screenshots, 'print');

const printed = new Map();

/** Prints a page, once; gives the words of each sheet with their places, the size of a sheet, and the words of each chart. */
function print(route, name) {
  if (!printed.has(route)) printed.set(route, sheetsOf(route, name));
  return printed.get(route);
}

async function sheetsOf(route, name) {
  const shown = await context(site.browser);
  const page = await shown.newPage();
  await page.goto(site.address + route);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  await page.emulateMedia({ media: 'print' });
  const charts = await page.evaluate(chartWords);
  await shown.close();
  execFileSync('pdftoppm', ['-r', '60', '-png', file, join(folder, name)]);
  const boxes = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return Object.assign(boxes.split('<page ').slice(1).map(sheet), { charts });
}

/** Runs in the page: the words of each chart that is printed. */
function chartWords() {
  const charts = [...document.querySelectorAll('svg.chart')].filter((chart) => chart.getBoundingClientRect().width > 0);
  return charts.map((chart) => {
    const shown = [...chart.querySelectorAll('text')].filter((text) => text.getBoundingClientRect().width > 0);
    return shown.map((text) => [...text.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(''));
  });
}

/** Runs in the page: the classes of tables that reach beyond its width. */
function wideTables() {
  const limit = document.documentElement.clientWidth + 1;
  const wide = [...document.querySelectorAll('table')].filter((table) => table.getBoundingClientRect().right > limit);
  return wide.map((table) => table.className);
}

function sheet(markup) {
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(markup);
  const words = [...markup.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</g)];
  return {
    width: Number(width),
    height: Number(height),
    words: words.map(([, left, top, right, bottom, text]) => ({
      text,
      left: Number(left),
      top: Number(top),
      right: Number(right),
      bottom: Number(bottom),
    })),
  };
}

const textOf = (sheets) => sheets.flatMap(({ words }) => words.map(({ text }) => text)).join('');

for (const [name, route, most] of [
  ['issue', 'bulletins/2023-17/', 12],
  ['monthly', 'bulletins/2023-04-monthly/', 14],
  ['town', 'bulletins/2023-17/towns/yunxiu/', 4],
]) {
  test(`${name}: A4 sheets, ${most} at most, words within the margins`, async () => {
    const sheets = await print(route, name);
    assert.ok(sheets.length >= 1 && sheets.length <= most, `${sheets.length} sheets`);
    for (const [index, { width, height, words }] of sheets.entries()) {
      assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `${width} × ${height}`);
      assert.ok(words.length > 5, `sheet ${index + 1} is all but empty`);
      const out = words.filter(({ left, top, right, bottom }) => left < 14 || top < 14 || right > width - 14 || bottom > height - 14);
      assert.deepEqual(out, [], `sheet ${index + 1}`);
    }
  });

  test(`${name}: says which issue it is, of when, by whom, on numbered sheets`, async () => {
    const sheets = await print(route, name);
    const text = textOf(sheets);
    for (const expected of ['霁川县', '截至', '2023年', '期', '示例数据']) assert.ok(text.includes(expected), expected);
    const last = sheets.at(-1).words.filter(({ top }) => top > 842 * 0.9);
    assert.match(last.map(({ text: word }) => word).join(''), new RegExp(`${sheets.length}`), 'the number of the last sheet');
  });
}

test('no table is wider than the sheet', async () => {
  const shown = await context(site.browser, { width: 673 }); // A4 less its margins
  const faults = [];
  for (const route of ['bulletins/2023-17/', 'bulletins/2023-03-monthly/', 'lights/', 'corrections/', 'projects/']) {
    for (const path of [route, `en/${route}`]) {
      const page = await shown.newPage();
      await page.emulateMedia({ media: 'print' });
      await page.goto(site.address + path);
      const wide = await page.evaluate(wideTables);
      if (wide.length > 0) faults.push(`/${path}: ${wide}`);
      await page.close();
    }
  }
  await shown.close();
  none(faults);
});

test('a chart is printed whole, on one sheet', async () => {
  const sheets = await print('bulletins/2023-17/', 'issue');
  assert.ok(sheets.charts.length >= 3, `${sheets.charts.length} charts`);
  const texts = sheets.map((sheet) => textOf([sheet]).replace(/\s/g, ''));
  for (const words of sheets.charts) {
    const holds = (text) => words.every((word) => text.includes(word.replace(/\s/g, '')));
    assert.ok(texts.some(holds), `on no sheet together: ${words}`);
  }
});

test('what only works on a screen is not printed', async () => {
  const text = textOf(await print('bulletins/2023-17/', 'issue'));
  for (const word of ['跳到', '显示方式', '下载']) assert.ok(!text.includes(word), word);
});
