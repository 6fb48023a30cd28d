// Submissions: every format and encoding that people hand in; what is missing, empty, double or unknown is said, never guessed.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/homework/grade-problem.ts';
import { readRoster, rosterOf } from '../../src/roster.ts';
import { submissionSource } from '../../src/submission-files.ts';
import { latexSections, markdownSections, notebookSections } from '../../src/submission-text.ts';
import { readSubmissions, type SubmissionRequest } from '../../src/submissions.ts';
import { textOfBytes } from '../../src/text-bytes.ts';
import { emptyFolder } from '../doors/run.ts';
import { zipOf } from './zip.ts';

const QUESTIONS: SubmissionRequest = { questions: ['q1', 'q2'], columns: new Map(), roster: null };

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = emptyFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** What each student answered: `-missing` and the like where nothing is there. */
function read(
  paths: readonly string[],
  request: Partial<SubmissionRequest> = {},
): [Record<string, string[]>, readonly Problem[]] {
  const { handed, problems } = readSubmissions(
    paths.map((path) => submissionSource(path)),
    { ...QUESTIONS, ...request },
  );
  const answers = handed.map(({ student, answers: own }): [string, string[]] => [
    student,
    [...own.values()].map((a) => (a.kind === 'text' ? a.text : `-${a.why}`)),
  ]);
  return [Object.fromEntries(answers), problems];
}

test('the results of a run before are no submissions', () => {
  const folder = folderOf({ 'ada.md': '## q1\nA\n', 'out/grades.csv': 'student,q1\nada,2\n' });
  const { files } = submissionSource(folder, join(folder, 'out'));
  expect(files.map((f) => f.path)).toEqual(['ada.md']);
  expect(() => submissionSource(folder, `${folder}/`)).toThrow('the results would lie among the submissions');
});

describe('one file', () => {
  test.each([
    ['below heads', '# Homework\n## q1\nA\n## q2\nB\n', ['A', 'B']],
    ['heads as people write them', '### **Q1:** BP1\nA\n# question q2 (3 points)\nB\n', ['A', 'B']],
    [
      'in dollars, the words around them left out',
      '## q1\nWe get\n$$\nA\n$$\nas $b$ says.\n## q2\nso $B = C$ where $C$ is small',
      ['A', 'B = C'],
    ],
    [
      'what is struck out left out, tildes in formulas kept',
      '## q1\n~~$$Z$$~~\n$$A~~b$$\n~~so $Z$~~ and <del>$$Z$$</del>\n$$~~c~~d$$\n## q2\n~~$Z = z$~~ $B = b$',
      ['A~~b\n~~c~~d', 'B = b'],
    ],
    [
      'in a fence',
      '## q1\n```latex\nA\n## q2 is no head here\n```\n## q2\n~~~\nB\n~~~\n',
      ['A\n## q2 is no head here', 'B'],
    ],
    [
      'without comments and quotations',
      '## q1\n> What is it?\n<!-- the answer: X -->\nA\n## q2\n<!--\n## q1\nY\n-->\nB',
      ['A', 'B'],
    ],
    ['several lines', '## q1\n$$A$$ and then $$B$$\n## q2\nC\nD', ['A\nB', 'C\nD']],
    ['nothing below a head', '## q1\n\n$$\n\n$$\n## q2\n', ['', '']],
  ])('Markdown: %s', (_, text, answers) => {
    const own = markdownSections(text).filter((s) => /q[12]/i.test(s.name));
    expect(own.map((s) => s.text)).toEqual(answers);
  });

  test.each([
    [
      'after marks',
      '\\documentclass{article}\n% chainrule q1\n\\[ A \\]\n% chainrule q2\n\\begin{align*}\nB\n\\end{align*}\n\\end{document}\n% chainrule q9\nX',
      ['A', '\\begin{align*}\nB\n\\end{align*}'],
    ],
    [
      'without comments',
      '%% Chainrule q1\nso $A = 5\\%$ % not $B$\n% $C$\n%chainrule q2\n\\(D\\)\n\\section{More} \\(E\\)',
      ['A = 5\\%', 'D'],
    ],
    ['nothing', 'text only', []],
  ])('LaTeX: %s', (_, text, answers) => {
    expect(latexSections(text).map((s) => s.text)).toEqual(answers);
  });

  test('a notebook: tagged cells, Markdown and code', () => {
    const cells = [
      { cell_type: 'markdown', metadata: { tags: ['q1'] }, source: ['## Task\n', '$$A$$'] },
      { cell_type: 'code', metadata: { tags: ['q2', 'graded'] }, source: '# your answer\nB @ C' },
      { cell_type: 'markdown', metadata: {}, source: 'q1' },
      { cell_type: 'raw' },
      null,
    ];
    expect(notebookSections(JSON.stringify({ cells }))).toEqual([
      { name: 'q1', text: 'A' },
      { name: 'q2', text: 'B @ C' },
      { name: 'graded', text: 'B @ C' },
    ]);
    for (const text of ['', '[]', '{"cells": 3}', '{"__proto__": {"cells": []}}', 'nonsense'])
      expect(notebookSections(text)).toBeNull();
  });
});

describe('hostile files', () => {
  const many = (text: string, n = 200_000): string => text.repeat(n);
  test.each([
    ['nothing but heads', many('## q1\n')],
    ['heads that are none', `# ${many(' ')}x`],
    ['fences that never close', `## q1\n${many('```a\n~~~\n')}`],
    ['dollars', `## q1\n${many('$')}$`],
    ['dollars and backslashes', `## q1\n${many('$\\')}`],
    ['comments that never close', many('<!--')],
    ['environments that never close', `% chainrule q1\n${many('\\begin{align}')}`],
    ['backslashes', `% chainrule q1\n${many('\\')}`],
    ['marks', many('% chainrule q1\n')],
    ['line ends', `## q1${many('\n')}x`],
  ])('%s', (_, text) => {
    for (const sections of [markdownSections(text), latexSections(text)])
      expect(sections.every((s) => s.text.length <= text.length)).toBe(true);
    const cells = [{ cell_type: 'code', source: text, metadata: { tags: ['q1'] } }];
    expect(notebookSections(JSON.stringify({ cells }))?.length).toBe(1);
  });

  test('an answer that is too long stays too long to be read', () => {
    const [section] = markdownSections(`## q1\n$$delta[l]$$\n${many('x', 30_000)}`);
    expect(section?.text.length).toBeGreaterThan(4096);
  });
});

test('a minus is part of an answer; before an equation it begins an item of a list', () => {
  const answers = [
    '- delta[l]',
    '- dC/db[l] = delta[l]',
    '* dC/db[l]',
    '2. dC/db[l]',
    '-delta[l] = x',
    '+ x',
  ];
  expect(answers.map((a) => markdownSections(`## q1\n${a}`)[0]?.text)).toEqual([
    '- delta[l]',
    'dC/db[l] = delta[l]',
    'dC/db[l]',
    'dC/db[l]',
    '-delta[l] = x',
    '+ x',
  ]);
});

describe('encodings', () => {
  const utf16 = (text: string, big: boolean, mark: boolean): Buffer => {
    const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };
  test.each([
    ['UTF-8', Buffer.from('误差 δ')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF误差 δ')],
    ['GBK', Buffer.from([0xce, 0xf3, 0xb2, 0xee, 0x20, 0xa6, 0xc4])],
    ['UTF-16 with a mark', utf16('误差 δ', false, true)],
    ['UTF-16 of the other order', utf16('误差 δ', true, true)],
  ])('%s', (_, bytes) => {
    expect(textOfBytes(bytes)).toBe('误差 δ');
  });

  test('UTF-16 without a mark is known by its Latin letters; bytes that are no text are none', () => {
    expect(textOfBytes(utf16('## q1\nA', false, false))).toBe('## q1\nA');
    expect(textOfBytes(utf16('## q1\nA', true, false))).toBe('## q1\nA');
    expect(textOfBytes(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))).toBeNull();
    expect(textOfBytes(Buffer.from([0xff, 0xff, 0xff]))).toBeNull();
  });
});

describe('a class', () => {
  test('folders, files and an archive come to the same', () => {
    const files = { 'ada/hw.md': '## q1\nA\n## q2\nB', 'bob.md': '## q1\nC\n## q2\nD' };
    const wanted = { ada: ['A', 'B'], bob: ['C', 'D'] };
    expect(read([folderOf(files)])).toEqual([wanted, []]);
    const entries = Object.entries(files).map(([path, content]) => ({ path: `class/${path}`, content }));
    const archive = folderOf({
      'class.zip': zipOf([
        ...entries,
        { path: '__MACOSX/._bob.md', content: 'x' },
        { path: 'class/.DS_Store', content: 'x' },
      ]),
    });
    expect(read([join(archive, 'class.zip')])).toEqual([wanted, []]);
    const single = folderOf(files);
    expect(read([join(single, 'ada/hw.md'), join(single, 'bob.md')])[0]).toEqual({
      hw: ['A', 'B'],
      bob: ['C', 'D'],
    });
  });

  test('a table: by ids of heads, by mapped columns, one line each', () => {
    const table = 'Timestamp;Email address;q1 What is BP1?;Second\n1;ada@x.org;$A$;B\n2;cy@x.org;=C;\n';
    const folder = folderOf({ 'form.csv': table });
    const [answers, problems] = read([folder], { columns: new Map([['q2', 'second']]) });
    expect(answers).toEqual({ 'ada@x.org': ['A', 'B'], 'cy@x.org': ['=C', '-empty'] });
    expect(problems).toEqual([{ code: 'empty', student: 'cy@x.org', question: 'q2' }]);
  });

  test('a roster knows people by id, email, name, and the names that course systems give their files', () => {
    const roster = readRoster(
      '\uFEFFid;name;email\ns1;Ada Lovelace;ada@x.org\ns2;Bob;bob@x.org\ns3;李四;li@x.org\n',
      'roster.csv',
    );
    const files = {
      'Ada Lovelace_481_assignsubmission_file_/hw.md': '## q1\nA\n## q2\nB',
      'bob_9912_hw1.md': '## q1\nC\n## q2\nD',
      'zed.md': '## q1\nE\n## q2\nF',
    };
    const [answers, problems] = read([folderOf(files)], { roster });
    expect(answers).toEqual({ s1: ['A', 'B'], s2: ['C', 'D'], s3: ['-absent', '-absent'], zed: ['E', 'F'] });
    expect(problems).toEqual([
      { code: 'unknown-student', student: 'zed', file: 'zed.md' },
      { code: 'absent', student: 's3' },
    ]);
  });

  test('two people of one name are nobody until an id says who', () => {
    const roster = rosterOf([
      { id: '1', name: 'Ada', email: null },
      { id: '2', name: 'Ada', email: null },
    ]);
    expect([roster.find('Ada'), roster.find('2')?.id, roster.find('hw_1')?.id]).toEqual([null, '2', '1']);
  });

  test('what is missing, empty, double, unknown or unreadable is said, and a blank', () => {
    const folder = folderOf({
      'ada.md': '## q1\nA\n## q1\nB\n## q3\nC',
      'bob/one.md': '## q1\nA\n## q2\n$$ $$',
      'bob/two.md': '## q1\nA',
      'cy.md': 'no heads at all',
      'photo.png': 'x',
      'dan.ipynb': 'nonsense',
      'eve.md': Uint8Array.from([0, 1, 2]),
      'form.csv': 'a,b\n1,2\n',
    });
    symlinkSync(join(folder, 'ada.md'), join(folder, 'link.md'));
    const [answers, problems] = read([folder]);
    expect(answers).toEqual({
      ada: ['-double', '-missing'],
      bob: ['A', '-empty'],
      cy: ['-missing', '-missing'],
    });
    expect(problems).toEqual([
      { code: 'file', file: 'link.md', why: 'link' },
      { code: 'file', file: 'photo.png', why: 'kind' },
      { code: 'unknown-question', student: 'ada', name: 'q3', file: 'ada.md' },
      { code: 'file', file: 'cy.md', why: 'nothing' },
      { code: 'file', file: 'dan.ipynb', why: 'notebook' },
      { code: 'file', file: 'eve.md', why: 'text' },
      { code: 'file', file: 'form.csv', why: 'table' },
      { code: 'double', student: 'ada', question: 'q1' },
      { code: 'missing', student: 'ada', question: 'q2' },
      { code: 'empty', student: 'bob', question: 'q2' },
      { code: 'missing', student: 'cy', question: 'q1' },
      { code: 'missing', student: 'cy', question: 'q2' },
    ]);
  });

  test('what isn’t there, or is no submission, is one sentence', () => {
    const folder = folderOf({ 'a.png': 'x' });
    expect(() => submissionSource(join(folder, 'none'))).toThrow(/^there is no file or folder .*none$/);
    expect(() => submissionSource(join(folder, 'a.png'))).toThrow(
      /a\.png is no submission: give a folder, or a file that ends in \.md, \.tex, \.csv, \.ipynb or \.zip$/,
    );
  });

  test.each([
    ['name\nAda\n', 'r.csv:1: there is no column "id"; the first line names the columns: id,name,email'],
    ['id,name\n1,Ada\n,Bob\n', 'r.csv:3: there is no id'],
    ['id\n1\n\n1\n', 'r.csv:4: 1 is there twice'],
  ])('a roster that is none: %j', (text, sentence) => {
    expect(() => readRoster(text, 'r.csv')).toThrow(sentence);
  });
});
