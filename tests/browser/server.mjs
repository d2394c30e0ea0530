// A plain web server for the built site, below a sub-path and with the headers of a careful host.

import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.xml': 'application/xml; charset=utf-8',
};

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.GONGBAO ?? join(root, 'target/debug/gongbao');

/** What a careful host sends with every page, as the program prints it. */
export const HEADERS = Object.fromEntries(
  execFileSync(program, ['headers'], { encoding: 'utf8' }).trim().split('\n').map((line) => line.split(/: (.*)/).slice(0, 2)),
);

/** Serves a folder below a path such as `/ztzl/xmjs/`; gives the address and a way to stop. */
export async function serve(folder, base) {
  const server = createServer((request, response) => answer(folder, base, request, response));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${server.address().port}${base}`;
  return { address, stop: () => (server.close(), server.closeAllConnections()) };
}

async function answer(folder, base, request, response) {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const file = path.startsWith(base) ? await fileOf(folder, path.slice(base.length)) : null;
  const found = file ?? join(folder, '404.html');
  const type = TYPES[extname(found)] ?? 'application/octet-stream';
  const isText = /text|json|xml|javascript/.test(type);
  const headers = {
    'Content-Type': type,
    ...HEADERS,
    'Cache-Control': 'max-age=3600',
  };
  const zips = isText && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (zips) headers['Content-Encoding'] = 'gzip';
  response.writeHead(file ? 200 : 404, headers);
  const bytes = createReadStream(found);
  (zips ? bytes.pipe(createGzip()) : bytes).pipe(response);
}

async function fileOf(folder, route) {
  const path = join(folder, normalize(`/${route}`));
  for (const candidate of [path, join(path, 'index.html')]) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  return null;
}
