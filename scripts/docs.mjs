// Writes the generated pages of docs/ from the rows they list: `npm run docs`.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chainrule-docs-'));
const outfile = join(folder, 'reference.mjs');
try {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/reference.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    logLevel: 'warning',
  });
  const { pages } = await import(pathToFileURL(outfile).href);
  for (const [name, text] of pages()) writeFileSync(join(root, 'docs', name), text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
