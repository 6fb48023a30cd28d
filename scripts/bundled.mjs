// Loads a TypeScript file of the project in a script: bundled into a folder of its own, imported, and the folder removed.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What a file exports, named from the project's root: `test/homework/pairs.ts`. */
export async function bundled(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-script-'));
  const outfile = join(folder, 'bundle.mjs');
  try {
    await build({
      absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
