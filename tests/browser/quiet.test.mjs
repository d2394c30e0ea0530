// Pages work without a word in the console, without other hosts, cookies or anything inline.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { context, each, kinds, none, start } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

test('no message in the console, no failed request, no other host, no cookie', async () => {
  const shown = await context(site.browser);
  const origin = new URL(site.address).origin;
  const faults = [];
  await each(kinds(), 3, async ({ route }) => {
    const page = await shown.newPage();
    const told = (what) => faults.push(`/${route}: ${what}`);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) told(message.text());
    });
    page.on('pageerror', (error) => told(error.message));
    page.on('requestfailed', (request) => told(`failed: ${request.url()}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== origin && url.protocol !== 'data:') told(`asks ${url.host}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) told(`${response.status()}: ${response.url()}`);
    });
    await page.goto(site.address + route, { waitUntil: 'networkidle' });
    await page.close();
  });
  none(faults);
  assert.deepEqual(await shown.cookies(), []);
  await shown.close();
});

test('what is not there is answered by a page that finds its way home from any depth', async () => {
  const shown = await context(site.browser);
  const page = await shown.newPage();
  for (const route of ['nothing', 'towns/no/such/place/']) {
    const response = await page.goto(site.address + route);
    assert.equal(response.status(), 404);
    const sheets = await page.evaluate(() => document.styleSheets.length);
    assert.ok(sheets > 0, 'the stylesheet is found');
    await page.locator('main a').first().click();
    assert.ok(page.url().startsWith(site.address), page.url());
    assert.equal((await page.reload()).status(), 200);
  }
  await shown.close();
});
