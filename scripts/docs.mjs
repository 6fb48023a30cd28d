// Writes the generated pages of docs/ from the rows they list: `npm run docs`.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the package: the templates are looked for from there upwards, and packages are found there.
const folder = join(root, `node_modules/.docs-${process.pid}`);
try {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/reference.ts', 'src/example-pages.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    logLevel: 'warning',
  });
  const load = (name) => import(pathToFileURL(join(folder, name)).href);
  const { pages } = await load('reference.mjs');
  for (const [name, text] of pages()) writeFileSync(join(root, 'docs', name), text);
  const { examplePages } = await load('example-pages.mjs');
  rmSync(join(root, 'docs/examples'), { recursive: true, force: true });
  for (const [name, text] of await examplePages()) {
    const path = join(root, 'docs/examples', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
