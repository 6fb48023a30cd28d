// Tables of pairs, equal and not, as plain text or JSON lines; and what the comparison says of each.

import { readFileSync } from 'node:fs';
import { index, integer } from '../../src/expr/affine.ts';
import type { Condition } from '../../src/expr/condition.ts';
import { elementary } from '../../src/expr/elementary.ts';
import type { System, TensorDecl } from '../../src/expr/system.ts';
import { compareReadings, type ReadingComparison } from '../../src/homework/compare-tensors.ts';
import type { ComparisonContext } from '../../src/homework/compare-verdict.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { readConditions, readFormula } from '../../src/text/read.ts';

export interface Pair {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly equal: boolean;
  /** The network or tensors that the names belong to; null: every name is a real number. */
  readonly about: string | null;
  readonly given: string;
}

const KNOWN = new Set([
  ...elementary.map((r) => r.name),
  'sqrt',
  'ln',
  'max',
  'min',
  'pi',
  'gamma',
  'f',
  'g',
  'ind',
]);

/** A system in which every name is a real number, and f, g and gamma are unknown functions. */
export function scalarsIn(...texts: readonly string[]): System {
  const names = new Set(texts.flatMap((t) => t.match(/[A-Za-z_][A-Za-z_0-9]*/g) ?? []));
  const tensors = [...names].filter((n) => !KNOWN.has(n)).map((n) => declared(n, []));
  return { ...NOTHING, tensors: new Map(tensors), functions: ['f', 'g', 'gamma'].map(unknown) };
}

const NOTHING: System = {
  tensors: new Map(),
  equations: [],
  functions: [],
  loss: 'loss',
  sizes: new Map(),
  given: [],
  identities: [],
};
const unknown = (name: string) => ({ name, stage: null, param: 'u', body: null });
const declared = (name: string, sizes: readonly string[]): [string, TensorDecl] => [
  name,
  { name, stage: [], size: sizes.map((s) => index(s)), kind: 'input' },
];

/** `A n n, u n, c` as a system without equations: matrices, vectors and numbers, unknown functions f and g. */
export function tensorsOf(text: string): System {
  const tensors = text.split(',').map((t) => {
    const [name = '', ...sizes] = t.trim().split(/\s+/);
    return declared(name, sizes);
  });
  const sizes = new Set(tensors.flatMap(([, d]) => d.size.map((s) => s.key)));
  return {
    ...NOTHING,
    tensors: new Map(tensors),
    functions: [unknown('f'), unknown('g')],
    sizes: new Map([...sizes].map((s) => [s, 0])),
    given: [...sizes].map((s): Condition => ({ relation: '<=', left: integer(1), right: index(s) })),
  };
}

const systems = new Map<string, System>();

/** `general {"loss": "mse"}` is a network, anything else a list of tensors. */
export function systemOf(about: string): System {
  let found = systems.get(about);
  if (found === undefined) {
    const network = /^network\s*(\{.*\})?$/.exec(about);
    found = network === null ? tensorsOf(about) : buildNetwork(JSON.parse(network[1] ?? '{}')).system;
    systems.set(about, found);
  }
  return found;
}

/** The plain table: `about` and `given` lines hold for what follows; `= a | b`, `! a | b`. */
export function tablePairs(text: string): Pair[] {
  let [about, given]: [string | null, string] = [null, ''];
  return text.split('\n').flatMap((line, i): Pair[] => {
    const [, mark, rest = ''] = /^(about|given|[=!])(?:\s+(.*))?$/.exec(line.trim()) ?? [];
    if (mark === 'about') [about, given] = [rest, ''];
    else if (mark === 'given') given = rest;
    else if (mark !== undefined) {
      const [a = '', b = ''] = rest.split(' | ');
      return [{ id: `line ${i + 1}`, a, b, equal: mark === '=', about, given }];
    }
    return [];
  });
}

/** JSON lines `{id, a, b, equal}`. */
export const linePairs = (text: string): Pair[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ about: null, given: '', ...JSON.parse(line) }));

export const pairsOf = (text: string): Pair[] =>
  text.trimStart().startsWith('{') ? linePairs(text) : tablePairs(text);

export const fixturePairs = (name: string): Pair[] =>
  pairsOf(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));

/** The base of natural logarithms is exp(1); everything else is plain syntax. */
const plainText = (text: string): string => text.replace(/(?<![A-Za-z_0-9.])e(?![A-Za-z_0-9(])/g, 'exp(1)');

export interface Question {
  readonly ctx: ComparisonContext;
  readonly a: ReturnType<typeof readFormula>;
  readonly b: ReturnType<typeof readFormula>;
}

export function questionOf(pair: Pair): Question {
  const scalar = pair.about === null;
  const [a, b] = scalar ? [plainText(pair.a), plainText(pair.b)] : [pair.a, pair.b];
  const system = pair.about === null ? scalarsIn(a, b) : systemOf(pair.about);
  const given = pair.given.split(';').flatMap((c) => (c.trim() === '' ? [] : readConditions(c, system)));
  return { ctx: { system, given }, a: readFormula(a, system), b: readFormula(b, system) };
}

export const judged = ({ a, b, ctx }: Question): ReadingComparison => compareReadings(a, b, ctx);
export const judge = (pair: Pair): ReadingComparison => judged(questionOf(pair));
