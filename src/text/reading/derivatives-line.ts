// Derivatives typed on one line: \partial C/\partial z, dL/dz, \partial_w E.

import type { Syntax } from '../syntax.ts';
import {
  bracketed,
  fail,
  isCommand,
  isSign,
  next,
  peek,
  type Reader,
  spanSince,
  typed,
  within,
} from './cursor.ts';
import { derivativeOf, ofFormula, ofName, operatorOn, type Where } from './derivatives.ts';
import { type Glyph, readGlyph, startsGlyph } from './glyph.ts';
import { below } from './nabla.ts';
import { known, unknown } from './names.ts';
import { ofGlyph } from './quantity.ts';
import { itemsOf } from './scripts.ts';
import { startsDifferential, variable, variableOf } from './variables.ts';

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
    { code: 'no-derivative', found: typed(p, sign) },
    { text: '\\frac{\\partial C}{\\partial z}' },
  );
}

export function denominator(p: Reader): Syntax {
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
