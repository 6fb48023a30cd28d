// Brackets and bars: groups, conditions, absolute values, norms, derivatives with what they hold.

import type { Syntax } from '../syntax.ts';
import { listIn } from './calls.ts';
import {
  bracketed,
  fail,
  isCommand,
  isEnd,
  isSign,
  next,
  peek,
  type Reader,
  spanSince,
  topLevel,
  typed,
  unfinished,
  within,
} from './cursor.ts';
import { quotient } from './fractions.ts';
import { indicator, isRelation } from './indicators.ts';
import { argumentRange } from './scripts.ts';
import { startsDifferential } from './variables.ts';

/** (E); a condition in brackets is 1 where it holds; (dX/dY | what is held). */
export function group(p: Reader): Syntax {
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

export function held(
  p: Reader,
  of: Extract<Syntax, { kind: 'derivative' }>,
  list: Reader,
  from: number,
): Syntax {
  const cut = isEnd(list) ? [] : listIn(list);
  const names = cut.flatMap((s) => (s.kind === 'name' ? [s] : []));
  if (names.length < cut.length) fail(p, peek(list), { code: 'held-list' }, { text: 'z^{l+1}' });
  return { ...of, cut: names, span: spanSince(p, from) };
}

/** \lvert x \rvert and \lVert x \rVert, whose bars say which opens and which closes. */
export function barred(p: Reader, open: '⟦' | '⟪'): Syntax {
  const from = p.at;
  const inside = bracketed(p);
  const of = p.parts.sum(inside);
  if (!isEnd(inside)) unfinished(inside);
  if (open === '⟪' && isSign(p, '_')) {
    next(p);
    argumentRange(p);
  }
  const name = open === '⟦' ? 'abs' : 'norm';
  return { kind: 'call', name, stage: null, primes: 0, args: [of], span: spanSince(p, from) };
}

/** |x| and the norm. */
export function bars(p: Reader, bar: '|' | '‖'): Syntax {
  const from = p.at;
  const open = next(p);
  const [close] = topLevel(p, p.at, p.to, (t) => t.kind === 'sign' && t.text === bar);
  if (close === undefined)
    return fail(p, open, { code: 'never-closed', open: typed(p, open) }, { sign: bar });
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
