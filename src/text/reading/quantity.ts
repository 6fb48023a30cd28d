// A letter where a value is wanted: a tensor, a function with its argument, the loss, a size, an index, a Kronecker delta.

import type { NameSyntax, Syntax } from '../syntax.ts';
import { functionCall, listIn, opensCall, primesOf } from './calls.ts';
import { constantOrIndex, kroneckerOf, lettersOfWord, onesOrIndicator, sizeSyntax } from './constants.ts';
import { bracketed, fail, isEnd, isSign, matching, peek, type Reader, spanSince } from './cursor.ts';
import { barred, differential, withScripts } from './differentials.ts';
import { type Glyph, readGlyph, scriptsBehind, startsGlyph } from './glyph.ts';
import { hypothesis } from './hypothesis.ts';
import { type Known, known, tensorSyntax, unknown } from './names.ts';
import type { Item } from './scripts.ts';
import { softmaxOf } from './softmax.ts';

/** Reads the letter that begins here, and what belongs to it. */
export function quantity(p: Reader): Syntax {
  const from = p.at;
  const ones = onesOrIndicator(p);
  if (ones !== null) return ones;
  const g = readGlyph(p);
  return sigmaMatrix(p, g) ?? differential(p, g, from) ?? ofGlyph(p, g, from);
}

/** What a glyph that has been read stands for. */
export function ofGlyph(p: Reader, g: Glyph, from: number): Syntax {
  const call = opensCall(p);
  const found = hypothesis(p, g) ?? known(p, g, call || primesOf(g) > 0 ? 'called' : 'quantity');
  const delta = found?.glyph.subs === g.subs ? kroneckerOf(p, g) : null;
  if (delta !== null) return delta;
  return found === null ? unlisted(p, g, from) : ofKnown(p, found, from);
}

/** What a letter whose meaning is known stands for, with what hangs on it. */
export function ofKnown(p: Reader, { meaning, glyph }: Known, from: number): Syntax {
  switch (meaning.kind) {
    case 'tensor':
      return tensorSyntax(p, meaning.name, withoutArgument(p, glyph, meaning.name));
    case 'function':
      return functionCall(p, meaning.name, glyph, from);
    case 'loss':
      return lossSyntax(p, glyph, from);
    case 'size':
      return sizeSyntax(p, meaning.name, glyph);
    case 'stage':
      return meaning.of;
    case 'syntax':
      return withScripts(p, meaning.of, withoutArgument(p, glyph, null));
  }
}

/** z^o(x), a(z): a quantity of the network at its input, an activation at its weighted input. */
function withoutArgument(p: Reader, g: Glyph, name: string | null): Glyph {
  if (!isSign(p, '(') || peek(p).spaced || p.letters.free) return g;
  const close = matching(p, p.at);
  const input = close === p.at + 2 && isInput(p, peek(p, 1).text);
  const braced = close === p.at + 4 && isSign(p, '{', 1) && isInput(p, peek(p, 2).text);
  if (!input && !braced && !(name === 'a' && holdsWeightedInput(p, close))) return g;
  p.at = close + 1;
  return scriptsBehind(p, g);
}

/** Whether nothing but a letter z with its scripts stands in brackets that close there. */
function holdsWeightedInput(p: Reader, close: number): boolean {
  const inside: Reader = { ...p, at: p.at + 1, to: close };
  if (close < 0 || !startsGlyph(inside)) return false;
  const z = known(inside, readGlyph(inside), 'quantity');
  return isEnd(inside) && z?.meaning.kind === 'tensor' && z.meaning.name === 'z';
}

const isInput = (p: Reader, letter: string): boolean => {
  const found = p.letters.meanings.get(letter);
  return found?.kind === 'tensor' && found.name === 'x' && p.letters.scope.tensors.get('x')?.kind === 'input';
};

/** A letter that neither the notation nor the system has. */
function unlisted(p: Reader, g: Glyph, from: number): Syntax {
  const delta = kroneckerOf(p, g) ?? constantOrIndex(p, g) ?? barred(p, g) ?? lettersOfWord(p, g);
  if (delta !== null) return delta;
  if (g.key === 'or') fail(p, g.span, { code: 'two-answers' }, 'one-answer');
  const output = g.key === 'softmax' ? softmaxCall(p) : null;
  if (output !== null) return output;
  if (g.key === 'transpose' && isSign(p, '(')) {
    const [of] = listIn(bracketed(p));
    if (of !== undefined) return { kind: 'transpose', of, span: spanSince(p, from) };
  }
  if ((g.key === 'prod' || g.key === 'chain') && isSign(p, '('))
    return {
      kind: 'call',
      name: 'chain',
      stage: null,
      primes: 0,
      args: listIn(bracketed(p)),
      span: spanSince(p, from),
    };
  const called = known(p, g, 'called');
  if (called?.meaning.kind === 'function') return functionCall(p, called.meaning.name, called.glyph, from);
  // A factor before brackets: o_k (1 - o_k).
  const factor = primesOf(g) === 0 ? known(p, g, 'quantity') : null;
  return factor === null || factor.meaning.kind === 'function' ? unknown(p, g) : ofKnown(p, factor, from);
}

/** softmax(z^L), softmax(z_j^L), softmax(z^L)_j; null where the argument is something else. */
function softmaxCall(p: Reader): Syntax | null {
  if (!isSign(p, '(')) return null;
  const start = p.at;
  const [z, more] = listIn(bracketed(p));
  const own = more === undefined && z?.kind === 'name' && z.name === 'z' ? entryBehind(p, z) : z;
  const turned = own?.kind === 'transpose';
  const of = softmaxOf(p.letters, turned ? own.of : own, spanSince(p, start));
  if (of === null) p.at = start;
  return of !== null && turned ? { kind: 'transpose', of, span: of.span } : of;
}

/** The z of softmax(z^L)_j with the index that stands behind the bracket. */
function entryBehind(p: Reader, z: NameSyntax): Syntax {
  if (z.brackets.length !== 1) return z;
  const items = (z.brackets[0] ?? []).map(
    (of): Item => ({ kind: 'index', of, bracket: '[', text: '', span: z.span }),
  );
  const g: Glyph = {
    key: 'z',
    subs: [],
    sups: [],
    brackets: [items],
    primes: 0,
    transposed: false,
    power: null,
    span: z.span,
  };
  return tensorSyntax(p, 'z', scriptsBehind(p, g));
}

/** \Sigma'(z): the diagonal matrix of the activation's derivatives. */
function sigmaMatrix(p: Reader, g: Glyph): Syntax | null {
  const { activation } = p.letters;
  if (g.key !== 'Sigma' || primesOf(g) === 0 || activation === null || !opensCall(p)) return null;
  const from = p.at;
  const inner = functionCall(p, activation, { ...g, key: activation }, from);
  return { kind: 'call', name: 'diag', stage: null, primes: 0, args: [inner], span: inner.span };
}

/** The loss; arguments and samples that are written behind it say nothing. */
function lossSyntax(p: Reader, g: Glyph, from: number): Syntax {
  if (isSign(p, '(')) {
    const start = p.at;
    const opaque = p.letters.scope.opaqueArgs.has(p.letters.scope.loss) ? opaqueCall(p, from) : null;
    if (opaque !== null) return opaque;
    p.at = start;
    bracketed(p);
  }
  return { kind: 'name', name: p.letters.scope.loss, brackets: [], span: { ...g.span } };
}

/** C(a^L) of an unknown loss; null where the argument is no list of whole tensors. */
function opaqueCall(p: Reader, from: number): Syntax | null {
  const inside = bracketed(p);
  const args: Syntax[] = [];
  while (!isEnd(inside)) {
    if (!startsGlyph(inside)) return null;
    const start = inside.at;
    const g = readGlyph(inside);
    const found = known(inside, g, 'quantity');
    if (found === null || found.meaning.kind !== 'tensor') return null;
    args.push(tensorSyntax(inside, found.meaning.name, found.glyph));
    if (inside.at === start) return null;
    if (isSign(inside, ',') || isSign(inside, ';')) inside.at++;
  }
  const whole = args.every((a) => a.kind === 'name');
  const known1 = p.letters.scope.opaqueArgs.get(p.letters.scope.loss)?.map((t) => t.name) ?? [];
  const same =
    args.length === known1.length && args.every((a, i) => a.kind === 'name' && a.name === known1[i]);
  if (!whole || !same) return null;
  return { kind: 'call', name: p.letters.scope.loss, stage: null, primes: 0, args, span: spanSince(p, from) };
}
