// A line of NumPy as statements: Python's own precedence, calls and methods as the formulas they compute.

import { nearest } from '../nearest.ts';
import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { codeFunction, codeName } from './code-names.ts';
import type { Reader } from './cursor.ts';
import type { Letters } from './letters.ts';
import { CAPS } from './marks.ts';
import {
  type Arguments,
  binary,
  grouped,
  isNumpyName,
  numpyCall,
  powerOf,
  sumOf,
  transposeOf,
} from './numpy-calls.ts';
import { type Code, close, fail, is, peek, spanSince, typed } from './numpy-parts.ts';
import { subscripted } from './numpy-subscript.ts';
import { type CodeToken, codeTokens } from './numpy-tokens.ts';
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
function expression(p: Code): Syntax {
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

/** np.dot(..), np.linalg.norm(..) */
function module(p: Code, from: number): Syntax {
  const name = peek(p);
  p.at++;
  if (name.text === 'linalg' && is(p, '.')) {
    p.at++;
    return module(p, from);
  }
  if (name.text === 'pi') return { kind: 'name', name: 'pi', brackets: [], span: name };
  const near = isNumpyName(name.text)
    ? null
    : nearest(name.text, [
        'dot',
        'outer',
        'multiply',
        'sum',
        'matmul',
        'exp',
        'log',
        'tanh',
        'transpose',
        'square',
      ]);
  if (!isNumpyName(name.text) || !is(p, '('))
    return fail(
      p,
      name,
      `"np.${name.text}" is no function that is read here${near === null ? '' : `; did you mean "${near}"?`}`,
      near ?? '',
    );
  return (
    numpyCall(name.text, argumentsOf(p), spanSince(p, from)) ??
    fail(p, name, `np.${name.text} has too few arguments`)
  );
}

function argumentsOf(p: Code): Arguments {
  const open = peek(p);
  p.at++;
  const list: Syntax[] = [];
  let axis: number | null = null;
  while (!is(p, ')')) {
    if (peek(p).kind === 'name' && is(p, '=', 1)) {
      const word = peek(p).text;
      p.at += 2;
      const minus = is(p, '-');
      if (minus) p.at++;
      if (word === 'axis') axis = minus ? 1 : Number(peek(p).text);
      p.at++;
    } else if (peek(p).kind === 'name' && /^(?:None|True|False)$/.test(peek(p).text)) p.at++;
    else list.push(expression(p));
    if (!is(p, ',')) break;
    p.at++;
  }
  close(p, ')', open);
  return { list, axis: axis === 0 || axis === 1 ? axis : null };
}

/** A function of the code's own: sigmoid_prime(z), outer_prod(a, b), len(x). */
function called(p: Code, t: CodeToken, from: number): Syntax {
  const { list, axis } = argumentsOf(p);
  const span = spanSince(p, from);
  if (t.text === 'len') return samples(p, t) ?? fail(p, t, 'a length is no quantity here');
  if (/cost_?derivative|loss_?(?:grad|derivative)|delta_?cost/i.test(t.text))
    return lossGradient(p, t, list, span);
  const f = codeFunction(p.names, t.text);
  if (f !== null) return { kind: 'call', name: f.name, stage: null, primes: f.primes, args: list, span };
  const made = numpyCall(t.text, { list, axis }, span);
  if (made !== null) return made;
  const known = [...p.letters.scope.functions, 'sigmoid', 'sigmoid_prime', 'exp', 'tanh'];
  const near = nearest(t.text, known);
  return fail(
    p,
    t,
    `unknown function "${t.text}"${near === null ? '' : `; did you mean "${near}"?`}`,
    'a function',
    'name',
  );
}

/** cost_derivative(a, y): the gradient by its first argument. */
function lossGradient(p: Code, t: CodeToken, [by]: readonly Syntax[], span: Span): Syntax {
  if (by?.kind !== 'name') return fail(p, t, 'the loss is differentiated by a quantity', 'an activation');
  const of = { kind: 'name', name: p.letters.scope.loss, brackets: [], span } as const;
  return { kind: 'derivative', of, by, cut: null, span };
}

const SAMPLES = new Set([
  'm',
  'N',
  'n',
  'batch',
  'batch_size',
  'num_examples',
  'n_samples',
  'num_samples',
  'size',
]);

/** The number of samples. */
function samples(p: Code, at: Span): Syntax | null {
  const { sample } = p.letters;
  return sample === null ? null : { kind: 'name', name: sample, brackets: [], span: at };
}

function variable(p: Code, t: CodeToken): Syntax {
  const found = codeName(p.names, t.text, t);
  if (found !== null) return found;
  if (SAMPLES.has(t.text)) {
    const m = samples(p, t);
    if (m !== null) return m;
  }
  const f = codeFunction(p.names, t.text);
  if (f !== null && f.primes > 0 && p.letters.scope.tensors.has('z')) return bareDerivative(p, t, f);
  const near = nearest(t.text, [...p.letters.meanings.keys()]);
  const hint = near === null ? '' : `; did you mean "${near}"?`;
  return fail(p, t, `nothing here is called "${t.text}"${hint}`, 'a quantity of the question', 'name');
}

/** `sp`, the derivative that was worked out before: of the weighted input at hand. */
function bareDerivative(p: Code, t: CodeToken, f: { name: string; primes: number }): Syntax {
  const z = codeName(p.names, 'z', t) ?? fail(p, t, `nothing here is called "${t.text}"`, '', 'name');
  return { kind: 'call', name: f.name, stage: null, primes: f.primes, args: [z], span: t };
}
