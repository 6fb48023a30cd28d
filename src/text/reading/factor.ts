// One factor: a number, a letter with its scripts, brackets, fractions, roots, sums, bars, and what is raised on them.

import type { Part, Syntax } from '../syntax.ts';
import { casesOf } from './cases.ts';
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
  topLevel,
  typed,
  within,
} from './cursor.ts';
import { derivativeOfRanges, derivativeOnLine, nabla, startsDifferential } from './derivatives.ts';
import { startsGlyph } from './glyph.ts';
import { CAPS } from './marks.ts';
import { missing } from './names.ts';
import { indicator, isRelation, listIn, quantity } from './quantity.ts';
import { argumentRange, itemsOf } from './scripts.ts';
import { sumOf, wordSum } from './sums.ts';

/** Whether a factor can begin here. */
export function startsFactor(p: Reader): boolean {
  const t = peek(p);
  if (t.kind === 'number' || t.kind === 'letter' || t.kind === 'word') return true;
  if (t.kind === 'command') return t.text !== 'over' && !t.text.startsWith('end ');
  return t.kind === 'sign' && /^[([{|‖⟨]$/.test(t.text);
}

/** Reads a factor with its powers, transposes and entries. */
export function factor(p: Reader): Syntax {
  const from = p.at;
  return behind(p, atom(p), from);
}

function atom(p: Reader): Syntax {
  const t = peek(p);
  if (t.kind === 'command') return command(p);
  if (t.kind === 'number') return t.text === '1' ? numberOrIndicator(p) : number(p);
  if (t.kind === 'letter' || t.kind === 'word') return wordSum(p) ?? derivativeOnLine(p) ?? quantity(p);
  if (t.kind !== 'sign') return noFactor(p);
  if (t.text === '{' && startsGlyph(p)) return quantity(p);
  if (t.text === '(' || t.text === '[' || t.text === '{' || t.text === '⟨') return group(p);
  if (t.text === '|' || t.text === '‖') return bars(p, t.text);
  return noFactor(p);
}

function noFactor(p: Reader): never {
  const t = peek(p);
  const before = p.marks[p.at - 1];
  const after = before === undefined || p.at === 0 ? '' : ` after ${typed(p, before)}`;
  if (t.text === '…') fail(p, t, "dots can't be read: say what is left out", 'a formula without dots');
  if (t.text === '±') fail(p, t, 'a plus-minus sign makes two answers of one; give one', '"+" or "-"');
  return fail(p, t, `expected an operand${after}, found ${typed(p, t)}`, 'an operand');
}

function number(p: Reader): Syntax {
  const t = next(p);
  return { kind: 'number', text: t.text, span: t };
}

function numberOrIndicator(p: Reader): Syntax {
  const open = isSign(p, '_', 1) ? 2 : 1;
  const t = peek(p, open);
  const close = t.kind === 'sign' && /^[([{]$/.test(t.text) ? matching(p, p.at + open) : -1;
  const relation = close > 0 && topLevel(p, p.at + open + 1, close, isRelation).length > 0;
  return relation ? quantity(p) : number(p);
}

/** (E); a condition in brackets is 1 where it holds; (dX/dY | what is held). */
function group(p: Reader): Syntax {
  const from = p.at;
  const inside = bracketed(p);
  if (topLevel(inside, inside.at, inside.to, isRelation).length > 0) {
    const holds = indicator(inside);
    return { ...holds, span: spanSince(p, from) };
  }
  const over = topLevel(inside, inside.at, inside.to, (t) => t.kind === 'command' && t.text === 'over')[0];
  if (over !== undefined) {
    const top = within(inside, inside.at, over);
    const bottom = within(inside, over + 1, inside.to);
    return quotient(p, top, bottom, from);
  }
  const bar = topLevel(inside, inside.at, inside.to, (t) => t.kind === 'sign' && t.text === '|')[0];
  if (bar !== undefined && (startsDifferential(inside) || isCommand(inside, 'frac'))) {
    const of = p.parts.sum({ ...inside, to: bar });
    if (of.kind === 'derivative') return held(p, of, within(inside, bar + 1, inside.to), from);
  }
  const of = p.parts.sum(inside);
  if (!isEnd(inside)) unfinished(inside);
  return { kind: 'group', of, span: spanSince(p, from) };
}

function held(p: Reader, of: Extract<Syntax, { kind: 'derivative' }>, list: Reader, from: number): Syntax {
  const cut = isEnd(list) ? [] : listIn(list);
  const names = cut.flatMap((s) => (s.kind === 'name' ? [s] : []));
  if (names.length < cut.length)
    fail(p, peek(list), 'what is held constant is a list of whole tensors', 'z^{l+1}');
  return { ...of, cut: names, span: spanSince(p, from) };
}

export function unfinished(p: Reader): never {
  const t = peek(p);
  if (t.kind === 'sign' && /^[)\]}⟩]$/.test(t.text))
    fail(p, t, `${typed(p, t)} closes nothing: there is no bracket open here`);
  if (t.text === '…') fail(p, t, "dots can't be read: say what is left out", 'a formula without dots');
  if (t.text === '±') fail(p, t, 'a plus-minus sign makes two answers of one; give one', '"+" or "-"');
  return fail(p, t, `expected an operator or the end, found ${typed(p, t)}`, 'an operator or the end');
}

/** |x| and the norm. */
function bars(p: Reader, bar: '|' | '‖'): Syntax {
  const from = p.at;
  const open = next(p);
  const [close] = topLevel(p, p.at, p.to, (t) => t.kind === 'sign' && t.text === bar);
  if (close === undefined) return fail(p, open, `the ${typed(p, open)} here is never closed`, `"${bar}"`);
  const inside = within(p, p.at, close);
  const of = p.parts.sum(inside);
  if (!isEnd(inside)) unfinished(inside);
  p.at = close + 1;
  if (bar === '‖' && isSign(p, '_')) {
    next(p);
    argumentRange(p);
  }
  const name = bar === '|' ? 'abs' : 'norm';
  return { kind: 'call', name, stage: null, primes: 0, args: [of], span: spanSince(p, from) };
}

function command(p: Reader): Syntax {
  const t = peek(p);
  switch (t.text) {
    case 'frac':
      return fraction(p);
    case 'sqrt':
      return root(p);
    case 'sum':
      return sumOf(p);
    case 'prod':
      return fail(p, t, 'products over an index are not read', 'a sum');
    case 'partial':
      return derivativeOnLine(p) ?? noFactor(p);
    case 'nabla':
      return nabla(p);
    case 'underbrace':
    case 'overbrace':
      return braced(p);
    case 'overset':
    case 'underset':
    case 'stackrel':
      next(p);
      argumentRange(p);
      return argument(p);
    case 'transpose': {
      const from = p.at;
      next(p);
      return { kind: 'transpose', of: argument(p), span: spanSince(p, from) };
    }
    case 'begin cases':
      return casesOf(p);
    default:
      if (startsGlyph(p)) return quantity(p);
      if (t.text.startsWith('begin '))
        fail(p, t, `${typed(p, t)} can't be read here: matrices and tables are not read`);
      return noFactor(p);
  }
}

/** An argument as a formula of its own. */
function argument(p: Reader): Syntax {
  const from = p.at;
  const range = argumentRange(p);
  const inside = within(p, range.from, range.to);
  const of = p.parts.sum(inside);
  if (!isEnd(inside)) unfinished(inside);
  return { kind: 'group', of, span: spanSince(p, from) };
}

function fraction(p: Reader): Syntax {
  const from = p.at;
  next(p);
  const top = fractionRange(p);
  const bottom = fractionRange(p);
  return quotient(p, top, bottom, from);
}

function fractionRange(p: Reader): Reader {
  const { from, to } = argumentRange(p);
  return within(p, from, to);
}

function quotient(p: Reader, top: Reader, bottom: Reader, from: number): Syntax {
  const derivative = derivativeOfRanges(p, top, bottom, from);
  if (derivative !== null) return derivative;
  const [over, under] = [p.parts.sum(top), p.parts.sum(bottom)];
  if (!isEnd(top)) unfinished(top);
  if (!isEnd(bottom)) unfinished(bottom);
  const span = spanSince(p, from);
  const parts: Part[] = [
    { operator: '*', span: over.span, of: over },
    { operator: '/', span, of: grouped(under) },
  ];
  return { kind: 'group', of: { kind: 'product', parts, span }, span };
}

const grouped = (of: Syntax): Syntax => ({ kind: 'group', of, span: of.span });

/** \sqrt{x}, \sqrt[3]{x}, √x. */
function root(p: Reader): Syntax {
  const from = p.at;
  next(p);
  const degree = p.writing === 'latex' && isSign(p, '[') ? p.parts.sum(bracketed(p)) : null;
  const lone = p.writing === 'typed' && !isSign(p, '(') && !isSign(p, '{');
  const of = lone ? quantityOrNumber(p) : argument(p);
  const span = spanSince(p, from);
  if (degree === null) return { kind: 'call', name: 'sqrt', stage: null, primes: 0, args: [of], span };
  const one: Syntax = { kind: 'number', text: '1', span };
  const parts: Part[] = [
    { operator: '*', span, of: one },
    { operator: '/', span, of: degree },
  ];
  return { kind: 'power', entrywise: false, base: of, exponent: { kind: 'product', parts, span }, span };
}

const quantityOrNumber = (p: Reader): Syntax => (peek(p).kind === 'number' ? number(p) : quantity(p));

/** What a brace says under or over a formula is not part of it. */
function braced(p: Reader): Syntax {
  next(p);
  const of = argument(p);
  while (isSign(p, '_') || isSign(p, '^')) {
    next(p);
    argumentRange(p);
  }
  return of;
}

/** Powers, transposes and entries behind an atom. */
function behind(p: Reader, first: Syntax, from: number): Syntax {
  let e = first;
  for (let count = 0; ; count++) {
    if (count > CAPS.depth) fail(p, peek(p), `the formula is nested deeper than ${CAPS.depth} levels`);
    if (isSign(p, '^')) e = raised(p, e, from);
    else if (isSign(p, '_')) e = lowered(p, e, from);
    else if (isSign(p, "'") || isSign(p, '⊤') || isSign(p, '.T')) {
      next(p);
      e = { kind: 'transpose', of: e, span: spanSince(p, from) };
    } else if (isSign(p, '.^')) {
      next(p);
      e = { kind: 'power', entrywise: true, base: e, exponent: exponent(p), span: spanSince(p, from) };
    } else if (isSign(p, '[') && p.writing === 'typed' && e.kind === 'group' && !peek(p).spaced)
      e = entries(p, e, from);
    else if (isSign(p, '|') && isSign(p, '_', 1) && e.kind === 'derivative') {
      p.at += 2;
      const range = argumentRange(p);
      e = held(p, e, within(p, range.from, range.to), from);
    } else if (isSign(p, '!')) return fail(p, peek(p), 'factorials are not read', 'an operator or the end');
    else return e;
  }
}

function raised(p: Reader, base: Syntax, from: number): Syntax {
  next(p);
  const range = argumentRange(p);
  const inside = within(p, range.from, range.to);
  const t = peek(inside);
  const lone = range.to - range.from === 1;
  const inBrackets = range.to - range.from === 3 && isSign(inside, '(');
  const letter = inBrackets ? peek(inside, 1) : t;
  if (
    (lone || inBrackets) &&
    ((letter.kind === 'letter' && letter.text === 'T') || letter.text === '⊤' || letter.text === "'")
  )
    return {
      kind: 'transpose',
      of: base.kind === 'number' && base.text === '1' ? onesOf(base) : base,
      span: spanSince(p, from),
    };
  const entrywise = isSign(inside, '⊙') || isSign(inside, '∘');
  if (entrywise) next(inside);
  const of = p.parts.sum(inside);
  if (!isEnd(inside)) unfinished(inside);
  return { kind: 'power', entrywise, base, exponent: of, span: spanSince(p, from) };
}

/** 1^T is a row of ones. */
const onesOf = (s: Syntax): Syntax => ({
  kind: 'call',
  name: 'ones',
  stage: null,
  primes: 0,
  args: [missing(s.span)],
  span: s.span,
});

function exponent(p: Reader): Syntax {
  if (isSign(p, '-')) {
    const t = next(p);
    return { kind: 'negative', of: factor(p), span: t };
  }
  return factor(p);
}

/** (E)_j: an entry of a compound. */
function lowered(p: Reader, of: Syntax, from: number): Syntax {
  const sign = next(p);
  const range = argumentRange(p);
  const slots = itemsOf(p, range.from, range.to).map((item) =>
    item.kind === 'index' ? item.of : fail(p, sign, 'an entry has plain indices', 'an index'),
  );
  const whole = of.kind === 'group' ? of.of : of;
  const decl = whole.kind === 'name' ? p.letters.scope.tensors.get(whole.name) : undefined;
  if (whole.kind === 'name' && decl !== undefined && whole.brackets.length === Math.min(1, decl.stage.length))
    return { ...whole, brackets: [...whole.brackets, slots], span: spanSince(p, from) };
  return { kind: 'indexed', of, slots, span: spanSince(p, from) };
}

function entries(p: Reader, of: Syntax, from: number): Syntax {
  const start = p.at;
  const inside = bracketed(p);
  const items = itemsOf(inside, inside.at, inside.to);
  const slots = items.map((item) =>
    item.kind === 'index'
      ? item.of
      : fail(p, p.marks[start] ?? peek(p), 'an entry has plain indices', 'an index'),
  );
  return { kind: 'indexed', of, slots, span: spanSince(p, from) };
}
