// What the benchmarks measure with: variants in turns within one run, medians of the ratios of each round, their spread.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

/** Milliseconds that a function takes. */
export async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Times of some variants, measured in turns: `{name: [ms, ...]}`. */
export async function inTurns(variants, rounds) {
  const names = Object.keys(variants);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of names) times[name].push(await timed(variants[name]));
  return times;
}

/** The ratios, round by round: their median, and the middle half of them. */
export function ratio(times, over) {
  const ratios = times.map((t, i) => t / over[i]).sort((a, b) => a - b);
  const at = (share) => ratios[Math.floor(share * (ratios.length - 1))];
  return { value: median(ratios), from: at(0.25), to: at(0.75) };
}

/** A process of its own, its output thrown away; an error where it fails. */
export function processOf(...args) {
  const { status, stderr } = spawnSync(execPath, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
}

/** Bundles a source text that imports from src/ and gives the file; for what the package doesn't export. */
export async function bundled(contents, use) {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
  const outfile = join(folder, 'bench.mjs');
  try {
    await build({
      absWorkingDir: root,
      stdin: { contents, resolveDir: root, loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      alias: { yaml: './node_modules/yaml/browser/index.js' },
      logLevel: 'warning',
    });
    return await use(pathToFileURL(outfile).href, outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shown = (x) => (x >= 100 ? x.toFixed(0) : Number(x.toPrecision(3)).toString());

/** One line of the table: what, measured, spread, goal. */
export function report(id, what, { value, from, to }, unit, goal) {
  const verdict = value <= goal ? 'yes' : 'no';
  const spread = from === undefined ? '' : `${shown(from)} to ${shown(to)}`;
  console.log(`| ${id} | ${what} | ${shown(value)}${unit} | ${spread} | ${goal}${unit} | ${verdict} |`);
}
