// No page is wider than the screen, and amounts are aligned; pictures of every kind are kept to look at.

import { after, before, test } from 'node:test';

import { context, each, kinds, none, picture, start } from './site.mjs';

let site;
before(async () => (site = await start()));
after(() => site.stop());

const WIDTHS = { light: [320, 360, 640, 768, 1024, 1280, 2560], large: [360, 1024, 1280] };
const PICTURES = [360, 1280];

for (const [mode, widths] of Object.entries(WIDTHS)) {
  test(`nothing sticks out and amounts are aligned: ${mode}, ${widths.join(', ')} px`, async () => {
    const shown = await context(site.browser, { mode });
    const faults = [];
    await each(kinds(), 2, async ({ kind, route }) => {
      const page = await shown.newPage();
      await page.goto(site.address + route);
      faults.push(...(await page.evaluate(ragged)).map((cell) => `/${route}: ${cell}`));
      for (const width of widths) {
        await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
        const wider = await page.evaluate(widest);
        if (wider) faults.push(`/${route} at ${width} px: ${wider}`);
        const hidden = await page.evaluate(covered);
        faults.push(...hidden.map((cell) => `/${route} at ${width} px is covered: ${cell}`));
        if (mode === 'light' && PICTURES.includes(width)) await picture(page, `light-${width}`, kind);
      }
      await page.close();
    });
    await shown.close();
    none(faults);
  });
}

for (const [mode, width] of [['dark', 1280], ['contrast', 1280], ['large', 360], ['dark', 360]]) {
  test(`pictures of the main pages: ${mode}, ${width} px`, async () => {
    const main = /^zh-(home|bulletins-[13]|projects-1|towns-1|lights|search)$/;
    const shown = await context(site.browser, { mode, width });
    await each(kinds().filter(({ kind }) => main.test(kind)), 2, async ({ kind, route }) => {
      const page = await shown.newPage();
      await page.goto(site.address + route);
      await picture(page, `${mode}-${width}`, kind);
      await page.close();
    });
    await shown.close();
  });
}

/** Runs in the page: what makes it wider than the screen, if it is. */
function widest() {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return null;
  const out = [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > limit + 1,
  );
  return `${document.documentElement.scrollWidth} px: ${out[0]?.outerHTML.slice(0, 160)}`;
}

/** Runs in the page: the cells that stay while their table scrolls beneath, and leave less than half of it to be seen. */
function covered() {
  const scrolling = [...document.querySelectorAll('.table-scroll')].filter((box) => box.scrollWidth > box.clientWidth);
  const first = scrolling.map((box) => [box, box.querySelector('.table-pin tbody th')]);
  return first
    .filter(([box, cell]) => cell && cell.offsetWidth > box.clientWidth / 2)
    .map(([box, cell]) => `${cell.offsetWidth} of ${box.clientWidth} px: ${cell.innerText}`);
}

/** Runs in the page: the cells whose amounts have other decimals than those of the same unit above them. */
function ragged() {
  return [...document.querySelectorAll('table')].flatMap((table) => {
    const decimals = new Map();
    const cells = [...table.rows].flatMap((row) => [...row.cells]);
    return cells.map((cell) => [cell, cell.textContent.trim()]).filter(([cell, text]) => {
      const amount = /^(?:CNY.)?[+−-]?[\d,]+(?:\.(\d+))?(亿元|万元|.[bm]illion)$/.exec(text);
      if (!amount) return false;
      const column = cell.cellIndex + amount[2], own = (amount[1] ?? '').length;
      return own !== (decimals.get(column) ?? decimals.set(column, own).get(column));
    }).map(([, text]) => text);
  });
}
