// Lifting a sum over an index: an inner product, a matrix product, a trace.

import { type Affine, bareName } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { entryOf, factorsOf, isNumber, mul } from '../expr/make.ts';
import { tensorKey } from '../expr/substitute.ts';
import { freeNames, tensorFreeNames } from '../expr/walk.ts';
import { entryAt, fits, hadamard, liftRule, product, seen, transpose } from './lift-tensor.ts';

interface Range {
  readonly lo: Affine;
  readonly hi: Affine;
}

/** The plain range of a sum's index, 1 to its size; null where there are other conditions. */
function plainRange(name: string, where: readonly Condition[]): Range | null {
  let lo: Affine | null = null;
  let hi: Affine | null = null;
  for (const c of where) {
    if (c.relation === '<=' && bareName(c.right) === name && c.left.key === '1') lo = c.left;
    else if (c.relation === '<=' && bareName(c.left) === name) hi = c.right;
    else return null;
  }
  return lo === null || hi === null ? null : { lo, hi };
}

interface Vertex {
  /** Order-1 factors at the vertex, loops as their diagonals. */
  readonly hanging: Tensor[];
  readonly loops: Tensor[];
  /** Order-2 factors from the vertex to another, as matrices whose rows are the vertex. */
  readonly edges: { readonly to: string; readonly of: Tensor }[];
  readonly rest: Expr[];
}

function atVertex(factors: readonly Expr[], name: string): Vertex | null {
  const found: Vertex = { hanging: [], loops: [], edges: [], rest: [] };
  for (const f of factors) {
    if (!freeNames(f).has(name)) {
      found.rest.push(f);
      continue;
    }
    const s = seen(f);
    if (s === null || 'scalar' in s || tensorFreeNames(s.of).has(name)) return null;
    const [first, second] = s.slots;
    if (first === name && second === undefined) found.hanging.push(s.of);
    else if (first === name && second === name) found.loops.push(s.of);
    else if (first === name && second !== undefined) addEdge(found.edges, second, s.of);
    else if (first !== undefined) addEdge(found.edges, first, transpose(s.of));
  }
  return found;
}

function addEdge(edges: Vertex['edges'], to: string, of: Tensor): void {
  const at = edges.findIndex((e) => e.to === to);
  const twin = edges[at];
  if (twin === undefined) edges.push({ to, of });
  else edges[at] = { to, of: hadamardOf(twin.of, of) };
}

/** A Hadamard product of matrices with as few transposes as possible. */
function hadamardOf(a: Tensor, b: Tensor): Tensor {
  return a.kind === 'transpose' && b.kind === 'transpose'
    ? transpose(hadamard([a.of, b.of]))
    : hadamard([a, b]);
}

/** sum_k u_k v_k ...: an inner product, a trace, or a sum with ones. */
function closed(v: Vertex, size: Affine): Tensor {
  const [loop] = v.loops;
  if (loop !== undefined && v.loops.length === 1 && v.hanging.length === 0)
    return { kind: 'trace', of: loop };
  const vectors = [...v.hanging, ...v.loops.map((of): Tensor => ({ kind: 'diagonal', of }))];
  const [first, ...others] = vectors;
  if (first === undefined)
    return { kind: 'dot', left: { kind: 'ones', size }, right: { kind: 'ones', size } };
  if (others.length === 0) {
    if (first.kind === 'tensorPower' && isNumber(first.exponent, 2))
      return { kind: 'dot', left: first.base, right: first.base };
    return { kind: 'dot', left: { kind: 'ones', size }, right: first };
  }
  return { kind: 'dot', left: first, right: hadamard(others) };
}

const hung = (v: Vertex): Tensor | null => {
  const vectors = [...v.hanging, ...v.loops.map((of): Tensor => ({ kind: 'diagonal', of }))];
  return vectors.length === 0 ? null : hadamard(vectors);
};

export const contract = liftRule('contract', 'step', 'sum_k w_kj d_k -> [w^T d]_j', (e, args, ctx) => {
  if (e.kind !== 'sum') return null;
  const range = plainRange(e.index, e.where);
  const v = range === null ? null : atVertex(factorsOf(e.body), e.index);
  if (range === null || v === null || v.edges.length > 2) return null;
  const [one, two] = v.edges;
  if (one === undefined) return mul(...v.rest, entryOf(closed(v, range.hi), []));
  const u = hung(v);
  if (two === undefined) {
    const vector: Tensor = u ?? { kind: 'ones', size: range.hi };
    return mul(...v.rest, entryAt(product([transpose(one.of), vector]), [one.to]));
  }
  const [left, right] = inOrder(one, two, args.slots ?? []) ? [one, two] : [two, one];
  const middle: Tensor[] = u === null ? [] : [{ kind: 'diag', of: u }];
  const matrix = product([transpose(left.of), ...middle, right.of]);
  if (!fits(matrix, ctx.system)) return null;
  return mul(...v.rest, entryAt(matrix, [left.to, right.to]));
});

/** Rows before columns as the left side has them; otherwise whichever needs fewer transposes. */
function inOrder(
  one: Vertex['edges'][number],
  two: Vertex['edges'][number],
  slots: readonly string[],
): boolean {
  const a = slots.indexOf(one.to);
  const b = slots.indexOf(two.to);
  if (a >= 0 && b >= 0) return a < b;
  const cost = (first: Tensor, second: Tensor): number =>
    (transpose(first).kind === 'transpose' ? 1 : 0) + (second.kind === 'transpose' ? 1 : 0);
  return cost(one.of, two.of) <= cost(two.of, one.of);
}

/** sum_i sum_j A_ij B_ij: the inner sum closes a cycle, so that the outer one becomes a trace. */
export const closeCycle = liftRule('close-cycle', 'step', 'sum_i sum_j A_ij B_ij -> tr(A B^T)', (e) => {
  if (e.kind !== 'sum' || e.body.kind !== 'sum') return null;
  const outer = plainRange(e.index, e.where);
  const inner = plainRange(e.body.index, e.body.where);
  const factors = factorsOf(e.body.body);
  const two = factors.filter((f) => freeNames(f).has(e.index));
  if (outer === null || inner === null || two.length !== 2) return null;
  const oriented = two.map((f) => orientedMatrix(f, e.index, e.body.kind === 'sum' ? e.body.index : ''));
  const [a, b] = oriented;
  if (a == null || b == null || tensorKey(a) === tensorKey(b)) return null;
  const rest = factors.filter((f) => !two.includes(f));
  return mul(...rest, entryOf({ kind: 'trace', of: product([a, transpose(b)]) }, []));
});

function orientedMatrix(e: Expr, row: string, column: string): Tensor | null {
  const s = seen(e);
  if (s === null || 'scalar' in s || s.slots.length !== 2) return null;
  if (s.slots[0] === row && s.slots[1] === column) return s.of;
  return s.slots[0] === column && s.slots[1] === row ? transpose(s.of) : null;
}
