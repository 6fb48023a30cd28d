// A small class from end to end: files in, files out; the teacher's review; worksheets; recorded answers checked again.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type GradeFlags, gradeCommand } from '../../src/cli-grade.ts';
import { readCsv } from '../../src/csv.ts';
import { replayCommand } from '../../src/grade-replay.ts';
import { emptyFolder } from '../doors/run.ts';

const ASSIGNMENT = `title: {en: Homework 3, zh: 作业三}
network: {activation: sigmoid, loss: mse}
questions:
  - {id: q1, target: bp1, points: 2}
  - {id: q2, target: bp2, form: matrix, points: 3}
  - {id: q3, target: bp4, points: 3}
rubric: {unfinished: 50%, sign: 75%, transpose-missing: 50%, default: 0}
students: roster.csv
`;
const ROSTER =
  'id,name,email\nada,Ada,ada@x.org\nbob,Bob,bob@x.org\ncy,Cy,cy@x.org\n=dan,Dan,dan@x.org\neve,Eve,eve@x.org\n';
const EVIL = '<img src=x onerror=alert(1)> =SUM(A1)';
const FILES = {
  'assignment.yaml': ASSIGNMENT,
  'roster.csv': ROSTER,
  'in/ada.md':
    "## q1\ndelta[L] = (a[L]-y) .* sigma'(z[L])\n## q2\n$$\\delta^l = ((w^{l+1})^T \\delta^{l+1}) \\odot \\sigma'(z^l)$$\n## q3\ndC/dw[l] = delta[l]*a[l-1]'\n",
  'in/bob.md':
    "## q1\ndelta[L] = (y-a[L]) .* sigma'(z[L])\n## q2\ndelta[l][j] = sum(k, w[l+1][k,j]*delta[l+1][k])*sigma'(z[l][j])\n## q3\n",
  'in/cy.md': `## q1\n${EVIL}\n## q2\n${EVIL}\n## q3\ndC/dw[l] = delta[l]*a[l-1]'\n`,
  'in/=dan.md': `## q1\n${EVIL}\n## q2\n=1+1\n## q3\ndC/dw[l] = a[l-1]*delta[l]'\n`,
};

function classFolder(files: Readonly<Record<string, string>> = FILES): string {
  const folder = emptyFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const printed = { out: '', err: '' };
beforeEach(() => {
  printed.out = '';
  printed.err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});

/** Tables only, unless feedback is asked for. */
const grade = (
  folder: string,
  flags: GradeFlags = { out: join(folder, 'out'), feedback: false },
): Promise<number> => gradeCommand(join(folder, 'assignment.yaml'), [join(folder, 'in')], flags);
const file = (folder: string, path: string): string => readFileSync(join(folder, 'out', path), 'utf8');
const table = (text: string): string[][] => readCsv(text, 't').rows.map((row) => row.map((c) => c.text));

const withFeedback = (folder: string): Promise<number> => grade(folder, { out: join(folder, 'out') });

/** Every file of the output, with its bytes. */
function everything(folder: string): Record<string, string> {
  const paths = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true }).filter((e) =>
    e.isFile(),
  );
  return Object.fromEntries(
    paths.map((e) => [join(e.parentPath, e.name), readFileSync(join(e.parentPath, e.name), 'latin1')]),
  );
}

describe('a class', () => {
  test('gets grades, blanks where nobody has decided, and nothing of what was written', async () => {
    const folder = classFolder();
    expect(await grade(folder)).toBe(0);
    expect(table(file(folder, 'grades.csv'))).toEqual([
      ['student', 'q1', 'q2', 'q3', 'total', 'max', 'needs_person'],
      ['ada', '2', '3', '3', '8', '8', ''],
      ['bob', '1.5', '1.5', '', '', '8', ''],
      ['cy', '', '', '3', '', '8', 'q1 q2'],
      ["'=dan", '', '0', '0', '', '8', 'q1'],
      ['eve', '', '', '', '', '8', ''],
    ]);
    expect(printed.err).toMatch(
      /^5 students, 11 answers: 4 correct, 3 incorrect, 3 unreadable, 1 unfinished; 4 questions without an answer\n/,
    );
  });

  test('no cell of any table begins as a formula does, and pages hold what was written escaped', async () => {
    const folder = classFolder();
    await grade(folder, { out: join(folder, 'out'), html: true });
    for (const name of ['grades.csv', 'review.csv'])
      for (const row of table(file(folder, name)))
        for (const cell of row) expect(cell).not.toMatch(/^[=+@]|^-(?!\d)/);
    for (const page of ['report.html', 'feedback/cy.html']) {
      const text = file(folder, page);
      expect(text).not.toMatch(/<img|<script|https?:\/\/(?!www\.w3\.org|scripts\.sil\.org)/);
    }
    expect(file(folder, 'report.html')).toContain('&lt;img src=x onerror=alert(1)&gt; =SUM(A1)');
    expect(existsSync(join(folder, 'out', 'assets', 'fonts', 'KaTeX_Main-Regular.woff2'))).toBe(true);
  });

  test('feedback shows the reading first, then the verdict, the slip and the points', async () => {
    const folder = classFolder();
    await withFeedback(folder);
    const [, own = ''] = file(folder, 'feedback/bob.md').split('## q1\n');
    const parts = [
      'Read as:',
      '\\delta^L = (y - a^L) \\odot',
      '**Not right.**',
      'The sign is reversed.',
      'Points: 1.5 of 2.',
      '## q2',
    ];
    const places = parts.map((p) => own.indexOf(p));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(own).toContain('It is right in components; the question asks for vectors and matrices.');
    expect(own).toContain('The answer to this question is empty.');
    expect(own).toContain('There is no total yet: some answers have no score.');
  });

  test('the same again writes the same bytes', async () => {
    const folder = classFolder();
    await grade(folder, { out: join(folder, 'out'), html: true });
    const first = everything(folder);
    await grade(folder, { out: join(folder, 'out'), html: true });
    expect(everything(folder)).toEqual(first);
  });

  test('in Chinese, with the mark that Excel needs', async () => {
    const folder = classFolder({ ...FILES, 'assignment.yaml': `${ASSIGNMENT}lang: zh\n` });
    await withFeedback(folder);
    expect(file(folder, 'grades.csv').startsWith('\uFEFFstudent,')).toBe(true);
    expect(file(folder, 'feedback/bob.md')).toContain('# 作业三：bob 的反馈');
    expect(file(folder, 'report.html')).toContain('需要人工批阅');
  });

  test('without a folder grades.csv is printed, and nothing is written', async () => {
    const folder = classFolder();
    await grade(folder, {});
    expect(printed.out).toMatch(/^student,q1,q2,q3,total,max,needs_person\r\nada,2,3,3,8,8,\r\n/);
    expect(printed.err).toContain('eve: nothing was handed in.\n');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

describe('the review', () => {
  const filled = (text: string, question: string, score: string, comment: string): string =>
    text
      .split('\r\n')
      .map((line) =>
        line.startsWith(`${question}-`) && line.includes('unreadable')
          ? line.replace(/,,$/, `,${score},${comment}`)
          : line,
      )
      .join('\r\n');

  test('what the teacher fills in holds for the group, stays as it is, and is not asked again', async () => {
    const folder = classFolder();
    await grade(folder);
    const path = join(folder, 'out', 'review.csv');
    const before = readFileSync(path, 'utf8');
    expect(
      table(before)
        .filter((r) => r[1] === 'q1')
        .map((r) => [r[2], r[3], r[5], r[6]]),
    ).toEqual([['unreadable', '2', EVIL, '']]);
    const review = filled(before, 'q1', '0.5', '"-half, for the idea"');
    writeFileSync(path, review);
    await withFeedback(folder);
    const rows = table(file(folder, 'grades.csv'));
    expect(rows.slice(3, 5).map((r) => [r[1], r[6]])).toEqual([
      ['0.5', 'q2'],
      ['0.5', ''],
    ]);
    expect(file(folder, 'feedback/cy.md')).toContain('**Comment:** -half, for the idea\n\nPoints: 0.5 of 2.');
    const after = table(readFileSync(path, 'utf8'));
    expect(after.find((r) => r[1] === 'q1')?.slice(-2)).toEqual(['0.5', "'-half, for the idea"]);
    await grade(folder);
    expect(table(readFileSync(path, 'utf8'))).toEqual(after);
  });

  test('a share counts, in a file that another program saved', async () => {
    const folder = classFolder();
    await grade(folder);
    const path = join(folder, 'out', 'review.csv');
    const rows = table(filled(readFileSync(path, 'utf8'), 'q1', '25%', ''));
    writeFileSync(
      path,
      Buffer.from(`\uFEFF${rows.map((r) => r.map((c) => `"${c}"`).join(';')).join('\n')}`, 'utf16le'),
    );
    await grade(folder);
    expect(table(file(folder, 'grades.csv'))[3]?.[1]).toBe('0.5');
  });

  test('a line that belongs to no group is reported and kept', async () => {
    const folder = classFolder();
    await grade(folder);
    const path = join(folder, 'out', 'review.csv');
    writeFileSync(path, `${readFileSync(path, 'utf8')}q1-gone,q1,incorrect,3,x,x,1,kept\r\n`);
    await withFeedback(folder);
    expect(table(readFileSync(path, 'utf8')).at(-1)).toEqual([
      'q1-gone',
      'q1',
      'incorrect',
      '3',
      'x',
      'x',
      '1',
      'kept',
    ]);
    expect(file(folder, 'report.html')).toMatch(
      /line \d+: there is no group <code>q1-gone<\/code> in this run; the line was kept\./,
    );
  });

  test.each([
    [
      'many',
      /review\.csv:2: a score is a number of points such as 1\.5, or a share such as 50%, not "many"$/,
    ],
    ['7', /review\.csv:2: the question has 2 points, the score is 7$/],
    ['120%', /review\.csv:2: a share is at most 100%, not 120%$/],
  ])('a score of %s is none, and nothing is written', async (score, sentence) => {
    const folder = classFolder();
    await grade(folder);
    const path = join(folder, 'out', 'review.csv');
    writeFileSync(path, filled(readFileSync(path, 'utf8'), 'q1', score, ''));
    const before = everything(folder);
    await expect(grade(folder)).rejects.toThrow(sentence);
    expect(everything(folder)).toEqual(before);
  });
});

describe('recorded answers', () => {
  test('come out as they were recorded', async () => {
    const folder = classFolder();
    await grade(folder);
    printed.out = '';
    expect(await replayCommand(join(folder, 'out', 'results.ndjson'), undefined, {})).toBe(0);
    expect(printed.out.split('\n').length).toBe(12);
    expect(printed.out).toContain('bob q2: unfinished, as recorded\n');
  });

  test('or it is said what differs; one student’s are told in full', async () => {
    const folder = classFolder();
    await grade(folder);
    const path = join(folder, 'out', 'results.ndjson');
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace('"slips":["sign"]', '"slips":[]')
        .replace('"verdict":"incorrect"', '"verdict":"correct"'),
    );
    printed.out = '';
    expect(await replayCommand(path, 'bob', {})).toBe(1);
    expect(printed.out).toContain('The sign is reversed.');
    expect(printed.out).toMatch(/bob q1: recorded correct by \d+\.\d+\.\d+, now incorrect\n/);
    await expect(replayCommand(path, 'zed', {})).rejects.toThrow(/results\.ndjson has no line of zed$/);
    await expect(replayCommand(join(folder, 'roster.csv'), undefined, {})).rejects.toThrow(
      /roster\.csv:1: this is no line of results\.ndjson$/,
    );
  });
});

describe('course systems', () => {
  const single = (name: string, flags: GradeFlags): Promise<number> => {
    const folder = classFolder({
      ...FILES,
      'assignment.yaml': ASSIGNMENT.replace('students: roster.csv\n', ''),
    });
    return gradeCommand(join(folder, 'assignment.yaml'), [join(folder, 'in', name)], flags);
  };

  test('Gradescope: a test for each question, no score where a person has to look', async () => {
    await single('cy.md', { for: 'gradescope' });
    const { tests } = JSON.parse(printed.out);
    expect(
      tests.map((t: Record<string, unknown>) => [t.name, t.score, t.max_score, t.status, t.output_format]),
    ).toEqual([
      ['q1', undefined, 2, undefined, 'text'],
      ['q2', undefined, 3, undefined, 'text'],
      ['q3', 3, 3, 'passed', 'text'],
    ]);
    expect(tests[0].output).toContain("This can't be read.");
  });

  test('PrairieLearn: a score from 0 to 1, and what can’t be read is not gradable', async () => {
    await single('ada.md', { for: 'prairielearn' });
    const all = JSON.parse(printed.out);
    expect([
      all.gradable,
      all.score,
      all.tests.map((t: Record<string, unknown>) => [t.points, t.max_points]),
    ]).toEqual([
      true,
      1,
      [
        [2, 2],
        [3, 3],
        [3, 3],
      ],
    ]);
    printed.out = '';
    await single('cy.md', { for: 'prairielearn' });
    const none = JSON.parse(printed.out);
    expect([none.gradable, none.score, none.format_errors.length]).toEqual([false, undefined, 2]);
  });

  test('all files of a submission are one; a table of several students is not', async () => {
    const folder = classFolder({
      'assignment.yaml': ASSIGNMENT.replace('students: roster.csv\n', ''),
      'in/one.md': "## q1\n(a[L]-y) .* sigma'(z[L])\n",
      'in/notes/two.md': "## q3\ndelta[l]*a[l-1]'\n",
    });
    await grade(folder, { for: 'gradescope' });
    expect(JSON.parse(printed.out).tests.map((t: { score?: number }) => t.score)).toEqual([2, undefined, 3]);
    writeFileSync(join(folder, 'in', 'form.csv'), 'id,q1\nada,1\nbob,2\n');
    await expect(grade(folder, { for: 'gradescope' })).rejects.toThrow(
      '--for gradescope is for one submission; there are 3',
    );
  });

  test.each([
    [
      'English',
      'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Last modified (grade)","Feedback comments"',
      '8.00',
      '16,00',
    ],
    ['Chinese', '标识符,全名,电子邮件地址,状态,成绩,最高分,"最后修改 (成绩)",反馈评语', '8.00', '16,00'],
  ])('Moodle, in %s: the worksheet is filled in where it stands', async (_, head) => {
    const folder = classFolder();
    const sheet = join(folder, 'moodle.csv');
    const line = (n: number, name: string, most: string): string =>
      `"Participant ${n}",${name},${name.toLowerCase()}@x.org,"Submitted, late",,${most},"Monday, 1 June",""`;
    const rest = `"Participant 9",Nobody,no@x.org,-,5,"8.00",-,"own words"`;
    writeFileSync(
      sheet,
      `\uFEFF${head}\r\n${line(1, 'Bob', '8.00')}\r\n${line(2, 'Ada', '"16,00"')}\r\n${rest}\r\n`,
    );
    await grade(folder, { out: join(folder, 'out'), feedback: false, moodle: sheet });
    const text = readFileSync(sheet, 'utf8');
    expect(
      text.startsWith(
        `\uFEFF${head}\r\n"Participant 1",Bob,bob@x.org,"Submitted, late",,8.00,"Monday, 1 June",`,
      ),
    ).toBe(true);
    expect(text).toContain(
      '"Participant 2",Ada,ada@x.org,"Submitted, late","16,00","16,00","Monday, 1 June",',
    );
    expect(text.endsWith(`\r\n${rest}\r\n`)).toBe(true);
    expect(table(text)[2]?.[7]).toMatch(/Homework 3: feedback for ada[\s\S]*Correct\.[\s\S]*8 of 8/);
    expect(printed.err).toContain('moodle.csv: 2 lines filled in; not there: cy, =dan, eve');
    await grade(folder, { out: join(folder, 'out'), feedback: false, moodle: sheet });
    expect(readFileSync(sheet, 'utf8')).toBe(text);
  });
});

describe('before the class', () => {
  test('the template has a place for every answer, which is empty until it is filled', async () => {
    const folder = classFolder();
    await gradeCommand(join(folder, 'assignment.yaml'), [], {
      template: true,
      out: join(folder, 'in', 'ada.md'),
    });
    await grade(folder);
    expect(table(file(folder, 'grades.csv'))[1]).toEqual(['ada', '', '', '', '', '8', '']);
    const answer = "(a[L]-y) .* sigma'(z[L])";
    const text = readFileSync(join(folder, 'in', 'ada.md'), 'utf8');
    expect(text).toContain(
      '> What is $\\delta^l$ for $2 \\le l \\lt L$? Write it with vectors and matrices. (3 points)',
    );
    writeFileSync(join(folder, 'in', 'ada.md'), text.replace('$$\n\n$$', `$$\n${answer}\n$$`));
    await grade(folder);
    expect(table(file(folder, 'grades.csv'))[1]?.slice(0, 3)).toEqual(['ada', '2', '']);
  });

  test('the self-test accepts the right answers and refuses the planted ones', async () => {
    const folder = classFolder();
    expect(await gradeCommand(join(folder, 'assignment.yaml'), [], { selftest: true })).toBe(0);
    const rows = printed.out.trim().split('\n').slice(1);
    expect(rows.map((r) => r.replace(/ {2,}\d+$/, ''))).toEqual([
      expect.stringMatching(/^q1 +bp1 +(\d+) of \1 +(\d+) of \2$/),
      expect.stringMatching(/^q2 +bp2 +(\d+) of \1 +(\d+) of \2$/),
      expect.stringMatching(/^q3 +bp4 +(\d+) of \1 +(\d+) of \2$/),
    ]);
  });

  test.each([
    ['questions: [{id: q1, target: bp9}]\n', /assignment\.yaml:1:13: question q1: .*bp9/],
    [
      'network: nets/none.yaml\nquestions: [{id: q1, target: bp1}]\n',
      /assignment\.yaml:1:10: there is no file .*none\.yaml$/,
    ],
    [
      'notation: nilsen\nquestions: [{id: q1, target: bp1}]\n',
      /assignment\.yaml:1:11: unknown notation "nilsen"; did you mean "nielsen"\?$/,
    ],
    ['students: none.csv\nquestions: [{id: q1, target: bp1}]\n', /there is no file .*none\.csv$/],
  ])('what can’t be asked is said with its place: %j', async (text, sentence) => {
    const folder = classFolder({ ...FILES, 'assignment.yaml': text });
    await expect(grade(folder)).rejects.toThrow(sentence);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
