// The search page: results as one types, by keyboard, by filters, from the address, from a memory stick.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { open as openIndex } from '../search/index.mjs';
import { context, folder, picture, start } from './site.mjs';

let site;
let page;
let shown;
let faults;
before(async () => (site = await start()));
after(() => site.stop());

async function open(address, options) {
  await shown?.close();
  shown = await context(site.browser, options);
  page = await shown.newPage();
  faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(address);
}

const box = () => page.getByRole('searchbox').last();
const results = () => page.locator('#search-results h3 a');
const told = (text) => page.locator('#search-status', { hasText: text }).waitFor();
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

test('results come as one types, with the words marked and the number told', async () => {
  await open(`${site.address}search/`);
  await box().pressSequentially('鹭鸣水库');
  await told('找到 7 条');
  assert.equal(await results().first().innerText(), '鹭鸣水库扩建工程');
  assert.equal(await page.locator('#search-results mark').first().innerText(), '鹭鸣水库');
  assert.match(page.url(), /\?q=%E9%B9%AD%E9%B8%A3%E6%B0%B4%E5%BA%93$/);
  await picture(page, 'search', 'results');
  await box().fill('千里马');
  await told('没有找到');
  assert.equal(await results().count(), 0);
  assert.deepEqual(faults, []);
});

test('the query and the filters are in the address, and come from it', async () => {
  await open(`${site.address}search/?q=水库&kind=news`);
  await told('找到 2 条');
  assert.equal(await box().inputValue(), '水库');
  await page.locator('select[name=kind]').selectOption('project');
  await told('找到 8 条');
  await box().fill('');
  await page.locator('select[name=kind]').selectOption('');
  await page.locator('select[name=light]').selectOption('red');
  await told('找到 7 条');
  assert.match(page.url(), /\?light=red$/);
  assert.equal(await page.locator('#search-results .light-red').count(), 7);
  await page.getByRole('button', { name: '重置' }).click();
  await page.waitForFunction(() => !document.querySelector('#search-results h3'));
});

test('every filter is chosen by name and finds what an index of its own says', async () => {
  await open(`${site.address}search/`);
  const index = openIndex(join(folder, 'search'));
  for (const name of ['town', 'category', 'light', 'stage', 'year']) {
    const options = await page.locator(`select[name=${name}] option`).evaluateAll((all) => all.slice(1).map((own) => [own.value, own.text]));
    assert.ok(options.length >= 2, name);
    for (const [value, text] of options) {
      assert.ok(name === 'year' || /^\p{Script=Han}/u.test(text), `${name}: ${text} is no name`);
      const found = await index.all('', [`${name}:${value}`]);
      await page.locator(`select[name=${name}]`).selectOption({ label: text });
      await told(found.shown.length ? `找到 ${found.shown.length} 条` : '没有找到');
      if (name === 'town') assert.ok((await page.locator('#search-results').innerText()).includes(text), text);
    }
    await page.locator(`select[name=${name}]`).selectOption('');
  }
  assert.deepEqual(faults, []);
});

test('everything can be done by keyboard', async () => {
  await open(`${site.address}search/`);
  await page.locator('main').focus();
  await page.keyboard.press('/');
  assert.ok(await isFocused(box()), '/ leads to the words');
  await page.keyboard.type('水库');
  await told('找到 13 条');
  await page.keyboard.press('ArrowDown');
  assert.ok(await isFocused(results().nth(0)), 'down leads to the first result');
  await page.keyboard.press('ArrowDown');
  assert.ok(await isFocused(results().nth(1)), 'and to the next');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.ok(await isFocused(box()), 'up leads back');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.ok(await isFocused(box()), 'so does Escape');
  const more = page.locator('#search-results > button');
  await more.focus();
  await page.keyboard.press('Enter');
  await results().nth(12).waitFor();
  assert.ok(await isFocused(results().nth(10)), 'the reader goes on where the new results begin');
  assert.equal(await more.count(), 0);
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/projects\/luming-reservoir\//);
});

test('it works from a memory stick, and its results lead to files', async () => {
  await open(pathToFileURL(join(folder, 'search/index.html')).href);
  await box().fill('鹭鸣水库');
  await told('找到 7 条');
  await results().first().click();
  await page.waitForURL(/projects\/luming-reservoir\/index\.html$/);
  assert.equal(await page.locator('h1').innerText(), '鹭鸣水库扩建工程');
});

test('in English, what is not translated is marked with its language', async () => {
  await open(`${site.address}en/search/?q=reservoir`);
  await told('1 found');
  assert.equal(await results().first().innerText(), 'Luming Reservoir Enlargement');
  await box().fill('水库');
  await told('13 found');
  assert.ok((await page.locator('#search-results h3 a[lang=zh-CN]').count()) > 0);
  assert.deepEqual(faults, []);
});

test('on a phone nothing is wider than the screen', async () => {
  await open(`${site.address}search/?q=水库`, { width: 360 });
  await told('找到 13 条');
  await picture(page, 'search', 'phone');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});
