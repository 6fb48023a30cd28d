// In which order the quantities of a network are computed, forward and backward: rows, and loops over stages. No layer is named.

import { lift } from '../../engine/lift.ts';
import type { MatrixForm, NoMatrixForm, Result } from '../../engine/types.ts';
import { type Affine, bareName, index, minus, solveFor } from '../../expr/affine.ts';
import { atMost, type Condition, conditionsKey, decide, slack } from '../../expr/condition.ts';
import type { Expr, SymbolEntry } from '../../expr/expr.ts';
import { isSymbolEntry } from '../../expr/make.ts';
import { type Equation, errorOf, type System, slotRanges } from '../../expr/system.ts';
import { visit } from '../../expr/walk.ts';

/** One quantity and how it is computed. */
export interface PlanRow {
  readonly left: Expr;
  readonly right: Expr;
  readonly matrix: MatrixForm | NoMatrixForm;
  /** With the network's own functions put in; null where that says nothing new. */
  readonly special: { readonly right: Expr; readonly matrix: MatrixForm | NoMatrixForm } | null;
  /** For which stages, where these are fewer than the loop's. */
  readonly where: readonly Condition[];
}

/** A stage index that runs from `first` to `last`, up or down. */
export interface LoopIndex {
  readonly name: string;
  readonly first: Affine;
  readonly last: Affine;
  readonly down: boolean;
}

/** Rows for each value of the indices; for none, once. */
export interface PlanGroup {
  readonly loop: readonly LoopIndex[];
  readonly rows: readonly PlanRow[];
}

/** A row before it has its place: what it defines, what it reads. */
interface Draft extends PlanRow {
  readonly key: string;
  readonly stage: readonly Affine[];
  /** The running stage indices, with their ranges. */
  readonly runs: readonly { readonly name: string; readonly lo: Affine; readonly hi: Affine }[];
  readonly reads: readonly { readonly key: string; readonly stage: readonly Affine[] }[];
  readonly stageWhere: readonly Condition[];
}

/** The forward equations in the order in which they are computed, the loss last. */
export function forwardPlan(system: System): PlanGroup[] {
  const drafts = system.equations.map((eq) => forwardDraft(eq, system));
  return arranged(drafts, system);
}

/** The statements about variables in the order in which they are computed. */
export const backwardPlan = (results: readonly Result[], system: System): PlanGroup[] =>
  arranged(
    results.flatMap((r) =>
      aboutOf(r, system) === 'variable' ? r.cases.map((_, i) => caseDraft(r, i, system)) : [],
    ),
    system,
  );

/** The gradients, read off once the errors are known. */
export const gradientPlan = (results: readonly Result[], system: System): PlanGroup[] =>
  arranged(
    results.flatMap((r) =>
      aboutOf(r, system) === 'leaf' ? r.cases.map((_, i) => caseDraft(r, i, system)) : [],
    ),
    system,
  );

/** The cases of one result as rows of their own. */
export const resultGroups = (result: Result, system: System): PlanGroup[] =>
  arranged(
    result.cases.map((_, i) => caseDraft(result, i, system)),
    system,
  );

/** Whether a result is about a variable (an error, dC/dh) or about a parameter or an input; null for other derivatives. */
function aboutOf(r: Result, system: System): 'variable' | 'leaf' | null {
  if (r.system !== system) return null;
  if (r.goal.kind === 'entry') return 'variable';
  if (r.goal.kind !== 'adjoint') return null;
  const kind = system.tensors.get(r.goal.by.of.name)?.kind;
  return kind === 'variable' ? 'variable' : 'leaf';
}

function forwardDraft(eq: Equation, system: System): Draft {
  const slots = new Set(slotRanges(system, eq.lhs).map((c) => conditionsKey([c])));
  const stageWhere = eq.where.filter((c) => !slots.has(conditionsKey([c])));
  const given = [...system.given, ...eq.where];
  return {
    left: eq.lhs,
    right: eq.rhs,
    matrix: lift(system, given, eq.lhs, eq.rhs, (rules) => rules),
    special: null,
    where: [],
    key: eq.lhs.of.name,
    stage: eq.lhs.of.stage,
    runs: runsOf(eq.lhs, eq.indices, eq.where, system),
    reads: readsOf(eq.rhs, system),
    stageWhere,
  };
}

function caseDraft(r: Result, i: number, system: System): Draft {
  const c = r.cases[i];
  if (c === undefined) throw new RangeError('a result has no such case');
  const { left, right, given } = c.derivation;
  const of = left.kind === 'adjoint' ? left.by : left;
  if (!isSymbolEntry(of)) throw new RangeError('a statement is about an entry');
  const indices = of.of.stage.flatMap((s) => bareName(s) ?? []).filter((n) => !system.sizes.has(n));
  return {
    left,
    right,
    matrix: c.matrix,
    special: c.special && { right: c.special.derivation.right, matrix: c.special.matrix },
    where: [],
    key: keyOf(left, system),
    stage: of.of.stage,
    runs: runsOf(of, indices, given, system),
    reads: readsOf(right, system),
    stageWhere: c.condition,
  };
}

/** What a quantity is called among the rows: an error and the adjoint that it names are one. */
function keyOf(e: Expr, system: System): string {
  if (e.kind === 'adjoint') return errorOf(system, e.by.of.name) ?? `d ${e.by.of.name}`;
  return isSymbolEntry(e) ? e.of.name : '';
}

function readsOf(e: Expr, system: System): Draft['reads'] {
  const found: { key: string; stage: readonly Affine[] }[] = [];
  visit(e, (c) => {
    if (c.kind === 'adjoint') found.push({ key: keyOf(c, system), stage: c.by.of.stage });
    else if (c.kind === 'opaque') for (const t of c.args) found.push({ key: t.name, stage: t.stage });
    else if (isSymbolEntry(c)) found.push({ key: c.of.name, stage: c.of.stage });
  });
  return found;
}

function runsOf(
  e: SymbolEntry,
  indices: readonly string[],
  where: readonly Condition[],
  system: System,
): Draft['runs'] {
  return e.of.stage.flatMap((s) => {
    const name = bareName(s);
    if (name === null || !indices.includes(name)) return [];
    const range = rangeOf(name, where, system);
    return range === null ? [] : [{ name, ...range }];
  });
}

/** The tightest ends that conditions give an index. */
function rangeOf(
  name: string,
  where: readonly Condition[],
  system: System,
): { lo: Affine; hi: Affine } | null {
  const [lows, highs]: [Affine[], Affine[]] = [[], []];
  for (const c of where) {
    if (c.relation !== '<=') continue;
    const s = slack(c);
    const own = s.terms.find((t) => t.symbol.at.length === 0 && t.symbol.name === name);
    const value = solveFor(s, name);
    if (own === undefined || value === null) continue;
    (own.coefficient > 0 ? lows : highs).push(value);
  }
  const below = (a: Affine, b: Affine): boolean => decide(atMost(a, b), system.given) === true;
  const lo = lows.find((a) => lows.every((b) => below(b, a)));
  const hi = highs.find((a) => highs.every((b) => below(a, b)));
  return lo === undefined || hi === undefined ? null : { lo, hi };
}

/** First what depends on no loop, then the loops, then what depends on them. */
function arranged(drafts: readonly Draft[], system: System): PlanGroup[] {
  const looped = new Set(drafts.filter((d) => d.runs.length > 0).map((d) => d.key));
  const fixed = drafts.filter((d) => d.runs.length === 0);
  const before = new Set<Draft>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const d of fixed) {
      if (before.has(d) || !d.reads.every((r) => isKnown(r, before, fixed, looped))) continue;
      before.add(d);
      grew = true;
    }
  }
  const loops = new Map<string, Draft[]>();
  for (const d of drafts) {
    if (d.runs.length === 0) continue;
    const name = d.runs.map((r) => r.name).join();
    loops.set(name, [...(loops.get(name) ?? []), d]);
  }
  return [
    once(fixed.filter((d) => before.has(d))),
    ...[...loops.values()].map((own) => loopOf(own, system)),
    once(fixed.filter((d) => !before.has(d))),
  ].filter((g) => g.rows.length > 0);
}

/** Whether what is read needs no loop: nothing of the plan, or a row that is known. */
function isKnown(
  read: Draft['reads'][number],
  known: ReadonlySet<Draft>,
  fixed: readonly Draft[],
  looped: ReadonlySet<string>,
): boolean {
  const own = fixed.filter((d) => d.key === read.key && sameStage(d.stage, read.stage));
  if (own.length > 0) return own.every((d) => known.has(d));
  return !looped.has(read.key) && !fixed.some((d) => d.key === read.key && !known.has(d));
}

const sameStage = (a: readonly Affine[], b: readonly Affine[]): boolean =>
  a.map((s) => s.key).join() === b.map((s) => s.key).join();

const once = (drafts: readonly Draft[]): PlanGroup => ({ loop: [], rows: sorted(drafts) });

/** Each row after those it reads at its own stage. */
function sorted(drafts: readonly Draft[]): Draft[] {
  const done: Draft[] = [];
  const walk = (d: Draft, open: readonly Draft[]): void => {
    if (done.includes(d) || open.includes(d)) return;
    for (const read of d.reads)
      for (const other of drafts)
        if (other.key === read.key && sameStage(other.stage, read.stage)) walk(other, [...open, d]);
    done.push(d);
  };
  for (const d of drafts) walk(d, []);
  return done;
}

function loopOf(drafts: readonly Draft[], system: System): PlanGroup {
  const below = (a: Affine, b: Affine): boolean => decide(atMost(a, b), system.given) === true;
  const names = drafts[0]?.runs.map((r) => r.name) ?? [];
  const loop = names.flatMap((name, at): LoopIndex[] => {
    const own = drafts.flatMap((d) => d.runs[at] ?? []);
    const lo = own.find((r) => own.every((o) => below(r.lo, o.lo)))?.lo ?? own[0]?.lo;
    const hi = own.find((r) => own.every((o) => below(o.hi, r.hi)))?.hi ?? own[0]?.hi;
    if (lo === undefined || hi === undefined) return [];
    const down = readsLater(drafts, name, at);
    return [{ name, first: down ? hi : lo, last: down ? lo : hi, down }];
  });
  const rows = sorted(drafts).map((d): PlanRow => {
    const whole = d.runs.every((r, i) => {
      const l = loop[i];
      return (
        l !== undefined &&
        (l.down ? l.last : l.first).key === r.lo.key &&
        (l.down ? l.first : l.last).key === r.hi.key
      );
    });
    return { ...d, where: whole ? [] : d.stageWhere };
  });
  return { loop, rows };
}

/** Whether some row reads another one at a later stage, so that the loop goes down. */
function readsLater(drafts: readonly Draft[], name: string, at: number): boolean {
  const keys = new Set(drafts.map((d) => d.key));
  return drafts.some((d) =>
    d.reads.some((r) => {
      const stage = r.stage[at];
      if (stage === undefined || !keys.has(r.key)) return false;
      const by = minus(stage, index(name));
      return by.terms.length === 0 && by.constant > 0;
    }),
  );
}
