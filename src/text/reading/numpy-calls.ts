// What NumPy's functions and methods are as formulas.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { binary, call, number, powerOf, sumOf, transposeOf } from './numpy-forms.ts';
import { chosen, conditionOf } from './numpy-masks.ts';

export interface Arguments {
  readonly list: readonly Syntax[];
  /** Keyword arguments that decide something: axis. */
  readonly axis: number | null;
}

const holdsAbove = (x: Syntax, bound: Syntax, span: Span): Syntax =>
  call('ind', [{ kind: 'relation', sides: [x, bound], relations: ['>'], span }], span);

type Build = (args: Arguments, span: Span) => Syntax | null;

const one =
  (f: (x: Syntax, span: Span) => Syntax): Build =>
  ({ list: [x] }, span) =>
    x === undefined ? null : f(x, span);
const two =
  (f: (x: Syntax, y: Syntax, span: Span) => Syntax): Build =>
  ({ list: [x, y] }, span) =>
    x === undefined || y === undefined ? null : f(x, y, span);
const same = one((x) => x);
const elementary = (name: string): Build => one((x, span) => call(name, [x], span));

/** np.sum and np.mean: along an axis, or of everything. */
const summed: Build = ({ list: [x], axis }, span) => {
  if (x === undefined) return null;
  return axis === null ? call('sum', [x], span) : call(axis === 0 ? 'colsum' : 'rowsum', [x], span);
};
const mean: Build = ({ list: [x], axis }, span) =>
  x === undefined || axis === null ? null : call(axis === 0 ? 'colmean' : 'rowmean', [x], span);

function whereOf(
  c: Syntax | undefined,
  x: Syntax | undefined,
  y: Syntax | undefined,
  span: Span,
): Syntax | null {
  const condition = c === undefined ? null : conditionOf(c);
  return condition === null || x === undefined || y === undefined ? null : chosen(condition, x, y, span);
}

const BUILDS: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['dot', two((a, b, span) => binary(a, '@', b, span))],
  ['mm', two((a, b, span) => binary(a, '@', b, span))],
  ['matmul', two((a, b, span) => binary(a, '@', b, span))],
  ['inner', two((a, b, span) => binary(transposeOf(a, span), '@', b, span))],
  ['outer', two((a, b, span) => binary(a, '@', transposeOf(b, span), span))],
  ['outer_prod', two((a, b, span) => binary(a, '@', transposeOf(b, span), span))],
  ['multiply', two((a, b, span) => binary(a, '.*', b, span))],
  ['divide', two((a, b, span) => binary(a, './', b, span))],
  ['true_divide', two((a, b, span) => binary(a, './', b, span))],
  ['add', two((a, b, span) => sumOf(a, '+', b, span))],
  ['subtract', two((a, b, span) => sumOf(a, '-', b, span))],
  ['power', two(powerOf)],
  ['square', one((x, span) => powerOf(x, number('2', span), span))],
  ['negative', one((of, span) => ({ kind: 'negative', of, span }))],
  ['transpose', one(transposeOf)],
  ['sum', summed],
  ['mean', mean],
  ['where', ({ list: [c, x, y] }, span) => whereOf(c, x, y, span)],
  ['heaviside', one((x, span) => holdsAbove(x, number('0', span), span))],
  ['greater', two(holdsAbove)],
  ['reciprocal', one((x, span) => binary(number('1', span), './', x, span))],
  ['maximum', two((a, b, span) => call('max', [a, b], span))],
  ['minimum', two((a, b, span) => call('min', [a, b], span))],
  ['norm', one((x, span) => call('norm', [x], span))],
  ['trace', one((x, span) => call('tr', [x], span))],
  ...[
    'exp',
    'log',
    'sin',
    'cos',
    'tan',
    'sinh',
    'cosh',
    'tanh',
    'sqrt',
    'abs',
    'sign',
    'diag',
    'log2',
    'log10',
  ].map((name): [string, Build] => [name, elementary(name)]),
  ['arctan', elementary('atan')],
  ...[
    'squeeze',
    'array',
    'asarray',
    'reshape',
    'copy',
    'astype',
    'flatten',
    'ravel',
    'expand_dims',
    'atleast_2d',
    'float64',
    'float32',
    'int64',
    'int32',
    'float_',
    'asmatrix',
    'ascontiguousarray',
    'unsqueeze',
    'view',
    'detach',
    'clone',
    'float',
    'tensor',
    'to',
  ].map((name): [string, Build] => [name, same]),
]);

/** `np.name(args)` or `x.name(args)` with x first; null where it is no formula. */
export const numpyCall = (name: string, args: Arguments, span: Span): Syntax | null =>
  BUILDS.get(name)?.(args, span) ?? null;

export const isNumpyName = (name: string): boolean => BUILDS.has(name);
