// Sums of terms and products of factors: every sign of a product is kept as it was typed, for the shapes to decide.

import type { Part, Syntax } from '../syntax.ts';
import {
  fail,
  isCommand,
  isEnd,
  isSign,
  next,
  peek,
  type Reader,
  spanSince,
  typed,
  within,
} from './cursor.ts';
import { factor, startsFactor } from './factor.ts';
import { CAPS } from './marks.ts';

/** Terms with their signs. */
export function sum(p: Reader): Syntax {
  const from = p.at;
  const parts: Part[] = [];
  do {
    const t = peek(p);
    const sign = t.kind === 'sign' && (t.text === '+' || t.text === '-');
    if (sign) next(p);
    if (parts.length >= CAPS.terms) fail(p, t, { code: 'too-many', of: 'terms', most: CAPS.terms });
    parts.push({ operator: sign ? t.text : '+', span: t, of: product(p) });
  } while (isSign(p, '+') || isSign(p, '-') || opensTerms(p));
  const [first] = parts;
  if (first === undefined || parts.length > 1) return { kind: 'sum', parts, span: spanSince(p, from) };
  return first.operator === '-' ? { kind: 'negative', of: first.of, span: spanSince(p, from) } : first.of;
}

/** Braces are not seen: what begins with a sign in them, `a {- b}`, is further terms and no factor. */
const opensTerms = (p: Reader): boolean => isSign(p, '{') && (isSign(p, '+', 1) || isSign(p, '-', 1));

/** The signs of products and quotients, by how the reader types them. */
const OPERATORS: ReadonlySet<string> = new Set(['*', '·', '×', '⊙', '∘', '⊗', '.*', './', '/', '@']);

/** Factors with what stands between them; nothing between them is a product too. */
export function product(p: Reader): Syntax {
  const from = p.at;
  const parts: Part[] = [{ operator: '*', span: peek(p), of: signedFactor(p) }];
  for (;;) {
    const t = peek(p);
    if (t.kind === 'sign' && t.text === '.' && startsFactor({ ...p, at: p.at + 1 }) && parts.length > 0) {
      next(p);
      parts.push({ operator: '·', span: t, of: factor(p) });
    } else if (t.kind === 'sign' && OPERATORS.has(t.text)) {
      next(p);
      parts.push({ operator: t.text, span: t, of: signedFactor(p) });
    } else if (startsFactor(p) && !opensTerms(p) && !(t.kind === 'sign' && t.text === '|' && closesBar(p))) {
      parts.push({ operator: '', span: t, of: factor(p) });
    } else break;
    if (parts.length > CAPS.terms) fail(p, t, { code: 'too-many', of: 'factors', most: CAPS.terms });
  }
  if (isCommand(p, 'over')) fail(p, peek(p), { code: 'over-braces' }, { text: '\\frac' });
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? only.of
    : { kind: 'product', parts, span: spanSince(p, from) };
}

/** Whether a bar here can't open anything: the range ends with it. */
const closesBar = (p: Reader): boolean => p.at === p.to - 1;

/** A factor that may have a sign of its own: a \cdot -b. */
function signedFactor(p: Reader): Syntax {
  const t = peek(p);
  if (!(t.kind === 'sign' && (t.text === '-' || t.text === '+'))) return factor(p);
  const from = p.at;
  next(p);
  within(p, p.at, p.to);
  const before: Reader = { ...p, depth: p.depth + 1 };
  const of = signedFactor(before);
  p.at = before.at;
  return t.text === '+' ? of : { kind: 'negative', of, span: spanSince(p, from) };
}

/** A whole range as one formula. */
export function whole(p: Reader): Syntax {
  if (isEnd(p))
    return fail(p, peek(p), { code: 'expected', what: 'formula', found: typed(p, peek(p)) }, 'formula');
  return sum(p);
}
