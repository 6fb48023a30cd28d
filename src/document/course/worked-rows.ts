// One entry of a quantity worked out: its formula, the numbers put in, what comes out; then the whole vector or matrix.

import type { NamedValues } from '../../engine/evaluated.ts';
import { type Affine, bareName, index, integer } from '../../expr/affine.ts';
import { equal } from '../../expr/condition.ts';
import type { Expr } from '../../expr/expr.ts';
import { adjoint, entry, isSymbolEntry } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import { definitionOf } from '../../expr/system.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import type { World } from '../../numeric/world.ts';
import { asIntegers, holds, numberOf } from '../assign.ts';
import type { Display, DisplayRow } from '../blocks.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula } from '../formulas.ts';
import { valueRow } from '../network-section.ts';
import type { SectionContext } from '../section.ts';
import { unrolled, withNumbers } from '../unroll.ts';
import { ON } from './parts.ts';
import { chained, withParts } from './put-in.ts';
import { tensorOf } from './run-values.ts';

/** The quantities, each worked out for one entry and then whole. `asks`: the numbers are what a reader may be asked for. */
export function workedDisplay(
  list: readonly NamedValues[],
  world: World,
  context: SectionContext,
): Display | null {
  const { printing, digits } = context.options;
  const rows = list.flatMap((v): DisplayRow[] => [
    ...entryRows(v, world, context),
    ...(v.entries.length === 1 ? [] : valueRow(tensorOf(v), v, { world, printing, digits })),
  ]);
  return rows.length === 0 ? null : { kind: 'display', id: null, rows, tag: null, asks: 'numbers' };
}

function entryRows(v: NamedValues, world: World, context: SectionContext): DisplayRow[] {
  const { printing: p, digits } = context.options;
  const slots = chosenSlots(v, context.options.entry);
  const left = entryOf(v, slots);
  const right = rightOf(left, world, context);
  if (right === null) return [];
  const value = numberFormula(evaluate(left, world), digits);
  const numbers = withNumbers(unrolled(right, world.sizes), (e) => evaluate(e, world), p, digits);
  const name = exprFormula(left, p);
  if (right.kind === 'number') return [{ left: name, right: value, where: null }];
  if (right.kind === 'call') {
    const put = withParts(right, isSymbolEntry, { world, printing: p, digits });
    return [{ left: name, right: chained(exprFormula(right, p), put, value), where: null }];
  }
  if (numbers === null) return [{ left: name, right: chained(exprFormula(right, p), value), where: null }];
  return [
    { left: name, right: exprFormula(right, p), where: null },
    { left: ON, right: chained(numbers, value), where: null },
  ];
}

/** The entry that is worked out: the one asked for where there is one, else the first. */
const chosenSlots = (v: NamedValues, wanted: readonly number[] | null): number[] =>
  v.shape.map((size, i) => {
    const slot = wanted?.[i] ?? 1;
    return slot <= size ? slot : 1;
  });

function entryOf(v: NamedValues, slots: readonly number[]): Expr {
  const e = entry(v.tensor, v.stage.map(integer), slots.map(integer));
  return v.name.startsWith('dC/d') ? adjoint(e) : e;
}

/** What an entry at numbers is: by its equation, or by the statement derived for it, this network's functions put in. */
function rightOf(left: Expr, world: World, { network, results }: SectionContext): Expr | null {
  const bare = asIntegers(new Map(), world.sizes);
  if (isSymbolEntry(left) && network.system.tensors.get(left.of.name)?.kind === 'variable') {
    const known = [...world.sizes].map(([key, n]) => equal(sizeOf(key), integer(n)));
    const right = definitionOf(network.system, left, known);
    return right === null ? null : substitute(right, bare);
  }
  for (const r of results) {
    if (r.system !== network.system) continue;
    for (const c of r.cases) {
      const map = matched(c.derivation.left, left, world);
      if (map === null || !c.derivation.given.every((g) => holds(g, map, world.sizes) !== false)) continue;
      return substitute(c.special?.derivation.right ?? c.derivation.right, asIntegers(map, world.sizes));
    }
  }
  return null;
}

function sizeOf(key: string): Affine {
  const [, name = key, at] = /^([^[]+)\[([\d,]+)\]$/.exec(key) ?? [];
  return index(name, at === undefined ? [] : at.split(',').map((s) => integer(Number(s))));
}

/** What a statement's indices are at an entry with numbers; null where it is about another quantity or stage. */
function matched(statement: Expr, at: Expr, world: World): Map<string, number> | null {
  const [own, other] = [statement, at].map((e) => (e.kind === 'adjoint' ? e.by : e));
  if (statement.kind !== at.kind || own === undefined || other === undefined) return null;
  if (!isSymbolEntry(own) || !isSymbolEntry(other) || own.of.name !== other.of.name) return null;
  const map = new Map<string, number>();
  const forms = [...own.of.stage, ...own.slots];
  const values = [...other.of.stage, ...other.slots].map((a) => a.constant);
  for (const [i, form] of forms.entries()) {
    const name = bareName(form);
    const value = values[i] ?? Number.NaN;
    if (name !== null && !world.system.sizes.has(name)) map.set(name, value);
    else if (numberOf(form, new Map(), world.sizes) !== value) return null;
  }
  return map;
}
