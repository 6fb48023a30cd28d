// Where an output goes: a file is replaced whole where it stands, what is no file is never replaced.

import { execFileSync, spawn } from 'node:child_process';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { figuresBeside } from '../../src/figure-files.ts';
import { isDevice, writeOutput } from '../../src/files.ts';
import { cliPath } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-files-'));
afterEach(() => {
  for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
});
const here = (name: string): string => join(folder, name);

test('a link to a file stays a link, and the file it leads to is replaced', () => {
  writeFileSync(here('real.md'), 'old');
  symlinkSync(here('real.md'), here('link.md'));
  writeOutput(here('link.md'), 'new');
  expect(lstatSync(here('link.md')).isSymbolicLink()).toBe(true);
  expect(readFileSync(here('real.md'), 'utf8')).toBe('new');
  expect(readdirSync(folder).sort()).toEqual(['link.md', 'real.md']);
});

test.skipIf(process.platform === 'win32')('a pipe or a device is written to and stays what it is', () => {
  execFileSync('mkfifo', [here('pipe')]);
  // Someone must read, or writing waits for ever.
  execFileSync('sh', ['-c', `cat '${here('pipe')}' > '${here('read')}' &`], { stdio: 'ignore' });
  writeOutput(here('pipe'), 'through');
  expect(statSync(here('pipe')).isFIFO()).toBe(true);
  expect([isDevice('/dev/null'), isDevice(here('read')), isDevice(folder), isDevice(here('none'))]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['notes.md', 'notes-figures/a.svg'],
  ['a b.md', 'a%20b-figures/a.svg'],
  ['week 1) #2.md', 'week%201%29%20%232-figures/a.svg'],
])('the pictures of %s are named so that no link ends early: %s', (name, address) => {
  expect(figuresBeside(here(name)).figure('a', '<svg/>')).toBe(address);
});

test('standard input is read to its end, however slowly it comes and whether or not the pipe waits', async () => {
  const child = spawn(process.execPath, [cliPath, 'evaluate', '-', '--format', 'json']);
  let out = '';
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString();
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  for (const piece of ['title: in pieces\n', 'layers: [2, 3, ', '1]\n']) {
    child.stdin.write(piece);
    await new Promise((later) => setTimeout(later, 150));
  }
  child.stdin.end();
  expect(await ended).toBe(0);
  expect(JSON.parse(out).network).toMatchObject({ title: 'in pieces' });
});
