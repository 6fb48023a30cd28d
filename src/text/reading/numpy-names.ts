// Names of code where a value is wanted: NumPy's functions, the code's own, its variables.

import { noHint } from '../complaint.ts';
import { nearest } from '../nearest.ts';
import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { writtenOut } from './activations.ts';
import { type CodeFunction, codeFunction, codeName } from './code-names.ts';

import { type Arguments, isNumpyName, numpyCall } from './numpy-calls.ts';
import { binary, grouped, number, sumOf } from './numpy-forms.ts';
import { heldName } from './numpy-held.ts';
import { type Code, close, expression, fail, is, peek, skipBrackets, spanSince } from './numpy-parts.ts';
import type { CodeToken } from './numpy-tokens.ts';
import { softmaxOf } from './softmax.ts';

/** np.dot(..), np.linalg.norm(..) */
export function module(p: Code, from: number): Syntax {
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
  if (name.text === 'eye' && is(p, '(')) return oneHot(p, name);
  if (!isNumpyName(name.text) || !is(p, '('))
    return fail(
      p,
      name,
      { code: 'unknown', as: 'numpy-function', name: name.text, hint: { near } },
      near === null ? null : { text: near },
    );
  return (
    numpyCall(name.text, argumentsOf(p), spanSince(p, from)) ??
    fail(
      p,
      name,
      name.text === 'where' ? { code: 'where-form' } : { code: 'few-arguments', name: `np.${name.text}` },
    )
  );
}

/** np.eye(K)[y]: the classes as vectors with a single 1, which is what the target is here. */
function oneHot(p: Code, at: CodeToken): Syntax {
  skipBrackets(p);
  if (!is(p, '[')) return fail(p, at, { code: 'identity-matrix' }, { text: 'np.eye(K)[y]' });
  const open = peek(p);
  p.at++;
  const of = expression(p);
  close(p, ']', open);
  return of;
}

export function argumentsOf(p: Code): Arguments {
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
      if (word === 'axis' || word === 'dim') axis = minus ? 1 : Number(peek(p).text);
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
export function called(p: Code, t: CodeToken, from: number): Syntax {
  const cast = /^(?:float|int|bool|np\.float64)$/.test(t.text);
  const { list, axis } = argumentsOf(p);
  const span = spanSince(p, from);
  if (cast && list[0] !== undefined) return list[0];
  if (ONE_HOT.test(t.text) && list[0] !== undefined) return list[0];
  const output = t.text === 'softmax' ? softmaxOf(p.letters, list[0], span) : null;
  if (output !== null) return output;
  const worked = workedOut(p, t, list, span);
  if (worked !== null) return worked;
  if (t.text === 'len') return samples(p, t) ?? fail(p, t, { code: 'length' });
  if (/cost_?derivative|loss_?(?:grad|derivative)|delta_?cost/i.test(t.text))
    return lossGradient(p, t, list, span);
  const f = codeFunction(p.names, t.text);
  if (f !== null) {
    const call = { kind: 'call', name: f.name, stage: null, primes: f.primes, args: list, span } as const;
    return writtenOut(p.letters, f.word, call);
  }
  const made = numpyCall(t.text, { list, axis }, span);
  if (made !== null) return made;
  const known = [...p.letters.scope.functions, 'sigmoid', 'sigmoid_prime', 'exp', 'tanh'];
  const near = nearest(t.text, known);
  return fail(p, t, { code: 'unknown', as: 'function', name: t.text, hint: { near } }, 'function', 'name');
}

const ONE_HOT = /^(?:one_?hot|onehot|to_categorical|to_one_hot|oneHot)(?:_?encod\w*)?$/;

/** Functions that stand for a step: relu_backward(dA, Z), relu_derivative(a), nonlin(a, deriv=True). */
function workedOut(p: Code, t: CodeToken, list: readonly Syntax[], span: Span): Syntax | null {
  const [first, second] = list;
  if (first === undefined) return null;
  if (/_?backward$/.test(t.text) && second !== undefined) {
    const f = codeFunction(p.names, t.text);
    if (f === null) return null;
    const sigma = { kind: 'call', name: f.name, stage: null, primes: 1, args: [second], span } as const;
    return binary(first, '∘', writtenOut(p.letters, f.word, sigma), span);
  }
  const byOutput = first.kind === 'name' && first.name === 'a';
  if (byOutput && /^(?:d_?relu|relu_?(?:2?deriv\w*|grad\w*|prime|Prime)|relu2deriv)$/i.test(t.text))
    return above(first, span);
  if (
    t.text === 'nonlin' &&
    p.tokens.slice(p.at - 4, p.at).some((x) => x.text === 'deriv' || x.text === 'True')
  )
    return binary(first, '∘', grouped(sumOf(number('1', span), '-', first, span), span), span);
  return null;
}

const above = (of: Syntax, span: Span): Syntax => {
  const sides = [of, number('0', span)];
  const holds: Syntax = { kind: 'relation', sides, relations: ['>'], span };
  return { kind: 'call', name: 'ind', stage: null, primes: 0, args: [holds], span };
};

/** cost_derivative(a, y): the gradient by its first argument. */
function lossGradient(p: Code, t: CodeToken, [by]: readonly Syntax[], span: Span): Syntax {
  if (by?.kind !== 'name') return fail(p, t, { code: 'loss-by' }, 'activation');
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
export function samples(p: Code, at: Span): Syntax | null {
  const { sample } = p.letters;
  return sample === null ? null : { kind: 'name', name: sample, brackets: [], span: at };
}

export function variable(p: Code, t: CodeToken): Syntax {
  const held = heldName(p, t.text, t);
  if (held !== null) return held;
  const found = codeName(p.names, t.text, t);
  if (found !== null) return found;
  if (SAMPLES.has(t.text)) {
    const m = samples(p, t);
    if (m !== null) return m;
  }
  const f = codeFunction(p.names, t.text);
  if (f !== null && f.primes > 0 && p.letters.scope.tensors.has('z')) return bareDerivative(p, t, f);
  return unknownName(p, t, t.text);
}

export function unknownName(p: Code, at: Span, name: string): never {
  const near = nearest(name, [...p.letters.meanings.keys()]);
  return fail(
    p,
    at,
    { code: 'unknown', as: 'quantity', name: name.slice(0, 60), hint: { near } },
    'quantity',
    'name',
  );
}

/** `sp`, the derivative that was worked out before: of the weighted input at hand. */
function bareDerivative(p: Code, t: CodeToken, f: CodeFunction): Syntax {
  const z =
    codeName(p.names, 'z', t) ??
    fail(p, t, { code: 'unknown', as: 'quantity', name: t.text, hint: noHint }, null, 'name');
  const call = { kind: 'call', name: f.name, stage: null, primes: f.primes, args: [z], span: t } as const;
  return writtenOut(p.letters, f.word, call);
}
