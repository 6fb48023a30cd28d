// Derivatives in all their spellings: fractions of partials, d before a letter, the nabla, an operator before a formula.

import type { DerivativeSyntax, NameSyntax, Syntax } from '../syntax.ts';
import {
  bracketed,
  fail,
  isCommand,
  isEnd,
  isSign,
  matching,
  next,
  peek,
  type Reader,
  spanSince,
  typed,
  within,
} from './cursor.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { known, MISSING, missing, tensorSyntax, unknown } from './names.ts';
import { ofGlyph, ofKnown } from './quantity.ts';
import { argumentRange, itemsOf } from './scripts.ts';

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
    fail(below, peek(below), `expected the end of the denominator, found ${typed(below, peek(below))}`);
  const order = next(above);
  if (isSign(above, '^')) fail(above, order, 'second derivatives are not read', 'a first derivative');
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

const PARTIALS = new Set(['partial', 'd', 'del']);

/** Whether a d or a partial begins here. */
export function startsDifferential(p: Reader): boolean {
  const t = peek(p);
  return (
    (t.kind === 'command' && t.text === 'partial') ||
    ((t.kind === 'letter' || t.kind === 'word') && PARTIALS.has(t.text))
  );
}

/** J(W, b; x, y): what stands behind the loss says nothing. A bracket with a blank before it, or with a script, is a factor. */
export function skipArguments(p: Reader): void {
  if (!isSign(p, '(') || peek(p).spaced) return;
  const close = matching(p, p.at);
  const after = close < 0 ? undefined : p.marks[close + 1];
  if (close < 0 || (after?.kind === 'sign' && close + 1 < p.to && /^[\^_'⊤]$/.test(after.text))) return;
  const inside = p.marks.slice(p.at + 1, close);
  const list = inside.some((t) => t.kind === 'sign' && /^[,;]$/.test(t.text));
  const formula = inside.some(
    (t) => (t.kind === 'sign' && /^[-+*/·⊙∘=]$/.test(t.text)) || t.kind === 'command',
  );
  if (list || !formula) p.at = close + 1;
}

/** What is differentiated by: a tensor or an entry of one. */
export function variable(p: Reader): Syntax {
  if (isSign(p, '(') || (isSign(p, '{') && !startsGlyph(p))) return withEntry(p, variable(bracketed(p)));
  const g = readGlyph(p);
  return variableOf(p, g);
}

/** {h(x)}_i: an index behind brackets is an entry of what they hold. */
function withEntry(p: Reader, of: Syntax): Syntax {
  if (!isSign(p, '_') || of.kind !== 'name') return of;
  next(p);
  const { from, to } = argumentRange(p);
  const slots = itemsOf(p, from, to).flatMap((i) => (i.kind === 'index' ? [i.of] : []));
  return { ...of, brackets: [...of.brackets, slots] };
}

export function variableOf(p: Reader, g: Glyph): Syntax {
  const found = known(p, g, 'quantity');
  if (found === null) return unknown(p, g);
  if (found.meaning.kind === 'loss')
    return { kind: 'name', name: p.letters.scope.loss, brackets: [], span: g.span };
  return ofKnown(p, found, p.at);
}

type Where = () => Syntax['span'];

/** d(what stands in the numerator)/d(by). */
function derivativeOf(above: Reader, by: Syntax, span: Where, ahead: Syntax | null): Syntax {
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
  if (!isEnd(p)) fail(p, peek(p), `expected the end of the numerator, found ${typed(p, peek(p))}`);
  return s;
}

/** The derivative of a named thing: of the loss, of a tensor, of a function without its argument. */
function ofName(p: Reader, g: Glyph, by: Syntax, span: Where, called: boolean): Syntax | null {
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

function of(p: Reader, what: Syntax, by: Syntax, span: Where): Syntax {
  if (by.kind === 'transpose') return { kind: 'transpose', of: of(p, what, by.of, span), span: span() };
  if (what.kind === 'transpose') return { kind: 'transpose', of: of(p, what.of, by, span), span: span() };
  if (what.kind !== 'name' || by.kind !== 'name') return ofFormula(p, what, by, span);
  return { kind: 'derivative', of: what, by, cut: null, span: span() };
}

const asText = (s: Syntax): string => JSON.stringify(s, (key, value) => (key === 'span' ? undefined : value));

/** The derivative of a formula: f(v) by v is f'(v), everything else stays a derivative to be worked out. */
function ofFormula(p: Reader, what: Syntax, by: Syntax, span: Where): Syntax {
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
  if (by.kind !== 'name')
    return fail(p, by.span, 'a derivative is taken by an entry or a whole tensor', 'a tensor');
  return { kind: 'partial', of: what, by, span: span() };
}

/** \frac{\partial}{\partial z} before what it works on. */
function operatorOn(p: Reader, by: Syntax, from: number): Syntax {
  const span: Where = () => spanSince(p, from);
  if (isEnd(p)) return fail(p, peek(p), 'the derivative has nothing to work on', 'a formula');
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
    (t.kind === 'sign' && /^[([{]$/.test(t.text))
  );
};

/** `\partial C/\partial z`, `\partial_w E`, `dL/dz`: typed on one line. Null where it is none. */
export function derivativeOnLine(p: Reader): Syntax | null {
  const from = p.at;
  if (!startsDifferential(p)) return wordDerivative(p);
  const sign = peek(p);
  next(p);
  const partial = isCommand({ ...p, at: from }, 'partial');
  if (partial && isSign(p, '_')) return partialBelow(p, from);
  if (partial && isSign(p, '/') && startsDifferential({ ...p, at: p.at + 1 })) {
    p.at += 2;
    return operatorOn(p, variable(p), from);
  }
  const spread = isSign(p, '(');
  if (startsGlyph(p) || spread) {
    const numerator: Reader = { ...p };
    const g = spread ? null : readGlyph(numerator);
    if (isSign(numerator, '(')) bracketed(numerator);
    const end = numerator.at;
    if (isSign(numerator, '/')) {
      next(numerator);
      if (startsDifferential(numerator) || startsWordDifferential(numerator)) {
        const by = denominator(numerator);
        const above = { ...within(p, p.at, end) };
        p.at = numerator.at;
        return derivativeOf(above, by, () => spanSince(p, from), null);
      }
    }
    if (g !== null && sign.text === 'd') {
      p.at = from;
      return null;
    }
  }
  p.at = from;
  if (sign.text !== 'partial') return null;
  return fail(
    p,
    sign,
    `${typed(p, sign)} begins no derivative: what is differentiated stands over what it is differentiated by`,
    '\\frac{\\partial C}{\\partial z}',
  );
}

function denominator(p: Reader): Syntax {
  if (startsDifferential(p)) {
    next(p);
    return variable(p);
  }
  const word = readGlyph(p);
  return variableOf(p, dropped(word));
}

const wordOf = (key: string): string | null => /^d([A-Za-z]\w*)$/.exec(key)?.[1] ?? null;

const dropped = (g: Glyph): Glyph => ({ ...g, key: wordOf(g.key) ?? g.key });

function startsWordDifferential(p: Reader): boolean {
  const t = peek(p);
  return t.kind === 'word' && wordOf(t.text) !== null && !p.letters.meanings.has(t.text);
}

/** `dC/dz_j`, `dEp/dnet_j`: words that begin with a d, over one another. */
function wordDerivative(p: Reader): Syntax | null {
  if (!startsWordDifferential(p)) return null;
  const from = p.at;
  const above = readGlyph(p);
  const called = isSign(p, '(') ? p.at : -1;
  if (called >= 0) bracketed(p);
  while (isSign(p, '[') && called >= 0) bracketed(p);
  const behind = p.at;
  if (
    !isSign(p, '/') ||
    !(startsWordDifferential({ ...p, at: p.at + 1 }) || startsDifferential({ ...p, at: p.at + 1 }))
  ) {
    p.at = from;
    return null;
  }
  next(p);
  const by = denominator(p);
  const span: Where = () => spanSince(p, from);
  const key = dropped(above);
  const short: Glyph = known(p, key, 'differentiated') === null ? { ...key, key: key.key.charAt(0) } : key;
  const loss = known({ ...p, at: behind }, short, 'differentiated')?.meaning.kind === 'loss';
  if (called >= 0 && !loss) {
    const inner: Reader = { ...p, at: called, to: behind };
    const of = ofGlyph(inner, key, called);
    return ofFormula(p, entriesBehind(inner, of), by, span);
  }
  const named = ofName(p, short, by, span, false);
  return named ?? unknown(p, key);
}

/** f(..)[i] */
function entriesBehind(p: Reader, of: Syntax): Syntax {
  if (!isSign(p, '[')) return of;
  const inside = bracketed(p);
  const slots = itemsOf(inside, inside.at, inside.to).flatMap((i) => (i.kind === 'index' ? [i.of] : []));
  if (of.kind === 'name') return { ...of, brackets: [...of.brackets, slots] };
  return { kind: 'indexed', of, slots, span: of.span };
}

/** \partial_w E */
function partialBelow(p: Reader, from: number): Syntax {
  const by = below(p);
  return operatorOn(p, by, from);
}

function below(p: Reader): Syntax {
  next(p);
  const range = argumentRange(p);
  const inside = within(p, range.from, range.to);
  const by = variable(inside);
  if (!isEnd(inside))
    fail(
      inside,
      peek(inside),
      `expected one quantity under the derivative, found ${typed(inside, peek(inside))}`,
    );
  return by;
}

/** \nabla_a C, \nabla_{W^l} J(W, b), \nabla C. */
export function nabla(p: Reader): Syntax {
  const from = p.at;
  const sign = next(p);
  const by = isSign(p, '_') ? below(p) : lastActivation(p, sign);
  if (!startsGlyph(p))
    return fail(
      p,
      peek(p),
      `expected the loss after ${typed(p, sign)}, found ${typed(p, peek(p))}`,
      'the loss',
    );
  const g = readGlyph(p);
  const found = known(p, g, 'differentiated');
  const span: Where = () => spanSince(p, from);
  if (found?.meaning.kind === 'loss') {
    skipArguments(p);
    return gradientOf(p, by, g, span);
  }
  return ofName(p, g, by, span, false) ?? unknown(p, g);
}

/** The gradient of an unknown loss by its own argument is its partial derivative; anything else is the total one. */
function gradientOf(p: Reader, by: Syntax, g: Glyph, span: Where): Syntax {
  const { loss, opaqueArgs, outputs } = p.letters.scope;
  const output = by.kind === 'name' ? outputs.get(by.name) : undefined;
  const name: NameSyntax = { kind: 'name', name: loss, brackets: [], span: g.span };
  const own = opaqueArgs.get(loss)?.[0];
  if (by.kind === 'name' && own?.name === by.name && isOwnArgument(by, own.stage[0]?.key ?? ''))
    return {
      kind: 'call',
      name: 'partial',
      stage: null,
      primes: 0,
      args: [name, atOwnStage(by, own.stage[0]?.key)],
      span: span(),
    };
  return of(p, name, by.kind === 'name' && output !== undefined ? atOwnStage(by, output.key) : by, span);
}

const stageOf = (s: NameSyntax): Syntax | undefined => s.brackets[0]?.[0];

const isOwnArgument = (by: NameSyntax, stage: string): boolean => {
  const s = stageOf(by);
  return s === undefined || (s.kind === 'name' && (s.name === MISSING || s.name === stage));
};

/** \nabla_a C is by the a that C is a function of. */
function atOwnStage(by: NameSyntax, stage: string | undefined): NameSyntax {
  const s = stageOf(by);
  if (stage === undefined || s?.kind !== 'name' || s.name !== MISSING) return by;
  const at: NameSyntax = { kind: 'name', name: stage, brackets: [], span: s.span };
  return { ...by, brackets: [[at], ...by.brackets.slice(1)] };
}

function lastActivation(p: Reader, sign: { offset: number; length: number }): Syntax {
  const { scope } = p.letters;
  const own = scope.opaqueArgs.get(scope.loss)?.[0]?.name ?? (scope.tensors.has('a') ? 'a' : null);
  if (own === null) return fail(p, sign, 'the nabla does not say by what it differentiates', '\\nabla_a');
  const stages = scope.tensors.get(own)?.stage.length ?? 0;
  const L: NameSyntax = { kind: 'name', name: 'L', brackets: [], span: sign };
  return {
    kind: 'name',
    name: own,
    brackets: stages === 0 ? [] : [[scope.sizes.has('L') ? L : missing(sign)]],
    span: sign,
  };
}

export type { DerivativeSyntax };
