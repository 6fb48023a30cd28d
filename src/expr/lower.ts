// Lowering: an entry of a compound tensor as a component expression. One small total function.

import { type Affine, collectNames, index, integer } from './affine.ts';
import { between, equal, substituteCondition } from './condition.ts';
import { unreachable } from './error.ts';
import type { ChainTensor, DerivativeTensor, DotTensor, Expr, SymbolEntry, Tensor } from './expr.ts';
import { add, adjoint, entryOf, guard, mul, NUM1, power, sum } from './make.ts';
import { mapParts } from './parts.ts';
import { shapeOf } from './shape.ts';
import { freshName, substituteTensor } from './substitute.ts';
import type { System } from './system.ts';
import { tensorFreeNames } from './walk.ts';

const NAMES = ['k', 'i', 'm', 'p', 'q', 'r', 's', 'u', 'v'];

/** A sum over all entries along a slot of size `size`, with an index that stands nowhere in what it runs over. */
function over(
  size: Affine,
  taken: ReadonlySet<string>,
  body: (i: Affine, taken: ReadonlySet<string>) => Expr,
): Expr {
  const name = freshName(NAMES, taken);
  return sum(name, between(integer(1), index(name), size), body(index(name), new Set([...taken, name])));
}

function namesAround(
  ts: readonly Tensor[],
  slots: readonly Affine[],
  taken: ReadonlySet<string>,
  system: System,
): Set<string> {
  const names = new Set([...taken, ...system.sizes.keys()]);
  for (const t of ts) for (const n of tensorFreeNames(t)) names.add(n);
  for (const s of slots) collectNames(s, names);
  return names;
}

function lowerDerivative(t: DerivativeTensor, slots: readonly Affine[], system: System): Expr {
  const order = t.of === null ? 0 : shapeOf(t.of, system).length;
  const by: SymbolEntry = { kind: 'entry', of: t.by, slots: slots.slice(order) };
  if (t.what === 'head' && t.head !== null) return { kind: 'head', name: t.head.name, args: t.head.args, by };
  if (t.what === 'adjoint' || t.of === null) return adjoint(by);
  return { kind: 'jacobian', of: { kind: 'entry', of: t.of, slots: slots.slice(0, order) }, by, cut: t.cut };
}

function lowerProduct(
  args: readonly Tensor[],
  slots: readonly Affine[],
  system: System,
  taken: ReadonlySet<string>,
): Expr {
  const [first, ...rest] = args;
  if (first === undefined) return NUM1;
  const [row, ...column] = slots;
  if (rest.length === 0 || row === undefined) return lowerEntry(first, slots, system, taken);
  const inner = shapeOf(first, system)[1] ?? integer(1);
  return over(inner, namesAround(args, slots, taken, system), (i, t) =>
    mul(lowerEntry(first, [row, i], system, t), lowerProduct(rest, [i, ...column], system, t)),
  );
}

/** The slots of a slice's tensor: those that are fixed, and in the open ones those of the slice. */
function filled(at: readonly (Affine | null)[], slots: readonly Affine[]): readonly Affine[] {
  const open = [...slots];
  return at.map((a) => a ?? open.shift() ?? integer(1));
}

function lowerDot({ left, right }: DotTensor, names: ReadonlySet<string>, system: System): Expr {
  const size = shapeOf(left, system)[0] ?? integer(1);
  return over(size, names, (i, n) =>
    mul(lowerEntry(left, [i], system, n), lowerEntry(right, [i], system, n)),
  );
}

/** What stands before the last derivative of a chain, times that derivative, added up over all entries of what they share. */
function lowerChain(
  { first, rest }: ChainTensor,
  slots: readonly Affine[],
  system: System,
  taken: ReadonlySet<string>,
): Expr {
  const last = rest.at(-1);
  if (last === undefined) return lowerEntry(first, slots, system, taken);
  const before: ChainTensor = { kind: 'chain', first, rest: rest.slice(0, -1) };
  const at = slots.length - shapeOf(last.by, system).length;
  const along = (sizes: readonly Affine[], link: readonly Affine[], names: ReadonlySet<string>): Expr => {
    const [size, ...more] = sizes;
    if (size !== undefined) return over(size, names, (i, inside) => along(more, [...link, i], inside));
    return mul(
      lowerChain(before, [...slots.slice(0, at), ...link], system, names),
      lowerDerivative(last, [...link, ...slots.slice(at)], system),
    );
  };
  const link = last.of === null ? [] : shapeOf(last.of, system);
  return along(link, [], namesAround([first, ...rest], slots, taken, system));
}

/** The entry of `t` at `slots` in components; names in `taken` are not used for new bound indices. */
export function lowerEntry(
  t: Tensor,
  slots: readonly Affine[],
  system: System,
  taken: ReadonlySet<string> = new Set(),
): Expr {
  const lower = (of: Tensor, at: readonly Affine[], names = taken): Expr => lowerEntry(of, at, system, names);
  const [row = integer(1), column = integer(1)] = slots;
  switch (t.kind) {
    case 'symbol':
      return entryOf(t, slots);
    case 'derivative':
      return lowerDerivative(t, slots, system);
    case 'transpose':
      return lower(t.of, [...slots].reverse());
    case 'product':
      return lowerProduct(t.args, slots, system, taken);
    case 'chain':
      return lowerChain(t, slots, system, taken);
    case 'hadamard':
      return mul(...t.args.map((a) => lower(a, slots)));
    case 'tensorSum':
      return add(...t.args.map((a) => lower(a, slots)));
    case 'outer':
      return mul(lower(t.left, [row]), lower(t.right, [column]));
    case 'diag':
      return row.key === column.key ? lower(t.of, [row]) : mul(lower(t.of, [row]), guard(equal(row, column)));
    case 'diagonal':
      return lower(t.of, [row, row]);
    case 'dot':
      return lowerDot(t, namesAround([t.left, t.right], slots, taken, system), system);
    case 'trace': {
      const size = shapeOf(t.of, system)[0] ?? integer(1);
      return over(size, namesAround([t.of], slots, taken, system), (i, n) => lower(t.of, [i, i], n));
    }
    case 'scale':
      return mul(lowerAll(t.by, system, taken), lower(t.of, slots));
    case 'map':
      return { kind: 'call', fn: t.fn, args: [lower(t.of, slots)] };
    case 'tensorPower':
      return power(lower(t.base, slots), lowerAll(t.exponent, system, taken));
    case 'ones':
      return NUM1;
    case 'identity':
      return row.key === column.key ? NUM1 : guard(equal(row, column));
    case 'slice':
      return lower(t.of, filled(t.at, slots));
    case 'stageSum': {
      const names = namesAround([t], slots, taken, system);
      const name = freshName([t.index, ...NAMES], names);
      const map = new Map([[t.index, index(name)]]);
      const of = name === t.index ? t.of : substituteTensor(t.of, map);
      const where = t.where.map((c) => substituteCondition(c, map));
      return sum(name, where, lower(of, slots, new Set([...names, name])));
    }
    default:
      return unreachable(t);
  }
}

/** Every entry of a compound tensor in `e` lowered. */
export function lowerAll(e: Expr, system: System, taken: ReadonlySet<string> = new Set()): Expr {
  if (e.kind === 'entry') return e.of.kind === 'symbol' ? e : lowerEntry(e.of, e.slots, system, taken);
  const inside = e.kind === 'sum' ? new Set([...taken, e.index]) : taken;
  return mapParts(e, { expr: (c) => lowerAll(c, system, inside), tensor: (t) => t, affine: (a) => a });
}
