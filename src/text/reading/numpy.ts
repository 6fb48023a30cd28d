// A line of NumPy as statements: Python's own precedence, calls and methods as the formulas they compute.

import type { Syntax } from '../syntax.ts';
import { codeName } from './code-names.ts';
import type { Reader } from './cursor.ts';
import type { Letters } from './letters.ts';
import { CAPS } from './marks.ts';
import { binary, grouped, numpyCall, powerOf, sumOf, transposeOf } from './numpy-calls.ts';
import { argumentsOf, called, module, samples, variable } from './numpy-names.ts';
import { type Code, close, fail, is, peek, spanSince, typed } from './numpy-parts.ts';
import { subscripted } from './numpy-subscript.ts';
import { codeTokens } from './numpy-tokens.ts';
import type { Surface } from './surface.ts';

const noFormula = (): never => {
  throw new RangeError('code has no formulas of its own');
};

/** The statements of some code. Throws a ReadError. */
export function numpyStatements(text: string, letters: Letters): Surface[] {
  const parts = { sum: noFormula, product: noFormula, factor: noFormula };
  const names: Reader = {
    text,
    marks: [],
    writing: 'typed',
    letters,
    at: 0,
    to: 0,
    depth: 0,
    parts,
    lone: new Map(),
  };
  const p: Code = { text, tokens: codeTokens(text), letters, names, expression, at: 0, depth: 0 };
  const found: Surface[] = [];
  for (;;) {
    while (is(p, '\n') || is(p, ';')) p.at++;
    if (peek(p).kind === 'end') break;
    if (found.length >= CAPS.statements) fail(p, peek(p), `an answer has at most ${CAPS.statements} lines`);
    found.push(statement(p));
  }
  if (found.length === 0) fail(p, peek(p), 'there is no formula', 'a formula');
  return found;
}

const AUGMENTED: ReadonlyMap<string, string> = new Map([
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '∘'],
  ['/=', '/'],
]);

function statement(p: Code): Surface {
  const from = p.at;
  if (peek(p).kind === 'name' && peek(p).text === 'return') p.at++;
  const sides = [expression(p)];
  while (is(p, '=') || is(p, '==')) {
    p.at++;
    sides.push(expression(p));
  }
  const operator = AUGMENTED.get(peek(p).text);
  if (operator !== undefined && sides.length === 1) {
    p.at++;
    const [left = sides[0]] = sides;
    const right = expression(p);
    const span = spanSince(p, from);
    if (left !== undefined)
      sides.push(
        operator === '+' || operator === '-'
          ? sumOf(left, operator, right, span)
          : binary(left, operator, right, span),
      );
  }
  if (!is(p, '\n') && !is(p, ';') && peek(p).kind !== 'end')
    fail(
      p,
      peek(p),
      `expected an operator or the end of the line, found ${typed(p, peek(p))}`,
      'an operator',
    );
  return { sides, continues: false, where: [], span: spanSince(p, from) };
}

/** One level deeper, as long as that is allowed. */
function deeper<T>(p: Code, read: () => T): T {
  if (p.depth >= CAPS.depth) fail(p, peek(p), `the code is nested deeper than ${CAPS.depth} levels`);
  p.depth++;
  const result = read();
  p.depth--;
  return result;
}

const COMPARISONS = new Set(['<', '>', '<=', '>=']);

/** A formula, or a comparison as 1 where it holds. */
export function expression(p: Code): Syntax {
  return deeper(p, () => {
    const from = p.at;
    const left = sum(p);
    const relation = peek(p).text;
    if (peek(p).kind !== 'sign' || !COMPARISONS.has(relation)) return left;
    p.at++;
    const right = sum(p);
    const span = spanSince(p, from);
    const holds: Syntax = { kind: 'relation', sides: [left, right], relations: [relation], span };
    return { kind: 'call', name: 'ind', stage: null, primes: 0, args: [holds], span };
  });
}

function sum(p: Code): Syntax {
  const from = p.at;
  let left = product(p);
  for (let count = 0; is(p, '+') || is(p, '-'); count++) {
    if (count > CAPS.depth) fail(p, peek(p), `a line of code has at most ${CAPS.depth} terms in a row`);
    const operator = is(p, '+') ? '+' : '-';
    p.at++;
    left = sumOf(left, operator, product(p), spanSince(p, from));
  }
  return left;
}

/** Python's *, / and @ bind alike and group to the left; * is entry by entry. */
function product(p: Code): Syntax {
  const from = p.at;
  let left = signed(p);
  for (let count = 0; ; count++) {
    const sign = peek(p);
    const operator = sign.kind === 'sign' ? OPERATORS.get(sign.text) : undefined;
    if (operator === undefined) return left;
    if (count > CAPS.depth) fail(p, sign, `a line of code has at most ${CAPS.depth} factors in a row`);
    p.at++;
    left = binary(left, operator, signed(p), spanSince(p, from));
  }
}

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['*', '∘'],
  ['.*', '.*'],
  ['@', '@'],
  ['/', '/'],
]);

function signed(p: Code): Syntax {
  if (!is(p, '-') && !is(p, '+')) return power(p);
  const from = p.at;
  const minus = is(p, '-');
  p.at++;
  const of = deeper(p, () => signed(p));
  return minus ? { kind: 'negative', of, span: spanSince(p, from) } : of;
}

function power(p: Code): Syntax {
  const from = p.at;
  const base = postfix(p);
  if (!is(p, '**')) return base;
  p.at++;
  return powerOf(
    base,
    deeper(p, () => signed(p)),
    spanSince(p, from),
  );
}

function postfix(p: Code): Syntax {
  const from = p.at;
  let e = atom(p);
  for (let count = 0; ; count++) {
    if (count > CAPS.depth) fail(p, peek(p), `the code is nested deeper than ${CAPS.depth} levels`);
    if (is(p, "'")) {
      p.at++;
      e = transposeOf(e, spanSince(p, from));
    } else if (is(p, '[')) e = subscripted(p, e, from);
    else if (is(p, '.') && peek(p, 1).kind === 'name') e = attribute(p, e, from);
    else return e;
  }
}

/** x.T, x.dot(y), x.sum(axis=0). */
function attribute(p: Code, of: Syntax, from: number): Syntax {
  const name = peek(p, 1);
  p.at += 2;
  if (name.text === 'T') return transposeOf(of, spanSince(p, from));
  if (name.text === 'shape') {
    if (is(p, '[')) subscripted(p, of, from);
    return samples(p, name) ?? fail(p, name, 'a shape is no quantity here');
  }
  if (!is(p, '(')) fail(p, name, `unknown attribute "${name.text}"`, '.T');
  const { list, axis } = argumentsOf(p);
  const args = name.text === 'reshape' || name.text === 'astype' ? [of] : [of, ...list];
  const made = numpyCall(
    name.text,
    { list: args, axis: axis ?? axisFrom(name.text, list) },
    spanSince(p, from),
  );
  return made ?? fail(p, name, `unknown method "${name.text}"`, '.T');
}

/** x.sum(0) says its axis without the word. */
const axisFrom = (name: string, list: readonly Syntax[]): number | null => {
  const [first] = list;
  return (name === 'sum' || name === 'mean') && first?.kind === 'number' ? Number(first.text) : null;
};

function atom(p: Code): Syntax {
  const from = p.at;
  const t = peek(p);
  if (t.kind === 'number') {
    p.at++;
    return { kind: 'number', text: t.text.replace(/\.$/, ''), span: t };
  }
  if (is(p, '(')) {
    p.at++;
    const of = expression(p);
    close(p, ')', t);
    return grouped(of, spanSince(p, from));
  }
  if (t.kind !== 'name') return fail(p, t, `expected an operand, found ${typed(p, t)}`, 'an operand');
  p.at++;
  if ((t.text === 'np' || t.text === 'numpy' || t.text === 'math' || t.text === 'linalg') && is(p, '.')) {
    p.at++;
    return module(p, from);
  }
  if (t.text === 'self' && is(p, '.')) {
    p.at++;
    const own = codeName(p.names, `self.${peek(p).text}`, peek(p));
    if (own === null) return atom(p);
    p.at++;
    return own;
  }
  return is(p, '(') ? called(p, t, from) : variable(p, t);
}
