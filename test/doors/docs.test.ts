// The guides are run: every command, file and program in README and docs, in order, and what they print is compared.

import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { examplePages } from '../../src/example-pages.ts';
import { pages } from '../../src/reference.ts';
import { chainrule } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface CodeBlock {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of a page, in order. */
function blocksOf(page: string): CodeBlock[] {
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = ''], _i) => ({
    language,
    text,
    line: page.slice(0, page.indexOf(text)).split('\n').length,
  }));
}

const BY_HAND = /^(npm install|npm start|npm test|git clone|pandoc )/;

/** A line with what differs between machines left out: the error of a proof. */
const steady = (line: string): string => line.replace(/error \d\S*/g, 'error ...').trimEnd();

/** Whether the output holds the lines of `wanted`; a line `...` stands for any lines, `...` at a line's end for its rest. */
function holds(output: string, wanted: string): boolean {
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = wanted
    .trimEnd()
    .split('\n')
    .map((line) =>
      line === '...' ? '(?:.*\n)*?' : `${literal(steady(line)).replaceAll('\\.\\.\\.', '.*')}\n`,
    )
    .join('');
  const text = `${output.split('\n').map(steady).join('\n')}\n`;
  return new RegExp(`^${pattern}`, 'm').test(text);
}

/** The words of a command line; quotes keep blanks together. */
const words = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');

/** What the programs of the guide use beside the package. */
const HOSTS = [
  'markdown-it',
  'unified',
  'remark-parse',
  'remark-math',
  'remark-rehype',
  'rehype-katex',
  'rehype-stringify',
];

function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-docs-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/chainrule'), 'dir');
  for (const name of HOSTS)
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return folder;
}

/** What a block prints, run in a folder; null for one that isn't run. */
function run(block: CodeBlock, cwd: string): string | null {
  if (block.language === 'yaml') {
    const [, name] = /^# (\S+\.yaml)\n/.exec(block.text) ?? [];
    if (name !== undefined) writeFileSync(join(cwd, name), block.text);
    return null;
  }
  if (block.language === 'markdown') {
    const [whole = '', name] = /^<!-- (\S+\.md) -->\n/.exec(block.text) ?? [];
    if (name !== undefined) writeFileSync(join(cwd, name), block.text.slice(whole.length));
    return null;
  }
  if (block.language === 'js') {
    writeFileSync(join(cwd, 'program.js'), block.text);
    const { stdout, stderr, status } = spawnSync(process.execPath, ['program.js'], { cwd, encoding: 'utf8' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return stdout;
  }
  if (block.language !== 'sh') return null;
  return block.text
    .trim()
    .split('\n')
    .filter((line) => !BY_HAND.test(line))
    .map((line) => shell(line, cwd))
    .join('');
}

/** One command, its failure expected where the line says so: `chainrule ... # exit code 2`. */
function shell(line: string, cwd: string): string {
  const [command = '', wanted = '0'] = line.split(/\s*# exit code /);
  const [npx, name, ...args] = words(command);
  expect([npx, name]).toEqual(['npx', 'chainrule']);
  const { out, err, code } = chainrule(args, { cwd });
  // What was written where is no complaint.
  const isReport = args.includes('-o') || args[0] === 'embed';
  expect({ line, code, err: wanted === '0' && !isReport ? err : '' }).toEqual({
    line,
    code: Number(wanted),
    err: '',
  });
  return out + err;
}

describe.each(['README.md', 'docs/guide.md'])('%s', (page) => {
  const cwd = workspace();
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  const blocks = blocksOf(read(page));
  const runnable = blocks.filter((b) => ['sh', 'js', 'yaml', 'markdown'].includes(b.language));

  test.each(runnable.map((b) => [`line ${b.line}: ${b.text.trim().split('\n')[0]}`, b] as const))(
    '%s',
    (_, block) => {
      const output = run(block, cwd);
      const next = blocks[blocks.indexOf(block) + 1];
      if (output !== null && output !== '' && next?.language === 'text' && !holds(output, next.text))
        expect(output).toBe(next.text);
    },
  );

  test('every block has a language that says what it is', () => {
    expect(
      blocks.filter((b) => !['sh', 'js', 'yaml', 'markdown', 'text', 'json', 'ts'].includes(b.language)),
    ).toEqual([]);
  });
});

test('README begins with its two commands', () => {
  const [, block] = /## Start[\s\S]*?```sh\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
  expect(block).toBe('npm install && npm start\nnpm install && npm test\n');
});

test('README shows what `npm start` prints', () => {
  const cwd = workspace();
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const [, shown = ''] = /## Start[\s\S]*?```text\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
  const printed = chainrule(['start'], { cwd }).out;
  expect(shown.split('\n').map(steady)).toEqual(printed.split('\n').map(steady));
});

test.each([...pages()])('docs/%s is what `npm run docs` writes', (name, text) => {
  expect(read(`docs/${name}`)).toBe(text);
});

/** A page with what may differ between machines left out: how small an error of rounding is. */
const rounded = (page: string): string =>
  page.replace(/\d+(\.\d+)?e-\d\d/g, '...').replace(/\d+(\.\d+)? \\cdot 10\^\{-\d\d\}/g, '...');

test('docs/examples is what `npm run docs` writes', async () => {
  const folder = join(root, 'docs/examples');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1));
  const wanted = await examplePages();
  expect(files.sort()).toEqual([...wanted.keys()].sort());
  for (const [name, text] of wanted) expect(rounded(read(`docs/examples/${name}`)), name).toBe(rounded(text));
}, 120_000);

test.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/guide.md', 'docs/architecture.md'])(
  'the links of %s lead to files that are there',
  (page) => {
    const folder = page.includes('/') ? 'docs' : '.';
    for (const [, to = ''] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|#)/.test(to)) continue;
      expect(read(join(folder, to.replace(/#.*$/, ''))).length).toBeGreaterThan(0);
    }
  },
);
