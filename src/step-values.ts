// The numbers of a line as plain data: one entry, the whole tensor of a statement, and what the oracle says.

import { asIntegers, assign } from './document/assign.ts';
import type { Printing } from './document/formulas.ts';
import { unrolled, withNumbers } from './document/unroll.ts';
import type { Derivation } from './engine/types.ts';
import { bareName, evaluateAffine } from './expr/affine.ts';
import type { Expr } from './expr/expr.ts';
import { substitute } from './expr/substitute.ts';
import { sizesAt, tensorDecl } from './expr/system.ts';
import { freeNames } from './expr/walk.ts';
import { type Nested, nested } from './nested.ts';
import { evaluate } from './numeric/evaluate.ts';
import { type Env, stageKey, type World } from './numeric/world.ts';
import { plain } from './text/plain.ts';

export interface StepValue {
  /** The entry whose numbers these are: delta[2][1]. */
  readonly entry: string;
  readonly substituted: { readonly latex: string } | null;
  /** null where the value is not finite. */
  readonly number: number | null;
  /** All entries of the statement's left side; null for other lines and for large tensors. */
  readonly whole: Nested;
  readonly oracle?: number;
  readonly error?: number;
}

export interface ValueOptions {
  readonly world: World;
  readonly printing: Printing;
  readonly digits: number;
  /** The slots of the entry that is shown, from 1; null: the first one. */
  readonly entry: readonly number[] | null;
}

const LARGEST_WHOLE = 1000;

/** The values beside the lines of a derivation; null where the network has no such entry. */
export function valuesBeside(
  d: Derivation,
  o: ValueOptions,
): ((left: Expr, right: Expr, statement: boolean) => StepValue | null) | null {
  const { world } = o;
  const { sizes, system } = world;
  const slots = slotNames(d.left);
  const wanted = new Map(o.entry === null ? [] : slots.map((name, i) => [name, o.entry?.[i] ?? 1] as const));
  const free = [...freeNames(d.left)].filter((n) => !system.sizes.has(n));
  const order = [...free.filter((n) => !slots.includes(n)), ...slots.filter((n) => free.includes(n))];
  const env = assign(order, [...system.given, ...d.given], wanted, new Map(), sizes);
  if (env === null) return null;
  const oracle = evaluate(d.left, world, env);
  return (left, right, statement) => {
    const open = [...freeNames(right)].filter((n) => !system.sizes.has(n) && !env.has(n));
    if (open.length > 0) return null;
    const value = evaluate(right, world, env);
    const map = asIntegers(env, sizes);
    const here = unrolled(substitute(right, map), sizes);
    const numbers = withNumbers(here, (e) => evaluate(e, world, new Map()), o.printing, o.digits);
    const finite = Number.isFinite(value) && Number.isFinite(oracle);
    return {
      entry: plain(substitute(left, map), system),
      substituted: numbers === null ? null : { latex: numbers.latex },
      number: Number.isFinite(value) ? value : null,
      whole: statement ? wholeOf(left, right, slots, env, world) : null,
      ...(finite ? { oracle, error: Math.abs(value - oracle) } : {}),
    };
  };
}

/** The bare index names of an expression's slots. */
function slotNames(e: Expr): string[] {
  const slots = e.kind === 'entry' ? e.slots : e.kind === 'adjoint' ? e.by.slots : [];
  return slots.flatMap((s) => bareName(s) ?? []);
}

/** Every entry of the left side at this stage, by the line's own formula. */
function wholeOf(left: Expr, right: Expr, slots: readonly string[], env: Env, world: World): Nested {
  const of = left.kind === 'adjoint' ? left.by : left;
  if (
    of.kind !== 'entry' ||
    of.of.kind !== 'symbol' ||
    slots.length !== of.slots.length ||
    slots.length === 0
  )
    return null;
  const sizeOf = (name: string, at: readonly number[]): number =>
    world.sizes.get(stageKey(name, at)) ?? env.get(name) ?? Number.NaN;
  const shape = sizesAt(tensorDecl(world.system, of.of.name), of.of.stage).map((s) =>
    evaluateAffine(s, sizeOf),
  );
  const count = shape.reduce((n, s) => n * s, 1);
  if (!(count <= LARGEST_WHOLE)) return null;
  const entries = Float64Array.from({ length: count }, (_, offset) => {
    let rest = offset;
    const at = new Map(env);
    for (let i = shape.length - 1; i >= 0; i--) {
      const size = shape[i] ?? 1;
      at.set(slots[i] ?? '', (rest % size) + 1);
      rest = Math.floor(rest / size);
    }
    return evaluate(right, world, at);
  });
  return nested(shape, entries);
}
