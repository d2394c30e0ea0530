// Everything can be done by keyboard, and it is always seen where one is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { context, none, start } from './site.mjs';

let site;
let page;
let shown;
before(async () => (site = await start()));
after(() => site.stop());

async function open(route, options) {
  await shown?.close();
  shown = await context(site.browser, options);
  page = await shown.newPage();
  await page.goto(site.address + route);
}

/** Moves to an element as people do, with the tab key. */
async function tabTo(locator, most = 200) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    if (await locator.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`not reached within ${most} steps`);
}

test('the first stop leads past the navigation', async () => {
  await open('');
  await page.keyboard.press('Tab');
  const skip = page.locator(':focus');
  assert.equal(await skip.getAttribute('href'), '#main');
  assert.ok((await skip.boundingBox()).y >= 0, 'it is on the screen');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const isInside = await page.evaluate(() => document.activeElement.closest('main') !== null);
  assert.ok(isInside, 'the next stop is in the main part');
});

for (const width of [360, 1280]) {
  for (const route of ['', 'bulletins/2023-17/', 'projects/']) {
    test(`every stop of /${route} is seen at ${width} px`, async () => {
      await open(route, { width });
      const faults = [];
      let last = '';
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press('Tab');
        const { name, fault } = await page.evaluate(focusFault);
        if (name === 'body' || name === last) break;
        last = name;
        if (fault) faults.push(`${name}: ${fault}`);
      }
      none(faults);
    });
  }
}

/** Runs in the page: what is wrong with how the focused element shows. */
function focusFault() {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: 'body' };
  const name = element.outerHTML.slice(0, 120);
  const seen = element.matches('input') ? (element.closest('label') ?? element) : element;
  const box = seen.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return { name, fault: 'has no size' };
  if (box.bottom < 0 || box.top > innerHeight) return { name, fault: 'is off the screen' };
  const marked = [element, seen].some((candidate) => {
    const style = getComputedStyle(candidate);
    return parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
  });
  if (!marked) return { name, fault: 'has no outline' };
  const [line] = seen.getClientRects();
  const at = [Math.min(Math.max(line.x + line.width / 2, 1), innerWidth - 1), line.y + line.height / 2];
  const top = document.elementFromPoint(...at);
  const isTop = top && (seen.contains(top) || top.contains(seen));
  return { name, fault: isTop ? null : `is covered by ${top?.outerHTML.slice(0, 80)}` };
}

test('the way of showing is chosen by keyboard and kept', async () => {
  await open('');
  await tabTo(page.locator('#type-large'));
  await page.keyboard.press('Space');
  await tabTo(page.locator('details.display > summary'));
  await page.keyboard.press('Enter');
  await tabTo(page.locator('#theme-auto'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  const kept = () =>
    page.evaluate(() => ['theme', 'contrast', 'type'].map((key) => document.documentElement.getAttribute(`data-${key}`)));
  assert.deepEqual(await kept(), ['dark', 'high', 'large']);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('details.display').getAttribute('open'), null);
  assert.ok(await page.locator('details.display > summary').evaluate((element) => element === document.activeElement));
  await page.goto(`${site.address}projects/`);
  assert.deepEqual(await kept(), ['dark', 'high', 'large'], 'on the next page too');
});

test('a figure tells its basis and lets go again', async () => {
  await open('');
  const figure = page.locator('main a.figure[data-basis]').first();
  await tabTo(figure);
  await page.keyboard.press('Enter');
  const note = page.getByRole('dialog');
  assert.match(await note.innerText(), /截至/);
  assert.ok(await note.evaluate((element) => element.contains(document.activeElement)));
  await page.keyboard.press('Escape');
  assert.equal(await note.count(), 0);
  assert.ok(await figure.evaluate((element) => element === document.activeElement));
});

test('the table of projects sorts and filters', async () => {
  await open('projects/');
  const table = page.locator('table[data-sortable]').first();
  const heads = table.locator('thead th');
  const button = table.locator('thead button').last();
  await tabTo(button, 80);
  await page.keyboard.press('Enter');
  const first = await button.evaluate((element) => element.closest('th').getAttribute('aria-sort'));
  await page.keyboard.press('Enter');
  const second = await button.evaluate((element) => element.closest('th').getAttribute('aria-sort'));
  assert.deepEqual(new Set([first, second]), new Set(['ascending', 'descending']));
  const sorted = await heads.evaluateAll((all) => all.filter((head) => head.hasAttribute('aria-sort')).length);
  assert.equal(sorted, 1);
  const rows = table.locator('tbody tr:visible');
  const before = await rows.count();
  await page.locator('form[data-filter] input[name="q"]').focus();
  await page.keyboard.type('道路');
  const after = await rows.count();
  assert.ok(after > 0 && after < before, `${after} of ${before}`);
  assert.match(await page.locator('form[data-filter] [role="status"]').innerText(), new RegExp(`${after}`));
  for (const text of await rows.allInnerTexts()) assert.match(text, /道路/);
});

test('the table of projects filters by each of its choices, which the address keeps', async () => {
  await open('projects/');
  const rows = page.locator('table[data-sortable] tbody tr:visible');
  const all = await rows.count();
  for (const name of ['town', 'category', 'light', 'stage']) {
    const choice = page.locator(`form[data-filter] select[name=${name}]`);
    const options = await choice.locator('option').evaluateAll((all) => all.slice(1).map((own) => [own.value, own.text]));
    let sum = 0;
    for (const [value, text] of options) {
      await choice.selectOption({ label: text });
      const count = await rows.count();
      const values = await rows.evaluateAll((all, name) => all.map((row) => row.getAttribute(`data-${name}`)), name);
      assert.deepEqual(values, Array(count).fill(value), `${name}: ${text}`);
      if (count > 0) assert.ok((await rows.first().innerText()).includes(text), text);
      sum += count;
    }
    assert.equal(sum, all, `${name}: each project has one`);
    const [value] = options.at(-1);
    assert.equal(new URL(page.url()).searchParams.get(name), value);
    await page.reload();
    assert.equal(await choice.inputValue(), value);
    await choice.selectOption('');
  }
});
