// One factor: a number, a letter with its scripts, brackets, fractions, roots, sums, bars, and what is raised on them.

import { DOTS, type Syntax } from '../syntax.ts';
import { behind } from './behind.ts';
import { barred, bars, group } from './brackets.ts';
import { casesOf } from './cases.ts';
import { fail, isSign, matching, next, peek, type Reader, spanSince, topLevel, typed } from './cursor.ts';
import { derivativeOnLine } from './derivatives-line.ts';
import { argument, braced, fraction, number, root } from './fractions.ts';
import { startsGlyph } from './glyph.ts';
import { isRelation } from './indicators.ts';
import { nabla } from './nabla.ts';
import { quantity } from './quantity.ts';
import { argumentRange } from './scripts.ts';
import { sumOf, wordSum } from './sums.ts';

/** Whether a factor can begin here. */
export function startsFactor(p: Reader): boolean {
  const t = peek(p);
  if (t.kind === 'number' || t.kind === 'letter' || t.kind === 'word') return true;
  if (t.kind === 'command') return t.text !== 'over' && !t.text.startsWith('end ');
  return t.kind === 'sign' && /^[([{|‖⟨⟦⟪…]$/.test(t.text);
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
  if (t.text === '…') return dots(p);
  if (t.text === '|' || t.text === '‖') return bars(p, t.text);
  if (t.text === '⟦' || t.text === '⟪') return barred(p, t.text);
  return noFactor(p);
}

/** Dots between factors or terms: something is left out there. */
function dots(p: Reader): Syntax {
  const before = p.marks[p.at - 1];
  const after = peek(p, 1);
  const between = /^(?:[^=←~<>]|\.\*)+$/.test(before?.text ?? '') && !/^(?:|[)\]}=←,;&\n])$/.test(after.text);
  if (!between) return noFactor(p);
  const span = next(p);
  return { kind: 'name', name: DOTS, brackets: [], span };
}

function noFactor(p: Reader): never {
  const t = peek(p);
  const before = p.marks[p.at - 1];
  const after = before === undefined || p.at === 0 ? {} : { after: typed(p, before) };
  if (t.text === '…') fail(p, t, { code: 'dots' }, 'formula-without-dots');
  if (t.text === '±') fail(p, t, { code: 'plus-minus' }, 'plus-or-minus');
  return fail(p, t, { code: 'expected', what: 'operand', ...after, found: typed(p, t) }, 'operand');
}

function numberOrIndicator(p: Reader): Syntax {
  const open = isSign(p, '_', 1) ? 2 : 1;
  const t = peek(p, open);
  const close = t.kind === 'sign' && /^[([{]$/.test(t.text) ? matching(p, p.at + open) : -1;
  const relation = close > 0 && topLevel(p, p.at + open + 1, close, isRelation).length > 0;
  return relation ? quantity(p) : number(p);
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
      return fail(p, t, { code: 'products-over-index' }, 'sum');
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
      if (t.text.startsWith('begin ')) fail(p, t, { code: 'table', found: typed(p, t) });
      return noFactor(p);
  }
}
