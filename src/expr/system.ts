// A network as its forward equations: declared tensors, sizes, functions, and one equation for each thing computed.

import { type Affine, bareName, type IndexMap, index, integer, substituteIndices } from './affine.ts';
import { atMost, both, type Condition, decide, substituteCondition } from './condition.ts';
import { UserError } from './error.ts';
import type { Expr, FunctionHead, SymbolEntry } from './expr.ts';
import { entry } from './make.ts';
import { freshName, substitute } from './substitute.ts';
import { freeNames } from './walk.ts';

export interface TensorDecl {
  readonly name: string;
  /** Letters of the stage slots, used in `size`: ['l'] for w[l]. */
  readonly stage: readonly string[];
  /** The size of each tensor slot; entries are counted from 1. */
  readonly size: readonly Affine[];
  /** `error`: the adjoint of the tensor `of`, as delta is dC/dz. */
  readonly kind: 'input' | 'parameter' | 'variable' | 'error';
  readonly of?: string;
  /** `error`: what the adjoint is multiplied by, free of indices, as delta = m dC/dz; left out: 1. */
  readonly scale?: Expr;
}

/** lhs = rhs for all values of `indices` within `where`. */
export interface Equation {
  /** An entry whose stages and slots are index variables, or fixed stages (a[1][j], a[L][j]). */
  readonly lhs: SymbolEntry;
  readonly rhs: Expr;
  /** The index variables of the left side: stages first. */
  readonly indices: readonly string[];
  /** Their ranges, declared (2 <= l <= L) and those of the slots' sizes. */
  readonly where: readonly Condition[];
}

/** f(param) = body; an opaque function has no body. `stage`: the stage at which a stage-dependent head has this body. */
export interface FunctionDef {
  readonly name: string;
  readonly stage: Affine | null;
  readonly param: string;
  readonly body: Expr | null;
}

/** An equation assumed of the inputs, such as sum(k, y[k]) = 1. */
export interface Identity {
  readonly id: string;
  readonly left: Expr;
  readonly right: Expr;
}

export interface System {
  readonly tensors: ReadonlyMap<string, TensorDecl>;
  readonly equations: readonly Equation[];
  readonly functions: readonly FunctionDef[];
  /** The scalar tensor that is differentiated; it has an equation of its own. */
  readonly loss: string;
  /** Names of sizes (L, n, m) and how many stages each depends on. */
  readonly sizes: ReadonlyMap<string, number>;
  /** What is assumed of the sizes: L >= 2. */
  readonly given: readonly Condition[];
  readonly identities: readonly Identity[];
}

export function tensorDecl(system: System, name: string): TensorDecl {
  const decl = system.tensors.get(name);
  if (decl === undefined) throw new UserError(`unknown tensor "${name}"`);
  return decl;
}

/** The sizes of a tensor's slots at given stages. */
export function sizesAt(decl: TensorDecl, stage: readonly Affine[]): Affine[] {
  const map = new Map(decl.stage.map((letter, i) => [letter, stage[i] ?? index(letter)] as const));
  return decl.size.map((s) => substituteIndices(s, map));
}

/** The conditions 1 <= slot <= size of an entry. */
export function slotRanges(system: System, e: SymbolEntry): Condition[] {
  const sizes = sizesAt(tensorDecl(system, e.of.name), e.of.stage);
  return e.slots.flatMap((slot, i) => {
    const hi = sizes[i];
    return hi === undefined ? [] : [atMost(integer(1), slot), atMost(slot, hi)];
  });
}

/** Matches an equation's left side to an entry: what its indices stand for, and the stage conditions left over. */
export function matchEquation(eq: Equation, e: SymbolEntry): { map: IndexMap; where: Condition[] } | null {
  if (eq.lhs.of.name !== e.of.name) return null;
  const map = new Map<string, Affine>();
  const where: Condition[] = [];
  const pairs = [
    ...eq.lhs.of.stage.map((s, i) => [s, e.of.stage[i]] as const),
    ...eq.lhs.slots.map((s, i) => [s, e.slots[i]] as const),
  ];
  for (const [own, given] of pairs) {
    if (given === undefined) return null;
    const name = bareName(own);
    if (name !== null && eq.indices.includes(name)) map.set(name, given);
    else where.push({ relation: '=', left: given, right: own });
  }
  return { map, where: [...where, ...eq.where.map((c) => substituteCondition(c, map))] };
}

/** The equation that defines an entry which `given` puts inside its range; null when none provably does. */
export function definitionOf(system: System, e: SymbolEntry, given: readonly Condition[]): Expr | null {
  const known = both(system.given, given);
  for (const eq of system.equations) {
    const match = matchEquation(eq, e);
    if (match === null || !match.where.every((c) => decide(c, known) === true)) continue;
    return substitute(eq.rhs, match.map);
  }
  return null;
}

const renamings = new WeakMap<Equation, Map<string, Equation>>();

/** An equation with fresh index names that avoid `taken`: stages from one pool, slots from another. */
export function freshEquation(
  eq: Equation,
  taken: ReadonlySet<string>,
  pools: { stage: readonly string[]; slot: readonly string[] },
): Equation {
  const used = new Set([...taken, ...freeNames(eq.rhs)]);
  for (const name of eq.indices) if (!taken.has(name)) used.delete(name);
  const map = new Map<string, Affine>();
  // The later letter chooses first: k follows j, whichever slot a sample's i stands in.
  for (const name of [...eq.indices].sort().reverse()) {
    const isStage = eq.lhs.of.stage.some((s) => bareName(s) === name);
    const fresh = freshName([name, ...(isStage ? pools.stage : pools.slot)], used);
    used.add(fresh);
    if (fresh !== name) map.set(name, index(fresh));
  }
  const indices = eq.indices.map((name) => bareName(map.get(name) ?? index(name)) ?? name);
  return map.size === 0 ? eq : renamed(eq, indices, map);
}

/** The equation under other index names: the same one for the same names, so that what was found in it is remembered. */
function renamed(eq: Equation, indices: readonly string[], map: IndexMap): Equation {
  const known = renamings.get(eq) ?? new Map<string, Equation>();
  renamings.set(eq, known);
  const names = indices.join();
  let found = known.get(names);
  if (found === undefined) {
    const where = eq.where.map((c) => substituteCondition(c, map));
    found = { lhs: substitute(eq.lhs, map), rhs: substitute(eq.rhs, map), indices, where };
    known.set(names, found);
  }
  return found;
}

/** The body of a function at a head's stage; null when it is opaque. A head of higher order has no body of its own. */
export function functionBody(system: System, fn: FunctionHead): FunctionDef | null {
  const found = system.functions.find(
    (f) => f.name === fn.name && (f.stage === null || (fn.stage !== null && f.stage.key === fn.stage.key)),
  );
  return found?.body == null ? null : found;
}

/** The error tensor that names the adjoint of `of`, if the system has one: delta for z. */
export function errorOf(system: System, name: string): string | null {
  for (const decl of system.tensors.values()) if (decl.kind === 'error' && decl.of === name) return decl.name;
  return null;
}

export const lossEntry = (system: System): SymbolEntry => entry(system.loss, [], []);
