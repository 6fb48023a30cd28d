// The reading order of factors: number, scalar, weight, activation, error and sum, function.

import type { Expr } from '../expr/expr.ts';
import { factorsOf, mul } from '../expr/make.ts';
import { same } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { baseAndExponent } from './collect.ts';
import type { Rule } from './rule.ts';

function isScalarParameter(base: Expr, system: System): boolean {
  if (base.kind !== 'entry' || base.of.kind !== 'symbol') return false;
  return base.slots.length === 0 && system.tensors.get(base.of.name)?.kind === 'parameter';
}

function rank(e: Expr, system: System): number {
  const { base, exponent } = baseAndExponent(e);
  if (exponent.n < 0n && base.kind !== 'number' && base.kind !== 'size' && !isScalarParameter(base, system))
    return 8;
  switch (base.kind) {
    case 'number':
      return 0;
    case 'size':
      return 1;
    case 'entry': {
      if (base.of.kind !== 'symbol') return 5;
      const decl = system.tensors.get(base.of.name);
      if (decl?.kind === 'error') return 5;
      if (decl?.kind === 'parameter') return base.slots.length === 0 && base.of.stage.length === 0 ? 2 : 3;
      return 4;
    }
    case 'adjoint':
    case 'head':
    case 'jacobian':
    case 'partial':
    case 'opaque':
    case 'sum':
      return 5;
    case 'add':
      // A bracket of functions, 1 - sigma(z), stands among the functions.
      return Math.max(5, ...base.args.flatMap(factorsOf).map((f) => Math.min(6, rank(f, system))));
    case 'guard':
      return 7;
    case 'call':
      return base.args.length === 0 ? 1 : 6;
    default:
      return 6;
  }
}

export const readingOrder: Rule = {
  id: 'reading-order',
  kind: 'tidy',
  example: "sigma'(z) w delta -> w delta sigma'(z)",
  on: ['mul'],
  apply: (e, _args, ctx) => {
    if (e.kind !== 'mul') return null;
    const ranked = e.args.map((f, i) => ({ f, i, rank: rank(f, ctx.system) }));
    const sorted = [...ranked].sort((a, b) => a.rank - b.rank || a.i - b.i);
    const next = mul(...sorted.map((r) => r.f));
    return same(next, e) ? null : next;
  },
};
