// Slips with functions: sigma for sigma', the activation inside sigma', a function applied twice, a power, an inverse.

import type { CallExpr, Expr } from '../expr/expr.ts';
import { call, inverse, isSymbolEntry, num, power } from '../expr/make.ts';
import type { System } from '../expr/system.ts';
import { edits, type SlipRow } from './slip-edits.ts';

/** The tensors that are a function of another entry by entry: a for z. */
function madeOf(system: System, name: string): string[] {
  return system.equations.flatMap((eq) => {
    const [u] = eq.rhs.kind === 'call' ? eq.rhs.args : [];
    return u !== undefined && isSymbolEntry(u) && u.of.name === name ? [eq.lhs.of.name] : [];
  });
}

const isDerivative = (e: Expr): e is CallExpr => e.kind === 'call' && e.fn.order > 0;
const isCall = (e: Expr): e is CallExpr => e.kind === 'call' && e.args.length === 1;

function activationInside(system: System, e: Expr): Expr[] {
  if (!isCall(e)) return [];
  const [u] = e.args;
  if (u === undefined || !isSymbolEntry(u)) return [];
  return [...new Set(madeOf(system, u.of.name))].map((name) => ({
    ...e,
    args: [{ ...u, of: { ...u.of, name } }],
  }));
}

export const functionRows: readonly SlipRow[] = [
  {
    code: 'sigma-for-sigma-prime',
    cost: 1,
    example: "sigma'(z) -> sigma(z)",
    apply: ({ right }) =>
      edits(right, (e) => (isDerivative(e) ? [{ ...e, fn: { ...e.fn, order: e.fn.order - 1 } }] : [])),
  },
  {
    code: 'a-for-z',
    cost: 1,
    example: "sigma'(z) -> sigma'(a)",
    apply: ({ right, system }) => edits(right, (e) => (isDerivative(e) ? activationInside(system, e) : [])),
  },
  {
    code: 'applied-twice',
    cost: 1.5,
    example: 'tanh(z) -> tanh(tanh(z))',
    apply: ({ right }) => edits(right, (e) => (isCall(e) && e.fn.order === 0 ? [call(e.fn, e)] : [])),
  },
  {
    code: 'power',
    cost: 1.7,
    example: 'a^2 -> a',
    apply: ({ right }) =>
      edits(right, (e) => (e.kind === 'power' ? [e.base] : e.kind === 'call' ? [power(e, num(2))] : [])),
  },
  {
    code: 'inverse',
    cost: 1.8,
    example: '1/a -> a',
    apply: ({ right }) => edits(right, (e) => (e.kind === 'call' ? [inverse(e)] : [])),
  },
];
