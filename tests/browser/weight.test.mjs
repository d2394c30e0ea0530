// Pages are light, on the wire and without photos.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { folder, pages } from './site.mjs';

const PHOTO = /\.(jpe?g|png|webp|avif)$/;

const weigh = (path) => gzipSync(readFileSync(join(folder, path))).length;

/** What a page loads at once besides photos, as paths below the site. */
function parts(route) {
  const file = route === '' || route.endsWith('/') ? `${route}index.html` : route;
  const html = readFileSync(join(folder, file), 'utf8');
  const sources = html.matchAll(/<(?:script|img)\b[^>]* src="([^"]+)"|<link rel="(?:stylesheet|icon)" href="([^"]+)"/g);
  const paths = [...sources].map(([, source, link]) => new URL(source ?? link, `file:///${file}`).pathname.slice(1));
  return [file, ...new Set(paths)].filter((path) => !PHOTO.test(path));
}

const total = (route) => parts(route).reduce((sum, path) => sum + weigh(path), 0);

test('the home page weighs less than 100 kB in all', () => {
  for (const route of ['', 'en/']) {
    assert.ok(total(route) < 100_000, `/${route}: ${total(route)} bytes`);
  }
});

test('a project page weighs less than 30 kB', () => {
  const projects = pages().filter((route) => /^(en\/)?projects\/.+/.test(route));
  const heavy = projects.slice(0, 5).map((route) => [route, total(route)]);
  assert.deepEqual(heavy.filter(([, bytes]) => bytes >= 30_000), []);
});
