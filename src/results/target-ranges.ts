// The free indices of a target: letters for slots and stages that were left out, and the ranges of all of them.

import { type Affine, collectNames, evaluateAffine, index } from '../expr/affine.ts';
import {
  atMost,
  type Condition,
  conditionKey,
  conditionNames,
  decide,
  inconsistent,
} from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { entryOf, isSymbolEntry } from '../expr/make.ts';
import { freshName } from '../expr/substitute.ts';
import { type System, slotRanges, type TensorDecl, tensorDecl } from '../expr/system.ts';
import { slotLetters, stageRange } from '../model/ranges.ts';
import type { Network } from '../model/spec.ts';

const LETTERS = ['j', 'k', 'i', 'm', 'p', 'q'];

/** The tensor's entry at the letters that its equations use, clear of `taken`. */
export function someEntry(system: System, of: SymbolTensor, taken: Set<string>): SymbolEntry {
  const decl = tensorDecl(system, of.name);
  for (const stage of of.stage) collectNames(stage, taken);
  for (const name of system.sizes.keys()) taken.add(name);
  const own = slotLetters(system, decl);
  const slots = decl.size.map((_, i) => {
    const letter = own[i];
    const name = freshName(letter == null ? LETTERS : [letter, ...LETTERS], taken);
    taken.add(name);
    return index(name);
  });
  const e = entryOf(of, slots);
  if (!isSymbolEntry(e)) throw new RangeError('an entry of a symbol is one');
  return e;
}

/** The tensor at the stage letters of its declaration. */
export const atOwnStages = (decl: TensorDecl): SymbolTensor => ({
  kind: 'symbol',
  name: decl.name,
  stage: decl.stage.map((s) => index(s)),
});

/** What the free indices of these entries run over: what the target says, the stages, the slots. Throws where nothing is left. */
export function rangesOfEntries(
  network: Network,
  system: System,
  entries: readonly SymbolEntry[],
  said: readonly Condition[],
  target: string,
): Condition[] {
  const found = new Map<string, Condition>();
  const add = (c: Condition): void => {
    const known = [...system.given, ...found.values()];
    if (decide(c, known) !== true) found.set(conditionKey(c), found.get(conditionKey(c)) ?? c);
  };
  for (const c of said) add(c);
  for (const e of entries) {
    for (const c of stageConditions(system, e, said, target)) add(c);
    for (const c of slotRanges(system, e)) add(c);
  }
  const all = [...found.values()];
  const bad = outside(network, all);
  if (bad || inconsistent([...system.given, ...all]))
    throw new UserError(`${target}: ${noSuchEntry(network, system, entries)}`);
  return all;
}

function stageConditions(
  system: System,
  e: SymbolEntry,
  said: readonly Condition[],
  target: string,
): Condition[] {
  const decl = tensorDecl(system, e.of.name);
  return e.of.stage.flatMap((stage, i) => {
    const range = stageRange(system, decl, i, mentionsAny(said, stage) || isFixed(stage, system));
    const letter = decl.stage[i] ?? 'l';
    if (range === null)
      throw new UserError(`${target}: say for which ${letter}, as in "${target} for 1 <= ${letter} <= 3"`);
    return [atMost(range.lo, stage), atMost(stage, range.hi)];
  });
}

const isFixed = (stage: Affine, system: System): boolean => {
  const names = new Set<string>();
  collectNames(stage, names);
  return [...names].every((n) => system.sizes.has(n));
};

function mentionsAny(said: readonly Condition[], stage: Affine): boolean {
  const own = new Set<string>();
  collectNames(stage, own);
  const names = new Set<string>();
  for (const c of said) conditionNames(c, names);
  return [...own].some((n) => names.has(n));
}

/** Whether a condition without free indices is false for the network's own sizes. */
function outside(network: Network, conditions: readonly Condition[]): boolean {
  const { concrete } = network;
  if (concrete === null) return false;
  const value = (name: string, at: readonly number[]): number =>
    concrete.sizes.get(at.length === 0 ? name : `${name}[${at.join(',')}]`) ?? Number.NaN;
  return conditions.some((c) => {
    const [left, right] = [evaluateAffine(c.left, value), evaluateAffine(c.right, value)];
    return c.relation === '=' ? left !== right && !Number.isNaN(left + right) : left > right;
  });
}

/** `z has the stages 2 <= l <= L and the slots 1 <= j <= n[l]`, as far as it is known. */
function noSuchEntry(network: Network, system: System, entries: readonly SymbolEntry[]): string {
  const [first] = entries;
  if (first === undefined) return 'its ranges contradict each other';
  const decl = tensorDecl(system, first.of.name);
  const stages = decl.stage.map((letter, i) => {
    const range = stageRange(system, decl, i, true);
    return range === null ? letter : `${range.lo.key} <= ${letter} <= ${range.hi.key}`;
  });
  const sizes = decl.size.map((s) => s.key).join(' x ');
  const where = stages.length === 0 ? '' : ` for ${stages.join(', ')}`;
  const depth = network.concrete?.sizes.get('L');
  const known = depth === undefined ? '' : `; here L is ${depth}`;
  return `there is no such entry: ${decl.name} has ${decl.size.length === 0 ? 'no slots' : `the size ${sizes}`}${where}${known}`;
}
