// The rules of differentiation: each moves one derivative one level down. They terminate because they do.

import { index } from '../expr/affine.ts';
import { type Condition, decide, equal, substituteCondition } from '../expr/condition.ts';
import { elementaryRow } from '../expr/elementary.ts';
import { DerivationError } from '../expr/error.ts';
import type { Expr, PartialExpr, SymbolEntry } from '../expr/expr.ts';
import {
  add,
  call,
  guard,
  headOf,
  inverse,
  isSymbolEntry,
  mul,
  NUM0,
  NUM1,
  negative,
  num,
  partial,
  power,
  sum,
} from '../expr/make.ts';
import { addR, negR, R1 } from '../expr/rational.ts';
import { freshName, substitute } from '../expr/substitute.ts';
import { freeNames, some } from '../expr/walk.ts';
import type { Context, Rule, RuleId } from './rule.ts';

/** Whether the tensor of `by` stands in `e` where a derivative would see it. */
export function dependsOn(e: Expr, by: SymbolEntry): boolean {
  return some(e, (c) => {
    if (c.kind === 'adjoint' || c.kind === 'jacobian' || c.kind === 'head')
      throw new DerivationError(`a derivative inside a derivative: ${c.kind} under d/d${by.of.name}`);
    if (c.kind === 'opaque') return c.args.some((a) => a.name === by.of.name);
    return c.kind === 'entry' && c.of.kind === 'symbol' && c.of.name === by.of.name;
  });
}

const rule = (
  id: RuleId,
  kind: Rule['kind'],
  example: string,
  of: (e: PartialExpr, ctx: Context) => Expr | null,
): Rule => ({
  id,
  kind,
  example,
  on: ['partial'],
  apply: (e, _args, ctx) => (e.kind === 'partial' ? of(e, ctx) : null),
});

/** One joint delta for all stages and slots that differ in writing. */
function sameEntryGuard(a: SymbolEntry, by: SymbolEntry): Expr {
  const pairs = [
    ...a.of.stage.map((s, i) => [s, by.of.stage[i]] as const),
    ...a.slots.map((s, i) => [s, by.slots[i]] as const),
  ];
  const open: Condition[] = [];
  for (const [own, other] of pairs)
    if (other !== undefined && own.key !== other.key) open.push(equal(own, other));
  return open.length === 0 ? NUM1 : guard(...open);
}

const differentiateConstant = rule('derivative-of-constant', 'tidy', 'd(b_k)/dz_j -> 0', (e) =>
  dependsOn(e.of, e.by) ? null : NUM0,
);

const differentiateEntry = rule('derivative-of-entry', 'tidy', 'd(z_i)/dz_j -> [i = j]', (e) =>
  isSymbolEntry(e.of) && e.of.of.name === e.by.of.name ? sameEntryGuard(e.of, e.by) : null,
);

const differentiateTerms = rule('derivative-of-terms', 'tidy', 'd(u + v)/dx -> du/dx + dv/dx', (e) =>
  e.of.kind === 'add' ? add(...e.of.args.map((t) => partial(t, e.by))) : null,
);

const differentiateSum = rule('derivative-of-sum', 'tidy', 'd(sum_i u_i)/dx -> sum_i du_i/dx', (e) => {
  if (e.of.kind !== 'sum') return null;
  const { index: bound, where, body } = e.of;
  const outside = freeNames(e.by);
  if (!outside.has(bound)) return sum(bound, where, partial(body, e.by));
  const name = freshName(['i', 'k', 'm', 'p', 'q'], new Set([...outside, ...freeNames(body)]));
  const map = new Map([[bound, index(name)]]);
  return sum(
    name,
    where.map((c) => substituteCondition(c, map)),
    partial(substitute(body, map), e.by),
  );
});

const differentiateMultiple = rule('derivative-of-multiple', 'tidy', 'd(c u)/dx -> c du/dx', (e) => {
  if (e.of.kind !== 'mul') return null;
  const constant = e.of.args.filter((f) => !dependsOn(f, e.by));
  if (constant.length === 0 || constant.length === e.of.args.length) return null;
  return mul(...constant, partial(mul(...e.of.args.filter((f) => dependsOn(f, e.by))), e.by));
});

const differentiateProduct = rule('product-rule', 'step', 'd(u v)/dx -> du/dx v + u dv/dx', (e) => {
  if (e.of.kind !== 'mul' || !e.of.args.every((f) => dependsOn(f, e.by))) return null;
  const factors = e.of.args;
  return add(...factors.map((_, i) => mul(...factors.map((f, j) => (i === j ? partial(f, e.by) : f)))));
});

const differentiatePower = rule('power-rule', 'tidy', 'd(u^2)/dx -> 2 u du/dx', (e) => {
  if (e.of.kind !== 'power') return null;
  const { base, exponent } = e.of;
  if (exponent.kind === 'number') {
    const lower = addR(exponent.value, negR(R1));
    const rest = lower.n === 1n && lower.d === 1n ? base : power(base, { kind: 'number', value: lower });
    return mul(exponent, rest, partial(base, e.by));
  }
  if (!dependsOn(exponent, e.by))
    return mul(exponent, power(base, add(exponent, num(-1))), partial(base, e.by));
  const relative = add(
    mul(partial(exponent, e.by), call('log', base)),
    mul(exponent, inverse(base), partial(base, e.by)),
  );
  return mul(e.of, relative);
});

const differentiateFunction = rule(
  'derivative-of-function',
  'tidy',
  "d(sigma(z))/dx -> sigma'(z) dz/dx",
  (e) => {
    if (e.of.kind !== 'call') return null;
    const { fn, args } = e.of;
    const [u, v] = args;
    if (u !== undefined && v !== undefined && (fn.name === 'max' || fn.name === 'min') && args.length === 2) {
      const [first, second] = fn.name === 'max' ? [u, v] : [v, u];
      const gap = add(first, negative(second));
      // Where the gap is 0 or more, it is the first argument that counts: the larger for max, the smaller for min.
      const [du, dv] = [partial(u, e.by), partial(v, e.by)];
      return add(mul(call('nonneg', gap), du), mul(call('pos', add(second, negative(first))), dv));
    }
    if (u === undefined || args.length !== 1)
      throw new DerivationError(`no derivative is known for ${fn.name} of ${args.length} arguments`);
    const row = fn.order === 0 ? elementaryRow(fn.name) : null;
    const slope = row === null ? call({ ...fn, order: fn.order + 1 }, u) : row.derivative(u);
    return mul(slope, partial(u, e.by));
  },
);

const differentiateOpaque = rule(
  'derivative-of-opaque',
  'tidy',
  'd(C(a^L))/da_j^L -> the derivative of C by that entry',
  (e, ctx) => {
    if (e.of.kind !== 'opaque') return null;
    const f = e.of;
    const terms: Expr[] = [];
    for (const arg of f.args) {
      if (arg.name !== e.by.of.name) continue;
      const where = arg.stage.flatMap((s, i) => {
        const other = e.by.of.stage[i];
        return other === undefined || decide(equal(s, other), ctx.given) === true ? [] : [equal(other, s)];
      });
      const by: SymbolEntry = { ...e.by, of: arg };
      terms.push(where.length === 0 ? headOf(f, by) : mul(guard(...where), headOf(f, by)));
    }
    return add(...terms);
  },
);

export const differentiation: readonly Rule[] = [
  differentiateConstant,
  differentiateEntry,
  differentiateTerms,
  differentiateSum,
  differentiateMultiple,
  differentiateProduct,
  differentiatePower,
  differentiateFunction,
  differentiateOpaque,
];
