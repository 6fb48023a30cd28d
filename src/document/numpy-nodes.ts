// What must be computed before what: every equation at every stage of a concrete network, and what it uses.

import { type Affine, bareName, evaluateAffine, integer } from '../expr/affine.ts';
import {
  type Condition,
  conditionNames,
  equal,
  inconsistent,
  substituteCondition,
} from '../expr/condition.ts';
import type { System } from '../expr/system.ts';
import { type Mention, mentionsOf } from '../model/mentions.ts';
import type { SizeValues } from '../model/needed.ts';
import { stageKey } from '../numeric/world.ts';
import { boundsOf } from '../text/numpy-index.ts';
import { Unprintable, unprintable } from '../text/numpy-piece.ts';
import type { NumpyEquation } from '../text/numpy-statement.ts';

/** An equation at the stages that its indices stand for. */
export interface Node {
  /** Its equation's position. */
  readonly equation: number;
  /** The values of its running stage indices, in the order of the left side. */
  readonly at: readonly number[];
  /** The tensor it defines, at its stage: `z[2]`. */
  readonly key: string;
  /** What must be there before. */
  readonly needs: Set<Node>;
}

/** A tensor is needed at a stage at which no equation gives it. */
export class Missing extends Unprintable {
  readonly tensor: string;
  readonly stage: readonly number[];
  constructor(tensor: string, stage: readonly number[]) {
    super(`no equation gives ${stageKey(tensor, stage)}`);
    this.tensor = tensor;
    this.stage = stage;
  }
}

type Values = ReadonlyMap<string, number>;

/** The stage indices of a left side that run. */
export const runningStages = ({ lhs, indices }: NumpyEquation): string[] =>
  lhs.of.stage.flatMap((form) => {
    const name = bareName(form);
    return name !== null && indices.includes(name) ? [name] : [];
  });

export const integerAt = (form: Affine, sizes: SizeValues, at: Values): number =>
  evaluateAffine(
    form,
    (name, stage) =>
      (stage.length === 0 ? at.get(name) : undefined) ?? sizes.get(stageKey(name, stage)) ?? Number.NaN,
  );

const holds = (c: Condition, sizes: SizeValues, at: Values): boolean => {
  const [left, right] = [integerAt(c.left, sizes, at), integerAt(c.right, sizes, at)];
  return c.relation === '=' ? left === right : left <= right;
};

/** The nodes of all equations with what they need. Throws `Missing` where something needed is defined nowhere. */
export function nodesOf(equations: readonly NumpyEquation[], system: System, sizes: SizeValues): Node[] {
  const nodes = equations.flatMap((eq, i) => ownNodes(eq, i, sizes));
  const byKey = new Map<string, Node[]>();
  for (const node of nodes) byKey.set(node.key, [...(byKey.get(node.key) ?? []), node]);
  equations.forEach((eq, i) => {
    const mentions = mentionsOf(system, eq).filter((m) => isComputed(system, m.entry.of.name));
    for (const node of nodes) {
      if (node.equation !== i) continue;
      const at = new Map(runningStages(eq).map((name, slot) => [name, node.at[slot] ?? 0]));
      for (const m of mentions) for (const needed of usedBy(m, at, byKey, sizes)) node.needs.add(needed);
    }
  });
  return nodes;
}

const isComputed = (system: System, name: string): boolean => {
  const kind = system.tensors.get(name)?.kind;
  return kind !== 'input' && kind !== 'parameter';
};

function ownNodes(eq: NumpyEquation, equation: number, sizes: SizeValues): Node[] {
  const names = runningStages(eq);
  const about = eq.where.filter((c) => onlyOf(c, names, sizes));
  return valuesOf(names, about, sizes, new Map()).map((at) => ({
    equation,
    at: names.map((name) => at.get(name) ?? 0),
    key: stageKey(
      eq.lhs.of.name,
      eq.lhs.of.stage.map((form) => integerAt(form, sizes, at)),
    ),
    needs: new Set(),
  }));
}

/** Whether a condition speaks of these indices and of sizes only. */
function onlyOf(c: Condition, names: readonly string[], sizes: SizeValues): boolean {
  const own = new Set<string>();
  conditionNames(c, own);
  return [...own].every((n) => names.includes(n) || sizes.has(n));
}

/** All values of the indices that satisfy the conditions. */
function valuesOf(
  names: readonly string[],
  where: readonly Condition[],
  sizes: SizeValues,
  so: Values,
): Values[] {
  const [name, ...rest] = names;
  if (name === undefined) return where.every((c) => holds(c, sizes, so)) ? [so] : [];
  const { low, high, fixed } = boundsOf(name, where);
  const known = (list: typeof low): number[] =>
    list.map((b) => integerAt(b.value, sizes, so)).filter((v) => !Number.isNaN(v));
  const lo = Math.max(...known([...low, ...fixed]));
  const hi = Math.min(...known([...high, ...fixed]));
  if (!Number.isFinite(lo) || !Number.isFinite(hi)) return unprintable(`the range of ${name}`);
  const all: Values[] = [];
  for (let v = lo; v <= hi; v++) all.push(...valuesOf(rest, where, sizes, new Map([...so, [name, v]])));
  return all;
}

/** The nodes that define what stands at a place on the right side of a node. */
function usedBy(
  m: Mention,
  at: Values,
  byKey: ReadonlyMap<string, Node[]>,
  sizes: SizeValues,
): readonly Node[] {
  const { name, stage } = m.entry.of;
  const values = stage.map((form) => integerAt(form, sizes, at));
  if (values.some(Number.isNaN)) return usedInSum(m, at, byKey, sizes);
  const key = stageKey(name, values);
  const found = byKey.get(key);
  if (found !== undefined) return found;
  if (possible(m, values, at, sizes)) throw new Missing(name, values);
  return [];
}

/** The stage depends on an index that is summed over: every stage that the conditions allow. */
function usedInSum(m: Mention, at: Values, byKey: ReadonlyMap<string, Node[]>, sizes: SizeValues): Node[] {
  const prefix = `${m.entry.of.name}[`;
  return [...byKey].flatMap(([key, nodes]) => {
    if (!key.startsWith(prefix)) return [];
    const stage = key.slice(prefix.length, -1).split(',').map(Number);
    return possible(m, stage, at, sizes) ? nodes : [];
  });
}

/** Whether the conditions around a place let its stage have these values. */
function possible(m: Mention, stage: readonly number[], at: Values, sizes: SizeValues): boolean {
  const known = new Map(
    [...sizes, ...at].flatMap(([name, v]) => (name.includes('[') ? [] : [[name, integer(v)] as const])),
  );
  const is = m.entry.of.stage.map((form, i) => equal(form, integer(stage[i] ?? 0)));
  return !inconsistent([...m.where, ...is].map((c) => substituteCondition(c, known)));
}
