// The site works from a memory stick, at the root of a host, and without script.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { context, each, folder, kinds, none, picture, start } from './site.mjs';
import { serve } from './server.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Follows the first link to each page that the navigation names; gives the headings met. */
async function walk(page) {
  const links = await page.locator('nav').first().getByRole('link').count();
  const headings = [];
  for (let index = 0; index < links; index += 1) {
    await page.locator('nav').first().getByRole('link').nth(index).click();
    await page.waitForLoadState();
    headings.push(await page.locator('h1').first().textContent());
  }
  return headings;
}

test('the navigation leads the same way from a memory stick, a sub-path and the root', async (test) => {
  const atRoot = await serve(folder, '/');
  const shown = await context(site.browser);
  test.after(() => shown.close());
  test.after(() => atRoot.stop());
  const page = await shown.newPage();
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const walks = [];
  for (const address of [site.address, atRoot.address, pathToFileURL(join(folder, 'index.html')).href]) {
    await page.goto(address);
    walks.push(await walk(page));
  }
  none(faults);
  assert.ok(walks[0].length >= 6, `${walks[0]}`);
  assert.deepEqual(walks[1], walks[0], 'root');
  assert.deepEqual(walks[2], walks[0], 'memory stick');
});

test('from a memory stick pages have their style, pictures and charts', async () => {
  const shown = await context(site.browser);
  const page = await shown.newPage();
  const faults = [];
  page.on('requestfailed', (request) => {
    if (request.failure().errorText !== 'net::ERR_ABORTED') faults.push(request.url());
  });
  for (const { route } of kinds()) {
    const file = route.endsWith('.html') ? route : `${route}index.html`;
    if (file === '404.html') continue;
    await page.goto(pathToFileURL(join(folder, file)).href);
    const broken = await page.evaluate(() =>
      [...document.images].filter((image) => image.complete && !image.naturalWidth).map((image) => image.src),
    );
    faults.push(...broken.map((source) => `/${route}: ${source}`));
  }
  none(faults);
  await shown.close();
});

test('without script every page says what it has to say', async () => {
  const plain = await context(site.browser, { javaScriptEnabled: false });
  const scripted = await context(site.browser);
  const faults = [];
  await each(kinds(), 2, async ({ kind, route }) => {
    const [without, withScript] = await Promise.all([plain.newPage(), scripted.newPage()]);
    await Promise.all([without.goto(site.address + route), withScript.goto(site.address + route)]);
    if (kind === 'zh-projects' || kind === 'zh-search') await picture(without, 'noscript', kind);
    // Visible text, read by the browser; a page without script may have more to say (how to search, say).
    const shown = await without.locator('main').innerText();
    const heading = await without.locator('h1').first().innerText();
    if (!heading.trim()) faults.push(`/${route}: no heading`);
    const rows = 'main table:visible tbody tr';
    const [own, other] = [await without.locator(rows).count(), await withScript.locator(rows).count()];
    if (own < other) faults.push(`/${route}: ${own} rows instead of ${other}`);
    if (shown.trim().length < 40) faults.push(`/${route}: says little: ${shown}`);
    await Promise.all([without.close(), withScript.close()]);
  });
  none(faults);
  await plain.close();
  await scripted.close();
});
