// Answers and their verdicts: a table of right answers, special cases, evasions and slips; the same in every run.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/homework/check.ts';
import type { Question } from '../../src/homework/question.ts';
import { questionFor } from './questions.ts';

interface Row {
  readonly network: string;
  readonly target: string;
  readonly conventions: string;
  readonly verdict: string;
  readonly code: string | null;
  readonly answer: string;
}

/** The rows of answers.txt. */
function rows(): Row[] {
  const text = readFileSync(new URL('./answers.txt', import.meta.url), 'utf8');
  let [network, target, conventions] = ['{}', '', ''];
  return text.split('\n').flatMap((line): Row[] => {
    const [, key, value = ''] = /^(network|target|conventions)\s+(.*)$/.exec(line) ?? [];
    if (key === 'network') [network, conventions] = [value, ''];
    else if (key === 'conventions') conventions = value;
    else if (key === 'target') target = value;
    const [, verdict, code, answer] = /^([a-z-]+)(?: ([a-z-]+))? \| (.*)$/.exec(line) ?? [];
    if (verdict === undefined || answer === undefined) return [];
    return [
      { network, target, conventions, verdict, code: code ?? null, answer: answer.replaceAll(' // ', '\n') },
    ];
  });
}

const all = rows();
const groups = new Map<string, Row[]>();
for (const row of all) {
  const name = `${row.target} of ${row.network} ${row.conventions}`;
  groups.set(name, [...(groups.get(name) ?? []), row]);
}

describe.each([...groups])('%s', (_, own) => {
  test.each(own.map((row) => [row.answer, row.verdict, row] as const))('%s: %s', (answer, verdict, row) => {
    const found = check(questionFor(row.network, row.target, '', [], row.conventions), answer);
    const codes = [...found.slips, ...found.reasons].map((x) => x.code);
    expect({
      verdict: found.verdict,
      code: row.code !== null && codes.includes(row.code as never) ? row.code : null,
      codes,
    }).toEqual({ verdict, code: row.code, codes });
  });
});

test('an answer has the same verdict, slips and witness in every run', () => {
  const q = (): Question => questionFor('{}', 'bp2', 'fresh');
  const text = "delta[l] = (w[l+1]' * delta[l+1]) .* sigma(z[l])";
  const first = check(q(), text);
  expect(first.witness).not.toBeNull();
  for (let i = 0; i < 3; i++) expect(check(q(), text)).toEqual(first);
  const same = q();
  for (let i = 0; i < 200; i++) expect(check(same, text)).toEqual(first);
});

describe('hostile answers are unreadable, and cost little', () => {
  test.each([
    ['100 KB', 'x'.repeat(100_000)],
    ['10,000 brackets', '('.repeat(10_000)],
    ['a macro that makes itself', '\\def\\a{\\a\\a}\\a'],
    ['__proto__', '__proto__ = constructor'],
    ['an element', '<img src=x onerror=alert(1)>'],
    ['a script', 'javascript:alert(1)'],
    ['NUL', 'delta[l]\0 = z[l]'],
    ['half a surrogate pair', 'delta[l] = \ud800'],
    ['nothing', ''],
    ['blanks', ' \n\t\n '],
  ])('%s', (_, text) => {
    expect(check(questionFor('{}', 'bp2'), text).verdict).toBe('unreadable');
  });

  test.each([
    ['many powers', `delta[l] = z[l]${'^9'.repeat(1200)}`],
    ['huge exponents', 'delta[l] = z[l] .^ 99999999999'],
    ['a number of 4,000 digits', `delta[l] = ${'9'.repeat(4000)}*z[l]`],
    ['functions in functions', `delta[l] = ${'sin('.repeat(55)}z[l]${')'.repeat(55)}`],
    ['a tower', `delta[l] = ${'(1 + '.repeat(30)}z[l]${') .^ 2'.repeat(30)}`],
  ])('%s: not right', (_, text) => {
    expect(['incorrect', 'unreadable', 'undecided']).toContain(check(questionFor('{}', 'bp2'), text).verdict);
  });
});
