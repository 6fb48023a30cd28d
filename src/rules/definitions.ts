// The rules that open and fold what the network defines: equations, functions, the error, assumptions.

import { decide, substituteCondition } from '../expr/condition.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import {
  add,
  adjoint,
  call,
  entry,
  factorsOf,
  inverse,
  isNumber,
  isSymbolEntry,
  mul,
  NUM_1,
  NUM1,
  partial,
} from '../expr/make.ts';
import { type Match, matchExpr, NO_MATCH_YET, type Pattern } from '../expr/match.ts';
import { addR, mulR, type Rational, rational } from '../expr/rational.ts';
import { key, renameBoundApart, same, substitute } from '../expr/substitute.ts';
import {
  definitionOf,
  type Equation,
  errorOf,
  type FunctionDef,
  functionBody,
  type System,
} from '../expr/system.ts';
import { freeNames, mapParts, some } from '../expr/walk.ts';
import { baseAndExponent, collectFactors, expandProducts, toPower } from './algebra.ts';
import { type Context, type Rule, takenNames } from './rule.ts';

const INNER_NAMES = ['i', 'm', 'p', 'q', 'r', 's'];

/** Replaces the scalar entry `param` by `arg`. */
export function putArgument(body: Expr, param: string, arg: Expr): Expr {
  if (isSymbolEntry(body) && body.of.name === param && body.slots.length === 0 && body.of.stage.length === 0)
    return arg;
  return mapParts(body, { expr: (c) => putArgument(c, param, arg), tensor: (t) => t, affine: (a) => a });
}

const open: Rule = {
  id: 'open',
  kind: 'step',
  example: 'z_j^l -> sum_k w_jk^l a_k^{l-1} + b_j^l',
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
  apply: (e, _args, ctx) => {
    if (e.kind !== 'call' || e.fn.order !== 1) return null;
    const [u] = e.args;
    const def = functionBody(ctx.system, e.fn);
    if (u === undefined || !isSymbolEntry(u) || def?.body == null) return null;
    return partial(putArgument(def.body, def.param, u), u);
  },
};

interface Quotient {
  readonly match: Match;
  readonly exponent: Rational;
  readonly rest: Expr[];
}

/** One factor of a product that a factor of the pattern matched, and how many times it holds it. */
interface Hit {
  readonly at: number;
  readonly own: Rational;
  readonly ratio: Rational;
}

/** e = rest * pattern^n for the largest n: what the pattern's variables stand for, n and the rest. */
function divideBy(pattern: Expr, e: Expr, p: Pattern): Quotient | null {
  const wanted = factorsOf(pattern).map(baseAndExponent);
  const given = factorsOf(e).map(baseAndExponent);
  const search = (at: number, hits: readonly Hit[], match: Match): Quotient | null => {
    const own = wanted[at];
    if (own === undefined) return quotient(given, hits, match);
    for (const [i, g] of given.entries()) {
      const ratio = mulR(g.exponent, rational(own.exponent.d, own.exponent.n));
      if (ratio.n <= 0n || hits.some((h) => h.at === i)) continue;
      const more = matchExpr(own.base, g.base, p, match);
      const found =
        more === null ? null : search(at + 1, [...hits, { at: i, own: own.exponent, ratio }], more);
      if (found !== null) return found;
    }
    return null;
  };
  return search(0, [], NO_MATCH_YET);
}

function quotient(
  given: readonly { base: Expr; exponent: Rational }[],
  hits: readonly Hit[],
  match: Match,
): Quotient | null {
  const least = BigInt(Math.min(...hits.map((h) => Number(h.ratio.n / h.ratio.d))));
  if (hits.length === 0 || least < 1n) return null;
  const rest = given.map((g, i) => {
    const hit = hits.find((h) => h.at === i);
    return toPower(
      g.base,
      hit === undefined ? g.exponent : addR(g.exponent, mulR(hit.own, rational(-least))),
    );
  });
  return { match, exponent: rational(least), rest: rest.filter((f) => !isNumber(f, 1)) };
}

const tooPlain = (body: Expr): boolean =>
  isSymbolEntry(body) || body.kind === 'number' || body.kind === 'size';

function foldEquation(eq: Equation, e: Expr, ctx: Context): Expr | null {
  if (tooPlain(eq.rhs)) return null;
  const found = divideBy(eq.rhs, e, { variables: new Set(eq.indices), param: null });
  if (found === null || found.exponent.d !== 1n) return null;
  const holds = eq.where.every(
    (c) => decide(substituteCondition(c, found.match.indices), ctx.given) === true,
  );
  const known = eq.indices.every((i) => found.match.indices.has(i));
  return holds && known
    ? mul(...found.rest, toPower(substitute(eq.lhs, found.match.indices), found.exponent))
    : null;
}

/** Writes an entry for the right side of its equation, as a factor or a power of one. */
const fold: Rule = {
  id: 'fold',
  kind: 'step',
  example: 'exp(z_j)/sum_k exp(z_k) -> a_j',
  apply: (e, args, ctx) => {
    for (const eq of ctx.system.equations) {
      if (args.name !== undefined && args.name !== eq.lhs.of.name) continue;
      const folded = foldEquation(eq, e, ctx);
      if (folded !== null) return folded;
    }
    return null;
  },
};

function foldOneFunction(def: FunctionDef, e: Expr): Expr | null {
  if (def.body === null || tooPlain(def.body)) return null;
  const found = divideBy(def.body, e, { variables: new Set(), param: def.param });
  if (found === null || found.match.arg === null || found.exponent.d !== 1n) return null;
  const value = call({ name: def.name, order: 0, stage: def.stage }, found.match.arg);
  return mul(toPower(value, found.exponent), ...found.rest);
}

const foldFunction: Rule = {
  id: 'fold-function',
  kind: 'step',
  example: '1/(1 + exp(-z)) -> sigma(z)',
  apply: (e, args, ctx) => {
    for (const def of ctx.system.functions) {
      if (args.name !== undefined && args.name !== def.name) continue;
      const folded = foldOneFunction(def, e);
      if (folded !== null) return folded;
    }
    return null;
  },
};

/** The exponentials that stand in a function's formula, each once. */
function kernels(body: Expr): Expr[] {
  const found = new Map<string, Expr>();
  some(body, (c) => {
    if (c.kind === 'call' && c.fn.name === 'exp') found.set(key(c), c);
    return false;
  });
  return [...found.values()];
}

/** f = p / (r + s K) gives K = p / (f s) - r / s: the formula of a function solved for its only exponential. */
function solveForKernel(def: FunctionDef, kernel: Expr): Expr | null {
  const factors = def.body === null ? [] : factorsOf(def.body);
  const under = factors.filter((f) => baseAndExponent(f).exponent.n < 0n);
  const above = factors.filter((f) => baseAndExponent(f).exponent.n > 0n);
  const [only] = under;
  if (
    only === undefined ||
    under.length !== 1 ||
    baseAndExponent(only).exponent.n !== -1n ||
    baseAndExponent(only).exponent.d !== 1n
  )
    return null;
  if (above.some((f) => has(f, kernel))) return null;
  const bottom = expandProducts(baseAndExponent(only).base);
  if (bottom === null || bottom.kind !== 'add') return null;
  const withKernel = bottom.args.filter((t) => has(t, kernel));
  const [linear] = withKernel;
  if (linear === undefined || withKernel.length !== 1 || !factorsOf(linear).some((f) => same(f, kernel)))
    return null;
  const s = mul(...factorsOf(linear).filter((f) => !same(f, kernel)));
  const r = add(...bottom.args.filter((t) => t !== linear));
  const f = call({ name: def.name, order: 0, stage: def.stage }, entry(def.param, [], []));
  const over = (x: Expr): Expr[] => (isNumber(s, 1) ? [x] : [x, inverse(s)]);
  return add(collectFactors([...above, inverse(f), ...over(NUM1)]), collectFactors([NUM_1, ...over(r)]));
}

const has = (e: Expr, part: Expr): boolean => some(e, (c) => same(c, part));

/** e^{-z} -> 1/sigma(z) - 1: the definition of a function, solved for the exponential in it. */
const solveKernel: Rule = {
  id: 'solve-for-kernel',
  kind: 'step',
  example: 'exp(-z) -> 1/sigma(z) - 1',
  apply: (e, args, ctx) => {
    if (e.kind !== 'call' || e.fn.name !== 'exp') return null;
    for (const def of ctx.system.functions) {
      if (def.body === null || (args.name !== undefined && args.name !== def.name)) continue;
      const own = kernels(def.body);
      const [kernel] = own;
      if (own.length !== 1 || kernel === undefined) continue;
      const match = matchExpr(kernel, e, { variables: new Set(), param: def.param });
      const solved = match?.arg == null ? null : solveForKernel(def, kernel);
      if (match?.arg != null && solved !== null) return putArgument(solved, def.param, match.arg);
    }
    return null;
  },
};

const nameError: Rule = {
  id: 'name-error',
  kind: 'step',
  example: 'dC/dz_k^{l+1} -> delta_k^{l+1}',
  apply: (e, _args, ctx) => {
    const name = e.kind === 'adjoint' ? errorOf(ctx.system, e.by.of.name) : null;
    return e.kind === 'adjoint' && name !== null ? entry(name, e.by.of.stage, e.by.slots) : null;
  },
};

const openError: Rule = {
  id: 'definition-of-error',
  kind: 'step',
  example: 'delta_j^l -> dC/dz_j^l',
  apply: (e, _args, ctx) => {
    const of = errorSource(ctx.system, e);
    return of === null ? null : adjoint(of);
  },
};

/** The entry whose adjoint an error entry names. */
export function errorSource(system: System, e: Expr): SymbolEntry | null {
  if (!isSymbolEntry(e)) return null;
  const decl = system.tensors.get(e.of.name);
  return decl?.kind === 'error' && decl.of !== undefined ? entry(decl.of, e.of.stage, e.slots) : null;
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
  fold,
  foldFunction,
  solveKernel,
  nameError,
  openError,
  useIdentity,
];
export { open };
