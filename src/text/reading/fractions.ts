// Fractions, roots and braces with something written under them.

import type { Part, Syntax } from '../syntax.ts';
import {
  bracketed,
  isEnd,
  isSign,
  next,
  peek,
  type Reader,
  spanSince,
  unfinished,
  within,
} from './cursor.ts';
import { derivativeOfRanges } from './derivatives.ts';
import { quantity } from './quantity.ts';
import { argumentRange } from './scripts.ts';

export function number(p: Reader): Syntax {
  const t = next(p);
  return { kind: 'number', text: t.text, span: t };
}

/** An argument as a formula of its own. */
export function argument(p: Reader): Syntax {
  const from = p.at;
  const range = argumentRange(p);
  const inside = within(p, range.from, range.to);
  const of = p.parts.sum(inside);
  if (!isEnd(inside)) unfinished(inside);
  return { kind: 'group', of, span: spanSince(p, from) };
}

export function fraction(p: Reader): Syntax {
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

export function quotient(p: Reader, top: Reader, bottom: Reader, from: number): Syntax {
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
export function root(p: Reader): Syntax {
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
export function braced(p: Reader): Syntax {
  next(p);
  const of = argument(p);
  while (isSign(p, '_') || isSign(p, '^')) {
    next(p);
    argumentRange(p);
  }
  return of;
}
