// Every kind of page, in every mode, on a phone and on a screen: axe finds nothing.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { MODES, context, each, kinds, none, start } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What a mode can break: colours, or the size of things. All other rules read a page's elements, which are the same in every
 * mode, and are asked once.
 */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const SIZES = { type: 'rule', values: ['target-size', 'scrollable-region-focusable'] };
const RULES = { light: { type: 'tag', values: TAGS }, dark: COLOURS, contrast: COLOURS, large: SIZES };

let site;
before(async () => (site = await start()));
after(() => site.stop());

for (const width of [360, 1280]) {
  test(`axe finds nothing in any mode at ${width} px`, async () => {
    const shown = await context(site.browser, { width, bypassCSP: true });
    const faults = [];
    await each(kinds(), 2, async ({ route }) => {
      const page = await shown.newPage();
      await page.goto(site.address + route);
      await page.evaluate(axe);
      for (const [mode, kept] of Object.entries(MODES)) {
        const violations = await page.evaluate(violationsOf, { kept, rules: RULES[mode] });
        faults.push(...violations.map((violation) => `/${route}, ${mode}: ${violation}`));
      }
      await page.close();
    });
    await shown.close();
    none(faults);
  });
}

/** Runs in the page: shows it in a mode, as mode.js does; gives a line for each rule that is broken, with the first places. */
async function violationsOf({ kept, rules }) {
  const root = document.documentElement;
  for (const key of ['theme', 'contrast', 'type']) {
    if (kept[key]) root.setAttribute(`data-${key}`, kept[key]);
    else root.removeAttribute(`data-${key}`);
  }
  const { violations } = await globalThis.axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
  const places = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join('  ');
  return violations.map(({ id, help, nodes }) => `${id} (${help}), ${nodes.length}×: ${places(nodes)}`);
}
