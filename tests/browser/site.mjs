// The vocabulary of the browser tests: the built site, its kinds of pages, and a browser to look at them with.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

import { serve } from './server.mjs';

/** The root of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the built site is: `SITE`, or where tests/run puts it. */
export const folder = process.env.SITE ?? join(root, 'target/site');

/** Where pictures are kept for people to look at. */
export const screenshots = join(root, 'target/screenshots');
/** Browsers draw no picture that is higher. */
const HIGHEST = 16000;

/** The path that the sample site is made for. */
export const BASE = '/ztzl/xmjs/';

/** The ways in which a page can be shown, as gongbao.js keeps them. */
export const MODES = {
  light: {},
  dark: { theme: 'dark' },
  contrast: { contrast: 'high' },
  large: { type: 'large' },
};

/** All pages by route, the largest first. */
export function pages() {
  const files = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.html'));
  const sized = files.map((path) => ({ path, size: statSync(join(folder, path)).size }));
  sized.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
  return sized.map(({ path }) => path.replace(/(^|\/)index\.html$/, '$1'));
}

/**
 * One page of each kind: the largest of those that lie at the same depth in the same folder.
 * What lists hold in one language they hold in the other, so that one of them stands for both but for the main kinds.
 */
export function kinds() {
  const found = new Map();
  for (const route of pages()) {
    const parts = route.split('/');
    const isEnglish = parts[0] === 'en';
    if (isEnglish && !/^en\/($|(bulletins|projects|news|towns|method|search)\/)/.test(route)) continue;
    const [section, ...rest] = isEnglish ? parts.slice(1) : parts;
    const name = [isEnglish ? 'en' : 'zh', section || 'home', ...rest.filter(Boolean).map((_, i) => i + 1)];
    const kind = name.slice(0, 2).concat(name.length > 2 ? String(name.length - 2) : []).join('-');
    if (!found.has(kind)) found.set(kind, route);
  }
  return [...found].map(([kind, route]) => ({ kind, route }));
}

/** The text of a built file. */
export const read = (path) => readFileSync(join(folder, path), 'utf8');

/** Starts a browser and the site's server for the tests of a file; gives what they need, and a way to end it all. */
export async function start() {
  const server = await serve(folder, BASE);
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--allow-file-access-from-files',
      `--disk-cache-dir=${mkdtempSync(join(tmpdir(), 'gongbao-browser-'))}`,
    ],
  });
  const stop = async () => {
    server.stop();
    await browser.close();
  };
  return { browser, address: server.address, stop };
}

/** Opens pages in a mode at a width. */
export async function context(browser, { mode = 'light', width = 1280, ...options } = {}) {
  const size = { width, height: width < 600 ? 740 : 900 };
  const made = await browser.newContext({ viewport: size, reducedMotion: 'reduce', ...options });
  if (options.javaScriptEnabled !== false) {
    await made.addInitScript((kept) => {
      for (const [key, value] of Object.entries(kept)) localStorage.setItem(`gongbao.${key}`, value);
    }, MODES[mode]);
  }
  return made;
}

/** Keeps a picture of a page, as a window would show it that is as high as the page. */
export async function picture(page, series, name) {
  const path = join(screenshots, series, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...size, height: Math.min(height, HIGHEST) });
  await page.waitForLoadState('networkidle');
  // The first picture in a new size may show the old one.
  await page.screenshot();
  await page.screenshot({ path });
  await page.setViewportSize(size);
  return relative(root, path);
}

/** Asserts that nothing was found to be wrong. */
export function none(faults) {
  if (faults.length > 0) throw new Error(`\n${faults.join('\n')}`);
}

/** Does something for each of many things, a few at a time. */
export async function each(things, atOnce, act) {
  const rest = [...things];
  const worker = async () => {
    for (let thing = rest.shift(); thing !== undefined; thing = rest.shift()) await act(thing);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
