// What a page says in another language than its own is marked with that language, so that it is read aloud and set rightly.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { context, none, pages, start } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

test('on English pages every Chinese text is marked as Chinese', async () => {
  const shown = await context(site.browser, { bypassCSP: true });
  const page = await shown.newPage();
  await page.goto(`${site.address}en/`);
  const english = pages().filter((route) => route.startsWith('en/'));
  assert.ok(english.length > 100, `${english.length} pages`);
  none(await page.evaluate(unmarked, english.map((route) => site.address + route)));
  await shown.close();
});

test('on Chinese pages nothing is marked as English but what is', async () => {
  const shown = await context(site.browser, { bypassCSP: true });
  const page = await shown.newPage();
  await page.goto(site.address);
  const wrong = await page.evaluate(async (addresses) => {
    const faults = [];
    for (const address of addresses) {
      const read = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
      const marked = [...read.body.querySelectorAll('[lang]')].filter((own) => own.getAttribute('lang') !== 'zh-CN');
      faults.push(...marked.filter((own) => /\p{Script=Han}/u.test(own.textContent)).map((own) => `${address}: ${own.outerHTML}`));
    }
    return faults;
  }, pages().filter((route) => !route.startsWith('en/')).map((route) => site.address + route));
  none(wrong);
  await shown.close();
});

/** Runs in the page: the first place of each kind where pages have Chinese text that is not marked. */
async function unmarked(addresses) {
  // These hold nothing but text, so that no part of it can be marked.
  const PLAIN = 'script, style, title, option';
  const found = new Map();
  for (const address of addresses) {
    const read = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
    const texts = read.createTreeWalker(read.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement: around } = texts.currentNode;
      if (!/\p{Script=Han}/u.test(data) || around.closest(PLAIN)) continue;
      const marked = around.closest('body [lang]');
      if (marked?.getAttribute('lang').startsWith('zh')) continue;
      const place = [];
      for (let up = around; up !== read.body && place.length < 4; up = up.parentElement) {
        place.unshift(up.localName + (up.classList[0] ? `.${up.classList[0]}` : ''));
      }
      const [, kind] = /\/en\/([^/]*)/.exec(address);
      const key = `${kind}  ${place.join(' > ')}`;
      const count = (found.get(key)?.count ?? 0) + 1;
      found.set(key, { count, example: found.get(key)?.example ?? `${address} “${data.trim().slice(0, 60)}”` });
    }
  }
  return [...found].map(([key, { count, example }]) => `${key}: ${count}×, as ${example}`);
}
