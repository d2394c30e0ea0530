// Ten lines of tokens, as the guide for writers of themes shows them, change the looks of every mode but high contrast.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { context, picture, root, start } from './site.mjs';

const program = process.env.GONGBAO ?? join(root, 'target/debug/gongbao');
const guide = readFileSync(join(root, 'themes/default/README.md'), 'utf8');
const [, tokens] = /tokens\.css`\n\n```css\n([^`]*)```/.exec(guide);

let folder, site;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gongbao-theme-'));
  const run = (...args) => execFileSync(program, ['--root', folder, ...args], { stdio: 'ignore' });
  run('new', 'site');
  run('build', '--out', join(folder, 'default'));
  const file = join(folder, 'themes/mine/static/tokens.css');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, tokens);
  const record = join(folder, 'content/site.yaml');
  writeFileSync(record, `${readFileSync(record, 'utf8').replace(/^theme:.*\n/m, '')}theme: mine\n`);
  run('build', '--out', join(folder, 'mine'));
  site = await start();
});
after(async () => {
  await site.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the home page of a built site looks like in a mode. */
async function looks(name, mode) {
  const shown = await context(site.browser, { mode });
  const page = await shown.newPage();
  await page.goto(`file://${join(folder, name, 'index.html')}`);
  const found = await page.evaluate(() => {
    const of = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
    return {
      paper: of('body', 'backgroundColor'),
      ink: of('body', 'color'),
      accent: of('.hero-value', 'color'),
      head: of('h2:not(.vh)', 'fontFamily'),
      size: of('h2:not(.vh)', 'fontSize'),
    };
  });
  if (name === 'mine') await picture(page, 'theme', mode);
  await shown.close();
  return found;
}

const rgb = (hex) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
const token = (name) => rgb(new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`).exec(tokens)[1]);

for (const [mode, time] of [['light', 'day'], ['dark', 'night']]) {
  test(`the tokens of ${time} change the looks: ${mode}`, async () => {
    const [own, other] = [await looks('mine', mode), await looks('default', mode)];
    assert.equal(own.paper, token(`paper-${time}`));
    assert.equal(own.ink, token(`ink-${time}`));
    assert.equal(own.accent, token(`accent-${time}`));
    for (const property of ['paper', 'ink', 'accent', 'head']) assert.notEqual(own[property], other[property], property);
    assert.equal(own.size, other.size, 'what is not set keeps its value');
  });
}

test('high contrast is the same in every theme', async () => {
  const [own, other] = [await looks('mine', 'contrast'), await looks('default', 'contrast')];
  assert.deepEqual({ ...own, head: '' }, { ...other, head: '' });
});
