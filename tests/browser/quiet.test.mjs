// Pages work without a word in the console, without other hosts, cookies or anything inline.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { context, each, kinds, none, start } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

test('no message in the console, so nothing that the content policy refuses; no failed request, no other host, no cookie', async () => {
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
    const response = await page.goto(site.address + route, { waitUntil: 'networkidle' });
    if (!/default-src 'none'/.test(response.headers()['content-security-policy'])) told('came without a policy');
    await page.close();
  });
  none(faults);
  assert.deepEqual(await shown.cookies(), []);
  await shown.close();
});

/** Opens a page and does something there; gives what its content policy refused. */
async function refused(route, act) {
  const shown = await context(site.browser);
  await shown.addInitScript(() => {
    globalThis.refused = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      globalThis.refused.push(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  const page = await shown.newPage();
  const response = await page.goto(site.address + route, { waitUntil: 'networkidle' });
  assert.match(response.headers()['content-security-policy'], /default-src 'none'/);
  await act(page);
  const found = await page.evaluate(() => globalThis.refused);
  await shown.close();
  return found;
}

test('the content policy that the program prints refuses nothing when a page is used, either', async () => {
  assert.deepEqual(await refused('', (page) => page.locator('.figure').first().click()), []);
  assert.deepEqual(await refused('projects/', (page) => page.locator('th button').first().click()), []);
  const search = async (page) => {
    await page.locator('input[name=q]').fill('水库');
    await page.locator('#search-results h3').first().waitFor();
  };
  assert.deepEqual(await refused('search/', search), []);
});

test('it refuses what stands between tags, but for data', async () => {
  const add = (page, type) =>
    page.evaluate((type) => {
      const script = document.createElement('script');
      Object.assign(script, { type, textContent: '{}' });
      document.head.append(script);
    }, type);
  assert.match((await refused('', (page) => add(page, 'text/javascript'))).join(), /script-src/);
  assert.deepEqual(await refused('', (page) => add(page, 'application/ld+json')), []);
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
