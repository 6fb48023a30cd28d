// Runs benchmarks: `npm run bench` all of them, `npm run bench -- start gradient` those whose file names begin so.
//
// A benchmark is a file `<name>.bench.mjs` in this folder. It verifies its results, times itself and its peers in turns
// in one run, and prints ratios. No two run at the same time.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = argv.slice(2);
const names = readdirSync(here)
  .filter((name) => name.endsWith('.bench.mjs'))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))
  .sort();
if (names.length === 0) console.log('no such benchmark');

await build({ ifStale: true, types: false, quiet: true });

// Certificates that a machine adds are read at every start of Node 20, and would be most of what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...clean } = env;
const failed = names.filter((name) => {
  console.log(`\n${name.replace('.bench.mjs', '')}`);
  return spawnSync(execPath, [join(here, name)], { env: clean, stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
exit(failed.length > 0 ? 1 : 0);
