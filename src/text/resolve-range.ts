// The range of a sum that doesn't say it: the size of the slots where its index stands. Reader and printer agree here.

import { type Affine, bareName, mentions } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { mapParts, mapTensorParts, type PartMap } from '../expr/parts.ts';
import { shapeOf } from '../expr/shape.ts';
import type { System } from '../expr/system.ts';

interface Search {
  readonly name: string;
  readonly system: System;
  readonly found: Map<string, Affine>;
  /** A slot whose size runs with an index bound inside: its size is no size of the whole. */
  runs: boolean;
}

/** The different sizes of all slots below `of` where the bare index `name` stands; null where one of them isn't fixed. */
export function slotSizes(of: Expr | Tensor, name: string, system: System): Affine[] | null {
  const search: Search = { name, system, found: new Map(), runs: false };
  if (isExpr(of)) lookInExpr(of, [], search);
  else lookInTensor(of, [], search);
  return search.runs ? null : [...search.found.values()];
}

const TENSORS: ReadonlySet<string> = new Set<Tensor['kind']>([
  'symbol',
  'derivative',
  'transpose',
  'product',
  'chain',
  'slice',
  'hadamard',
  'outer',
  'diag',
  'diagonal',
  'dot',
  'trace',
  'tensorSum',
  'scale',
  'map',
  'tensorPower',
  'ones',
  'identity',
  'stageSum',
]);

/** Whether it is a tensor, not a component expression. */
export const isTensor = (x: Expr | Tensor): x is Tensor => TENSORS.has(x.kind);
const isExpr = (x: Expr | Tensor): x is Expr => !isTensor(x);

const looking = (inner: readonly string[], search: Search): PartMap => ({
  expr: (e) => {
    lookInExpr(e, inner, search);
    return e;
  },
  tensor: (t) => {
    lookInTensor(t, inner, search);
    return t;
  },
  affine: (a) => a,
});

function lookInExpr(e: Expr, inner: readonly string[], search: Search): void {
  if (e.kind === 'sum') {
    if (e.index !== search.name) lookInExpr(e.body, [...inner, e.index], search);
    return;
  }
  if (e.kind === 'entry' && e.slots.some((s) => bareName(s) === search.name)) {
    const shape = shapeOf(e.of, search.system);
    for (const [i, slot] of e.slots.entries()) {
      if (bareName(slot) === search.name) note(shape[i], inner, search);
    }
  }
  mapParts(e, looking(inner, search));
}

function lookInTensor(t: Tensor, inner: readonly string[], search: Search): void {
  if (t.kind === 'symbol') return;
  if (t.kind === 'slice')
    for (const [i, size] of shapeOf(t.of, search.system).entries())
      if (t.at[i] != null && bareName(t.at[i]) === search.name) note(size, inner, search);
  if (t.kind !== 'stageSum') mapTensorParts(t, looking(inner, search));
  else if (t.index !== search.name) lookInTensor(t.of, [...inner, t.index], search);
}

function note(size: Affine | undefined, inner: readonly string[], search: Search): void {
  if (size === undefined) return;
  if (inner.some((name) => mentions(size, name)) || mentions(size, search.name)) search.runs = true;
  search.found.set(size.key, size);
}
