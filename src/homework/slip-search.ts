// Which slip makes the student's formula of the right one: found by fingerprint, named only when equal by comparison.

import { index, integer } from '../expr/affine.ts';
import { atMost, type Condition } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { alphaKey, substitute } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';
import { MARK } from './align.ts';
import { compareExprs, sameKey } from './compare.ts';
import { type FormulaQuestion, indicesOf } from './question.ts';
import { unsettled } from './settled.ts';
import { FREE, type SlipSource } from './slip-edits.ts';
import { type Prints, printsFor, squareRanges } from './slip-prints.ts';
import { slipRows } from './slips.ts';
import { squared } from './square.ts';
import type { Slip } from './verdict.ts';

interface Candidate {
  readonly to: Expr;
  readonly slips: readonly Slip[];
  readonly cost: number;
}

type Table = Map<string, Candidate[]>;

interface Search {
  readonly system: System;
  readonly given: readonly Condition[];
  readonly prints: Prints;
  readonly source: SlipSource;
  readonly rights: readonly Expr[];
  readonly singles: Table;
  /** Single slips that leave no value: a sum over terms that don't exist. */
  readonly valueless: Candidate[];
  /** Slips made one after the other; made when they are first asked for. */
  pairs: Table | null;
}

/** Pairs are of the likeliest slips, and no more than these. */
const MOST_PAIRS = 1500;
const LIKELY = 1.2;

const likelyRows = slipRows.filter((row) => row.cost <= LIKELY);

const searches = new WeakMap<FormulaQuestion, Search | null>();

function searchFor(q: FormulaQuestion): Search | null {
  const known = searches.get(q);
  if (known !== undefined) return known;
  const made = newSearch(q);
  searches.set(q, made);
  return made;
}

function newSearch(q: FormulaQuestion): Search | null {
  const square = squared(q.system);
  const { system } = square;
  const free = [...indicesOf(q)];
  const slots = [...q.slots.filter((s) => free.includes(s)), FREE];
  const stages = free.filter((n) => !q.slots.includes(n));
  const given = [...square.conditions(q.given), ...squareRanges([FREE], system)];
  const rights = q.answers.map(square.expr);
  const [first] = rights;
  const prints = first === undefined ? null : printsFor(system, given, slots, stages, first);
  if (first === undefined || prints === null) return null;
  const source: SlipSource = {
    right: first,
    system,
    slots: slots.slice(0, -1),
    lines: q.lines.map(square.expr),
  };
  const search: Search = {
    system,
    given,
    prints,
    source,
    rights,
    singles: new Map(),
    valueless: [],
    pairs: null,
  };
  for (const right of rights) {
    const found = candidatesOf(right, search, [], 0);
    enter(search.singles, found, rights, prints.of);
    search.valueless.push(
      ...found.filter((c) => c.slips[0]?.code === 'sum-range' && prints.of(c.to) === null),
    );
  }
  return search;
}

/** All formulas that one slip makes of `from`, which slips already made. */
function candidatesOf(
  from: Expr,
  { source }: Pick<Search, 'source'>,
  slips: readonly Slip[],
  cost: number,
): Candidate[] {
  const seen = new Set<string>([alphaKey(from)]);
  const found: Candidate[] = [];
  for (const row of slips.length === 0 ? slipRows : likelyRows) {
    const own = slips.length === 0 ? source : { ...source, lines: [] };
    for (const { to, right, wrong } of row.apply({ ...own, right: from })) {
      const key = alphaKey(to);
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ to, slips: [...slips, { code: row.code, right, wrong }], cost: cost + row.cost });
    }
  }
  return found.sort((a, b) => a.cost - b.cost);
}

function enter(
  table: Table,
  candidates: readonly Candidate[],
  rights: readonly Expr[],
  printed: Prints['of'],
): void {
  const right = new Set(rights.map(printed));
  for (const c of candidates) {
    const print = printed(c.to);
    if (print === null || right.has(print)) continue;
    const same = table.get(print);
    if (same === undefined) table.set(print, [c]);
    else if (same.length < 4) same.push(c);
  }
}

function pairsOf(search: Search): Table {
  if (search.pairs !== null) return search.pairs;
  const table: Table = new Map();
  const seconds = [...search.singles.values()]
    .flatMap(([c]) => (c === undefined ? [] : [c]))
    .filter((c) => c.cost <= LIKELY)
    .sort((a, b) => a.cost - b.cost);
  let made = 0;
  for (const c of seconds) {
    if (made > MOST_PAIRS) break;
    const found = candidatesOf(c.to, search, c.slips, c.cost);
    made += found.length;
    enter(table, found, search.rights, search.prints.brief);
  }
  search.pairs = table;
  return table;
}

/** An answer as the search takes it: in components, marked letters that stay open becoming the free index of a missing sum. */
function prepared(e: Expr): Expr | null {
  const open = [...freeNames(e)].filter((n) => n.startsWith(MARK));
  if (open.length > 1) return null;
  const [only] = open;
  return only === undefined || only === FREE ? e : substitute(e, new Map([[only, index(FREE)]]));
}

/** The slips, at most two, that make `answer` of the right answer; empty where none is found. */
export function slipsOf(q: FormulaQuestion, answer: Expr): readonly Slip[] {
  const open = q.general ?? q;
  const search = searchFor(open);
  const e = prepared(squared(open.system).expr(unsettled(answer, q)));
  if (search === null || e === null) return [];
  const print = search.prints.of(e);
  if (print === null) return search.valueless.find((c) => sameKey(e, c.to, search))?.slips ?? [];
  return (
    confirmed(search.singles.get(print), e, search) ??
    confirmed(pairsOf(search).get(search.prints.brief(e) ?? ''), e, search) ??
    []
  );
}

function confirmed(
  candidates: readonly Candidate[] | undefined,
  e: Expr,
  search: Search,
): readonly Slip[] | null {
  for (const c of candidates ?? []) {
    if (alphaKey(c.to) === alphaKey(e)) return c.slips;
    const { system, given } = search;
    const inner = [...given, ...interior(system)];
    if (compareExprs(e, c.to, { system, given: inner }).verdict === 'equal') return c.slips;
  }
  return null;
}

const interior = (system: System): Condition[] =>
  system.sizes.has('L') ? [atMost(integer(4), index('L'))] : [];
