// Misuse of the command line: one sentence on standard error, nothing on standard output, exit code 2.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chainrule, emptyFolder } from './run.ts';

describe('a wrong argument is one sentence and exit code 2', () => {
  test.each([
    [['derive', '2-3-2', '--fromat', 'md'], 'unknown option "--fromat"; did you mean "--format"?'],
    [['derve'], 'there is no door "derve"; did you mean "derive"?'],
    [['derive', '2-3-2', '3-2'], 'too many arguments for "derive": expected 1 argument but got 2'],
    [['evaluate'], 'missing required argument "network"'],
    [['derive', '2-3-2', '--format'], 'option "--format <format>" argument missing'],
    [['derive', '2-3-2', '--format', 'htlm'], '--format: unknown value "htlm"; did you mean "html"?'],
    [['derive', '2-3-2', '--form', 'matrx'], '--form: unknown value "matrx"; did you mean "matrix"?'],
    [['derive', '2-3-2', '--detail', 'ful'], '--detail: unknown value "ful"; did you mean "full"?'],
    [['derive', '2-3-2', '--digits', '0'], '--digits must be a whole number from 1 to 15, not "0"'],
    [['derive', '2-3-2', '--digits', '16'], '--digits must be a whole number from 1 to 15, not "16"'],
    [['derive', '2-3-2', '--digits', '4.5'], '--digits must be a whole number from 1 to 15, not "4.5"'],
    [['derive', '2-3-2', '--entry', '0'], '--entry must be slots counted from 1, such as 2 or 1,2, not "0"'],
    [
      ['derive', '2-3-2', '--entry', '1;2'],
      '--entry must be slots counted from 1, such as 2 or 1,2, not "1;2"',
    ],
    [['derive', '2-3-2', '--seed', 'seven'], '--seed must be a whole number from 0 to 1000000, not "seven"'],
    [
      ['check', '1', '--target', 'dC/dw[2][1,2]', '--network', '2-3-2', '--number', '--tolerance', 'one'],
      '--tolerance must be in percent, such as 1%, not "one"',
    ],
    [['derive', '2-3-2', '--lang', 'fr'], '--lang: unknown value "fr"; there is en, zh'],
    [['derive', '2-3-2', '--notation', 'nilsen'], 'unknown notation "nilsen"; did you mean "nielsen"?'],
    [['derive', '2-3-2', '--target', 'bp5'], 'unknown target "bp5"; did you mean "bp1"?'],
    [['derive', '2-3-2', '--target', "sigmiod'"], 'unknown target "sigmiod\'"; did you mean "sigmoid\'"?'],
    [
      ['derive', '2-3-2', '--target', 'dC/dq[l]'],
      'target:1:5: unknown tensor "q"; there is x, y, w, b, z, a, delta, C',
    ],
    [
      ['derive', '2-3-2', '--target', 'dC/dw[1][1,1]'],
      'dC/dw[1][1,1]: there is no such entry: w has the size n[l] x n[l-1] for 2 <= l <= L; here L is 3',
    ],
    [
      ['derive', '2-3-2', '--target', 'dC/dw[2][9,1]'],
      'dC/dw[2][9,1]: there is no such entry: w has the size n[l] x n[l-1] for 2 <= l <= L; here L is 3',
    ],
    [
      ['derive', '2-3-2', '--target', 'w[2]'],
      'w[2] is not a derivative that can be asked for; write dC/dw[l], da[L]/dz[L] or the like',
    ],
    [['derive', '2-3-2', '--via', 'q[l]'], 'via:1:1: unknown name "q"'],
    [['derive', '2-3-2', '--activation', 'sigmod'], 'unknown activation "sigmod"; did you mean "sigmoid"?'],
    [['derive', '2-3-2', '--loss', 'mes'], 'unknown loss "mes"; did you mean "mse"?'],
    [
      ['derive', 'general', '--target', "loss'"],
      'the loss is an unknown function here; choose one, as in --loss mse',
    ],
    [
      ['derive', '2-3-2', '--format', 'md', '--for', 'gihtub'],
      'unknown Markdown target "gihtub"; known are github, pandoc, quarto, myst, mdx, vitepress, obsidian, ipynb',
    ],
    [['derive', '2-3-2', '--for', 'pandoc'], '--for says for whom Markdown is written; the format is text'],
    [
      ['derive', '2-3-2', '--output', 'out.md'],
      "--output is the last layer's activation; to write a file say -o out.md",
    ],
    [['derive', 'softmx'], 'there is no network "softmx"; did you mean "softmax"?'],
    [['derive', 'no-such-file.yaml'], 'there is no file no-such-file.yaml'],
    [['list', 'netwroks'], 'unknown list "netwroks"; did you mean "networks"?'],
    [
      ['evaluate', 'general'],
      'the general network has no numbers; give the widths of its layers, as in chainrule evaluate 2-3-2',
    ],
    [['evaluate', '2-3-2', '--format', 'html'], '--format: unknown value "html"; there is table, json'],
  ])('%j', (args, sentence) => {
    const { out, err, code } = chainrule(args);
    expect({ out, err, code }).toEqual({ out: '', err: `${sentence}\n`, code: 2 });
  });
});

describe('a wrong file', () => {
  test('is said with its line and column', () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'net.yaml'), 'title: mine\nlayers: [2, 3, 2]\nactivation:        sigmod\n');
    expect(chainrule(['derive', 'net.yaml'], { cwd })).toEqual({
      out: '',
      err: 'net.yaml:3:20: unknown activation "sigmod"; did you mean "sigmoid"?\n',
      code: 2,
    });
  });

  test('on standard input is called so', () => {
    expect(chainrule(['derive', '-'], { input: 'layers: [2, 0]\n' })).toEqual({
      out: '',
      err: 'stdin:1:13: layers[1] must be a width: a whole number of at least 1, not 0\n',
      code: 2,
    });
  });

  test('a file whose name is nearly right is proposed', () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'network.yaml'), 'layers: [2, 2]\n');
    expect(chainrule(['derive', 'netwrok.yaml'], { cwd }).err).toBe(
      'there is no file netwrok.yaml; did you mean "network.yaml"?\n',
    );
  });

  test('that is no text, or a folder, is one sentence', () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'folder.yaml'));
    writeFileSync(join(cwd, 'binary.yaml'), Buffer.from([0xc3, 0x28, 0x00, 0xff]));
    expect(chainrule(['derive', 'folder.yaml'], { cwd }).err).toBe(
      "folder.yaml can't be read: it is a folder\n",
    );
    expect(chainrule(['derive', 'binary.yaml'], { cwd }).err).toBe('binary.yaml is not text in UTF-8\n');
  });

  test('a target of its own that is wrong is said where it stands', () => {
    const cwd = emptyFolder();
    const text = readFileSync(new URL('../../templates/networks/tied.yaml', import.meta.url), 'utf8');
    writeFileSync(join(cwd, 'tied.yaml'), text.replace('"dC/db[j]"', '"dC/dq[j]"'));
    const { err, code } = chainrule(['derive', 'tied.yaml'], { cwd });
    expect({ err, code }).toEqual({
      err: 'tied.yaml:19:56: unknown tensor "q"; there is w, b, c, x, z, h, o, delta, epsilon, C\n',
      code: 2,
    });
  });
});

describe('an output that can not be written', () => {
  test.each([
    [
      'a folder that is not there',
      'no/such/out.md',
      "no/such/out.md can't be written: there is no folder no/such",
    ],
    ['a folder in its place', 'folder.md', "folder.md can't be written: it is a folder"],
    [
      'a name without a format',
      'out.docx',
      "out.docx: its name doesn't say a format; add --format text, md, html, tex, json or ipynb",
    ],
  ])('%s', (_what, file, sentence) => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'folder.md'));
    const { out, err, code } = chainrule(['derive', '2-3-2', '-o', file], { cwd });
    expect({ out, err, code }).toEqual({ out: '', err: `${sentence}\n`, code: 2 });
    expect(readdirSync(cwd)).toEqual(['folder.md']);
  });

  test('a file where the pictures go: neither document nor pictures are written', () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out-figures'), 'mine');
    expect(chainrule(['derive', '2-3-2', '--sections', 'network', '-o', 'out.md'], { cwd })).toMatchObject({
      err: 'the pictures of out.md go into the folder out-figures, but that is a file\n',
      code: 2,
    });
    expect(readdirSync(cwd)).toEqual(['out-figures']);
  });

  test('what was there stays whole when the derivation fails', () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out.md'), 'what was there');
    expect(chainrule(['derive', '2-3-2', '--target', 'bp9', '-o', 'out.md'], { cwd }).code).toBe(2);
    expect(readFileSync(join(cwd, 'out.md'), 'utf8')).toBe('what was there');
    expect(readdirSync(cwd)).toEqual(['out.md']);
  });

  test.skipIf(process.getuid?.() === 0)('a folder without permission', () => {
    const cwd = emptyFolder();
    chmodSync(cwd, 0o555);
    expect(chainrule(['derive', '2-3-2', '-o', 'out.md'], { cwd }).err).toBe(
      "out.md can't be written: permission is denied\n",
    );
    expect(existsSync(join(cwd, 'out.md'))).toBe(false);
  });
});
