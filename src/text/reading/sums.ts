// Sums over an index, with the range written below and above the sign, beside it, or left out.

import type { Part, RelationSyntax, Syntax } from '../syntax.ts';
import { visitSyntax } from '../syntax-walk.ts';
import {
  bracketed,
  fail,
  isSign,
  next,
  peek,
  type Reader,
  spanSince,
  topLevel,
  typed,
  within,
} from './cursor.ts';
import { indicator, isRelation, noListOfNumbers } from './indicators.ts';
import { MISSING, missing } from './names.ts';
import { affine, argumentRange, type Item, itemsOf } from './scripts.ts';

interface Range {
  /** The index that runs. */
  readonly index: Syntax;
  /** What is stated: nothing, two bounds, or conditions. */
  readonly stated: readonly Syntax[];
  /** What the body is multiplied by where an index must differ. */
  readonly guard: Syntax | null;
}

/** \sum_{k=1}^{n} and the product that follows. */
export function sumOf(p: Reader): Syntax {
  const from = p.at;
  next(p);
  let below: Reader | null = null;
  let above: Reader | null = null;
  while (isSign(p, '_') || isSign(p, '^')) {
    const sign = next(p);
    const range = argumentRange(p);
    const inside = within(p, range.from, range.to);
    if (sign.text === '_') below = inside;
    else above = inside;
  }
  const ranges = below === null ? [unsaid(p, from)] : rangesOf(below, above);
  const inside = within(p, p.at, p.to);
  const body = p.parts.product(inside);
  p.at = inside.at;
  return around(p, ranges, body, from);
}

const unsaid = (p: Reader, from: number): Range => ({
  index: missing(spanSince(p, from)),
  stated: [],
  guard: null,
});

function around(p: Reader, ranges: readonly Range[], body: Syntax, from: number): Syntax {
  const span = spanSince(p, from);
  return ranges.reduceRight((of: Syntax, { index, stated, guard }) => {
    const parts: Part[] = [{ operator: '*', span: of.span, of: grouped(of) }];
    const whole: Syntax =
      guard === null ? of : { kind: 'product', parts: [...parts, { operator: '*', span, of: guard }], span };
    return { kind: 'call', name: 'sum', stage: null, primes: 0, args: [index, ...stated, whole], span };
  }, body);
}

const grouped = (of: Syntax): Syntax => ({ kind: 'group', of, span: of.span });

function rangesOf(below: Reader, above: Reader | null): Range[] {
  const braces = below.marks[below.at];
  if (braces?.kind === 'command' && braces.text === 'substack') {
    below.at++;
    return rangesOf(bracketed(below), above);
  }
  const commas = topLevel(below, below.at, below.to, (t) => t.kind === 'sign' && /^[,\n]$/.test(t.text));
  const ends = [...commas, below.to];
  const parts = ends.map((end, i) => within(below, i === 0 ? below.at : (ends[i - 1] ?? 0) + 1, end));
  const found: Range[] = [];
  for (const part of parts) addRange(found, part, above);
  return found;
}

/** `k`, `k=1`, `k \ne i`, `1 \le k \le n`, `jk`; a condition behind an index narrows that index. */
function addRange(found: Range[], part: Reader, above: Reader | null): void {
  const relations = topLevel(
    part,
    part.at,
    part.to,
    (t) => isRelation(t) || (t.kind === 'sign' && t.text === '∈'),
  );
  const [first] = relations;
  if (first === undefined) {
    for (const item of itemsOf(part, part.at, part.to))
      found.push({ index: indexOf(part, item), stated: hiddenBounds(above), guard: null });
    return;
  }
  const sign = part.marks[first]?.text ?? '=';
  if (sign === '∈') {
    const [item] = itemsOf(part, part.at, first);
    noListOfNumbers(part, first + 1, part.to);
    if (item !== undefined) found.push({ index: indexOf(part, item), stated: [], guard: null });
    return;
  }
  if (sign === '=' && relations.length === 1) {
    const start: Reader = { ...part, to: first };
    const lo = within(part, first + 1, part.to);
    const index = affine(start);
    const from = affine(lo);
    const stated = above === null ? openAbove(index, from) : [from, affine({ ...above })];
    found.push({ index, stated, guard: null });
    return;
  }
  const condition = indicator(part);
  const relation = condition.kind === 'call' ? condition.args[0] : undefined;
  if (sign === '!=') {
    const [last] = itemsOf(part, spanStart(part, first), first);
    if (last !== undefined) narrowed(found, indexOf(part, last), [], condition);
  } else if (relation?.kind === 'relation')
    narrowed(found, runningIndex(part, relation, found), [relation], null);
}

/** `k=1` alone is the whole range; `k=2` alone leaves out what lies below. */
function openAbove(index: Syntax, from: Syntax): Syntax[] {
  if (from.kind === 'number' && /^[01]$/.test(from.text)) return [];
  const { span } = from;
  return [missing(span), { kind: 'relation', sides: [from, index], relations: ['<='], span }];
}

const spanStart = (part: Reader, first: number): number => {
  let at = first;
  while (at > 0 && part.marks[at - 1]?.kind !== 'sign') at--;
  return Math.max(at, 0);
};

function narrowed(found: Range[], index: Syntax, stated: readonly Syntax[], guard: Syntax | null): void {
  const same = found.findIndex((r) => nameOf(r.index) === nameOf(index));
  const before = found[same];
  if (before === undefined) found.push({ index, stated, guard });
  else {
    // Named on its own, an index runs over its slots as well as over what is said of it.
    const own = before.stated.length === 0 && stated.length > 0 ? [missing(before.index.span)] : [];
    found[same] = {
      index: before.index,
      stated: [...own, ...before.stated, ...stated],
      guard: guard ?? before.guard,
    };
  }
}

const nameOf = (s: Syntax): string => (s.kind === 'name' ? s.name : MISSING);

/** The index that a condition is about: the one in the middle of a chain, else the first letter. */
function runningIndex(p: Reader, r: RelationSyntax, found: readonly Range[]): Syntax {
  const names = r.sides.filter((s) => s.kind === 'name' && s.brackets.length === 0);
  const known = found.map((f) => f.index).find((index) => mentions(r, nameOf(index)));
  const middle = r.sides.length === 3 ? r.sides[1] : undefined;
  const index = known ?? (middle?.kind === 'name' ? middle : names[0]);
  return index ?? fail(p, r.span, { code: 'condition-without-index' }, 'index');
}

function mentions(s: Syntax, name: string): boolean {
  let found = false;
  visitSyntax(s, (x) => {
    if (x.kind === 'name' && x.name === name) found = true;
  });
  return found;
}

/** An upper bound without a lower one starts at 1. */
function hiddenBounds(above: Reader | null): Syntax[] {
  if (above === null) return [];
  const hi = affine({ ...above });
  return [{ kind: 'number', text: '1', span: hi.span }, hi];
}

function indexOf(p: Reader, item: Item): Syntax {
  if (item.kind !== 'index' || item.of.kind !== 'name' || item.of.brackets.length > 0)
    return fail(
      p,
      item.span,
      { code: 'expected', what: 'index-below-sum', found: typed(p, item.span) },
      'index',
    );
  return item.of;
}

/** sum_k (..), sum_over_k(..), Sigma(..), sum(k, lo, hi, body), sum(E): typed without a sign. */
export function wordSum(p: Reader): Syntax | null {
  const t = peek(p);
  const word = t.kind === 'word' && /^(?:sum|Sum|SUM)$/.test(t.text);
  const sigma = t.kind === 'letter' && t.text === 'Sigma' && (isSign(p, '(', 1) || isSign(p, '_', 1));
  if (!word && !sigma) return null;
  const from = p.at;
  if (isSign(p, '_', 1) && peek(p, 2).text === 'over' && isSign(p, '_', 3)) p.at += 2;
  if (isSign(p, '_', 1)) return sumOf(p);
  if (!isSign(p, '(', 1)) return sumOf(p);
  next(p);
  const inside = bracketed(p);
  const commas = topLevel(inside, inside.at, inside.to, (c) => c.kind === 'sign' && c.text === ',');
  if (commas.length === 0) {
    const body = p.parts.sum(inside);
    return around(p, [unsaid(p, from)], body, from);
  }
  return plainSum(p, inside, commas, from);
}

/** np.sum(E, axis=1, keepdims=True) amid a formula; null where no axis is named. */
function alongAxis(p: Reader, inside: Reader, ends: readonly number[], from: number): Syntax | null {
  const words = ends.slice(0, -1).map((comma) => inside.marks[comma + 1]?.text);
  const at = words.indexOf('axis');
  if (at < 0) return null;
  const axis = inside.marks[(ends[at] ?? 0) + 3]?.text;
  const body = within(inside, inside.at, ends[0] ?? inside.to);
  const of = p.parts.sum(body);
  return {
    kind: 'call',
    name: axis === '0' ? 'colsum' : 'rowsum',
    stage: null,
    primes: 0,
    args: [of],
    span: spanSince(p, from),
  };
}

function plainSum(p: Reader, inside: Reader, commas: readonly number[], from: number): Syntax {
  const ends = [...commas, inside.to];
  const axis = alongAxis(p, inside, ends, from);
  if (axis !== null) return axis;
  const first = within(inside, inside.at, ends[0] ?? inside.to);
  if (topLevel(first, first.at, first.to, isRelation).length > 0) {
    const found: Range[] = [];
    addRange(found, first, null);
    return around(p, found, p.parts.sum(within(inside, (ends.at(-2) ?? first.to) + 1, inside.to)), from);
  }
  const args = ends.map((end, i): Syntax => {
    const part = within(inside, i === 0 ? inside.at : (ends[i - 1] ?? 0) + 1, end);
    if (i === ends.length - 1) return p.parts.sum(part);
    if (topLevel(part, part.at, part.to, isRelation).length === 0) return affine(part);
    const holds = indicator(part);
    return holds.kind === 'call' ? (holds.args[0] ?? holds) : holds;
  });
  return { kind: 'call', name: 'sum', stage: null, primes: 0, args, span: spanSince(p, from) };
}
