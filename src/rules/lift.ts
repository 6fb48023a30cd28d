// Lifting: each rule removes one binder, or joins factors or terms, and leaves one compound entry more.

import { type Affine, bareName, collectNames, index } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { EntryExpr, Expr, Tensor } from '../expr/expr.ts';
import { entryOf, factorsOf, isNumber, mul, NUM1, symbol, termsOf } from '../expr/make.ts';
import { shapeOf } from '../expr/shape.ts';
import { tensorKey } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { freeNames, tensorFreeNames, visit } from '../expr/walk.ts';
import type { Rule, RuleId } from './rule.ts';

/** A factor seen as a scalar, or as an entry whose slots are all bare indices. */
type Seen = { readonly scalar: Expr } | { readonly of: Tensor; readonly slots: readonly string[] };

function seen(e: Expr): Seen | null {
  if (e.kind !== 'entry') return slotNames(e).size === 0 ? { scalar: e } : null;
  if (e.slots.length === 0) return { scalar: e };
  const slots = e.slots.map(bareName);
  if (slots.length > 2 || slots.some((s) => s === null)) return null;
  return { of: e.of, slots: slots.flatMap((s) => (s === null ? [] : [s])) };
}

/** The names that stand free in slots of entries and in conditions below `e`: not those of sizes and stages. */
function slotNames(e: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  const free = freeNames(e);
  visit(e, (c) => {
    const slots =
      c.kind === 'entry' ? c.slots : c.kind === 'guard' ? c.where.flatMap((w) => [w.left, w.right]) : [];
    for (const slot of slots) collectNames(slot, names);
  });
  return new Set([...names].filter((n) => free.has(n)));
}

/** A^T, with the transpose carried into products: (A B)^T = B^T A^T. */
export function transpose(t: Tensor): Tensor {
  switch (t.kind) {
    case 'transpose':
      return t.of;
    case 'diag':
    case 'identity':
      return t;
    case 'product':
      return product([...t.args].reverse().map(transpose));
    case 'outer':
      return { kind: 'outer', left: t.right, right: t.left };
    default:
      return { kind: 'transpose', of: t };
  }
}

const entryAt = (of: Tensor, slots: readonly string[]): EntryExpr =>
  entryOf(
    of,
    slots.map((s) => index(s)),
  );

/** Compound products come first in a Hadamard product. */
const isCompound = (t: Tensor): boolean => t.kind === 'product' || t.kind === 'outer';

export function hadamard(args: readonly Tensor[]): Tensor {
  const flat = args.flatMap((a) => (a.kind === 'hadamard' ? a.args : [a]));
  const [only] = flat;
  if (only !== undefined && flat.length === 1) return only;
  return { kind: 'hadamard', args: [...flat.filter(isCompound), ...flat.filter((a) => !isCompound(a))] };
}

export function product(args: readonly Tensor[]): Tensor {
  const flat = args.flatMap((a) => (a.kind === 'product' ? a.args : [a]));
  const [only] = flat;
  return only !== undefined && flat.length === 1 ? only : { kind: 'product', args: flat };
}

const scaled = (by: Expr, of: Tensor): Tensor => (isNumber(by, 1) ? of : { kind: 'scale', by, of });

const liftRule = (id: RuleId, kind: Rule['kind'], example: string, apply: Rule['apply']): Rule => ({
  id,
  kind,
  example,
  apply,
});

/** Derivatives, functions and powers of entries, and deltas, are entries of tensors themselves. */
const liftEntry = liftRule('entry-of-tensor', 'tidy', "sigma'(z_j) -> [sigma'(z)]_j", (e) => {
  switch (e.kind) {
    case 'adjoint':
      return e.by.slots.length === 0
        ? null
        : entryOf(
            { kind: 'derivative', what: 'adjoint', head: null, of: null, by: e.by.of, cut: [] },
            e.by.slots,
          );
    case 'head':
      return entryOf(
        {
          kind: 'derivative',
          what: 'head',
          head: { name: e.name, args: e.args },
          of: null,
          by: e.by.of,
          cut: [],
        },
        e.by.slots,
      );
    case 'jacobian': {
      const t: Tensor = {
        kind: 'derivative',
        what: 'jacobian',
        head: null,
        of: e.of.of,
        by: e.by.of,
        cut: e.cut,
      };
      return entryOf(t, [...e.of.slots, ...e.by.slots]);
    }
    case 'call': {
      const [arg] = e.args;
      if (arg?.kind !== 'entry' || e.args.length !== 1 || arg.slots.length === 0) return null;
      return entryOf({ kind: 'map', fn: e.fn, of: arg.of }, arg.slots);
    }
    case 'power':
      if (e.base.kind !== 'entry' || e.base.slots.length === 0 || slotNames(e.exponent).size > 0) return null;
      return entryOf({ kind: 'tensorPower', base: e.base.of, exponent: e.exponent }, e.base.slots);
    default:
      return null;
  }
});

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

const contract = liftRule('contract', 'step', 'sum_k w_kj d_k -> [w^T d]_j', (e, args, ctx) => {
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

function fits(t: Tensor, system: System): boolean {
  try {
    shapeOf(t, system);
    return true;
  } catch {
    return false;
  }
}

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
const closeCycle = liftRule('close-cycle', 'step', 'sum_i sum_j A_ij B_ij -> tr(A B^T)', (e) => {
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

interface Parts {
  readonly scalars: Expr[];
  readonly vectors: Map<string, Tensor[]>;
  readonly matrices: { readonly slots: readonly string[]; readonly of: Tensor }[];
}

function partsOf(e: Expr): Parts | null {
  const parts: Parts = { scalars: [], vectors: new Map(), matrices: [] };
  for (const f of factorsOf(e)) {
    if (f.kind === 'guard') {
      const delta = deltaSlots(f);
      if (delta === null) return null;
      parts.matrices.push(delta);
      continue;
    }
    const s = seen(f);
    if (s === null) return null;
    if ('scalar' in s) parts.scalars.push(s.scalar);
    else if (s.slots.length === 1 && s.slots[0] !== undefined)
      parts.vectors.set(s.slots[0], [...(parts.vectors.get(s.slots[0]) ?? []), s.of]);
    else if (s.slots[0] === s.slots[1] && s.slots[0] !== undefined)
      parts.vectors.set(s.slots[0], [
        ...(parts.vectors.get(s.slots[0]) ?? []),
        { kind: 'diagonal', of: s.of },
      ]);
    else parts.matrices.push({ slots: s.slots, of: s.of });
  }
  return parts;
}

function deltaSlots(f: Expr): { slots: string[]; of: Tensor } | null {
  const [c] = f.kind === 'guard' && f.where.length === 1 ? f.where : [];
  const left = c?.relation === '=' ? bareName(c.left) : null;
  const right = c?.relation === '=' ? bareName(c.right) : null;
  // The size is put in where the other factors or the left side tell it.
  return left === null || right === null ? null : { slots: [left, right], of: symbol('#identity') };
}

/** The sizes of the indices that stand free, as the context's ranges give them. */
export function sizeOf(name: string, given: readonly Condition[]): Affine | null {
  for (const c of given) if (c.relation === '<=' && bareName(c.left) === name) return c.right;
  return null;
}

/** A product's factors joined over the indices `slots`: scale, Hadamard, diag, outer. */
function joined(e: Expr, slots: readonly string[], given: readonly Condition[]): Tensor | null {
  const parts = partsOf(e);
  if (parts === null) return null;
  const names = new Set([...parts.vectors.keys(), ...parts.matrices.flatMap((m) => m.slots)]);
  if ([...names].some((n) => !slots.includes(n))) return null;
  const of =
    slots.length === 1
      ? joinedVector(parts, slots, given)
      : slots.length === 2
        ? joinedMatrix(parts, slots, given)
        : null;
  return of === null ? null : scaled(parts.scalars.length === 0 ? NUM1 : mul(...parts.scalars), of);
}

const ones = (name: string | undefined, given: readonly Condition[]): Tensor | null => {
  const size = name === undefined ? null : sizeOf(name, given);
  return size === null ? null : { kind: 'ones', size };
};

function joinedVector(parts: Parts, slots: readonly string[], given: readonly Condition[]): Tensor | null {
  if (parts.matrices.length > 0) return null;
  const vectors = parts.vectors.get(slots[0] ?? '') ?? [];
  return vectors.length === 0 ? ones(slots[0], given) : hadamard(vectors);
}

function joinedMatrix(parts: Parts, slots: readonly string[], given: readonly Condition[]): Tensor | null {
  const [row = '', column = ''] = slots;
  const rows = parts.vectors.get(row) ?? [];
  const columns = parts.vectors.get(column) ?? [];
  const size = sizeOf(row, given);
  const matrices = parts.matrices.map((m): Tensor | null => {
    const of: Tensor | null =
      m.of.kind === 'symbol' && m.of.name === '#identity'
        ? size === null
          ? null
          : { kind: 'identity', size }
        : m.of;
    return of === null || m.slots[0] === row ? of : transpose(of);
  });
  if (matrices.some((m) => m === null)) return null;
  const left = rows.length === 0 ? null : hadamard(rows);
  const right = columns.length === 0 ? null : hadamard(columns);
  if (matrices.length === 0) {
    const u = left ?? ones(row, given);
    const v = right ?? ones(column, given);
    return u === null || v === null ? null : { kind: 'outer', left: u, right: v };
  }
  const known = matrices.flatMap((m) => (m === null ? [] : [m]));
  const identity = known.find((m) => m.kind === 'identity');
  if (identity !== undefined && known.length === 1 && (left !== null || right !== null))
    return {
      kind: 'diag',
      of: hadamard([...(left === null ? [] : [left]), ...(right === null ? [] : [right])]),
    };
  const diag = (of: Tensor | null): Tensor[] => (of === null ? [] : [{ kind: 'diag', of }]);
  return product([...diag(left), hadamard(known), ...diag(right)]);
}

/** The indices a bracket is lifted over: those of the left side in its order, then others as they come. */
export function openSlots(e: Expr, slots: readonly string[]): string[] {
  const names = new Set<string>();
  for (const t of termsOf(e))
    for (const f of factorsOf(t)) {
      const s = f.kind === 'guard' ? deltaSlots(f) : seen(f);
      if (s !== null && 'slots' in s) for (const n of s.slots) names.add(n);
    }
  return [...slots.filter((s) => names.has(s)), ...[...names].filter((n) => !slots.includes(n))];
}

const liftProduct = liftRule(
  'join-factors',
  'step',
  "[w^T d]_j sigma'(z_j) -> [(w^T d) .* sigma'(z)]_j",
  (e, args, ctx) => {
    const slots = args.slots ?? [];
    if ((e.kind !== 'mul' && e.kind !== 'entry' && e.kind !== 'guard') || slots.length === 0) return null;
    const of = joined(e, slots, ctx.given);
    return of === null || !fits(of, ctx.system) ? null : entryAt(of, slots);
  },
);

const liftTerms = liftRule('join-terms', 'step', 'a_j - y_j -> [a - y]_j', (e, args, ctx) => {
  const slots = args.slots ?? [];
  if (e.kind !== 'add' || slots.length === 0) return null;
  const terms = e.args.map((t) => joined(t, slots, ctx.given));
  const known = terms.flatMap((t) => (t === null ? [] : [t]));
  const of: Tensor = {
    kind: 'tensorSum',
    args: known.flatMap((t) => (t.kind === 'tensorSum' ? t.args : [t])),
  };
  return known.length < terms.length || !fits(of, ctx.system) ? null : entryAt(of, slots);
});

/** A term as a scalar times a chain of matrices. */
function chainOf(t: Tensor): { readonly by: Expr | null; readonly chain: readonly Tensor[] } {
  if (t.kind === 'scale') return { by: t.by, chain: chainOf(t.of).chain };
  if (t.kind === 'product') return { by: null, chain: t.args };
  return { by: null, chain: t.kind === 'outer' ? [t.left, { kind: 'transpose', of: t.right }] : [t] };
}

/** A chain put together again: a column times a row is an outer product. */
function fromChain(by: Expr | null, chain: readonly Tensor[]): Tensor {
  const [first, second] = chain;
  const row = second?.kind === 'transpose' && chain.length === 2 ? second.of : null;
  const isRow = row !== null && first !== undefined && row.kind !== 'transpose';
  const of: Tensor =
    isRow && first !== undefined && row !== null
      ? { kind: 'outer', left: first, right: row }
      : product(chain);
  return by === null ? of : scaled(by, of);
}

/** The sum of chains without the matrix that all of them have at one end; null where they share none. */
function takenOut(terms: readonly Tensor[], end: 'first' | 'last', system: System): Tensor | null {
  const chains = terms.map(chainOf);
  const at = end === 'first' ? 0 : -1;
  const shared = chains[0]?.chain.at(at);
  if (
    shared === undefined ||
    chains.some((c) => c.chain.length < 2 || tensorKey(c.chain.at(at) ?? shared) !== tensorKey(shared))
  )
    return null;
  const rest = chains.map(({ by, chain }) => {
    const of = product(end === 'first' ? chain.slice(1) : chain.slice(0, -1));
    return by === null ? of : scaled(by, of);
  });
  const sum: Tensor = { kind: 'tensorSum', args: rest };
  const whole = fromChain(null, end === 'first' ? [shared, sum] : [sum, shared]);
  return fits(whole, system) ? whole : null;
}

/** A x + A^T x = (A + A^T) x. */
const liftCommonFactor = liftRule(
  'common-tensor-factor',
  'step',
  '[A x + A^T x]_j -> [(A + A^T) x]_j',
  (e, _args, ctx) => {
    if (e.kind !== 'entry' || e.of.kind !== 'tensorSum') return null;
    const { args } = e.of;
    const of = takenOut(args, 'last', ctx.system) ?? takenOut(args, 'first', ctx.system);
    return of === null ? null : entryOf(of, e.slots);
  },
);

/** A bound stage index leaves the entry as a sum of tensors. */
const liftStageSum = liftRule(
  'sum-of-tensors',
  'step',
  'sum_t [u_t v_t^T]_jk -> [sum_t u_t v_t^T]_jk',
  (e) => {
    if (e.kind !== 'sum' || e.body.kind !== 'entry') return null;
    if (e.body.slots.some((s) => bareName(s) === null || bareName(s) === e.index)) return null;
    if (!tensorFreeNames(e.body.of).has(e.index)) return null;
    return entryOf({ kind: 'stageSum', index: e.index, where: e.where, of: e.body.of }, e.body.slots);
  },
);

/** An expression free of the left side's indices is the same in every entry. */
const constantEntry = liftRule('constant-entry', 'tidy', 'c -> [c 1]_j', (e, args, ctx) => {
  const slots = args.slots ?? [];
  const all = slots.map((s) => ones(s, ctx.given));
  const [u, v] = all;
  if (u == null || slots.some((s) => freeNames(e).has(s)) || all.some((o) => o === null)) return null;
  return entryAt(scaled(e, v == null ? u : { kind: 'outer', left: u, right: v }), slots);
});

export const liftRules: readonly Rule[] = [
  constantEntry,
  liftEntry,
  closeCycle,
  contract,
  liftProduct,
  liftTerms,
  liftCommonFactor,
  liftStageSum,
];
