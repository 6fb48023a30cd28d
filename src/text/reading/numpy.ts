// A line of NumPy as statements: Python's own precedence, calls and methods as the formulas they compute.

import { noHint } from '../complaint.ts';
import type { Syntax } from '../syntax.ts';
import { codeName } from './code-names.ts';
import type { Reader } from './cursor.ts';
import type { Letters } from './letters.ts';
import { CAPS } from './marks.ts';
import { numpyCall } from './numpy-calls.ts';
import { binary, grouped, powerOf, sumOf, transposeOf } from './numpy-forms.ts';
import { heldName } from './numpy-held.ts';
import { layerNames } from './numpy-layer.ts';
import { linesOf } from './numpy-lines.ts';
import { chosen, conditionOf } from './numpy-masks.ts';
import { argumentsOf, called, module, samples, variable } from './numpy-names.ts';
import { hereOf, keyed, method, ofLayer } from './numpy-own.ts';
import {
  type Code,
  close,
  fail,
  is,
  type Left,
  peek,
  skipBrackets,
  spanSince,
  typed,
} from './numpy-parts.ts';
import { axisBehind, extent } from './numpy-shape.ts';
import { quotientSoftmax } from './numpy-softmax.ts';
import { subscripted } from './numpy-subscript.ts';
import type { CodeToken } from './numpy-tokens.ts';
import { codeTokens } from './numpy-tokens.ts';
import type { Surface } from './surface.ts';

const noFormula = (): never => {
  throw new RangeError('code has no formulas of its own');
};

/** How code is read where its usual reading has shapes that don't go together. */
export interface CodeWay {
  /** Whether the last line may name its value as it likes. */
  readonly named: boolean;
  readonly left: Left;
}

/** The statements of some code. Throws a ReadError. */
export function numpyStatements(text: string, letters: Letters, way: CodeWay): Surface[] {
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
  const tokens = codeTokens(text);
  const aliases = layerNames(names, tokens);
  const held = new Map();
  const p: Code = {
    text,
    tokens,
    letters,
    names,
    expression,
    held,
    aliases,
    own: '',
    put: 0,
    left: way.left,
    at: 0,
    depth: 0,
  };
  return linesOf(p, way.named);
}

/** One level deeper, as long as that is allowed. */
function deeper<T>(p: Code, read: () => T): T {
  if (p.depth >= CAPS.depth) fail(p, peek(p), { code: 'too-many', of: 'code-depth', most: CAPS.depth });
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
    const value = compared(p);
    if (peek(p).kind !== 'name' || peek(p).text !== 'if') return value;
    p.at++;
    const at = peek(p);
    const condition = conditionOf(compared(p));
    if (condition === null || peek(p).text !== 'else')
      return fail(p, at, { code: 'expected', what: 'condition-and-else' }, 'condition');
    p.at++;
    const other = expression(p);
    return chosen(condition, value, other, spanSince(p, from));
  });
}

function compared(p: Code): Syntax {
  const from = p.at;
  const left = sum(p);
  const relation = peek(p).text;
  if (peek(p).kind !== 'sign' || !COMPARISONS.has(relation)) return left;
  p.at++;
  const right = sum(p);
  const span = spanSince(p, from);
  const holds: Syntax = { kind: 'relation', sides: [left, right], relations: [relation], span };
  return { kind: 'call', name: 'ind', stage: null, primes: 0, args: [holds], span };
}

function sum(p: Code): Syntax {
  const from = p.at;
  let left = product(p);
  for (let count = 0; is(p, '+') || is(p, '-'); count++) {
    if (count > CAPS.depth) fail(p, peek(p), { code: 'too-many', of: 'code-terms', most: CAPS.depth });
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
    if (count > CAPS.depth) fail(p, sign, { code: 'too-many', of: 'code-factors', most: CAPS.depth });
    p.at++;
    const right = signed(p);
    const span = spanSince(p, from);
    const output = operator === '/' ? quotientSoftmax(p, left, right, span) : null;
    left = output ?? binary(left, operator, right, span);
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
    if (count > CAPS.depth) fail(p, peek(p), { code: 'too-many', of: 'code-depth', most: CAPS.depth });
    if (is(p, "'")) {
      p.at++;
      e = transposeOf(e, spanSince(p, from));
    } else if (is(p, '[') || is(p, '{')) e = subscripted(p, e, from);
    else if (is(p, '.') && peek(p, 1).kind === 'name') e = attribute(p, e, from);
    else return e;
  }
}

/** x.T, x.dot(y), x.sum(axis=0). */
function attribute(p: Code, of: Syntax, from: number): Syntax {
  const name = peek(p, 1);
  p.at += 2;
  if (name.text === 'T' || (name.text === 't' && is(p, '('))) {
    if (is(p, '(')) argumentsOf(p);
    return transposeOf(of, spanSince(p, from));
  }
  if (name.text === 'shape') {
    const axis = axisBehind(p);
    if (axis === null && is(p, '[')) subscripted(p, of, from);
    return extent(p, of, axis, name) ?? samples(p, name) ?? fail(p, name, { code: 'shape-attribute' });
  }
  if (!is(p, '('))
    fail(p, name, { code: 'unknown', as: 'attribute', name: name.text, hint: noHint }, { text: '.T' });
  if (ALONE.has(name.text)) {
    skipBrackets(p);
    return grouped(of, spanSince(p, from));
  }
  const { list, axis } = argumentsOf(p);
  const args = [of, ...list];
  const made = numpyCall(
    name.text,
    { list: args, axis: axis ?? axisFrom(name.text, list) },
    spanSince(p, from),
  );
  return (
    made ?? fail(p, name, { code: 'unknown', as: 'method', name: name.text, hint: noHint }, { text: '.T' })
  );
}

/** Methods whose arguments say nothing of the value. */
const ALONE = new Set(['reshape', 'astype', 'view', 'unsqueeze', 'to', 'type', 'copy', 'detach', 'clone']);

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
  if (t.kind !== 'name')
    return fail(p, t, { code: 'expected', what: 'operand', found: typed(p, t) }, 'operand');
  p.at++;
  if (MODULES.has(t.text) && is(p, '.')) {
    p.at++;
    return module(p, from);
  }
  // f'(z) as on paper.
  if (is(p, "'") && is(p, '(', 1) && !p.letters.scope.tensors.has(t.text)) {
    p.at++;
    return called(p, { ...t, text: `${t.text}_prime` }, from);
  }
  return own(p, t, from) ?? (is(p, '(') ? called(p, t, from) : variable(p, t));
}

const MODULES = new Set(['np', 'numpy', 'math', 'linalg', 'jnp', 'cp', 'torch', 'F']);

/** `self.w`, `cache['A']`, `layers[l].W`, `activation.derivative(z)`; null, and nothing is read, for any other name. */
function own(p: Code, t: CodeToken, from: number): Syntax | null {
  if (t.text === 'self' && is(p, '.')) {
    p.at++;
    const name = peek(p);
    if (is(p, '(', 1)) return atom(p);
    const held = heldName(p, name.text, name);
    const found = held ?? codeName(p.names, `self.${name.text}`, name) ?? hereOf(p, name);
    if (found === null) return atom(p);
    p.at++;
    return found;
  }
  if (is(p, '[') && peek(p, 1).kind === 'string') return keyed(p, t, from);
  return ofLayer(p, t, from) ?? method(p, t, from);
}
