// What stands behind a factor: powers, transposes, entries, what a derivative holds constant.

import type { Syntax } from '../syntax.ts';
import { held } from './brackets.ts';
import {
  bracketed,
  fail,
  isEnd,
  isSign,
  next,
  peek,
  type Reader,
  spanSince,
  unfinished,
  within,
} from './cursor.ts';
import { startsGlyph } from './glyph.ts';
import { CAPS } from './marks.ts';
import { MISSING, missing } from './names.ts';
import { argumentRange, itemsOf } from './scripts.ts';

/** Powers, transposes and entries behind an atom. */
export function behind(p: Reader, first: Syntax, from: number): Syntax {
  let e = first;
  for (let count = 0; ; count++) {
    if (count > CAPS.depth) fail(p, peek(p), { code: 'too-many', of: 'depth', most: CAPS.depth });
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
    } else if (isSign(p, '!')) return fail(p, peek(p), { code: 'factorials' }, 'operator-or-end');
    else {
      const taken = takenAt(p, e, from);
      if (taken === null) return e;
      e = taken;
    }
  }
}

/** dσ/dz (z_j^l), dσ/dz|_{z = z_j^l}: where the derivative by a variable without a layer is taken; null for anything else. */
function takenAt(p: Reader, e: Syntax, from: number): Syntax | null {
  const [by] = e.kind === 'call' && e.primes > 0 ? e.args : [];
  const stage = by?.kind === 'name' && by.brackets.length === 1 ? by.brackets[0]?.[0] : undefined;
  const open = stage?.kind === 'name' && stage.name === MISSING;
  const bar = isSign(p, '|') && isSign(p, '_', 1);
  if (e.kind !== 'call' || by?.kind !== 'name' || !open || !(bar || isSign(p, '('))) return null;
  const start = p.at;
  if (bar) p.at += 2;
  const range = argumentRange(p);
  const inside = bar ? within(p, range.from, range.to) : within(p, range.from + 1, range.to - 1);
  if (bar && isSign(inside, '=', 1)) inside.at += 2;
  const at = startsGlyph(inside) ? p.parts.factor(inside) : null;
  if (at?.kind === 'name' && at.name === by.name && isEnd(inside))
    return { ...e, args: [at], span: spanSince(p, from) };
  p.at = start;
  return null;
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
    return { kind: 'negative', of: p.parts.factor(p), span: t };
  }
  return p.parts.factor(p);
}

/** (E)_j: an entry of a compound. */
function lowered(p: Reader, of: Syntax, from: number): Syntax {
  const sign = next(p);
  const range = argumentRange(p);
  const slots = itemsOf(p, range.from, range.to).map((item) =>
    item.kind === 'index' ? item.of : fail(p, sign, { code: 'entry-indices' }, 'index'),
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
    item.kind === 'index' ? item.of : fail(p, p.marks[start] ?? peek(p), { code: 'entry-indices' }, 'index'),
  );
  return { kind: 'indexed', of, slots, span: spanSince(p, from) };
}
