// Numbers beside the lines: one entry as symbols = numbers put in = result, the whole tensor, and what dual numbers say.

import type { Derivation } from '../engine/types.ts';
import { bareName, type IndexMap } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { shapeOf } from '../expr/shape.ts';
import { substitute, substituteTensor } from '../expr/substitute.ts';
import { freeNames } from '../expr/walk.ts';
import type { Language } from '../lang/types.ts';
import { evaluate } from '../numeric/evaluate.ts';
import type { Env, World } from '../numeric/world.ts';
import { asIntegers, assign, numberOf } from './assign.ts';
import type { LineNumbers } from './blocks.ts';
import { errorText, numberFormula } from './digits.ts';
import type { Place, Telling } from './explain.ts';
import { exprFormula, type Printing, tensorFormula } from './formulas.ts';
import type { Told } from './grain.ts';
import { unrolled, withNumbers } from './unroll.ts';
import { shownSlots, wholeFormula } from './whole.ts';

export interface NumberOptions {
  readonly world: World;
  readonly printing: Printing;
  readonly language: Language;
  readonly digits: number;
  /** The slots of the entry that is shown, from 1; null: the first one. */
  readonly entry: readonly number[] | null;
}

/** What is written beside the lines of one derivation; null where no entry of it exists in this network. */
export function numbersBeside(d: Derivation, o: NumberOptions): Telling['numbers'] {
  const chosen = chosenEntry(d, o);
  if (chosen === null) return null;
  const oracle = evaluate(d.left, o.world, chosen);
  return (line, of, place) => beside(line, of, place, chosen, oracle, o);
}

/** Numbers for the free indices: the entry asked for, else the first one. */
function chosenEntry(d: Derivation, o: NumberOptions): Env | null {
  const { sizes, system } = o.world;
  const slots = slotNames(d.left);
  const { entry } = o;
  const wanted = new Map(entry === null ? [] : slots.map((name, i) => [name, entry[i] ?? 1] as const));
  return assign(inOrder(d.left, slots, o), [...system.given, ...d.given], wanted, new Map(), sizes);
}

/** The bare index names of an expression's slots. */
function slotNames(e: Expr): string[] {
  const slots = e.kind === 'entry' ? e.slots : e.kind === 'adjoint' ? e.by.slots : [];
  return slots.flatMap((s) => bareName(s) ?? []);
}

/** The free index names, stages before slots: the slots' ranges depend on the stages. */
function inOrder(e: Expr, slots: readonly string[], o: NumberOptions): string[] {
  const free = [...freeNames(e)].filter((n) => !o.world.system.sizes.has(n));
  return [...free.filter((n) => !slots.includes(n)), ...slots.filter((n) => free.includes(n))];
}

function beside(
  line: Told,
  of: Derivation,
  place: Place,
  main: Env,
  oracle: number,
  o: NumberOptions,
): LineNumbers | null {
  const { world, printing: p, digits } = o;
  const open = [...new Set([...freeNames(line.left), ...freeNames(line.right)])].filter(
    (n) => !world.system.sizes.has(n) && !main.has(n),
  );
  const env = assign(open, of.given, new Map(), main, world.sizes);
  if (env === null) return null;
  const map = asIntegers(env, world.sizes);
  const value = evaluate(line.right, world, env);
  const here = unrolled(substitute(line.right, map), world.sizes);
  const whole = place.last && !place.lemma ? wholeOf(line, map, env, o) : null;
  const stated =
    place.last && !place.lemma
      ? { oracle, error: Math.max(Math.abs(value - oracle), whole?.error ?? 0) }
      : null;
  return {
    left: exprFormula(substitute(line.left, map), p),
    substituted: withNumbers(here, (e) => evaluate(e, world, new Map()), p, digits),
    value: numberFormula(value, digits),
    whole: whole === null ? null : whole.formulas,
    remark: remark(value, stated, o, line, map),
    number: value,
    oracle: stated?.oracle ?? null,
    error: stated?.error ?? null,
  };
}

function remark(
  value: number,
  stated: { readonly oracle: number; readonly error: number } | null,
  o: NumberOptions,
  line: Told,
  map: IndexMap,
): LineNumbers['remark'] {
  const { numbers } = o.language;
  if (!Number.isFinite(value)) return numbers.notFinite(exprFormula(substitute(line.left, map), o.printing));
  if (stated !== null) return numbers.oracle(numberFormula(stated.oracle, o.digits), errorText(stated.error));
  return isDerivative(line.right) ? numbers.byOracle() : null;
}

/** Whether nothing but the oracle can say what a line is worth. */
const isDerivative = (e: Expr): boolean => e.kind === 'adjoint' || e.kind === 'jacobian';

interface Whole {
  readonly formulas: NonNullable<LineNumbers['whole']>;
  /** The largest difference from the oracle over the entries shown. */
  readonly error: number;
}

/** All entries of the left side at this stage, by the line's own formula. */
function wholeOf(line: Told, map: IndexMap, env: Env, o: NumberOptions): Whole | null {
  const { world, printing: p } = o;
  const tensor = tensorOf(line.left);
  const slots = slotNames(line.left);
  if (tensor === null || slots.length === 0) return null;
  const stages: IndexMap = new Map([...map].filter(([name]) => !slots.includes(name)));
  const at = substituteTensor(tensor, stages);
  const shape = shapeOf(at, world.system).map((s) => numberOf(s, new Map(), world.sizes));
  if (shape.length !== slots.length) return null;
  const envAt = (values: readonly number[]): Env =>
    new Map([...env, ...slots.map((s, i) => [s, values[i] ?? 1] as const)]);
  const found = new Map(
    shownSlots(shape).map((v) => [v.join(), evaluate(line.right, world, envAt(v))] as const),
  );
  const error = Math.max(
    0,
    ...shownSlots(shape).map((v) =>
      Math.abs((found.get(v.join()) ?? Number.NaN) - evaluate(line.left, world, envAt(v))),
    ),
  );
  const right = wholeFormula(shape, (v) => found.get(v.join()) ?? Number.NaN, o.digits, p.notation.transpose);
  return right === null ? null : { formulas: { left: tensorFormula(at, p), right }, error };
}

/** The tensor whose entry an expression is. */
function tensorOf(e: Expr): Tensor | null {
  if (e.kind === 'entry') return e.of;
  if (e.kind !== 'adjoint') return null;
  return { kind: 'derivative', what: 'adjoint', head: null, of: null, by: e.by.of, cut: [] };
}
