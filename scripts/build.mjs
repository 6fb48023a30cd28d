// Builds dist/: the doors bundled as ESM with lazily loaded chunks, KaTeX's style sheet and fonts, the type declarations.
//
//   node scripts/build.mjs [--if-stale] [--no-types] [--quiet]

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { argv, execPath, pid } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

/** Files of src/ that users run or import. */
const doors = ['cli', 'index', 'markdown-it', 'notes-folder', 'pandoc-filter', 'remark'];

/** Doors that a host loads as one file: nothing is shared with the others. */
const alone = { myst: 'myst.mjs' };

/** What dist/ is made from. */
const sources = [
  'src',
  'templates/pages/chainrule.css',
  'scripts/build.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/**
 * Builds what is asked for, beside dist/ first, so that nobody meets half a build. Chunks lie flat in dist/, as the doors
 * do in src/, so that `new URL('../templates/...', import.meta.url)` in a door means the same before and after bundling.
 */
export async function build({ ifStale = false, types = true, quiet = false } = {}) {
  if (ifStale && isFresh(types)) {
    if (!quiet) console.log('dist is up to date');
    return;
  }
  const fresh = join(root, `node_modules/.dist-${pid}`);
  try {
    await bundle(fresh);
    copyKatex(fresh);
    cpSync(join(root, 'templates/pages/chainrule.css'), join(fresh, 'chainrule.css'));
    if (types) declarations(fresh);
    replaceDist(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  if (!quiet) console.log(`built ${readdirSync(dist).length} files and folders in dist`);
}

/** Puts the new dist/ in the place of the old one; again where another build was quicker. */
function replaceDist(fresh, tries = 3) {
  rmSync(dist, { recursive: true, force: true });
  try {
    renameSync(fresh, dist);
  } catch (error) {
    if (tries === 0) throw error;
    replaceDist(fresh, tries - 1);
  }
}

/** Whether dist is newer than everything it is made from; a folder's time tells of files that went away. */
function isFresh(types) {
  const built = [join(dist, 'cli.js'), ...(types ? [join(dist, 'types/index.d.ts')] : [])];
  if (!built.every(existsSync)) return false;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return Math.max(...sources.map((source) => newest(join(root, source)))) < oldest;
}

function newest(path) {
  const at = statSync(path);
  const below = at.isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(at.mtimeMs, ...below);
}

async function bundle(outdir) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    ...common,
    entryPoints: doors.map((door) => `src/${door}.ts`),
    outdir,
    chunkNames: '[name]-[hash]',
    splitting: true,
  });
  for (const [door, file] of Object.entries(alone))
    await esbuild.build({ ...common, entryPoints: [`src/${door}.ts`], outfile: join(outdir, file) });
  for (const program of ['cli', 'pandoc-filter']) chmodSync(join(outdir, `${program}.js`), 0o755);
}

/**
 * Turns a CommonJS package's `require('node:fs')` into an import, which an ES module can do. The import stands only in
 * the chunk that needs it; the others run in a browser too.
 */
const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[\w:/]+$/ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path)
        ? { path: path.replace(/^(node:)?/, 'node:'), namespace: 'required' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('default ${path}').default;`,
    }));
    onResolve({ filter: /^default / }, ({ path }) => ({ path: path.slice(8), namespace: 'imported' }));
    onLoad({ filter: /./, namespace: 'imported' }, ({ path }) => ({
      contents: `export { default } from '${path}';`,
    }));
  },
};

/** How every door is bundled. */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  // yaml's build for Node is CommonJS, whose names `await import('yaml')` doesn't see in a bundle.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  plugins: [builtins],
  logLevel: 'warning',
};

/** Offline pages need KaTeX's style sheet and its fonts, whole and with their licence. */
function copyKatex(outdir) {
  const katex = dirname(require.resolve('katex/package.json'));
  const to = join(outdir, 'katex');
  mkdirSync(join(to, 'fonts'), { recursive: true });
  // The style sheet names the fonts in three formats; every browser takes the first, and only that one is copied.
  const css = readFileSync(join(katex, 'dist/katex.min.css'), 'utf8');
  writeFileSync(join(to, 'katex.min.css'), css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ''));
  cpSync(join(katex, 'dist/fonts'), join(to, 'fonts'), {
    recursive: true,
    filter: (from) => basename(from) === 'fonts' || from.endsWith('.woff2'),
  });
  cpSync(join(root, 'licenses/OFL-1.1.txt'), join(to, 'fonts/OFL.txt'));
}

function declarations(outdir) {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const run = spawnSync(
    execPath,
    [tsc, '-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', join(outdir, 'types')],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (run.status !== 0) throw new Error('the type declarations could not be written');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await build({
    ifStale: argv.includes('--if-stale'),
    types: !argv.includes('--no-types'),
    quiet: argv.includes('--quiet'),
  });
}
