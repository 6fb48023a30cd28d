// Packs the project, installs the package in an empty folder and uses it there as its users do.
//
//   node scripts/check-package.mjs

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { env, execPath, exit, version } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'chainrule-package-'));
const user = join(work, 'user');
const installed = join(user, 'node_modules/chainrule');

/** Without what an outer `npm run` hands down, and with this Node first. */
const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));
clean.PATH = [dirname(execPath), join(root, 'node_modules/.bin'), env.PATH].join(delimiter);

/** The standard output of a command; an error that holds all its output if it fails. */
function run(command, args, cwd = user, input = '') {
  const done = spawnSync(command, args, { cwd, input, env: clean, encoding: 'utf8', timeout: 300_000 });
  if (done.status === 0) return done.stdout;
  throw new Error(`${command} ${args.join(' ')}\n${done.stdout}${done.stderr}${done.error ?? ''}`);
}

const write = (name, text) => writeFileSync(join(user, name), text);

function claim(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

const tarball = () => join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? 'chainrule.tgz');

/** Files below a folder, as paths from it. */
const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    : [];

/** Every name is one; asking for one that isn't there must be an error, which it isn't where types are lost. */
const typed = `import * as chainrule from 'chainrule';
export const names: string[] = Object.keys(chainrule);
// @ts-expect-error
export const missing = chainrule.thereIsNoSuchName;
import remark, { type RemarkOptions } from 'chainrule/remark';
import myst from 'chainrule/myst';
import markdownPlugin, { type PluginOptions } from 'chainrule/markdown-it';
import { notesFolder } from 'chainrule/notes-folder';
import markdownIt from 'markdown-it';
const options: RemarkOptions = { folder: '.' };
remark.call(undefined, options);
export const plugin: string = myst.name;
// @ts-expect-error
remark.call(undefined, { folder: 1 });
const markdownOptions: PluginOptions = { ...notesFolder('.'), katex: false, lang: 'en' };
export const page: string = markdownIt().use(markdownPlugin, markdownOptions).render('');
// @ts-expect-error
markdownIt().use(markdownPlugin, { katex: 1 });
`;

const checks = {
  'npm pack builds and packs': () => {
    run('npm', ['pack', '--pack-destination', work], root);
    claim(existsSync(tarball()), 'there is no tarball');
  },
  'the package installs in an empty folder': () => {
    mkdirSync(user);
    write('package.json', '{ "private": true, "type": "module" }\n');
    run('npm', ['install', '--no-audit', '--no-fund', tarball()]);
  },
  'it holds the templates, schemas, licences and fonts, and no sources': () => {
    for (const folder of ['templates', 'schema', 'licenses', 'docs']) {
      const missing = filesBelow(join(root, folder)).filter(
        // What builds the site of the docs stays in the repository.
        (file) => !file.startsWith('.vitepress') && !existsSync(join(installed, folder, file)),
      );
      claim(missing.length === 0, `missing in ${folder}: ${missing.join(', ')}`);
    }
    for (const file of ['README.md', 'LICENSE', 'THIRD-PARTY-NOTICES', 'dist/katex/fonts/OFL.txt']) {
      claim(existsSync(join(installed, file)), `${file} is missing`);
    }
    const css = readFileSync(join(installed, 'dist/katex/katex.min.css'), 'utf8');
    for (const [, font] of css.matchAll(/url\((fonts\/[^)]*\.woff2)\)/g)) {
      claim(existsSync(join(installed, 'dist/katex', font)), `${font} is missing`);
    }
    for (const folder of ['src', 'test', 'scripts', 'bench']) {
      claim(!existsSync(join(installed, folder)), `${folder} is published`);
    }
  },
  'npx chainrule derive 2-3-2 --format text': () => {
    const text = run('npx', ['--no-install', 'chainrule', 'derive', '2-3-2', '--format', 'text']);
    claim(text.includes('δ'), `no δ in:\n${text}`);
  },
  'npx chainrule list networks': () => {
    claim(run('npx', ['--no-install', 'chainrule', 'list', 'networks']).trim() !== '', 'it prints nothing');
  },
  'an ESM script imports it': () => {
    write(
      'script.mjs',
      "import * as chainrule from 'chainrule';\nconsole.log(Object.keys(chainrule).join());\n",
    );
    claim(run('node', ['script.mjs']).trim() !== '', 'it exports nothing');
  },
  'the plugins for remark and MyST are there, the latter as one file': () => {
    write(
      'plugins.mjs',
      `import remark from 'chainrule/remark';
import myst from 'chainrule/myst';
console.log(typeof remark(), myst.directives[0].name);
`,
    );
    claim(run('node', ['plugins.mjs']).trim() === 'function chainrule', 'they are something else');
    const myst = readFileSync(join(installed, 'dist/myst.mjs'), 'utf8');
    claim(!/from ["']\.{1,2}\//.test(myst), 'dist/myst.mjs imports other files');
  },
  'the plugin for markdown-it renders, and its style sheets are there': () => {
    write(
      'notes.mjs',
      `import chainrule from 'chainrule/markdown-it';
import markdownIt from 'markdown-it';
for (const css of ['chainrule.css', 'katex/katex.min.css']) import.meta.resolve('chainrule/' + css);
console.log(markdownIt().use(chainrule, { katex: false }).render('{bp}\`bp1.lhs\`'));
`,
    );
    claim(run('node', ['notes.mjs']).includes('\\delta_j^L'), 'it renders something else');
    for (const file of ['dist/chainrule.css', 'dist/katex/katex.min.css'])
      claim(existsSync(join(installed, file)), `${file} is missing`);
  },
  'npx chainrule-pandoc filters a document': () => {
    const document = '{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}';
    const out = run('npx', ['--no-install', 'chainrule-pandoc', 'html'], user, document);
    claim(out.trim() === document, `it prints\n${out}`);
  },
  'package.json and the schemas resolve': () => {
    const paths = ['package.json', ...filesBelow(join(root, 'schema')).map((file) => `schema/${file}`)];
    write(
      'resolve.mjs',
      `for (const path of ${JSON.stringify(paths)}) import.meta.resolve('chainrule/' + path);\n`,
    );
    run('node', ['resolve.mjs']);
  },
  'a TypeScript file imports it, typed': () => {
    write('typed.ts', typed);
    const always = [
      '--noEmit',
      '--strict',
      '--target',
      'es2023',
      '--lib',
      'es2023,dom',
      '--types',
      '',
      'typed.ts',
    ];
    run('tsc', ['--module', 'nodenext', ...always]);
    run('tsc', ['--module', 'esnext', '--moduleResolution', 'bundler', ...always]);
  },
  'publint finds nothing': () => {
    run('publint', ['--strict', tarball()], root);
  },
  'attw finds nothing': () => {
    // A style sheet has no types.
    run(
      'attw',
      [tarball(), '--profile', 'esm-only', '--no-emoji', '--exclude-entrypoints', 'chainrule.css'],
      root,
    );
  },
};

let passed = 0;
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  if (failed > 0 && !existsSync(installed)) break;
  try {
    check();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.message.replace(/^/gm, '      ')}`);
  }
}
rmSync(work, { recursive: true, force: true });
console.log(`package on Node ${version}: ${passed} passed, ${failed} failed`);
exit(failed === 0 ? 0 : 1);
