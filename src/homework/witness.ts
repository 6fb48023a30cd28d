// The smallest numbers at which an answer and the right one differ: a network, an index, and both values.

import { evaluateAffine, index, integer } from '../expr/affine.ts';
import { type Condition, equal, inconsistent } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { substitute } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { evaluate } from '../numeric/evaluate.ts';
import { type Sample, sampleWorlds } from '../numeric/sample.ts';
import { stageKey, type World } from '../numeric/world.ts';
import type { Witness } from './compare-verdict.ts';
import { type FormulaQuestion, indicesOf } from './question.ts';
import type { WitnessFact } from './verdict.ts';

/** Widths to try, the smallest first; the last two have two layers to go through. */
const WIDTHS = [
  [2, 3, 1],
  [2, 3, 2],
  [3, 2, 4, 2],
] as const;

const samples = new WeakMap<FormulaQuestion, readonly Sample[]>();

/** Small networks for a question, with every value that its free indices can have there. */
function samplesFor(q: FormulaQuestion): readonly Sample[] {
  let found = samples.get(q);
  if (found === undefined) {
    found = q.world !== null ? owned(q, q.world) : isLayered(q.system) ? layered(q) : [];
    samples.set(q, found);
  }
  return found;
}

export const isLayered = (system: System): boolean =>
  system.sizes.get('L') === 0 && system.sizes.get('n') === 1;

const MOST_VALUES = 4;

/** The question's own network, with the first few values of its free indices. */
function owned(q: FormulaQuestion, world: World): Sample[] {
  const names = [...indicesOf(q)];
  const all = names.reduce<ReadonlyMap<string, number>[]>(
    (envs, name) =>
      envs.flatMap((env) => Array.from({ length: MOST_VALUES }, (_, i) => new Map([...env, [name, i + 1]]))),
    [new Map()],
  );
  const size = (name: string, at: readonly number[]): number =>
    world.sizes.get(stageKey(name, at)) ?? Number.NaN;
  return all
    .filter((env) => q.given.every((c) => holdsIn(c, (name, at) => env.get(name) ?? size(name, at))))
    .slice(0, 12)
    .map((env) => ({ world, env }));
}

function holdsIn(c: Condition, value: (name: string, at: readonly number[]) => number): boolean {
  const [left, right] = [evaluateAffine(c.left, value), evaluateAffine(c.right, value)];
  return c.relation === '=' ? left === right : left <= right;
}

function layered(q: FormulaQuestion): Sample[] {
  const names = indicesOf(q);
  return WIDTHS.flatMap((widths) => {
    const fixed = [
      equal(index('L'), integer(widths.length)),
      ...widths.map((n, i) => equal(index('n', [integer(i + 1)]), integer(n))),
    ];
    return drawn(q.system, [...q.given, ...fixed], names);
  });
}

function drawn(system: System, given: readonly Condition[], names: ReadonlySet<string>): readonly Sample[] {
  if (inconsistent([...system.given, ...given])) return [];
  try {
    return sampleWorlds(system, given, names, { count: 3, seed: 5 });
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Where two formulas differ, on a network as small as possible; `found` is what the comparison met. */
export function witnessOf(answer: Expr, q: FormulaQuestion, found: Witness | null): WitnessFact | null {
  const [right] = q.answers;
  for (const { world, env } of samplesFor(q)) {
    const [x, y] = [valueAt(answer, world, env), valueAt(right, world, env)];
    if (x === null || y === null || !apart(x, y)) continue;
    return fact(q, world, env, x, y);
  }
  if (found === null || !Number.isFinite(found.left) || !Number.isFinite(found.right)) return null;
  return fact(q, found.world, found.env, found.left, found.right);
}

/** Numbers whose difference shows in four digits. */
const apart = (x: number, y: number): boolean => Math.abs(x - y) > 1e-3 * Math.max(Math.abs(x), Math.abs(y));

function valueAt(e: Expr, world: World, env: ReadonlyMap<string, number>): number | null {
  try {
    const value = evaluate(e, world, env);
    return Number.isFinite(value) ? value : null;
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) return null;
    throw error;
  }
}

function fact(
  q: FormulaQuestion,
  world: World,
  env: ReadonlyMap<string, number>,
  answer: number,
  right: number,
): WitnessFact {
  const at = new Map([...env].map(([name, value]) => [name, integer(value)]));
  const sizes = isLayered(q.system) ? widthsOf(world) : null;
  const L = world.sizes.get('L');
  if (sizes !== null && L !== undefined) at.set('L', integer(L));
  return {
    widths: sizes,
    of: q.left === null ? null : substitute(q.left, at),
    values: q.left === null && sizes === null ? numbersOf(q, world, env) : [],
    answer,
    right,
  };
}

function widthsOf(world: World): number[] {
  const L = world.sizes.get('L') ?? 0;
  return Array.from({ length: L }, (_, i) => {
    const key = `n[${i + 1}]`;
    return world.sizes.get(key) ?? world.source?.size('n', [i + 1]) ?? 0;
  });
}

/** The numbers that were put in for scalars, as far as they were needed. */
function numbersOf(
  q: FormulaQuestion,
  world: World,
  env: ReadonlyMap<string, number>,
): { name: string; value: number }[] {
  const scalars = [...q.system.tensors.values()].filter((d) => d.size.length === 0 && d.stage.length === 0);
  return [
    ...[...env].map(([name, value]) => ({ name, value })),
    ...scalars.flatMap(({ name }) => {
      const value = world.values.get(name)?.entries[0];
      return value === undefined ? [] : [{ name, value }];
    }),
  ];
}
