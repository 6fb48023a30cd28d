// Formulas read out in English.

import type { SpokenWords } from '../text/spoken-words.ts';

const POWERS: ReadonlyMap<string, string> = new Map([
  ['2', 'squared'],
  ['3', 'cubed'],
]);
const PRIMES = ['', 'prime', 'double prime', 'triple prime'];

export const englishSpoken: SpokenWords = {
  plus: 'plus',
  minus: 'minus',
  negative: 'minus',
  equals: 'equals',
  nearly: 'is about',
  differs: 'is not',
  tends: 'goes to',
  less: 'is less than',
  greater: 'is greater than',
  atMost: 'is at most',
  atLeast: 'is at least',
  times: 'times',
  by: 'by',
  and: 'and',
  hadamard: 'entrywise times',
  entrywiseDivided: 'entrywise divided by',
  divided: 'over',
  nabla: 'nabla',
  ones: 'the vector of ones',
  identity: 'the identity matrix',
  trace: 'the trace',
  any: 'any',
  open: 'open bracket',
  close: 'close bracket',
  transposed: 'transposed',
  infinity: 'infinity',
  notNumber: 'not a number',
  dots: 'and so on',
  gap: 'blank',
  pause: ', ',
  partial: 'd',
  differential: 'd',
  arcTangent: 'arc tangent',
  capital: (letter) => `capital ${letter}`,
  script: (letter) => `script ${letter}`,
  layer: (stage) => `layer ${stage}`,
  step: (stage) => `step ${stage}`,
  sub: (indices) => `sub ${indices}`,
  power: (exponent) => POWERS.get(exponent) ?? `to the power ${exponent}`,
  entrywise: (exponent) => `${exponent} entrywise`,
  primes: (count) => PRIMES[count] ?? `with ${count} primes`,
  over: (top, bottom) => (top === '1' && bottom === '2' ? 'one half' : `${top} over ${bottom}`),
  fraction: (top, bottom) => `the fraction ${top} over ${bottom}, end of fraction`,
  derivative: (of, by) => (of === '' ? `d over d ${by} of` : `d ${of} over d ${by}`),
  root: (of) => `the square root of ${of}`,
  call: (fn, args) => `${fn} of ${args}`,
  guard: (condition) => `the bracket that is 1 where ${condition}`,
  absolute: (of) => `the absolute value of ${of}`,
  norm: (of) => `the norm of ${of}`,
  sum({ index, from, to, where }) {
    const conditions = where.length === 0 ? '' : ` where ${where.join(' and ')}`;
    if (index === null) return `the sum${conditions} of`;
    return to === ''
      ? `the sum over ${index}${conditions} of`
      : `the sum from ${index} equals ${from} to ${to}${conditions} of`;
  },
  held: (derivative, what) => `${derivative}, with ${what.join(' and ')} held constant`,
  vector: (entries) => `the vector ${entries.join(', ')}`,
  matrix: (rows) => `the matrix with rows ${rows.map((r) => r.join(', ')).join('; ')}`,
};
