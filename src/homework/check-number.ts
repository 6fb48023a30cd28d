// A number of the concrete network, or a vector or matrix of them, with a tolerance.

import type { Complaint, Expected } from '../text/complaint.ts';
import type { NumberQuestion } from './question.ts';
import { type Checked, checked, type Reason, type Unreadable } from './verdict.ts';

const NUMBER = /[-+\u2212]?\s*(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+\u2212]?\d+)?(?:\s*\/\s*\d+(?:\.\d*)?)?/y;
const MOST_NUMBERS = 400;

/** What stands around numbers and says nothing about them: brackets of LaTeX and NumPy, a transpose at the end. */
const AROUND =
  /\\(?:begin|end)\{[a-z]{0,2}matrix\}|\\(?:left|right|quad|[,;!])|\b(?:np|numpy)\.array(?=\()|\$|(?<=[\])}])\^\{?\\?(?:T|top|mathsf T)\}?|(?<=[\])])\.T\b/g;
/** Words before or behind a number that say that it is rounded, or that it is the answer. */
const ROUNDED =
  /^\s*(?:(?:答案?|结果)\s*(?:[:：]|为|是)\s*)?(?:(?:大?约(?:为|是|等于)?|近似(?:为|于)?|(?:about|approximately|approx\.?|ca\.?)(?=[\s\d])|≈|\\approx)\s*)?|\s*(?:左右|[。.])\s*$/giu;
/** A power of ten behind a number. */
const POWER = /\s*(?:\*|\\cdot|\\times|×|·)\s*10\s*\^\s*(?:\{\s*([-+\u2212]?\d+)\s*\}|([-+\u2212]?\d+))/g;

/** The text with what says nothing blanked out, and powers of ten as computers write them; places stay where they are. */
const bare = (text: string): string =>
  text
    .replace(AROUND, (s) => ' '.repeat(s.length))
    .replace(ROUNDED, (s) => ' '.repeat(s.length))
    .replace(POWER, (s, braced?: string, plain?: string) => `e${braced ?? plain ?? ''}`.padEnd(s.length));

/** Numbers in the order they stand in, between brackets, commas, semicolons and blanks; or where something else stands. */
function numbersIn(text: string): number[] | { readonly at: number } {
  const found: number[] = [];
  let at = 0;
  const start = /^(?=[^=≈]*[\p{L}\\])[^=≈]*?(?:=|≈|\\approx)\s*/u.exec(text.slice(0, 200))?.[0].length ?? 0;
  at = start;
  while (at < text.length && found.length <= MOST_NUMBERS) {
    if (/[\s,;()[\]{}|&\\]/.test(text.charAt(at))) {
      at++;
      continue;
    }
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(text);
    if (match === null) return { at };
    found.push(numberOf(match[0]));
    at += match[0].length;
  }
  return found;
}

function numberOf(text: string): number {
  const [top = '', bottom = '1'] = text
    .replace(/\u2212/g, '-')
    .replace(/\s+/g, '')
    .split('/');
  return Number(top) / Number(bottom);
}

const LONGEST = 4096;

export function checkNumber(q: NumberQuestion, text: string): Checked {
  if (text.length > LONGEST)
    return unreadable(1, { code: 'too-many', of: 'answer-characters', most: LONGEST });
  const found = numbersIn(bare(text.trim()));
  if (!Array.isArray(found)) return unreadable(found.at + 1, { code: 'not-number' }, 'number');
  if (found.length === 0) return unreadable(1, { code: 'no-number' }, 'number');
  const wanted = q.values.length;
  if (found.length !== wanted)
    return checked('incorrect', 'shape', {
      reasons: [{ code: 'shapes', left: `${wanted}`, right: `${found.length}` }],
    });
  const wrong = found.findIndex((x, i) => !near(x, q.values[i] ?? Number.NaN, q.tolerance));
  if (wrong < 0) return checked('correct', 'number');
  const slips = found.every((x, i) => near(-x, q.values[i] ?? Number.NaN, q.tolerance))
    ? [{ code: 'sign' as const, right: null, wrong: null }]
    : [];
  return checked('incorrect', 'number', {
    slips,
    reasons: slips.length > 0 ? [] : reasonsFor(found, q),
    place: { line: 0, side: wrong },
  });
}

/** A number that is a simple multiple of the right one. */
function reasonsFor(found: readonly number[], q: NumberQuestion): Reason[] {
  const times = [2, 0.5].find((t) =>
    found.every((x, i) => near(x, t * (q.values[i] ?? Number.NaN), q.tolerance)),
  );
  return times === undefined ? [] : [{ code: 'off-by', times }];
}

const near = (x: number, right: number, tolerance: number): boolean =>
  Number.isFinite(x) && Math.abs(x - right) <= tolerance * Math.abs(right) + (right === 0 ? 1e-12 : 0);

const unreadable = (column: number, complaint: Complaint, expected: Expected | null = null): Checked => {
  const where: Unreadable = { line: 1, column, complaint, expected, nearest: null };
  return checked('unreadable', 'reading', { unreadable: where });
};
