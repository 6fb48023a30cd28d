// Random expressions, tensors and conditions of every kind. Shapes need not go together: a printer prints what it is given.

import fc from 'fast-check';
import { type Affine, addScaled, index, integer } from '../../src/expr/affine.ts';
import type { Condition } from '../../src/expr/condition.ts';
import type {
  CutMember,
  Expr,
  FunctionHead,
  SymbolEntry,
  SymbolTensor,
  Tensor,
} from '../../src/expr/expr.ts';
import { add, mul, num } from '../../src/expr/make.ts';

const NAMES = ['z', 'a', 'w', 'delta', 'u', 'W_out', 'lambda', 'C', 'sigma', 'net', 'x1', 'constructor'];

const atomAffine: fc.Arbitrary<Affine> = fc.oneof(
  fc.integer({ min: -3, max: 12 }).map(integer),
  fc.constantFrom('j', 'k', 'l', 'L', 'tau', 'pos', 'k1').map((name) => index(name)),
  fc.constantFrom('l', 'L').map((name) => index('n', [index(name)])),
);
export const anyAffine: fc.Arbitrary<Affine> = fc
  .tuple(atomAffine, atomAffine, fc.integer({ min: -2, max: 2 }))
  .map(([a, b, by]) => addScaled(a, b, by));

const condition: fc.Arbitrary<Condition> = fc.record({
  relation: fc.constantFrom('=' as const, '<=' as const),
  left: anyAffine,
  right: anyAffine,
});
export const anyConditions = fc.array(condition, { maxLength: 4 });

const few = <T>(items: fc.Arbitrary<T>, min: number, max: number): fc.Arbitrary<T[]> =>
  fc.array(items, { minLength: min, maxLength: max });

const symbolTensor: fc.Arbitrary<SymbolTensor> = fc.record({
  kind: fc.constant('symbol' as const),
  name: fc.constantFrom(...NAMES),
  stage: few(anyAffine, 0, 2),
});
const symbolEntry: fc.Arbitrary<SymbolEntry> = fc.record({
  kind: fc.constant('entry' as const),
  of: symbolTensor,
  slots: few(anyAffine, 0, 2),
});
const cut: fc.Arbitrary<CutMember[]> = few(
  fc.record({ name: fc.constantFrom(...NAMES), stage: few(fc.option(anyAffine), 0, 1) }),
  0,
  2,
);
const fn: fc.Arbitrary<FunctionHead> = fc.record({
  name: fc.constantFrom(
    'sigma',
    'f',
    'exp',
    'log',
    'tanh',
    'abs',
    'sqrt',
    'pos',
    'nonneg',
    'erf',
    'relu',
    'my_f',
  ),
  order: fc.integer({ min: 0, max: 4 }),
  stage: fc.option(anyAffine),
});
const rational: fc.Arbitrary<Expr> = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 40 }))
  .map(([n, d]) => num(n, d));
const where = few(condition, 0, 3);
const name = fc.constantFrom('k', 'j', 'l');

export const { expr: anyExpr, tensor: anyTensor } = fc.letrec<{ expr: Expr; tensor: Tensor }>((tie) => {
  const leaf: fc.Arbitrary<Expr> = fc.oneof(
    rational,
    symbolEntry,
    anyAffine.map((value): Expr => ({ kind: 'size', value })),
    where.map((c): Expr => ({ kind: 'guard', where: c })),
    symbolEntry.map((by): Expr => ({ kind: 'adjoint', by })),
    fc.record({ kind: fc.constant('jacobian' as const), of: symbolEntry, by: symbolEntry, cut }),
    fc.record({
      kind: fc.constant('opaque' as const),
      name: fc.constant('C'),
      args: few(symbolTensor, 1, 2),
    }),
    fc.record({
      kind: fc.constant('head' as const),
      name: fc.constant('C'),
      args: few(symbolTensor, 1, 2),
      by: symbolEntry,
    }),
  );
  const e = tie('expr');
  const t = tie('tensor');
  return {
    expr: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      few(e, 2, 3).map((args) => add(...args)),
      few(e, 2, 3).map((args) => mul(...args)),
      fc.record({ kind: fc.constant('power' as const), base: e, exponent: e }),
      fc.record({ kind: fc.constant('power' as const), base: e, exponent: rational }),
      fc.record({ kind: fc.constant('call' as const), fn, args: few(e, 0, 2) }),
      fc.record({ kind: fc.constant('sum' as const), index: name, where, body: e }),
      fc.record({ kind: fc.constant('partial' as const), of: e, by: symbolEntry }),
      fc.record({ kind: fc.constant('entry' as const), of: t, slots: few(anyAffine, 0, 2) }),
    ),
    tensor: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      symbolTensor,
      fc.record({ kind: fc.constantFrom('ones' as const, 'identity' as const), size: anyAffine }),
      fc.record({
        kind: fc.constant('derivative' as const),
        what: fc.constantFrom('adjoint' as const, 'jacobian' as const, 'head' as const),
        head: fc.record({ name: fc.constant('C'), args: few(symbolTensor, 1, 2) }),
        of: symbolTensor,
        by: symbolTensor,
        cut,
      }),
      fc.record({
        kind: fc.constantFrom('transpose' as const, 'diag' as const, 'diagonal' as const, 'trace' as const),
        of: t,
      }),
      fc.record({
        kind: fc.constantFrom('product' as const, 'hadamard' as const, 'tensorSum' as const),
        args: few(t, 2, 3),
      }),
      fc.record({ kind: fc.constantFrom('outer' as const, 'dot' as const), left: t, right: t }),
      fc.record({ kind: fc.constant('scale' as const), by: e, of: t }),
      fc.record({ kind: fc.constant('map' as const), fn, of: t }),
      fc.record({ kind: fc.constant('tensorPower' as const), base: t, exponent: e }),
      fc.record({ kind: fc.constant('stageSum' as const), index: name, where, of: t }),
    ),
  };
});
