// Conditions: 1 where they hold, 0 elsewhere.

import type { CallSyntax, Syntax } from '../syntax.ts';
import { classEntry } from './classes.ts';
import { fail, isEnd, peek, type Reader, spanSince, topLevel, typed } from './cursor.ts';
import { affine } from './scripts.ts';

export const isRelation = (t: { kind: string; text: string }): boolean =>
  t.kind === 'sign' && ['=', '<', '>', '<=', '>=', '!=', '~='].includes(t.text);

/** An index in {1, 2} takes some values only, which no range says; in {1, .., n} or in a set with a name it takes all. */
export function noListOfNumbers(p: Reader, from: number, to: number): void {
  const values = p.marks.slice(from, to).filter((t) => !/^[(){}[\],]$/.test(t.text));
  const [first] = values;
  if (first === undefined || !values.every((t) => t.kind === 'number')) return;
  fail(p, first, { code: 'no-place', found: typed(p, first), in: 'formula' }, 'index');
}

/** Several conditions at once. */
function allOf(p: Reader, commas: readonly number[], from: number): Syntax {
  const ends = [...commas, p.to];
  const holds = ends.map((end, i) =>
    indicator({ ...p, at: i === 0 ? p.at : (ends[i - 1] ?? 0) + 1, to: end }),
  );
  const args = holds.flatMap((h) => (h.kind === 'call' ? h.args : []));
  p.at = p.to;
  if (args.length < holds.length)
    fail(p, p.marks[from] ?? peek(p), { code: 'conditions-alone' }, 'one-condition');
  return { kind: 'call', name: 'ind', stage: null, primes: 0, args, span: spanSince(p, from) };
}

/** Whether a range holds index letters and numbers only. */
function isIndexRange(p: Reader): boolean {
  const marks = p.marks.slice(p.at, p.to);
  const index = (letter: string): boolean => {
    const found = p.letters.meanings.get(letter);
    return found === undefined || found.kind === 'size' || found.kind === 'stage';
  };
  return (
    marks.length > 0 &&
    marks.every(
      (t) => t.kind === 'number' || /^[-+_{}']$/.test(t.text) || (t.kind === 'letter' && index(t.text)),
    ) &&
    marks.some((t) => t.kind === 'letter' || marks.length === 1)
  );
}

/** The condition that is all of a range, as 1 where it holds and 0 elsewhere; i != j as 1 less a Kronecker delta. */
export function indicator(p: Reader): Syntax {
  const from = p.at;
  const commas = topLevel(p, p.at, p.to, (t) => t.kind === 'sign' && t.text === ',');
  if (commas.length > 0) return allOf(p, commas, from);
  const places = topLevel(p, p.at, p.to, isRelation);
  const relations = places.map((i) => p.marks[i]?.text ?? '=');
  const ends = [...places, p.to];
  const readers = ends.map(
    (end, i): Reader => ({ ...p, at: i === 0 ? p.at : (ends[i - 1] ?? 0) + 1, to: end }),
  );
  const [left, right] = readers;
  const equal = relations.length === 1 && /^!?=$/.test(relations[0] ?? '');
  const entry = equal && left !== undefined && right !== undefined ? classEntry(left, right) : null;
  if (entry !== null) {
    p.at = p.to;
    return relations[0] === '=' ? entry : lessThanOne(entry);
  }
  const sides = readers.map((side) => {
    const s = isIndexRange(side) ? affine(side) : p.parts.sum(side);
    if (!isEnd(side)) fail(side, peek(side), { code: 'expected', what: 'condition' }, 'condition');
    return s;
  });
  p.at = p.to;
  const span = spanSince(p, from);
  const unequal = relations.length === 1 && relations[0] === '!=';
  const relation: Syntax = { kind: 'relation', sides, relations: unequal ? ['='] : relations, span };
  const holds: CallSyntax = { kind: 'call', name: 'ind', stage: null, primes: 0, args: [relation], span };
  return unequal ? lessThanOne(holds) : holds;
}

/** 1 - s */
function lessThanOne(s: Syntax): Syntax {
  const { span } = s;
  const one: Syntax = { kind: 'number', text: '1', span };
  const parts = [
    { operator: '+', span, of: one },
    { operator: '-', span, of: s },
  ];
  return { kind: 'group', of: { kind: 'sum', parts, span }, span };
}
