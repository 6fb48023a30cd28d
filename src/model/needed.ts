// Which numbers a network needs: every input and parameter at every stage that some equation uses, with its shape.

import { type Affine, collectNames, evaluateAffine, integer } from '../expr/affine.ts';
import {
  type Condition,
  conditionNames,
  equal,
  inconsistent,
  substituteCondition,
} from '../expr/condition.ts';
import { type System, sizesAt, type TensorDecl } from '../expr/system.ts';
import { stageKey } from '../numeric/world.ts';
import { type Mention, mentionsOf } from './mentions.ts';

export type SizeValues = ReadonlyMap<string, number>;

/** A tensor at a stage: `w[2]`, of shape 3 x 2. */
export interface Needed {
  readonly decl: TensorDecl;
  readonly stage: readonly number[];
  readonly key: string;
  readonly shape: readonly number[];
}

/** The inputs and parameters at the stages used, in order of declaration; NaN stands in a shape whose size is unknown. */
export function neededTensors(system: System, sizes: SizeValues): Needed[] {
  const mentions = system.equations.flatMap((eq) => mentionsOf(system, eq));
  return [...system.tensors.values()]
    .filter((decl) => decl.kind === 'input' || decl.kind === 'parameter')
    .flatMap((decl) => {
      const own = mentions.filter((m) => m.entry.of.name === decl.name);
      const stages = decl.stage.length === 0 ? [[]] : stagesUsed(own, system, sizes);
      return stages.map((stage) => ({
        decl,
        stage,
        key: stageKey(decl.name, stage),
        shape: shapeAt(decl, stage, sizes),
      }));
    });
}

function shapeAt(decl: TensorDecl, stage: readonly number[], sizes: SizeValues): number[] {
  return sizesAt(decl, stage.map(integer)).map((size) =>
    evaluateAffine(size, (name, at) => sizes.get(stageKey(name, at)) ?? Number.NaN),
  );
}

/** The stages, in order, at which a tensor stands in some equation within its range. */
function stagesUsed(mentions: readonly Mention[], system: System, sizes: SizeValues): number[][] {
  const found = new Map<string, number[]>();
  const map = new Map(
    [...sizes].filter(([name]) => system.sizes.get(name) === 0).map(([name, v]) => [name, integer(v)]),
  );
  for (const mention of mentions) {
    const where = mention.where.map((c) => substituteCondition(c, map));
    for (const stage of candidates(mention, where, [])) found.set(stage.join(), stage);
  }
  return [...found.values()].sort(inOrder);
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((s, i) => s !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

const HIGHEST_STAGE = 1000;

/** All integer stages the conditions allow, found one stage slot after another. */
function candidates(mention: Mention, where: readonly Condition[], so: readonly number[]): number[][] {
  const form = mention.entry.of.stage[so.length];
  if (form === undefined) return [[...so]];
  const stages: number[][] = [];
  for (let s = 0; s <= highest(form, where); s++) {
    const here = [...where, equal(form, integer(s))];
    if (!inconsistent(here)) stages.push(...candidates(mention, here, [...so, s]));
  }
  return stages;
}

/** No stage lies above the largest constant in the conditions that have to do with it, directly or through others. */
function highest(form: Affine, where: readonly Condition[]): number {
  const names = new Set<string>();
  collectNames(form, names);
  let top = 1;
  let known = -1;
  while (known < names.size) {
    known = names.size;
    for (const c of where) {
      const own = new Set<string>();
      conditionNames(c, own);
      if (![...own].some((n) => names.has(n))) continue;
      for (const n of own) names.add(n);
      top = Math.max(top, Math.abs(c.left.constant), Math.abs(c.right.constant));
    }
  }
  return Math.min(top + Math.abs(form.constant), HIGHEST_STAGE);
}

/** The sizes that shapes and ranges mention and that have no number yet, by key. */
export function missingSizes(system: System, sizes: SizeValues): string[] {
  const missing = new Set<string>();
  for (const [name, stages] of system.sizes) if (stages === 0 && !sizes.has(name)) missing.add(name);
  if (missing.size > 0) return [...missing];
  const note = (name: string, at: readonly number[]): number => {
    const key = stageKey(name, at);
    const value = sizes.get(key);
    if (value === undefined) missing.add(key);
    return value ?? 1;
  };
  for (const { decl, stage } of neededTensors(system, sizes)) {
    for (const size of sizesAt(decl, stage.map(integer))) evaluateAffine(size, note);
  }
  return [...missing];
}
