// Lighthouse on the main pages, as on a middling phone. Its marks are recorded; speed is not asserted, since it depends on
// what else the machine does.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { serve } from '../browser/server.mjs';
import { BASE, folder } from '../browser/site.mjs';

const PAGES = { home: '', issue: 'bulletins/2023-17/', project: 'projects/yanshi-belt-bridge/' };
const MUST_BE_FULL = ['accessibility', 'best-practices', 'seo'];

const reports = join(folder, '../judges/lighthouse');
mkdirSync(reports, { recursive: true });
const { address, stop } = await serve(folder, BASE);
const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});

const faults = [];
for (const [name, route] of Object.entries(PAGES)) {
  const { lhr, report } = await lighthouse(address + route, { port: chrome.port, output: 'html', logLevel: 'silent' });
  writeFileSync(join(reports, `${name}.html`), report);
  const marks = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
  console.log(`${name}: ${marks.map(([id, mark]) => `${id} ${mark}`).join(', ')}`);
  for (const id of MUST_BE_FULL) {
    const { score, auditRefs } = lhr.categories[id];
    if (score === 1) continue;
    const failed = auditRefs.filter((audit) => audit.weight > 0 && (lhr.audits[audit.id].score ?? 1) < 1);
    faults.push(`${name}: ${id}: ${failed.map((audit) => lhr.audits[audit.id].title).join('; ')}`);
  }
}

chrome.kill();
stop();
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
