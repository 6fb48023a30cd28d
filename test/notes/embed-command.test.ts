// `chainrule embed` as it is run: files written whole or not at all, what --check says, and that a watch goes on.

import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { chainrule, cliPath, emptyFolder, type Ran } from '../doors/run.ts';

const REGION = '<!-- chainrule bp3 show=statement form=component -->\n<!-- /chainrule -->\n';
const NUMBERS = '<!-- chainrule show=numbers network=net.yaml -->\n<!-- /chainrule -->\n';
const NETWORK = 'layers: [2, 3, 2]\nactivation: sigmoid\nloss: mse\nvalues: {seed: 1}\n';

/** A folder with files in it, and the command run there. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>) {
  const cwd = emptyFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  return {
    cwd,
    path: (name: string): string => join(cwd, name),
    read: (name: string): string => readFileSync(join(cwd, name), 'utf8'),
    embed: (...args: string[]): Ran => chainrule(['embed', ...args], { cwd }),
  };
}

test('a file is filled; a second run leaves it alone, its time too', () => {
  const { embed, read, path } = folderWith({ 'notes.md': `a\n\n${REGION}` });
  expect(embed('notes.md')).toEqual({ out: '', err: 'notes.md: 1 of 1 region written\n', code: 0 });
  const after = read('notes.md');
  expect(after).toContain('\\tag{BP3}');
  utimesSync(path('notes.md'), 1000, 1000);
  expect(embed('notes.md')).toEqual({ out: '', err: 'notes.md: 1 region up to date\n', code: 0 });
  expect([read('notes.md'), statSync(path('notes.md')).mtimeMs]).toEqual([after, 1_000_000]);
});

test('--check lists stale regions, writes nothing, and ends with 1', () => {
  const text = `a\n\n${REGION}\n> ${REGION.trimEnd().replace('\n', '\n> ')}\n`;
  const { embed, read } = folderWith({ 'notes.md': text });
  expect(embed('notes.md', '--check')).toEqual({
    out: 'notes.md:3:1: stale\nnotes.md:6:3: stale\n',
    err: 'notes.md: 2 of 2 regions stale\n',
    code: 1,
  });
  expect(read('notes.md')).toBe(text);
  embed('notes.md');
  expect(embed('notes.md', '--check')).toEqual({ out: '', err: 'notes.md: 2 regions up to date\n', code: 0 });
});

test('a changed network makes its regions stale', () => {
  const { embed, path } = folderWith({ 'notes.md': NUMBERS + REGION, 'net.yaml': NETWORK });
  embed('notes.md');
  writeFileSync(path('net.yaml'), NETWORK.replace('seed: 1', 'seed: 2'));
  expect(embed('--check', 'notes.md')).toEqual({
    out: 'notes.md:1:1: stale\n',
    err: 'notes.md: 1 of 2 regions stale\n',
    code: 1,
  });
});

test('the errors of one file leave it as it is and don’t stop the others', () => {
  const broken = `${REGION}<!-- chainrule bp2 -->\n`;
  const edited = '<!-- chainrule bp2 -->\nmy words\n<!-- /chainrule 00000000 -->\n';
  const { embed, read, cwd } = folderWith({
    'a.md': broken,
    'b.md': REGION,
    'c.md': edited,
    'd.md': 'words\n',
    'e.txt': REGION,
  });
  expect(embed('a.md', 'b.md', 'none.md', 'c.md', 'd.md', 'e.txt', '.')).toEqual({
    out: '',
    err: [
      'a.md:3:1: this region is never closed; it wants a line <!-- /chainrule -->',
      'a.md: left as it is',
      'b.md: 1 of 1 region written',
      'there is no file none.md',
      'c.md:1:1: the text of this region was changed by hand; --force replaces it',
      'c.md: left as it is',
      'd.md: no regions',
      "e.txt: its name doesn't say for which host it is; add --for with one of github, pandoc, quarto, myst, mdx, vitepress, obsidian, ipynb, latex, html",
      ". can't be read: it is a folder",
      '',
    ].join('\n'),
    code: 2,
  });
  expect([read('a.md'), read('c.md'), read('d.md')]).toEqual([broken, edited, 'words\n']);
  expect(readdirSync(cwd).sort()).toEqual(['a.md', 'b.md', 'c.md', 'd.md', 'e.txt']);
  expect(embed('c.md', '--check').code).toBe(2);
  expect(embed('c.md', '--force')).toEqual({ out: '', err: 'c.md: 1 of 1 region written\n', code: 0 });
});

test('a fault of a network is said once for all regions with it', () => {
  const { embed } = folderWith({ 'notes.md': NUMBERS + NUMBERS, 'net.yaml': 'layers: [2, x]\n' });
  expect(embed('notes.md').err).toMatch(/^net\.yaml:1:13: [^\n]*\nnotes\.md: left as it is\n$/);
});

test('--for says for whom, --root where networks may lie', () => {
  const { embed, read } = folderWith({
    'lessons/one.md': NUMBERS.replace('net.yaml', '../net.yaml'),
    'net.yaml': NETWORK,
    'two.md': REGION,
  });
  expect(embed('lessons/one.md')).toEqual({
    out: '',
    err: 'lessons/one.md:1:29: "../net.yaml" lies outside the folder of the notes, lessons\nlessons/one.md: left as it is\n',
    code: 2,
  });
  expect(embed('lessons/one.md', '--root', '.').code).toBe(0);
  expect(embed('two.md', '--for', 'quarto').code).toBe(0);
  expect(read('two.md')).toContain('$$ {#eq-bp3}');
});

test('a network with a formula of one’s own', () => {
  const { embed, read } = folderWith({
    'notes.md': '<!-- chainrule bp1 show=special network=net.yaml -->\n<!-- /chainrule -->\n',
    'net.yaml': 'layers: [2, 3, 2]\nactivation: "z / (1 + exp(-z))"\nloss: mse\n',
  });
  expect(embed('notes.md').err).toBe('notes.md: 1 of 1 region written\n');
  expect(read('notes.md')).toContain('e^{-');
});

test.each<[string, Uint8Array, string]>([
  ['UTF-16', Buffer.from(`\uFEFF${REGION}`, 'utf16le'), 'notes.md is text in UTF-16; save it as UTF-8\n'],
  ['no text', Buffer.from([0x61, 0xff, 0x0a]), 'notes.md is not text in UTF-8\n'],
])('%s is refused', (_, bytes, err) => {
  const { embed, path } = folderWith({ 'notes.md': bytes });
  expect(embed('notes.md')).toEqual({ out: '', err, code: 2 });
  expect(Buffer.compare(readFileSync(path('notes.md')), bytes)).toBe(0);
});

test.skipIf(process.platform === 'win32')('the rights of a file stay', () => {
  const { embed, path } = folderWith({ 'notes.md': REGION });
  chmodSync(path('notes.md'), 0o640);
  embed('notes.md');
  expect(statSync(path('notes.md')).mode & 0o777).toBe(0o640);
});

test.each([
  [[], 'missing required argument "files"'],
  [['notes.md', '--check', '--force'], '--check writes nothing; leave --force out'],
  [['notes.md', '--check', '--watch'], '--check writes nothing; leave --watch out'],
  [['-'], 'embed writes into files; name one instead of -'],
  [['notes.md', '--for', 'githb'], 'unknown target "githb"; did you mean "github"?'],
  [['notes.md', '--root', 'nowhere'], 'there is no folder nowhere'],
])('misuse: %j', (args, sentence) => {
  const { embed } = folderWith({ 'notes.md': REGION });
  expect(embed(...args)).toEqual({ out: '', err: `${sentence}\n`, code: 2 });
});

describe.skipIf(process.platform === 'win32')('--watch', () => {
  test('fills again when a network or the notes change, and ends quietly when it is interrupted', async () => {
    const { cwd, path, read } = folderWith({ 'notes.md': NUMBERS, 'net.yaml': NETWORK });
    const child = spawn(process.execPath, [cliPath, 'embed', 'notes.md', '--watch'], { cwd });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stderr.on('data', (data) => {
      said += String(data);
    });
    const ended = new Promise((end) => child.once('exit', (code, signal) => end([code, signal])));
    const until = (text: string): Promise<void> =>
      vi.waitFor(() => expect(said).toBe(text), { timeout: 60_000, interval: 50 });

    let wanted = 'notes.md: 1 of 1 region written\nwatching; end with Ctrl-C\n';
    await until(wanted);
    const first = read('notes.md');

    writeFileSync(path('net.yaml'), NETWORK.replace('seed: 1', 'seed: 2'));
    wanted += 'notes.md: 1 of 1 region written\n';
    await until(wanted);
    expect(read('notes.md')).not.toBe(first);

    const more = `${read('notes.md')}\n${REGION}`;
    // Some editors empty a file first.
    writeFileSync(path('notes.md'), '');
    await new Promise((go) => setTimeout(go, 300));
    writeFileSync(path('notes.md'), more);
    wanted += 'notes.md: 1 of 2 regions written\n';
    await until(wanted);

    writeFileSync(path('net.yaml'), 'layers: [2, x]\n');
    await vi.waitFor(() => expect(said).toMatch(/net\.yaml:1:\d+: .*\nnotes\.md: left as it is\n$/), {
      timeout: 60_000,
    });
    wanted = `${said}notes.md: 1 of 2 regions written\n`;
    writeFileSync(path('net.yaml'), NETWORK);
    await until(wanted);

    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(said).toBe(wanted);
  }, 120_000);
});
