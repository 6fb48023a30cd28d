// The rules that open and fold what the network defines: equations, functions, the error, assumptions.

import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { adjoint, entry, factorsOf, inverse, isSymbolEntry, mul, numberOf, partial } from '../expr/make.ts';
import { matchExpr } from '../expr/match.ts';
import { powR } from '../expr/rational.ts';
import { renameBoundApart, substitute } from '../expr/substitute.ts';
import { definitionOf, errorOf, functionBody, type System } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';
import { foldingRules, putArgument } from './folding.ts';
import { type Rule, takenNames } from './rule.ts';

const INNER_NAMES = ['i', 'm', 'p', 'q', 'r', 's'];

const open: Rule = {
  id: 'open',
  kind: 'step',
  example: 'z_j^l -> sum_k w_jk^l a_k^{l-1} + b_j^l',
  on: ['entry'],
  apply: (e, _args, ctx) => {
    if (!isSymbolEntry(e)) return null;
    const body = definitionOf(ctx.system, e, ctx.given);
    return body === null
      ? null
      : renameBoundApart(body, new Set([...takenNames(ctx), ...freeNames(e)]), INNER_NAMES);
  },
};

const openFunction: Rule = {
  id: 'open-function',
  kind: 'step',
  example: 'sigma(z) -> 1/(1 + exp(-z))',
  on: ['call'],
  apply: (e, _args, ctx) => {
    if (e.kind !== 'call' || e.fn.order !== 0 || e.args.length !== 1 || e.args[0] === undefined) return null;
    const def = functionBody(ctx.system, e.fn);
    return def?.body == null ? null : putArgument(def.body, def.param, e.args[0]);
  },
};

/** f'(u) -> d(f's formula)/du, where u is an entry. */
const derivativeByDefinition: Rule = {
  id: 'derivative-of-definition',
  kind: 'step',
  example: "sigma'(z) -> d(1/(1 + exp(-z)))/dz",
  on: ['call'],
  apply: (e, _args, ctx) => {
    if (e.kind !== 'call' || e.fn.order !== 1) return null;
    const [u] = e.args;
    const def = functionBody(ctx.system, e.fn);
    if (u === undefined || !isSymbolEntry(u) || def?.body == null) return null;
    return partial(putArgument(def.body, def.param, u), u);
  },
};

const nameError: Rule = {
  id: 'name-error',
  kind: 'step',
  example: 'dC/dz_k^{l+1} -> delta_k^{l+1}',
  on: ['adjoint'],
  apply: (e, _args, ctx) => {
    const name = e.kind === 'adjoint' ? errorOf(ctx.system, e.by.of.name) : null;
    if (e.kind !== 'adjoint' || name === null) return null;
    const scale = ctx.system.tensors.get(name)?.scale;
    const error = entry(name, e.by.of.stage, e.by.slots);
    return scale === undefined ? error : mul(reciprocal(scale), error);
  },
};

const openError: Rule = {
  id: 'definition-of-error',
  kind: 'step',
  example: 'delta_j^l -> dC/dz_j^l',
  on: ['entry'],
  apply: (e, _args, ctx) => {
    return definitionOfError(ctx.system, e);
  },
};

/** The entry whose adjoint an error entry names. */
export function errorSource(system: System, e: Expr): SymbolEntry | null {
  if (!isSymbolEntry(e)) return null;
  const decl = system.tensors.get(e.of.name);
  return decl?.kind === 'error' && decl.of !== undefined ? entry(decl.of, e.of.stage, e.slots) : null;
}

/** 1/scale, factor by factor, numbers worked out. */
function reciprocal(scale: Expr): Expr {
  return mul(
    ...factorsOf(scale).map((f) => {
      const value = f.kind === 'number' ? powR(f.value, -1n) : null;
      return value === null ? inverse(f) : numberOf(value);
    }),
  );
}

/** What an error entry is by definition: dC/dz, or a multiple of it; null for any other expression. */
export function definitionOfError(system: System, e: Expr): Expr | null {
  const of = errorSource(system, e);
  if (of === null || !isSymbolEntry(e)) return null;
  const scale = system.tensors.get(e.of.name)?.scale;
  return scale === undefined ? adjoint(of) : mul(scale, adjoint(of));
}

/** An identity assumed of the inputs, as a factor: sum_k y_k -> 1. */
const useIdentity: Rule = {
  id: 'use-assumption',
  kind: 'step',
  example: 'sum_k y_k -> 1',
  apply: (e, args, ctx) => {
    for (const identity of ctx.system.identities) {
      if (args.name !== undefined && args.name !== identity.id) continue;
      const variables = new Set([...freeNames(identity.left)].filter((n) => !ctx.system.sizes.has(n)));
      const match = matchExpr(identity.left, e, { variables, param: null });
      if (match !== null) return substitute(identity.right, match.indices);
    }
    return null;
  },
};

export const definitionRules: readonly Rule[] = [
  open,
  openFunction,
  derivativeByDefinition,
  ...foldingRules,
  nameError,
  openError,
  useIdentity,
];
export { open };
