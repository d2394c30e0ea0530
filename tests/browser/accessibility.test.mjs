// Every kind of page, in every mode, on a phone and on a screen: axe finds nothing.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { MODES, context, each, kinds, none, start } from './site.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let site;
before(async () => (site = await start()));
after(() => site.stop());

for (const mode of Object.keys(MODES)) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing: ${mode}, ${width} px`, async () => {
      const shown = await context(site.browser, { mode, width, bypassCSP: true });
      const faults = [];
      await each(kinds(), 2, async ({ route }) => {
        const page = await shown.newPage();
        await page.goto(site.address + route);
        await page.evaluate(axe);
        const violations = await page.evaluate(violationsOf, TAGS);
        faults.push(...violations.map((violation) => `/${route}: ${violation}`));
        await page.close();
      });
      await shown.close();
      none(faults);
    });
  }
}

/** Runs in the page: a line for each rule that is broken, with the first places. */
async function violationsOf(tags) {
  const { violations } = await globalThis.axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    resultTypes: ['violations'],
  });
  const places = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join('  ');
  return violations.map(({ id, help, nodes }) => `${id} (${help}), ${nodes.length}×: ${places(nodes)}`);
}
