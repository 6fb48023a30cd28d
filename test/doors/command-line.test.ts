// The command line as a process: every door, its formats, pipes and files.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templateNames } from '../../src/templates.ts';
import { version } from '../../src/version.ts';
import { chainrule, cliPath, emptyFolder } from './run.ts';

describe('help', () => {
  test('chainrule alone prints the doors with an example each', () => {
    const { out, err, code } = chainrule([]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    for (const door of ['start', 'derive 2-3-2', 'evaluate 2-3-2', 'init', 'list networks'])
      expect(out).toContain(`chainrule ${door}`);
  });

  test.each([['--help'], ['help'], ['derive', '--help'], ['help', 'derive'], ['evaluate', '-h']])(
    'chainrule %s %s prints help',
    (...args) => {
      const { out, err, code } = chainrule(args);
      expect({ err, code }).toEqual({ err: '', code: 0 });
      expect(out).toMatch(/^Usage: chainrule/);
    },
  );

  test('--version is the version of the package', () => {
    const { version: own } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(version).toBe(own);
    expect(chainrule(['--version']).out).toBe(`${own}\n`);
  });

  test('help and a wrong option load no chunk that a door needs', () => {
    const loaded = (args: readonly string[]): string[] => {
      const { stderr } = spawnSync(process.execPath, [cliPath, ...args], {
        encoding: 'utf8',
        env: { ...process.env, NODE_DEBUG: 'esm' },
      });
      return [...new Set([...stderr.matchAll(/dist\/([\w-]+)-\w+\.js/g)].map(([, name = '']) => name))];
    };
    for (const args of [['--help'], ['derive', '--fromat', 'md']])
      expect(loaded(args).filter((name) => /^(mathjs|katex|cli-|start)/.test(name))).toEqual([]);
  });
});

describe('derive', () => {
  test('without a network it derives the general one', () => {
    expect(chainrule(['derive', '--target', 'bp1']).out).toContain('δⱼᴸ = (∂C/∂aⱼᴸ) σ′(zⱼᴸ)');
  });

  test('-o writes the format that the name says, and nothing else into the folder', () => {
    const cwd = emptyFolder();
    for (const name of ['a.md', 'a.html', 'a.json', 'a.txt']) {
      const { out, err, code } = chainrule(['derive', '2-3-2', '--target', 'bp3', '-o', name], { cwd });
      expect({ out, code }).toEqual({ out: '', code: 0 });
      expect(err).toMatch(
        new RegExp(`^${name}: 1 equation, every line replayed and evaluated, error \\S+\\n$`),
      );
    }
    expect(readdirSync(cwd).sort()).toEqual(['a.html', 'a.json', 'a.md', 'a.txt']);
    const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
    expect(read('a.md')).toMatch(/^# .*\n/);
    expect(read('a.html')).toMatch(/^<!doctype html>/);
    expect(JSON.parse(read('a.json')).results[0].id).toBe('bp3');
    expect(read('a.txt')).toContain('∂C/∂bⱼˡ = δⱼˡ');
  });

  test('the page asks no network for anything', () => {
    const { out } = chainrule(['derive', 'general', '--target', 'bp3', '--format', 'html']);
    expect(out).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(out).not.toMatch(/url\((?!data:)/);
  });

  test('a network on standard input', () => {
    const { out, err, code } = chainrule(['derive', '-', '--target', 'bp1', '--format', 'md'], {
      input: 'title: From a pipe\nlayers: [2, 2]\nactivation: tanh\n',
    });
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toContain('From a pipe');
  });

  test('activation and loss from the command line need no file, and formulas of one’s own load their reader', () => {
    const { out, code } = chainrule([
      'derive',
      '2-3-2',
      '--activation',
      'z/(1+abs(z))',
      '--loss',
      'mae',
      '--target',
      'bp1',
    ]);
    expect(code).toBe(0);
    expect(out).toContain('σ(z) = z/(1 + |z|)');
  });

  test('the same command writes the same bytes', () => {
    const [first, second] = [1, 2].map(() => chainrule(['derive', 'mixed', '--format', 'html']).out);
    expect(first).toBe(second);
  });

  test('another seed draws other numbers', () => {
    const loss = (seed: string): unknown =>
      JSON.parse(chainrule(['evaluate', '3-2', '--seed', seed, '--format', 'json']).out).loss;
    expect(loss('1')).toBe(loss('1'));
    expect(loss('1')).not.toBe(loss('2'));
  });

  test('a million weights are derived where no numbers are asked for, and refused in one sentence where they are', () => {
    expect(chainrule(['derive', '1000-1000-2', '--target', 'bp3', '--no-numbers']).code).toBe(0);
    expect(chainrule(['derive', '1000-1000-2', '--target', 'bp3'])).toEqual({
      out: '',
      err: 'layers [1000, 1000, 2] ask for 1004004 numbers, and at most 800000 are worked out; make it smaller, or derive without numbers (--no-numbers)\n',
      code: 2,
    });
  });

  test('a reader that goes away early is no fault', async () => {
    const child = spawn(process.execPath, [cliPath, 'derive', '2-3-2', '--format', 'html']);
    const errors: Buffer[] = [];
    child.stderr.on('data', (data: Buffer) => errors.push(data));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, err: Buffer.concat(errors).toString() }).toEqual({ code: 0, err: '' });
  });

  test.each(templateNames())('the example %s is derived', (name) => {
    const { err, code, out } = chainrule(['derive', name, '--format', 'md']);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe('evaluate', () => {
  test('prints a table', () => {
    const { out, code } = chainrule(['evaluate', '2-3-2']);
    expect(code).toBe(0);
    expect(out).toContain('delta[2]   -0.01803    0.02152  -0.002976');
    expect(out).toContain('22 entries');
  });

  test('says where a derivative is a choice', () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'kink.yaml'),
      'layers: [1, 1]\nactivation: relu\nvalues: {w: {2: [[1]]}, b: {2: [-1]}, x: [1], y: [1]}\n',
    );
    expect(chainrule(['evaluate', 'kink.yaml'], { cwd }).out).toContain(
      'z[2][1] lies at a kink: the derivative there is a choice',
    );
  });
});

describe('init', () => {
  test.each([
    [[], 'layers:'],
    [['--equations'], 'equations:'],
  ])('init %j writes a file that derive takes, and never over one that is there', (flags, key) => {
    const cwd = emptyFolder();
    expect(chainrule(['init', ...flags], { cwd })).toEqual({
      out: 'wrote network.yaml; next: chainrule derive network.yaml\n',
      err: '',
      code: 0,
    });
    expect(readFileSync(join(cwd, 'network.yaml'), 'utf8')).toContain(key);
    expect(chainrule(['derive', 'network.yaml'], { cwd }).code).toBe(0);
    expect(chainrule(['init', ...flags], { cwd })).toEqual({
      out: '',
      err: 'network.yaml is there already; give another name, as in chainrule init my.yaml\n',
      code: 2,
    });
  });

  test('init - prints it', () => {
    const cwd = emptyFolder();
    expect(chainrule(['init', '-'], { cwd }).out).toContain('layers: [2, 3, 2]');
    expect(existsSync(join(cwd, 'network.yaml'))).toBe(false);
  });
});

describe('list', () => {
  test.each(['networks', 'rules', 'notations', 'activations', 'losses', 'slips'])(
    '%s, one a line',
    (what) => {
      const { out, code } = chainrule(['list', what]);
      expect(code).toBe(0);
      for (const line of out.trimEnd().split('\n')) expect(line).toMatch(/^[\w-]+ {2,}\S/);
    },
  );

  test('without a word it says what may be listed', () => {
    expect(chainrule(['list']).out.split('\n')).toContain('chainrule list networks');
  });
});

describe('documents', () => {
  test.each([
    ['course', 'md', '## The network and its notation'],
    ['derivation', 'md', 'line was evaluated on random networks'],
    ['card', 'html', 'class="card"'],
    ['example', 'tex', '\\begin{document}'],
    ['handout', 'text', '========'],
  ])('a %s as %s', (document, format, part) => {
    const { out, err, code } = chainrule(['derive', '2-3-2', '--document', document, '--format', format]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toContain(part);
  });

  test('Markdown in a file has its pictures beside it, and names each of them', () => {
    const cwd = emptyFolder();
    expect(chainrule(['derive', '2-3-2', '-o', 'my notes.md'], { cwd }).code).toBe(0);
    const text = readFileSync(join(cwd, 'my notes.md'), 'utf8');
    const named = [...text.matchAll(/\]\(my%20notes-figures\/([^)]+)\)/g)].map(([, file]) => file);
    expect(named.length).toBeGreaterThan(5);
    expect(readdirSync(join(cwd, 'my notes-figures')).sort()).toEqual(named.sort());
  });

  test('--sections and --only pick; the head of the document is as the file and the flags say', () => {
    const cwd = emptyFolder();
    const yaml = 'title: {en: Mine, zh: 我的}\nauthor: A. N. Other\nlayers: [2, 2]\n';
    writeFileSync(join(cwd, 'net.yaml'), yaml);
    const zh = chainrule(['derive', 'net.yaml', '--lang', 'zh', '--sections', 'loss', '--format', 'html'], {
      cwd,
    });
    expect(zh.out).toContain('我的');
    expect(zh.out).toContain('A. N. Other');
    expect(zh.out).not.toContain('BP2');
    const only = chainrule(['derive', 'net.yaml', '--only', 'bp1', '--title', 'Yours', '--format', 'md'], {
      cwd,
    });
    expect(only.out).toContain('Yours');
    expect(only.out).toContain('\\tag{BP1}');
    expect(only.out).not.toContain('\\tag{BP3}');
  });

  test('JSON carries the document where one is asked for', () => {
    const { out } = chainrule(['derive', '2-3-2', '--document', 'card', '--format', 'json']);
    expect(JSON.parse(out).document.blocks.map((b: { kind: string }) => b.kind)).toContain('card');
    expect(JSON.parse(chainrule(['derive', '2-3-2', '--format', 'json']).out).document).toBeUndefined();
  });
});

describe('start', () => {
  test('prints the network, BP1 to BP4, where the documents are, and what to try next', () => {
    const cwd = emptyFolder();
    const { out, err, code } = chainrule(['start'], { cwd });
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out.replace(/\d+ lines/g, 'N lines').replace(/error \S+/g, 'error ...')).toBe(
      `A 2-3-2 network: 2, 3, 2 neurons, sigmoid, loss mse, C = 0.1743

BP1  δⱼᴸ = (∂C/∂aⱼᴸ) σ′(zⱼᴸ)           l = L   N lines, replayed, error ...
BP2  δⱼˡ = (Σₖ wₖⱼˡ⁺¹ δₖˡ⁺¹) σ′(zⱼˡ)   l < L   N lines, replayed, error ...
BP3  ∂C/∂bⱼˡ = δⱼˡ                             N lines, replayed, error ...
BP4  ∂C/∂wⱼₖˡ = aₖˡ⁻¹ δⱼˡ                      N lines, replayed, error ...

Every line, with its reason and its numbers: derivation.html (open it in a browser) and derivation.md
Next: npx chainrule derive 784-30-10 --target bp2
`,
    );
    expect(readdirSync(cwd).sort()).toEqual(['derivation-figures', 'derivation.html', 'derivation.md']);
  });
});
