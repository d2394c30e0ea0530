// Watch mode in a real browser: the page changes after a save, the overlay comes and goes, the place on the page stays.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.GONGBAO ?? join(root, 'target/debug/gongbao');

const NEWS = 'content/news/long.md';
const long = (word) =>
  `---\ntitle: 长文\ndate: 2023-03-01\n---\n${`${word},这一段很长。\n\n`.repeat(200)}`;

let site, server, address, browser, page;

/** Starts `gongbao serve` on a site; gives the process and the address. */
async function serve(folder) {
  const started = spawn(program, ['--root', folder, '--lang', 'en', 'serve', '--port', '0']);
  let said = '';
  const found = new Promise((resolve, reject) => {
    started.stderr.on('data', (text) => {
      said += text;
      const url = said.match(/serving at (http:\S+)/);
      if (url) resolve(url[1]);
    });
    started.on('exit', () => reject(new Error(said)));
  });
  return [started, await found];
}

/** Saves a file as a whole: it is never seen half-written. */
function write(path, text) {
  const aside = join(site, dirname(path), '.aside');
  writeFileSync(aside, text);
  renameSync(aside, join(site, path));
}

/** Shows the page, or hides it as if another tab were looked at. */
const show = (state) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

before(async () => {
  site = mkdtempSync(join(tmpdir(), 'gongbao-serve-'));
  cpSync(join(root, 'content'), join(site, 'content'), { recursive: true });
  cpSync(join(root, 'themes'), join(site, 'themes'), { recursive: true });
  write(NEWS, long('原文'));
  [server, address] = await serve(site);
  browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${address}news/long/`);
});

after(async () => {
  await browser?.close();
  server?.kill('SIGINT');
  rmSync(site, { recursive: true, force: true });
});

test('a saved text is on the page, and the reader is where they were', async () => {
  await page.evaluate(() => scrollTo(0, 1500));
  write(NEWS, long('新文'));
  await page.getByText('新文,这一段很长。').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => scrollY === 1500);
});

test('a stylesheet is swapped and the page is not loaded anew', async () => {
  await page.evaluate(() => (window.isSamePage = true));
  const style = 'themes/default/static/style.css';
  write(style, `${readFileSync(join(site, style), 'utf8')}\nbody { outline: 3px solid rgb(1, 2, 3) }\n`);
  await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)');
  assert.equal(await page.evaluate(() => window.isSamePage), true);
});

test('problems are laid over the page and go when they are mended', async () => {
  await page.evaluate(() => (window.isSamePage = true));
  const good = readFileSync(join(site, NEWS));
  write(NEWS, '---\ntitel: 长文\n---\n');
  const overlay = page.locator('gongbao-problems [role=alert]');
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /content\/news\/long\.md:2:1/);
  assert.match(await overlay.innerText(), /did you mean `title`\?/);
  assert.equal(await page.getByText('这一段很长。').count() > 0, true, 'the page is still beneath');
  write(NEWS, good);
  await overlay.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => window.isSamePage), true);
});

test('the overlay can be put aside', async () => {
  const good = readFileSync(join(site, NEWS));
  write(NEWS, '---\ntitel: 长文\n---\n');
  const overlay = page.locator('gongbao-problems [role=alert]');
  await overlay.waitFor();
  await page.keyboard.press('Escape');
  await overlay.waitFor({ state: 'detached' });
  write(NEWS, good);
});

test('who reads the problems keeps the place, and what is put aside stays so', async () => {
  await page.setViewportSize({ width: 360, height: 640 });
  const faults = (count) => `---\ntitle: 长文\ndate: 2023-03-01\n${Array.from({ length: count }, (_, n) => `key${n}: 1\n`).join('')}---\n文。\n`;
  write(NEWS, faults(40));
  const overlay = page.locator('gongbao-problems [role=alert]');
  await overlay.getByText('40 errors').waitFor();
  await overlay.evaluate((section) => section.scrollTo(200, 300));
  const button = page.locator('gongbao-problems button');
  const { x, y, width } = await button.boundingBox();
  assert.ok(x >= 0 && x + width <= 360 && y > 640 * 0.3 - 1 && y < 640 * 0.5, 'the button stays in sight');
  write(NEWS, faults(39));
  await overlay.getByText('key38').first().waitFor();
  await overlay.getByText('39 errors').waitFor();
  assert.equal(await overlay.evaluate((section) => section.scrollTop), 300);
  await button.click();
  await show('hidden');
  await show('visible');
  await page.waitForTimeout(300);
  assert.equal(await overlay.count(), 0);
  write(NEWS, long('新文'));
  await page.getByText('新文,这一段很长。').first().waitFor({ state: 'attached' });
});

test('a page that was hidden is up to date when it is looked at again', async () => {
  await show('hidden');
  write(NEWS, long('又改'));
  await show('visible');
  await page.getByText('又改,这一段很长。').first().waitFor({ state: 'attached' });
});
