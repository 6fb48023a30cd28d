// Rules that write a name for its formula again: folding equations and functions, and solving a formula for its exponential.

import { decide, substituteCondition } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import {
  add,
  call,
  entry,
  factorsOf,
  inverse,
  isNumber,
  isSymbolEntry,
  mul,
  NUM_1,
  NUM1,
} from '../expr/make.ts';
import { type Match, matchExpr, NO_MATCH_YET, type Pattern } from '../expr/match.ts';
import { mapParts } from '../expr/parts.ts';
import { addR, isIntegerR, mulR, type Rational, rational } from '../expr/rational.ts';
import { key, same, substitute } from '../expr/substitute.ts';
import { definitionOf, type Equation, type FunctionDef } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import { baseAndExponent, collectFactors, toPower } from './collect.ts';
import { expandProducts } from './expand.ts';
import type { Context, Rule } from './rule.ts';

/** Replaces the scalar entry `param` by `arg`. */
export function putArgument(body: Expr, param: string, arg: Expr): Expr {
  if (isSymbolEntry(body) && body.of.name === param && body.slots.length === 0 && body.of.stage.length === 0)
    return arg;
  return mapParts(body, { expr: (c) => putArgument(c, param, arg), tensor: (t) => t, affine: (a) => a });
}

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

/** (s^2)^q = s^(2q) where s is a root by its own definition, and so not negative. */
function rootOfSquare(e: Expr, ctx: Context): Expr | null {
  const { base, exponent } = baseAndExponent(e);
  const inner = baseAndExponent(base);
  if (isIntegerR(exponent) || inner.exponent.n % 2n !== 0n || !isSymbolEntry(inner.base)) return null;
  const root = definitionOf(ctx.system, inner.base, ctx.given);
  const isRoot = root !== null && baseAndExponent(root).exponent.d % 2n === 0n;
  return isRoot ? toPower(inner.base, mulR(exponent, inner.exponent)) : null;
}

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
    return rootOfSquare(e, ctx);
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
      if (args.value !== undefined && args.value.key !== def.stage?.key) continue;
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

/** f = p / (r + s K), p a number, gives K = p / (f s) - r / s: a formula solved for its only exponential. */
function solveForKernel(body: Expr, kernel: Expr, f: Expr): Expr | null {
  const under = factorsOf(body).filter((x) => baseAndExponent(x).exponent.n < 0n);
  const above = factorsOf(body).filter((x) => baseAndExponent(x).exponent.n > 0n);
  const [only] = under;
  if (only === undefined || under.length !== 1 || !isNumber(only.kind === 'power' ? only.exponent : only, -1))
    return null;
  // With anything but a number above, f may be 0, and 1/f has no value.
  if (above.some((x) => x.kind !== 'number')) return null;
  const bottom = expandProducts(baseAndExponent(only).base);
  if (bottom === null || bottom.kind !== 'add') return null;
  const withKernel = bottom.args.filter((t) => has(t, kernel));
  const [linear] = withKernel;
  if (linear === undefined || withKernel.length !== 1 || !factorsOf(linear).some((x) => same(x, kernel)))
    return null;
  const s = mul(...factorsOf(linear).filter((x) => !same(x, kernel)));
  const r = add(...bottom.args.filter((t) => t !== linear));
  const over = (x: Expr): Expr[] => (isNumber(s, 1) ? [x] : [x, inverse(s)]);
  return add(collectFactors([...above, inverse(f), ...over(NUM1)]), collectFactors([NUM_1, ...over(r)]));
}

const has = (e: Expr, part: Expr): boolean => some(e, (c) => same(c, part));

function kernelOfFunction(def: FunctionDef, e: Expr): Expr | null {
  const own = def.body === null ? [] : kernels(def.body);
  const [kernel] = own;
  if (def.body === null || own.length !== 1 || kernel === undefined) return null;
  const match = matchExpr(kernel, e, { variables: new Set(), param: def.param });
  const f = call({ name: def.name, order: 0, stage: def.stage }, entry(def.param, [], []));
  const solved = match?.arg == null ? null : solveForKernel(def.body, kernel, f);
  return match?.arg == null || solved === null ? null : putArgument(solved, def.param, match.arg);
}

function kernelOfEquation(eq: Equation, e: Expr, ctx: Context): Expr | null {
  const own = kernels(eq.rhs);
  const [kernel] = own;
  if (own.length !== 1 || kernel === undefined) return null;
  const match = matchExpr(kernel, e, { variables: new Set(eq.indices), param: null });
  if (match === null || !eq.indices.every((i) => match.indices.has(i))) return null;
  const solved = solveForKernel(eq.rhs, kernel, eq.lhs);
  const holds = eq.where.every((c) => decide(substituteCondition(c, match.indices), ctx.given) === true);
  return solved === null || !holds ? null : substitute(solved, match.indices);
}

/** e^{-z} -> 1/sigma(z) - 1: the definition of a function, solved for the exponential in it. */
const solveKernel: Rule = {
  id: 'solve-for-kernel',
  kind: 'step',
  example: 'exp(-z) -> 1/sigma(z) - 1',
  on: ['call'],
  apply: (e, args, ctx) => {
    if (e.kind !== 'call' || e.fn.name !== 'exp') return null;
    for (const def of ctx.system.functions) {
      if (args.name !== undefined && args.name !== def.name) continue;
      if (args.value !== undefined && args.value.key !== def.stage?.key) continue;
      const solved = kernelOfFunction(def, e);
      if (solved !== null) return solved;
    }
    for (const eq of ctx.system.equations) {
      const solved = args.name === undefined ? kernelOfEquation(eq, e, ctx) : null;
      if (solved !== null) return solved;
    }
    return null;
  },
};

export const foldingRules: readonly Rule[] = [fold, foldFunction, solveKernel];
