// Component expressions in plain text: one short case for each kind.

import { bareName } from '../expr/affine.ts';
import { unreachable } from '../expr/error.ts';
import type { CallExpr, Expr, GuardExpr, HeadExpr, JacobianExpr, SizeExpr, Tensor } from '../expr/expr.ts';
import { isNumber } from '../expr/make.ts';
import { LEVEL } from './operators.ts';
import { atom, inside, joinTerms, type Piece, type PlainEnv, piece } from './plain-env.ts';
import {
  plainConditions,
  plainCut,
  plainEntry,
  plainHead,
  plainRange,
  plainSlots,
  plainSymbol,
} from './plain-index.ts';
import { plainFactors, plainNumber } from './plain-product.ts';
import { opaqueArguments, sameArguments } from './scope.ts';

/** A derivative stands in brackets beside other factors. */
export const DERIVATIVE = LEVEL.hadamard;

export function plainExpr(e: Expr, env: PlainEnv): Piece {
  switch (e.kind) {
    case 'number':
      return plainNumber(e.value);
    case 'size':
      return plainSize(e, env);
    case 'entry':
      return plainEntryOf(e.of, e.slots, env);
    case 'add':
      return joinTerms(e.args.map((a) => plainExpr(a, env)));
    case 'mul':
      return plainFactors(e.args, null, env);
    case 'power':
      return plainPower(e.base, e.exponent, env);
    case 'call':
      return plainCall(e, env);
    case 'sum': {
      const inner = { ...env, bound: new Set([...env.bound, e.index]) };
      const range = plainRange(e.index, e.where, e.body, env.system);
      return atom(`sum(${e.index}, ${range}${plainExpr(e.body, inner).text})`);
    }
    case 'guard':
      return atom(plainGuard(e));
    case 'opaque':
      return atom(`${e.name}(${e.args.map(plainSymbol).join(', ')})`);
    case 'head':
      return atom(`partial(${plainUnknown(e, env)}, ${plainEntry(e.by)})`);
    case 'adjoint':
      return piece(`d${env.system.loss}/d${plainEntry(e.by)}`, DERIVATIVE);
    case 'jacobian':
      return plainJacobian(e, plainEntry(e.of), plainEntry(e.by), env);
    case 'partial':
      return piece(`d(${plainExpr(e.of, env).text})/d${plainEntry(e.by)}`, DERIVATIVE);
    default:
      return unreachable(e);
  }
}

/** A size bare where its name says what it is; any other index form used as a number in size(...). */
function plainSize(e: SizeExpr, env: PlainEnv): Piece {
  const [only] = e.value.terms;
  const single = e.value.constant === 0 && e.value.terms.length === 1 && only?.coefficient === 1;
  const known =
    only !== undefined &&
    single &&
    (only.symbol.at.length > 0
      ? env.system.sizes.has(only.symbol.name)
      : env.bound.has(only.symbol.name) || env.system.sizes.has(only.symbol.name));
  return atom(known ? e.value.key : `size(${e.value.key})`);
}

/** `w[l][j,k]`, or `(E)[j,k]`; a scalar tensor stands for itself. */
function plainEntryOf(of: Tensor, slots: Parameters<typeof plainSlots>[0], env: PlainEnv): Piece {
  if (of.kind === 'symbol') return atom(plainSymbol(of) + plainSlots(slots));
  const p = env.tensor(of, env);
  return slots.length === 0 ? p : atom(`(${p.text})${plainSlots(slots)}`);
}

function plainPower(base: Expr, exponent: Expr, env: PlainEnv): Piece {
  if (isNumber(exponent, -1) && base.kind !== 'number')
    return plainFactors([{ kind: 'power', base, exponent }], null, env);
  if (exponent.kind === 'number' && exponent.value.n === 1n && exponent.value.d === 2n)
    return atom(`sqrt(${plainExpr(base, env).text})`);
  const below = inside(plainExpr(base, env), LEVEL.postfix);
  return piece(`${below}^${inside(plainExpr(exponent, env), LEVEL.power)}`, LEVEL.power);
}

function plainCall(e: CallExpr, env: PlainEnv): Piece {
  const [arg] = e.args;
  if (arg === undefined) return atom(`${plainHead(e.fn)}${isBareConstant(e, env) ? '' : '()'}`);
  const step = e.fn.order === 0 && e.args.length === 1 && !isIndexForm(arg);
  // Each argument printed once: twice at every level takes twice as long for each.
  const args = e.args.map((a) => plainExpr(a, env));
  const [first] = args;
  const shown = step && first !== undefined ? plainStep(e.fn.name, first) : null;
  return atom(shown ?? `${plainHead(e.fn)}(${args.map((a) => a.text).join(', ')})`);
}

/** pi, where nothing else has the name. */
const isBareConstant = (e: CallExpr, { bound, system }: PlainEnv): boolean =>
  e.fn.name === 'pi' && !bound.has('pi') && !system.tensors.has('pi') && !system.sizes.has('pi');

/** Whether the reader would take a condition on this for one on indices. */
const isIndexForm = (e: Expr): boolean =>
  e.kind === 'number' ||
  e.kind === 'size' ||
  (e.kind === 'call' && e.args.length === 0) ||
  ((e.kind === 'add' || e.kind === 'mul') && e.args.every(isIndexForm));

/** `ind(z > 0)` for pos(z), `ind(z < 0)` for pos(-z); null for another function. */
export function plainStep(name: string, arg: Piece): string | null {
  if (name !== 'pos' && name !== 'nonneg') return null;
  const equals = name === 'nonneg' ? '=' : '';
  return arg.level === LEVEL.negative
    ? `ind(${arg.text.slice(1)} <${equals} 0)`
    : `ind(${arg.text} >${equals} 0)`;
}

function plainGuard(e: GuardExpr): string {
  const [only] = e.where;
  const delta = e.where.length === 1 && only?.relation === '=';
  return delta && bareName(only.left) !== null && bareName(only.right) !== null
    ? `kron(${only.left.key},${only.right.key})`
    : `ind(${plainConditions(e.where)})`;
}

/** An unknown function by its name, with its arguments where the equations don't say them. */
export function plainUnknown(
  f: Pick<HeadExpr, 'name' | 'args'> & { readonly by: { readonly of: Tensor } },
  env: PlainEnv,
): string {
  const usual = opaqueArguments(env.system).get(f.name) ?? (f.by.of.kind === 'symbol' ? [f.by.of] : []);
  return sameArguments(usual, f.args) ? f.name : `${f.name}(${f.args.map(plainSymbol).join(', ')})`;
}

/** `dz[l+1][k]/dz[l][j]`, with what is held in brackets; of the loss with nothing held an empty bar tells it from dC/dv. */
export function plainJacobian(
  j: Pick<JacobianExpr, 'cut'> & { of: { kind: string } | null },
  of: string,
  by: string,
  env: PlainEnv,
): Piece {
  const text = `d${of}/d${by}`;
  if (j.cut.length > 0) return atom(`(${text} | ${plainCut(j.cut)})`);
  return of === env.system.loss ? atom(`(${text} |)`) : piece(text, DERIVATIVE);
}
