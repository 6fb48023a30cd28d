// Adding an activation is one row: a build with one more row derives, prints, evaluates, lists and documents it.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The row that a contributor would add. */
const ROW = `
  {
    kind: 'scalar',
    name: 'square-plus',
    aliases: [],
    formula: '1/2*(z + (z^2 + 4)^(1/2))',
    latex: '\\\\operatorname{sp}',
    range: open(0, Infinity),
    kinks: [],
  },
`;

const oneMoreRow: Plugin = {
  name: 'one-more-row',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]tables[\\/]activations\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const head = 'export const activations: readonly ActivationRow[] = [';
      expect(source).toContain(head);
      return { contents: source.replace(head, head + ROW), loader: 'ts' };
    });
  },
};

/** Beside dist, so that the templates of the package are found from it. */
const folder = mkdtempSync(join(root, 'node_modules/.one-row-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli.ts', 'src/reference.ts'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external: ['mathjs'],
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    banner: {
      js: "import { createRequire } from 'node:module';const require=createRequire(import.meta.url);",
    },
    plugins: [oneMoreRow],
    logLevel: 'silent',
  });
});

const chainrule = (...args: string[]): string => {
  const run = spawnSync(process.execPath, [join(folder, 'cli.mjs'), ...args], {
    cwd: tmpdir(),
    encoding: 'utf8',
  });
  expect({ args, err: run.stderr, code: run.status }).toEqual({ args, err: '', code: 0 });
  return run.stdout;
};

test('it is derived and printed', () => {
  expect(chainrule('derive', 'general', '--target', "square-plus'")).toContain('σ′(z) = ');
  expect(chainrule('derive', '2-3-2', '--activation', 'square-plus', '--format', 'md')).toContain('\\sigma');
});

test('it is evaluated, and its gradients are right', () => {
  const { check } = JSON.parse(
    chainrule('evaluate', '2-3-2', '--activation', 'square-plus', '--format', 'json'),
  );
  expect(check.dual.error).toBeLessThan(1e-12);
  expect(check.differences.error).toBeLessThan(1e-6);
});

test('it is listed, proposed and documented', async () => {
  expect(chainrule('list', 'activations')).toMatch(/^square-plus +1\/2/m);
  const run = spawnSync(
    process.execPath,
    [join(folder, 'cli.mjs'), 'derive', '2-3', '--activation', 'squareplus'],
    {
      encoding: 'utf8',
    },
  );
  expect(run.stderr).toBe('unknown activation "squareplus"; did you mean "square-plus"?\n');
  const { pages } = await import(pathToFileURL(join(folder, 'reference.mjs')).href);
  expect(pages().get('tables.md')).toMatch(
    /^\| `square-plus` \| {2}\| `1\/2\*\(z \+ \(z\^2 \+ 4\)\^\(1\/2\)\)` \| `/m,
  );
});
