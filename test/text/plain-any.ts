// Random expressions and tensors over a small system, of every kind that can be printed, in the form the reader gives.

import fc from 'fast-check';
import { type Affine, index, integer, mentions, minus, plus, scale, shift } from '../../src/expr/affine.ts';
import { atMost, between, type Condition, equal } from '../../src/expr/condition.ts';
import type {
  CutMember,
  Expr,
  FunctionHead,
  SymbolEntry,
  SymbolTensor,
  Tensor,
} from '../../src/expr/expr.ts';
import {
  add,
  call,
  entry,
  entryOf,
  guard,
  head,
  mul,
  num,
  opaque,
  power,
  sum,
  symbol,
} from '../../src/expr/make.ts';
import type { System, TensorDecl } from '../../src/expr/system.ts';
import { sizesAt } from '../../src/expr/system.ts';

const n = (stage: Affine): Affine => index('n', [stage]);
const [l, L, m] = [index('l'), index('L'), index('m')];
const decl = (name: string, stage: string[], size: Affine[]): TensorDecl => ({
  name,
  stage,
  size,
  kind: 'input',
});

const decls: readonly TensorDecl[] = [
  decl('w', ['l'], [n(l), n(shift(l, -1))]),
  decl('z', ['l'], [n(l)]),
  decl('a', ['l'], [n(l)]),
  { name: 'delta', stage: ['l'], size: [n(l)], kind: 'error', of: 'z' },
  decl('h', ['t'], [m]),
  decl('U', ['l', 't'], [m, m]),
  decl('v', [], [m]),
  decl('S', [], [m, m]),
  decl('B', [], [m, L]),
  decl('q', [], [m, L, m]),
  decl('lambda', [], []),
  decl('c', ['l'], []),
  decl('C', [], []),
];

/** Tensors of every order, with and without stages; sizes with and without; known and unknown functions. */
export const system: System = {
  tensors: new Map(decls.map((d) => [d.name, d])),
  equations: [{ lhs: entry('C', [], []), rhs: opaque('C', [symbol('a', [L])]), indices: [], where: [] }],
  functions: ['sigma', 'f'].map((name) => ({ name, stage: null, param: 'z', body: null })),
  loss: 'C',
  sizes: new Map([
    ['n', 1],
    ['L', 0],
    ['m', 0],
  ]),
  given: [],
  identities: [],
};

type Gen = fc.GeneratorValue;
const upTo = (g: Gen, most: number): number => g(fc.nat, most);
const pick = <T>(g: Gen, items: readonly T[]): T => items[upTo(g, items.length - 1)]!;

/** Names of indices: some are names of tensors, functions and of syntax too. */
const NAMES = ['i', 'j', 'k', 'd', 'w', 'sigma', 'sum', 'e', 'pi', 'dz'];

function affine(g: Gen): Affine {
  const name = (): Affine => index(pick(g, NAMES));
  switch (upTo(g, 7)) {
    case 0:
      return integer(upTo(g, 4));
    case 1:
      return shift(name(), upTo(g, 4) - 2);
    case 2:
      return plus(name(), shift(scale(name(), 2), -1));
    case 3:
      return minus(integer(3), name());
    case 4:
      return pick(g, [L, m, n(L), n(shift(l, -1))]);
    default:
      return name();
  }
}

function condition(g: Gen): Condition {
  return pick(g, [equal, atMost])(affine(g), affine(g));
}

const conditions = (g: Gen): Condition[] => Array.from({ length: 1 + upTo(g, 2) }, () => condition(g));

function number(g: Gen): Expr {
  return pick(g, [
    num(upTo(g, 12) - 4),
    num(upTo(g, 12) - 4),
    num(upTo(g, 9) - 4, 1 + upTo(g, 6)),
    num(1, 100),
    num(-7, 1000),
  ]);
}

const stages = (g: Gen, name: string): Affine[] =>
  (system.tensors.get(name)?.stage ?? []).map(() => affine(g));

function symbolEntry(g: Gen): SymbolEntry {
  const d = pick(g, decls);
  return entry(
    d.name,
    stages(g, d.name),
    d.size.map(() => affine(g)),
  );
}

const wholeTensor = (g: Gen): SymbolTensor => {
  const { name } = pick(g, decls);
  return symbol(name, stages(g, name));
};

const cutOf = (g: Gen): CutMember[] =>
  Array.from({ length: upTo(g, 2) }, () => {
    const { name } = pick(g, decls);
    return { name, stage: stages(g, name).map((s) => (g(fc.boolean) ? s : null)) };
  });

function functionHead(g: Gen): FunctionHead {
  const name = pick(g, ['sigma', 'f', 'exp', 'log', 'tanh', 'abs', 'pos', 'nonneg', 'sign']);
  const own = name === 'sigma' || name === 'f';
  return head(name, own ? upTo(g, 2) : upTo(g, 5) === 0 ? 1 : 0, own && g(fc.boolean) ? affine(g) : null);
}

const many = <T>(g: Gen, one: () => T): T[] => Array.from({ length: 2 + upTo(g, 1) }, one);

/** A component expression: sums and products flat, as the constructors make them. */
export function anyExpr(g: Gen, depth: number): Expr {
  const next = (): Expr => anyExpr(g, depth - 1);
  if (depth <= 0) return leaf(g);
  switch (upTo(g, 12)) {
    case 0:
    case 1:
      return add(...many(g, next));
    case 2:
    case 3:
    case 4:
      return mul(...many(g, next));
    case 5:
      return power(next(), pick(g, [num(-1), num(2), num(1, 2), num(-2), number(g), next()]));
    case 6:
      return pick(g, [call(functionHead(g), next()), call('max', next(), next()), call('pi')]);
    case 7:
    case 8:
      return anySum(g, next());
    case 9:
      return { kind: 'partial', of: next(), by: symbolEntry(g) };
    case 10:
      return compoundEntry(g, depth - 1);
    default:
      return leaf(g);
  }
}

function leaf(g: Gen): Expr {
  const unknown = (): { name: string; args: SymbolTensor[] } => ({
    name: pick(g, ['C', 'C0']),
    args: pick(g, [[symbol('a', [L])], [wholeTensor(g), wholeTensor(g)]]),
  });
  switch (upTo(g, 11)) {
    case 0:
    case 1:
      return number(g);
    case 2:
      return { kind: 'size', value: affine(g) };
    case 3:
      return guard(...conditions(g).slice(upTo(g, 1)));
    case 4:
      return guard(equal(index(pick(g, NAMES)), index(pick(g, NAMES))));
    case 5:
      return { kind: 'opaque', ...unknown() };
    case 6:
      return { kind: 'head', ...unknown(), by: symbolEntry(g) };
    case 7:
      return { kind: 'adjoint', by: symbolEntry(g) };
    case 8:
      return { kind: 'jacobian', of: symbolEntry(g), by: symbolEntry(g), cut: cutOf(g) };
    default:
      return symbolEntry(g);
  }
}

/** A sum over the range that its slots show, over bounds, or under conditions. */
function anySum(g: Gen, body: Expr): Expr {
  const name = pick(g, NAMES);
  const k = index(name);
  const bounds = (): Affine => {
    const a = affine(g);
    return mentions(a, name) ? integer(2) : a;
  };
  switch (upTo(g, 2)) {
    case 0:
      return sum(name, between(integer(1), k, m), mul(body, entry('v', [], [k])));
    case 1:
      return sum(name, between(bounds(), k, bounds()), body);
    default:
      return sum(name, conditions(g), body);
  }
}

function compoundEntry(g: Gen, depth: number): Expr {
  const size = anySize(g);
  const other = anySize(g);
  switch (upTo(g, 3)) {
    case 0:
      return entryOf({ kind: 'dot', left: anyVector(g, size, depth), right: anyVector(g, size, depth) }, []);
    case 1:
      return entryOf({ kind: 'trace', of: anyMatrix(g, size, size, depth) }, []);
    case 2:
      return entryOf(nonSymbol(anyVector(g, size, depth)), [affine(g)]);
    default:
      return entryOf(nonSymbol(anyMatrix(g, size, other, depth)), [affine(g), affine(g)]);
  }
}

/** An entry of a symbol is no compound. */
const nonSymbol = (t: Tensor): Tensor => (t.kind === 'symbol' ? { kind: 'map', fn: head('f'), of: t } : t);

export const anySize = (g: Gen): Affine => pick(g, [m, m, L, n(index('l')), n(L), n(shift(index('l'), -1))]);

/** The arguments of a flat node: none of its own kind. */
const flat = (kind: 'hadamard' | 'tensorSum' | 'product', of: Tensor): Tensor =>
  of.kind === kind ? { kind: 'map', fn: head('f'), of } : of;

const entrywise = (g: Gen, depth: number, own: () => Tensor): Tensor => {
  switch (upTo(g, 5)) {
    case 0:
      return { kind: 'hadamard', args: many(g, () => flat('hadamard', own())) };
    case 1:
    case 2:
      return { kind: 'tensorSum', args: many(g, () => flat('tensorSum', own())) };
    case 3:
      return { kind: 'scale', by: pick(g, [num(-1), number(g), anyExpr(g, depth - 1)]), of: own() };
    case 4:
      return { kind: 'map', fn: functionHead(g), of: own() };
    default:
      return {
        kind: 'tensorPower',
        base: own(),
        exponent: pick(g, [num(-1), num(2), num(1, 2), anyExpr(g, 0)]),
      };
  }
};

/** A vector of a given size. */
export function anyVector(g: Gen, size: Affine, depth: number): Tensor {
  if (depth <= 0) return vectorLeaf(g, size);
  const own = (): Tensor => anyVector(g, size, depth - 1);
  switch (upTo(g, 6)) {
    case 0: {
      const inner = anySize(g);
      return product(anyMatrix(g, size, inner, depth - 1), anyVector(g, inner, depth - 1));
    }
    case 1:
      return { kind: 'diagonal', of: anyMatrix(g, size, size, depth - 1) };
    case 2:
      return overStage(g, size, own());
    default:
      return entrywise(g, depth, own);
  }
}

const product = (...args: Tensor[]): Tensor => ({
  kind: 'product',
  args: args.flatMap((a) => (a.kind === 'product' ? a.args : [a])),
});

function overStage(g: Gen, size: Affine, of: Tensor): Tensor {
  const name = pick(
    g,
    ['t', 'i', 'd'].filter((s) => !mentions(size, s)),
  );
  return { kind: 'stageSum', index: name, where: between(integer(1), index(name), pick(g, [L, m])), of };
}

function symbolsOfShape(g: Gen, shape: readonly Affine[]): SymbolTensor[] {
  return decls.flatMap((d) => {
    if (d.size.length !== shape.length) return [];
    const at = d.stage.map((s) => pick(g, [index(s), L, shift(index('l'), -1), index('t')]));
    const fits = sizesAt(d, at).every((s, i) => s.key === shape[i]?.key);
    return fits ? [symbol(d.name, at)] : [];
  });
}

function vectorLeaf(g: Gen, size: Affine): Tensor {
  const ones: Tensor = { kind: 'ones', size };
  const symbols = symbolsOfShape(g, [size]);
  const derivatives = symbols.flatMap((by): Tensor[] => [
    { kind: 'derivative', what: 'adjoint', head: null, of: null, by, cut: [] },
    {
      kind: 'derivative',
      what: 'head',
      head: { name: 'C', args: [symbol('a', [L])] },
      of: null,
      by,
      cut: [],
    },
    { kind: 'derivative', what: 'jacobian', head: null, of: symbol('C'), by, cut: cutOf(g) },
    { kind: 'derivative', what: 'jacobian', head: null, of: by, by: symbol('lambda'), cut: cutOf(g) },
  ]);
  return pick(g, [ones, ...symbols, ...symbols, ...symbols, ...derivatives]);
}

/** A matrix of a given shape. */
export function anyMatrix(g: Gen, rows: Affine, columns: Affine, depth: number): Tensor {
  if (depth <= 0) return matrixLeaf(g, rows, columns);
  const own = (): Tensor => anyMatrix(g, rows, columns, depth - 1);
  switch (upTo(g, 8)) {
    case 0: {
      const inner = anySize(g);
      return product(anyMatrix(g, rows, inner, depth - 1), anyMatrix(g, inner, columns, depth - 1));
    }
    case 1:
      return { kind: 'transpose', of: anyMatrix(g, columns, rows, depth - 1) };
    case 2:
      return { kind: 'outer', left: anyVector(g, rows, depth - 1), right: anyVector(g, columns, depth - 1) };
    case 3:
      return rows.key === columns.key ? { kind: 'diag', of: anyVector(g, rows, depth - 1) } : own();
    case 4:
      return overStage(g, plus(rows, columns), own());
    default:
      return entrywise(g, depth, own);
  }
}

function matrixLeaf(g: Gen, rows: Affine, columns: Affine): Tensor {
  const outer: Tensor = {
    kind: 'outer',
    left: { kind: 'ones', size: rows },
    right: { kind: 'ones', size: columns },
  };
  const symbols = symbolsOfShape(g, [rows, columns]);
  const square: Tensor[] = rows.key === columns.key ? [{ kind: 'identity', size: rows }] : [];
  const jacobians = symbolsOfShape(g, [rows]).flatMap((of) =>
    symbolsOfShape(g, [columns]).map(
      (by): Tensor => ({ kind: 'derivative', what: 'jacobian', head: null, of, by, cut: cutOf(g) }),
    ),
  );
  return pick(g, [outer, ...square, ...symbols, ...symbols, ...jacobians]);
}
