// One long page of a course in the real hosts, looked at in a browser: markdown-it with KaTeX, remark with rehype-katex, pandoc,
// VitePress. The regions are filled first, for that host; fences and roles are the host's plugin's.

import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium as launcher } from 'playwright-core';
import rehypeKatex from 'rehype-katex';
import rehypeStringify from 'rehype-stringify';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import remarkChainrule from '../../src/remark.ts';
import { chromium } from '../chromium.ts';
import { chainrule } from '../doors/run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixture = (name: string): string => join(root, 'test/fixtures/notes', name);
const folder = mkdtempSync(join(tmpdir(), 'chainrule-course-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with the course whose regions are filled for a target. */
function course(host: string, target: string): string {
  const here = join(folder, host);
  mkdirSync(here);
  for (const name of ['course.md', 'small.yaml']) cpSync(fixture(name), join(here, name));
  const { err, code } = chainrule(['embed', 'course.md', '--for', target], { cwd: here });
  expect({ err, code }).toEqual({
    err: 'course.md: 11 of 11 regions written; 3 in code left alone\n',
    code: 0,
  });
  return here;
}

/** The text of a page with the regions' insides left out. */
const outside = (text: string): string =>
  text.replace(/(<!-- chainrule [\s\S]*?-->)[\s\S]*?(<!-- \/chainrule)[ 0-9a-f]*-->/g, '$1$2 -->');

interface Seen {
  readonly errors: readonly string[];
  readonly formulas: number;
  readonly wide: number;
  readonly text: string;
}

const options = chromium();
let browser: Browser | null = null;
beforeAll(async () => {
  browser = options === null ? null : await launcher.launch(options);
});
afterAll(async () => browser?.close());

/** What the browser says of a page. */
const LOOK = `({
  bad: [...document.querySelectorAll('.katex-error, .chainrule-error, merror, .math-error')].map((e) => e.textContent),
  formulas: document.querySelectorAll('math').length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  text: document.body.innerText,
})`;

/** What a reader meets on a page: what went wrong, how many formulas there are, and how far it is wider than the window. */
async function look(address: string): Promise<Seen> {
  const tab = await browser!.newPage({ viewport: { width: 1000, height: 1200 } });
  const errors: string[] = [];
  tab.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
  tab.on('pageerror', (e) => errors.push(e.message));
  await tab.goto(address, { waitUntil: 'load' });
  const seen = await tab.evaluate<Omit<Seen, 'errors'> & { bad: string[] }>(LOOK);
  await tab.close();
  return { ...seen, errors: [...errors, ...seen.bad] };
}

/** The page says what its author wrote and what was derived for it, and nothing went wrong. */
function expectPage(seen: Seen, words: readonly string[] = [MONEY]): void {
  expect(seen.errors).toEqual([]);
  expect(seen.formulas).toBeGreaterThanOrEqual(LEAST_FORMULAS);
  expect(seen.wide).toBeLessThanOrEqual(0);
  for (const some of ['中文小结', '$ python forward.py', ...words]) expect(seen.text).toContain(some);
  expect(seen.text).toMatch(/the chain rule through/i);
  expect(seen.text).not.toMatch(/\\begin\{|\\frac|\$\$/);
}

const MONEY = '$125.46 and a lost weekend';
const LEAST_FORMULAS = 90;

describe.runIf(options)('a course page without an error in the browser', () => {
  test('markdown-it with KaTeX', async () => {
    const here = course('markdown-it', 'vitepress');
    const { err, code } = chainrule(['render', 'course.md', '-o', 'course.html'], { cwd: here });
    expect({ err: err.replace(/^course\.html:.*\n/, ''), code }).toEqual({ err: '', code: 0 });
    expectPage(await look(pathToFileURL(join(here, 'course.html')).href));
  });

  test('remark with rehype-katex', async () => {
    const here = course('remark', 'vitepress');
    const path = join(here, 'course.md');
    const file = await unified()
      .use(remarkParse)
      .use(remarkFrontmatter)
      .use(remarkGfm)
      .use(remarkMath)
      .use(remarkChainrule)
      .use(remarkRehype)
      .use(rehypeKatex, { strict: 'error' })
      .use(rehypeStringify)
      .process({ path, cwd: here, value: readFileSync(path, 'utf8') });
    expect(file.messages.map(String)).toEqual([]);
    const css = pathToFileURL(join(root, 'node_modules/katex-0.16/dist/katex.min.css')).href;
    const page = join(here, 'course.html');
    writeFileSync(
      page,
      `<!doctype html><meta charset="utf-8"><title>x</title><link rel="stylesheet" href="${css}">${file}`,
    );
    // remark-math takes the dollars of money for a formula's, whatever stands behind them.
    expectPage(await look(pathToFileURL(page).href), []);
  });

  test.skipIf(spawnSync('pandoc', ['--version']).error !== undefined)('pandoc to HTML', async () => {
    const here = course('pandoc', 'pandoc');
    const filter = join(root, 'dist/pandoc-filter.js');
    const { stderr, status } = spawnSync(
      'pandoc',
      ['-s', '--mathml', '--filter', filter, 'course.md', '-o', 'course.html'],
      {
        cwd: here,
        encoding: 'utf8',
      },
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expectPage(await look(pathToFileURL(join(here, 'course.html')).href));
  });

  test('VitePress', async () => {
    const here = course('vitepress', 'vitepress');
    symlinkSync(join(root, 'node_modules'), join(here, 'node_modules'));
    mkdirSync(join(here, '.vitepress/theme'), { recursive: true });
    const dist = (name: string): string => JSON.stringify(join(root, 'dist', name));
    writeFileSync(
      join(here, '.vitepress/config.mjs'),
      `import chainrule from ${dist('markdown-it.js')};\nimport { notesFolder } from ${dist('notes-folder.js')};\n` +
        `export default { markdown: { config: (md) => md.use(chainrule, notesFolder(${JSON.stringify(here)})) }, ignoreDeadLinks: true };\n`,
    );
    writeFileSync(
      join(here, '.vitepress/theme/index.mjs'),
      `import DefaultTheme from 'vitepress/theme';\nimport ${dist('katex/katex.min.css')};\nimport ${dist('chainrule.css')};\nexport default DefaultTheme;\n`,
    );
    const built = await run(join(root, 'node_modules/vitepress/bin/vitepress.js'), ['build', '.'], here);
    expect(built.code, built.text).toBe(0);
    const server = await served(join(here, '.vitepress/dist'));
    try {
      const seen = await look(`${server.address}/course.html`);
      expectPage({ ...seen, errors: seen.errors.filter((e) => !e.includes('favicon')) });
    } finally {
      server.close();
    }
  }, 240_000);
});

test('what stands outside the regions is the same bytes for every target', () => {
  const before = readFileSync(fixture('course.md'), 'utf8');
  for (const target of ['github', 'pandoc', 'quarto', 'myst', 'vitepress', 'obsidian']) {
    const here = join(folder, `bytes-${target}`);
    mkdirSync(here);
    for (const name of ['course.md', 'small.yaml']) cpSync(fixture(name), join(here, name));
    expect(chainrule(['embed', 'course.md', '--for', target], { cwd: here }).code).toBe(0);
    const after = readFileSync(join(here, 'course.md'), 'utf8');
    expect(after.length).toBeGreaterThan(before.length);
    expect(outside(after)).toBe(outside(before));
  }
});

/** A program of Node's, run to its end. */
function run(
  script: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; text: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script, ...args], { cwd });
    let text = '';
    const more = (piece: Buffer): void => {
      text += piece.toString();
    };
    child.stdout.on('data', more);
    child.stderr.on('data', more);
    child.on('close', (code) => done({ code, text }));
  });
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A folder at an address of its own. */
async function served(at: string): Promise<{ readonly address: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const path = join(at, decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
    const found = existsSync(path) && statSync(path).isFile();
    response.writeHead(found ? 200 : 204, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    });
    response.end(found ? readFileSync(path) : '');
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('the server has no port');
  return { address: `http://127.0.0.1:${place.port}`, close: () => server.close() };
}
