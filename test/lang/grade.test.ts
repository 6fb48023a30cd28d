// What grading says, in each language: every sentence whole, none that blames; Chinese as a typesetter sets it.

import { describe, expect, test } from 'vitest';
import type { FileProblem, Problem } from '../../src/homework/grade-problem.ts';
import { englishHomework } from '../../src/lang/en-homework.ts';
import type { GradeWords } from '../../src/lang/grade-words.ts';
import { languageNamed, languages } from '../../src/lang/languages.ts';
import { type Phrase, say, wordsOf } from '../../src/lang/phrase.ts';
import { f } from './facts.ts';
import { faultsOf, marked } from './prose.ts';

const WHY: readonly FileProblem[] = ['kind', 'text', 'notebook', 'table', 'large', 'nothing', 'link'];

function problems({ problem }: GradeWords): Phrase[] {
  const all: Problem[] = [
    ...(['missing', 'empty', 'double'] as const).map(
      (code): Problem => ({ code, student: '7', question: 'q1' }),
    ),
    { code: 'unknown-question', student: '7', name: 'q9', file: 'a.md' },
    { code: 'unknown-student', student: '7', file: 'a.md' },
    { code: 'absent', student: '7' },
    { code: 'no-sheet', student: '7' },
    ...WHY.map((why): Problem => ({ code: 'file', file: 'a.md', why })),
    { code: 'review-unmatched', group: 'q1-x', line: 4 },
  ];
  return all.map(problem);
}

function sentences(words: GradeWords): Phrase[] {
  const { asks } = words.template;
  const where = [null, f('l')].flatMap((w) => [
    asks.formula(f('x'), w),
    asks.matrix(f('x'), w),
    asks.component(f('x'), w),
    asks.derivation(f('x'), w),
  ]);
  return [
    ...problems(words),
    ...where,
    asks.definition(f('x')),
    asks.number(f('x'), '1%'),
    asks.step,
    asks.expression,
    words.template.intro,
    words.points('1', '2'),
    words.total('1', '2'),
    words.noTotal,
    words.person,
    ...Object.values(words.noAnswer),
    ...Object.values(words.otherForm),
    words.agreed,
    words.report.made(3, 4, '1'),
    words.report.personHow,
    words.report.personNone,
    words.report.slipsNone,
    words.report.problemsNone,
  ];
}

function labels({ report, heading, sheet }: GradeWords): Phrase[] {
  return [
    heading('', '7'),
    heading('7', '8'),
    sheet.solution(''),
    sheet.solution('7'),
    sheet.student('7'),
    report.title(''),
    report.title('7'),
    report.overview,
    report.person,
    report.groups('7'),
    ...Object.values(report.heads),
    ...Object.values(report.verdict).map((v) => say`${v}`),
    report.slips,
    report.problems,
    report.more(3),
    ...Object.keys(englishHomework.slip).map((slip) => say`${report.slipName(slip)}`),
  ];
}

describe.each(languages.map((l) => [l.code, l.grade] as const))('%s', (_, words) => {
  test('every sentence is whole, and ends', () => {
    for (const s of sentences(words)) expect(wordsOf(s)).toMatch(/^\S.*[.?。？]$/);
  });

  test('every label says something', () => {
    for (const s of labels(words)) expect(wordsOf(s)).toMatch(/^\S(.*\S)?$/);
    expect(wordsOf([...sentences(words), ...labels(words)].flat())).not.toMatch(/undefined|null|NaN|错误/);
  });
});

test('Chinese is well set', () => {
  const words = languageNamed('zh')?.grade;
  const all = words === undefined ? [] : [...sentences(words), ...labels(words)];
  const own = /chainrule|UTF-8|UTF-16|GBK|MB\b/g;
  expect(all.flatMap((s) => faultsOf(marked(s).replace(own, '◇')))).toEqual([]);
});
