// No link of the site leads nowhere, nor to a place that its page does not have.

import { LinkChecker } from 'linkinator';

import { serve } from '../browser/server.mjs';
import { BASE, folder } from '../browser/site.mjs';

const { address, stop } = await serve(folder, BASE);
const { links } = await new LinkChecker().check({
  path: address,
  recurse: true,
  concurrency: 20,
  checkFragments: true,
  // The judges ask no other host.
  linksToSkip: async (link) => !link.startsWith(address) && !link.startsWith('#'),
});
stop();

const dead = links.filter(({ state }) => state === 'BROKEN');
for (const { url, parent, status } of dead.slice(0, 50)) console.error(`${status} ${url} in ${parent}`);
const seen = links.filter(({ state }) => state === 'OK').length;
console.log(`${seen} addresses answer, ${dead.length} do not`);
process.exitCode = dead.length > 0 || seen < 500 ? 1 : 0;
