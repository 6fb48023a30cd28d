// Derivatives in all their spellings: fractions of partials, d before a letter, the nabla, an operator before a formula.

import type { DerivativeSyntax, NameSyntax, Syntax } from '../syntax.ts';
import {
  fail,
  isEnd,
  isSign,
  matching,
  next,
  peek,
  type Reader,
  spanSince,
  topLevel,
  typed,
  within,
} from './cursor.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { known, missing, tensorSyntax } from './names.ts';
import { ofGlyph } from './quantity.ts';
import { skipArguments, startsDifferential, variable } from './variables.ts';

/** \frac{..}{..} of two ranges as a derivative; null where it is an ordinary quotient. */
export function derivativeOfRanges(p: Reader, top: Reader, bottom: Reader, from: number): Syntax | null {
  const below = peeled(bottom);
  const above = peeled(top);
  if (!startsDifferential(below) || !startsDifferential(above)) return null;
  const start = below.at;
  next(below);
  if (!startsGlyph(below) && !isSign(below, '(') && !isSign(below, '{')) {
    below.at = start;
    return null;
  }
  const by = variable(below);
  if (!isEnd(below))
    fail(below, peek(below), { code: 'expected', what: 'denominator-end', found: typed(below, peek(below)) });
  const order = next(above);
  if (isSign(above, '^')) fail(above, order, { code: 'second-derivative' }, 'first-derivative');
  if (isEnd(above)) return operatorOn(p, by, from);
  return derivativeOf(above, by, () => spanSince(p, from), null);
}

/** Braces around everything say nothing. */
function peeled(p: Reader): Reader {
  let inside = p;
  while (isSign(inside, '{') && matching(inside, inside.at) === inside.to - 1)
    inside = within(inside, inside.at + 1, inside.to - 1);
  return inside;
}

export type Where = () => Syntax['span'];

/** d(what stands in the numerator)/d(by). */
export function derivativeOf(above: Reader, by: Syntax, span: Where, ahead: Syntax | null): Syntax {
  const start = above.at;
  if (ahead === null && startsGlyph(above)) {
    const g = readGlyph(above);
    const called = isSign(above, '(') || isSign(above, '{');
    const behind = called ? matching(above, above.at) + 1 : above.at;
    if (behind === above.to) {
      const named = ofName(above, g, by, span, called);
      if (named !== null) return named;
    }
    above.at = start;
  }
  const of = ahead ?? wholeRange(above);
  return ofFormula(above, of, by, span);
}

function wholeRange(p: Reader): Syntax {
  const s = p.parts.sum(p);
  if (!isEnd(p)) fail(p, peek(p), { code: 'expected', what: 'numerator-end', found: typed(p, peek(p)) });
  return s;
}

/** The derivative of a named thing: of the loss, of a tensor, of a function without its argument. */
export function ofName(p: Reader, g: Glyph, by: Syntax, span: Where, called: boolean): Syntax | null {
  const found = known(p, g, 'differentiated');
  if (found === null) return null;
  const { meaning, glyph } = found;
  if (meaning.kind === 'loss')
    return of(p, { kind: 'name', name: lossName(p, glyph), brackets: [], span: g.span }, by, span);
  if (meaning.kind === 'function' && !called && isParameter(p, by))
    return activationBy(p, meaning.name, by, g, span);
  if (meaning.kind === 'function' && !called)
    return {
      kind: 'call',
      name: meaning.name,
      stage: null,
      primes: 1 + glyph.primes,
      args: [by],
      span: span(),
    };
  if (meaning.kind === 'tensor' && !called) return of(p, tensorSyntax(p, meaning.name, glyph), by, span);
  if (meaning.kind === 'syntax' && !called) {
    const s = ofGlyph(p, g, p.at);
    return s.kind === 'name' ? of(p, s, by, span) : null;
  }
  return null;
}

const isParameter = (p: Reader, by: Syntax): boolean =>
  by.kind === 'name' && p.letters.scope.tensors.get(by.name)?.kind === 'parameter';

/** d sigma/d w: of the activation at its weighted input. */
function activationBy(p: Reader, name: string, by: Syntax, g: Glyph, span: Where): Syntax | null {
  const z = p.letters.scope.tensors.get('z');
  if (z === undefined || by.kind !== 'name') return null;
  const at: NameSyntax = {
    kind: 'name',
    name: 'z',
    brackets: z.stage.map(() => [missing(g.span)]),
    span: g.span,
  };
  const of: Syntax = { kind: 'call', name, stage: null, primes: g.primes, args: [at], span: g.span };
  return { kind: 'partial', of, by, span: span() };
}

/** C_0 is the loss without its penalty, where the system has one. */
function lossName(p: Reader, g: Glyph): string {
  const [sub] = g.subs;
  const without = sub?.kind === 'index' && sub.text === '0' ? `${p.letters.scope.loss}0` : '';
  return p.letters.scope.tensors.has(without) ? without : p.letters.scope.loss;
}

export function of(p: Reader, what: Syntax, by: Syntax, span: Where): Syntax {
  if (by.kind === 'transpose') return { kind: 'transpose', of: of(p, what, by.of, span), span: span() };
  if (what.kind === 'transpose') return { kind: 'transpose', of: of(p, what.of, by, span), span: span() };
  if (what.kind !== 'name' || by.kind !== 'name') return ofFormula(p, what, by, span);
  return { kind: 'derivative', of: what, by, cut: null, span: span() };
}

const asText = (s: Syntax): string => JSON.stringify(s, (key, value) => (key === 'span' ? undefined : value));

/** The derivative of a formula: f(v) by v is f'(v), everything else stays a derivative to be worked out. */
export function ofFormula(p: Reader, what: Syntax, by: Syntax, span: Where): Syntax {
  if (what.kind === 'group') return ofFormula(p, what.of, by, span);
  if (by.kind === 'group') return ofFormula(p, what, by.of, span);
  if (what.kind === 'name' && by.kind === 'name' && p.letters.scope.tensors.has(what.name))
    return of(p, what, by, span);
  if (
    what.kind === 'call' &&
    what.args.length === 1 &&
    asText(what.args[0] ?? by) === asText(by) &&
    what.name !== 'log'
  )
    return { ...what, primes: what.primes + 1, span: span() };
  if (by.kind !== 'name') return fail(p, by.span, { code: 'derivative-by' }, 'tensor');
  return { kind: 'partial', of: what, by, span: span() };
}

/** \frac{\partial}{\partial z} before what it works on. */
export function operatorOn(p: Reader, by: Syntax, from: number): Syntax {
  const span: Where = () => spanSince(p, from);
  if (isEnd(p)) return fail(p, peek(p), { code: 'derivative-of-nothing' }, 'formula');
  if (startsGlyph(p)) {
    const start = p.at;
    const g = readGlyph(p);
    const found = known(p, g, 'differentiated');
    if (found?.meaning.kind === 'loss') {
      skipArguments(p);
      return of(p, { kind: 'name', name: lossName(p, g), brackets: [], span: g.span }, by, span);
    }
    p.at = start;
  }
  const bracket = isSign(p, '(') || isSign(p, '[');
  const what = workedOn(p);
  const inside = what.kind === 'group' ? what.of : what;
  // In brackets it is worked out as it stands, every other entry a constant.
  if (bracket && by.kind === 'name' && what.kind === 'group')
    return { kind: 'partial', of: inside, by, span: span() };
  return ofFormula(p, what, by, span);
}

/** What a derivative before a formula works on: brackets, or all factors up to the next sign. */
function workedOn(outer: Reader): Syntax {
  const p = within(outer, outer.at, outer.to);
  const s = factorsOf(p);
  outer.at = p.at;
  return s;
}

function factorsOf(p: Reader): Syntax {
  const from = p.at;
  const bracket = isSign(p, '(') || isSign(p, '[') || isSign(p, '{');
  const factors = [p.parts.factor(p)];
  while (!bracket && startsFormula(p)) factors.push(p.parts.factor(p));
  const [only] = factors;
  if (factors.length === 1 && only !== undefined) return only;
  return {
    kind: 'product',
    parts: factors.map((f) => ({ operator: '', span: f.span, of: f })),
    span: spanSince(p, from),
  };
}

const startsFormula = (p: Reader): boolean => {
  const t = peek(p);
  if (t.kind === 'command') return !t.text.startsWith('end ') && t.text !== 'over';
  return (
    t.kind === 'number' ||
    t.kind === 'letter' ||
    t.kind === 'word' ||
    (t.kind === 'sign' && /^[([{⟦⟪]$/.test(t.text)) ||
    opensNorm(p)
  );
};

/** Whether a norm begins here: its bar has another one behind it. */
const opensNorm = (p: Reader): boolean =>
  isSign(p, '‖') && topLevel(p, p.at + 1, p.to, (t) => t.text === '‖').length > 0;

export type { DerivativeSyntax };
